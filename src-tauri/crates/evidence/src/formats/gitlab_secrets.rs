//! GitLab's report of secrets.

use crate::{
    Format, Secrets,
    class::Class,
    gitlab,
    mask::{Field, add_json_findings},
    scan::SECRET_METRICS,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitlab-secrets",
    title: "GitLab secret detection report",
    tool: "GitLab",
    note: "One issue a secret, masked. Where the scanner says Unknown, Medium is assigned at import.",
    metrics: SECRET_METRICS,
    severities: gitlab::SEVERITIES,
    sniff: |probe| gitlab::sniff(probe, TYPES),
    secrets,
    parse: |input| gitlab::parse(input, FORMAT.title, TYPES, Class::Secret),
};

/// Types of reports.
const TYPES: &[&str] = &["\"secret_detection\""];

fn secrets(text: &str, secrets: &mut Secrets) {
    add_json_findings(text, secrets, |path| match path.strip_prefix("vulnerabilities/[]/") {
        Some("raw_source_code_extract") => Field::Secret,
        Some("description" | "message" | "name" | "cve") => Field::Text,
        _ => Field::Other,
    });
}
