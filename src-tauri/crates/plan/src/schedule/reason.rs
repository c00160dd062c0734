//! Why an initiative starts where it does.

use groma_model::{Date, Id};
use serde::{Deserialize, Serialize};

use super::{
    network::{Network, Release},
    place::{Generated, Placed},
};
use crate::input::Input;

/// What decided the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StartReason {
    /// Nothing holds it back: the first day of the roadmap.
    RoadmapStart,
    /// The first day of its phase.
    PhaseStart {
        /// The phase.
        phase: Id,
    },
    /// Its own earliest start.
    EarliestStart {
        /// That day.
        date: Date,
    },
    /// The end of another initiative, and the lag.
    WaitsFor {
        /// The initiative that ends last.
        initiative: Id,
        /// How it is shown.
        label: String,
        /// Working days between.
        lag_days: u32,
    },
    /// People of a role are busy until then.
    WaitsForRole {
        /// The role.
        role: Id,
        /// The role's name.
        name: String,
        /// The initiatives that release it.
        busy_with: Vec<Id>,
        /// How they are shown.
        labels: Vec<String>,
    },
    /// The role has not enough people before then.
    NoCapacityBefore {
        /// The role.
        role: Id,
        /// The role's name.
        name: String,
        /// The day on which it has.
        date: Date,
    },
}

impl StartReason {
    /// The reason in English.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::RoadmapStart => "Starts with the roadmap.".to_owned(),
            Self::PhaseStart { .. } => "Starts with its phase.".to_owned(),
            Self::EarliestStart { date } => format!("May not start before {date}."),
            Self::WaitsFor { label, lag_days: 0, .. } => format!("Waits for {label} to end."),
            Self::WaitsFor { label, lag_days: 1, .. } => format!("Waits for {label} to end and one working day more."),
            Self::WaitsFor { label, lag_days, .. } => {
                format!("Waits for {label} to end and {lag_days} working days more.")
            }
            Self::WaitsForRole { name, labels, .. } => {
                format!("Waits for {name}, busy with {} until then.", labels.join(" and "))
            }
            Self::NoCapacityBefore { name, date, .. } => format!("{name} has too few people before {date}."),
        }
    }
}

/// Finds what decided the start of a placed activity.
pub(super) fn start_reason(
    input: &Input<'_>,
    network: &Network,
    generated: &Generated,
    at: usize,
    placed: &Placed,
) -> StartReason {
    let activity = &network.activities[at];
    let task = |at: usize| &input.tasks[network.activities[at].task];
    if let Some(role) = placed.waited_for {
        let (id, name) = (input.roles[role].id, input.roles[role].name.clone());
        if placed.released_by.is_empty() || network.capacity[role].at(placed.start - 1) <= 0 {
            return StartReason::NoCapacityBefore { role: id, name, date: network.timeline.date(placed.start) };
        }
        let busy = &placed.released_by;
        let busy_with = busy.iter().map(|other| task(*other).source.id).collect();
        let labels = busy.iter().map(|other| task(*other).label.clone()).collect();
        return StartReason::WaitsForRole { role: id, name, busy_with, labels };
    }
    let last =
        activity.waits.iter().filter_map(|(on, lag)| Some((generated.placed[*on].as_ref()?.end + lag, *on, *lag)));
    // The first of those that end last, so that equal ends always name the same one.
    let last = last.max_by_key(|(slot, on, _)| (*slot, std::cmp::Reverse(*on)));
    match (last, activity.released_by) {
        (Some((slot, on, lag)), _) if slot > activity.release => {
            StartReason::WaitsFor { initiative: task(on).source.id, label: task(on).label.clone(), lag_days: lag / 2 }
        }
        (_, Release::Roadmap) => StartReason::RoadmapStart,
        (_, Release::Phase) => StartReason::PhaseStart { phase: task(at).source.phase.unwrap_or_default() },
        (_, Release::Earliest) => {
            StartReason::EarliestStart { date: task(at).source.earliest_start.unwrap_or_default() }
        }
    }
}
