//! From initiatives to a plan: priority, quick wins, schedule under capacity, cost ranges, what-if.
//!
//! Pure and deterministic: the same [`Contents`](groma_model::Contents) give the same [`Plan`], whatever the order
//! of its lists. Nothing is guessed: what an input lacks stays `None`, and the lack is named.
//!
//! Conventions: effort in person-days, capacity in full-time equivalents (FTE), money in minor units, dates civil.
//! Everything that a reader sees as a reason comes twice: as data (for a report in any language) and as an English
//! sentence.

mod calendar;
mod causes;
mod cost;
mod error;
mod horizon;
mod input;
mod note;
mod plan;
mod priority;
mod quick_win;
mod risk;
mod schedule;
mod what_if;

pub use calendar::Calendar;
pub use causes::{
    CauseBox, CauseLine, CauseLink, CauseMap, CausePart, Causes, MAP_WIDTH, MOST_ELEMENTS, RootCause, causes,
};
pub use cost::{
    BudgetCost, CapState, CapacityCost, CapacityView, Cost, CostParts, Headroom, InitiativeCost, PhaseCost, RoleCost,
    RoleTotal, TrainingCost,
};
pub use error::PlanError;
pub use horizon::{HorizonBucket, HorizonEntry};
pub use note::{Note, NoteKind};
pub use plan::{Plan, plan};
pub use priority::{
    HIGH_IMPACT, LOW_EFFORT_DAYS, Lack, Priority, PriorityInput, Quadrant, RankRange, SENSITIVITY, View, priorities,
};
pub use quick_win::{Criterion, CriterionReason, QuickWin, Rule, quick_wins};
pub use risk::{Band, Cell, Matrix, RiskRank, RiskView, matrix, risk_view};
pub use schedule::{
    Allocation, DemandMonth, Limit, LimitKind, Month, Overload, OverloadCause, RoleDemand, Run, Schedule, Scheduled,
    StartReason, Unscheduled, UnscheduledReason, schedule,
};
pub use what_if::{AreaOutcome, BlockedInitiative, FindingOutcome, RiskBasis, RiskOutcome, WhatIf, what_if};
