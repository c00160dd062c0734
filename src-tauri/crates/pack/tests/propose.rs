//! Proposals, from `tests/fixtures/pack/propose/*.json`: measurements in, the wanted proposals of every check beside.
//!
//! `GROMA_ACCEPT=1 cargo test -p groma-pack --test propose` writes what is proposed into the fixtures, to be read and
//! judged by a person before it is committed.
#![allow(clippy::disallowed_methods, reason = "a test reads fixtures")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeMap, path::Path};

use groma_model::{Artifact, Id, Measurement, Verdict};
use groma_pack::{Pack, builtin, propose};
use serde::{Deserialize, Serialize};

/// A measurement with its artifact by name.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    artifact: String,
    metric: String,
    value: f64,
    unit: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    verdict: Verdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    reason: String,
    /// Numbers of the measurements, from 0, the deciding one first.
    sources: Vec<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    conflicting: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    /// Name and capture time.
    artifacts: BTreeMap<String, Option<String>>,
    measurements: Vec<Given>,
    #[serde(default)]
    wanted: BTreeMap<String, Wanted>,
}

fn pack() -> Pack {
    builtin("backend-health").unwrap().unwrap()
}

fn proposed(case: &Case) -> BTreeMap<String, Wanted> {
    let id = |name: &str| Id::from_parts(case.artifacts.keys().position(|key| key == name).unwrap() as u64 + 1, 7);
    let artifacts: Vec<Artifact> = case
        .artifacts
        .iter()
        .map(|(name, captured)| Artifact {
            id: id(name),
            name: name.clone(),
            captured_at: captured.as_ref().map(|time| time.parse().unwrap()),
            ..Artifact::default()
        })
        .collect();
    let measurement = |(number, given): (usize, &Given)| Measurement {
        id: Id::from_parts(number as u64, 1),
        artifact: id(&given.artifact),
        metric: given.metric.clone(),
        value: given.value,
        unit: given.unit.clone(),
        subject: given.subject.clone(),
        text: given.text.clone(),
        ..Measurement::default()
    };
    let measurements: Vec<Measurement> = case.measurements.iter().enumerate().map(measurement).collect();
    let proposals = propose(&pack(), &measurements, &artifacts);
    let again = {
        let mut reversed = measurements.clone();
        reversed.reverse();
        propose(&pack(), &reversed, &artifacts)
    };
    for ((check, one), (_, other)) in proposals.iter().zip(&again) {
        assert_eq!(one.verdict, other.verdict, "{check}: the order of measurements must not matter");
        assert_eq!(one.reason, other.reason, "{check}: the order of measurements must not matter");
    }
    proposals
        .into_iter()
        .map(|(check, proposal)| {
            let wanted = Wanted {
                verdict: proposal.verdict,
                value: proposal.value,
                subject: proposal.subject,
                reason: proposal.reason,
                sources: proposal.sources.iter().map(|id| id.unix_ms()).collect(),
                conflicting: proposal.conflicting,
            };
            (check, wanted)
        })
        .collect()
}

#[test]
fn proposals_are_as_wanted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/pack/propose");
    let accept = std::env::var("GROMA_ACCEPT").is_ok();
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 30, "only {} cases in {}", paths.len(), folder.display());
    for path in paths {
        let mut case: Case = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let proposed = proposed(&case);
        if accept {
            case.wanted = proposed;
            std::fs::write(&path, serde_json::to_string_pretty(&case).unwrap() + "\n").unwrap();
        } else {
            assert_eq!(proposed, case.wanted, "{}: {}", path.display(), case.about);
        }
    }
}

#[test]
fn no_measurement_no_proposal() {
    assert!(propose(&pack(), &[], &[]).is_empty());
}
