//! Findings and what proves them.

use serde::{Deserialize, Serialize};

use crate::{Id, Level, Operation, Rating, Severity, Timestamp, choice::choice, object::object};

choice! {
    /// Whether a finding is a fault or a merit.
    FindingKind {
        /// What is not as it should be.
        #[default]
        Gap = "gap",
        /// What is good and should stay.
        Strength = "strength",
    }
}

choice! {
    /// How sure the auditors are.
    Confidence {
        /// Measured or reproduced.
        High = "high",
        /// Seen in code or configuration.
        #[default]
        Medium = "medium",
        /// Told, or inferred.
        Low = "low",
    }
}

choice! {
    /// The editorial state; apart from the finding's life.
    Editorial {
        /// Being written.
        #[default]
        Draft = "draft",
        /// Being read by a colleague.
        InReview = "in_review",
        /// Fit to be delivered.
        Approved = "approved",
    }
}

choice! {
    /// The state of the matter itself.
    Life {
        /// Still so.
        #[default]
        Open = "open",
        /// Mended.
        Fixed = "fixed",
        /// Mended in part.
        PartlyFixed = "partly_fixed",
        /// The client lives with it.
        Accepted = "accepted",
    }
}

choice! {
    /// Product quality characteristic of ISO/IEC 25010:2023.
    Quality {
        /// Functional suitability.
        FunctionalSuitability = "functional_suitability",
        /// Performance efficiency.
        #[default]
        PerformanceEfficiency = "performance_efficiency",
        /// Compatibility.
        Compatibility = "compatibility",
        /// Interaction capability.
        InteractionCapability = "interaction_capability",
        /// Reliability.
        Reliability = "reliability",
        /// Security.
        Security = "security",
        /// Maintainability.
        Maintainability = "maintainability",
        /// Flexibility.
        Flexibility = "flexibility",
        /// Safety.
        Safety = "safety",
    }
}

/// Effort in person-days, three points.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Effort {
    /// Optimistic.
    pub low: f64,
    /// Likely.
    pub likely: f64,
    /// Pessimistic.
    pub high: f64,
}

/// A value that was measured again.
///
/// Kept as it was, whatever becomes of the files: a report says years later what was seen.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct RetestValue {
    /// Dotted metric name; empty where issues were counted.
    pub metric: String,
    /// What was measured; for issues their rule and component.
    pub subject: String,
    /// Unit of both values.
    pub unit: String,
    /// The value before.
    pub was: f64,
    /// The value now.
    pub now: f64,
    /// The raw text of the value before where a number does not say it all.
    pub was_text: String,
    /// The raw text of the value now.
    pub now_text: String,
}

/// A retest that the consultant accepted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Retest {
    /// When the newer state was captured, else imported.
    pub at: Option<Timestamp>,
    /// What was found: fixed, partly fixed, or open when it is still so.
    pub outcome: Life,
    /// Names of the newer files.
    pub files: Vec<String>,
    /// The values, the deciding one first.
    pub values: Vec<RetestValue>,
}

/// A finding: what is, what should be, why, what it costs the operation, and what to do.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Finding {
    /// Id.
    pub id: Id,
    /// Number, shown as `F-012`; 0 until assigned.
    pub number: u32,
    /// Place in the list; any number, ties broken by number.
    pub rank: f64,
    /// Title as a claim.
    pub title: String,
    /// Fault or merit.
    pub kind: FindingKind,
    /// Area: a section or area title of the packs, or the consultant's own.
    pub area: String,
    /// Severity.
    pub severity: Severity,
    /// Why this severity.
    pub severity_reason: String,
    /// Likelihood that it bites, 1 to 5.
    pub likelihood: Option<Rating>,
    /// Impact when it does, 1 to 5.
    pub impact: Option<Rating>,
    /// How sure the auditors are.
    pub confidence: Confidence,
    /// One or two sentences for overviews (Markdown).
    pub summary: String,
    /// What is (Markdown).
    pub condition: String,
    /// What should be, by which standard (Markdown).
    pub criteria: String,
    /// Why it is so (Markdown).
    pub cause: String,
    /// What it costs the operation (Markdown).
    pub consequence: String,
    /// The operation that pays.
    pub operation: Operation,
    /// What people do instead (Markdown).
    pub workaround: String,
    /// Maturity level now.
    pub current_level: Option<Level>,
    /// Maturity level recommended.
    pub recommended_level: Option<Level>,
    /// What to do at once (Markdown).
    pub short_term: String,
    /// What to do for good (Markdown).
    pub long_term: String,
    /// How to see that it is done (Markdown).
    pub acceptance_test: String,
    /// Effort to fix, person-days.
    pub effort: Option<Effort>,
    /// Who owns the fix at the client.
    pub owner: String,
    /// Affected C4 elements, by identifier or name.
    pub elements: Vec<String>,
    /// Checks that it answers, as `pack/check`, for example `backend-health/2.2`.
    pub checks: Vec<String>,
    /// CWE numbers.
    pub cwe: Vec<u32>,
    /// CVE and other advisory ids.
    pub cve: Vec<String>,
    /// Quality characteristics it touches.
    pub quality: Vec<Quality>,
    /// Other references: titles or URLs.
    pub references: Vec<String>,
    /// Editorial state.
    pub editorial: Editorial,
    /// State of the matter.
    pub life: Life,
    /// Findings that cause this one. They make no circle.
    pub caused_by: Vec<Id>,
    /// What came of measuring again, oldest first.
    pub retests: Vec<Retest>,
    /// Internal notes that never reach a client document (Markdown).
    pub internal_notes: String,
}

object!(
    Finding,
    Finding,
    [
        "summary",
        "condition",
        "criteria",
        "cause",
        "consequence",
        "workaround",
        "short_term",
        "long_term",
        "acceptance_test",
        "internal_notes",
    ],
    finding
);

choice! {
    /// What an evidence link points to.
    EvidenceTarget {
        /// An artifact, by id.
        #[default]
        Artifact = "artifact",
        /// A measurement, by id.
        Measurement = "measurement",
        /// One issue, by id.
        Issue = "issue",
        /// A group of issues, by the candidate's key.
        IssueGroup = "issue_group",
        /// An answer, as `pack/check`.
        Answer = "answer",
        /// An image, by id.
        Image = "image",
        /// A note of an interview, by id.
        Note = "note",
        /// An exhibit, by id.
        Exhibit = "exhibit",
    }
}

/// A link from a finding to what proves it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceLink {
    /// Id.
    pub id: Id,
    /// The finding.
    pub finding: Id,
    /// Place in the finding's list.
    pub rank: f64,
    /// What kind of thing proves it.
    pub target_kind: EvidenceTarget,
    /// Which one: an id, a candidate's key, or `pack/check`.
    pub target: String,
    /// What it shows, in a sentence.
    pub note: String,
}

object!(EvidenceLink, EvidenceLink, [], evidence_link);
