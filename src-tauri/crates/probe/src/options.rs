//! What the probe is told beside the folder.

use groma_model::Date;

/// How the maker of a technology stands to one of its versions on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// It is looked after.
    Supported,
    /// It is not, since the day, where that is known.
    Ended(Option<Date>),
}

/// When a pack concerns a checkout: the `[relevance]` of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackRules {
    /// The pack's id.
    pub pack: String,
    /// Globs over paths from the checkout's top, with `*`, `**` and `?`.
    pub file_patterns: Vec<String>,
    /// Words of names of files and folders.
    pub keywords: Vec<String>,
    /// Names of dependencies, or of keys of configuration.
    pub config_keys: Vec<String>,
    /// Whether the pack concerns every checkout.
    pub always: bool,
}

/// A step of the work, for a display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files read so far.
    pub done: usize,
    /// Files there are to read.
    pub total: usize,
}

/// What the probe needs beside the folder; it has no clock and knows no table of its own.
pub struct Options<'a> {
    /// The day on which support of technologies is judged.
    pub today: Date,
    /// When the checkout is read, as it goes into the facts.
    pub captured_at: &'a str,
    /// The version of the program.
    pub tool_version: &'a str,
    /// What the checkout is of.
    pub subject: &'a str,
    /// How a technology with its version (`Spring Boot 2.7.3`) stands on a day; none where that is not known.
    pub support: &'a (dyn Fn(&str, Date) -> Option<Support> + Sync),
    /// The packs to decide on.
    pub packs: &'a [PackRules],
    /// Asked between files: true ends the work with [`crate::Error::Stopped`].
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told now and then, from any thread.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}
