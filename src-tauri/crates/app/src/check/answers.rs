//! Answers: a verdict stands on something, and an exception has a reason.

use std::collections::BTreeSet;

use groma_model::{Kind, Verdict};

use super::{Problems, Subject};

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
                at.error(
                    "answer.evidence",
                    "note",
                    "it passes without evidence: link a measurement or say what was seen",
                );
            }
            Verdict::NotApplicable if answer.reason.trim().is_empty() => {
                at.error("answer.reason", "reason", "it does not apply, without a reason");
            }
            Verdict::Fail => {
                let key = format!("{}/{}", answer.pack, answer.check);
                if checklists.contains(answer.pack.as_str()) && !told.contains(key.as_str()) {
                    at.warning("answer.finding", "verdict", "it fails, and no finding tells of it");
                }
                if bare {
                    at.warning("answer.evidence", "note", "it fails, and nothing says what was seen");
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
                format!(
                    "confirmed as {}, but the measurements now say {} ({}): confirm anew or give a reason",
                    answer.verdict, proposal.verdict, proposal.reason
                ),
            );
        }
        if proposal.conflicting && answer.note.trim().is_empty() {
            at.warning("answer.conflict", "note", format!("its sources contradict each other: {}", proposal.reason));
        }
    }
    if let Some(health) = subject.health
        && health.assessed < health.applicable
    {
        problems.at(Kind::Engagement, contents.engagement.id, "checklist").warning(
            "answer.coverage",
            "answers",
            format!("{} of {} applicable checks are assessed; the report says so", health.assessed, health.applicable),
        );
    }
}
