//! A tree of files that is written, and written again, without touching what a person did to it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{io_error, write};
use crate::AppError;

/// Names the files of a tree that was written before, with their SHA-256: one `<hash>  <path>` a line.
const MARKER: &str = ".groma-eject";

/// Writes a tree of files below a folder. Written again, it renews what is as it was written and removes what is no
/// longer part of it; what a person has put there or changed by hand is never touched.
///
/// # Errors
/// When the folder holds something else or was edited since, which is told by name with nothing written; when it
/// cannot be written.
pub fn write_tree<'a>(folder: &Path, files: impl IntoIterator<Item = (String, &'a [u8])>) -> Result<(), AppError> {
    let files: BTreeMap<String, &[u8]> =
        files.into_iter().map(|(path, bytes)| (path.trim_start_matches('/').to_owned(), bytes)).collect();
    let stale = if folder.exists() { replaceable(folder, &files)? } else { Vec::new() };
    for (path, bytes) in &files {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| io_error("write to", parent, &error))?;
        }
        std::fs::write(&target, bytes).map_err(|error| io_error("write", &target, &error))?;
    }
    for path in stale {
        let path = folder.join(path);
        std::fs::remove_file(&path).map_err(|error| io_error("remove", &path, &error))?;
    }
    let lines: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    write(&folder.join(MARKER), lines.as_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Answers what of an earlier tree is not part of the new one.
fn replaceable(folder: &Path, files: &BTreeMap<String, &[u8]>) -> Result<Vec<String>, AppError> {
    let mut entries = std::fs::read_dir(folder).map_err(|error| io_error("write to", folder, &error))?;
    if entries.next().is_none() {
        return Ok(Vec::new());
    }
    let other = "choose a new or empty folder; nothing was written";
    let Ok(marker) = std::fs::read_to_string(folder.join(MARKER)) else {
        return Err(AppError::refused(format!("{} is not empty", folder.display())).hint(other).field("eject"));
    };
    let written: BTreeMap<&str, &str> =
        marker.lines().filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect();
    let mut edited = Vec::new();
    let mut stale = Vec::new();
    for path in
        files.keys().map(String::as_str).chain(written.keys().copied().filter(|path| !files.contains_key(*path)))
    {
        // A marker is a file that anyone can write: it must not lead out of the folder.
        let inside = Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let Ok(there) = std::fs::read(folder.join(path)) else { continue };
        let as_written = written.get(path).is_some_and(|hash| *hash == sha256(&there));
        let same = files.get(path).is_some_and(|bytes| *bytes == there);
        if inside && as_written && !files.contains_key(path) {
            stale.push(path.to_owned());
        } else if !as_written && !same {
            edited.push(path);
        }
    }
    match edited.as_slice() {
        [] => Ok(stale),
        [first, more @ ..] => {
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            Err(AppError::refused(format!(
                "{first}{more} in {} was changed since it was written there",
                folder.display()
            ))
            .hint(other)
            .field("eject"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_tree_is_renewed_but_never_written_over_what_a_person_did() {
        let folder = tempfile::tempdir().unwrap();
        let tree = folder.path().join("new");
        let first = || [("/main.typ".to_owned(), &b"one"[..]), ("/parts/old.typ".to_owned(), &b"x"[..])];
        let second = || [("/main.typ".to_owned(), &b"two"[..])];
        write_tree(&tree, first()).unwrap();
        std::fs::write(tree.join("main.pdf"), b"mine").unwrap();
        write_tree(&tree, second()).unwrap();
        assert_eq!(read(&tree.join("main.typ")).unwrap(), b"two");
        assert!(!tree.join("parts/old.typ").exists(), "what is no longer part of it goes");
        assert_eq!(read(&tree.join("main.pdf")).unwrap(), b"mine", "what a person put there stays");
        std::fs::write(tree.join("main.typ"), b"by hand").unwrap();
        let error = write_tree(&tree, first()).unwrap_err();
        assert!(error.message.starts_with("main.typ in "), "{error}");
        assert_eq!(read(&tree.join("main.typ")).unwrap(), b"by hand");
        assert!(!tree.join("parts/old.typ").exists(), "nothing was written");
        assert!(write_tree(folder.path(), first()).is_err(), "another folder is no place for it");
    }
}
