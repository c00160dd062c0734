//! GitLab's report of dependencies.

use crate::{Format, class::Class, formats::no_secrets, gitlab, scan::DEPENDENCY_METRICS};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitlab-dep",
    title: "GitLab dependency or container scanning report",
    tool: "GitLab",
    note: "One issue a vulnerability. Where the scanner says Unknown, Medium is assigned at import.",
    metrics: DEPENDENCY_METRICS,
    severities: gitlab::SEVERITIES,
    sniff: |probe| gitlab::sniff(probe, TYPES),
    secrets: no_secrets,
    parse: |input| gitlab::parse(input, FORMAT.title, TYPES, Class::Dependency),
};

/// Types of reports.
const TYPES: &[&str] = &["\"dependency_scanning\"", "\"container_scanning\"", "\"cluster_image_scanning\""];
