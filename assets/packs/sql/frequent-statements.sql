-- Statements that run more than 1000 times a day: each of them deserves a reviewed plan, and a statement that runs far
-- more often than there are requests is a candidate for N+1. Needs pg_stat_statements. PostgreSQL 14 and later; on
-- 12 and 13 take the day of the last pg_stat_statements_reset() for stats_reset.
WITH observed AS (
  SELECT greatest(extract(epoch FROM now() - stats_reset) / 86400, 1.0 / 24) AS days FROM pg_stat_statements_info
)
SELECT s.queryid,
       s.query,
       s.calls,
       round((s.calls / observed.days)::numeric) AS calls_per_day,
       round((s.rows::numeric / s.calls), 1) AS rows_per_call,
       round(s.mean_exec_time::numeric, 3) AS mean_exec_time,
       round(s.total_exec_time::numeric, 1) AS total_exec_time
  FROM pg_stat_statements s
  JOIN pg_database d ON d.oid = s.dbid
 CROSS JOIN observed
 WHERE d.datname = current_database()
   AND s.calls / observed.days > 1000
   AND s.query ~* '^\s*(select|insert|update|delete|with|merge)\M'
 ORDER BY s.calls DESC
 LIMIT 200;
