-- Who is connected, in which state, and for how long. Take it at peak, several times a few seconds apart:
-- connections younger than a second mean that each request opens its own; sessions idle in a transaction for longer
-- than a query takes wait for something outside the database. PostgreSQL 12 and later; needs pg_monitor to see all.
SELECT application_name,
       usename,
       state,
       count(*) AS connections,
       round(extract(epoch FROM max(now() - backend_start))) AS oldest_s,
       round(extract(epoch FROM min(now() - backend_start))) AS youngest_s,
       round(extract(epoch FROM max(now() - state_change)), 1) AS longest_in_state_s
  FROM pg_stat_activity
 WHERE backend_type = 'client backend'
   AND pid <> pg_backend_pid()
 GROUP BY application_name, usename, state
 ORDER BY connections DESC, application_name, usename, state;
