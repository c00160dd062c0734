//! Root causes: what hurts leads to one, and each is settled by something.

use std::collections::BTreeSet;

use groma_model::{Contents, Id, Kind, Life};
use serde_json::json;

use super::{Problems, code, values};

/// From this weight on a symptom must be explained.
const HEAVY: u8 = 4;

/// Root causes that cause other findings.
pub(super) fn roots(contents: &Contents) -> BTreeSet<Id> {
    let causes = groma_plan::causes(contents, None);
    causes.roots.iter().filter(|root| !root.effects.is_empty()).map(|root| root.finding).collect()
}

pub(super) fn check(contents: &Contents, problems: &mut Problems) {
    let causes = groma_plan::causes(contents, None);
    for symptom in &contents.symptoms {
        let Some(severity) = symptom.severity.filter(|severity| severity.get() >= HEAVY) else { continue };
        if !causes.roots.iter().any(|root| root.symptoms.contains(&symptom.id)) {
            let mut at = problems.at(Kind::Symptom, symptom.id, format!("symptom \"{}\"", symptom.title));
            at.warning("symptom.root", "findings", values([("severity", json!(severity))]));
        }
    }
    for root in causes.roots.iter().filter(|root| !root.effects.is_empty() && root.initiatives.is_empty()) {
        let finding = contents.findings.iter().find(|finding| finding.id == root.finding);
        if finding.is_some_and(|finding| finding.life == Life::Open) {
            let named = |id: &Id| contents.findings.iter().find(|finding| finding.id == *id);
            let effects: Vec<String> =
                root.effects.iter().filter_map(named).map(|finding| code('F', finding.number)).collect();
            let mut at = problems.at(Kind::Finding, root.finding, code('F', root.number));
            at.warning("finding.root", "initiatives", values([("effects", json!(effects.join(", ")))]));
        }
    }
}

#[cfg(test)]
mod tests {
    use groma_model::{Finding, Initiative, Rating, Symptom};

    use super::*;

    fn told(contents: &Contents) -> Vec<(&'static str, String)> {
        let mut problems = Problems::default();
        check(contents, &mut problems);
        problems.0.into_iter().map(|problem| (problem.rule, problem.message)).collect()
    }

    #[test]
    fn a_heavy_symptom_without_a_root_and_a_root_without_work_are_told() {
        let id = |n: u64| Id::from_parts(n, 1);
        let mut contents = Contents {
            findings: vec![
                Finding { id: id(1), number: 1, ..Finding::default() },
                Finding { id: id(2), number: 2, caused_by: vec![id(1)], ..Finding::default() },
            ],
            symptoms: vec![
                Symptom { id: id(3), title: "Late".into(), severity: Some(Rating::clamped(5)), ..Symptom::default() },
                Symptom { id: id(4), severity: Some(Rating::clamped(3)), ..Symptom::default() },
            ],
            ..Contents::default()
        };
        let all = told(&contents);
        assert_eq!(all.iter().map(|one| one.0).collect::<Vec<_>>(), ["symptom.root", "finding.root"]);
        assert!(all[0].1.contains("5 of 5") && all[1].1.contains("F-002"), "{all:?}");
        contents.symptoms[0].findings = vec![id(2)];
        contents.initiatives = vec![Initiative { id: id(5), findings: vec![id(1)], ..Initiative::default() }];
        assert_eq!(told(&contents), []);
    }
}
