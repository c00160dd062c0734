//! What is typeset.

use std::collections::BTreeMap;

use crate::bytes::FileBytes;

/// A civil date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, as in 2025.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

/// A document's sources as virtual files, and what else it may ask for.
///
/// Nothing outside `files` can be read by the document: there is no disk behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Virtual path to content. Paths are relative to the project's root and use `/`, with or
    /// without the leading one: `/main.typ`, `/data/findings.json`.
    pub files: BTreeMap<String, FileBytes>,
    /// The path of the file that compilation starts with.
    pub main: String,
    /// What Typst's `datetime.today()` answers; without it that call is an error.
    pub date: Option<Date>,
}

impl Project {
    /// An empty project that starts at `main`.
    #[must_use]
    pub fn new(main: impl Into<String>) -> Self {
        Self { files: BTreeMap::new(), main: main.into(), date: None }
    }

    /// The project with a file added or replaced.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<FileBytes>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}
