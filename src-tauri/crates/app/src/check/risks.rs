//! Risks: measures make them smaller, and someone owns them.

use groma_model::{Kind, Treatment};

use super::{Problems, Subject, code};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    for risk in &contents.risks {
        let mut at = problems.at(Kind::Risk, risk.id, code('R', risk.number));
        if risk.owner.trim().is_empty() {
            at.error("risk.owner", "owner", "nobody owns it");
        }
        let Some(current) = risk.current else {
            at.error("risk.exposure", "current", "its current exposure is not rated");
            continue;
        };
        if let Some(residual) = risk.residual {
            if residual.score() > current.score() {
                at.error(
                    "risk.residual",
                    "residual",
                    format!("the residual {} is above the current {}", residual.score(), current.score()),
                );
            }
            let treated = contents.initiatives.iter().any(|initiative| initiative.risks.contains(&risk.id));
            if residual.score() < current.score() && !treated {
                at.error("risk.measure", "residual", "it is to shrink, but no initiative treats it");
            }
        }
        if let Some(inherent) = risk.inherent
            && current.score() > inherent.score()
        {
            at.error(
                "risk.inherent",
                "current",
                format!("the current {} is above the inherent {}", current.score(), inherent.score()),
            );
        }
        if risk.treatment == Treatment::Mitigate && risk.mitigation.trim().is_empty() {
            at.warning("risk.mitigation", "mitigation", "it is to be mitigated, and nothing says how");
        }
        if risk.findings.is_empty() {
            at.warning("risk.findings", "findings", "no finding leads to it");
        }
    }
}
