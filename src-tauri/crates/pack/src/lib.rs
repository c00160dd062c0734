//! Audit packs: what is asked, how it is measured, and how the answers are scored.
//!
//! A pack is data (TOML, documented in `assets/packs/README.md`); this crate reads and validates it, proposes
//! verdicts from measurements, counts health and maturity, and computes the pack's calculators. It is pure: bytes,
//! measurements and answers come in, values go out; no file, clock or random number is touched.

mod schema;

pub use schema::*;
