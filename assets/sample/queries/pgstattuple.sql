-- Space no live entry uses, per index.
SELECT i.indexrelid::regclass AS rel, s.*
  FROM pg_index i
  JOIN pg_class t ON t.oid = i.indrelid
 CROSS JOIN LATERAL pgstattuple(i.indexrelid) AS s
 WHERE t.relnamespace = 'public'::regnamespace AND t.reltuples > 10000
 ORDER BY s.free_percent + s.dead_tuple_percent DESC;
