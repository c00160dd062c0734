//! Findings: complete, proven, owned, and leading to work.

use std::collections::BTreeSet;

use groma_model::{Editorial, Finding, FindingKind, Id, Kind, Life, Severity};

use groma_plan::Band;

use serde_json::json;

use super::{At, Problems, Subject, Values, code, values};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let proven: BTreeSet<Id> = contents.evidence_links.iter().map(|link| link.finding).collect();
    let funded: BTreeSet<Id> =
        contents.initiatives.iter().flat_map(|initiative| initiative.findings.iter().copied()).collect();
    let causes = super::causes::roots(contents);
    for finding in &contents.findings {
        let mut at = problems.at(Kind::Finding, finding.id, code('F', finding.number));
        if !proven.contains(&finding.id) {
            at.error("finding.evidence", "evidence", Values::new());
        }
        if finding.editorial != Editorial::Approved {
            at.warning("finding.editorial", "editorial", values([("editorial", json!(finding.editorial))]));
        }
        if finding.condition.trim().is_empty() {
            at.error("finding.missing.condition", "condition", Values::new());
        }
        if finding.kind == FindingKind::Gap {
            gap(finding, &mut at);
            let grave = matches!(finding.severity, Severity::Critical | Severity::High);
            // Of a root cause more is told by its own rule.
            let root = causes.contains(&finding.id);
            if grave && finding.life == Life::Open && !funded.contains(&finding.id) && !root {
                at.warning("finding.initiative", "initiatives", Values::new());
            }
        }
    }
}

fn gap(finding: &Finding, at: &mut At<'_>) {
    let required = [
        ("finding.missing.criteria", "criteria", &finding.criteria),
        ("finding.missing.consequence", "consequence", &finding.consequence),
        ("finding.missing.short_term", "short_term", &finding.short_term),
        ("finding.missing.acceptance_test", "acceptance_test", &finding.acceptance_test),
    ];
    for (sentence, field, value) in required {
        if value.trim().is_empty() {
            at.warning(sentence, field, Values::new());
        }
    }
    if finding.owner.trim().is_empty() {
        at.error("finding.owner", "owner", Values::new());
    }
    match finding.effort {
        None => at.error("finding.effort.missing", "effort", Values::new()),
        Some(effort) if !(effort.low <= effort.likely && effort.likely <= effort.high && effort.low >= 0.0) => {
            at.error(
                "finding.effort.order",
                "effort",
                values([("low", json!(effort.low)), ("likely", json!(effort.likely)), ("high", json!(effort.high))]),
            );
        }
        Some(_) => {}
    }
    let (Some(likelihood), Some(impact)) = (finding.likelihood, finding.impact) else {
        at.warning("finding.rating", "likelihood", Values::new());
        return;
    };
    let band = Band::of(groma_model::Exposure { likelihood, impact }.score());
    let expected = match band {
        Band::Critical => Severity::Critical,
        Band::High => Severity::High,
        Band::Medium => Severity::Medium,
        Band::Low => Severity::Low,
    };
    let rank = |severity: Severity| severity as i32;
    if (rank(finding.severity) - rank(expected)).abs() > 1 && finding.severity_reason.trim().is_empty() {
        at.warning(
            "finding.severity",
            "severity_reason",
            values([
                ("severity", json!(finding.severity)),
                ("likelihood", json!(likelihood)),
                ("impact", json!(impact)),
                ("expected", json!(expected)),
            ]),
        );
    }
    if let (Some(now), Some(wanted)) = (finding.current_level, finding.recommended_level)
        && wanted <= now
    {
        at.warning("finding.level", "recommended_level", values([("wanted", json!(wanted)), ("now", json!(now))]));
    }
}
