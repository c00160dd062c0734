//! Reading many files, and what is in archives: in parallel, in order, cancellable, with progress.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use groma_evidence::{Bounds, Chosen, Entry, Outcome, Refusal, TableShape, is_archive, walk_archive};
use groma_model::Mapping;
use tokio::task::JoinHandle;

use crate::app::Event;
use crate::files::{self, Found};
use crate::{AppError, Code, Environment, tables};

/// How files are read; by their content where nothing is said.
#[derive(Debug, Clone, Default)]
pub(crate) struct How {
    /// As this format, whatever the content looks like.
    pub as_format: Option<String>,
    /// As tables, by this mapping.
    pub mapping: Option<Mapping>,
    /// The mappings of the engagement: a table with the columns of one is read by it.
    pub remembered: Vec<Mapping>,
    /// What words of tools were chosen to mean.
    pub chosen: Chosen,
}

/// A file as it was read: its bytes, and what they are.
pub(crate) struct Parsed {
    pub bytes: Vec<u8>,
    pub outcome: Outcome,
    /// The mapping by which it was read, or refused.
    pub mapping: Option<Mapping>,
    /// What it looks like as a table, where it was not read and is one.
    pub table: Option<TableShape>,
}

/// A file, or an entry of an archive, and what became of it.
type Taken = (Found, Result<Parsed, AppError>);

/// Reads and parses files on all cores and hands them over one by one in their order; of an archive, its entries, as if
/// it were a folder.
///
/// Never more files are in memory than there are cores, and of an archive never more than three entries, so that a
/// folder of large files stays bounded.
///
/// # Errors
/// When the work is cancelled, or the receiver refuses to go on. A file that cannot be read is handed over as its error.
pub(crate) fn each(
    environment: &Environment,
    found: Vec<Found>,
    how: How,
    mut take: impl FnMut(&Found, Result<Parsed, AppError>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(workers)
        .build()
        .map_err(|error| AppError::failed(format!("no worker could be started: {error}")))?;
    let how = Arc::new(how);
    let total = found.len();
    let mut waiting = found.into_iter();
    let mut running: VecDeque<(Found, Receiver<Taken>, JoinHandle<()>)> = VecDeque::new();
    let mut done = 0;
    let mut hand_over = |done: usize, file: &Found, parsed: Result<Parsed, AppError>| {
        environment.go_on()?;
        (environment.progress)(&Event::Read { done, total, path: file.path.display().to_string() });
        take(file, parsed)
    };
    loop {
        environment.go_on()?;
        while running.len() < workers
            && let Some(file) = waiting.next()
        {
            let (wanted, how) = (file.clone(), Arc::clone(&how));
            let cancelled = Arc::clone(&environment.cancelled);
            let span = tracing::Span::current();
            // One is read ahead; the next entry of an archive waits until that was taken.
            let (give, taken) = sync_channel(1);
            let job = runtime.spawn_blocking(move || {
                let _entered = span.entered();
                parse(wanted, &Reading { how: &how, cancelled: &cancelled, give: &give });
            });
            running.push_back((file, taken, job));
        }
        let Some((file, taken, job)) = running.pop_front() else { break };
        done += 1;
        // It ends with the job, which alone has the other end.
        for (file, parsed) in taken {
            hand_over(done, &file, parsed)?;
        }
        if let Err(error) = runtime.block_on(job) {
            let fault = AppError::failed(format!("{}: the importer stopped: {error}", file.path.display()))
                .hint("this is a fault of the program; the other files are not affected");
            hand_over(done, &file, Err(fault))?;
        }
    }
    Ok(())
}

/// What a job reads by, and whom it gives what it read.
struct Reading<'a> {
    how: &'a How,
    cancelled: &'a AtomicBool,
    give: &'a SyncSender<Taken>,
}

impl Reading<'_> {
    fn outcome(&self, below: &str, bytes: Vec<u8>) -> Result<Parsed, AppError> {
        let _span = tracing::info_span!("import.parse", bytes = bytes.len()).entered();
        if let Some((outcome, mapping)) = tables::by_mapping(&bytes, self.how) {
            let table = tables::shape_unless_read(&bytes, &outcome);
            return Ok(Parsed { bytes, outcome, mapping: Some(mapping), table });
        }
        let stop = || self.cancelled.load(Ordering::Relaxed);
        let outcome = groma_evidence::read_until(below, &bytes, self.how.as_format.as_deref(), &self.how.chosen, &stop);
        // The whole work is given up with it, so that nobody reads this line.
        let outcome = outcome.ok_or_else(|| AppError::new(Code::Cancelled, "cancelled"))?;
        let table = tables::shape_unless_read(&bytes, &outcome);
        Ok(Parsed { bytes, outcome, mapping: None, table })
    }

    /// Gives a file away; whether there is still somebody who takes it.
    fn give(&self, file: Found, parsed: Result<Parsed, AppError>) -> ControlFlow<()> {
        match self.give.send((file, parsed)) {
            Ok(()) if !self.cancelled.load(Ordering::Relaxed) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

fn parse(mut file: Found, reading: &Reading<'_>) {
    let bytes = match file.trouble.take() {
        Some(trouble) => Err(trouble),
        None => files::read(&file.path),
    };
    // When nobody takes what was read, the work was given up, and there is nobody to tell.
    let _ = match bytes {
        Ok(bytes) if is_archive(&bytes) => parse_archive(file, &bytes, reading),
        Ok(bytes) => {
            let parsed = reading.outcome(&file.below, bytes);
            reading.give(file, parsed)
        }
        Err(trouble) => reading.give(file, Err(trouble)),
    };
}

/// The bytes of one file, of the entry of an archive that is meant, or of the only one.
///
/// # Errors
/// When it cannot be read, there is no such entry, or several and none is named.
pub(crate) fn bytes_of(file: &Found) -> Result<Vec<u8>, AppError> {
    if let Some(trouble) = &file.trouble {
        return Err(trouble.clone());
    }
    let bytes = files::read(&file.path)?;
    if !is_archive(&bytes) {
        return Ok(bytes);
    }
    let (mut wanted, mut entries) = (None, 0);
    walk_archive(&file.below, &bytes, &Bounds::default(), &mut |Entry { path, content }| {
        if file.entry.as_ref().is_none_or(|entry| *entry == path) {
            entries += 1;
            wanted = Some(content.map_err(refused));
        }
        // A second one tells that it is not the only one.
        if entries > 1 || file.entry.is_some() && entries > 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })
    .map_err(refused)?;
    if entries > 1 {
        return Err(AppError::refused(format!("{} holds several files", file.path.display()))
            .hint("name one of them behind the archive: ARCHIVE/PATH/IN/IT"));
    }
    wanted.unwrap_or_else(|| Err(no_entry(file)))
}

fn no_entry(file: &Found) -> AppError {
    let entry = file.entry.as_deref().unwrap_or_default();
    AppError::not_found(format!("there is no file \"{entry}\" in {}", file.path.display()))
        .hint("name a file of the archive as the import lists it")
}

/// Gives away the entries of an archive, or the one that is meant, and the trouble with the archive itself where there
/// is some.
fn parse_archive(file: Found, bytes: &[u8], reading: &Reading<'_>) -> ControlFlow<()> {
    let mut entries = 0;
    let walked = walk_archive(&file.below, bytes, &Bounds::default(), &mut |Entry { path, content }| {
        if file.entry.as_ref().is_some_and(|wanted| *wanted != path) {
            return ControlFlow::Continue(());
        }
        entries += 1;
        let entry =
            Found { path: file.path.join(&path), below: format!("{}/{path}", file.below), entry: None, trouble: None };
        let parsed = content.map_err(refused).and_then(|bytes| reading.outcome(&entry.below, bytes));
        reading.give(entry, parsed)
    });
    match walked {
        Err(refusal) => reading.give(file, Err(refused(refusal))),
        Ok(()) if entries == 0 && file.entry.is_some() => {
            let gone = no_entry(&file);
            reading.give(file, Err(gone))
        }
        Ok(()) if entries == 0 => {
            let empty = AppError::refused("the archive holds no files")
                .hint("pack the tool outputs themselves; hidden files are passed over");
            reading.give(file, Err(empty))
        }
        Ok(()) => ControlFlow::Continue(()),
    }
}

fn refused(refusal: Refusal) -> AppError {
    AppError::refused(refusal.reason).hint(refusal.remedy)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn environment() -> Environment {
        Environment {
            now: Arc::new(|| groma_model::Timestamp::UNIX_EPOCH),
            seed: 0,
            author: String::new(),
            progress: Arc::new(|_| {}),
            cancelled: Arc::default(),
            settings: None,
        }
    }

    fn archives(names: &[&str]) -> Vec<Found> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/archives");
        files::walk(&names.iter().map(|name| folder.join(name)).collect::<Vec<_>>())
    }

    #[test]
    fn an_archive_is_read_like_a_folder() {
        let mut told = Vec::new();
        each(&environment(), archives(&["mixed.zip", "book.xlsx", "pax.tgz"]), How::default(), |file, parsed| {
            assert!(file.path.ends_with(&file.below), "{file:?}");
            told.push(match parsed {
                Ok(Parsed { outcome: Outcome::Imported(import), .. }) => format!("{} {}", file.below, import.format),
                Ok(_) => format!("{} refused", file.below),
                Err(error) => format!("{}: {}", file.below, error.message),
            });
            Ok(())
        })
        .unwrap();
        for want in [
            "mixed.zip/week-1/names.json actuator",
            "mixed.zip/week-1/top.txt kubectl-top",
            "mixed.zip/scans.tar.gz/scans/top.txt kubectl-top",
            "mixed.zip/top.txt.gz kubectl-top",
            "mixed.zip/link.json: a link is not read",
            "book.xlsx: this is an office document, not an archive of tool outputs",
            "pax.tgz/scans/names.json actuator",
        ] {
            assert!(told.iter().any(|line| line == want), "{want} is not in {told:#?}");
        }
        let place = |name: &str| told.iter().position(|line| line.starts_with(name)).unwrap();
        assert!(place("mixed.zip") < place("book.xlsx") && place("book.xlsx") < place("pax.tgz"), "{told:#?}");
    }

    #[test]
    fn one_entry_of_an_archive_can_be_named() {
        let found = archives(&["mixed.zip/scans.tar.gz/scans/top.txt"]);
        let mut told = Vec::new();
        each(&environment(), found.clone(), How::default(), |file, parsed| {
            told.push((file.below.clone(), matches!(parsed.unwrap().outcome, Outcome::Imported(_))));
            Ok(())
        })
        .unwrap();
        assert_eq!(told, [("mixed.zip/scans.tar.gz/scans/top.txt".to_owned(), true)]);
        assert!(bytes_of(&found[0]).unwrap().starts_with(b"N"));
        let gone = bytes_of(&archives(&["mixed.zip/week-9/top.txt"])[0]).unwrap_err();
        assert!(gone.message.contains("no file \"week-9/top.txt\""), "{gone}");
    }

    #[test]
    fn who_has_enough_of_an_archive_gets_no_more() {
        let mut taken = 0;
        let error = each(&environment(), archives(&["mixed.zip", "pax.tgz"]), How::default(), |_, _| {
            taken += 1;
            Err(AppError::failed("enough"))
        })
        .unwrap_err();
        assert_eq!((taken, error.message.as_str()), (1, "enough"));
    }
}
