//! The code probe: reads a checkout and says what an audit wants to know of it, each thing with its place.
//!
//! It reads alone: nothing of the checkout is run, no link is followed, no address is asked. What it finds is written
//! in the form of the artifact `groma-facts` ([`Facts`]), which is imported as any tool's output is.
//!
//! The way of a file: the disk's edge (`checkout`), comments and strings told from code (`lex`), its functions and
//! calls (`shape`), the rules (`rules`, `manifests`), which note what they see (`notes`). What follows from all files
//! together is reckoned in `report`: whether a client that one file makes has a timeout where another calls with it,
//! and whether a thing that was not found may be said to be absent.

mod checkout;
mod facts;
mod flat;
mod lex;
mod manifests;
mod notes;
mod options;
mod packs;
mod quantity;
mod report;
mod rules;
mod shape;
mod source;

pub use facts::{Facts, Issue, Measurement, PackDecision, Table, TechnologyRow};
pub use options::{Options, PackRules, Progress, Support};

use checkout::{Found, Text};
use notes::Notes;
use rayon::prelude::*;
use source::{Part, Source};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why a checkout was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Whoever asked wants no answer any more.
    #[error("stopped")]
    Stopped,
    /// What was named is a file, or nothing.
    #[error("{} is no folder", .0.display())]
    NoFolder(PathBuf),
    /// The system refuses the folder; its words.
    #[error("{} cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, String),
    /// There are more files than a checkout has.
    #[error("there are more than {0} files: name the folder of one checkout")]
    TooManyFiles(usize),
}

/// After how many files progress is told.
const STEP: usize = 64;

/// Reads the checkout in a folder.
///
/// # Errors
/// Where the folder cannot be read at all, holds too much, or [`Options::stop`] said so. Single files that cannot be
/// read are passed by.
pub fn probe(root: &Path, options: &Options) -> Result<Facts, Error> {
    let files: Vec<Found> =
        checkout::files(root, options.stop)?.into_iter().filter(|file| is_read(&file.path)).collect();
    let clients = client_folders(&files);
    let (done, total) = (AtomicUsize::new(0), files.len());
    let notes: Result<Vec<Notes>, Error> = files
        .par_iter()
        .map(|file| {
            if (options.stop)() {
                return Err(Error::Stopped);
            }
            let notes = read(file, &clients);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if done.is_multiple_of(STEP) || done == total {
                (options.progress)(Progress { done, total });
            }
            Ok(notes)
        })
        .collect();
    Ok(report::facts(&notes?, options))
}

/// Counts the lines of code of a checkout and does nothing else: what the rest of [`probe`] costs is measured against it.
///
/// # Errors
/// As [`probe`].
pub fn count(root: &Path) -> Result<usize, Error> {
    let files = checkout::files(root, &|| false)?;
    let lines = files.par_iter().map(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        match (lex::syntax::language_of(name), checkout::read(file)) {
            (Some(language), Text::Read(text)) => lex::lex(&text, language.syntax).lines,
            _ => 0,
        }
    });
    Ok(lines.sum())
}

/// Whether a file is looked into at all, by its name.
fn is_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let other =
        name.starts_with(".env") || name == "Procfile" || [".pem", ".key"].iter().any(|end| name.ends_with(end));
    other || lex::syntax::language_of(name).is_some() || manifests::is_manifest(name) || rules::ci::is_ci(path, name)
}

/// Folders of packages that run in a browser or on a phone.
fn client_folders(files: &[Found]) -> Vec<(String, bool)> {
    let mut folders: Vec<(String, bool)> = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with("package.json")) {
        let Text::Read(text) = checkout::read(file) else { continue };
        let source = Source::new(&file.path, &text, false);
        let mut notes = Notes::default();
        manifests::look(&source, &mut notes);
        folders.push((folder(&file.path).to_owned(), manifests::is_client(&notes.dependencies)));
    }
    // The nearest folder comes first.
    folders.sort_by_key(|(folder, _)| (std::cmp::Reverse(folder.len()), folder.clone()));
    folders
}

/// The folder of a file, with a slash behind it; empty at the top.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn read(file: &Found, clients: &[(String, bool)]) -> Notes {
    let mut notes = Notes { path: file.path.clone(), ..Notes::default() };
    let Text::Read(text) = checkout::read(file) else { return notes };
    let client =
        clients.iter().find(|(folder, _)| file.path.starts_with(folder.as_str())).is_some_and(|(_, client)| *client);
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let script = lex::syntax::language_of(name)
        .is_some_and(|language| matches!(language.name, "JavaScript" | "TypeScript" | "Vue" | "Svelte"));
    let source = Source::new(&file.path, &text, client && script);
    notes.height = source.height();
    notes.lines = source.lexed.lines;
    notes.language = source.language.map_or("", |language| language.name);
    notes.program = source.language.is_some_and(|language| language.program);
    notes.lang = source.lang();
    notes.product = source.part == Part::Product;
    notes.serves = source.serves();
    rules::look(&source, &mut notes);
    manifests::look(&source, &mut notes);
    notes
}

/// The folders that hold a manifest: the parts of a checkout that are built by themselves.
fn built_folders(notes: &[Notes]) -> BTreeSet<&str> {
    notes
        .iter()
        .filter(|notes| notes.product && manifests::is_manifest(notes.path.rsplit('/').next().unwrap_or_default()))
        .map(|notes| folder(&notes.path))
        .collect()
}
