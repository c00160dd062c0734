-- Tables of the application and whether the server itself keeps rows apart.
SELECT format('%I.%I', n.nspname, c.relname) AS table_name,
       c.relrowsecurity AS row_security,
       c.relforcerowsecurity AS forced_for_owner,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND n.nspname NOT LIKE 'pg\_%'
 ORDER BY 2, 1
 LIMIT 500;
