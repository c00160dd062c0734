//! The one vocabulary of metrics that all formats write and all packs read.
//!
//! A metric's name is dotted and says what was measured; its unit is fixed, so that a threshold never has to
//! convert. Names are stable: packs, engagement files and clients' spreadsheets refer to them.

/// Which direction is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// Neither: a fact, a size, a setting.
    Neither,
}

impl Better {
    /// The word used in tables: `lower`, `higher` or `-`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
            Self::Neither => "-",
        }
    }
}

/// A metric of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Dotted name.
    pub name: &'static str,
    /// Unit of every value: `ms`, `s`, `ratio` (0 to 1), `1/s`, `count`, `bytes`, `bool` (0 or 1) or `factor`.
    pub unit: &'static str,
    /// What it means, what its subject is, and what its text holds where it has one.
    pub meaning: &'static str,
    /// Which direction is good.
    pub better: Better,
}

const fn lower(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Lower }
}

const fn higher(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Higher }
}

const fn fact(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Neither }
}

/// Every metric, sorted by name.
#[rustfmt::skip]
pub const METRICS: &[Metric] = &[
    fact("actuator.count", "count", "How often a timer or counter was used. Subject: metric."),
    fact("actuator.time.avg", "ms", "Mean of a timer. Subject: metric."),
    fact("actuator.time.max", "ms", "Maximum of a timer in its window. Subject: metric."),
    fact("actuator.time.total", "ms", "Sum of a timer. Subject: metric."),
    fact("actuator.time.value", "ms", "Value of a gauge of time. Subject: metric."),
    fact("actuator.value", "factor", "Value of a metric in a unit of its own; text is the statistic. Subject: metric."),
    fact("api.lists", "count", "Operations that answer with a list."),
    lower("api.lists.unpaged", "count", "Of these, those without a parameter for pages; text names the first."),
    fact("api.operations", "count", "Operations an interface describes."),
    fact("api.operations.deprecated", "count", "Of these, deprecated ones."),
    lower("api.operations.no_error", "count", "Of these, those that describe no answer for errors; text names the first."),
    lower("api.operations.unsecured", "count", "Of these, those that demand no security scheme; text names the first."),
    fact("api.paths", "count", "Paths an interface describes."),
    fact("api.security_schemes", "count", "Security schemes an interface declares."),
    lower("api.servers.insecure", "count", "Servers of an interface without TLS, localhost left out; text lists them."),
    higher("cache.auth", "bool", "A password is required (`requirepass` is not empty)."),
    fact("cache.clients", "count", "Connected clients at the moment of capture."),
    fact("cache.config.params", "count", "Parameters in a CONFIG GET; text is the shape the file was written in."),
    fact("cache.config.timeout", "s", "Idle client timeout; 0 is never."),
    lower("cache.evicted.keys", "count", "Keys evicted since the start of the server."),
    lower("cache.evicted.ratio_per_hour", "ratio", "Evicted keys per hour of uptime, divided by the keys held now."),
    fact("cache.eviction_policy", "bool", "1 when the policy evicts by use (`allkeys-lru`, `volatile-lru` or their LFU and LRM kin), else 0; text is the policy."),
    fact("cache.expired.keys", "count", "Keys expired since the start of the server."),
    higher("cache.hit_ratio", "ratio", "Hits divided by hits and misses; absent while there was neither. Subject: cache name where several."),
    fact("cache.hits", "count", "Lookups answered from the cache."),
    fact("cache.info.fields", "count", "Fields in an INFO dump."),
    fact("cache.info.sections", "count", "Sections in an INFO dump."),
    fact("cache.keys", "count", "Keys held, all databases or per `db<N>` subject."),
    higher("cache.keys_with_ttl.ratio", "ratio", "Keys with an expiry divided by all keys; absent while there is no key. Subject: `db<N>`, empty for all."),
    fact("cache.maxmemory", "bytes", "Memory limit; 0 is unlimited."),
    lower("cache.memory.fragmentation", "factor", "Resident memory divided by used memory."),
    fact("cache.memory.used", "bytes", "Memory used by the server's data and overhead."),
    fact("cache.misses", "count", "Lookups not answered from the cache."),
    fact("cache.persistence.aof", "bool", "The append-only file is on."),
    fact("cache.persistence.rdb", "bool", "Snapshots are scheduled; text is the `save` setting."),
    higher("cache.protected_mode", "bool", "Protected mode is on."),
    fact("cache.replica", "bool", "The server is a replica; text is its role."),
    fact("cache.sample.keys", "count", "Keys of a sample taken with SCAN. Subject: the word before the first separator, `(other)` for rare ones, empty for all."),
    higher("cache.sample.keys_with_ttl.ratio", "ratio", "Keys of a sample with an expiry, divided by the sample's. Subject: as `cache.sample.keys`."),
    higher("cache.sample.prefixed.ratio", "ratio", "Keys of a sample that begin with a word and a separator which at least five of them share, divided by all."),
    fact("cache.slowlog.entries", "count", "Entries of the slow log. Subject: command, empty for all."),
    lower("cache.slowlog.max", "ms", "Slowest entry of the slow log. Subject: command, empty for all."),
    fact("cache.slowlog.p50", "ms", "Median of the entries of the slow log."),
    fact("cache.uptime", "s", "Seconds since the start of the server."),
    lower("config.misconfigurations", "count", "Configuration checks that failed."),
    lower("config.misconfigurations.critical", "count", "Of these, critical ones."),
    lower("config.misconfigurations.high", "count", "Of these, high ones."),
    lower("config.misconfigurations.info", "count", "Of these, informational ones."),
    lower("config.misconfigurations.low", "count", "Of these, low ones."),
    lower("config.misconfigurations.medium", "count", "Of these, medium ones."),
    higher("coverage.branches", "ratio", "Branches that tests took, divided by all."),
    fact("coverage.covered", "count", "What tests ran. Subject: the kind, such as line or branch."),
    higher("coverage.lines", "ratio", "Lines that tests ran, divided by all."),
    fact("coverage.lines.listed", "ratio", "The same of the lines that a report lists, where it also states a sum."),
    fact("coverage.listed", "count", "Files, classes or packages a coverage report lists. Subject: their kind."),
    fact("coverage.total", "count", "What tests could run. Subject: the kind, such as line or branch."),
    lower("dast.issues", "count", "Results of a scanner of running systems, suppressed ones left out."),
    lower("dast.issues.critical", "count", "Of these, critical ones."),
    lower("dast.issues.high", "count", "Of these, high ones."),
    lower("dast.issues.info", "count", "Of these, informational ones."),
    lower("dast.issues.low", "count", "Of these, low ones."),
    lower("dast.issues.medium", "count", "Of these, medium ones."),
    fact("db.buffer_pool", "bytes", "Memory of the server's cache of pages: InnoDB's buffer pool, WiredTiger's cache."),
    fact("db.connections", "count", "Sessions open at the moment of capture. Subject: state where known."),
    lower("db.connections.in_transaction_idle", "count", "Sessions idle inside an open transaction."),
    lower("db.examined_per_row", "factor", "Rows or documents that all queries looked at, divided by those they returned."),
    fact("db.fk.total", "count", "Foreign keys looked at."),
    lower("db.fk.unindexed", "count", "Foreign keys that no index covers; text lists the first of them."),
    fact("db.idle_in_transaction_timeout", "ms", "Limit of `idle_in_transaction_session_timeout`; 0 is off."),
    fact("db.idle_timeout", "ms", "Idle connections are closed after this time."),
    lower("db.index.bloat", "ratio", "Share of an index that holds no live entries. Subject: index."),
    higher("db.index.hit_ratio", "ratio", "Index scans divided by index and sequential scans. Subject: table."),
    fact("db.load", "factor", "Sessions active at a time, on average. Subject: statement or wait, empty for all."),
    fact("db.load.max", "factor", "Most sessions active at a time, averaged over one interval. Subject: statement or wait, empty for all."),
    fact("db.lock_timeout", "ms", "Limit of `lock_timeout`; 0 is off."),
    lower("db.log.checkpoint_warnings", "count", "Checkpoints that came too often, as the server logged them."),
    lower("db.log.errors", "count", "Errors in the server's log."),
    lower("db.log.lock_wait", "ms", "Time spent waiting for locks, as the server logged it. Subject: kind of lock."),
    fact("db.log.queries", "count", "Statements in the server's log."),
    lower("db.log.temp_bytes", "bytes", "Size of the temporary files the server logged."),
    lower("db.log.temp_files", "count", "Temporary files the server logged."),
    fact("db.log_min_duration", "ms", "`log_min_duration_statement`: statements slower than this are logged; 0 logs all, -1 is off."),
    fact("db.max_connections", "count", "Connections the server admits."),
    lower("db.operation.mean", "ms", "Mean time of an operation. Subject: reads, writes or commands."),
    fact("db.operations", "count", "Operations since the start of the server. Subject: their kind."),
    fact("db.plan.analyzed", "bool", "The plan was run (ANALYZE), so that it has times. Subject: plan."),
    fact("db.plan.cost", "factor", "The planner's cost of a plan, in its own unit. Subject: plan."),
    lower("db.plan.examined_per_row", "factor", "Rows or documents a plan looked at, divided by those it returned. Subject: plan."),
    lower("db.plan.execution", "ms", "Time a plan took to run. Subject: plan."),
    lower("db.plan.misestimate", "factor", "Largest factor between planned and actual rows of a node. Subject: plan."),
    fact("db.plan.nodes", "count", "Nodes of a plan; text is the topmost. Subject: plan."),
    fact("db.plan.planning", "ms", "Time a plan took to be made. Subject: plan."),
    fact("db.plan.seq_scans", "count", "Sequential scans in a plan; text lists their tables. Subject: plan."),
    lower("db.plan.seq_scans.large", "count", "Of these, those that read more than 10,000 rows; text lists their tables. Subject: plan."),
    lower("db.plan.sort_spills", "count", "Sorts of a plan that went to disk; text lists the nodes. Subject: plan."),
    lower("db.plan.temp_written", "count", "Temporary blocks a plan wrote. Subject: plan."),
    fact("db.pool.acquire_timeout", "ms", "Longest wait for a connection before an error. Subject: pool."),
    fact("db.pool.active", "count", "Pool connections in use. Subject: pool."),
    fact("db.pool.idle", "count", "Pool connections not in use. Subject: pool."),
    fact("db.pool.max", "count", "Largest number of connections of a pool. Subject: pool."),
    lower("db.pool.timeouts", "count", "Requests that got no connection in time. Subject: pool."),
    fact("db.pool.total", "count", "Connections of a pool in any state. Subject: pool."),
    lower("db.pool.usage", "ratio", "Connections in use divided by the most there can be. Subject: pool."),
    lower("db.pool.wait.avg", "ms", "Mean wait for a connection. Subject: pool."),
    lower("db.pool.wait.max", "ms", "Longest wait for a connection at the moment of capture. Subject: pool."),
    lower("db.pool.wait.p99", "ms", "99th percentile of the wait for a connection. Subject: pool."),
    lower("db.pool.waiting", "count", "Requests waiting for a connection. Subject: pool."),
    lower("db.queries_per_request", "factor", "Database queries divided by HTTP requests. Subject: endpoint, empty for all."),
    fact("db.query.calls", "count", "Executions of a statement. Subject: statement."),
    lower("db.query.max", "ms", "Slowest execution of a statement. Subject: statement."),
    lower("db.query.mean", "ms", "Mean execution time of a statement. Subject: statement."),
    fact("db.query.p50", "ms", "Median execution time, where a histogram was exported. Subject: statement or endpoint."),
    lower("db.query.p95", "ms", "95th percentile of execution time, where a histogram was exported. Subject: statement or endpoint."),
    lower("db.query.p99", "ms", "99th percentile of execution time, where a histogram was exported. Subject: statement or endpoint."),
    lower("db.query.p99_bound", "ms", "What the 99th percentile cannot exceed: the smaller of the maximum and the one-sided Chebyshev bound, mean + 9.95 standard deviations. Subject: statement."),
    fact("db.query.rows", "count", "Rows returned or changed by a statement. Subject: statement."),
    fact("db.query.share", "ratio", "Share of a statement in the time of all statements of the file. Subject: statement."),
    fact("db.query.stddev", "ms", "Standard deviation of execution time. Subject: statement."),
    fact("db.query.total", "ms", "Time spent in a statement, all executions. Subject: statement."),
    lower("db.queue", "count", "Operations waiting for a lock at the moment of capture. Subject: readers or writers."),
    lower("db.scans.collection", "count", "Scans of whole collections since the start of the server."),
    lower("db.seq_scan.large_tables", "count", "Tables of more than 10,000 rows that are read by sequential scan; text lists the first of them."),
    fact("db.seq_scan.scans", "count", "Sequential scans of a table of more than 10,000 rows. Subject: table."),
    fact("db.seq_scan.tuples", "count", "Rows read by sequential scans. Subject: table."),
    fact("db.shared_buffers", "bytes", "The server's own cache of pages."),
    higher("db.slow_log", "bool", "Slow statements are logged; text is the setting."),
    higher("db.ssl", "bool", "The server accepts encrypted connections."),
    higher("db.ssl.required", "bool", "The server refuses connections that are not encrypted; text is the setting."),
    fact("db.statement_timeout", "ms", "Limit of `statement_timeout`; 0 is off."),
    lower("db.table.bloat", "ratio", "Share of a table that is dead or free space. Subject: table."),
    lower("db.table.dead_tuples.ratio", "ratio", "Dead rows divided by live and dead rows. Subject: table."),
    fact("db.table.rows", "count", "Live rows of a table, as estimated by the server. Subject: table."),
    fact("db.uptime", "s", "Seconds since the start of the server."),
    fact("db.work_mem", "bytes", "Memory of one sort or hash."),
    fact("deploy.containers", "count", "Containers or services of a manifest."),
    fact("deploy.cpu.share", "ratio", "Processor time used, divided by what can be allocated. Subject: node."),
    fact("deploy.cpu.used", "factor", "Processor cores used. Subject: pod or node."),
    fact("deploy.documents", "count", "Documents of a manifest."),
    lower("deploy.floating_images", "count", "Containers whose image has no tag, or `latest`; text names them."),
    fact("deploy.kinds", "count", "Objects of a manifest. Subject: kind."),
    fact("deploy.memory.share", "ratio", "Memory used, divided by what can be allocated. Subject: node."),
    fact("deploy.memory.used", "bytes", "Memory used. Subject: pod or node."),
    lower("deploy.no_healthcheck", "count", "Services without a health check in the manifest; text names them."),
    lower("deploy.no_limits", "count", "Containers without any limit; text names them."),
    lower("deploy.no_liveness", "count", "Containers without a liveness probe, jobs left out; text names them."),
    lower("deploy.no_memory_limit", "count", "Containers without a memory limit; text names them."),
    lower("deploy.no_readiness", "count", "Containers without a readiness probe, jobs left out; text names them."),
    lower("deploy.no_restart", "count", "Services without a restart policy; text names them."),
    fact("deploy.ports", "count", "Ports published to the host."),
    lower("deploy.privileged", "count", "Privileged containers; text names them."),
    fact("deploy.replicas", "count", "Replicas that are asked for. Subject: workload or service."),
    lower("deploy.single_replica", "count", "Workloads with one replica; text names them."),
    lower("deps.advisories", "count", "Distinct advisories."),
    fact("deps.dependencies", "count", "Dependencies the tool looked at."),
    fact("deps.reported", "count", "The tool's own total per severity, as it wrote it. Subject: its word for the severity."),
    lower("deps.skipped", "count", "Dependencies the tool could not look at."),
    lower("deps.vulnerabilities", "count", "Known vulnerabilities in dependencies, counted as the format's note says."),
    lower("deps.vulnerabilities.critical", "count", "Of these, critical ones."),
    lower("deps.vulnerabilities.fixable", "count", "Of these, those with a fixed version."),
    lower("deps.vulnerabilities.high", "count", "Of these, high ones."),
    lower("deps.vulnerabilities.info", "count", "Of these, informational ones."),
    lower("deps.vulnerabilities.low", "count", "Of these, low ones."),
    lower("deps.vulnerabilities.medium", "count", "Of these, medium ones."),
    higher("health.up", "bool", "A component says that it is up; text is its word. Subject: component, empty for the whole."),
    fact("histogram.count", "count", "Samples in a histogram."),
    fact("histogram.max", "factor", "Largest value of a histogram, in the unit it was recorded in, which its file does not tell."),
    fact("histogram.p50", "factor", "Median of a histogram, in a unit that its file does not tell."),
    fact("histogram.p90", "factor", "90th percentile of a histogram, in a unit that its file does not tell."),
    fact("histogram.p95", "factor", "95th percentile of a histogram, in a unit that its file does not tell."),
    fact("histogram.p99", "factor", "99th percentile of a histogram, in a unit that its file does not tell."),
    fact("histogram.p999", "factor", "99.9th percentile of a histogram, in a unit that its file does not tell."),
    fact("histogram.rows", "count", "Rows of a percentile distribution."),
    fact("http.cookies", "count", "Cookies set by the judged response."),
    lower("http.cookies.insecure", "count", "Cookies set without `Secure`; text is their names."),
    lower("http.cookies.no_httponly", "count", "Cookies set without `HttpOnly`; text is their names."),
    lower("http.cookies.no_samesite", "count", "Cookies set without `SameSite`; text is their names."),
    lower("http.cors.wildcard", "bool", "`Access-Control-Allow-Origin` is `*`, or absent (0)."),
    lower("http.failed.count", "count", "Failed requests. Subject: endpoint or URL."),
    lower("http.failed.ratio", "ratio", "Failed requests divided by all requests. Subject: endpoint or URL."),
    higher("http.header.csp", "bool", "`Content-Security-Policy` is set; text is its value."),
    higher("http.header.hsts", "bool", "`Strict-Transport-Security` is set with a lifetime above 0; text is its value."),
    lower("http.header.leaks", "count", "Headers that name the software (`Server`, `X-Powered-By`, …); text is their names."),
    higher("http.header.permissions_policy", "bool", "`Permissions-Policy` is set; text is its value."),
    higher("http.header.rate_limit", "bool", "A rate-limit header is set; text is its name."),
    higher("http.header.referrer_policy", "bool", "`Referrer-Policy` is set; text is its value."),
    higher("http.header.request_id", "bool", "A request or trace id comes back with the response; text is the header's name."),
    higher("http.header.x_content_type_options", "bool", "`X-Content-Type-Options: nosniff` is set; text is its value."),
    higher("http.header.x_frame_options", "bool", "`X-Frame-Options` is set; text is its value. A `frame-ancestors` policy counts in `http.header.csp` only."),
    fact("http.headers", "count", "Header lines of the judged response."),
    lower("http.headers.missing", "count", "Of six security headers, those not set; text is their names."),
    lower("http.latency.avg", "ms", "Mean response time. Subject: endpoint or URL."),
    lower("http.latency.max", "ms", "Longest response time. Subject: endpoint or URL."),
    lower("http.latency.p50", "ms", "Median response time. Subject: endpoint or URL."),
    lower("http.latency.p75", "ms", "75th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p90", "ms", "90th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p95", "ms", "95th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p975", "ms", "97.5th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p99", "ms", "99th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p999", "ms", "99.9th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p9999", "ms", "99.99th percentile of response time. Subject: endpoint or URL."),
    lower("http.latency.p99_floor", "ms", "What the 99th percentile is at least, where it lies beyond a timeout or the last histogram bucket: above a limit it fails, below it says nothing. Subject: endpoint or URL."),
    lower("http.latency.read.p99", "ms", "99th percentile of GET and HEAD requests, where the method is known. Subject: endpoint."),
    lower("http.latency.tail_ratio", "factor", "99th percentile divided by the median. Subject: endpoint or URL."),
    lower("http.latency.write.p99", "ms", "99th percentile of POST, PUT, PATCH and DELETE requests, where the method is known. Subject: endpoint."),
    fact("http.rate", "1/s", "Requests per second. Subject: endpoint or URL."),
    fact("http.rate.ok", "1/s", "Requests per second that were served. Subject: endpoint or URL."),
    fact("http.requests", "count", "Requests made. Subject: endpoint or URL."),
    fact("http.responses", "count", "Responses in a header dump; the last one is judged."),
    lower("http.socket_errors", "count", "Connections that failed to open, read or write. Subject: URL."),
    fact("http.status", "count", "Status code of the judged response. Subject: URL."),
    fact("http.status.responses", "count", "Responses by status code; 0 where none came. Subject: the code."),
    lower("http.threshold.crossed", "bool", "The load test's own threshold was not met. Subject: the threshold."),
    lower("http.threshold.failed", "count", "Thresholds of the load test that were not met; text lists them."),
    fact("http.threshold.total", "count", "Thresholds the load test declares."),
    lower("http.timeouts", "count", "Requests that timed out. Subject: URL."),
    higher("http.tls", "bool", "The judged response came over TLS; text is the protocol."),
    lower("jvm.deadlocks", "count", "Deadlocks that the virtual machine found."),
    fact("jvm.gc.events", "count", "Lines of a GC log with a duration, concurrent work included."),
    lower("jvm.gc.full", "count", "Full collections."),
    lower("jvm.gc.heap_after.max", "bytes", "Largest heap after a collection: what the application holds."),
    fact("jvm.gc.lines", "count", "Lines of a GC log."),
    lower("jvm.gc.overhead", "ratio", "Pause time divided by the time the log covers."),
    lower("jvm.gc.pause.avg", "ms", "Mean pause of the garbage collector."),
    lower("jvm.gc.pause.max", "ms", "Longest pause of the garbage collector."),
    lower("jvm.gc.pause.p99", "ms", "99th percentile of pauses of the garbage collector."),
    fact("jvm.gc.pause.total", "ms", "Sum of the pauses of the garbage collector."),
    fact("jvm.gc.pauses", "count", "Pauses of the garbage collector; text is the collector."),
    fact("jvm.gc.span", "ms", "Time a GC log covers."),
    fact("jvm.jfr.duration", "ms", "Length of a recording."),
    fact("jvm.jfr.events", "count", "Events of a recording. Subject: their type, empty for all."),
    fact("jvm.threads", "count", "Threads."),
    lower("jvm.threads.blocked", "count", "Threads that wait for a lock. Subject: class of the lock."),
    fact("jvm.threads.dumps", "count", "Thread dumps in a file."),
    fact("jvm.threads.pool", "count", "Threads whose names differ in a number alone. Subject: name."),
    fact("jvm.threads.state", "count", "Threads by state. Subject: state."),
    fact("kit.probes", "count", "Probes of a kit by what became of them; text names them. Subject: ran, skipped, failed or interrupted; empty for all."),
    lower("licenses.found", "count", "Licences the tool reports."),
    fact("load.checks", "count", "Distinct assertions of the load test."),
    lower("load.checks.failed", "count", "Assertions of the load test that failed."),
    higher("load.checks.passed", "count", "Assertions of the load test that held."),
    higher("load.checks.ratio", "ratio", "Assertions that held divided by all."),
    fact("load.connections", "count", "Connections the load test kept open."),
    fact("load.duration", "ms", "Length of the load test."),
    fact("load.iterations", "count", "Times the scenario was run through."),
    fact("load.records", "count", "Records of a file of raw results. Subject: their kind."),
    fact("load.vus", "count", "Most virtual users at once."),
    fact("obs.alert.error_rate", "ratio", "Smallest threshold of an alert on the share of failed requests; text is the alert's name."),
    fact("obs.alert.latency", "ms", "Smallest threshold of an alert on a quantile of the duration of requests; text is the alert's name."),
    fact("obs.alert.rules", "count", "Alerting rules."),
    higher("obs.logs.json.ratio", "ratio", "Log lines that are JSON, divided by all."),
    higher("obs.logs.level.ratio", "ratio", "Log lines that say their level, divided by all."),
    fact("obs.logs.lines", "count", "Lines of an application's log; text is what most of them are: JSON, logfmt or plain."),
    higher("obs.logs.request_id.ratio", "ratio", "Log lines that carry a request, correlation or trace id, divided by all; text is the field most of them name it by."),
    higher("obs.logs.service.ratio", "ratio", "Log lines that say which service wrote them, divided by all."),
    higher("obs.logs.time.ratio", "ratio", "Log lines that say when they were written, divided by all; the time a container runtime puts before a line does not count."),
    higher("obs.metric.cache_evictions", "bool", "Evictions from the cache are exported; text is the metric's name."),
    higher("obs.metric.cache_hits", "bool", "Cache hits and misses are exported; text is the metric's name."),
    higher("obs.metric.db_duration", "bool", "The duration of database queries is exported; text is the metric's name."),
    higher("obs.metric.db_queries", "bool", "The number of database queries is exported; text is the metric's name."),
    higher("obs.metric.pool", "bool", "The state of the connection pool is exported; text is the metric's name."),
    higher("obs.metric.pool_wait", "bool", "The wait for a pool connection is exported; text is the metric's name."),
    higher("obs.red.duration", "bool", "A duration histogram or summary per endpoint is exported; text is the metric's name."),
    higher("obs.red.errors", "bool", "Requests are exported by status, so that errors can be told; text is the metric's name."),
    higher("obs.red.per_endpoint", "bool", "The request metrics carry an endpoint label; text is the label."),
    higher("obs.red.rate", "bool", "A count of requests is exported; text is the metric's name."),
    fact("otlp.records", "count", "Records of OpenTelemetry. Subject: spans, metrics or logs."),
    fact("profile.samples", "count", "Samples of a profile."),
    fact("profile.self.ratio", "ratio", "Samples with a method at the top of the stack, divided by all. Subject: method."),
    fact("profile.stacks", "count", "Distinct stacks of a profile."),
    fact("profile.total.ratio", "ratio", "Samples with a method anywhere in the stack, divided by all. Subject: method."),
    fact("prometheus.buckets", "count", "Histogram bucket samples."),
    fact("prometheus.families", "count", "Metric families; subject is empty for all, else the declared type."),
    fact("prometheus.non_finite", "count", "Samples that are NaN or infinite; they become no measurement."),
    fact("prometheus.openmetrics", "bool", "The exposition is OpenMetrics (`# EOF`)."),
    fact("prometheus.query.last", "factor", "Latest value of a series, in the unit of the query. Subject: series."),
    fact("prometheus.query.max", "factor", "Largest value of a series, in the unit of the query. Subject: series."),
    fact("prometheus.query.min", "factor", "Smallest value of a series, in the unit of the query. Subject: series."),
    fact("prometheus.query.points", "count", "Samples in the answer to a query."),
    fact("prometheus.query.series", "count", "Series in the answer to a query; text is the type of the result."),
    fact("prometheus.samples", "count", "Samples in an exposition."),
    fact("prometheus.type_lines", "count", "`# TYPE` lines in an exposition."),
    lower("sast.issues", "count", "Results of a code scanner, suppressed ones left out."),
    lower("sast.issues.critical", "count", "Of these, critical ones."),
    lower("sast.issues.high", "count", "Of these, high ones."),
    lower("sast.issues.info", "count", "Of these, informational ones."),
    lower("sast.issues.low", "count", "Of these, low ones."),
    lower("sast.issues.medium", "count", "Of these, medium ones."),
    lower("sast.sql_injection", "count", "Results of a code scanner that carry CWE-89 or name SQL injection, suppressed ones left out."),
    lower("scan.errors", "count", "Errors that the tool reports of its own run: what they hide was not looked at."),
    fact("scan.groups", "count", "Candidate findings: results grouped by rule and component."),
    fact("scan.kind", "count", "Results by the tool's word for their kind. Subject: the kind (`fail`, `pass`, `open`, …)."),
    fact("scan.native_severity", "count", "Results by the tool's own word for severity. Subject: the word, `(none)` where it had none."),
    fact("scan.not_applicable", "count", "Results that say a rule did not apply; they are no issues."),
    fact("scan.passed", "count", "Results that say a check passed; they are no issues."),
    fact("scan.results", "count", "Results in the file, every raw occurrence counted. Subject: empty for all, else the class of result."),
    fact("scan.rules", "count", "Rules the tool declares."),
    fact("scan.runs", "count", "Runs in the file; text lists their tools."),
    higher("scan.score", "factor", "Score that the tool gives to all it looked at, on its own scale; text is its grade, if any."),
    fact("scan.score_modifier", "factor", "Points a tool takes off for a test that failed. Subject: the test."),
    fact("scan.suppressed", "count", "Issues the tool marks as suppressed or accepted."),
    lower("secrets.found", "count", "Secrets found, suppressed ones left out."),
    fact("table.columns", "count", "Columns of a table; text lists them."),
    fact("table.rows", "count", "Rows of a table. Subject: what the table was recognised as."),
    fact("tests.duration", "ms", "Sum of the times of the test cases."),
    lower("tests.errors", "count", "Test cases that broke off with an error."),
    lower("tests.failed", "count", "Test cases that failed; text names the first of these and of the errors."),
    lower("tests.flaky", "count", "Test cases that failed and passed when run again."),
    higher("tests.passed.ratio", "ratio", "Test cases that passed, divided by those that were run."),
    lower("tests.skipped", "count", "Test cases that were skipped."),
    fact("tests.suites", "count", "Test suites."),
    higher("tests.total", "count", "Test cases."),
    lower("trace.calls_per_request", "factor", "Calls to other services, databases and queues divided by requests. Subject: operation at the root."),
    lower("trace.operation.failed.ratio", "ratio", "Spans of an operation that failed, divided by all. Subject: service and operation."),
    lower("trace.operation.max", "ms", "Longest span of an operation. Subject: service and operation."),
    fact("trace.operation.p50", "ms", "Median duration of an operation. Subject: service and operation."),
    lower("trace.operation.p99", "ms", "99th percentile of an operation's duration. Subject: service and operation."),
    fact("trace.operation.spans", "count", "Spans of an operation. Subject: service and operation."),
    fact("trace.services", "count", "Services in the traces."),
    fact("trace.span.max", "ms", "Longest of all spans."),
    fact("trace.spans", "count", "Spans."),
    fact("trace.traces", "count", "Traces."),
];

/// The metric of this name.
#[must_use]
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// The vocabulary as a Markdown table, for the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| Metric | Unit | Better | Meaning |\n|---|---|---|---|\n");
    for Metric { name, unit, meaning, better } in METRICS {
        out.push_str(&format!("| `{name}` | {unit} | {} | {} |\n", better.as_str(), meaning.replace('|', "\\|")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_sorted_and_dotted() {
        let names: Vec<_> = METRICS.iter().map(|metric| metric.name.split('.').collect::<Vec<_>>()).collect();
        for pair in names.windows(2) {
            assert!(pair[0] < pair[1], "{} before {}", pair[0].join("."), pair[1].join("."));
        }
        for metric in METRICS {
            assert!(metric.name.contains('.'), "{}", metric.name);
            assert!(
                metric.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'_')
            );
            assert!(metric.meaning.ends_with('.'), "{}", metric.name);
        }
    }

    #[test]
    fn units_are_of_the_closed_list() {
        for metric in METRICS {
            let known = ["ms", "s", "ratio", "1/s", "count", "bytes", "bool", "factor"].contains(&metric.unit);
            assert!(known, "{}: {}", metric.name, metric.unit);
        }
    }
}
