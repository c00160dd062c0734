-- Statements by time, as the server sums them up: their text holds no literals. Times are in picoseconds there.
SELECT 'statement' AS kind,
       REPLACE(REPLACE(TRIM(IF(CHAR_LENGTH(DIGEST_TEXT) > 150, CONCAT(LEFT(DIGEST_TEXT, 150), '… ', LEFT(DIGEST, 8)), DIGEST_TEXT)),
         '\t', ' '), '\n', ' ') AS statement,
       COUNT_STAR AS calls,
       SUM_TIMER_WAIT / 1e9 AS total_ms,
       AVG_TIMER_WAIT / 1e9 AS mean_ms,
       MAX_TIMER_WAIT / 1e9 AS max_ms,
       SUM_ROWS_SENT + SUM_ROWS_AFFECTED AS rows_all
  FROM performance_schema.events_statements_summary_by_digest
 WHERE SCHEMA_NAME = DATABASE()
   AND DIGEST_TEXT IS NOT NULL
   AND COUNT_STAR > 0
   AND DIGEST_TEXT REGEXP '^(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)'
   AND DIGEST_TEXT NOT LIKE '%performance_schema%'
   AND DIGEST_TEXT NOT LIKE '%information_schema%'
 ORDER BY SUM_TIMER_WAIT DESC
 LIMIT 200;
