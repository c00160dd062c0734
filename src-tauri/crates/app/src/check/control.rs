//! Document control: who, when, which version, under which label.

use groma_model::Kind;

use serde_json::json;

use super::{Problems, Subject, Values, values};
use crate::entries::known_setting;

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let engagement = &subject.contents.engagement;
    let mut at = problems.at(Kind::Engagement, engagement.id, "engagement");
    let required = [
        ("control.missing.client", "client", &engagement.client),
        ("control.missing.system", "system", &engagement.system),
        ("control.missing.classification", "classification", &engagement.classification),
        ("control.missing.version", "version", &engagement.version),
        ("control.missing.scope", "scope", &engagement.scope),
        ("control.missing.method", "method", &engagement.method),
        ("control.missing.limits", "limits", &engagement.limits),
        ("control.missing.verdict", "verdict", &engagement.verdict),
        ("control.missing.ask", "ask", &engagement.ask),
    ];
    for (sentence, field, value) in required {
        if value.trim().is_empty() {
            at.error(sentence, field, Values::new());
        }
    }
    for (field, value) in [
        ("currency", &engagement.currency),
        ("language", &engagement.language),
        ("brand", &engagement.brand),
        ("template", &engagement.template),
    ] {
        if let Err(error) = known_setting(field, value, &subject.contents.brands, &subject.contents.templates) {
            let remedy = error.hint.unwrap_or_default();
            at.error("control.setting", field, values([("message", json!(error.message)), ("remedy", json!(remedy))]));
        }
    }
    if engagement.auditors.is_empty() {
        at.error("control.missing.auditors", "auditors", Values::new());
    }
    if engagement.access.is_empty() {
        at.warning("control.missing.access", "access", Values::new());
    }
    if engagement.nda.trim().is_empty() {
        at.warning("control.missing.nda", "nda", Values::new());
    }
    match (engagement.report_date, engagement.ends) {
        (None, _) => at.error("control.missing.report_date", "report_date", Values::new()),
        (Some(report), Some(ends)) if report < ends => {
            at.warning(
                "control.dates.report",
                "report_date",
                values([("report", json!(report)), ("ends", json!(ends))]),
            );
        }
        _ => {}
    }
    if let (Some(starts), Some(ends)) = (engagement.starts, engagement.ends)
        && ends < starts
    {
        at.error("control.dates.ends", "ends", values([("ends", json!(ends)), ("starts", json!(starts))]));
    }
    let named = |version: &str| engagement.versions.iter().any(|entry| entry.version == version);
    if !engagement.version.is_empty() && !engagement.versions.is_empty() && !named(&engagement.version) {
        at.warning("control.versions", "versions", values([("version", json!(engagement.version))]));
    }
}
