//! The Structurizr DSL: text to workspace, line by line.
//!
//! Syntax of versions 2.2 to 6.2 is accepted; what the newest refuses is told in a warning, or refused with
//! [`Options::strict`]. Scripts, plugins, addresses and the environment are reported and left alone; only what a
//! script of well-known lines asks for is done.

mod archetypes;
mod colors;
mod configuration;
mod context;
mod deployment;
mod dynamic;
mod elements;
mod expressions;
mod fail;
mod files;
mod find;
mod identifiers;
mod images;
mod items;
mod lines;
mod outside;
mod parser;
mod relationships;
mod scripts;
mod styles;
mod themes;
mod values;
mod view_content;
mod views;
mod workspace;
mod write;

pub use files::Files;
pub use write::write;

use crate::diagnostic::{Diagnostic, Refusal};
use crate::model::Workspace;

/// How the text is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Refuse what the newest version refuses, instead of warning.
    pub strict: bool,
}

/// A workspace and what was said of its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The workspace.
    pub workspace: Workspace,
    /// In the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read or are named by it, as paths in the opened folder, each once, the given one first.
    pub files: Vec<String>,
}

/// Reads the DSL file at `path`, relative to the folder that `files` opens. Files that it includes or extends must
/// lie in that folder.
///
/// # Errors
/// The first thing that is wrong, with its file, line and remedy.
pub fn parse(path: &str, files: &dyn Files, options: &Options) -> Result<Parsed, Refusal> {
    parser::Parser::new(files, *options).run(path)
}
