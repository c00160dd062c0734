//! Looks at a file's first bytes before SQLite does, so that a foreign or broken file gets a clear answer untouched.

use std::{io::Read as _, path::Path};

use crate::{
    error::StoreError,
    migrations::{APPLICATION_ID, VERSION},
};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const LENGTH: usize = 100;

/// Refuses what is not an engagement file, is cut short, or is newer than this build.
pub(crate) fn check(path: &Path) -> Result<(), StoreError> {
    let unreadable =
        |error: std::io::Error| StoreError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let foreign = |reason: &str| StoreError::NotAnEngagement { path: path.to_owned(), reason: reason.to_owned() };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(foreign("a folder or device"));
    }
    if about.len() == 0 {
        return Err(foreign("an empty file"));
    }
    let mut start = Vec::with_capacity(LENGTH);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LENGTH as u64).read_to_end(&mut start).map_err(unreadable)?;
    if !start.starts_with(MAGIC) {
        let whole = start.len() >= MAGIC.len() || !MAGIC.starts_with(&start);
        return Err(if whole {
            foreign(kind_of(&start))
        } else {
            StoreError::Truncated { path: path.to_owned(), found: about.len(), expected: LENGTH as u64 }
        });
    }
    if start.len() < LENGTH {
        return Err(StoreError::Truncated { path: path.to_owned(), found: about.len(), expected: LENGTH as u64 });
    }
    let number = |at: usize| u32::from_be_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
    if number(68) != APPLICATION_ID {
        return Err(foreign("the database of another program"));
    }
    if number(60) > VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), found: number(60), known: VERSION });
    }
    // While a write-ahead log is there, pages may stand in it that the file itself does not have yet.
    if !crate::file::connection::has_log(path) {
        let page = match u64::from(u16::from_be_bytes([start[16], start[17]])) {
            1 => 65_536,
            size => size,
        };
        let expected = page * u64::from(number(28));
        // The count is valid only when both change counters agree.
        if number(24) == number(92) && about.len() < expected {
            return Err(StoreError::Truncated { path: path.to_owned(), found: about.len(), expected });
        }
    }
    Ok(())
}

/// A guess at what a foreign file is.
fn kind_of(start: &[u8]) -> &'static str {
    if start.starts_with(b"%PDF") {
        "a PDF"
    } else if start.starts_with(b"PK\x03\x04") {
        "a ZIP archive or Office document"
    } else if start.starts_with(&[0x1F, 0x8B]) {
        "a gzip archive"
    } else if std::str::from_utf8(start).is_ok() || start.is_ascii() {
        "a text file"
    } else {
        "no SQLite file"
    }
}
