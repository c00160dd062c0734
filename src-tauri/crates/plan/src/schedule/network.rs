//! The scheduling problem in slots and micro-FTE: work, waits, releases, limits, capacity.

use groma_model::{Date, Effort, Id};

use super::{
    LimitKind,
    profile::{FTE, Micro, Profile},
};
use crate::{
    Calendar, Note, NoteKind, Priority,
    calendar::{Slot, Timeline},
    input::Input,
};

/// Which of the three efforts is scheduled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort3 {
    Low,
    Likely,
    High,
}

impl Effort3 {
    pub const fn of(self, effort: Effort) -> f64 {
        match self {
            Self::Low => effort.low,
            Self::Likely => effort.likely,
            Self::High => effort.high,
        }
    }
}

/// A role's work on an activity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub role: Option<usize>,
    /// Micro-FTE × slots.
    pub amount: i64,
    /// Most that the activity may use of the role at once.
    pub limit: Micro,
}

/// What holds an activity back whatever the capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Release {
    Roadmap,
    Phase,
    Earliest,
}

/// A date by which an activity should have ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub kind: LimitKind,
    pub date: Date,
    /// One past the last slot of that date.
    pub slot: Slot,
}

/// An initiative in slots.
#[derive(Debug)]
pub(super) struct Activity {
    /// Index into the input's tasks.
    pub task: usize,
    pub effort: Effort,
    /// Share of the effort by role.
    shares: Vec<(Option<usize>, f64)>,
    /// First slot allowed by dates.
    pub release: Slot,
    pub released_by: Release,
    /// (index of an activity, lag in slots).
    pub waits: Vec<(usize, Slot)>,
    pub dues: Vec<Due>,
    /// WSJF in thousandths.
    pub wsjf: Option<i64>,
}

/// The whole problem.
#[derive(Debug)]
pub(super) struct Network {
    pub timeline: Timeline,
    /// In task order.
    pub activities: Vec<Activity>,
    /// By role index.
    pub capacity: Vec<Profile>,
    pub notes: Vec<Note>,
}

/// Above this many person-days of one role, an activity may use two people of it at once.
const LARGE_SHARE_DAYS: f64 = 20.0;

impl Network {
    /// Builds the problem; `scheduled` says which tasks take part (closed under dependencies).
    pub fn new(input: &Input<'_>, priorities: &[Priority], start: Date, scheduled: &[bool]) -> Self {
        let timeline = Calendar::new(&input.contents.engagement.holidays).timeline(start);
        let mut notes = Vec::new();
        let capacity = capacity(input, &timeline, &mut notes);

        let mut index = vec![usize::MAX; input.tasks.len()];
        let taking_part: Vec<usize> = (0..input.tasks.len()).filter(|task| scheduled[*task]).collect();
        taking_part.iter().enumerate().for_each(|(at, task)| index[*task] = at);
        let activities = taking_part
            .iter()
            .filter_map(|at| {
                let task = &input.tasks[*at];
                let phase = task.phase.map(|phase| input.phases[phase]);
                let dates = [
                    (Some(start), Release::Roadmap),
                    (phase.and_then(|phase| phase.starts), Release::Phase),
                    (task.source.earliest_start, Release::Earliest),
                ];
                let slots = dates.into_iter().filter_map(|(date, by)| Some((timeline.slot_on_or_after(date?), by)));
                // Of equally late dates the roadmap's start is named before the phase's, and that before its own.
                let (release, released_by) = slots.rev().max_by_key(|(slot, _)| *slot)?;
                Some(Activity {
                    task: *at,
                    effort: task.effort?,
                    shares: task.shares.iter().map(|part| (part.role, part.share)).collect(),
                    release,
                    released_by,
                    waits: task.waits.iter().map(|wait| (index[wait.on], wait.lag_days.saturating_mul(2))).collect(),
                    dues: dues(input, *at, &timeline),
                    wsjf: priorities[*at].wsjf.map(|wsjf| (wsjf * 1000.0).round() as i64),
                })
            })
            .collect();
        Self { timeline, activities, capacity, notes }
    }

    /// The work of an activity by role. At most one person of a role at once, two when the role has more than one
    /// and the share is above [`LARGE_SHARE_DAYS`].
    pub fn works(&self, activity: usize, which: Effort3) -> Vec<Work> {
        let activity = &self.activities[activity];
        let days = which.of(activity.effort);
        let works = activity.shares.iter().map(|(role, share)| {
            let several = role.is_some_and(|role| self.capacity[role].most() > FTE) && days * share > LARGE_SHARE_DAYS;
            let amount = (days * share * 2.0 * FTE as f64).round() as i64;
            Work { role: *role, amount, limit: if several { 2 * FTE } else { FTE } }
        });
        works.filter(|work| work.amount > 0).collect()
    }

    /// Fewest slots that an activity can take, all roles at its limits.
    pub fn shortest(&self, activity: usize, which: Effort3) -> Slot {
        let works = self.works(activity, which);
        works.iter().map(|work| slots_for(work.amount, work.limit)).max().unwrap_or(0).max(1)
    }
}

/// Slots that an amount of work takes at a rate above zero, rounded up.
pub(super) fn slots_for(amount: i64, rate: Micro) -> Slot {
    Slot::try_from((amount + rate - 1) / rate).unwrap_or(Slot::MAX)
}

fn dues(input: &Input<'_>, task: usize, timeline: &Timeline) -> Vec<Due> {
    let task = &input.tasks[task];
    let due = |kind, date: Option<Date>| date.map(|date| Due { kind, date, slot: timeline.slot_after(date) });
    let mut dues = Vec::new();
    if let Some(phase) = task.phase.map(|phase| input.phases[phase]) {
        dues.extend(due(LimitKind::PhaseEnd { phase: phase.id }, phase.ends));
    }
    dues.extend(due(LimitKind::Deadline, task.source.deadline));
    let milestones = input.contents.milestones.iter().filter(|point| point.initiatives.contains(&task.source.id));
    let mut milestones: Vec<(Option<Date>, Id)> = milestones.map(|point| (point.date, point.id)).collect();
    milestones.sort();
    dues.extend(milestones.into_iter().filter_map(|(date, id)| due(LimitKind::Milestone { milestone: id }, date)));
    dues
}

fn capacity(input: &Input<'_>, timeline: &Timeline, notes: &mut Vec<Note>) -> Vec<Profile> {
    let mut profiles = vec![Profile::zero(); input.roles.len()];
    let mut lines: Vec<_> = input.contents.resources.iter().collect();
    lines.sort_by_key(|line| line.id);
    for line in lines {
        let backwards = line.from.zip(line.to).is_some_and(|(from, to)| from > to);
        if !(line.fte.is_finite() && (0.0..=1000.0).contains(&line.fte) && line.fte > 0.0) || backwards {
            let sentence =
                format!("The resource line \"{}\" gives no capacity: check its FTE and its days.", line.name);
            notes.push(Note { initiative: None, kind: NoteKind::UselessResource { line: line.id }, sentence });
            continue;
        }
        let Some(role) = input.roles.iter().position(|role| role.id == line.role) else { continue };
        let from = line.from.map_or(0, |date| timeline.slot_on_or_after(date));
        let to = line.to.map_or(Slot::MAX, |date| timeline.slot_after(date));
        profiles[role].add(from, to, (line.fte * FTE as f64).round() as Micro);
    }
    profiles
}
