//! The probe kit as a client's operators run it, and what the importers make of its results.
#![allow(clippy::disallowed_methods, reason = "tests read files and start servers")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod dispatch;
mod folder;
mod postgres;
mod redis;
mod stand_ins;
mod support;
mod web;
