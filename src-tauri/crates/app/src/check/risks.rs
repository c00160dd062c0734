//! Risks: measures make them smaller, and someone owns them.

use groma_model::{Kind, Treatment};

use serde_json::json;

use super::{Problems, Subject, Values, code, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    for risk in &contents.risks {
        let mut at = problems.at(Kind::Risk, risk.id, code('R', risk.number));
        if risk.owner.trim().is_empty() {
            at.error("risk.owner", "owner", Values::new());
        }
        let Some(current) = risk.current else {
            at.error("risk.exposure", "current", Values::new());
            continue;
        };
        if let Some(residual) = risk.residual {
            if residual.score() > current.score() {
                at.error(
                    "risk.residual",
                    "residual",
                    values([("residual", json!(residual.score())), ("current", json!(current.score()))]),
                );
            }
            let treated = contents.initiatives.iter().any(|initiative| initiative.risks.contains(&risk.id));
            if residual.score() < current.score() && !treated {
                at.error("risk.measure", "residual", Values::new());
            }
        }
        if let Some(inherent) = risk.inherent
            && current.score() > inherent.score()
        {
            at.error(
                "risk.inherent",
                "current",
                values([("current", json!(current.score())), ("inherent", json!(inherent.score()))]),
            );
        }
        if risk.treatment == Treatment::Mitigate && risk.mitigation.trim().is_empty() {
            at.warning("risk.mitigation", "mitigation", Values::new());
        }
        if risk.findings.is_empty() {
            at.warning("risk.findings", "findings", Values::new());
        }
    }
}
