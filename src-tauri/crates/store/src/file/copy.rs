//! Puts a finished file in its place: never over another, and never half.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
};

use groma_model::Id;
use rusqlite::{Connection, OpenFlags};

use crate::{
    error::{Fault, StoreError},
    file::connection,
};

/// A file being made beside its final place; removed when it does not get there.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) path: PathBuf,
    target: PathBuf,
    placed: bool,
}

impl Draft {
    /// Starts a file that will be put at `target`.
    pub(crate) fn new(target: &Path, unique: Id) -> Result<Self, StoreError> {
        if target.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: target.to_owned() });
        }
        let Some(name) = target.file_name() else {
            let reason = "it has no file name".to_owned();
            return Err(StoreError::Unwritable { path: target.to_owned(), reason });
        };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{unique}.tmp"));
        Ok(Self { path: target.with_file_name(hidden), target: target.to_owned(), placed: false })
    }

    /// Starts a file that holds a whole database.
    pub(crate) fn of(conn: &Connection, target: &Path, unique: Id) -> Result<Self, Fault> {
        let draft = Self::new(target, unique)?;
        let name = draft.path.to_str().ok_or_else(|| StoreError::Unwritable {
            path: target.to_owned(),
            reason: "its name is no valid Unicode".to_owned(),
        })?;
        conn.execute("VACUUM INTO ?1", [name]).map_err(|error| match error {
            rusqlite::Error::SqliteFailure(cause, message) if cause.code == rusqlite::ErrorCode::CannotOpen => {
                let reason = message.unwrap_or_else(|| cause.to_string());
                Fault::Store(StoreError::Unwritable { path: target.to_owned(), reason })
            }
            error => Fault::Store(Fault::Sql(error).at(target)),
        })?;
        Ok(draft)
    }

    /// Writes the draft to the disk and gives it its name, unless that is taken by now.
    pub(crate) fn place(mut self) -> Result<(), StoreError> {
        let unwritable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists { path: self.target.clone() },
            std::io::ErrorKind::StorageFull => StoreError::DiskFull { path: self.target.clone() },
            _ => StoreError::Unwritable { path: self.target.clone(), reason: error.to_string() },
        };
        // Windows writes a file to the disk only through a handle that may write.
        let opened = OpenOptions::new().write(true).open(&self.path);
        opened.and_then(|file| file.sync_all()).map_err(unwritable)?;
        // A link never replaces what is there, as a rename would.
        match std::fs::hard_link(&self.path, &self.target) {
            Ok(()) => std::fs::remove_file(&self.path).map_err(unwritable)?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(unwritable(error)),
            // File systems without links, such as FAT.
            Err(_) if self.target.symlink_metadata().is_err() => {
                std::fs::rename(&self.path, &self.target).map_err(unwritable)?;
            }
            Err(error) => return Err(unwritable(error)),
        }
        self.placed = true;
        sync_folder(&self.target);
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.placed {
            for end in ["", "-journal", "-wal", "-shm"] {
                let mut name = OsString::from(self.path.as_os_str());
                name.push(end);
                // What was never made cannot be removed.
                let _ = std::fs::remove_file(PathBuf::from(name));
            }
        }
    }
}

/// Writes the folder's entry to the disk; not every system can, and the file itself is safe.
fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Copies a whole database into a new file, and checks the copy.
pub(crate) fn copy(conn: &Connection, target: &Path, unique: Id) -> Result<(), Fault> {
    let draft = Draft::of(conn, target, unique)?;
    let copied = connection::bare(&draft.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection::quick_check(&copied, target)?;
    copied.close().map_err(|(_, error)| error)?;
    draft.place()?;
    Ok(())
}
