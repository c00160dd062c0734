-- Settings that decide how the server behaves under load and what it tells afterwards. PostgreSQL 12 and later.
SELECT name, setting, unit, source
  FROM pg_settings
 WHERE name IN ('autovacuum', 'deadlock_timeout', 'effective_cache_size', 'idle_in_transaction_session_timeout',
                'lock_timeout', 'log_lock_waits', 'log_min_duration_statement', 'max_connections',
                'password_encryption', 'shared_buffers', 'shared_preload_libraries', 'ssl', 'statement_timeout',
                'superuser_reserved_connections', 'tcp_keepalives_idle', 'work_mem')
 ORDER BY name;
