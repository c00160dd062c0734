//! `pnpm audit --json`: npm 6's shape, told from it by its paths.

use crate::{
    Confidence, Format, Probe,
    formats::{no_secrets, npm_audit_v6},
    npm,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pnpm-audit",
    title: "pnpm audit --json",
    tool: "pnpm audit",
    note: "One issue an advisory, however many paths lead to it; pnpm's own totals are kept as deps.reported.",
    metrics: npm::METRICS,
    severities: Severities::of(npm::WORDS),
    sniff,
    secrets: no_secrets,
    parse: npm_audit_v6::parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let report = probe.has("advisories") && probe.has("metadata") && !probe.has("auditReportVersion");
    // A path begins with the project, `.` being the one in the same folder; npm's do not.
    let project = probe.head().contains("\".>");
    Confidence::certain_if(probe.is_object() && report && project && !probe.has("runId"))
}
