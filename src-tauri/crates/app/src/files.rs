//! The only place of the core that touches the disk, besides the store: reads are bounded, writes are atomic.
#![allow(clippy::disallowed_methods, reason = "this is the file edge")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::AppError;

/// A file larger than this is not read: 512 MiB.
pub const MOST_BYTES: u64 = 512 << 20;
/// A folder with more files than this is not imported whole.
pub const MOST_FILES: usize = 10_000;
/// A file larger than this is not read as part of a model: 64 MiB.
pub const MOST_INCLUDED: u64 = 64 << 20;
/// Folders nested deeper than this are not walked.
pub const MOST_DEPTH: usize = 32;

/// Why a file could not be read, with its remedy.
fn why(error: &std::io::Error) -> (&'static str, &'static str) {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => ("there is no such file", "check the path"),
        Kind::PermissionDenied => ("it may not be read or written", "check the file's permissions"),
        Kind::StorageFull => ("the disk is full", "free some space and try again; nothing was changed"),
        Kind::IsADirectory => ("it is a folder", "name a file"),
        Kind::NotADirectory => ("a part of the path is not a folder", "check the path"),
        Kind::ReadOnlyFilesystem => ("the file system is read-only", "choose another folder"),
        _ => ("the operating system refused", "see the reason above and try again"),
    }
}

/// An input/output error with the path and the remedy.
pub fn io_error(verb: &str, path: &Path, error: &std::io::Error) -> AppError {
    let (what, remedy) = why(error);
    AppError::refused(format!("cannot {verb} {}: {what} ({error})", path.display())).hint(remedy)
}

/// Reads a whole file of at most [`MOST_BYTES`].
///
/// # Errors
/// When it is missing, not a regular file, unreadable or too large.
pub fn read(path: &Path) -> Result<Vec<u8>, AppError> {
    // Asked before the file is opened: opening a pipe waits for its other end.
    let meta = std::fs::metadata(path).map_err(|error| io_error("read", path, &error))?;
    if meta.is_dir() {
        return Err(AppError::refused(format!("cannot read {}: it is a folder", path.display())).hint("name a file"));
    }
    if !meta.is_file() {
        return Err(AppError::refused(format!("cannot read {}: it is not a regular file", path.display()))
            .hint("save the tool's output to a file first"));
    }
    if meta.len() > MOST_BYTES {
        return Err(AppError::refused(format!(
            "cannot read {}: {} MiB is more than the {} MiB that are read at once",
            path.display(),
            meta.len() >> 20,
            MOST_BYTES >> 20
        ))
        .hint("split the tool's output, or export less of it"));
    }
    let file = std::fs::File::open(path).map_err(|error| io_error("read", path, &error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| io_error("read", path, &error))?;
    Ok(bytes)
}

/// Writes a file whole or not at all: a temporary file beside it, synced, then renamed.
///
/// # Errors
/// When the folder is missing or not writable, or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let fail = |error: &std::io::Error| io_error("write", path, error);
    if path.is_dir() {
        return Err(AppError::refused(format!("cannot write {}: it is a folder", path.display())).hint("name a file"));
    }
    // A device or a pipe takes the bytes as they come; a rename would put a file in its place.
    let special = std::fs::metadata(path).is_ok_and(|meta| !meta.is_file());
    if special {
        return std::fs::write(path, bytes).map_err(|error| fail(&error));
    }
    // Through a link to the file itself, so that the link stays.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| AppError::usage(format!("{} names no file", path.display())))?;
    let temporary = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = std::fs::File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| std::fs::rename(&temporary, path));
    if let Err(error) = renamed {
        // The half-written part is ours; that it cannot be removed changes nothing for the caller.
        let _ = std::fs::remove_file(&temporary);
        return Err(fail(&error));
    }
    Ok(())
}

/// [`write`], with the folders that lead there.
///
/// # Errors
/// As [`write`].
pub fn write_below(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| io_error("write to", parent, &error))?;
    }
    write(path, bytes)
}

/// Whether there is a file.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.is_file()
}

/// The same path from the root of the file system.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Refuses to write over an engagement: the open one, or any other database file.
///
/// # Errors
/// When the path leads to one.
pub fn not_an_engagement(path: &Path, open: &Path) -> Result<(), AppError> {
    let refused = || {
        AppError::usage(format!("{} is an engagement file and was left as it is", path.display()))
            .hint("choose another name for the PDF")
            .field("output")
    };
    let same = path.canonicalize().ok().zip(open.canonicalize().ok()).is_some_and(|(path, open)| path == open);
    // The open engagement is not read here: closing a second descriptor would drop its lock.
    if same {
        return Err(refused());
    }
    // Opening a pipe would wait for its other end.
    if !path.is_file() {
        return Ok(());
    }
    let mut head = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if read.is_ok() && head.starts_with(b"SQLite format 3") { Err(refused()) } else { Ok(()) }
}

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

/// Whether there is a folder at a path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

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

/// A file to be imported: where it is, and its path below the folder that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// `/`-separated path below the named folder; the file's name when a file was named.
    pub below: String,
    /// Why it cannot be read, when that is known already: it is told in its turn, and the others are read.
    pub trouble: Option<AppError>,
}

impl Found {
    fn trouble(path: &Path, trouble: AppError) -> Self {
        Self { path: path.to_path_buf(), below: String::new(), trouble: Some(trouble) }
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
            found.push(Found { path: path.clone(), below, trouble: None });
        }
    }
    found
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
            found.push(Found { path: entry.path(), below, trouble: None });
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
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no part is left behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            let link = folder.path().join("link.pdf");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            write(&link, b"three").unwrap();
            assert_eq!(read(&path).unwrap(), b"three", "a link stays, and leads to what was written");
            std::fs::remove_file(&link).unwrap();
            write(Path::new("/dev/null"), b"x").unwrap();
            assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device(), "a device stays one");
        }
        let error = write(&folder.path().join("missing/report.pdf"), b"x").unwrap_err();
        assert!(error.message.contains("no such file"), "{error}");
    }

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
