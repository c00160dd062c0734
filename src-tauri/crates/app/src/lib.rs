//! Use cases, one verb a file, and the contract that the window, the command line and the tests share.
//!
//! An [`App`] holds at most one open engagement file. Every use case is a [`Verb`]: plain data in, plain data out;
//! [`App::dispatch`] runs any of them from JSON. Nothing here prints, and no client text is logged.

mod ages;
mod app;
mod architectures;
pub mod assets;
mod audience;
pub mod bindings;
mod brand_fonts;
mod brands;
mod check;
mod composed;
mod contract;
mod contrast;
mod disagreements;
mod drawings;
mod entries;
mod error;
mod exhibits;
mod files;
mod fills;
mod jobs;
mod levels;
mod library;
pub mod live;
mod models;
mod propose;
mod prose_fields;
mod retest;
pub mod sample;
mod scored;
mod severities;
mod stack;
mod tables;
mod templates;
mod traffic;
mod typeset_drawing;
pub mod verbs;

pub use app::{App, Environment, Event};
pub use check::{Problem, SENTENCES, Weight};
pub use contract::{Command, Verb};
pub use entries::{Entry, brands, formats, new_engagement, now, packs, templates};
pub use error::{AppError, Code};
pub use groma_evidence::TableShape;
pub use groma_model::{Audience, Diagnostic, DiagramOverlay, Mapping, Severity, Standard, Timestamp, UnknownChoice};
pub use library::LibraryTexts;
pub use retest::{ProposedValue, RetestChange, RetestCounts, RetestProposal, RetestRow};
pub use stack::StackRow;
