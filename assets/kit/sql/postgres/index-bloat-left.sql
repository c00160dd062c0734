-- How many indexes are too large to be read: the same choice as in index-bloat.sql, the other way round.
SELECT count(*)
  FROM (
    SELECT bytes, sum(bytes) FILTER (WHERE bytes <= :most_mb::bigint * 1024 * 1024) OVER (ORDER BY bytes DESC, oid) AS running
      FROM (
        SELECT ic.oid, pg_relation_size(ic.oid) AS bytes
          FROM pg_index ix
          JOIN pg_class ic ON ic.oid = ix.indexrelid AND ic.relkind = 'i'
          JOIN pg_am am ON am.oid = ic.relam AND am.amname = 'btree'
          JOIN pg_namespace n ON n.oid = ic.relnamespace
         WHERE ix.indisvalid
           AND ic.relpersistence <> 't'
           AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND n.nspname NOT LIKE 'pg\_toast%'
      ) AS sized
     WHERE bytes >= 1024 * 1024
  ) AS chosen
 WHERE bytes > :most_mb::bigint * 1024 * 1024
    OR running > :most_mb::bigint * 1024 * 1024;
