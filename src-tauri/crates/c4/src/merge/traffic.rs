//! What was seen in traffic against what is modelled.

use super::matching::{self, Matching};
use super::preview::modelled;
use super::{FoundIn, found_in};
use crate::derive::{CALLS, ERROR_RATE, ERRORS, OPERATIONS, P99, SPANS, TRAFFIC_KIND};
use crate::model::{ElementId, ElementKind, Model, Properties, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// What was measured of a relationship.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct TrafficEvidence {
    /// Calls or messages in the traces.
    #[ts(type = "number")]
    pub calls: u64,
    /// How many of them failed.
    #[ts(type = "number")]
    pub errors: u64,
    /// The share that failed, 0–1.
    pub error_rate: Option<f64>,
    /// The 99th percentile of their durations by nearest rank, milliseconds.
    pub p99_ms: Option<f64>,
    /// The most frequent operations with their numbers.
    pub operations: String,
    /// `sync`, `db`, `publish` or `consume`.
    pub kind: String,
    /// The files they were read from.
    pub sources: Vec<FoundIn>,
}

/// A relationship that only one of the two knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct TrafficRelation {
    /// Names the disagreement by what the traces call the two, so that renaming an element of the model does not make it
    /// another.
    pub id: String,
    /// Key of the source in the existing model; none where it is not modelled.
    pub from: Option<String>,
    /// Name of the source.
    pub from_name: String,
    /// Key of the destination in the existing model; none where it is not modelled.
    pub to: Option<String>,
    /// Name of the destination.
    pub to_name: String,
    /// What for.
    pub description: String,
    /// By what means; may be empty.
    pub technology: String,
    /// What was measured; none of what was not seen.
    pub evidence: Option<TrafficEvidence>,
}

/// An element that only one of the two knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct TrafficElement {
    /// Key in the existing model; none where it is not modelled.
    pub key: Option<String>,
    /// The name.
    pub name: String,
    /// What it is built with; may be empty.
    pub technology: String,
    /// Where it was seen.
    pub sources: Vec<FoundIn>,
    /// Of a service that is in the traces and not in the model, while no call from it or to it was seen: what names the
    /// disagreement. Of others none: their calls tell of them.
    pub id: Option<String>,
    /// How many spans the traces have of it; 0 of what no trace is of.
    #[ts(type = "number")]
    pub spans: u64,
}

/// Candidates for findings: what traffic and model do not agree on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Traffic {
    /// Seen in traffic, not in the model; the most frequent first.
    pub seen_not_modelled: Vec<TrafficRelation>,
    /// In the model between two that were both seen, yet never seen themselves.
    pub modelled_not_seen: Vec<TrafficRelation>,
    /// Seen in traffic, not in the model.
    pub elements_not_modelled: Vec<TrafficElement>,
    /// Containers of the model of which no traffic was seen.
    pub elements_not_seen: Vec<TrafficElement>,
    /// How many relationships both know.
    pub agreed: usize,
}

/// Compares a model with what was derived from traces.
pub fn traffic(existing: &Workspace, derived_from_traces: &Workspace) -> Traffic {
    let (old, new) = (&existing.model, &derived_from_traces.model);
    let matching = matching::of(old, new);
    let mut found = Traffic::default();
    let mut confirmed = HashSet::new();
    let mut seen: HashSet<ElementId> = HashSet::new();
    let mut in_calls: HashSet<ElementId> = HashSet::new();
    for (_, relationship) in new.relationships().filter(|(_, one)| one.linked.is_none()) {
        let Some(evidence) = evidence(&relationship.properties) else { continue };
        let ends = [relationship.source, relationship.destination];
        in_calls.extend(ends);
        seen.extend(ends.iter().filter_map(|end| matching.of.get(end)));
        if let [Some(from), Some(to)] = ends.map(|end| matching.of.get(&end)) {
            if from == to || old.related(*from, *to) {
                continue;
            }
            if let Some(known) = modelled(old, new, relationship, *from, *to) {
                confirmed.insert(known);
                found.agreed += 1;
                continue;
            }
        }
        let key = |id: ElementId| matching.of.get(&id).map(|at| old.key(*at));
        found.seen_not_modelled.push(TrafficRelation {
            id: id("seen", new.name(relationship.source), new.name(relationship.destination)),
            from: key(relationship.source),
            from_name: shown(&matching, old, new, relationship.source),
            to: key(relationship.destination),
            to_name: shown(&matching, old, new, relationship.destination),
            description: relationship.description.clone(),
            technology: relationship.technology.clone(),
            evidence: Some(evidence),
        });
    }
    found
        .seen_not_modelled
        .sort_by_key(|one| std::cmp::Reverse(one.evidence.as_ref().map_or(0, |evidence| evidence.calls)));
    for (id, element) in new.elements() {
        let software = matches!(element.kind, ElementKind::Container | ElementKind::SoftwareSystem);
        // A system that only holds the containers was not itself seen.
        let whole = element.kind == ElementKind::SoftwareSystem && !new.children(id).is_empty();
        let spans = element.properties.get(SPANS).and_then(|text| text.parse().ok()).unwrap_or(0);
        // What other sources beside the traces tell of is no traffic.
        if !software || whole || (spans == 0 && !in_calls.contains(&id)) {
            continue;
        }
        match matching.of.get(&id) {
            Some(at) => {
                seen.insert(*at);
            }
            None => {
                found.elements_not_modelled.push(TrafficElement {
                    key: None,
                    name: element.name.clone(),
                    technology: element.technology.clone(),
                    sources: found_in(&element.properties),
                    id: (spans > 0 && !in_calls.contains(&id)).then(|| alone(&element.name)),
                    spans,
                });
            }
        }
    }
    let called: HashMap<ElementId, &str> = matching.of.iter().map(|(own, known)| (*known, new.name(*own))).collect();
    let called = |at: ElementId| called.get(&at).copied().unwrap_or_else(|| old.name(at));
    for (known, relationship) in old.relationships().filter(|(_, one)| one.linked.is_none()) {
        let both = seen.contains(&relationship.source) && seen.contains(&relationship.destination);
        if !both
            || confirmed.contains(&known)
            || twin_confirmed(old, &confirmed, relationship.source, relationship.destination)
        {
            continue;
        }
        found.modelled_not_seen.push(TrafficRelation {
            id: id("unseen", called(relationship.source), called(relationship.destination)),
            from: Some(old.key(relationship.source)),
            from_name: old.name(relationship.source).to_owned(),
            to: Some(old.key(relationship.destination)),
            to_name: old.name(relationship.destination).to_owned(),
            description: relationship.description.clone(),
            technology: relationship.technology.clone(),
            evidence: None,
        });
    }
    let unseen = old.of_kind(ElementKind::Container).filter(|id| !seen.contains(id));
    found.elements_not_seen = unseen
        .map(|id| TrafficElement {
            key: Some(old.key(id)),
            name: old.name(id).to_owned(),
            technology: old.element(id).technology.clone(),
            sources: found_in(&old.element(id).properties),
            id: None,
            spans: 0,
        })
        .collect();
    found
}

fn id(what: &str, from: &str, to: &str) -> String {
    format!("traffic:{what}:{}→{}", from.trim().to_lowercase(), to.trim().to_lowercase())
}

fn alone(name: &str) -> String {
    format!("traffic:service:{}", name.trim().to_lowercase())
}

/// Whether another relationship of the same two was seen: several say what one call is for, and traces know one.
fn twin_confirmed(
    old: &Model,
    confirmed: &HashSet<crate::model::RelationshipId>,
    from: ElementId,
    to: ElementId,
) -> bool {
    old.between(from, to).iter().any(|id| confirmed.contains(id))
}

fn shown(matching: &Matching, old: &Model, new: &Model, id: ElementId) -> String {
    matching.of.get(&id).map_or_else(|| new.name(id), |at| old.name(*at)).to_owned()
}

fn evidence(properties: &Properties) -> Option<TrafficEvidence> {
    let number = |name: &str| properties.get(name).and_then(|text| text.parse::<f64>().ok());
    let whole = |name: &str| properties.get(name).and_then(|text| text.parse::<u64>().ok());
    let text = |name: &str| properties.get(name).cloned().unwrap_or_default();
    Some(TrafficEvidence {
        calls: whole(CALLS)?,
        errors: whole(ERRORS).unwrap_or(0),
        error_rate: number(ERROR_RATE),
        p99_ms: number(P99),
        operations: text(OPERATIONS),
        kind: text(TRAFFIC_KIND),
        sources: found_in(properties),
    })
}
