//! The quick-win rule: small, worth it, alone, reversible, one person's job.
//!
//! All five criteria must hold; a missing input is never taken as fulfilled.

use std::collections::BTreeSet;

use groma_model::{Contents, Id, Initiative};
use serde::{Deserialize, Serialize};

use crate::{HIGH_IMPACT, LOW_EFFORT_DAYS, input::label, input::usable_effort};

/// A criterion of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "QuickWinRule")]
pub enum Rule {
    /// Likely effort of at most [`LOW_EFFORT_DAYS`] person-days.
    Effort,
    /// Impact of at least [`HIGH_IMPACT`] of 5.
    Impact,
    /// Waits for no other initiative.
    Dependencies,
    /// Can be taken back without loss.
    Reversible,
    /// One role does it alone.
    OneRole,
}

/// What decided a criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CriterionReason {
    /// The likely effort against the limit.
    EffortDays {
        /// Likely person-days.
        days: f64,
        /// Most that a quick win may take.
        limit: f64,
    },
    /// The impact against the limit.
    Impact {
        /// Impact, 1 to 5.
        impact: u8,
        /// Least that a quick win must have.
        limit: u8,
    },
    /// Effort or impact are not estimated.
    NotEstimated,
    /// Waits for nothing.
    WaitsForNothing,
    /// Waits for these initiatives.
    WaitsFor {
        /// How they are shown; an initiative that does not exist is shown by its id.
        labels: Vec<String>,
    },
    /// Declared reversible.
    Reversible,
    /// Not declared reversible.
    NotReversible,
    /// Number of roles that take part.
    Roles {
        /// How many.
        count: u32,
    },
}

/// A criterion with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Criterion {
    /// Which criterion.
    pub rule: Rule,
    /// Whether it holds.
    pub met: bool,
    /// What decided.
    pub reason: CriterionReason,
    /// The reason in English.
    pub sentence: String,
}

/// Whether an initiative is a quick win, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuickWin {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Whether all criteria hold.
    pub quick_win: bool,
    /// The five criteria, in the order of [`Rule`].
    pub criteria: Vec<Criterion>,
}

/// Applies the rule to all initiatives, ordered by number, then id.
#[must_use]
pub fn quick_wins(contents: &Contents) -> Vec<QuickWin> {
    let mut sources: Vec<&Initiative> = contents.initiatives.iter().collect();
    sources.sort_by_key(|initiative| (initiative.number, initiative.id));
    sources
        .into_iter()
        .map(|initiative| {
            let criteria = vec![
                effort(initiative),
                impact(initiative),
                dependencies(initiative, contents),
                reversible(initiative),
                one_role(initiative),
            ];
            QuickWin {
                initiative: initiative.id,
                number: initiative.number,
                quick_win: criteria.iter().all(|criterion| criterion.met),
                criteria,
            }
        })
        .collect()
}

fn effort(initiative: &Initiative) -> Criterion {
    let limit = LOW_EFFORT_DAYS;
    match usable_effort(initiative).map(|effort| effort.likely) {
        Some(days) => {
            let met = days <= limit;
            let against = if met { "within" } else { "more than" };
            let sentence = format!("{days} person-days is {against} the limit of {limit}.");
            Criterion { rule: Rule::Effort, met, reason: CriterionReason::EffortDays { days, limit }, sentence }
        }
        None => not_estimated(Rule::Effort, "The effort is not estimated."),
    }
}

fn impact(initiative: &Initiative) -> Criterion {
    let limit = HIGH_IMPACT;
    match initiative.impact.map(groma_model::Rating::get) {
        Some(impact) => {
            let met = impact >= limit;
            let against = if met { "reaches" } else { "is below" };
            let sentence = format!("An impact of {impact} {against} the least of {limit}.");
            Criterion { rule: Rule::Impact, met, reason: CriterionReason::Impact { impact, limit }, sentence }
        }
        None => not_estimated(Rule::Impact, "The impact is not rated."),
    }
}

fn not_estimated(rule: Rule, sentence: &str) -> Criterion {
    Criterion { rule, met: false, reason: CriterionReason::NotEstimated, sentence: sentence.to_owned() }
}

fn dependencies(initiative: &Initiative, contents: &Contents) -> Criterion {
    let ids: BTreeSet<Id> = initiative.depends_on.iter().map(|dependency| dependency.on).collect();
    let mut first: Vec<(u32, String)> = ids
        .into_iter()
        .map(|id| match contents.initiatives.iter().find(|other| other.id == id) {
            Some(other) => (other.number, label(other)),
            None => (u32::MAX, id.to_string()),
        })
        .collect();
    first.sort();
    let labels: Vec<String> = first.into_iter().map(|(_, label)| label).collect();
    let met = labels.is_empty();
    let (reason, sentence) = if met {
        (CriterionReason::WaitsForNothing, "It waits for no other initiative.".to_owned())
    } else {
        let sentence = format!("It waits for {}.", labels.join(", "));
        (CriterionReason::WaitsFor { labels }, sentence)
    };
    Criterion { rule: Rule::Dependencies, met, reason, sentence }
}

fn reversible(initiative: &Initiative) -> Criterion {
    let met = initiative.reversible;
    let (reason, sentence) = if met {
        (CriterionReason::Reversible, "It can be taken back without loss.")
    } else {
        (CriterionReason::NotReversible, "It cannot be taken back without loss.")
    };
    Criterion { rule: Rule::Reversible, met, reason, sentence: sentence.to_owned() }
}

fn one_role(initiative: &Initiative) -> Criterion {
    let roles: BTreeSet<Id> = initiative.roles.iter().filter(|part| part.share > 0.0).map(|part| part.role).collect();
    let count = roles.len() as u32;
    let sentence = match count {
        0 => "Nobody is named to do it.".to_owned(),
        1 => "One role does it alone.".to_owned(),
        _ => format!("{count} roles must work together."),
    };
    Criterion { rule: Rule::OneRole, met: count == 1, reason: CriterionReason::Roles { count }, sentence }
}
