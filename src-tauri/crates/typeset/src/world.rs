//! What the compiler may see.

use std::sync::{Arc, LazyLock};

use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::files::Files;
use crate::font::FontSet;

/// Typst's standard library, the same for every project.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

pub(crate) struct ProjectWorld {
    pub(crate) fonts: FontSet,
    /// Shared with every [`crate::Compiled`], which must see the files as they were.
    pub(crate) files: Arc<Files>,
    pub(crate) main: FileId,
    pub(crate) date: Option<Datetime>,
}

impl World for ProjectWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// The project's date, whatever the time zone asked for: a report is dated, not timed.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}
