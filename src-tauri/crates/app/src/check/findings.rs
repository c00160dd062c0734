//! Findings: complete, proven, owned, and leading to work.

use std::collections::BTreeSet;

use groma_model::{Editorial, Finding, FindingKind, Id, Kind, Life, Severity};

use groma_plan::Band;

use super::{At, Problems, Subject, code};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let contents = subject.contents;
    let proven: BTreeSet<Id> = contents.evidence_links.iter().map(|link| link.finding).collect();
    let funded: BTreeSet<Id> =
        contents.initiatives.iter().flat_map(|initiative| initiative.findings.iter().copied()).collect();
    for finding in &contents.findings {
        let mut at = problems.at(Kind::Finding, finding.id, code('F', finding.number));
        if !proven.contains(&finding.id) {
            at.error("finding.evidence", "evidence", "nothing proves it: link evidence");
        }
        if finding.editorial != Editorial::Approved {
            at.warning("finding.editorial", "editorial", format!("it is still {}", finding.editorial));
        }
        if finding.condition.trim().is_empty() {
            at.error("finding.missing", "condition", "it does not say what is");
        }
        if finding.kind == FindingKind::Gap {
            gap(finding, &mut at);
            let grave = matches!(finding.severity, Severity::Critical | Severity::High);
            if grave && finding.life == Life::Open && !funded.contains(&finding.id) {
                at.warning("finding.initiative", "initiatives", "it is grave, and no initiative settles it");
            }
        }
    }
}

fn gap(finding: &Finding, at: &mut At<'_>) {
    let required = [
        ("criteria", &finding.criteria, "it does not say what should be, and by which standard"),
        ("consequence", &finding.consequence, "it does not say what it costs the operation"),
        ("short_term", &finding.short_term, "it recommends nothing at once"),
        ("acceptance_test", &finding.acceptance_test, "it does not say how to see that it is done"),
    ];
    for (field, value, message) in required {
        if value.trim().is_empty() {
            at.warning("finding.missing", field, message);
        }
    }
    if finding.owner.trim().is_empty() {
        at.error("finding.owner", "owner", "nobody owns the fix");
    }
    match finding.effort {
        None => at.error("finding.effort", "effort", "it has no effort estimate"),
        Some(effort) if !(effort.low <= effort.likely && effort.likely <= effort.high && effort.low >= 0.0) => {
            at.error(
                "finding.effort",
                "effort",
                format!("the effort {} / {} / {} is not low ≤ likely ≤ high", effort.low, effort.likely, effort.high),
            );
        }
        Some(_) => {}
    }
    let (Some(likelihood), Some(impact)) = (finding.likelihood, finding.impact) else {
        at.warning("finding.rating", "likelihood", "likelihood and impact are not rated");
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
            format!(
                "{} does not follow from likelihood {likelihood} × impact {impact} ({expected}): give the reason",
                finding.severity
            ),
        );
    }
    if let (Some(now), Some(wanted)) = (finding.current_level, finding.recommended_level)
        && wanted <= now
    {
        at.warning(
            "finding.level",
            "recommended_level",
            format!("the recommended level {wanted} is not above the current {now}"),
        );
    }
}
