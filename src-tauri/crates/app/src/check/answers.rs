//! Answers: a verdict stands on something, and an exception has a reason.

use std::collections::BTreeSet;

use groma_model::{Kind, Verdict};

use serde_json::json;

use super::{Problems, Subject, Values, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let told: BTreeSet<&str> =
        contents.findings.iter().flat_map(|finding| finding.checks.iter().map(String::as_str)).collect();
    let checklists: BTreeSet<&str> =
        subject.packs.iter().filter(|pack| !pack.sections.is_empty()).map(|pack| pack.id.as_str()).collect();
    for answer in &contents.answers {
        let mut at = problems.at(Kind::Answer, answer.id, format!("check {}", answer.check));
        let bare = answer.sources.is_empty() && answer.note.trim().is_empty();
        match answer.verdict {
            Verdict::Pass if bare => {
                at.error("answer.evidence.pass", "note", Values::new());
            }
            Verdict::NotApplicable if answer.reason.trim().is_empty() => {
                at.error("answer.reason", "reason", Values::new());
            }
            Verdict::Fail => {
                let key = format!("{}/{}", answer.pack, answer.check);
                if checklists.contains(answer.pack.as_str()) && !told.contains(key.as_str()) {
                    at.warning("answer.finding", "verdict", Values::new());
                }
                if bare {
                    at.warning("answer.evidence.fail", "note", Values::new());
                }
            }
            _ => {}
        }
        let Some(proposal) = &answer.proposal else { continue };
        let decided = proposal.verdict != Verdict::NotAssessed && answer.verdict != Verdict::NotAssessed;
        if decided && proposal.verdict != answer.verdict && answer.override_reason.trim().is_empty() {
            at.error(
                "answer.override",
                "override_reason",
                values([
                    ("confirmed", json!(answer.verdict)),
                    ("proposed", json!(proposal.verdict)),
                    ("reason", json!(proposal.reason)),
                ]),
            );
        }
        if proposal.conflicting && answer.note.trim().is_empty() {
            at.warning("answer.conflict", "note", values([("reason", json!(proposal.reason))]));
        }
    }
    if let Some(health) = subject.health
        && health.assessed < health.applicable
    {
        problems.at(Kind::Engagement, contents.engagement.id, "checklist").warning(
            "answer.coverage",
            "answers",
            values([("assessed", json!(health.assessed)), ("applicable", json!(health.applicable))]),
        );
    }
}
