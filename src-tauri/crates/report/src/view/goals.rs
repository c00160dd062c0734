//! Success metrics and key results.

use std::collections::BTreeMap;

use groma_model::Id;
use serde_json::{Value, json};

use super::Source;

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let artifact_of: BTreeMap<Id, Id> = contents.measurements.iter().map(|m| (m.id, m.artifact)).collect();
    let names: BTreeMap<Id, &str> = contents.metrics.iter().map(|metric| (metric.id, metric.name.as_str())).collect();
    let metrics: Vec<Value> = contents
        .metrics
        .iter()
        .map(|metric| {
            let artifact =
                metric.source.and_then(|id| artifact_of.get(&id)).and_then(|id| source.index.artifacts.get(id));
            json!({
                "name": metric.name, "current": metric.current, "target": metric.target, "by": metric.by,
                "method": metric.method, "owner": metric.owner, "artifact": artifact,
            })
        })
        .collect();
    let key_results: Vec<Value> = contents
        .key_results
        .iter()
        .map(|result| {
            let metrics: Vec<&str> = result.metrics.iter().filter_map(|id| names.get(id).copied()).collect();
            json!({"title": result.title, "metrics": metrics})
        })
        .collect();
    json!({"metrics": metrics, "key_results": key_results})
}
