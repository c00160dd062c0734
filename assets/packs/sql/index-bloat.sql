-- Space in B-tree indexes that holds no live entry. Needs the extension pgstattuple; PostgreSQL 12 and later.
-- It reads every index from end to end: run it off-peak or on a replica. Indexes under 1 MiB are left out.
SELECT format('%I.%I', n.nspname, ic.relname) AS index_name,
       s.*
  FROM pg_index ix
  JOIN pg_class ic ON ic.oid = ix.indexrelid AND ic.relkind = 'i'
  JOIN pg_am am ON am.oid = ic.relam AND am.amname = 'btree'
  JOIN pg_namespace n ON n.oid = ic.relnamespace
 CROSS JOIN LATERAL pgstattuple(ix.indexrelid) AS s
 WHERE ix.indisvalid
   AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND n.nspname NOT LIKE 'pg\_toast%'
   AND pg_relation_size(ix.indexrelid) >= 1024 * 1024
 ORDER BY s.free_percent + s.dead_tuple_percent DESC;
