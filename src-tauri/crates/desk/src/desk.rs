//! The desk: commands in, answers and events out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use groma_app::{App, AppError, Command, Environment, Event, live::LiveView};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::layout::{Drafts, LayoutThread};
use crate::pictures::{Pictures, Wanted};

enum Job {
    Call(Box<Command>, oneshot::Sender<Result<Value, AppError>>),
    Image(String, oneshot::Sender<Option<Vec<u8>>>),
    Paste(String, Vec<u8>, oneshot::Sender<Result<Value, AppError>>),
    /// The engagement has changed: its pages are stale.
    Changed,
    /// Another engagement is open, or none.
    Opened,
    Stop,
}

/// The running application.
pub struct Desk {
    jobs: Sender<Job>,
    cancelled: Arc<AtomicBool>,
    live: LiveView,
    pictures: Arc<Pictures>,
    drafts: Option<Drafts>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// Starts it. `listen` is called with every event, from any thread; it should do no more than hand it on.
    #[must_use]
    pub fn start(mut environment: Environment, listen: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        let (jobs, waiting) = channel();
        let listen: Arc<dyn Fn(&Event) + Send + Sync> = Arc::new(listen);
        let stale = jobs.clone();
        let told = Arc::clone(&listen);
        environment.progress = Arc::new(move |event| {
            let job = match event {
                Event::Changed { .. } => Some(Job::Changed),
                Event::Opened { .. } => Some(Job::Opened),
                _ => None,
            };
            // The desk is going down when nobody listens.
            let _ = job.map(|job| stale.send(job));
            told(event);
        });
        let cancelled = Arc::clone(&environment.cancelled);
        let mut app = App::new(environment);
        let live = app.leave_layout();
        let pictures = Arc::<Pictures>::default();
        let layout = LayoutThread::start(live.clone(), Arc::clone(&pictures), listen);
        let drafts = Some(layout.drafts());
        let thread = std::thread::spawn(move || work(app, &waiting, &layout));
        Self { jobs, cancelled, live, pictures, drafts, thread: Some(thread) }
    }

    /// Runs a command of the contract, given as JSON. Commands run one after another; `cancel` is heard at once.
    ///
    /// # Errors
    /// As the command.
    pub async fn call(&self, command: Value) -> Result<Value, AppError> {
        let command = match Command::from_value(command)? {
            Command::Cancel(_) => {
                self.cancelled.store(true, Ordering::Relaxed);
                return Ok(Value::Null);
            }
            // Past everything that waits: someone is typing.
            Command::Draft(draft) => {
                self.drafts.as_ref().ok_or_else(gone)?.show(draft);
                return Ok(Value::Null);
            }
            command => command,
        };
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Call(Box::new(command), answer)).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// The picture of a page as a PNG, by its name: `<hash>@<scale>.png` with `scale` pixels a point, or
    /// `<hash>@<scale>+<from>-<to>.png` for its rows of pixels from `from` up to and without `to`. None when no page looks
    /// like that any more. Takes some milliseconds of work: call it where that may be.
    #[must_use]
    pub fn page(&self, name: &str) -> Option<Arc<Vec<u8>>> {
        self.pictures.get(&self.live, Wanted::named(name)?)
    }

    /// The bytes of an image of the open engagement.
    pub async fn image(&self, sha256: String) -> Option<Vec<u8>> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Image(sha256, answer)).ok()?;
        answered.await.ok()?
    }

    /// Keeps a pasted picture; answers as `add_image` does.
    ///
    /// # Errors
    /// When it is no picture, or no engagement is open.
    pub async fn paste(&self, name: String, bytes: Vec<u8>) -> Result<Value, AppError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Paste(name, bytes, answer)).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// Closes the engagement and ends. Dropping does the same.
    pub fn stop(&mut self) {
        self.drafts = None;
        // A thread that is gone has closed it.
        let _ = self.jobs.send(Job::Stop);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the desk's thread has panicked");
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
    }
}

fn gone() -> AppError {
    AppError::failed("the application is closing")
}

fn work(mut app: App, waiting: &Receiver<Job>, layout: &LayoutThread) {
    let mut stale: Option<Instant> = None;
    loop {
        // Whoever asks comes first; the pages follow once nobody does.
        let job = match waiting.try_recv() {
            Ok(job) => job,
            Err(TryRecvError::Empty) => match stale {
                None => match waiting.recv() {
                    Ok(job) => job,
                    Err(_) => break,
                },
                Some(since) => match layout.ahead().patience(since).map(|patience| waiting.recv_timeout(patience)) {
                    Some(Ok(job)) => job,
                    Some(Err(RecvTimeoutError::Timeout)) => continue,
                    Some(Err(RecvTimeoutError::Disconnected)) => break,
                    None => {
                        stale = None;
                        match app.path() {
                            Ok(_) => layout.lay_out(app.composition()),
                            Err(_) => layout.clear(),
                        }
                        continue;
                    }
                },
            },
            Err(TryRecvError::Disconnected) => break,
        };
        match job {
            Job::Call(command, answer) => {
                app.begin();
                // Nobody waits any more when a window was closed meanwhile; what was done is done.
                let _ = answer.send(app.dispatch(*command));
            }
            Job::Image(sha256, answer) => {
                let _ = answer.send(app.image(&sha256));
            }
            Job::Paste(name, bytes, answer) => {
                let kept = app
                    .paste_image(name, &bytes)
                    .and_then(|reply| serde_json::to_value(reply).map_err(|error| AppError::failed(error.to_string())));
                let _ = answer.send(kept);
            }
            Job::Changed => stale = stale.or_else(|| Some(Instant::now())),
            Job::Opened => {
                layout.ahead().forget();
                stale = Some(Instant::now());
            }
            Job::Stop => break,
        }
    }
    if app.close().is_err() {
        tracing::warn!("the engagement was not closed cleanly; nothing is lost");
    }
}
