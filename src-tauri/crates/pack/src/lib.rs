//! Audit packs: what is asked, how it is measured, and how the answers are scored.
//!
//! A pack is data (TOML, documented in `assets/packs/README.md`); this crate reads and validates it, proposes
//! verdicts from measurements, counts health and maturity, and computes the pack's calculators. It is pure: bytes,
//! measurements and answers come in, values go out; no file, clock or random number is touched.

mod answered;
mod builtin;
mod calculator;
mod candidate;
mod error;
mod health;
mod language;
mod markdown;
mod maturity;
mod parse;
mod propose;
mod schema;
mod unit;
mod validate;

pub use answered::answered;
pub use builtin::{BUILTINS, Builtin, builtin, builtin_file};
pub use calculator::{
    CalculatorError, Call, CircuitRule, CircuitState, Output, Passage, PoolSize, calculate, pool_size, simulate_circuit,
};
pub use candidate::{Candidate, candidate};
pub use error::{PackError, Problem};
pub use health::{Action, Health, SectionHealth, bands, health, top_actions};
pub use language::{Reach, Texts};
pub use markdown::Template;
pub use maturity::{AreaMaturity, Maturity, maturity};
pub use propose::{LevelFact, MissingFact, Stand, Standing, Suggestion, propose, standing, suggest_level};
pub use schema::*;
