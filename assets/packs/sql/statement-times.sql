-- Statements by the time they take, with what the 99th percentile can be told from. Needs pg_stat_statements.
-- PostgreSQL 13 and later; on 12 write total_time, mean_time, stddev_time, min_time, max_time for the *_exec_time columns.
-- Run with `psql --csv`, so that statements of several lines stay whole.
SELECT coalesce(r.rolname, s.userid::text) AS usename,
       d.datname,
       s.queryid,
       s.query,
       s.calls,
       s.total_exec_time,
       s.mean_exec_time,
       s.stddev_exec_time,
       s.min_exec_time,
       s.max_exec_time,
       s.rows,
       s.shared_blks_hit,
       s.shared_blks_read,
       s.temp_blks_written
  FROM pg_stat_statements s
  JOIN pg_database d ON d.oid = s.dbid
  LEFT JOIN pg_roles r ON r.oid = s.userid
 WHERE d.datname = current_database()
   AND s.query !~* '^\s*(begin|commit|rollback|set|show|explain|create|alter|drop|copy|vacuum|analyze)\M'
 ORDER BY s.total_exec_time DESC
 LIMIT 100;
