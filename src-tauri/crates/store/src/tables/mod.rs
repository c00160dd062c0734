//! One file a table: its columns, links and the SQL that created it.

pub(crate) mod answers;
pub(crate) mod architectures;
pub(crate) mod artifacts;
pub(crate) mod assessments;
pub(crate) mod blobs;
pub(crate) mod brands;
pub(crate) mod budget;
pub(crate) mod decisions;
pub(crate) mod diagrams;
pub(crate) mod engagement;
pub(crate) mod evidence_links;
pub(crate) mod exhibits;
pub(crate) mod findings;
pub(crate) mod images;
pub(crate) mod initiatives;
pub(crate) mod intake;
pub(crate) mod issues;
pub(crate) mod key_results;
pub(crate) mod mappings;
pub(crate) mod measurements;
pub(crate) mod metrics;
pub(crate) mod milestones;
pub(crate) mod notes;
pub(crate) mod packs;
pub(crate) mod phases;
pub(crate) mod prose;
pub(crate) mod resources;
pub(crate) mod risks;
pub(crate) mod roles;
pub(crate) mod severities;
pub(crate) mod steps;
pub(crate) mod symptoms;
pub(crate) mod templates;
pub(crate) mod themes;
pub(crate) mod trainings;

use groma_model::Kind;

use crate::table::Table;

/// Every object table, in the order of [`Kind::ALL`].
pub(crate) const ALL: &[Table] = &[
    engagement::TABLE,
    intake::TABLE,
    symptoms::TABLE,
    packs::TABLE,
    answers::TABLE,
    assessments::TABLE,
    artifacts::TABLE,
    decisions::TABLE,
    findings::TABLE,
    evidence_links::TABLE,
    images::TABLE,
    diagrams::TABLE,
    risks::TABLE,
    themes::TABLE,
    initiatives::TABLE,
    phases::TABLE,
    milestones::TABLE,
    roles::TABLE,
    resources::TABLE,
    budget::TABLE,
    trainings::TABLE,
    metrics::TABLE,
    key_results::TABLE,
    notes::TABLE,
    brands::TABLE,
    architectures::TABLE,
    templates::TABLE,
    exhibits::TABLE,
    mappings::TABLE,
    severities::TABLE,
];

/// The SQL of version 1, in an order in which every table is there before it is referred to.
pub(crate) const V1: &[&str] = &[
    blobs::V1,
    engagement::V1,
    intake::V1,
    symptoms::V1,
    packs::V1,
    answers::V1,
    assessments::V1,
    artifacts::V1,
    measurements::V1,
    issues::V1,
    findings::V1,
    decisions::V1,
    evidence_links::V1,
    images::V1,
    diagrams::V1,
    risks::V1,
    themes::V1,
    phases::V1,
    initiatives::V1,
    milestones::V1,
    roles::V1,
    resources::V1,
    budget::V1,
    trainings::V1,
    metrics::V1,
    key_results::V1,
    notes::V1,
    prose::V1,
    steps::V1,
];

/// What version 2 adds.
pub(crate) const V2: &[&str] = &[answers::V2, engagement::V2];

/// What version 3 adds: brands of the engagement's own; images can be edited.
pub(crate) const V3: &[&str] = &[brands::CREATED, images::V3];

/// What version 4 adds: architectures, and diagrams that are views of them.
pub(crate) const V4: &[&str] = &[architectures::CREATED, diagrams::V4];

/// What version 5 adds: templates of the engagement's own, and whom a report is for.
pub(crate) const V5: &[&str] = &[engagement::V5, templates::CREATED];

/// What version 6 adds: exhibits.
pub(crate) const V6: &[&str] = &[exhibits::CREATED];

/// What version 7 adds: newer states of artifacts, causes and retests of findings.
pub(crate) const V7: &[&str] = &[artifacts::V7, findings::V7];

/// What version 8 adds: what the columns of tables mean.
pub(crate) const V8: &[&str] = &[mappings::CREATED];

/// What version 9 adds: fonts of brands, logos for dark grounds; sections chosen for each template.
pub(crate) const V9: &[&str] = &[brands::V9, engagement::V9];

/// What version 10 adds: what words of tools were chosen to mean.
pub(crate) const V10: &[&str] = &[severities::CREATED];

/// Tables and views that are not objects'.
pub(crate) const OTHERS: &[&str] = &[
    "blobs",
    "measurement_rows",
    "measurements",
    "issue_groups",
    "issue_rows",
    "issues",
    "prose",
    "search",
    "steps",
    "history",
    "counters",
];

/// The declaration of a kind's table.
pub(crate) fn of(kind: Kind) -> &'static Table {
    // `ALL` follows `Kind::ALL`, and the enum's discriminants count from 0 in that order; a test holds both to it.
    &ALL[kind as usize]
}
