//! GitLab's report of code.

use crate::{Format, class::Class, formats::no_secrets, gitlab, scan::CODE_METRICS};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitlab-sast",
    title: "GitLab SAST report",
    tool: "GitLab",
    note: "One issue a vulnerability. Where the scanner says Unknown, Medium is assigned at import.",
    metrics: CODE_METRICS,
    severities: gitlab::SEVERITIES,
    sniff: |probe| gitlab::sniff(probe, TYPES),
    secrets: no_secrets,
    parse: |input| gitlab::parse(input, FORMAT.title, TYPES, Class::Code),
};

/// Types of reports.
const TYPES: &[&str] = &["\"sast\""];
