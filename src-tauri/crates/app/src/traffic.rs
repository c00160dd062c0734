//! What was measured on the relations of a model.

use std::collections::BTreeMap;

use groma_c4::Model;
use groma_c4::derive::{ERROR_RATE, P99};
use groma_c4::draw::Traffic;

/// What traces told of the relations between each two elements; of several relations, the worst.
pub(crate) fn measured(model: &Model) -> BTreeMap<(String, String), Traffic> {
    let mut all: BTreeMap<(String, String), Traffic> = BTreeMap::new();
    for (_, one) in model.relationships() {
        let number = |name: &str| one.properties.get(name)?.parse::<f64>().ok().filter(|value| value.is_finite());
        let own = Traffic { p99: number(P99), error_rate: number(ERROR_RATE), rate: number(RATE) };
        if own == Traffic::default() {
            continue;
        }
        let there = all.entry((model.key(one.source), model.key(one.destination))).or_default();
        let worse = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        *there = Traffic {
            p99: worse(there.p99, own.p99),
            error_rate: worse(there.error_rate, own.error_rate),
            rate: worse(there.rate, own.rate),
        };
    }
    all
}

/// Calls a second, where a person or a tool wrote it on the relation.
const RATE: &str = "groma.traffic.rate";
