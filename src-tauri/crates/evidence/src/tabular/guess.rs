//! What columns seem to mean, by their names.

use super::{Aggregation, ColumnKind, ColumnShape, Mapping, ValueColumn, shape::header, unit};
use crate::metric;

/// Words that a name has, all of them, and the metric it then is: the first that fits. Words of a time are looked for
/// before words of a rate, which may be part of their names.
const MEANINGS: &[(&[&str], &str, Aggregation)] = &[
    (&["hit", "ratio"], "cache.hit_ratio", Aggregation::Latest),
    (&["hit", "rate"], "cache.hit_ratio", Aggregation::Latest),
    (&["pool", "active"], "db.pool.active", Aggregation::Max),
    (&["pool", "idle"], "db.pool.idle", Aggregation::Latest),
    (&["pool", "waiting"], "db.pool.waiting", Aggregation::Max),
    (&["pool", "pending"], "db.pool.waiting", Aggregation::Max),
    (&["pool", "max"], "db.pool.max", Aggregation::Latest),
    (&["query", "p99"], "db.query.p99", Aggregation::Max),
    (&["query", "p95"], "db.query.p95", Aggregation::Max),
    (&["query", "mean"], "db.query.mean", Aggregation::Mean),
    (&["query", "avg"], "db.query.mean", Aggregation::Mean),
    (&["gc", "pause", "max"], "jvm.gc.pause.max", Aggregation::Max),
    (&["p999"], "http.latency.p999", Aggregation::Max),
    (&["p99"], "http.latency.p99", Aggregation::Max),
    (&["99th"], "http.latency.p99", Aggregation::Max),
    (&["99%"], "http.latency.p99", Aggregation::Max),
    (&["p95"], "http.latency.p95", Aggregation::Max),
    (&["95th"], "http.latency.p95", Aggregation::Max),
    (&["95%"], "http.latency.p95", Aggregation::Max),
    (&["p90"], "http.latency.p90", Aggregation::Max),
    (&["p50"], "http.latency.p50", Aggregation::Mean),
    (&["median"], "http.latency.p50", Aggregation::Mean),
    (&["average", "response"], "http.latency.avg", Aggregation::Mean),
    (&["avg", "response"], "http.latency.avg", Aggregation::Mean),
    (&["mean", "response"], "http.latency.avg", Aggregation::Mean),
    (&["avg", "latency"], "http.latency.avg", Aggregation::Mean),
    (&["mean", "latency"], "http.latency.avg", Aggregation::Mean),
    (&["max", "latency"], "http.latency.max", Aggregation::Max),
    (&["max", "response"], "http.latency.max", Aggregation::Max),
    (&["error", "rate"], "http.failed.ratio", Aggregation::Mean),
    (&["error", "ratio"], "http.failed.ratio", Aggregation::Mean),
    (&["error", "%"], "http.failed.ratio", Aggregation::Mean),
    (&["fail", "rate"], "http.failed.ratio", Aggregation::Mean),
    (&["fail", "ratio"], "http.failed.ratio", Aggregation::Mean),
    (&["requests/s"], "http.rate", Aggregation::Mean),
    (&["req/s"], "http.rate", Aggregation::Mean),
    (&["rps"], "http.rate", Aggregation::Mean),
    (&["throughput"], "http.rate", Aggregation::Mean),
    (&["requests"], "http.requests", Aggregation::Latest),
    (&["db", "connections"], "db.connections", Aggregation::Max),
    (&["memory"], "deploy.memory.used", Aggregation::Max),
];
/// Names of columns that say of what a row is.
const SUBJECTS: &[&str] = &[
    "endpoint",
    "route",
    "path",
    "url",
    "uri",
    "name",
    "label",
    "transaction",
    "operation",
    "service",
    "host",
    "pod",
    "instance",
    "query",
    "statement",
    "table",
    "series",
    "metric",
];

/// A mapping to begin with: columns whose meaning their name tells, nothing else.
pub(super) fn mapping(columns: &[ColumnShape], decimal_comma: bool) -> Mapping {
    let of = |kind: ColumnKind| columns.iter().filter(move |column| column.kind == kind);
    let time = of(ColumnKind::Time).next().map(|column| column.name.clone());
    let named = |column: &&ColumnShape| SUBJECTS.iter().any(|subject| column.name.to_lowercase().contains(subject));
    let subject = of(ColumnKind::Text).find(named).map(|column| column.name.clone());
    let values = of(ColumnKind::Number).filter_map(|column| value(column, time.is_some(), subject.is_some())).collect();
    Mapping { header: header(columns.iter().map(|column| &*column.name)), decimal_comma, time, subject, values }
}

fn value(column: &ColumnShape, timed: bool, by_subject: bool) -> Option<ValueColumn> {
    let name = column.name.to_lowercase();
    let (_, known, aggregation) = MEANINGS.iter().find(|(words, ..)| words.iter().all(|word| name.contains(word)))?;
    let own = metric(known)?.unit;
    // A share without a unit may be 0.97 or 97, a duration seconds or milliseconds: the person who looks will see.
    let unit = if unit::factor(own, &column.unit).is_some() { column.unit.clone() } else { String::new() };
    // Without a time, each row of a subject is its own.
    let aggregation = if !timed && by_subject { Aggregation::Each } else { *aggregation };
    Some(ValueColumn {
        column: column.name.clone(),
        metric: (*known).to_owned(),
        unit,
        aggregation,
        subject: String::new(),
    })
}
