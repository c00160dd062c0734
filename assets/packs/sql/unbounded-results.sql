-- Statements that return many rows a call: candidates for a missing LIMIT. Needs pg_stat_statements, PostgreSQL 13+.
SELECT s.queryid,
       s.query,
       s.calls,
       round(s.rows::numeric / s.calls, 1) AS rows_per_call,
       round(s.mean_exec_time::numeric, 3) AS mean_exec_time,
       s.query ~* '\m(limit|fetch\s+(first|next))\M' AS has_limit
  FROM pg_stat_statements s
  JOIN pg_database d ON d.oid = s.dbid
 WHERE d.datname = current_database()
   AND s.query ~* '^\s*(select|with)\M'
   AND s.rows > s.calls * 500
 ORDER BY rows_per_call DESC
 LIMIT 50;
