-- The schema that an extension stands in; no row where it is not installed.
SELECT n.nspname
  FROM pg_extension e
  JOIN pg_namespace n ON n.oid = e.extnamespace
 WHERE e.extname = :'name';
