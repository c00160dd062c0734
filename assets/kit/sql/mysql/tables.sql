-- Foreign keys and whether an index begins with their first column; tables, their size and the rows read from them
-- without an index since the server started.
SELECT 'key' AS kind, CONCAT(k.TABLE_NAME, '(', k.COLUMN_NAME, ')') AS name,
       (SELECT COUNT(*) FROM information_schema.STATISTICS s
         WHERE s.TABLE_SCHEMA = k.TABLE_SCHEMA AND s.TABLE_NAME = k.TABLE_NAME
           AND s.COLUMN_NAME = k.COLUMN_NAME AND s.SEQ_IN_INDEX = 1) AS first_number,
       0 AS second_number
  FROM information_schema.KEY_COLUMN_USAGE k
 WHERE k.TABLE_SCHEMA = DATABASE()
   AND k.REFERENCED_TABLE_NAME IS NOT NULL
   AND k.ORDINAL_POSITION = 1
UNION ALL
SELECT 'table', t.TABLE_NAME, COALESCE(t.TABLE_ROWS, 0), COALESCE(w.COUNT_FETCH, 0)
  FROM information_schema.TABLES t
  LEFT JOIN performance_schema.table_io_waits_summary_by_index_usage w
    ON w.OBJECT_SCHEMA = t.TABLE_SCHEMA AND w.OBJECT_NAME = t.TABLE_NAME AND w.INDEX_NAME IS NULL
 WHERE t.TABLE_SCHEMA = DATABASE()
   AND t.TABLE_TYPE = 'BASE TABLE';
