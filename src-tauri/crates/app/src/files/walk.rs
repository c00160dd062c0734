//! Finding the files that paths name.

use std::path::{Path, PathBuf};

use super::io_error;
use crate::AppError;

/// A folder with more files than this is not imported whole.
pub const MOST_FILES: usize = 10_000;
/// Folders nested deeper than this are not walked.
pub const MOST_DEPTH: usize = 32;

/// A file to be imported: where it is, and its path below the folder that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// `/`-separated path below the named folder; the file's name when a file was named.
    pub below: String,
    /// The one entry that is meant, where `path` is that of an archive.
    pub entry: Option<String>,
    /// Why it cannot be read, when that is known already: it is told in its turn, and the others are read.
    pub trouble: Option<AppError>,
}

impl Found {
    fn file(path: PathBuf, below: String) -> Self {
        Self { path, below, entry: None, trouble: None }
    }

    fn trouble(path: &Path, trouble: AppError) -> Self {
        Self { trouble: Some(trouble), ..Self::file(path.to_path_buf(), String::new()) }
    }
}

/// Finds the files that paths name: a file is itself, a folder is everything below it in name order.
///
/// Hidden files and folders are passed over; so are links, which lead to what was not named, or to what is
/// walked anyway. What cannot be walked is an entry with its trouble.
#[must_use]
pub fn walk(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        // A path that leads nowhere is handed on: reading it says why, and the others are imported all the same.
        if path.is_dir() {
            let before = found.len();
            walk_folder(path, String::new(), 0, &mut found);
            if found.len() == before {
                let empty = AppError::refused(format!("{} holds no files", path.display()))
                    .hint("name the folder that holds the tool outputs; hidden files and links are passed over");
                found.push(Found::trouble(path, empty));
            }
        } else {
            let below = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            found.push(within_archive(path).unwrap_or_else(|| Found::file(path.clone(), below)));
        }
    }
    found
}

/// The archive that a path leads into: `/x/logs.zip/week-1/top.csv` is an entry of `/x/logs.zip`.
fn within_archive(path: &Path) -> Option<Found> {
    let archive = path.ancestors().skip(1).find(|above| above.is_file())?;
    let parts = path.strip_prefix(archive).ok()?.iter().map(|part| part.to_string_lossy());
    let entry = parts.collect::<Vec<_>>().join("/");
    let name = archive.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Some(Found { entry: Some(entry), ..Found::file(archive.to_path_buf(), name) })
}

fn walk_folder(folder: &Path, prefix: String, depth: usize, found: &mut Vec<Found>) {
    if depth > MOST_DEPTH {
        let deep = AppError::refused(format!("{} is nested too deeply", folder.display()))
            .hint(format!("at most {MOST_DEPTH} levels of folders are walked; name a folder further down"));
        found.push(Found::trouble(folder, deep));
        return;
    }
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Found::trouble(folder, io_error("read", folder, &error)));
            return;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link's own type: one to a folder would be walked twice, or for ever.
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        let below = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if kind.is_dir() {
            walk_folder(&entry.path(), below, depth + 1, found);
        } else if found.len() < MOST_FILES {
            found.push(Found::file(entry.path(), below));
        } else {
            if found.len() == MOST_FILES {
                let many = AppError::refused(format!(
                    "{} and what follows: more than {MOST_FILES} files",
                    entry.path().display()
                ))
                .hint("name the folders that hold tool outputs");
                found.push(Found::trouble(&entry.path(), many));
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked_in_order_without_hidden_files_and_links() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.json", "a/c.txt", ".hidden", "a/.git/x"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, b"").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
        let below: Vec<_> = walk(&[folder.path().to_path_buf()]).into_iter().map(|f| f.below).collect();
        assert_eq!(below, ["a/c.txt", "b.json"]);
    }

    #[test]
    fn what_cannot_be_walked_is_an_entry_beside_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join(["d"; MOST_DEPTH + 2].join("/"));
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("lost.json"), b"").unwrap();
        std::fs::write(folder.path().join("z.json"), b"").unwrap();
        let empty = folder.path().join("z");
        std::fs::create_dir(&empty).unwrap();
        let found = walk(&[folder.path().to_path_buf(), empty]);
        assert_eq!(found.len(), 3);
        assert!(found[0].trouble.as_ref().unwrap().message.contains("too deeply"));
        assert_eq!((found[1].below.as_str(), &found[1].trouble), ("z.json", &None));
        assert!(found[2].trouble.as_ref().unwrap().message.contains("holds no files"));
    }
}
