SELECT r.rolname AS usename, d.datname, s.queryid, s.query, s.calls, s.total_exec_time, s.mean_exec_time, s.stddev_exec_time,
       s.min_exec_time, s.max_exec_time, s.rows, s.shared_blks_hit, s.shared_blks_read, s.temp_blks_written, s.blk_read_time
  FROM pg_stat_statements s
  JOIN pg_roles r ON r.oid = s.userid
  JOIN pg_database d ON d.oid = s.dbid
 WHERE r.rolname = 'parcelline'
 ORDER BY s.total_exec_time DESC
 LIMIT 25;
