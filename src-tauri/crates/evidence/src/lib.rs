//! Tool output (bytes) to measurements, issues and diagnostics; one file a format. Pure.

pub mod metrics;
