-- Settings that decide how the server behaves under load and what it tells afterwards, as sessions of the application get
-- them. `reset_val`, not `setting`: this session limits itself. With PG_APP_ROLE, what is set for that role and this
-- database counts before the server's value; what is set for the role of this session alone is then left out.
\if :{?role}
\else
  \set role ''
\endif
WITH own AS (
  SELECT split_part(entry, '=', 1) AS name,
         substr(entry, strpos(entry, '=') + 1) AS setting,
         CASE WHEN s.setrole <> 0 AND s.setdatabase <> 0 THEN 1 WHEN s.setrole <> 0 THEN 2 ELSE 3 END AS precedence
    FROM pg_db_role_setting s
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    LEFT JOIN pg_database d ON d.oid = s.setdatabase
   CROSS JOIN LATERAL unnest(s.setconfig) AS entry
   WHERE :'role' <> ''
     AND (s.setrole = 0 OR r.rolname = :'role')
     AND (s.setdatabase = 0 OR d.datname = current_database())
), mine AS (
  SELECT split_part(entry, '=', 1) AS name
    FROM pg_db_role_setting s
    JOIN pg_roles r ON r.oid = s.setrole AND r.rolname = session_user
   CROSS JOIN LATERAL unnest(s.setconfig) AS entry
   WHERE :'role' NOT IN ('', session_user)
     AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
)
SELECT p.name,
       coalesce(o.setting, p.reset_val) AS setting,
       -- A value that is set for a role brings its own unit, or is in the setting's.
       CASE WHEN o.setting ~ '[a-zA-Z]' AND p.unit IS NOT NULL THEN NULL ELSE p.unit END AS unit
  FROM pg_settings p
  LEFT JOIN LATERAL (SELECT setting FROM own WHERE own.name = p.name ORDER BY precedence LIMIT 1) AS o ON true
 WHERE p.name IN ('autovacuum', 'deadlock_timeout', 'effective_cache_size', 'idle_in_transaction_session_timeout',
                  'lock_timeout', 'log_lock_waits', 'log_min_duration_statement', 'max_connections',
                  'password_encryption', 'server_version', 'shared_buffers', 'ssl', 'statement_timeout',
                  'superuser_reserved_connections', 'tcp_keepalives_idle', 'work_mem')
   AND (o.setting IS NOT NULL OR p.name NOT IN (SELECT name FROM mine))
 ORDER BY p.name;
