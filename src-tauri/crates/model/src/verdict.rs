//! Packs as kept in the engagement, answers to checks, maturity of areas.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Id, Level, Timestamp, choice::choice, object::object};

choice! {
    /// The result of a check.
    Verdict {
        /// Meets the threshold.
        Pass = "pass",
        /// Does not meet it: act now.
        Fail = "fail",
        /// Meets it in part, or could be better.
        Improve = "improve",
        /// Does not apply here; needs a reason, leaves the total.
        NotApplicable = "not_applicable",
        /// Nobody looked: unknown, never a pass.
        #[default]
        NotAssessed = "not_assessed",
    }
}

choice! {
    /// How far the work on a check is; apart from its verdict.
    WorkStatus {
        /// Not begun.
        #[default]
        Open = "open",
        /// Begun.
        InProgress = "in_progress",
        /// Finished.
        Done = "done",
    }
}

/// A snapshot of the pack that the engagement uses.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct PackSnapshot {
    /// Id of this row.
    pub id: Id,
    /// The pack's own id, for example `backend-health`.
    pub pack: String,
    /// The pack's version.
    pub version: String,
    /// The pack's title.
    pub title: String,
    /// The whole definition as it was when taken, TOML.
    pub definition: String,
}

object!(PackSnapshot, Pack, []);

/// What the measurements say about a check.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Proposal {
    /// The proposed verdict; `NotAssessed` when the measurements cannot decide.
    pub verdict: Verdict,
    /// The deciding value, in `unit`.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: String,
    /// The deciding value's subject: endpoint, query, table, pool.
    pub subject: String,
    /// Why, in a sentence: value against threshold, how many subjects, what was not evaluable.
    pub reason: String,
    /// The measurements it rests on, the deciding one first.
    pub sources: Vec<Id>,
    /// Whether sources contradict each other.
    pub conflicting: bool,
}

/// The answer to a check.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    /// Id.
    pub id: Id,
    /// The pack's own id.
    pub pack: String,
    /// The check's id within the pack, for example `1.4`.
    pub check: String,
    /// How far the work is.
    pub status: WorkStatus,
    /// The assessor's verdict. `NotAssessed` until confirmed.
    pub verdict: Verdict,
    /// Measured value as confirmed, in `unit`.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: String,
    /// What was chosen among the check's choices, or written beside them.
    pub choices: Vec<String>,
    /// What was filled into the check's blanks, by the blank's id.
    pub blanks: BTreeMap<String, String>,
    /// What was seen (Markdown).
    pub note: String,
    /// Why it does not apply; required with `NotApplicable`.
    pub reason: String,
    /// Why the assessor differs from the proposal; required when they differ.
    pub override_reason: String,
    /// The measurements the confirmed verdict rests on.
    pub sources: Vec<Id>,
    /// Who confirmed.
    pub author: String,
    /// When confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// What the measurements say now; kept up to date by imports, never touches the verdict.
    pub proposal: Option<Proposal>,
}

object!(Answer, Answer, ["note"], answer);

/// A row of a typed table: column id to cell text.
pub type TableRow = BTreeMap<String, String>;

/// The maturity of an area.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// Id.
    pub id: Id,
    /// The pack's own id.
    pub pack: String,
    /// The area's id within the pack.
    pub area: String,
    /// Level found.
    pub level: Option<Level>,
    /// Level wanted.
    pub target: Option<Level>,
    /// Why this level (Markdown).
    pub justification: String,
    /// What it rests on (Markdown).
    pub evidence: String,
    /// Rows of the area's typed tables, by the table's id in the pack.
    pub tables: BTreeMap<String, Vec<TableRow>>,
}

object!(Assessment, Assessment, ["justification", "evidence"]);
