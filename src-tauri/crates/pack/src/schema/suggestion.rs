//! Starting points that an engagement may take over and edit.

use groma_model::{Rating, RiskCategory};

use super::record;

record! {
    /// A phase of the roadmap.
    PhaseSuggestion {
        /// 1, 2, 3 …
        number: u32,
        /// Name.
        name: String,
        /// First month, counted from 1.
        from_month: u32,
        /// Last month, counted from 1, inclusive.
        to_month: u32,
        /// What it is for (Markdown).
        objective: String,
        /// What is done.
        actions: Vec<String>,
        /// What will be different (Markdown).
        outcome: String,
        /// When it is over.
        exit_criteria: Vec<String>,
    }

    /// A role that is needed.
    RoleSuggestion {
        /// Role.
        role: String,
        /// Seniority, in words.
        seniority: String,
        /// Skills.
        skills: Vec<String>,
        /// Full-time equivalents.
        fte: f64,
        /// Months.
        months: f64,
    }

    /// A category of the budget.
    BudgetSuggestion {
        /// Category.
        category: String,
        /// What it pays for.
        note: String,
    }

    /// A training.
    TrainingSuggestion {
        /// Subject.
        title: String,
        /// Who needs it.
        audience: String,
        /// Days a person.
        days: f64,
    }

    /// A success metric.
    MetricSuggestion {
        /// Name.
        name: String,
        /// Value now, where the pack can tell; usually empty.
        current: String,
        /// Value wanted, with its unit.
        target: String,
        /// By when, in words.
        by: String,
        /// How it is measured.
        method: String,
    }

    /// A key result.
    KeyResultSuggestion {
        /// The sentence.
        title: String,
        /// Names of the metrics that show it.
        metrics: Vec<String>,
    }

    /// A risk of the change itself or of the system.
    RiskSuggestion {
        /// Title.
        title: String,
        /// What could happen, and what follows (Markdown).
        scenario: String,
        /// Category.
        category: Option<RiskCategory>,
        /// Likelihood, 1 to 5.
        likelihood: Option<Rating>,
        /// Impact, 1 to 5.
        impact: Option<Rating>,
        /// What makes it smaller (Markdown).
        mitigation: String,
    }

    /// Starting points for an engagement's plan; all of them may be edited or dropped.
    Suggestions {
        /// Phases, in order.
        phases: Vec<PhaseSuggestion>,
        /// Roles.
        team: Vec<RoleSuggestion>,
        /// Budget categories.
        budget: Vec<BudgetSuggestion>,
        /// Trainings.
        trainings: Vec<TrainingSuggestion>,
        /// Success metrics.
        metrics: Vec<MetricSuggestion>,
        /// Key results.
        key_results: Vec<KeyResultSuggestion>,
        /// Risks.
        risks: Vec<RiskSuggestion>,
    }
}
