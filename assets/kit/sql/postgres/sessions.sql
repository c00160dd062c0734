-- Who is connected, in which state, and for how long: taken several times. Of an application's name the first word is
-- kept, which is what a pool or a driver writes; users are numbered unless their names are to be kept.
SELECT substring(application_name FROM '^[A-Za-z_.-]*') AS application,
       CASE :'redact' WHEN 'no' THEN usename::text
                      ELSE 'user-' || dense_rank() OVER (ORDER BY usename) END AS username,
       state,
       count(*) AS connections,
       round(extract(epoch FROM max(clock_timestamp() - backend_start))) AS oldest_s,
       round(extract(epoch FROM min(clock_timestamp() - backend_start))) AS youngest_s,
       round(extract(epoch FROM max(clock_timestamp() - state_change))::numeric, 1) AS longest_in_state_s
  FROM pg_stat_activity
 WHERE backend_type = 'client backend'
   AND pid <> pg_backend_pid()
 GROUP BY substring(application_name FROM '^[A-Za-z_.-]*'), usename, state
 ORDER BY connections DESC, application, username, state;
