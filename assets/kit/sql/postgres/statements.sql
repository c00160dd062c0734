-- Statements by time, by executions and by rows a call, with what the 99th percentile can be told from. Literals and
-- comments are taken out by the server, before a statement leaves it.
\pset format csv
SELECT current_setting('server_version_num')::int >= 130000 AS modern,
       current_setting('server_version_num')::int >= 140000 AS since \gset
\if :modern
  \set exec exec_time
\else
  \set exec time
\endif
\set total total_:exec
\set mean mean_:exec
\set stddev stddev_:exec
\set least min_:exec
\set most max_:exec
\if :since
  SELECT greatest(extract(epoch FROM now() - stats_reset) / 86400, 1.0 / 24)::text AS days
    FROM :"ext".pg_stat_statements_info \gset
\else
  \set days ''
\endif
WITH seen AS (
  SELECT s.queryid, s.query, s.calls, s.rows,
         s.:"total" AS total, s.:"mean" AS mean, s.:"stddev" AS stddev, s.:"least" AS least, s.:"most" AS most
    FROM :"ext".pg_stat_statements s
    JOIN pg_database d ON d.oid = s.dbid
   WHERE d.datname = current_database()
     AND s.calls > 0
     AND s.query ~* '^\s*(/\*.*?\*/\s*)*(select|insert|update|delete|with|merge)\M'
     AND s.query !~* '\mpg_(catalog|stat_\w+|class|settings)\M'
), ranked AS (
  SELECT seen.*,
         row_number() OVER (ORDER BY total DESC, queryid) AS by_time,
         row_number() OVER (ORDER BY calls DESC, queryid) AS by_calls,
         row_number() OVER (ORDER BY rows::numeric / calls DESC, queryid) AS by_rows
    FROM seen
)
SELECT queryid,
       -- Comments, then quoted literals (those that break off, too), then numbers that are no parameter.
       left(btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(query,
         '(--[^\n]*|/\*([^*]|\*+[^*/])*(\*+/|$))', ' ', 'g'),
         '(\m[eE]''([^''\\]|''''|\\.)*(''|$)|''([^'']|'''')*(''|$)|\$([A-Za-z_]\w*)?\$.*)', '?', 'g'),
         '(?<![\w$"])[0-9]+(\.[0-9]+)?\M', '?', 'g'),
         '\s+', ' ', 'g')), 2000) AS query,
       calls,
       total AS total_exec_time,
       mean AS mean_exec_time,
       stddev AS stddev_exec_time,
       least AS min_exec_time,
       most AS max_exec_time,
       rows,
       round(rows::numeric / calls, 1) AS rows_per_call,
       round((calls / nullif(:'days', '')::numeric)) AS calls_per_day,
       query ~* '\m(limit|fetch\s+(first|next))\M' AS has_limit
  FROM ranked
 WHERE by_time <= 100 OR by_calls <= 50 OR by_rows <= 50
 ORDER BY total DESC;
