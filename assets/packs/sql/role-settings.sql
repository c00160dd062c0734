-- Limits set for a role or a database override the server's; a pool's user often has its own. PostgreSQL 12 and later.
SELECT coalesce(r.rolname, '(all roles)') AS role,
       coalesce(d.datname, '(all databases)') AS database,
       array_to_string(s.setconfig, ', ') AS settings
  FROM pg_db_role_setting s
  LEFT JOIN pg_roles r ON r.oid = s.setrole
  LEFT JOIN pg_database d ON d.oid = s.setdatabase
 ORDER BY 1, 2;
