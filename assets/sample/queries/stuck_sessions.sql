SELECT application_name, state, wait_event_type, wait_event, count(*) AS sessions,
       count(*) FILTER (WHERE xact_start IS NOT NULL) AS in_transaction
  FROM pg_stat_activity
 WHERE datname = 'parcelline' AND application_name LIKE 'parcelline%'
 GROUP BY 1, 2, 3, 4
 ORDER BY sessions DESC;
