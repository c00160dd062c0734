-- Foreign keys and the number of indexes that can serve them: valid, not partial, and leading with the key's columns
-- in any order. PostgreSQL 12 and later; multi-column keys included.
SELECT c.conrelid::regclass AS table_name,
       c.conname AS fk,
       string_agg(a.attname, ', ' ORDER BY k.ord) AS column_name,
       (SELECT count(*)
          FROM pg_index i
         WHERE i.indrelid = c.conrelid AND i.indisvalid AND i.indpred IS NULL
           AND (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(c.conkey)] @> c.conkey) AS covering_indexes
  FROM pg_constraint c
 CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (attnum, ord)
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
 WHERE c.contype = 'f'
 GROUP BY c.oid, c.conrelid, c.conname, c.conkey
 ORDER BY covering_indexes, c.conrelid::regclass::text, fk;
