//! Reading many files: in parallel, in order, cancellable, with progress.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use groma_evidence::Outcome;
use tokio::task::JoinHandle;

use crate::app::Event;
use crate::files::{self, Found};
use crate::{AppError, Code, Environment};

/// A file as it was read: its bytes, and what they are.
pub(crate) struct Parsed {
    pub bytes: Vec<u8>,
    pub outcome: Outcome,
}

/// Reads and parses files on all cores and hands them over one by one in their order.
///
/// Never more files are in memory than there are cores, so that a folder of large files stays bounded.
///
/// # Errors
/// When the work is cancelled, or the receiver refuses to go on. A file that cannot be read is handed over as its error.
pub(crate) fn each(
    environment: &Environment,
    found: Vec<Found>,
    as_format: Option<&str>,
    mut take: impl FnMut(&Found, Result<Parsed, AppError>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(workers)
        .build()
        .map_err(|error| AppError::failed(format!("no worker could be started: {error}")))?;
    let as_format: Option<Arc<str>> = as_format.map(Arc::from);
    let total = found.len();
    let mut waiting = found.into_iter();
    let mut running: VecDeque<(Found, JoinHandle<Result<Parsed, AppError>>)> = VecDeque::new();
    let mut done = 0;
    loop {
        environment.go_on()?;
        while running.len() < workers
            && let Some(file) = waiting.next()
        {
            let (wanted, format) = (file.clone(), as_format.clone());
            let cancelled = Arc::clone(&environment.cancelled);
            let span = tracing::Span::current();
            let job = runtime.spawn_blocking(move || {
                let _entered = span.entered();
                parse(wanted, format.as_deref(), &cancelled)
            });
            running.push_back((file, job));
        }
        let Some((file, job)) = running.pop_front() else { break };
        let parsed = runtime.block_on(job).unwrap_or_else(|error| {
            Err(AppError::failed(format!("{}: the importer stopped: {error}", file.path.display()))
                .hint("this is a fault of the program; the other files are not affected"))
        });
        environment.go_on()?;
        done += 1;
        (environment.progress)(&Event::Read { done, total, path: file.path.display().to_string() });
        take(&file, parsed)?;
    }
    Ok(())
}

fn parse(file: Found, as_format: Option<&str>, cancelled: &AtomicBool) -> Result<Parsed, AppError> {
    if let Some(trouble) = file.trouble {
        return Err(trouble);
    }
    let bytes = files::read(&file.path)?;
    let outcome = {
        let _span = tracing::info_span!("import.parse", bytes = bytes.len()).entered();
        groma_evidence::read_until(&file.below, &bytes, as_format, &|| cancelled.load(Ordering::Relaxed))
    };
    // The whole work is given up with it, so that nobody reads this line.
    let outcome = outcome.ok_or_else(|| AppError::new(Code::Cancelled, "cancelled"))?;
    Ok(Parsed { bytes, outcome })
}
