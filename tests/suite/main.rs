//! The suites over fixtures, one module an area.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests read fixtures, run processes, and fail by panicking"
)]

mod bad_input;
mod brand;
mod brand_fonts;
mod chain;
mod cli;
mod compact;
mod diagram;
mod exhibits;
mod library;
mod maturity;
mod pages;
mod pictures;
mod probes;
mod report;
mod retest;
mod same_bytes;
mod sample;
mod severities;
mod spelling;
mod steps;
mod tables;
mod templates;
mod tidy;
mod traffic;
mod window;
