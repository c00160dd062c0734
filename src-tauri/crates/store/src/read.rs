//! Reading, the same inside and outside of a transaction.

use std::path::Path;

use groma_model::{Contents, Engagement, Id, Intake, Issue, IssueGroup, Kind, Measurement, Object};
use rusqlite::Connection;

use crate::{
    blob, contents,
    error::{Fault, StoreError},
    history::{self, HistoryEntry, HistoryFilter},
    issues::{self, IssueFilter, IssueWord},
    measurements::{self, MeasurementFilter},
    row,
    search::{self, Hit},
    steps::{self, Step},
    table::Fields,
    tables,
};

/// The connection and the file's name for messages; opaque outside of this crate.
pub struct Db<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) path: &'a Path,
}

impl Db<'_> {
    fn run<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        read(self.conn).map_err(|fault| fault.at(self.path))
    }
}

pub(crate) mod sealed {
    /// Keeps [`super::Read`] to this crate's types.
    pub trait Sealed {}
}

/// What can be read from an engagement file; by a [`crate::Store`], and by a [`crate::Tx`] as it stands so far.
///
/// Every method fails with the file's [`StoreError`] when it cannot be read or is damaged; others are named.
pub trait Read: sealed::Sealed {
    #[doc(hidden)]
    fn db(&self) -> Result<Db<'_>, StoreError>;

    /// An object.
    ///
    /// # Errors
    /// [`StoreError::NoSuchObject`].
    fn get<T: Object>(&self, id: Id) -> Result<T, StoreError> {
        let table = tables::of(T::KIND);
        self.db()?.run(|conn| row::typed(table.name(), row::get(conn, table, id)?))
    }

    /// An object, when it is there.
    ///
    /// # Errors
    /// The file's.
    fn find<T: Object>(&self, id: Id) -> Result<Option<T>, StoreError> {
        let table = tables::of(T::KIND);
        self.db()?.run(|conn| row::find(conn, table, id)?.map(|fields| row::typed(table.name(), fields)).transpose())
    }

    /// All objects of a type, in display order: rank, then number, then id; artifacts oldest first.
    ///
    /// # Errors
    /// The file's.
    fn list<T: Object>(&self) -> Result<Vec<T>, StoreError> {
        self.db()?.run(row::list)
    }

    /// An object as JSON fields.
    ///
    /// # Errors
    /// [`StoreError::NoSuchObject`].
    fn get_json(&self, kind: Kind, id: Id) -> Result<Fields, StoreError> {
        self.db()?.run(|conn| row::get(conn, tables::of(kind), id))
    }

    /// All objects of a kind as JSON fields, in display order.
    ///
    /// # Errors
    /// The file's.
    fn list_json(&self, kind: Kind) -> Result<Vec<Fields>, StoreError> {
        self.db()?.run(|conn| row::all(conn, tables::of(kind)))
    }

    /// How many objects of a kind there are.
    ///
    /// # Errors
    /// The file's.
    fn count(&self, kind: Kind) -> Result<u64, StoreError> {
        self.db()?.run(|conn| row::count(conn, kind))
    }

    /// The engagement.
    ///
    /// # Errors
    /// The file's.
    fn engagement(&self) -> Result<Engagement, StoreError> {
        self.db()?.run(contents::single)
    }

    /// The intake.
    ///
    /// # Errors
    /// The file's.
    fn intake(&self) -> Result<Intake, StoreError> {
        self.db()?.run(contents::single)
    }

    /// Everything but raw issues and bytes, read at one moment.
    ///
    /// # Errors
    /// The file's.
    fn contents(&self) -> Result<Contents, StoreError> {
        self.db()?.run(contents::contents)
    }

    /// A page of the measurements of live artifacts, in the order of import and of the file.
    ///
    /// # Errors
    /// The file's.
    fn measurements(
        &self,
        filter: &MeasurementFilter,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<Measurement>, StoreError> {
        self.db()?.run(|conn| measurements::page(conn, filter, offset, limit))
    }

    /// A measurement of a live artifact.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvidence`].
    fn measurement(&self, id: Id) -> Result<Measurement, StoreError> {
        self.db()?.run(|conn| measurements::get(conn, id))
    }

    /// A page of the issues of live artifacts, in the order of import and of the file.
    ///
    /// # Errors
    /// The file's.
    fn issues(&self, filter: &IssueFilter, offset: usize, limit: usize) -> Result<Vec<Issue>, StoreError> {
        self.db()?.run(|conn| issues::page(conn, filter, offset, limit))
    }

    /// How many issues of live artifacts a filter finds.
    ///
    /// # Errors
    /// The file's.
    fn issue_count(&self, filter: &IssueFilter) -> Result<u64, StoreError> {
        self.db()?.run(|conn| issues::count(conn, filter))
    }

    /// How often the tool of each live artifact says which word for severity, and what came of it.
    ///
    /// # Errors
    /// The file's.
    fn issue_words(&self) -> Result<Vec<IssueWord>, StoreError> {
        self.db()?.run(issues::words)
    }

    /// An issue of a live artifact.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvidence`].
    fn issue(&self, id: Id) -> Result<Issue, StoreError> {
        self.db()?.run(|conn| issues::get(conn, id))
    }

    /// The issues of live artifacts by candidate key: worst first, then most frequent, then by key.
    ///
    /// # Errors
    /// The file's.
    fn issue_groups(&self) -> Result<Vec<IssueGroup>, StoreError> {
        self.db()?.run(issues::groups)
    }

    /// The bytes of an artifact or image by their SHA-256 (lower-case hex), checked against it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchBlob`]; [`StoreError::HashMismatch`] when they were damaged.
    fn blob(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        self.db()?.run(|conn| blob::bytes(conn, sha256))
    }

    /// Prose fields and titles that hold all the words, best first. The text may be anything that a user types; words
    /// in double quotes stand together, and the last word may be the beginning of one.
    ///
    /// # Errors
    /// The file's; never the query's.
    fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        self.db()?.run(|conn| search::search(conn, query, limit))
    }

    /// What was done to which object, newest first, undo and redo included.
    ///
    /// # Errors
    /// The file's.
    fn history(&self, filter: &HistoryFilter, limit: usize) -> Result<Vec<HistoryEntry>, StoreError> {
        self.db()?.run(|conn| history::entries(conn, filter, limit))
    }

    /// Who has changed something, in the order of their names.
    ///
    /// # Errors
    /// The file's.
    fn authors(&self) -> Result<Vec<String>, StoreError> {
        self.db()?.run(steps::authors)
    }

    /// The step that undo would take back; none when there is nothing.
    ///
    /// # Errors
    /// The file's.
    fn next_undo(&self) -> Result<Option<Step>, StoreError> {
        self.db()?.run(steps::next_undo)
    }

    /// The steps that can be undone, newest first.
    ///
    /// # Errors
    /// The file's.
    fn undoable(&self) -> Result<Vec<Step>, StoreError> {
        self.db()?.run(steps::undoable)
    }

    /// The step that redo would do again; none when there is nothing.
    ///
    /// # Errors
    /// The file's.
    fn next_redo(&self) -> Result<Option<Step>, StoreError> {
        self.db()?.run(steps::next_redo)
    }
}
