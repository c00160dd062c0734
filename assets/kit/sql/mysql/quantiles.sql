-- What the server knows of the 99th percentile of a statement: MySQL 8.0 and later.
SELECT 'quantile' AS kind,
       REPLACE(REPLACE(TRIM(IF(CHAR_LENGTH(DIGEST_TEXT) > 150, CONCAT(LEFT(DIGEST_TEXT, 150), '… ', LEFT(DIGEST, 8)), DIGEST_TEXT)),
         '\t', ' '), '\n', ' ') AS statement,
       QUANTILE_95 / 1e9 AS p95_ms,
       QUANTILE_99 / 1e9 AS p99_ms
  FROM performance_schema.events_statements_summary_by_digest
 WHERE SCHEMA_NAME = DATABASE()
   AND DIGEST_TEXT IS NOT NULL
   AND COUNT_STAR > 0
   AND DIGEST_TEXT REGEXP '^(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)'
   AND DIGEST_TEXT NOT LIKE '%performance_schema%'
   AND DIGEST_TEXT NOT LIKE '%information_schema%'
 ORDER BY SUM_TIMER_WAIT DESC
 LIMIT 200;
