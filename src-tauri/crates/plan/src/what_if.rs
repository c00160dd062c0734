//! "What if only these phases are funded?": risks, levels, findings and money that follow.
//!
//! An initiative is **done** when its phase is funded and everything it waits for is done. One without a phase is
//! funded only when every phase is.
//!
//! - **Risk**: each axis moves from current to residual by the share of the treating initiatives that are done,
//!   weighted by their risk reduction, and is rounded up, so that half a cure never shows as a whole one. When one of
//!   them has no risk-reduction rating, they are counted instead of weighted. A risk that nothing treats stays.
//! - **Level** of an area: the highest lift among what is done, never below the level found.
//! - **Finding** (open gaps only): settled when all initiatives that name it are done, partly settled when some are.
//! - **Cost**: the rows of the funded phases. The row of what has no phase joins as soon as any phase is funded, but
//!   its initiatives only with all phases.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Contents, Exposure, FindingKind, Id, Level, Life, MoneyRange, Rating, Risk, Severity};
use serde::{Deserialize, Serialize};

use crate::{
    Cost, Matrix, PlanError,
    cost::{CostParts, cost},
    input::{Input, thousandths},
    risk::matrix,
    schedule,
};

/// How a risk's share was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RiskBasis {
    /// By risk reduction.
    Weighted,
    /// By number of initiatives, because a rating is missing.
    Counted,
    /// Nothing treats it, or its current or residual exposure is not rated: it stays.
    Unmoved,
}

/// Where a risk ends up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RiskOutcome {
    /// The risk.
    pub risk: Id,
    /// Its number.
    pub number: u32,
    /// As things are.
    pub current: Option<Exposure>,
    /// With what is done.
    pub expected: Option<Exposure>,
    /// Score of `expected`.
    pub score: Option<u8>,
    /// Share of the way from current to residual, 0 to 1.
    pub share: f64,
    /// How the share was computed.
    pub basis: RiskBasis,
}

/// Where an area ends up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AreaOutcome {
    /// The pack's own id.
    pub pack: String,
    /// The area's id within the pack.
    pub area: String,
    /// Level found.
    pub current: Option<Level>,
    /// Level wanted.
    pub target: Option<Level>,
    /// Level with what is done.
    pub expected: Option<Level>,
}

/// What becomes of the open gaps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct FindingOutcome {
    /// All initiatives that name them are done.
    pub settled: u32,
    /// Some are.
    pub partly: u32,
    /// None is.
    pub open: u32,
    /// Of the open ones: no initiative names them at all.
    pub unaddressed: u32,
    /// Not settled (partly or open), by severity.
    pub remaining_by_severity: BTreeMap<Severity, u32>,
}

/// An initiative that is funded but cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct BlockedInitiative {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// What it waits for and is not done.
    pub waits_for: Vec<Id>,
    /// The same in English.
    pub sentence: String,
}

/// What follows from a choice of phases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct WhatIf {
    /// The funded phases, by number.
    pub phases: Vec<Id>,
    /// Initiatives that are done, by number.
    pub done: Vec<Id>,
    /// Funded initiatives that wait for unfunded ones.
    pub blocked: Vec<BlockedInitiative>,
    /// Risks, by number.
    pub risks: Vec<RiskOutcome>,
    /// The matrix of the expected exposures.
    pub matrix: Matrix,
    /// Areas, by pack and area.
    pub areas: Vec<AreaOutcome>,
    /// What becomes of the findings.
    pub findings: FindingOutcome,
    /// Cost of the funded part.
    pub cost: CostParts,
    /// Part of `cost.once` that goes to blocked initiatives.
    pub blocked_once: MoneyRange,
}

/// Computes what follows from funding these phases; ids that are no phase are ignored.
///
/// # Errors
/// [`PlanError::Cycle`] when initiatives wait for each other.
pub fn what_if(contents: &Contents, funded: &[Id]) -> Result<WhatIf, PlanError> {
    let input = Input::read(contents)?;
    let end = schedule(contents)?.and_then(|schedule| schedule.ends);
    Ok(follow(&input, &cost(&input, end).0, funded))
}

/// The same over costs already computed.
pub(crate) fn follow(input: &Input<'_>, costs: &Cost, funded: &[Id]) -> WhatIf {
    let phases: Vec<Id> = input.phases.iter().map(|phase| phase.id).filter(|id| funded.contains(id)).collect();
    let all = !phases.is_empty() && phases.len() == input.phases.len();
    let funded: Vec<bool> = input
        .tasks
        .iter()
        .map(|task| task.phase.map_or(all, |phase| phases.contains(&input.phases[phase].id)))
        .collect();
    let done = done(input, &funded);
    let blocked: Vec<BlockedInitiative> =
        (0..done.len()).filter(|task| funded[*task] && !done[*task]).map(|task| blocked(input, task, &done)).collect();
    let risks = risks(input, &done);
    let expected: BTreeMap<Id, Option<Exposure>> = risks.iter().map(|risk| (risk.risk, risk.expected)).collect();
    let is_blocked: BTreeSet<Id> = blocked.iter().map(|entry| entry.initiative).collect();
    WhatIf {
        done: (0..done.len()).filter(|task| done[*task]).map(|task| input.tasks[task].source.id).collect(),
        matrix: matrix(&input.contents.risks, |risk| expected.get(&risk.id).copied().flatten()),
        areas: areas(input, &done),
        findings: findings(input, &done),
        cost: funded_cost(costs, &phases, all),
        blocked_once: costs
            .initiatives
            .iter()
            .filter(|cost| is_blocked.contains(&cost.initiative))
            .map(|cost| cost.once)
            .sum(),
        phases,
        blocked,
        risks,
    }
}

fn done(input: &Input<'_>, funded: &[bool]) -> Vec<bool> {
    let mut done = funded.to_vec();
    // At most as many rounds as the longest chain of dependencies.
    loop {
        let undone: Vec<usize> = (0..done.len())
            .filter(|task| done[*task] && input.tasks[*task].waits.iter().any(|wait| !done[wait.on]))
            .collect();
        if undone.is_empty() {
            return done;
        }
        undone.into_iter().for_each(|task| done[task] = false);
    }
}

fn blocked(input: &Input<'_>, task: usize, done: &[bool]) -> BlockedInitiative {
    let task = &input.tasks[task];
    let open: Vec<_> = task.waits.iter().filter(|wait| !done[wait.on]).map(|wait| &input.tasks[wait.on]).collect();
    let labels: Vec<&str> = open.iter().map(|first| first.label.as_str()).collect();
    BlockedInitiative {
        initiative: task.source.id,
        number: task.source.number,
        waits_for: open.iter().map(|first| first.source.id).collect(),
        sentence: format!("{} is funded but waits for {}, which will not be done.", task.label, labels.join(", ")),
    }
}

fn risks(input: &Input<'_>, done: &[bool]) -> Vec<RiskOutcome> {
    let mut ordered: Vec<&Risk> = input.contents.risks.iter().collect();
    ordered.sort_by_key(|risk| (risk.number, risk.id));
    ordered
        .into_iter()
        .map(|risk| {
            let treating: Vec<usize> =
                (0..done.len()).filter(|task| input.tasks[*task].source.risks.contains(&risk.id)).collect();
            let weight = |task: usize| input.tasks[task].source.risk_reduction.map(Rating::get);
            let weighted = treating.iter().all(|task| weight(*task).is_some());
            let of = |task: usize| if weighted { i64::from(weight(task).unwrap_or_default()) } else { 1 };
            let whole: i64 = treating.iter().map(|task| of(*task)).sum();
            let part: i64 = treating.iter().filter(|task| done[**task]).map(|task| of(*task)).sum();
            let (expected, basis) = match (risk.current, risk.residual) {
                (Some(current), Some(residual)) if whole > 0 => {
                    let basis = if weighted { RiskBasis::Weighted } else { RiskBasis::Counted };
                    (Some(between(current, residual, part, whole)), basis)
                }
                _ => (risk.current, RiskBasis::Unmoved),
            };
            RiskOutcome {
                risk: risk.id,
                number: risk.number,
                current: risk.current,
                expected,
                score: expected.map(Exposure::score),
                share: if whole > 0 { thousandths(part as f64 / whole as f64) } else { 0.0 },
                basis,
            }
        })
        .collect()
}

/// `part / whole` of the way, each axis rounded up.
fn between(current: Exposure, residual: Exposure, part: i64, whole: i64) -> Exposure {
    let axis = |from: Rating, to: Rating| {
        let (from, to) = (i64::from(from.get()), i64::from(to.get()));
        // All positive, so that adding `whole - 1` before dividing rounds up.
        let scaled = from * (whole - part) + to * part;
        Rating::clamped((scaled + whole - 1) / whole)
    };
    Exposure {
        likelihood: axis(current.likelihood, residual.likelihood),
        impact: axis(current.impact, residual.impact),
    }
}

fn areas(input: &Input<'_>, done: &[bool]) -> Vec<AreaOutcome> {
    let mut areas: BTreeMap<(String, String), AreaOutcome> = BTreeMap::new();
    let blank = |pack: &str, area: &str| AreaOutcome {
        pack: pack.to_owned(),
        area: area.to_owned(),
        current: None,
        target: None,
        expected: None,
    };
    for found in &input.contents.assessments {
        let key = (found.pack.clone(), found.area.clone());
        let entry = areas.entry(key).or_insert_with(|| blank(&found.pack, &found.area));
        // Two assessments of one area are an inconsistency; the lower level is the careful reading.
        entry.current =
            entry.current.map_or(found.level, |level| Some(found.level.map_or(level, |other| level.min(other))));
        entry.target = entry.target.max(found.target);
        entry.expected = entry.current;
    }
    for (task, done) in input.tasks.iter().zip(done) {
        for lift in &task.source.lifts {
            let key = (lift.pack.clone(), lift.area.clone());
            let entry = areas.entry(key).or_insert_with(|| blank(&lift.pack, &lift.area));
            if *done {
                entry.expected = entry.expected.max(Some(lift.level));
            }
        }
    }
    areas.into_values().collect()
}

fn findings(input: &Input<'_>, done: &[bool]) -> FindingOutcome {
    let mut outcome = FindingOutcome::default();
    let open =
        input.contents.findings.iter().filter(|finding| {
            finding.kind == FindingKind::Gap && matches!(finding.life, Life::Open | Life::PartlyFixed)
        });
    for finding in open {
        let naming: Vec<bool> = input
            .tasks
            .iter()
            .zip(done)
            .filter(|(task, _)| task.source.findings.contains(&finding.id))
            .map(|(_, done)| *done)
            .collect();
        let settled = !naming.is_empty() && naming.iter().all(|done| *done);
        if settled {
            outcome.settled += 1;
            continue;
        }
        *outcome.remaining_by_severity.entry(finding.severity).or_default() += 1;
        if naming.contains(&true) {
            outcome.partly += 1;
        } else {
            outcome.open += 1;
            outcome.unaddressed += u32::from(naming.is_empty());
        }
    }
    outcome
}

fn funded_cost(costs: &Cost, phases: &[Id], all: bool) -> CostParts {
    let mut sum = CostParts::sum(
        costs.phases.iter().filter(|row| row.phase.is_some_and(|phase| phases.contains(&phase))).map(|row| &row.parts),
    );
    let shared = costs.phases.iter().find(|row| row.phase.is_none()).filter(|_| !phases.is_empty());
    if let Some(shared) = shared {
        // A line whose phase does not exist is in the same row as one without a phase.
        let known =
            |phase: Option<Id>| phase.is_some_and(|phase| costs.phases.iter().any(|row| row.phase == Some(phase)));
        let yearly = costs.budget.iter().filter(|line| !known(line.phase)).map(|line| line.yearly).sum();
        let lines = shared.parts.of_lines_only(yearly, costs.contingency_percent);
        sum = CostParts::sum([&sum, if all { &shared.parts } else { &lines }]);
    }
    sum
}
