//! Reading below a folder, never out of it.

use std::path::{Path, PathBuf};

use super::{MOST_FILES, read};

/// A file larger than this is not read as part of a model: 64 MiB.
pub const MOST_INCLUDED: u64 = 64 << 20;

/// The bytes of a file below a folder; none when there is none, when a link leads out of the folder, or when it is
/// larger than [`MOST_INCLUDED`].
#[must_use]
pub fn read_within(folder: &Path, below: &str) -> Option<Vec<u8>> {
    let path = within(folder, below)?;
    let small = std::fs::metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() <= MOST_INCLUDED);
    if small { read(&path).ok() } else { None }
}

/// The names in a folder below a folder, in order, those of folders ending in `/`; none when it is no folder or lies
/// outside.
#[must_use]
pub fn list_within(folder: &Path, below: &str) -> Option<Vec<String>> {
    let entries = std::fs::read_dir(within(folder, below)?).ok()?;
    let named = entries.filter_map(Result::ok).take(MOST_FILES).map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() { name + "/" } else { name }
    });
    let mut names: Vec<String> = named.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    Some(names)
}

/// The folder above a folder, and the folder's name in it; none at the root of the file system.
#[must_use]
pub fn above(folder: &Path) -> Option<(PathBuf, String)> {
    let folder = folder.canonicalize().ok()?;
    Some((folder.parent()?.to_path_buf(), folder.file_name()?.to_str()?.to_owned()))
}

fn within(folder: &Path, below: &str) -> Option<PathBuf> {
    let root = folder.canonicalize().ok()?;
    let path = root.join(below).canonicalize().ok()?;
    path.starts_with(&root).then_some(path)
}
