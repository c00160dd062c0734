//! What both versions of `npm audit` have in common.

use groma_model::Severity;
use serde::Deserialize;

use crate::{
    Import, Refusal,
    json::{self, Entries, Text, nullable},
    severity::Words,
};

/// Metrics that both formats write.
pub(crate) const METRICS: &[&str] = &[
    "scan.*",
    "deps.vulnerabilities",
    "deps.vulnerabilities.*",
    "deps.advisories",
    "deps.dependencies",
    "deps.reported",
];

/// Severities.
pub(crate) const WORDS: Words = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("moderate", Severity::Medium),
    ("low", Severity::Low),
    ("info", Severity::Info),
];

/// What npm writes when the audit itself failed.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Failure<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    error: Option<FailureText<'a>>,
    #[serde(borrow)]
    message: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct FailureText<'a> {
    #[serde(borrow)]
    code: Text<'a>,
    #[serde(borrow)]
    summary: Text<'a>,
}

/// The refusal for a report of npm about its own failure, if this is one.
pub(crate) fn failure(text: &str) -> Option<Refusal> {
    let failure: Failure<'_> = json::parse(text).ok()?;
    let error = failure.error?;
    let what = [&error.code, &error.summary, &failure.message].into_iter().filter_map(Text::some).collect::<Vec<_>>();
    let what = if what.is_empty() { "without a reason".to_owned() } else { what.join(": ") };
    Some(Refusal::new(
        format!("npm audit failed ({what}): this is not \"no vulnerabilities\""),
        "remove the cause and run `npm audit --json` again; some private registries answer no audits",
    ))
}

/// Writes the tool's own totals, by its words for severity.
pub(crate) fn emit_reported(import: &mut Import, totals: &Entries<Text<'_>, Text<'_>>) {
    for (severity, count) in &totals.0 {
        if let Some(count) = count.number().filter(|_| severity.as_str() != "total") {
            let at = format!("/metadata/vulnerabilities/{severity}");
            import.measure("deps.reported", count, severity.as_str(), at);
        }
    }
}
