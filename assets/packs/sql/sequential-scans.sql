-- How tables are read: by sequential scan or by index. PostgreSQL 12 and later, no extension. The counters run since
-- the last pg_stat_reset(); compare two captures of a busy hour apart to leave maintenance and start-up out.
SELECT relname,
       schemaname,
       seq_scan,
       seq_tup_read,
       idx_scan,
       n_live_tup,
       n_dead_tup,
       last_vacuum,
       last_autovacuum
  FROM pg_stat_user_tables
 ORDER BY seq_tup_read DESC NULLS LAST, relname;
