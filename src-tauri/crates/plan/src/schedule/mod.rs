//! The schedule: when each initiative runs, why then, who does it, what is late or overloaded.
//!
//! Method: serial schedule generation under capacity on half-day slots. Initiatives are taken one after the other,
//! predecessors first, then by WSJF, latest finish and number; each is put where it ends earliest given what is
//! already there. Nothing is ever dropped: where a role's capacity can never hold an initiative it is planned
//! regardless of that capacity and reported as an overload; what has no effort estimate is listed as unscheduled.

mod demand;
mod network;
#[cfg(test)]
mod optimal;
mod order;
mod overload;
mod place;
mod profile;
mod reason;
mod slack;

use groma_model::{Contents, Date, Id};
use serde::{Deserialize, Serialize};

use crate::{
    Note, PlanError, Priority,
    calendar::{Slot, Timeline, in_days},
    input::{Input, thousandths},
    priorities,
};
pub use demand::{DemandMonth, Month, RoleDemand};
pub use overload::{Overload, OverloadCause};
pub use reason::StartReason;

use network::{Effort3, Network};
use place::{Generated, Placed, generate};
use profile::FTE;

/// A date that an initiative is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum LimitKind {
    /// Last day of its phase.
    PhaseEnd {
        /// The phase.
        phase: Id,
    },
    /// Its own deadline.
    Deadline,
    /// A milestone that needs it.
    Milestone {
        /// The milestone.
        milestone: Id,
    },
}

/// How an initiative stands to a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Limit {
    /// Which date.
    pub kind: LimitKind,
    /// The date.
    pub date: Date,
    /// Working days between its end and the date; negative when it ends later.
    pub margin_days: f64,
    /// Whether it ends later.
    pub late: bool,
}

/// A stretch of days with one load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Run {
    /// First working day.
    pub from: Date,
    /// Last working day.
    pub to: Date,
    /// FTE on each of these days; a half day counts half.
    pub fte: f64,
}

/// What an initiative takes of a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Allocation {
    /// The role; none when nobody known does it.
    pub role: Option<Id>,
    /// The role's name.
    pub name: String,
    /// FTE from start to end.
    pub fte: f64,
    /// Person-days in all.
    pub person_days: f64,
    /// Whether it was planned without regard to the role's capacity.
    pub over_capacity: bool,
    /// The load day by day, equal days joined.
    pub runs: Vec<Run>,
}

/// An initiative in the schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Scheduled {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Its phase.
    pub phase: Option<Id>,
    /// Its theme.
    pub theme: Option<Id>,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Whether it starts in the afternoon.
    pub starts_at_noon: bool,
    /// Whether it ends at noon.
    pub ends_at_noon: bool,
    /// Working days from start to end, in halves.
    pub working_days: f64,
    /// Who does it.
    pub allocations: Vec<Allocation>,
    /// Why it starts then.
    pub why: StartReason,
    /// The same in English.
    pub why_sentence: String,
    /// Working days by which it could end later without moving the end of the roadmap.
    pub slack_days: f64,
    /// Whether it has no slack: a link of the critical chain.
    pub critical: bool,
    /// The dates that it is measured against.
    pub limits: Vec<Limit>,
    /// Whether it misses one of them.
    pub late: bool,
    /// Earliest last day of three runs with low, likely and high efforts.
    pub finish_earliest: Date,
    /// Latest last day of these three; none when the high run does not end within twenty years.
    pub finish_latest: Option<Date>,
}

/// Why an initiative is not in the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum UnscheduledReason {
    /// It has no usable effort estimate.
    NoEffort,
    /// It waits for one that is not scheduled.
    WaitsForUnscheduled {
        /// The one it waits for.
        initiative: Id,
        /// How it is shown.
        label: String,
    },
    /// It would start or end more than twenty years after the roadmap's start.
    BeyondHorizon,
}

/// An initiative that is not in the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Unscheduled {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Why.
    pub reason: UnscheduledReason,
    /// The same in English.
    pub sentence: String,
}

/// The whole schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Schedule {
    /// First day of the roadmap.
    pub roadmap_start: Date,
    /// Last day of the last initiative.
    pub ends: Option<Date>,
    /// Earliest of three runs with low, likely and high efforts.
    pub ends_earliest: Option<Date>,
    /// Latest of these three.
    pub ends_latest: Option<Date>,
    /// Working days from the roadmap's start to the end, in halves.
    pub working_days: f64,
    /// By number, then id.
    pub initiatives: Vec<Scheduled>,
    /// By number, then id.
    pub unscheduled: Vec<Unscheduled>,
    /// Initiatives without slack, by start.
    pub critical_chain: Vec<Id>,
    /// Roles that are needed more than they are there.
    pub overloads: Vec<Overload>,
    /// Months from the roadmap's start to the end.
    pub months: Vec<Month>,
    /// Demand and capacity by role over these months.
    pub demand: Vec<RoleDemand>,
}

impl Schedule {
    /// The scheduled initiative with this id.
    #[must_use]
    pub fn get(&self, initiative: Id) -> Option<&Scheduled> {
        self.initiatives.iter().find(|scheduled| scheduled.initiative == initiative)
    }
}

/// Schedules the initiatives; `None` without a first day of the roadmap or of any phase.
///
/// # Errors
/// [`PlanError::Cycle`] when initiatives wait for each other.
pub fn schedule(contents: &Contents) -> Result<Option<Schedule>, PlanError> {
    let input = Input::read(contents)?;
    Ok(build(&input, &priorities(contents)).map(|(schedule, _)| schedule))
}

/// Schedules the input; also gives the remarks on the resource lines.
pub(crate) fn build(input: &Input<'_>, priorities: &[Priority]) -> Option<(Schedule, Vec<Note>)> {
    let start = input.start()?;
    let (scheduled, mut unscheduled) = estimated(input);
    let network = Network::new(input, priorities, start, &scheduled);
    let sequence = order::sequence(&network);
    let [low, likely, high] =
        [Effort3::Low, Effort3::Likely, Effort3::High].map(|which| generate(&network, &sequence, which));
    let slacks = slack::slacks(&network, &likely);
    let view = View { input, network: &network };

    let mut initiatives = Vec::new();
    for (at, placed) in likely.placed.iter().enumerate() {
        let task = &input.tasks[network.activities[at].task];
        let (Some(placed), Some(slack)) = (placed, slacks[at]) else {
            unscheduled.push(Unscheduled {
                initiative: task.source.id,
                number: task.source.number,
                reason: UnscheduledReason::BeyondHorizon,
                sentence: format!("{} would start or end more than twenty years from now.", task.label),
            });
            continue;
        };
        let ends = [&low, &likely, &high].map(|run| run.placed[at].as_ref().map(|placed| placed.end));
        initiatives.push(view.scheduled(&likely, at, placed, slack, ends));
    }
    unscheduled.sort_by_key(|entry| (entry.number, entry.initiative));

    let mut chain: Vec<&Scheduled> = initiatives.iter().filter(|entry| entry.critical).collect();
    chain.sort_by_key(|entry| (entry.start, entry.starts_at_noon, entry.number, entry.initiative));
    let critical_chain = chain.into_iter().map(|entry| entry.initiative).collect();
    let day = |slot: Slot| (slot > 0).then(|| network.timeline.date(slot - 1));
    let runs = [low.end(), likely.end(), high.end()];
    let months = demand::months(input, start, day(likely.end()));
    let schedule = Schedule {
        roadmap_start: start,
        ends: day(likely.end()),
        ends_earliest: runs.into_iter().min().and_then(day),
        ends_latest: runs.into_iter().max().and_then(day),
        working_days: in_days(i64::from(likely.end())),
        overloads: overload::overloads(input, &network, &likely),
        demand: demand::demand(input, &network, &likely, &months),
        initiatives,
        unscheduled,
        critical_chain,
        months,
    };
    Some((schedule, network.notes))
}

/// Which tasks can be scheduled: those with an effort that wait only for such.
fn estimated(input: &Input<'_>) -> (Vec<bool>, Vec<Unscheduled>) {
    let mut missing: Vec<Option<UnscheduledReason>> =
        input.tasks.iter().map(|task| task.effort.is_none().then_some(UnscheduledReason::NoEffort)).collect();
    // At most as many rounds as the longest chain of dependencies.
    loop {
        let mut more = Vec::new();
        for (at, task) in input.tasks.iter().enumerate().filter(|(at, _)| missing[*at].is_none()) {
            if let Some(wait) = task.waits.iter().find(|wait| missing[wait.on].is_some()) {
                let first = &input.tasks[wait.on];
                let (initiative, label) = (first.source.id, first.label.clone());
                more.push((at, UnscheduledReason::WaitsForUnscheduled { initiative, label }));
            }
        }
        if more.is_empty() {
            break;
        }
        more.into_iter().for_each(|(at, reason)| missing[at] = Some(reason));
    }
    let scheduled = missing.iter().map(Option::is_none).collect();
    let unscheduled = missing.into_iter().zip(&input.tasks).filter_map(|(reason, task)| {
        let reason = reason?;
        let sentence = match &reason {
            UnscheduledReason::WaitsForUnscheduled { label, .. } => {
                format!("{} waits for {label}, which is not scheduled.", task.label)
            }
            _ => format!("{} has no effort estimate.", task.label),
        };
        Some(Unscheduled { initiative: task.source.id, number: task.source.number, reason, sentence })
    });
    (scheduled, unscheduled.collect())
}

/// Turns slots into dates and shares into names.
struct View<'a> {
    input: &'a Input<'a>,
    network: &'a Network,
}

impl View<'_> {
    fn scheduled(
        &self,
        likely: &Generated,
        at: usize,
        placed: &Placed,
        slack: Slot,
        ends: [Option<Slot>; 3],
    ) -> Scheduled {
        let activity = &self.network.activities[at];
        let source = self.input.tasks[activity.task].source;
        let timeline = &self.network.timeline;
        let limits: Vec<Limit> = activity
            .dues
            .iter()
            .map(|due| {
                let margin = i64::from(due.slot) - i64::from(placed.end);
                Limit { kind: due.kind, date: due.date, margin_days: in_days(margin), late: margin < 0 }
            })
            .collect();
        let why = reason::start_reason(self.input, self.network, likely, at, placed);
        let all: Option<Vec<Slot>> = ends.into_iter().collect();
        let day = |slot: Slot| timeline.date(slot - 1);
        Scheduled {
            initiative: source.id,
            number: source.number,
            phase: source.phase,
            theme: source.theme,
            start: timeline.date(placed.start),
            end: day(placed.end),
            starts_at_noon: placed.start % 2 == 1,
            ends_at_noon: placed.end % 2 == 1,
            working_days: in_days(i64::from(placed.end - placed.start)),
            allocations: (0..placed.works.len()).map(|work| self.allocation(placed, work)).collect(),
            why_sentence: why.sentence(),
            why,
            slack_days: in_days(i64::from(slack)),
            critical: slack == 0,
            late: limits.iter().any(|limit| limit.late),
            limits,
            finish_earliest: day(ends.into_iter().flatten().min().unwrap_or(placed.end)),
            finish_latest: all.and_then(|all| all.into_iter().max()).map(day),
        }
    }

    fn allocation(&self, placed: &Placed, work: usize) -> Allocation {
        let item = &placed.works[work];
        let role = item.role.map(|role| self.input.roles[role]);
        let fte = item.amount as f64 / f64::from(placed.end - placed.start) / FTE as f64;
        Allocation {
            role: role.map(|role| role.id),
            name: role.map(|role| role.name.clone()).unwrap_or_default(),
            fte: thousandths(fte),
            person_days: thousandths(person_days(item.amount)),
            over_capacity: placed.relaxed[work] && item.role.is_some(),
            runs: runs(placed, fte, &self.network.timeline),
        }
    }
}

/// The load day by day: half of it where only half a day is worked.
fn runs(placed: &Placed, fte: f64, timeline: &Timeline) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut from, mut to) = (placed.start, placed.end);
    let half_day = |slot: Slot| Run { from: timeline.date(slot), to: timeline.date(slot), fte: thousandths(fte / 2.0) };
    if from % 2 == 1 {
        runs.push(half_day(from));
        from += 1;
    }
    let last = (to > from && to % 2 == 1).then(|| half_day(to - 1));
    to -= u32::from(last.is_some());
    if to > from {
        runs.push(Run { from: timeline.date(from), to: timeline.date(to - 1), fte: thousandths(fte) });
    }
    runs.extend(last);
    runs
}

/// Micro-FTE × slots as person-days.
fn person_days(amount: i64) -> f64 {
    amount as f64 / (2.0 * FTE as f64)
}
