//! What columns seem to mean, by their names.

use groma_model::{Mapping, RowAggregation, ValueColumn};

use super::{ColumnKind, ColumnShape, shape::header, unit};
use crate::metric;

/// Words that a name has, all of them, and the metric it then is: the first that fits. Words of a time are looked for
/// before words of a rate, which may be part of their names.
const MEANINGS: &[(&[&str], &str, RowAggregation)] = &[
    (&["hit", "ratio"], "cache.hit_ratio", RowAggregation::Latest),
    (&["hit", "rate"], "cache.hit_ratio", RowAggregation::Latest),
    (&["pool", "active"], "db.pool.active", RowAggregation::Max),
    (&["pool", "idle"], "db.pool.idle", RowAggregation::Latest),
    (&["pool", "waiting"], "db.pool.waiting", RowAggregation::Max),
    (&["pool", "pending"], "db.pool.waiting", RowAggregation::Max),
    (&["pool", "max"], "db.pool.max", RowAggregation::Latest),
    (&["query", "p99"], "db.query.p99", RowAggregation::Max),
    (&["query", "p95"], "db.query.p95", RowAggregation::Max),
    (&["query", "mean"], "db.query.mean", RowAggregation::Mean),
    (&["query", "avg"], "db.query.mean", RowAggregation::Mean),
    (&["gc", "pause", "max"], "jvm.gc.pause.max", RowAggregation::Max),
    (&["p999"], "http.latency.p999", RowAggregation::Max),
    (&["p99"], "http.latency.p99", RowAggregation::Max),
    (&["99th"], "http.latency.p99", RowAggregation::Max),
    (&["99%"], "http.latency.p99", RowAggregation::Max),
    (&["p95"], "http.latency.p95", RowAggregation::Max),
    (&["95th"], "http.latency.p95", RowAggregation::Max),
    (&["95%"], "http.latency.p95", RowAggregation::Max),
    (&["p90"], "http.latency.p90", RowAggregation::Max),
    (&["p50"], "http.latency.p50", RowAggregation::Mean),
    (&["median"], "http.latency.p50", RowAggregation::Mean),
    (&["average", "response"], "http.latency.avg", RowAggregation::Mean),
    (&["avg", "response"], "http.latency.avg", RowAggregation::Mean),
    (&["mean", "response"], "http.latency.avg", RowAggregation::Mean),
    (&["avg", "latency"], "http.latency.avg", RowAggregation::Mean),
    (&["mean", "latency"], "http.latency.avg", RowAggregation::Mean),
    (&["max", "latency"], "http.latency.max", RowAggregation::Max),
    (&["max", "response"], "http.latency.max", RowAggregation::Max),
    (&["error", "rate"], "http.failed.ratio", RowAggregation::Mean),
    (&["error", "ratio"], "http.failed.ratio", RowAggregation::Mean),
    (&["error", "%"], "http.failed.ratio", RowAggregation::Mean),
    (&["fail", "rate"], "http.failed.ratio", RowAggregation::Mean),
    (&["fail", "ratio"], "http.failed.ratio", RowAggregation::Mean),
    (&["requests/s"], "http.rate", RowAggregation::Mean),
    (&["req/s"], "http.rate", RowAggregation::Mean),
    (&["rps"], "http.rate", RowAggregation::Mean),
    (&["throughput"], "http.rate", RowAggregation::Mean),
    (&["requests"], "http.requests", RowAggregation::Latest),
    (&["db", "connections"], "db.connections", RowAggregation::Max),
    (&["memory"], "deploy.memory.used", RowAggregation::Max),
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
    let header = header(columns.iter().map(|column| &*column.name));
    Mapping { header, decimal_comma, time, subject, values, ..Mapping::default() }
}

fn value(column: &ColumnShape, timed: bool, by_subject: bool) -> Option<ValueColumn> {
    let name = column.name.to_lowercase();
    let (_, known, aggregation) = MEANINGS.iter().find(|(words, ..)| words.iter().all(|word| name.contains(word)))?;
    let own = metric(known)?.unit;
    // A share without a unit may be 0.97 or 97, a duration seconds or milliseconds: the person who looks will see.
    let unit = if unit::factor(own, &column.unit).is_some() { column.unit.clone() } else { String::new() };
    // Without a time, each row of a subject is its own.
    let aggregation = if !timed && by_subject { RowAggregation::Each } else { *aggregation };
    Some(ValueColumn {
        column: column.name.clone(),
        metric: (*known).to_owned(),
        unit,
        aggregation,
        subject: String::new(),
    })
}
