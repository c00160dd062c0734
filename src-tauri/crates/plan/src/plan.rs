//! Everything at once, as the report reads it.

use groma_model::{Contents, Id};
use serde::{Deserialize, Serialize};

use crate::{
    Cost, HorizonBucket, Note, NoteKind, PlanError, Priority, QuickWin, RiskView, Schedule, WhatIf, cost::cost,
    horizon::horizons, input::Input, priorities, quick_wins, risk_view, schedule, what_if::follow,
};

/// The plan of an engagement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Plan {
    /// Priority of each initiative, by number.
    pub priorities: Vec<Priority>,
    /// The quick-win rule applied to each initiative, by number.
    pub quick_wins: Vec<QuickWin>,
    /// The schedule; none without a first day.
    pub schedule: Option<Schedule>,
    /// 30, 60, 90 days and later; empty without a schedule.
    pub horizons: Vec<HorizonBucket>,
    /// Costs.
    pub cost: Cost,
    /// Risk matrices and ranking.
    pub risks: RiskView,
    /// What follows from funding nothing, the first phase, the first two, … all of them.
    pub scenarios: Vec<WhatIf>,
    /// What the inputs lack or contradict.
    pub notes: Vec<Note>,
}

/// Computes the plan.
///
/// # Errors
/// [`PlanError::Cycle`] when initiatives wait for each other.
pub fn plan(contents: &Contents) -> Result<Plan, PlanError> {
    let input = Input::read(contents)?;
    let mut notes = input.notes.clone();
    let priorities = priorities(contents);
    let built = schedule::build(&input, &priorities);
    let (schedule, more) = built.map_or((None, Vec::new()), |(schedule, notes)| (Some(schedule), notes));
    notes.extend(more);
    notes.extend(start_note(contents, &input));
    let (horizons, more) = schedule.as_ref().map(|schedule| horizons(contents, schedule)).unwrap_or_default();
    notes.extend(more);
    let (cost, more) = cost(&input, schedule.as_ref().and_then(|schedule| schedule.ends));
    notes.extend(more);
    let phases: Vec<Id> = input.phases.iter().map(|phase| phase.id).collect();
    let scenarios = (0..=phases.len()).map(|funded| follow(&input, &cost, &phases[..funded])).collect();
    Ok(Plan {
        quick_wins: quick_wins(contents),
        risks: risk_view(&contents.risks),
        priorities,
        schedule,
        horizons,
        cost,
        scenarios,
        notes,
    })
}

fn start_note(contents: &Contents, input: &Input<'_>) -> Option<Note> {
    if contents.engagement.roadmap_start.is_some() || contents.initiatives.is_empty() {
        return None;
    }
    let (kind, sentence) = match input.start() {
        Some(date) => {
            let sentence = format!("The roadmap has no first day; the earliest phase's, {date}, stands for it.");
            (NoteKind::StartFromPhase { date }, sentence)
        }
        None => (NoteKind::NoStart, "The roadmap has no first day, so nothing is scheduled.".to_owned()),
    };
    Some(Note { initiative: None, kind, sentence })
}
