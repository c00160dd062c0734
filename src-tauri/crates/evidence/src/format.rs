//! What a format is: how it is recognised, what hides in it, how it is parsed.

use std::cell::Cell;

use thiserror::Error;

use crate::{
    Import, Probe, Secrets,
    severity::{Chosen, Severities},
};

/// How sure a format is that a file is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// It looks like it, but others could look the same.
    Possible,
    /// Nothing else looks like this.
    Certain,
}

impl Confidence {
    /// `Certain` when the condition holds, else `No`.
    #[must_use]
    pub fn certain_if(condition: bool) -> Self {
        if condition { Self::Certain } else { Self::No }
    }
}

/// A format that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Id, as given to `--as`: `k6-summary-export`.
    pub id: &'static str,
    /// What it is, in words.
    pub title: &'static str,
    /// The tool that writes it; an import may know better.
    pub tool: &'static str,
    /// What is counted, and what is left out and why.
    pub note: &'static str,
    /// Metrics it may write; a trailing `*` stands for any ending.
    pub metrics: &'static [&'static str],
    /// How the issues it makes get their severities: by which words, and where the tool says none.
    pub severities: Severities,
    /// Is this file its own? Looks at content only.
    pub sniff: fn(&Probe<'_>) -> Confidence,
    /// Marks the secrets that only this format knows to be there.
    pub secrets: fn(&str, &mut Secrets),
    /// Reads the whole file, or refuses it whole.
    pub parse: fn(&Input<'_>) -> Result<Import, Refusal>,
}

impl Format {
    /// Whether the format declares to write a metric.
    #[must_use]
    pub fn writes(&self, metric: &str) -> bool {
        self.metrics.iter().any(|declared| match declared.strip_suffix('*') {
            Some(prefix) => metric.starts_with(prefix),
            None => *declared == metric,
        })
    }
}

/// A decoded and masked file.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file's name, for messages and for a subject of last resort; never used to recognise it.
    pub name: &'a str,
    /// The whole text: UTF-8, without BOM, secrets masked.
    pub text: &'a str,
    /// What somebody chose words of tools to mean.
    pub chosen: &'a Chosen,
    /// Whether to go on; to be asked in loops over what may be large.
    pub stop: &'a Stop<'a>,
}

/// A wish to stop. Once it was heard it stays.
pub struct Stop<'a> {
    ask: &'a dyn Fn() -> bool,
    said: Cell<bool>,
}

impl<'a> Stop<'a> {
    /// A stop that `ask` tells of.
    #[must_use]
    pub fn new(ask: &'a dyn Fn() -> bool) -> Self {
        Self { ask, said: Cell::new(false) }
    }

    /// Asks.
    #[must_use]
    pub fn now(&self) -> bool {
        if !self.said.get() && (self.ask)() {
            self.said.set(true);
        }
        self.said.get()
    }

    /// Whether it was said so far; asks nobody.
    #[must_use]
    pub fn said(&self) -> bool {
        self.said.get()
    }
}

impl std::fmt::Debug for Stop<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stop").field("said", &self.said).finish_non_exhaustive()
    }
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Error)]
#[error("{reason}")]
pub struct Refusal {
    /// What is wrong, with the place where there is one.
    pub reason: String,
    /// 1-based line.
    pub line: Option<u64>,
    /// 1-based column, in bytes.
    pub column: Option<u64>,
    /// What to do about it.
    pub remedy: String,
}

impl Refusal {
    /// A refusal without a place.
    #[must_use]
    pub fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into(), ..Self::default() }
    }

    /// The refusal of a file that lacks what every file of the format named has.
    pub(crate) fn not(title: &str, lacks: &str, remedy: &str) -> Self {
        Self::new(
            format!("this is not {title}: {lacks}"),
            format!("choose another format, or none to have the file recognised; or {remedy}"),
        )
    }

    /// What a format answers when it was told to stop; never shown.
    pub(crate) fn stopped() -> Self {
        Self::new("stopped", "import it again")
    }

    /// The same refusal at a 1-based line.
    #[must_use]
    pub fn at_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }
}
