//! The threads that lay the report out: the whole, always the newest and never one that is stale already; and the pages
//! as they are shown, on which what is being typed appears before the whole follows.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::pictures::Pictures;
use groma_app::live::{Composition, Draft, Early, Layouter, LiveView, Shown};
use groma_app::{AppError, Event};

/// What there is to lay out, or that there is nothing any more.
enum Wanted {
    Report(Box<Result<Composition, AppError>>),
    Nothing,
}

/// What there is to show; the newest of each.
#[derive(Default)]
struct News {
    /// A layout of the whole, or that there is none any more.
    whole: Option<Option<Arc<Shown>>>,
    /// What is being typed.
    draft: Option<Draft>,
    /// Nobody writes: nothing that was memoised is there any more.
    rested: bool,
}

/// A thread and its mail: only the newest of what it has not begun.
struct Post<T> {
    mail: Arc<Mutex<T>>,
    wake: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Default + Send + 'static> Post<T> {
    /// A thread that does `work` with the newest mail, and is called with none once when there has been none for so long.
    fn start(rest: Duration, mut work: impl FnMut(Option<T>) + Send + 'static) -> Self {
        let mail: Arc<Mutex<T>> = Arc::default();
        let (wake, woken): (Sender<()>, Receiver<()>) = channel();
        let waiting = Arc::clone(&mail);
        let thread = std::thread::spawn(move || {
            let mut worked = false;
            loop {
                let called = if worked {
                    woken.recv_timeout(rest)
                } else {
                    woken.recv().map_err(|_| RecvTimeoutError::Disconnected)
                };
                match called {
                    Ok(()) => {
                        // What was taken with an earlier call is not called for again.
                        while woken.try_recv().is_ok() {}
                        work(Some(std::mem::take(&mut *waiting.lock().unwrap_or_else(PoisonError::into_inner))));
                    }
                    Err(RecvTimeoutError::Timeout) => work(None),
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                worked = called.is_ok();
            }
        });
        Self { mail, wake: Some(wake), thread: Some(thread) }
    }

    fn send(&self, write: impl FnOnce(&mut T)) {
        write(&mut self.mail.lock().unwrap_or_else(PoisonError::into_inner));
        // A thread that is gone shows no page.
        let _ = self.wake.as_ref().map(|wake| wake.send(()));
    }
}

impl<T> Drop for Post<T> {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a thread of the layout has panicked");
        }
    }
}

/// How long nobody has to type for the whole to be laid out: it takes the processor from whoever types, whose letters
/// are on the page already.
const QUIET: Duration = Duration::from_millis(700);
/// How long the whole waits for that at most.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// After so long without news every window has taken the newest pages, and those before them are let go of.
const REST: Duration = Duration::from_secs(4);

/// After so long without a layout nobody is writing: what makes the next one quick is let go of where it is much.
const LONG_REST: Duration = Duration::from_secs(12);

/// When a part was last laid out ahead of the whole.
#[derive(Clone, Default)]
pub struct Ahead(Arc<Mutex<Option<Instant>>>);

impl Ahead {
    fn shown(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Another engagement is open: nobody waits for what was typed before.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// How long a whole that is stale since then may wait yet; none when it is time for it.
    pub fn patience(&self, stale: Instant) -> Option<Duration> {
        let shown = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let left = QUIET.saturating_sub(shown.elapsed()).min(MOST_WAIT.saturating_sub(stale.elapsed()));
        (!left.is_zero()).then_some(left)
    }
}

/// Both threads.
pub struct LayoutThread {
    // Dropped first: it hands on to the other.
    whole: Post<Option<Wanted>>,
    pages: Arc<Post<News>>,
    ahead: Ahead,
}

impl LayoutThread {
    pub fn start(live: LiveView, pictures: Arc<Pictures>, listen: Arc<dyn Fn(&Event) + Send + Sync>) -> Self {
        let ahead = Ahead::default();
        let told = ahead.clone();
        let mut showing =
            Showing { live, listen, early: Early::default(), whole: None, draft: None, last: None, outlived: 0, told };
        let pages = Arc::new(Post::start(REST, move |news| match news {
            Some(news) => showing.take(news),
            None => showing.settle(),
        }));
        let mut layouter = Layouter::default();
        let threads = threads();
        let to_pages = Arc::clone(&pages);
        let lay_out = move |wanted: Option<Option<Wanted>>| match wanted {
            None => {
                if layouter.rest() {
                    // The window has those that it shows.
                    pictures.forget();
                    to_pages.send(|news| news.rested = true);
                }
            }
            Some(Some(Wanted::Report(composition))) => {
                let lay_out = || layouter.lay_out(*composition);
                let shown = match &threads {
                    Some(threads) => threads.install(lay_out),
                    None => lay_out(),
                };
                to_pages.send(|news| news.whole = Some(Some(shown)));
                layouter.settle();
            }
            Some(Some(Wanted::Nothing)) => {
                layouter.forget();
                to_pages.send(|news| *news = News { whole: Some(None), ..News::default() });
            }
            Some(None) => {}
        };
        let whole = Post::start(LONG_REST, lay_out);
        Self { whole, pages, ahead }
    }

    /// When a part was last laid out ahead of the whole.
    pub const fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    pub fn lay_out(&self, composition: Result<Composition, AppError>) {
        self.whole.send(|wanted| *wanted = Some(Wanted::Report(Box::new(composition))));
    }

    pub fn clear(&self) {
        self.whole.send(|wanted| *wanted = Some(Wanted::Nothing));
    }

    /// Who hands over what is being typed.
    pub fn drafts(&self) -> Drafts {
        Drafts(Arc::clone(&self.pages))
    }
}

/// Takes what is being typed to the pages, past everything that waits.
pub struct Drafts(Arc<Post<News>>);

impl Drafts {
    pub fn show(&self, draft: Draft) {
        self.0.send(|news| news.draft = Some(draft));
    }
}

/// All cores but one lay the whole out, and step back for everything else: neither the part that is being typed in nor
/// the window waits for it. None where that cannot be had.
fn threads() -> Option<rayon::ThreadPool> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1));
    pool.start_handler(|_| step_back()).build().ok()
}

/// Lowers the priority of the thread that calls it. On Linux it is a thread's own.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        tracing::debug!(%error, "the layout keeps its priority");
    }
}

/// The pages as they are shown.
struct Showing {
    live: LiveView,
    listen: Arc<dyn Fn(&Event) + Send + Sync>,
    early: Early,
    whole: Option<Arc<Shown>>,
    /// What is being typed and not in the whole yet.
    draft: Option<Draft>,
    /// What was typed last.
    last: Option<Draft>,
    /// How many layouts of the whole have come since without it.
    outlived: u8,
    told: Ahead,
}

/// After so many layouts of the whole without it, what was typed has been given up: it is handed over within a second.
const MOST_OUTLIVED: u8 = 3;

impl Showing {
    /// Lets go of layouts that nobody shows any more.
    fn settle(&mut self) {
        self.live.settle();
        if let Some(whole) = &self.whole {
            self.early.settle(whole);
        }
    }

    fn take(&mut self, News { whole, draft, rested }: News) {
        let typed = draft.is_some();
        if typed {
            self.last.clone_from(&draft);
        } else if rested && whole.is_none() {
            // The next letter is to find warm what it needs, though the whole is cold.
            if let Some(whole) = &self.whole {
                self.early.warm(whole, self.last.as_ref());
            }
            return;
        }
        self.outlived = if typed { 0 } else { self.outlived + u8::from(whole.is_some()) };
        self.draft = draft.or(self.draft.take().filter(|_| self.outlived < MOST_OUTLIVED));
        let laid_out = whole.is_some();
        match whole {
            Some(None) => {
                (self.whole, self.draft, self.last, self.outlived) = (None, None, None, 0);
                self.early = Early::default();
                self.live.put(None);
                return;
            }
            Some(whole) => self.whole = whole,
            None => {}
        }
        let Some(whole) = self.whole.clone() else { return };
        // The engagement holds it by now, or again.
        self.draft = self.draft.take().filter(|draft| !whole.holds(draft));
        let ahead = self.draft.as_ref().and_then(|draft| self.early.lay_out(&whole, draft)).map(Arc::new);
        if typed && ahead.is_some() {
            self.told.shown();
        }
        let shown = ahead.clone().unwrap_or(whole);
        let before = self.live.shown();
        let part = if laid_out { None } else { shown.ahead(before.as_deref()) };
        self.live.put(Some(Arc::clone(&shown)));
        let layout = shown.layout();
        if laid_out {
            (self.listen)(&Event::Layout { layout: layout.clone() });
        } else if typed && let Some((from, pages)) = part {
            (self.listen)(&Event::Part { revision: layout.revision, from, pages });
        } else if before.is_some_and(|before| before.is_ahead()) {
            // Typed back to what the engagement holds.
            (self.listen)(&Event::Layout { layout: layout.clone() });
        }
    }
}
