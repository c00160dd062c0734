//! The planning inputs in one canonical order, checked; every other module starts from here.

use std::collections::BTreeMap;

use groma_model::limits::MOST_EFFORT_DAYS;
use groma_model::{Contents, Date, Effort, Id, Initiative, Money, MoneyRange, Phase, Role};

use crate::{Note, NoteKind, PlanError};

/// A role's part of an initiative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    /// Index into [`Input::roles`]; none when nobody known does it.
    pub role: Option<usize>,
    /// Share of the effort, above 0.
    pub share: f64,
}

/// A dependency on another task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wait {
    /// Index into [`Input::tasks`].
    pub on: usize,
    /// Working days between its end and the start of the one that waits.
    pub lag_days: u32,
}

/// An initiative, checked.
#[derive(Debug)]
pub(crate) struct Task<'a> {
    pub source: &'a Initiative,
    /// `I-003`, or the quoted title while it has no number.
    pub label: String,
    /// Person-days with low ≤ likely ≤ high and likely > 0.
    pub effort: Option<Effort>,
    /// Each role once, in the roles' order.
    pub shares: Vec<Share>,
    /// Each predecessor once, in task order.
    pub waits: Vec<Wait>,
    /// Index into [`Input::phases`].
    pub phase: Option<usize>,
}

/// Initiatives, phases and roles in canonical order.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub contents: &'a Contents,
    /// By number, then id.
    pub tasks: Vec<Task<'a>>,
    /// By number, then id.
    pub phases: Vec<&'a Phase>,
    /// By rank, then name, then id.
    pub roles: Vec<&'a Role>,
    pub notes: Vec<Note>,
}

impl<'a> Input<'a> {
    /// Reads the contents; fails only when initiatives wait for each other.
    pub fn read(contents: &'a Contents) -> Result<Self, PlanError> {
        let mut phases: Vec<&Phase> = contents.phases.iter().collect();
        phases.sort_by_key(|phase| (phase.number, phase.id));
        let mut roles: Vec<&Role> = contents.roles.iter().collect();
        roles.sort_by(|a, b| a.rank.total_cmp(&b.rank).then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id))));
        let mut sources: Vec<&Initiative> = contents.initiatives.iter().collect();
        sources.sort_by_key(|initiative| (initiative.number, initiative.id));
        let by_id: BTreeMap<Id, usize> = sources.iter().enumerate().map(|(at, source)| (source.id, at)).collect();

        let mut notes = Vec::new();
        let tasks = sources
            .iter()
            .map(|source| {
                let label = label(source);
                let mut note = |kind, text: &str| {
                    notes.push(Note { initiative: Some(source.id), kind, sentence: format!("{label} {text}.") })
                };
                let effort = checked_effort(source, &mut note);
                let shares = checked_shares(source, &roles, &mut note);
                let waits = checked_waits(source, &by_id, &mut note);
                let phase = source.phase.and_then(|id| {
                    let found = phases.iter().position(|phase| phase.id == id);
                    if found.is_none() {
                        note(NoteKind::UnknownPhase, "is in a phase that does not exist");
                    }
                    found
                });
                Task { source, label, effort, shares, waits, phase }
            })
            .collect();
        let input = Self { contents, tasks, phases, roles, notes };
        input.refuse_cycles()?;
        Ok(input)
    }

    /// Index of a phase.
    pub fn phase(&self, id: Option<Id>) -> Option<usize> {
        id.and_then(|id| self.phases.iter().position(|phase| phase.id == id))
    }

    /// First day of the roadmap: as declared, else the earliest phase's.
    pub fn start(&self) -> Option<Date> {
        self.contents.engagement.roadmap_start.or_else(|| self.phases.iter().filter_map(|phase| phase.starts).min())
    }

    fn refuse_cycles(&self) -> Result<(), PlanError> {
        // Depth first without recursion; `path` is the chain from the root to the task being looked at.
        let mut done = vec![false; self.tasks.len()];
        for root in 0..self.tasks.len() {
            let mut path: Vec<(usize, usize)> = if done[root] { Vec::new() } else { vec![(root, 0)] };
            while let Some((task, next)) = path.pop() {
                let Some(wait) = self.tasks[task].waits.get(next) else {
                    done[task] = true;
                    continue;
                };
                path.push((task, next + 1));
                if let Some(from) = path.iter().position(|(open, _)| *open == wait.on) {
                    let circle: Vec<usize> = path[from..].iter().map(|(task, _)| *task).collect();
                    let mut labels: Vec<String> = circle.iter().map(|task| self.tasks[*task].label.clone()).collect();
                    labels.push(self.tasks[wait.on].label.clone());
                    let initiatives = circle.iter().map(|task| self.tasks[*task].source.id).collect();
                    return Err(PlanError::Cycle { initiatives, labels });
                }
                if !done[wait.on] {
                    path.push((wait.on, 0));
                }
            }
        }
        Ok(())
    }
}

/// How an initiative is called in a sentence.
pub(crate) fn label(initiative: &Initiative) -> String {
    match initiative.number {
        0 => format!("\"{}\"", initiative.title),
        number => format!("I-{number:03}"),
    }
}

/// The effort when it can be planned with: a likely effort above zero; low and high widened to hold it.
pub(crate) fn usable_effort(initiative: &Initiative) -> Option<Effort> {
    let usable = |days: f64| days.is_finite() && (0.0..=MOST_EFFORT_DAYS).contains(&days);
    let Effort { low, likely, high } = initiative.effort?;
    if !usable(low) || !usable(high) || !usable(likely) || likely == 0.0 {
        return None;
    }
    Some(Effort { low: low.min(likely), likely, high: high.max(likely) })
}

/// The range widened so that low ≤ likely ≤ high, and whether that was necessary.
pub(crate) fn ordered(range: MoneyRange) -> (MoneyRange, bool) {
    let MoneyRange { low, likely, high } = range;
    let widened = MoneyRange { low: low.min(likely), likely, high: high.max(likely) };
    (widened, widened != range)
}

/// Rounded to three decimals: enough for people, and what is written as text is read back as the same number.
pub(crate) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// One amount less another.
pub(crate) fn minus(from: Money, amount: Money) -> Money {
    Money(from.0.saturating_sub(amount.0))
}

fn checked_effort(source: &Initiative, note: &mut impl FnMut(NoteKind, &str)) -> Option<Effort> {
    let effort = usable_effort(source);
    match effort {
        None => note(NoteKind::NoEffort, "has no usable effort estimate, so it is neither scheduled nor costed"),
        Some(_) if effort != source.effort => {
            note(NoteKind::EffortOutOfOrder, "has an effort range that does not hold its likely effort");
        }
        Some(_) => {}
    }
    effort
}

fn checked_shares(source: &Initiative, roles: &[&Role], note: &mut impl FnMut(NoteKind, &str)) -> Vec<Share> {
    let mut by_role: BTreeMap<Option<usize>, f64> = BTreeMap::new();
    let mut sum = 0.0;
    for part in &source.roles {
        sum += part.share;
        if !(part.share > 0.0 && part.share <= 1.0) {
            continue;
        }
        let role = roles.iter().position(|role| role.id == part.role);
        if role.is_none() {
            note(NoteKind::UnknownRole, "names a role that does not exist");
        }
        *by_role.entry(role).or_default() += part.share;
    }
    if by_role.is_empty() {
        note(NoteKind::NoRole, "names nobody who does it");
        return vec![Share { role: None, share: 1.0 }];
    }
    if sum.is_nan() || (sum - 1.0).abs() > 0.005 {
        note(NoteKind::SharesDoNotSumToOne { sum: thousandths(sum) }, "has role shares that do not sum to 1");
    }
    by_role.into_iter().map(|(role, share)| Share { role, share }).collect()
}

fn checked_waits(source: &Initiative, by_id: &BTreeMap<Id, usize>, note: &mut impl FnMut(NoteKind, &str)) -> Vec<Wait> {
    let mut longest: BTreeMap<usize, u32> = BTreeMap::new();
    for dependency in &source.depends_on {
        match by_id.get(&dependency.on) {
            Some(on) => {
                let lag = longest.entry(*on).or_default();
                *lag = dependency.lag_days.max(*lag);
            }
            None => note(NoteKind::UnknownDependency, "waits for an initiative that does not exist"),
        }
    }
    longest.into_iter().map(|(on, lag_days)| Wait { on, lag_days }).collect()
}
