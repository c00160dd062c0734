-- Before every query: nothing can be written, nothing runs or waits for long, names mean the server's own.
-- SET LOCAL ends with the transaction; psql ends without COMMIT, which rolls back what did nothing.
\if :{?limit}
\else
  \set limit 30s
\endif
BEGIN TRANSACTION READ ONLY;
SET LOCAL statement_timeout = :'limit';
SET LOCAL lock_timeout = '2s';
SET LOCAL idle_in_transaction_session_timeout = '60s';
SET LOCAL work_mem = '16MB';
SET LOCAL search_path = pg_catalog;
