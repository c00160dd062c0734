//! The only place of the core that touches the disk, besides the store: reads are bounded, writes are atomic.
#![allow(clippy::disallowed_methods, reason = "this is the file edge")]

mod tree;
mod walk;
mod within;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::AppError;

pub use tree::write_tree;
pub use walk::{Found, MOST_FILES, walk};
pub use within::{above, list_within, read_within};

/// A file larger than this is not read: 512 MiB.
pub const MOST_BYTES: u64 = 512 << 20;

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

/// Whether there is a file of more bytes than that; what cannot be asked is told when it is read.
#[must_use]
pub fn is_longer(path: &Path, bytes: u64) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() > bytes)
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

/// Makes a file a program that can be started, where the system tells such files apart.
///
/// # Errors
/// When the system refuses.
pub fn make_executable(path: &Path) -> Result<(), AppError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
            .map_err(|error| io_error("write", path, &error))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
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

/// Whether there is a folder at a path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
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
}
