//! What can go wrong: with the file, and with what was asked of it.

use std::path::{Path, PathBuf};

use groma_model::{Id, Kind};
use rusqlite::ffi::{self, ErrorCode};

/// Why the store refused or failed. Every message names the file or object, the cause and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("{} does not exist; check the name, or make it with `new`", .path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// A file of that name is already there, and is left as it is.
    #[error("{} already exists and was left as it is; choose another name", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error("{} cannot be written ({reason}); choose a folder that you may write to", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The file cannot be read.
    #[error("{} cannot be read ({reason}); check that it is a file and that you may read it", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The file is something else.
    #[error("{} is not an engagement file ({reason}); open a .groma file", .path.display())]
    NotAnEngagement {
        /// The file.
        path: PathBuf,
        /// What it is instead, as far as can be told.
        reason: String,
    },
    /// The file ends early.
    #[error(
        "{} is cut short: {found} bytes of {expected} are there; copy it again from where it came, or take a backup",
        .path.display()
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        found: u64,
        /// The length its header promises, in bytes.
        expected: u64,
    },
    /// The file is damaged.
    #[error("{} is damaged ({detail}); restore it from a backup", .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer Groma wrote the file.
    #[error(
        "{} was written by a newer Groma (file version {found}, this one knows {known}); update Groma. The file was \
         not touched",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The file's version.
        found: u32,
        /// The newest version that this build knows.
        known: u32,
    },
    /// The file has an older version and was opened for reading only.
    #[error(
        "{} has file version {found} and must be brought to {known} before it can be read; open it once in a folder \
         that you may write to",
        .path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// The file's version.
        found: u32,
        /// This build's version.
        known: u32,
    },
    /// Someone else has the file open.
    #[error("{} is open in another window or program; close it there first", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file was opened for reading only, or may not be written.
    #[error("{} is read-only; copy it to a folder that you may write to, and open the copy", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file was to be read only, but its write-ahead log must be written back first.
    #[error(
        "{} was not closed properly, or is open in another program; close it there, or open it once to write",
        .path.display()
    )]
    Unsettled {
        /// The file.
        path: PathBuf,
    },
    /// An operation that stands alone, or a group that failed.
    #[error("this cannot be part of several changes at once; nothing was changed, do it on its own")]
    WithinGroup,
    /// The file was moved, renamed or deleted while it was open.
    #[error("{} was moved or deleted while it was open; put it back, or open it where it is now", .path.display())]
    Moved {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full. Nothing of the operation was kept.
    #[error("there is no room left for {}; free some space and try again. Nothing was changed", .path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The system could not read or write. The file was read again: nothing of the operation was kept.
    #[error("{} could not be read or written ({detail}); check the disk or network share, then try again", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// A fault of this crate.
    #[error("{}: unexpected answer of the database ({detail}); please report it", .path.display())]
    Internal {
        /// The file.
        path: PathBuf,
        /// What was said.
        detail: String,
    },
    /// There is no such object.
    #[error("there is no object {id} in {kind}; it may have been deleted")]
    NoSuchObject {
        /// The kind.
        kind: Kind,
        /// The id.
        id: Id,
    },
    /// There is no such measurement or issue in a live artifact.
    #[error("there is no {what} {id}; its artifact may have been removed")]
    NoSuchEvidence {
        /// `measurement` or `issue`.
        what: &'static str,
        /// The id.
        id: Id,
    },
    /// There are no such bytes.
    #[error("the file holds no bytes with SHA-256 {sha256}")]
    NoSuchBlob {
        /// The address that was asked for.
        sha256: String,
    },
    /// The kind has exactly one object, which cannot be inserted or deleted.
    #[error("a file has exactly one object of {kind}; change it instead")]
    Singleton {
        /// The kind.
        kind: Kind,
    },
    /// Objects of the kind come with their bytes.
    #[error("{kind} come with their bytes; import them instead")]
    NeedsBytes {
        /// The kind.
        kind: Kind,
    },
    /// A field that the kind does not have.
    #[error("{kind} {id}: there is no field \"{field}\"; it has {known}")]
    UnknownField {
        /// The kind.
        kind: Kind,
        /// The object; nil when it is being inserted.
        id: Id,
        /// The field.
        field: String,
        /// The kind's fields, comma separated.
        known: String,
    },
    /// A value that the field cannot take.
    #[error("{kind} {id}, field \"{field}\": {reason}")]
    BadField {
        /// The kind.
        kind: Kind,
        /// The object; nil when it is being inserted.
        id: Id,
        /// The field.
        field: String,
        /// Why not.
        reason: String,
    },
    /// A field that cannot change.
    #[error("{kind} {id}: \"{field}\" cannot be changed")]
    FrozenField {
        /// The kind.
        kind: Kind,
        /// The object.
        id: Id,
        /// The field.
        field: String,
    },
    /// A field names something that is not there.
    #[error("{kind} {id}, field \"{field}\": it names \"{target}\", which is not there")]
    DanglingLink {
        /// The kind.
        kind: Kind,
        /// The object.
        id: Id,
        /// The field, as a path such as `roles[].role`.
        field: String,
        /// What it names.
        target: String,
    },
    /// Links that lead back to where they begin.
    #[error("{kind}, field \"{field}\": {} would go in a circle; take one of these links out", .chain.join(" → "))]
    Circle {
        /// The kind.
        kind: Kind,
        /// The object.
        id: Id,
        /// The field.
        field: String,
        /// What people call the objects on the way; the first is the last again.
        chain: Vec<String>,
    },
    /// A value that another object of the kind already has.
    #[error("{kind} {id}, field \"{field}\": \"{value}\" is taken by {by}; choose another")]
    Taken {
        /// The kind.
        kind: Kind,
        /// The object.
        id: Id,
        /// The field, or fields joined by ` + `.
        field: String,
        /// The value, or values joined by ` + `.
        value: String,
        /// The object that has it.
        by: Id,
    },
    /// The same bytes were already imported as the same format.
    #[error(
        "{name} is already imported (same bytes, same format, as artifact {artifact}); remove that one first to import it again"
    )]
    AlreadyImported {
        /// Name of the file that was given.
        name: String,
        /// The artifact that is there.
        artifact: Id,
    },
    /// The bytes are not those that the SHA-256 names.
    #[error("{name}: the bytes have SHA-256 {found}, not {expected}; import the file again")]
    HashMismatch {
        /// What was given or asked for.
        name: String,
        /// The SHA-256 that was promised.
        expected: String,
        /// The SHA-256 of the bytes.
        found: String,
    },
    /// There is nothing to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// There is nothing to redo.
    #[error("there is nothing to redo")]
    NothingToRedo,
}

/// Either a refusal of ours or what SQLite said, which becomes a [`StoreError`] once the file is named.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Fault {
    /// The fault with the file's name.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        match self {
            Self::Store(error) => error,
            Self::Sql(error) => from_sql(&error, path),
        }
    }

    /// Whether the state of the file is uncertain after this, so that it must be opened and read again.
    pub(crate) fn leaves_doubt(&self) -> bool {
        let Self::Sql(rusqlite::Error::SqliteFailure(cause, _)) = self else { return false };
        matches!(cause.code, ErrorCode::SystemIoFailure | ErrorCode::DiskFull | ErrorCode::OutOfMemory)
    }
}

fn from_sql(error: &rusqlite::Error, path: &Path) -> StoreError {
    let path = path.to_owned();
    let detail = error.to_string();
    let rusqlite::Error::SqliteFailure(cause, _) = error else {
        return match error {
            // A column that does not hold what this crate wrote into it.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => StoreError::Corrupt { path, detail },
            _ => StoreError::Internal { path, detail },
        };
    };
    match cause.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            StoreError::Locked { path }
        }
        ErrorCode::DiskFull => StoreError::DiskFull { path },
        ErrorCode::ReadOnly if cause.extended_code == ffi::SQLITE_READONLY_DBMOVED => StoreError::Moved { path },
        ErrorCode::ReadOnly => StoreError::ReadOnly { path },
        ErrorCode::NotADatabase => StoreError::NotAnEngagement { path, reason: "no SQLite file".to_owned() },
        ErrorCode::DatabaseCorrupt => StoreError::Corrupt { path, detail },
        ErrorCode::SystemIoFailure if cause.extended_code == ffi::SQLITE_IOERR_SHORT_READ => {
            StoreError::Corrupt { path, detail }
        }
        ErrorCode::SystemIoFailure => StoreError::Io { path, detail },
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Unwritable { path, reason: detail },
        _ => StoreError::Internal { path, detail },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(code: i32) -> Fault {
        Fault::Sql(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
    }

    #[test]
    fn what_sqlite_says_becomes_a_typed_error_that_names_the_file() {
        let path = Path::new("acme.groma");
        let word = |code| format!("{:?}", sql(code).at(path)).split([' ', '{']).next().unwrap().to_owned();
        for (code, expected) in [
            (ffi::SQLITE_BUSY, "Locked"),
            (ffi::SQLITE_FULL, "DiskFull"),
            (ffi::SQLITE_READONLY, "ReadOnly"),
            (ffi::SQLITE_READONLY_DBMOVED, "Moved"),
            (ffi::SQLITE_NOTADB, "NotAnEngagement"),
            (ffi::SQLITE_CORRUPT, "Corrupt"),
            (ffi::SQLITE_IOERR_FSYNC, "Io"),
            (ffi::SQLITE_CANTOPEN, "Unwritable"),
            (ffi::SQLITE_MISUSE, "Internal"),
        ] {
            assert_eq!(word(code), expected, "code {code}");
            assert!(sql(code).at(path).to_string().contains("acme.groma"));
        }
    }
}
