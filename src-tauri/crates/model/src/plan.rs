//! Initiatives, phases, people, money, goals.

use serde::{Deserialize, Serialize};

use crate::{Date, Effort, Id, Level, Money, MoneyRange, Rating, choice::choice, object::object};

/// A theme: initiatives that together reach a target state.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Theme {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Name.
    pub name: String,
    /// What will be true when it is done (Markdown).
    pub target_state: String,
    /// How to see that it is done (Markdown).
    pub exit_criterion: String,
}

object!(Theme, Theme, ["target_state", "exit_criterion"], theme);

/// A dependency: the other initiative must have ended before this one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Dependency {
    /// The initiative that comes first.
    pub on: Id,
    /// Working days between its end and this one's start.
    pub lag_days: u32,
}

/// A role's share of an initiative's effort.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct RoleShare {
    /// The role.
    pub role: Id,
    /// Share of the effort, 0 to 1; the shares of an initiative sum to 1.
    pub share: f64,
}

/// An area that an initiative lifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AreaLift {
    /// The pack's own id.
    pub pack: String,
    /// The area's id within the pack.
    pub area: String,
    /// The level that it allows.
    pub level: Level,
}

choice! {
    /// When the result should be there.
    Horizon {
        /// Within 30 days.
        Days30 = "30",
        /// Within 60 days.
        Days60 = "60",
        /// Within 90 days.
        Days90 = "90",
        /// Later.
        #[default]
        Later = "later",
    }
}

/// An initiative: a recommendation to be funded.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Initiative {
    /// Id.
    pub id: Id,
    /// Number, shown as `I-004`; 0 until assigned.
    pub number: u32,
    /// Place in the list.
    pub rank: f64,
    /// Title, as an instruction.
    pub title: String,
    /// What is done (Markdown).
    pub description: String,
    /// What will be different (Markdown).
    pub outcome: String,
    /// Theme, or none.
    pub theme: Option<Id>,
    /// Phase in which it is funded.
    pub phase: Option<Id>,
    /// When the result should be there.
    pub horizon: Horizon,
    /// Effort, person-days.
    pub effort: Option<Effort>,
    /// Impact on the system's health, 1 to 5.
    pub impact: Option<Rating>,
    /// How sure the estimate is, in percent.
    pub confidence_percent: Option<f64>,
    /// Business value, 1 to 5.
    pub business_value: Option<Rating>,
    /// Time criticality, 1 to 5.
    pub time_criticality: Option<Rating>,
    /// Risk reduction, 1 to 5.
    pub risk_reduction: Option<Rating>,
    /// Share of users, requests or revenue that it reaches, in percent; for RICE.
    pub reach_percent: Option<f64>,
    /// Whether it can be taken back without loss.
    pub reversible: bool,
    /// Money besides work, spent once.
    pub build_cost: MoneyRange,
    /// Money besides work, each year.
    pub run_cost: MoneyRange,
    /// Who does it, and which share.
    pub roles: Vec<RoleShare>,
    /// What must come first.
    pub depends_on: Vec<Dependency>,
    /// Not before this day.
    pub earliest_start: Option<Date>,
    /// Must have ended by this day.
    pub deadline: Option<Date>,
    /// Who owns it at the client.
    pub owner: String,
    /// Findings that it settles.
    pub findings: Vec<Id>,
    /// Risks that it treats.
    pub risks: Vec<Id>,
    /// Areas that it lifts.
    pub lifts: Vec<AreaLift>,
}

object!(Initiative, Initiative, ["description", "outcome"], initiative);

/// A phase of the roadmap.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Phase {
    /// Id.
    pub id: Id,
    /// 1, 2, 3 …
    pub number: u32,
    /// Name.
    pub name: String,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// What it is for (Markdown).
    pub objective: String,
    /// What will be different (Markdown).
    pub outcome: String,
    /// When it is over, one criterion a line.
    pub exit_criteria: Vec<String>,
    /// Most that may be spent, or none.
    pub budget_cap: Option<Money>,
}

object!(Phase, Phase, ["objective", "outcome"], phase);

/// A fixed date of the client: a peak season, an audit, an end of support.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Milestone {
    /// Id.
    pub id: Id,
    /// What happens.
    pub name: String,
    /// The day.
    pub date: Option<Date>,
    /// Initiatives that must have ended by then.
    pub initiatives: Vec<Id>,
}

object!(Milestone, Milestone, [], milestone);

choice! {
    /// Who employs a person.
    Employment {
        /// The client.
        #[default]
        Internal = "internal",
        /// Someone else.
        External = "external",
    }
}

/// A role that does work.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Role {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Name, for example `Senior backend engineer`.
    pub name: String,
    /// Seniority, in words.
    pub seniority: String,
    /// Skills needed.
    pub skills: Vec<String>,
    /// Price of a person-day.
    pub day_rate: Money,
}

object!(Role, Role, [], role);

/// Who is there, how much, from when to when.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ResourceLine {
    /// Id.
    pub id: Id,
    /// The role.
    pub role: Id,
    /// Name of the person or team, or empty.
    pub name: String,
    /// Who employs them.
    pub employment: Employment,
    /// Full-time equivalents: 0.5 is half a person.
    pub fte: f64,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Price of a person-day when it differs from the role's.
    pub day_rate: Option<Money>,
}

object!(ResourceLine, ResourceLine, [], resource);

/// Money that is not work: licences, machines, services.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetLine {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Category.
    pub category: String,
    /// What it is for.
    pub title: String,
    /// The phase that pays, or none for all.
    pub phase: Option<Id>,
    /// Spent once.
    pub once: MoneyRange,
    /// Each year.
    pub yearly: MoneyRange,
    /// Remark.
    pub note: String,
}

object!(BudgetLine, BudgetLine, [], budget);

/// A training that people need.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct TrainingNeed {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Subject.
    pub title: String,
    /// Who needs it.
    pub audience: String,
    /// How many people.
    pub people: u32,
    /// Days a person.
    pub days: f64,
    /// Price in all.
    pub cost: Money,
    /// The phase in which it is needed.
    pub phase: Option<Id>,
}

object!(TrainingNeed, TrainingNeed, [], training);

/// A success metric: from here to there, by when.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct SuccessMetric {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// Name.
    pub name: String,
    /// Value now, with its unit, or `not measured`.
    pub current: String,
    /// Value wanted, with its unit.
    pub target: String,
    /// By when, in words or as a date.
    pub by: String,
    /// How it is measured.
    pub method: String,
    /// Who reports it.
    pub owner: String,
    /// The measurement that `current` comes from.
    pub source: Option<Id>,
}

object!(SuccessMetric, SuccessMetric, [], metric);

/// A key result: a sentence that is true or not.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct KeyResult {
    /// Id.
    pub id: Id,
    /// Place in the list.
    pub rank: f64,
    /// The sentence.
    pub title: String,
    /// Metrics that show it.
    pub metrics: Vec<Id>,
}

object!(KeyResult, KeyResult, [], key_result);
