//! What an exposition says about an application, and what it leaves unsaid.

use std::collections::BTreeMap;

use super::{
    cache,
    exposition::{Exposition, Sample},
    histogram::{Percentile, distributions},
    http::{self, Red, families, millis_per_unit, path},
    pool,
};
use crate::Import;

/// Prefixes of programs that are not the application: that these export no request metrics of their own says nothing.
const EXPORTERS: &[&str] = &[
    "node_",
    "redis_",
    "pg_",
    "mysql_",
    "haproxy_",
    "coredns_",
    "kubelet_",
    "kube_",
    "apiserver_",
    "etcd_",
    "container_",
    "cadvisor_",
    "engine_",
    "probe_",
    "windows_",
    "elasticsearch_",
    "rabbitmq_",
    "kafka_",
    "memcached_",
    "mongodb_",
    "nginx_",
    "envoy_",
    "prometheus_",
    "alertmanager_",
    "pgbouncer_",
    "postgres_exporter",
];
/// Words for a database in metric names.
const DATABASE: &[&str] = &[
    "db",
    "database",
    "sql",
    "postgres",
    "postgresql",
    "pgx",
    "jdbc",
    "prisma",
    "typeorm",
    "sequelize",
    "gorm",
    "hibernate",
    "knex",
    "sqlalchemy",
];
/// Words for what is sent to it.
const QUERY: &[&str] = &["query", "queries", "statement", "statements", "operation"];
/// Labels that name a query.
const QUERY_NAME: &[&str] =
    &["query", "query_name", "statement", "operation", "db_operation", "db_operation_name", "table"];

/// Writes everything the well-known families say.
pub(crate) fn emit(import: &mut Import, exposition: &Exposition<'_>) {
    count(import, exposition);
    let red = http::emit(import, exposition);
    let pool = pool::emit(import, exposition);
    let cache = cache::emit(import, exposition);
    let durations = families(exposition, is_query_duration);
    for family in &durations {
        emit_queries(import, exposition, family);
    }
    let counter = exposition.names().into_iter().find(|name| is_query_counter(name));
    if let Some(counter) = counter {
        emit_per_request(import, exposition, counter, &red);
    }

    let exporter =
        exposition.samples.iter().any(|sample| EXPORTERS.iter().any(|prefix| sample.name.starts_with(prefix)));
    let foreign = exporter && red.rate.is_none() && red.duration.is_none();
    let mut observe = |metric: &str, name: Option<&str>| {
        if name.is_some() || !foreign {
            let line = name.and_then(|name| exposition.samples.iter().find(|sample| sample.name.starts_with(name)));
            let at = format!("line {}", line.map_or(1, |sample| sample.line));
            import.measure_bool(metric, name.is_some(), "", &at, name.unwrap_or_default());
        }
    };
    observe("obs.red.rate", red.rate);
    observe("obs.red.errors", red.errors);
    observe("obs.red.duration", red.duration);
    observe("obs.metric.db_queries", counter.or(durations.first().copied()));
    observe("obs.metric.db_duration", durations.first().copied());
    observe("obs.metric.cache_hits", cache.hits);
    observe("obs.metric.cache_evictions", cache.evictions);
    observe("obs.metric.pool", pool.pool);
    observe("obs.metric.pool_wait", pool.wait);
    if !foreign {
        import.measure_bool(
            "obs.red.per_endpoint",
            red.endpoint.is_some(),
            "",
            "line 1",
            red.endpoint.unwrap_or_default(),
        );
    }
}

fn count(import: &mut Import, exposition: &Exposition<'_>) {
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, kind) in &exposition.types {
        *types.entry(kind).or_default() += 1;
    }
    let non_finite = exposition.samples.iter().filter(|sample| !sample.value.is_finite()).count();
    let buckets = exposition.samples.iter().filter(|s| s.name.ends_with("_bucket") && s.label("le").is_some()).count();
    let at = "line 1";
    import.measure_count("prometheus.samples", exposition.samples.len(), "", at);
    import.measure_count("prometheus.families", exposition.families(), "", at);
    for (kind, families) in types {
        import.measure_count("prometheus.families", families, kind, at);
    }
    import.measure_count("prometheus.type_lines", exposition.types.len(), "", at);
    import.measure_count("prometheus.buckets", buckets, "", at);
    import.measure_count("prometheus.non_finite", non_finite, "", at);
    import.measure_bool("prometheus.openmetrics", exposition.openmetrics, "", at, "");
    if non_finite > 0 {
        import.note(None, format!("{non_finite} samples are NaN or infinite and become no measurement"));
    }
    if let Some(first) = exposition.unread.first() {
        let count = exposition.unread.len();
        import.warn(Some(*first), format!("{count} lines are neither comment nor sample, the first is this one"));
    }
}

fn words(name: &str) -> (bool, bool) {
    let word = |list: &[&str]| name.split(['_', ':', '.']).any(|part| list.contains(&part));
    (word(DATABASE), word(QUERY))
}

fn is_query_duration(family: &str) -> bool {
    let (database, query) = words(family);
    let exporter = EXPORTERS.iter().any(|prefix| family.starts_with(prefix));
    database && query && !exporter && millis_per_unit(family).is_some()
}

fn is_query_counter(name: &str) -> bool {
    let (database, query) = words(name);
    let exporter = EXPORTERS.iter().any(|prefix| name.starts_with(prefix));
    let time = name.contains("second") || name.contains("duration") || name.contains("error");
    database && query && !exporter && !time && (name.ends_with("_total") || name.ends_with("_count"))
}

/// The query or endpoint that a sample of a query family is about.
fn query(sample: &Sample<'_>) -> String {
    sample.any_label(QUERY_NAME).or_else(|| path(sample)).unwrap_or_default().to_owned()
}

fn emit_queries(import: &mut Import, exposition: &Exposition<'_>, family: &str) {
    let Some(unit) = millis_per_unit(family) else { return };
    for (subject, distribution) in distributions(exposition, family, query) {
        let at = format!("line {}", distribution.line);
        if let Some(calls) = distribution.total() {
            import.measure("db.query.calls", calls, subject.clone(), at.clone());
        }
        if let Some(mean) = distribution.mean() {
            import.measure("db.query.mean", mean * unit, subject.clone(), at.clone());
        }
        for (quantile, metric) in [(0.5, "db.query.p50"), (0.95, "db.query.p95"), (0.99, "db.query.p99")] {
            match distribution.percentile(quantile) {
                Some(Percentile::Within { value, .. } | Percentile::Stated(value)) => {
                    import.measure(metric, value * unit, subject.clone(), at.clone());
                }
                Some(Percentile::Beyond(bound)) if quantile == 0.99 => import.warn(
                    Some(distribution.line),
                    format!(
                        "p99 of `{family}` {subject} lies beyond the last bucket, {} ms: it cannot be judged",
                        bound * unit
                    ),
                ),
                _ => {}
            }
        }
    }
}

/// Queries divided by requests: by endpoint where both are counted by endpoint, and overall.
fn emit_per_request(import: &mut Import, exposition: &Exposition<'_>, counter: &str, red: &Red<'_>) {
    let mut queries: BTreeMap<String, (f64, u64)> = BTreeMap::new();
    let (mut sum, mut first) = (0.0, 0);
    for sample in exposition.named(counter).filter(|sample| sample.value.is_finite()) {
        sum += sample.value;
        if first == 0 {
            first = sample.line;
        }
        if let Some(path) = path(sample) {
            queries.entry(path.to_owned()).or_insert((0.0, sample.line)).0 += sample.value;
        }
    }
    for (path, (count, line)) in queries {
        if let Some(requests) = red.requests.get(&path).filter(|requests| **requests > 0.0) {
            import.measure("db.queries_per_request", count / requests, path, format!("line {line}"));
        }
    }
    let requests = import.value("http.requests", "").filter(|requests| *requests > 0.0);
    if let Some(requests) = requests.filter(|_| first > 0) {
        import.measure("db.queries_per_request", sum / requests, "", format!("line {first}"));
    }
}
