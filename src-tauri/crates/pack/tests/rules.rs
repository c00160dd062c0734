//! Every rule of the health pack, from `tests/fixtures/pack/rules/*.json`: a value that meets it, one that misses it and
//! one that cannot be evaluated, with the verdict they are wanted to propose.
//!
//! `GROMA_ACCEPT=1 cargo test -p groma-pack --test rules` writes the reasons, to be read and judged by a person before
//! they are committed; verdicts are never written, they are what is tested.
#![allow(clippy::disallowed_methods, reason = "a test reads fixtures")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeSet, path::Path};

use groma_model::{Artifact, Id, Measurement, Verdict};
use groma_pack::{Pack, builtin, propose};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    metric: String,
    value: f64,
    unit: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    check: String,
    /// Number of the rule in the check, from 0.
    rule: usize,
    /// Its metric.
    metric: String,
    /// `meets`, `misses` or `open`; beside these `near` the threshold, `absent` where it was looked for, and `unproven`
    /// where a condition of a pass does not hold.
    case: String,
    measurements: Vec<Given>,
    verdict: Verdict,
    reason: String,
}

fn pack() -> Pack {
    builtin("backend-health").unwrap().unwrap()
}

fn proposed(pack: &Pack, case: &Case) -> Option<(Verdict, String)> {
    let artifact = Artifact { id: Id::from_parts(1, 7), name: "probe".to_owned(), ..Artifact::default() };
    let measurement = |(number, given): (usize, &Given)| Measurement {
        id: Id::from_parts(number as u64, 1),
        artifact: artifact.id,
        metric: given.metric.clone(),
        value: given.value,
        unit: given.unit.clone(),
        subject: given.subject.clone(),
        text: given.text.clone(),
        ..Measurement::default()
    };
    let measurements: Vec<Measurement> = case.measurements.iter().enumerate().map(measurement).collect();
    let mut all = propose(pack, &measurements, &[artifact]).into_iter();
    all.find(|(check, _)| *check == case.check).map(|(_, proposal)| (proposal.verdict, proposal.reason))
}

#[test]
fn every_rule_is_met_missed_and_not_evaluable_as_wanted() {
    let pack = pack();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/pack/rules");
    let accept = std::env::var("GROMA_ACCEPT").is_ok();
    let mut covered = BTreeSet::new();
    let mut wrong = Vec::new();
    for section in &pack.sections {
        let path = folder.join(format!("{}.json", section.id));
        let mut cases: Vec<Case> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for case in &mut cases {
            let rule = &pack.check(&case.check).unwrap().threshold.rules[case.rule];
            assert_eq!(rule.metric, case.metric, "{} rule {}", case.check, case.rule);
            let found = proposed(&pack, case);
            let (verdict, reason) = found.unwrap_or((Verdict::NotAssessed, "no proposal".to_owned()));
            if accept {
                case.reason.clone_from(&reason);
            }
            if (verdict, &reason) != (case.verdict, &case.reason) {
                wrong.push(format!(
                    "{} rule {} {}: {verdict} because {reason:?}, wanted {} because {:?}",
                    case.check, case.rule, case.case, case.verdict, case.reason
                ));
            }
            covered.insert((case.check.clone(), case.rule, case.case.clone()));
        }
        if accept {
            std::fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (_, _, check) in pack.checks() {
        for (index, rule) in check.threshold.rules.iter().enumerate() {
            for case in ["meets", "misses", "open"] {
                let key = (check.id.clone(), index, case.to_owned());
                assert!(covered.contains(&key), "{} rule {index} ({}) has no case {case}", check.id, rule.metric);
            }
        }
    }
}
