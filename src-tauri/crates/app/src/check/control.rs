//! Document control: who, when, which version, under which label.

use groma_model::Kind;

use super::{Problems, Subject};
use crate::entries::known_setting;

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let engagement = &subject.contents.engagement;
    let mut at = problems.at(Kind::Engagement, engagement.id, "engagement");
    let required = [
        ("client", &engagement.client, "the client's name is missing"),
        ("system", &engagement.system, "the system's name is missing"),
        ("classification", &engagement.classification, "no classification label: say who may read the report"),
        ("version", &engagement.version, "the document has no version"),
        ("scope", &engagement.scope, "the scope is empty: say what was looked at"),
        ("method", &engagement.method, "the method is empty: say how the audit was done"),
        ("limits", &engagement.limits, "the limits are empty: say what the result does not cover"),
        ("verdict", &engagement.verdict, "the executive summary has no verdict"),
        ("ask", &engagement.ask, "the executive summary asks for nothing"),
    ];
    for (field, value, message) in required {
        if value.trim().is_empty() {
            at.error("control.missing", field, message);
        }
    }
    for (field, value) in [
        ("currency", &engagement.currency),
        ("language", &engagement.language),
        ("brand", &engagement.brand),
        ("template", &engagement.template),
    ] {
        if let Err(error) = known_setting(field, value) {
            let remedy = error.hint.unwrap_or_default();
            at.error("control.setting", field, format!("{}: {remedy}", error.message));
        }
    }
    if engagement.auditors.is_empty() {
        at.error("control.missing", "auditors", "no auditor is named");
    }
    if engagement.access.is_empty() {
        at.warning("control.missing", "access", "no access level is given");
    }
    if engagement.nda.trim().is_empty() {
        at.warning("control.missing", "nda", "no non-disclosure agreement is named");
    }
    match (engagement.report_date, engagement.ends) {
        (None, _) => at.error("control.missing", "report_date", "the report has no date"),
        (Some(report), Some(ends)) if report < ends => {
            at.warning(
                "control.dates",
                "report_date",
                format!("the report is dated {report}, before the audit ends on {ends}"),
            );
        }
        _ => {}
    }
    if let (Some(starts), Some(ends)) = (engagement.starts, engagement.ends)
        && ends < starts
    {
        at.error("control.dates", "ends", format!("the audit ends on {ends}, before it starts on {starts}"));
    }
    let named = |version: &str| engagement.versions.iter().any(|entry| entry.version == version);
    if !engagement.version.is_empty() && !engagement.versions.is_empty() && !named(&engagement.version) {
        at.warning(
            "control.versions",
            "versions",
            format!("the document is version {}, which its history does not list", engagement.version),
        );
    }
}
