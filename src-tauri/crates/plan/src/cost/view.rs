//! The costs as the report reads them.

use groma_model::{Date, Effort, Id, Money, MoneyRange};
use serde::{Deserialize, Serialize};

use super::plus;

/// A role's part in an initiative's work cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RoleCost {
    /// The role; none when nobody known does it.
    pub role: Option<Id>,
    /// The role's name.
    pub name: String,
    /// Person-days of this role.
    pub days: Effort,
    /// Price of a person-day; none when nobody knows it.
    pub day_rate: Option<Money>,
    /// Days × rate.
    pub cost: MoneyRange,
}

/// What an initiative costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct InitiativeCost {
    /// The initiative.
    pub initiative: Id,
    /// Its number.
    pub number: u32,
    /// Its phase.
    pub phase: Option<Id>,
    /// Effort; none when it is not estimated.
    pub effort: Option<Effort>,
    /// Work by role.
    pub roles: Vec<RoleCost>,
    /// Sum of `roles`.
    pub work: MoneyRange,
    /// Money besides work, once.
    pub build: MoneyRange,
    /// Work + build.
    pub once: MoneyRange,
    /// Money each year.
    pub yearly: MoneyRange,
}

/// A budget line as it enters the totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct BudgetCost {
    /// The line.
    pub line: Id,
    /// What it is for.
    pub title: String,
    /// The phase that pays.
    pub phase: Option<Id>,
    /// Once.
    pub once: MoneyRange,
    /// Each year.
    pub yearly: MoneyRange,
}

/// A training as it enters the totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct TrainingCost {
    /// The training.
    pub training: Id,
    /// Subject.
    pub title: String,
    /// The phase that pays.
    pub phase: Option<Id>,
    /// Price in all.
    pub once: Money,
}

/// One-off and yearly cost by kind.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct CostParts {
    /// Person-days, estimated initiatives only.
    pub effort: Effort,
    /// Work of the initiatives.
    pub work: MoneyRange,
    /// Build cost of the initiatives.
    pub build: MoneyRange,
    /// Budget lines, once.
    pub budget: MoneyRange,
    /// Trainings.
    pub training: MoneyRange,
    /// Sum of work, build, budget and training.
    pub once: MoneyRange,
    /// Run cost and yearly budget lines.
    pub yearly: MoneyRange,
    /// Contingency on the likely one-off cost.
    pub contingency: Money,
    /// Likely one-off cost with contingency.
    pub with_contingency: Money,
}

impl CostParts {
    fn add(&mut self, other: &Self) {
        self.effort = plus(self.effort, other.effort);
        self.work += other.work;
        self.build += other.build;
        self.budget += other.budget;
        self.training += other.training;
        self.once += other.once;
        self.yearly += other.yearly;
        self.contingency += other.contingency;
        self.with_contingency += other.with_contingency;
    }

    /// The sum of parts.
    pub(crate) fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        parts.into_iter().for_each(|part| sum.add(part));
        sum
    }

    /// These parts without the initiatives that have no phase; the contingency is computed anew.
    pub(crate) fn of_lines_only(&self, yearly: MoneyRange, contingency_percent: f64) -> Self {
        let mut parts = Self { budget: self.budget, training: self.training, yearly, ..Self::default() };
        parts.close(contingency_percent);
        parts
    }

    pub(super) fn close(&mut self, contingency_percent: f64) {
        self.once = self.work + self.build + self.budget + self.training;
        self.contingency = self.once.likely.times(contingency_percent / 100.0);
        self.with_contingency = self.once.likely + self.contingency;
    }
}

/// How a phase stands to its cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CapState {
    /// The likely cost with contingency fits.
    Under,
    /// The likely cost fits, but not its contingency.
    Tight,
    /// The likely cost does not fit.
    Over,
}

/// What is left of a phase's cap; negative amounts are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Headroom {
    /// The cap.
    pub cap: Money,
    /// Cap less the likely one-off cost.
    pub likely: Money,
    /// Cap less the likely one-off cost with contingency.
    pub with_contingency: Money,
    /// Cap less the high one-off cost.
    pub high: Money,
    /// The verdict.
    pub state: CapState,
}

/// What a phase costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PhaseCost {
    /// The phase; none for what belongs to no phase.
    pub phase: Option<Id>,
    /// Its number; 0 for none.
    pub number: u32,
    /// Its name; empty for none.
    pub name: String,
    /// The cost.
    pub parts: CostParts,
    /// Against its cap.
    pub headroom: Option<Headroom>,
}

/// A role's work over all initiatives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RoleTotal {
    /// The role.
    pub role: Id,
    /// The role's name.
    pub name: String,
    /// Person-days.
    pub days: Effort,
    /// Price of a person-day used in the costs; none when nobody knows it.
    pub day_rate: Option<Money>,
    /// Sum of the initiatives' parts.
    pub cost: MoneyRange,
}

/// What a resource line costs whether it is used or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct CapacityCost {
    /// The line.
    pub line: Id,
    /// The role.
    pub role: Id,
    /// First day, an open one filled.
    pub from: Date,
    /// Last day, an open one filled.
    pub to: Date,
    /// Working days from the first to the last day.
    pub working_days: u32,
    /// FTE × working days.
    pub person_days: f64,
    /// The line's rate, else the role's.
    pub day_rate: Money,
    /// Person-days × rate.
    pub cost: Money,
}

/// The second view: the people as they are there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct CapacityView {
    /// By role, then line.
    pub lines: Vec<CapacityCost>,
    /// Sum of the lines.
    pub total: Money,
}

/// All costs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Cost {
    /// By number, then id.
    pub initiatives: Vec<InitiativeCost>,
    /// By rank, then id.
    pub budget: Vec<BudgetCost>,
    /// By rank, then id.
    pub trainings: Vec<TrainingCost>,
    /// By phase number; what has no phase last, when there is any.
    pub phases: Vec<PhaseCost>,
    /// By role.
    pub roles: Vec<RoleTotal>,
    /// Sum of the phases.
    pub total: CostParts,
    /// Contingency, percent of the likely one-off cost.
    pub contingency_percent: f64,
    /// The second view.
    pub capacity: CapacityView,
}
