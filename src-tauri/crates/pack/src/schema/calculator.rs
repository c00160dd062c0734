//! Calculators: declared by the pack, computed in Rust.

use super::{record, words};

words! {
    /// A formula that this build knows.
    Formula {
        /// Size of a connection pool.
        PoolSize = "pool_size",
        /// State of a circuit breaker.
        CircuitBreaker = "circuit_breaker",
    }
}

record! {
    /// An input or output of a calculator.
    Quantity {
        /// Id, as the formula knows it.
        id: String,
        /// Label.
        label: String,
        /// Unit, or empty.
        unit: String,
        /// Value to start with; for inputs.
        default: f64,
        /// What it is and where to get it.
        hint: String,
    }

    /// A calculator.
    Calculator {
        /// Id, unique in the pack.
        id: String,
        /// Title.
        title: String,
        /// What it tells (Markdown).
        intro: String,
        /// The formula.
        formula: Option<Formula>,
        /// The formula in words, and where it comes from (Markdown).
        explanation: String,
        /// Checks it helps with.
        checks: Vec<String>,
        /// Inputs.
        inputs: Vec<Quantity>,
        /// Outputs.
        outputs: Vec<Quantity>,
    }
}
