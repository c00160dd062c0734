//! Which initiative first: quadrant, WSJF and RICE as views on the same inputs.
//!
//! - **Quadrant**: impact ≥ [`HIGH_IMPACT`] is high, likely effort ≤ [`LOW_EFFORT_DAYS`] is low. The thresholds are
//!   those of the quick-win rule, so that whatever the rule calls a quick win lies in the quadrant of that name.
//! - **WSJF** (weighted shortest job first, from the Scaled Agile Framework): cost of delay ÷ job size, with cost of
//!   delay = business value + time criticality + risk reduction (each 1 to 5, so 3 to 15) and job size = likely
//!   person-days ÷ 5, that is person-weeks. The framework's 1-2-3-5-8-13-20 scale is for sizes that are guessed
//!   relative to each other; here person-days are known, and rounding them to steps would only make ties.
//! - **RICE** (Intercom): reach × impact × confidence ÷ effort, with reach in percent of users, requests or revenue
//!   (0 to 100), impact on Intercom's scale (1…5 → 0.25, 0.5, 1, 2, 3), confidence as a fraction and effort in
//!   person-months of 20 days.
//! - **Rank**: by WSJF, descending; ties by cost of delay (higher first), then number.
//! - **Sensitivity**: the best and the worst rank when this initiative's own effort is 30 % lower or higher while
//!   all others stay.
//!
//! WSJF and RICE are rounded to three decimals, and ranks compare the rounded values: what is printed is what ranks.

use std::cmp::Reverse;

use groma_model::{Contents, Id, Initiative, Rating};
use serde::{Deserialize, Serialize};

use crate::input::{thousandths, usable_effort};

/// From this impact on it is high.
pub const HIGH_IMPACT: u8 = 3;
/// Up to this likely effort, in person-days, it is low.
pub const LOW_EFFORT_DAYS: f64 = 5.0;
/// How far an effort estimate is taken to be off, as a fraction.
pub const SENSITIVITY: f64 = 0.3;

const DAYS_A_WEEK: f64 = 5.0;
const DAYS_A_MONTH: f64 = 20.0;

/// The four corners of impact × effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// High impact, low effort.
    QuickWin,
    /// High impact, high effort.
    MajorProject,
    /// Low impact, low effort.
    FillIn,
    /// Low impact, high effort.
    Thankless,
}

/// An input of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PriorityInput {
    /// Likely effort, person-days.
    Effort,
    /// Impact, 1 to 5.
    Impact,
    /// Confidence, 0 to 100 percent.
    ConfidencePercent,
    /// Business value, 1 to 5.
    BusinessValue,
    /// Time criticality, 1 to 5.
    TimeCriticality,
    /// Risk reduction, 1 to 5.
    RiskReduction,
    /// Reach, 0 to 100 percent.
    ReachPercent,
}

/// A view on the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Impact × effort.
    Quadrant,
    /// Weighted shortest job first.
    Wsjf,
    /// Reach, impact, confidence, effort.
    Rice,
}

/// An input that is missing or outside its scale, and what cannot be computed without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Lack {
    /// The input.
    pub input: PriorityInput,
    /// The views that stay empty.
    pub views: Vec<View>,
}

/// Best and worst rank under the sensitivity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RankRange {
    /// With the effort 30 % lower.
    pub best: u32,
    /// With the effort 30 % higher.
    pub worst: u32,
}

/// The priority of an initiative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "PriorityScore")]
pub struct Priority {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Likely effort, person-days.
    pub effort_days: Option<f64>,
    /// Impact, 1 to 5.
    pub impact: Option<Rating>,
    /// Corner of impact × effort.
    pub quadrant: Option<Quadrant>,
    /// Business value + time criticality + risk reduction, 3 to 15.
    pub cost_of_delay: Option<u8>,
    /// Likely effort in person-weeks.
    pub job_size: Option<f64>,
    /// Cost of delay ÷ job size, three decimals.
    pub wsjf: Option<f64>,
    /// Reach × impact × confidence ÷ effort, three decimals.
    pub rice: Option<f64>,
    /// Place by WSJF, 1 first; none without a WSJF.
    pub rank: Option<u32>,
    /// How the rank moves when the effort is 30 % off.
    pub rank_range: Option<RankRange>,
    /// What is missing for the views that stayed empty.
    pub lacks: Vec<Lack>,
}

/// Computes the priorities, ordered by number, then id.
#[must_use]
pub fn priorities(contents: &Contents) -> Vec<Priority> {
    let mut sources: Vec<&Initiative> = contents.initiatives.iter().collect();
    sources.sort_by_key(|initiative| (initiative.number, initiative.id));
    let mut all: Vec<Priority> = sources.into_iter().map(unranked).collect();

    let keys: Vec<Option<Key>> = all.iter().map(|priority| key(priority, 1.0)).collect();
    let place = |own: usize, as_if: Key| {
        let ahead =
            keys.iter().enumerate().filter(|(at, other)| *at != own && other.is_some_and(|other| other < as_if));
        ahead.count() as u32 + 1
    };
    for (at, priority) in all.iter_mut().enumerate() {
        let at_factor = |factor| key(priority, factor).map(|key| place(at, key));
        let (rank, best, worst) = (at_factor(1.0), at_factor(1.0 - SENSITIVITY), at_factor(1.0 + SENSITIVITY));
        priority.rank = rank;
        priority.rank_range = best.zip(worst).map(|(best, worst)| RankRange { best, worst });
    }
    all
}

/// WSJF in thousandths (higher first), cost of delay (higher first), number, id.
type Key = (Reverse<i64>, Reverse<u8>, u32, Id);

fn key(priority: &Priority, effort_factor: f64) -> Option<Key> {
    let (delay, size) = priority.cost_of_delay.zip(priority.job_size)?;
    let thousandths = (f64::from(delay) / (size * effort_factor) * 1000.0).round() as i64;
    Some((Reverse(thousandths), Reverse(delay), priority.number, priority.initiative))
}

fn unranked(initiative: &Initiative) -> Priority {
    let effort = usable_effort(initiative).map(|effort| effort.likely);
    let percent = |value: Option<f64>| value.filter(|percent| (0.0..=100.0).contains(percent));
    let (confidence, reach) = (percent(initiative.confidence_percent), percent(initiative.reach_percent));
    let rating = |value: Option<Rating>| value.map(Rating::get);

    let cost_of_delay = rating(initiative.business_value)
        .zip(rating(initiative.time_criticality))
        .zip(rating(initiative.risk_reduction))
        .map(|((value, urgency), risk)| value + urgency + risk);
    let job_size = effort.map(|days| thousandths(days / DAYS_A_WEEK).max(0.001));
    let quadrant = initiative.impact.zip(effort).map(|(impact, days)| quadrant(impact, days));
    let rice = reach.zip(initiative.impact).zip(confidence).zip(effort).map(|(((reach, impact), confidence), days)| {
        thousandths(reach * rice_impact(impact) * (confidence / 100.0) / (days / DAYS_A_MONTH))
    });

    use View::{Quadrant as Q, Rice, Wsjf};
    let needs: [(PriorityInput, bool, &[View]); 7] = [
        (PriorityInput::Effort, effort.is_some(), &[Q, Wsjf, Rice]),
        (PriorityInput::Impact, initiative.impact.is_some(), &[Q, Rice]),
        (PriorityInput::ConfidencePercent, confidence.is_some(), &[Rice]),
        (PriorityInput::BusinessValue, initiative.business_value.is_some(), &[Wsjf]),
        (PriorityInput::TimeCriticality, initiative.time_criticality.is_some(), &[Wsjf]),
        (PriorityInput::RiskReduction, initiative.risk_reduction.is_some(), &[Wsjf]),
        (PriorityInput::ReachPercent, reach.is_some(), &[Rice]),
    ];
    let lacks = needs.into_iter().filter(|(_, there, _)| !there);
    Priority {
        initiative: initiative.id,
        number: initiative.number,
        effort_days: effort,
        impact: initiative.impact,
        quadrant,
        cost_of_delay,
        job_size,
        wsjf: cost_of_delay.zip(job_size).map(|(delay, size)| thousandths(f64::from(delay) / size)),
        rice,
        rank: None,
        rank_range: None,
        lacks: lacks.map(|(input, _, views)| Lack { input, views: views.to_vec() }).collect(),
    }
}

fn quadrant(impact: Rating, effort_days: f64) -> Quadrant {
    match (impact.get() >= HIGH_IMPACT, effort_days <= LOW_EFFORT_DAYS) {
        (true, true) => Quadrant::QuickWin,
        (true, false) => Quadrant::MajorProject,
        (false, true) => Quadrant::FillIn,
        (false, false) => Quadrant::Thankless,
    }
}

/// Intercom's impact multipliers: minimal, low, medium, high, massive.
const fn rice_impact(impact: Rating) -> f64 {
    match impact.get() {
        1 => 0.25,
        2 => 0.5,
        3 => 1.0,
        4 => 2.0,
        _ => 3.0,
    }
}
