SELECT name, setting, unit, source
  FROM pg_settings
 WHERE name IN ('autovacuum', 'deadlock_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout',
                'log_lock_waits', 'log_min_duration_statement', 'max_connections', 'password_encryption', 'shared_buffers',
                'shared_preload_libraries', 'ssl', 'statement_timeout', 'work_mem')
 ORDER BY name;
