//! A pack's starting points as editable objects, in one undoable step.

use groma_model::{
    BudgetLine, Date, Exposure, KeyResult, Phase, ResourceLine, Risk, Role, SuccessMetric, TrainingNeed,
};
use groma_pack::{Pack, PhaseSuggestion, Suggestions};
use groma_store::{Changes, Op, Read, StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, scored};

/// Takes over a pack's starting points, in the report's language where the pack has them in it; kinds that the engagement already has some of are left alone.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Suggest {
    /// The pack; the first that suggests something when not given.
    pub pack: String,
}

/// What was taken over.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SuggestReply {
    /// The pack.
    pub pack: String,
    /// What changed.
    pub changes: Changes,
}

impl Verb for Suggest {
    type Reply = SuggestReply;

    fn run(self, app: &mut App) -> Result<SuggestReply, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let fits = |pack: &&Pack| {
            if self.pack.is_empty() { pack.suggestions != Suggestions::default() } else { pack.id == self.pack }
        };
        let Some(pack) = packs.iter().find(fits) else {
            return Err(AppError::not_found("no pack of this engagement has starting points").field("pack"));
        };
        let ((), changes) = store.transact(Op::ApplySuggestions, &author, |tx| {
            take_over(tx, pack.suggestions_in(&contents.engagement.language))
        })?;
        Ok(SuggestReply { pack: pack.id.clone(), changes })
    }
}

fn take_over(tx: &mut Tx<'_>, from: &Suggestions) -> Result<(), StoreError> {
    let start = tx.engagement()?.roadmap_start;
    if tx.list::<Phase>()?.is_empty() {
        for phase in &from.phases {
            tx.insert(phase_of(phase, start))?;
        }
    }
    if tx.list::<Role>()?.is_empty() {
        for (rank, role) in from.team.iter().enumerate() {
            let role_id = tx
                .insert(Role {
                    rank: rank as f64,
                    name: role.role.clone(),
                    seniority: role.seniority.clone(),
                    skills: role.skills.clone(),
                    ..Role::default()
                })?
                .id;
            tx.insert(ResourceLine {
                role: role_id,
                fte: role.fte,
                from: start,
                to: start.and_then(|start| months_later(start, role.months.ceil() as i32)),
                ..ResourceLine::default()
            })?;
        }
    }
    if tx.list::<BudgetLine>()?.is_empty() {
        for (rank, line) in from.budget.iter().enumerate() {
            tx.insert(BudgetLine {
                rank: rank as f64,
                category: line.category.clone(),
                title: line.category.clone(),
                note: line.note.clone(),
                ..BudgetLine::default()
            })?;
        }
    }
    if tx.list::<TrainingNeed>()?.is_empty() {
        for (rank, training) in from.trainings.iter().enumerate() {
            tx.insert(TrainingNeed {
                rank: rank as f64,
                title: training.title.clone(),
                audience: training.audience.clone(),
                days: training.days,
                ..TrainingNeed::default()
            })?;
        }
    }
    goals(tx, from)?;
    if tx.list::<Risk>()?.is_empty() {
        for (rank, risk) in from.risks.iter().enumerate() {
            let exposure = risk.likelihood.zip(risk.impact);
            tx.insert(Risk {
                rank: rank as f64,
                title: risk.title.clone(),
                scenario: risk.scenario.clone(),
                category: risk.category.unwrap_or_default(),
                current: exposure.map(|(likelihood, impact)| Exposure { likelihood, impact }),
                mitigation: risk.mitigation.clone(),
                ..Risk::default()
            })?;
        }
    }
    Ok(())
}

fn goals(tx: &mut Tx<'_>, from: &Suggestions) -> Result<(), StoreError> {
    if tx.list::<SuccessMetric>()?.is_empty() {
        for (rank, metric) in from.metrics.iter().enumerate() {
            tx.insert(SuccessMetric {
                rank: rank as f64,
                name: metric.name.clone(),
                current: metric.current.clone(),
                target: metric.target.clone(),
                by: metric.by.clone(),
                method: metric.method.clone(),
                ..SuccessMetric::default()
            })?;
        }
    }
    if tx.list::<KeyResult>()?.is_empty() {
        let metrics = tx.list::<SuccessMetric>()?;
        for (rank, result) in from.key_results.iter().enumerate() {
            let named = metrics.iter().filter(|metric| result.metrics.contains(&metric.name));
            tx.insert(KeyResult {
                rank: rank as f64,
                title: result.title.clone(),
                metrics: named.map(|metric| metric.id).collect(),
                ..KeyResult::default()
            })?;
        }
    }
    Ok(())
}

fn phase_of(phase: &PhaseSuggestion, start: Option<Date>) -> Phase {
    let actions: String = phase.actions.iter().map(|action| format!("- {action}\n")).collect();
    let month = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    Phase {
        number: phase.number,
        name: phase.name.clone(),
        starts: start.and_then(|start| start.checked_add(jiff::Span::new().months(month(phase.from_month) - 1)).ok()),
        ends: start.and_then(|start| months_later(start, month(phase.to_month))),
        objective: format!("{}\n\n{actions}", phase.objective).trim().to_owned(),
        outcome: phase.outcome.clone(),
        exit_criteria: phase.exit_criteria.clone(),
        ..Phase::default()
    }
}

/// The day before the same day, so many months later.
fn months_later(start: Date, months: i32) -> Option<Date> {
    start.checked_add(jiff::Span::new().months(months)).ok()?.yesterday().ok()
}
