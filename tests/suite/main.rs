//! The suites over fixtures, one module an area.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures and run processes")]

mod tidy;
