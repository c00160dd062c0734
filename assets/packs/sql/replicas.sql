-- Whether this server is a replica, which replicas follow it, and how far behind they are. PostgreSQL 12 and later.
SELECT pg_is_in_recovery() AS is_replica,
       application_name,
       client_addr,
       state,
       sync_state,
       round(extract(epoch FROM replay_lag), 3) AS replay_lag_s
  FROM (SELECT 1) AS one
  LEFT JOIN pg_stat_replication ON true
 ORDER BY application_name;
