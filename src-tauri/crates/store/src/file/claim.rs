//! One opening of a file in this process at a time.
//!
//! POSIX drops all of a process's locks on a file when *any* of its descriptors of that file is closed. SQLite guards
//! its own descriptors against that, but not ours; so before a header is read here, the file is claimed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::error::StoreError;

static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that this process has open; given back when dropped.
#[derive(Debug)]
pub(crate) struct Claim(PathBuf);

impl Claim {
    pub(crate) fn new(path: &Path) -> Result<Self, StoreError> {
        let real = path.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::NotFound { path: path.to_owned() },
            _ => StoreError::Unreadable { path: path.to_owned(), reason: error.to_string() },
        })?;
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if !open.insert(real.clone()) {
            return Err(StoreError::Locked { path: path.to_owned() });
        }
        Ok(Self(real))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}
