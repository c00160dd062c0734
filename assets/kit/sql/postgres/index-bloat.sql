-- Space in B-tree indexes that holds no live entry. It reads an index from end to end, so it takes the largest that
-- together stay below a limit. Indexes under 1 MiB are left out.
SELECT format('%I.%I', n.nspname, chosen.relname) AS index_name, s.*
  FROM (
    SELECT sized.*, sum(bytes) OVER (ORDER BY bytes DESC, oid) AS running
      FROM (
        SELECT ic.oid, ic.relname, ic.relnamespace, pg_relation_size(ic.oid) AS bytes
          FROM pg_index ix
          JOIN pg_class ic ON ic.oid = ix.indexrelid AND ic.relkind = 'i'
          JOIN pg_am am ON am.oid = ic.relam AND am.amname = 'btree'
          JOIN pg_namespace n ON n.oid = ic.relnamespace
         WHERE ix.indisvalid
           AND ic.relpersistence <> 't'
           AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND n.nspname NOT LIKE 'pg\_toast%'
      ) AS sized
     WHERE bytes BETWEEN 1024 * 1024 AND :most_mb::bigint * 1024 * 1024
  ) AS chosen
  JOIN pg_namespace n ON n.oid = chosen.relnamespace
 CROSS JOIN LATERAL :"ext".pgstattuple(chosen.oid) AS s
 WHERE running <= :most_mb::bigint * 1024 * 1024
 ORDER BY s.free_percent + s.dead_tuple_percent DESC;
