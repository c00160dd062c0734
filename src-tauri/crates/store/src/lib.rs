//! The engagement file: the only crate that knows SQLite.
//!
//! One `.groma` file holds one engagement. [`Store::transact`] is the one door for change: a transaction, a step to
//! undo, history rows and an answer that says what changed. [`Read`] is the same inside and outside of it. Time and
//! the seed of ids are passed in ([`Setup`]).
//!
//! - A table is a declaration in `tables/<name>.rs`; one mapper turns an object's fields into its columns.
//! - Artifacts are hidden, not deleted, so that an import of many thousand rows is undone at once.
//! - Numbers of findings, risks and initiatives are never used twice, not even after an undo; a phase's number is its
//!   place, and follows the highest there is.
//! - Logs hold counts and milliseconds, never a client's text.

// This crate is the edge to the disk: it makes, copies and removes engagement files.
#![allow(clippy::disallowed_methods, reason = "engagement files are opened, made and copied here")]

mod artifact;
mod blob;
mod burst;
mod clock;
mod contents;
mod error;
mod file;
mod group;
mod guard;
mod history;
mod index;
mod issue_rows;
mod issues;
mod links;
mod measurements;
mod migrations;
mod op;
mod read;
mod row;
mod search;
mod steps;
mod store;
mod table;
mod tables;
mod tx;
mod verify;

#[cfg(test)]
mod tests;

pub use blob::sha256_hex;
pub use clock::{Clock, Setup};
pub use error::StoreError;
pub use file::hand_over::{HandOver, LeftOut};
pub use history::{HistoryEntry, HistoryFilter};
pub use issues::{IssueFilter, IssueWord};
pub use measurements::MeasurementFilter;
pub use op::{Change, ChangeKind, Changes, Op};
pub use read::{Db, Read};
pub use search::Hit;
pub use steps::Step;
pub use store::Store;
pub use tx::Tx;
pub use verify::{Problem, Report};
