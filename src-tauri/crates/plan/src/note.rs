//! Remarks on what the inputs lack or contradict; a plan is made all the same.

use groma_model::{Date, Horizon, Id};
use serde::{Deserialize, Serialize};

/// What a remark is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NoteKind {
    /// No effort, or one that is not a number above zero: not scheduled, not costed.
    NoEffort,
    /// Low, likely and high effort are out of order; the range was widened to hold the likely effort.
    EffortOutOfOrder,
    /// Low, likely and high amounts are out of order; the range was widened to hold the likely amount.
    AmountOutOfOrder {
        /// What the amount is for: `build_cost`, `run_cost`, or a budget line's title.
        of: String,
    },
    /// No role does it: scheduled at one full-time equivalent of nobody, and its work has no price.
    NoRole,
    /// Named role does not exist.
    UnknownRole,
    /// The roles' shares do not sum to 1.
    SharesDoNotSumToOne {
        /// What they sum to.
        sum: f64,
    },
    /// The initiative it waits for does not exist; the dependency is ignored.
    UnknownDependency,
    /// The named phase does not exist.
    UnknownPhase,
    /// Role without a day rate: its work counts nothing in the costs.
    NoDayRate {
        /// The role.
        role: Id,
        /// Likely person-days that have no price.
        person_days: f64,
    },
    /// A resource line whose FTE is not a number above zero, or whose last day is before its first.
    UselessResource {
        /// The line.
        line: Id,
    },
    /// No first day of the roadmap; the earliest phase's first day stands for it.
    StartFromPhase {
        /// That day.
        date: Date,
    },
    /// No first day of the roadmap and no phase with one: nothing is scheduled.
    NoStart,
    /// Ends in another horizon than declared.
    HorizonMismatch {
        /// What was declared.
        declared: Horizon,
        /// What the schedule gives.
        scheduled: Horizon,
    },
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "PlanNote")]
pub struct Note {
    /// The initiative it is about, if one.
    pub initiative: Option<Id>,
    /// What it is about.
    pub kind: NoteKind,
    /// The remark in English.
    pub sentence: String,
}
