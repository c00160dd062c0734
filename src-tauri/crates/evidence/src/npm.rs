//! What both versions of `npm audit` have in common.

use groma_model::Severity;
use serde::Deserialize;

use crate::{
    Import, Refusal,
    class::{Class, count_class, count_results},
    json::{self, Entries, Text, nullable},
    severity::{Mapper, Words},
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

/// Counts the issues, writes the tool's own totals, and says which words for severity were not known.
pub(crate) fn finish(import: &mut Import, mapper: Mapper, list: &str, advisories: usize, totals: &Totals<'_>) {
    mapper.report(import);
    count_results(import, list);
    count_class(import, Class::Dependency, list, |_| true);
    import.measure_count("deps.advisories", advisories, "", list);
    emit_reported(import, totals.by_severity);
    if let (Some(total), at) = (totals.dependencies.0.number(), totals.dependencies.1) {
        import.measure("deps.dependencies", total, "", at);
    }
}

/// What a report says of itself.
pub(crate) struct Totals<'a> {
    /// Vulnerabilities by npm's words for severity.
    pub by_severity: &'a Entries<Text<'a>, Text<'a>>,
    /// Packages it looked at, and where that stands.
    pub dependencies: (&'a Text<'a>, &'static str),
}

/// Writes the tool's own totals, by its words for severity.
fn emit_reported(import: &mut Import, totals: &Entries<Text<'_>, Text<'_>>) {
    for (severity, count) in &totals.0 {
        if let Some(count) = count.number().filter(|_| severity.as_str() != "total") {
            let at = format!("/metadata/vulnerabilities/{severity}");
            import.measure("deps.reported", count, severity.as_str(), at);
        }
    }
}
