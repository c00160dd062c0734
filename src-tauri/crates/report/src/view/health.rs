//! The checklist with its verdicts.

use std::collections::BTreeMap;

use groma_model::{Answer, Id, Kind, Verdict};
use groma_pack::Check;
use serde_json::{Value, json};

use super::{Source, evidence};

pub(super) fn view(source: &Source<'_>) -> Value {
    let (Some(health), Some(pack)) = (source.health, source.packs.iter().find(|pack| !pack.sections.is_empty())) else {
        return json!({"pack": null, "sections": []});
    };
    let answers: BTreeMap<&str, &Answer> = source
        .contents
        .answers
        .iter()
        .filter(|answer| answer.pack == pack.id)
        .map(|answer| (answer.check.as_str(), answer))
        .collect();
    let artifact_of: BTreeMap<Id, Id> = source.contents.measurements.iter().map(|m| (m.id, m.artifact)).collect();
    let sections: Vec<Value> = pack
        .sections
        .iter()
        .zip(&health.sections)
        .map(|(section, score)| {
            let checks: Vec<Value> = section
                .checks
                .iter()
                .map(|check| one(source, &pack.id, check, answers.get(check.id.as_str()).copied(), &artifact_of))
                .collect();
            json!({
                "id": section.id, "title": section.title, "passed": score.passed, "failed": score.failed,
                "improve": score.improve, "not_applicable": score.not_applicable, "not_assessed": score.not_assessed,
                "total": score.total, "percent": score.percent,
                "percent_text": score.percent.map(|percent| source.locale.percent(percent, 0)).unwrap_or_default(),
                "checks": checks,
            })
        })
        .collect();
    json!({"pack": {"id": pack.id, "title": pack.title, "version": pack.version}, "sections": sections})
}

fn one(
    source: &Source<'_>,
    pack: &str,
    check: &Check,
    answer: Option<&Answer>,
    artifact_of: &BTreeMap<Id, Id>,
) -> Value {
    let none = Answer::default();
    let answer = answer.unwrap_or(&none);
    let proposal = answer.proposal.as_ref();
    let key = format!("{pack}/{}", check.id);
    let mut findings: Vec<u32> =
        source.contents.findings.iter().filter(|f| f.checks.contains(&key)).map(|f| f.number).collect();
    findings.sort_unstable();
    let sources = if answer.sources.is_empty() {
        proposal.map(|p| p.sources.as_slice()).unwrap_or_default()
    } else {
        &answer.sources
    };
    let mut artifacts: Vec<usize> = sources
        .iter()
        .filter_map(|id| artifact_of.get(id))
        .filter_map(|id| source.index.artifacts.get(id).copied())
        .collect();
    artifacts.sort_unstable();
    artifacts.dedup();
    let (value, unit) = match (answer.value, proposal) {
        (Some(value), _) => (Some(value), answer.unit.as_str()),
        (None, Some(proposal)) => (proposal.value, proposal.unit.as_str()),
        (None, None) => (None, ""),
    };
    let confirmed = answer.verdict != Verdict::NotAssessed;
    let proposed = proposal.map(|proposal| proposal.verdict).filter(|verdict| *verdict != Verdict::NotAssessed);
    json!({
        "id": check.id, "title": check.title, "threshold": check.threshold.text, "verdict": answer.verdict,
        "proposed": proposed, "confirmed": confirmed,
        "value_text": value.map(|value| evidence::value(source, value, unit, "")).unwrap_or_default(),
        "subject": proposal.map(|proposal| short(&proposal.subject)).unwrap_or_default(),
        "note": source.prose.field(Kind::Answer, answer.id, &format!("{pack}-{}", check.id), "note", &answer.note),
        "reason": answer.reason, "override_reason": answer.override_reason, "sources": artifacts, "findings": findings,
    })
}

/// A subject that fits a narrow column: queries are long.
fn short(subject: &str) -> String {
    const MOST: usize = 60;
    if subject.chars().count() <= MOST {
        return subject.to_owned();
    }
    let kept: String = subject.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}
