//! Risks.

use serde::{Deserialize, Serialize};

use crate::{Id, Rating, choice::choice, object::object};

choice! {
    /// What is done about a risk.
    Treatment {
        /// Make it smaller.
        #[default]
        Mitigate = "mitigate",
        /// Live with it.
        Accept = "accept",
        /// Stop doing what causes it.
        Avoid = "avoid",
        /// Let someone else carry it.
        Transfer = "transfer",
    }
}

choice! {
    /// What sort of risk it is.
    RiskCategory {
        /// Outages, loss of service.
        #[default]
        Availability = "availability",
        /// Slow, or not enough of it.
        Performance = "performance",
        /// Growth that the system cannot take.
        Scalability = "scalability",
        /// Loss or corruption of data.
        DataIntegrity = "data_integrity",
        /// Break-ins, leaks.
        Security = "security",
        /// Law, contract, certification.
        Compliance = "compliance",
        /// Manual work, errors of operation.
        Operational = "operational",
        /// The delivery of the change itself.
        Delivery = "delivery",
        /// People: leaving, missing skills.
        People = "people",
        /// Money.
        Financial = "financial",
    }
}

/// Likelihood × impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// Likelihood, 1 to 5.
    pub likelihood: Rating,
    /// Impact, 1 to 5.
    pub impact: Rating,
}

impl Exposure {
    /// Likelihood × impact, 1 to 25.
    #[must_use]
    pub const fn score(self) -> u8 {
        self.likelihood.get() * self.impact.get()
    }
}

/// A risk.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Risk {
    /// Id.
    pub id: Id,
    /// Number, shown as `R-003`; 0 until assigned.
    pub number: u32,
    /// Place in the list.
    pub rank: f64,
    /// Title.
    pub title: String,
    /// What could happen, and what follows (Markdown).
    pub scenario: String,
    /// Category.
    pub category: RiskCategory,
    /// Exposure without any control.
    pub inherent: Option<Exposure>,
    /// Exposure as things are.
    pub current: Option<Exposure>,
    /// Exposure once all initiatives that treat it are done.
    pub residual: Option<Exposure>,
    /// What is done about it.
    pub treatment: Treatment,
    /// Who owns it at the client.
    pub owner: String,
    /// What makes it smaller (Markdown).
    pub mitigation: String,
    /// Findings it comes from.
    pub findings: Vec<Id>,
}

object!(Risk, Risk, ["scenario", "mitigation"], risk);
