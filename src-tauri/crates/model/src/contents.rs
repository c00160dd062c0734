//! Everything an engagement holds, read at one moment.

use serde::{Deserialize, Serialize};

use crate::*;

/// Issues of one rule on one component: what a consultant decides on at once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct IssueGroup {
    /// The candidate's key, `issue:<tool>:<rule>:<component>`.
    pub key: String,
    /// Tool that reported them.
    pub tool: String,
    /// The rule.
    pub rule: String,
    /// Title of the first.
    pub title: String,
    /// Message of the first.
    pub message: String,
    /// The component.
    pub component: String,
    /// Version of the component.
    pub component_version: String,
    /// Version that fixes it.
    pub fixed_version: String,
    /// The worst severity among those not suppressed (all, when all are suppressed).
    pub severity: Severity,
    /// Who said so.
    pub severity_origin: SeverityOrigin,
    /// Number of raw occurrences.
    pub count: u64,
    /// How many of them the tool suppressed.
    pub suppressed: u64,
    /// CWE numbers.
    pub cwe: Vec<u32>,
    /// CVE and other advisory ids.
    pub cve: Vec<String>,
    /// Where the tool explains it.
    pub url: String,
    /// Up to five places, `file:line`.
    pub places: Vec<String>,
    /// Artifacts that hold them.
    pub artifacts: Vec<Id>,
}

impl Issue {
    /// The key of the group that this issue belongs to.
    #[must_use]
    pub fn group_key(&self, tool: &str) -> String {
        format!("issue:{tool}:{}:{}", self.rule, self.component)
    }
}

/// Everything an engagement holds, in display order, read in one transaction.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Contents {
    /// The engagement.
    pub engagement: Engagement,
    /// The intake.
    pub intake: Intake,
    /// Symptoms.
    pub symptoms: Vec<Symptom>,
    /// Packs.
    pub packs: Vec<PackSnapshot>,
    /// Answers.
    pub answers: Vec<Answer>,
    /// Area assessments.
    pub assessments: Vec<Assessment>,
    /// Artifacts, oldest first.
    pub artifacts: Vec<Artifact>,
    /// Measurements of live artifacts, in the order of their artifact and place.
    pub measurements: Vec<Measurement>,
    /// Issues of live artifacts, grouped; worst first, then most frequent.
    pub issue_groups: Vec<IssueGroup>,
    /// Decisions on candidates.
    pub decisions: Vec<Decision>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Evidence links.
    pub evidence_links: Vec<EvidenceLink>,
    /// Images, without their bytes.
    pub images: Vec<Image>,
    /// Diagrams.
    pub diagrams: Vec<Diagram>,
    /// Risks.
    pub risks: Vec<Risk>,
    /// Themes.
    pub themes: Vec<Theme>,
    /// Initiatives.
    pub initiatives: Vec<Initiative>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Milestones.
    pub milestones: Vec<Milestone>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Resource lines.
    pub resources: Vec<ResourceLine>,
    /// Budget lines.
    pub budget: Vec<BudgetLine>,
    /// Training needs.
    pub trainings: Vec<TrainingNeed>,
    /// Success metrics.
    pub metrics: Vec<SuccessMetric>,
    /// Key results.
    pub key_results: Vec<KeyResult>,
    /// Notes of interviews.
    pub notes: Vec<Note>,
    /// Brands of the engagement's own.
    pub brands: Vec<Brand>,
    /// Architectures.
    pub architectures: Vec<Architecture>,
    /// Report templates of the engagement's own.
    pub templates: Vec<Template>,
    /// Exhibits.
    pub exhibits: Vec<Exhibit>,
    /// What the columns of tables mean.
    pub mappings: Vec<Mapping>,
    /// What words of tools were chosen to mean.
    pub severities: Vec<SeverityTable>,
}
