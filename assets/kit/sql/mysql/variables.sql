SHOW GLOBAL VARIABLES WHERE Variable_name IN (
  'version', 'max_connections', 'wait_timeout', 'max_execution_time', 'max_statement_time', 'slow_query_log',
  'long_query_time', 'log_queries_not_using_indexes', 'innodb_buffer_pool_size', 'innodb_lock_wait_timeout', 'have_ssl',
  'require_secure_transport', 'performance_schema', 'transaction_isolation', 'innodb_flush_log_at_trx_commit');
