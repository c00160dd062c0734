//! The finding that a failed check proposes.

use groma_model::{Answer, Confidence, Finding, Id, Operation, Severity, Verdict};

use crate::{Pack, unit};

/// A finding that a check proposes, not yet accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its key, `check:<pack>:<check>`, as decisions keep it.
    pub key: String,
    /// The verdict it rests on, `Fail` or `Improve`.
    pub verdict: Verdict,
    /// Measurements to link as evidence, the deciding one first.
    pub sources: Vec<Id>,
    /// The draft.
    pub finding: Finding,
}

/// Drafts the finding of an answer whose verdict, confirmed or else proposed, is *fail* or *improve*.
///
/// An *improve* is one severity milder than the pack's severity for a failure. `None` for other verdicts and for
/// checks that the pack does not have.
#[must_use]
pub fn candidate(pack: &Pack, answer: &Answer) -> Option<Candidate> {
    let (_, area, check) = pack.checks().find(|(_, _, check)| answer.pack == pack.id && check.id == answer.check)?;
    let proposal = answer.proposal.as_ref();
    let confirmed = answer.verdict != Verdict::NotAssessed;
    let verdict = if confirmed { answer.verdict } else { proposal?.verdict };
    let severity = match verdict {
        Verdict::Fail => check.severity,
        Verdict::Improve => milder(check.severity),
        _ => return None,
    };
    let sources = match proposal {
        _ if confirmed && !answer.sources.is_empty() => answer.sources.clone(),
        Some(proposal) => proposal.sources.clone(),
        None => Vec::new(),
    };

    let reason = proposal.map_or("", |proposal| proposal.reason.as_str());
    let value = answer.value.map(|value| unit::show(value, &answer.unit));
    let value = value.or_else(|| proposal.and_then(|found| found.value.map(|value| unit::show(value, &found.unit))));
    let value = value.unwrap_or_else(|| "the value found".to_owned());
    let subject = proposal.map(|proposal| proposal.subject.as_str()).filter(|subject| !subject.is_empty());
    let fill = |text: &str| {
        text.replace("{subject}", subject.unwrap_or("the system"))
            .replace("{value}", &value)
            .replace("{threshold}", &check.threshold.text)
            .replace("{reason}", reason)
            .trim()
            .to_owned()
    };

    let text = &check.finding;
    let title = if text.title.is_empty() { format!("Not met: {}", check.title) } else { fill(&text.title) };
    let condition = match (fill(&text.condition), answer.note.trim()) {
        (condition, "") => condition,
        (condition, note) if condition.is_empty() => note.to_owned(),
        (condition, note) => format!("{condition}\n\n{note}"),
    };
    let kind = if verdict == Verdict::Fail { "a failure" } else { "room for improvement" };
    let finding = Finding {
        title,
        area: area.to_owned(),
        severity,
        severity_reason: format!("Default of check {} for {kind}; to be weighed against the operation.", check.id),
        confidence: if sources.is_empty() { Confidence::Medium } else { Confidence::High },
        summary: if reason.is_empty() { String::new() } else { format!("{reason}.") },
        condition,
        criteria: if text.criteria.is_empty() { check.threshold.text.clone() } else { fill(&text.criteria) },
        cause: fill(&text.cause),
        consequence: fill(&text.consequence),
        operation: text.operation.unwrap_or(Operation::Other),
        short_term: fill(&text.short_term),
        long_term: if text.long_term.is_empty() { check.remedy.clone() } else { fill(&text.long_term) },
        acceptance_test: fill(&text.acceptance_test),
        checks: vec![format!("{}/{}", pack.id, check.id)],
        cwe: text.cwe.clone(),
        quality: text.quality.clone(),
        references: text.references.clone(),
        ..Finding::default()
    };
    Some(Candidate { key: format!("check:{}:{}", pack.id, check.id), verdict, sources, finding })
}

const fn milder(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium => Severity::Low,
        Severity::Low | Severity::Info => Severity::Info,
    }
}
