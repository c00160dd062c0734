-- Whether this server is a replica, how many follow it, and how far behind they are.
SELECT pg_is_in_recovery() AS is_replica,
       row_number() OVER (ORDER BY application_name, client_addr) AS replica,
       r.state AS replication_state,
       sync_state,
       round(extract(epoch FROM replay_lag)::numeric, 3) AS replay_lag_s
  FROM (SELECT 1) AS one
  LEFT JOIN pg_stat_replication r ON true
 ORDER BY replica;
