//! The application: one open engagement, the clock, who is at work, the progress line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use groma_model::{Engagement, Id, Kind, Timestamp};
use groma_store::{Changes, Read, Setup, Store, StoreError};

use crate::disagreements::Traced;
use crate::live::{Layout, LiveView, PageArea, PartPage};
use crate::{AppError, verbs};

/// What the edge passes in: the time, randomness, who is at work, and where progress goes.
#[derive(Clone)]
pub struct Environment {
    /// The time now.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A seed from the operating system's random numbers; fixed, it makes files reproducible.
    pub seed: u64,
    /// Who is at work, for the history; may be empty.
    pub author: String,
    /// Called with what happens meanwhile.
    pub progress: Arc<dyn Fn(&Event) + Send + Sync>,
    /// Set to stop long work.
    pub cancelled: Arc<AtomicBool>,
    /// The folder of the application's own settings; none keeps none.
    pub settings: Option<PathBuf>,
}

/// What happens meanwhile.
#[derive(Debug, Clone, PartialEq, serde::Serialize, ts_rs::TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A file of an import has been read.
    Read {
        /// How many have been read.
        done: usize,
        /// How many there are.
        total: usize,
        /// The file, as it was named.
        path: String,
    },
    /// Something was changed; by whom it was asked does not matter.
    Changed {
        /// What changed.
        changes: Changes,
    },
    /// Another engagement is open, or none.
    Opened {
        /// The file, or null.
        path: Option<PathBuf>,
    },
    /// The report was laid out.
    Layout {
        /// The pages.
        layout: Layout,
    },
    /// What is being typed was laid out ahead of the whole.
    Part {
        /// The layout of which it is a part.
        revision: u64,
        /// The number of its first page, from 0.
        from: usize,
        /// Its pages, in place of as many of the layout's.
        pages: Vec<PartPage>,
    },
    /// A field is worked on: where its cursor stands on the pages.
    Caret {
        /// The place.
        area: PageArea,
    },
    /// The window that edits is led to a field.
    Reveal {
        /// Kind of the object.
        kind: Kind,
        /// The object.
        id: Id,
        /// The field, or empty.
        field: String,
        /// Where the cursor belongs in it, in UTF-16 units.
        offset: Option<usize>,
    },
    /// Settings of the window were changed, in whichever window.
    Preferred {
        /// All settings by name.
        settings: BTreeMap<String, serde_json::Value>,
    },
    /// The window is about to close: what was typed last must be handed over now.
    Closing,
    /// Files were dropped on the window.
    Dropped {
        /// The files and folders.
        paths: Vec<PathBuf>,
    },
    /// Files are held over the window, or no longer.
    Dragging {
        /// Whether they are.
        over: bool,
    },
}

impl Environment {
    /// An environment with a clock and a seed, nobody named, no progress line.
    #[must_use]
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static, seed: u64) -> Self {
        Self {
            now: Arc::new(now),
            seed,
            author: String::new(),
            progress: Arc::new(|_| {}),
            cancelled: Arc::default(),
            settings: None,
        }
    }

    pub(crate) fn setup(&self) -> Setup {
        let now = Arc::clone(&self.now);
        let progress = Arc::clone(&self.progress);
        let changed = move |changes: &Changes| progress(&Event::Changed { changes: changes.clone() });
        Setup::new(move || now(), self.seed).told(changed)
    }

    /// # Errors
    /// When the work was cancelled.
    pub(crate) fn go_on(&self) -> Result<(), AppError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(AppError::new(crate::Code::Cancelled, "cancelled; nothing was changed"));
        }
        Ok(())
    }
}

/// The application.
pub struct App {
    pub(crate) environment: Environment,
    pub(crate) live: LiveView,
    /// Whether someone else lays the report out after each change, so that no command does.
    pub(crate) laid_out_elsewhere: bool,
    /// Whether the user knows that the open file was recovered.
    pub(crate) recovery_told: bool,
    /// Why the file that was named from outside last is not open, until the user knows.
    pub(crate) unopened: Option<AppError>,
    /// What was last read out of the traces among the artifacts.
    pub(crate) traced: Traced,
    store: Option<(PathBuf, Store)>,
}

impl App {
    /// An application without an open engagement.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            live: LiveView::default(),
            laid_out_elsewhere: false,
            recovery_told: false,
            unopened: None,
            traced: Traced::default(),
            store: None,
        }
    }

    /// Creates an engagement file and opens it in place of the one that is open.
    ///
    /// # Errors
    /// When the file exists, or cannot be written.
    pub fn create(&mut self, path: &Path, engagement: Engagement) -> Result<(), AppError> {
        let store = Store::create(path, engagement, &self.environment.author, self.environment.setup())?;
        self.opened(path, store)
    }

    /// Opens an engagement file in place of the one that is open. One that cannot be written, on a read-only share or a full disk, is opened to read:
    /// what would change it is refused then.
    ///
    /// # Errors
    /// When it is missing, not ours, damaged, newer, or open elsewhere.
    pub fn open(&mut self, path: &Path) -> Result<(), AppError> {
        let opened = Store::open(path, self.environment.setup());
        let store = match opened {
            Err(
                error @ (StoreError::ReadOnly { .. } | StoreError::Unwritable { .. } | StoreError::DiskFull { .. }),
            ) => {
                // What keeps it from being written is what the user can mend; that it cannot be read either follows.
                Store::open_read_only(path, self.environment.setup()).map_err(|_| error)?
            }
            opened => opened?,
        };
        self.opened(path, store)
    }

    /// Takes an engagement in place of the one that is open, which stays open until the new one is: whoever names a
    /// wrong file loses nothing.
    fn opened(&mut self, path: &Path, store: Store) -> Result<(), AppError> {
        let before = self.store.replace((path.to_path_buf(), store));
        self.live.put(None);
        self.recovery_told = false;
        self.unopened = None;
        verbs::remember(self, path);
        (self.environment.progress)(&Event::Opened { path: Some(path.to_path_buf()) });
        match before {
            Some((_, before)) => Ok(before.close()?),
            None => Ok(()),
        }
    }

    /// Closes the engagement, so that one file remains.
    ///
    /// # Errors
    /// When the last pages cannot be written.
    pub fn close(&mut self) -> Result<(), AppError> {
        let Some((_, store)) = self.store.take() else { return Ok(()) };
        self.live.put(None);
        (self.environment.progress)(&Event::Opened { path: None });
        Ok(store.close()?)
    }

    /// Where the open engagement is.
    ///
    /// # Errors
    /// When none is open.
    pub fn path(&self) -> Result<&Path, AppError> {
        self.store.as_ref().map(|(path, _)| path.as_path()).ok_or_else(none_open)
    }

    /// A new piece of work begins: a cancellation that was meant for the last one is forgotten.
    pub fn begin(&self) {
        self.environment.cancelled.store(false, Ordering::Relaxed);
    }

    /// The bytes of an image of the open engagement; none when there is no such image.
    #[must_use]
    pub fn image(&mut self, sha256: &str) -> Option<Vec<u8>> {
        self.store().ok()?.blob(sha256).ok()
    }

    pub(crate) fn store(&mut self) -> Result<&mut Store, AppError> {
        self.store.as_mut().map(|(_, store)| store).ok_or_else(none_open)
    }
}

fn none_open() -> AppError {
    AppError::usage("no engagement is open").hint("open an engagement file first")
}
