-- Before every query: nothing can be written, nothing runs for longer than 30 seconds (MySQL counts in milliseconds,
-- MariaDB in seconds; each reads its own line as a comment of the other).
/*!50708 SET SESSION max_execution_time = 30000 */;
/*M!100101 SET SESSION max_statement_time = 30 */;
SET SESSION lock_wait_timeout = 5;
START TRANSACTION READ ONLY;
