-- Foreign keys and how many indexes can serve them; those with none come first. PostgreSQL 12 and later, read-only.
-- An index serves a foreign key when its first columns are the key's columns, in any order, and when it is valid,
-- a B-tree or hash, neither partial nor on expressions there. Columns that are only INCLUDEd do not count.
-- A partitioned table is as good as its worst partition; partitions are matched by column name, not by position.
WITH fk AS (
  SELECT con.oid, con.conname, con.conrelid, con.confrelid,
         array_agg(att.attname::text ORDER BY k.ord) AS columns,
         count(*)::int AS width
    FROM pg_constraint con
   CROSS JOIN LATERAL unnest(con.conkey) WITH ORDINALITY AS k (attnum, ord)
    JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = k.attnum
   WHERE con.contype = 'f'
     AND con.conparentid = 0 -- the declared key, not its copies on partitions
   GROUP BY con.oid, con.conname, con.conrelid, con.confrelid
), holder AS ( -- the tables that hold the rows
  SELECT fk.oid AS fk, fk.conrelid AS relid FROM fk
   WHERE NOT EXISTS (SELECT FROM pg_partition_tree(fk.conrelid) tree WHERE tree.isleaf)
  UNION ALL
  SELECT fk.oid, tree.relid FROM fk
   CROSS JOIN LATERAL pg_partition_tree(fk.conrelid) tree
   WHERE tree.isleaf
), served AS (
  SELECT holder.fk, holder.relid, count(good.indexrelid) AS indexes
    FROM holder
    JOIN fk ON fk.oid = holder.fk
    LEFT JOIN LATERAL (
      SELECT ix.indexrelid
        FROM pg_index ix
        JOIN pg_class ic ON ic.oid = ix.indexrelid
        JOIN pg_am am ON am.oid = ic.relam
       CROSS JOIN LATERAL (
         SELECT array_agg(att.attname::text) AS columns
           FROM unnest(ix.indkey) WITH ORDINALITY AS k (attnum, ord)
           JOIN pg_attribute att ON att.attrelid = ix.indrelid AND att.attnum = k.attnum
          WHERE k.ord <= fk.width
       ) AS lead
       WHERE ix.indrelid = holder.relid
         AND ix.indisvalid
         AND ix.indpred IS NULL
         AND ix.indnkeyatts >= fk.width
         AND am.amname IN ('btree', 'hash')
         AND lead.columns @> fk.columns
         AND lead.columns <@ fk.columns
    ) AS good ON true
   GROUP BY holder.fk, holder.relid
)
SELECT format('%I.%I', tn.nspname, t.relname) AS table_name,
       fk.conname AS fk,
       array_to_string(fk.columns, ', ') AS column_name,
       min(served.indexes) AS covering_indexes,
       format('%I.%I', rn.nspname, r.relname) AS referenced_table,
       sum(CASE WHEN leaf.reltuples >= 0 THEN leaf.reltuples END)::bigint AS estimated_rows
  FROM fk
  JOIN pg_class t ON t.oid = fk.conrelid
  JOIN pg_namespace tn ON tn.oid = t.relnamespace
  JOIN pg_class r ON r.oid = fk.confrelid
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  JOIN served ON served.fk = fk.oid
  JOIN pg_class leaf ON leaf.oid = served.relid
 GROUP BY fk.oid, fk.conname, fk.columns, tn.nspname, t.relname, rn.nspname, r.relname
 ORDER BY covering_indexes, estimated_rows DESC NULLS LAST, table_name, fk;
