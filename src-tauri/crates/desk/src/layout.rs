//! The thread that lays the report out: always the newest, never one that is stale already.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use groma_app::live::{Composition, Layouter, LiveView};
use groma_app::{AppError, Event};

/// What there is to lay out, or that there is nothing any more.
enum Wanted {
    Report(Box<Result<Composition, AppError>>),
    Nothing,
}

/// The newest wish; a newer one takes its place before it was begun.
type Next = Arc<Mutex<Option<Wanted>>>;

pub struct LayoutThread {
    next: Next,
    wake: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LayoutThread {
    pub fn start(live: LiveView, listen: Arc<dyn Fn(&Event) + Send + Sync>) -> Self {
        let next = Next::default();
        let (wake, woken) = channel();
        let wanted = Arc::clone(&next);
        let thread = std::thread::spawn(move || work(&live, &*listen, &wanted, &woken));
        Self { next, wake: Some(wake), thread: Some(thread) }
    }

    pub fn lay_out(&self, composition: Result<Composition, AppError>) {
        self.want(Wanted::Report(Box::new(composition)));
    }

    pub fn clear(&self) {
        self.want(Wanted::Nothing);
    }

    fn want(&self, wanted: Wanted) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(wanted);
        // A thread that is gone shows no page.
        let _ = self.wake.as_ref().map(|wake| wake.send(()));
    }
}

impl Drop for LayoutThread {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the layout's thread has panicked");
        }
    }
}

fn work(live: &LiveView, listen: &(dyn Fn(&Event) + Send + Sync), next: &Next, woken: &Receiver<()>) {
    let mut layouter = Layouter::default();
    while woken.recv().is_ok() {
        let wanted = next.lock().unwrap_or_else(PoisonError::into_inner).take();
        match wanted {
            Some(Wanted::Report(composition)) => {
                let shown = layouter.lay_out(*composition);
                let layout = shown.layout().clone();
                live.put(Some(shown));
                listen(&Event::Layout { layout });
            }
            Some(Wanted::Nothing) => {
                layouter = Layouter::default();
                live.put(None);
            }
            // Taken with an earlier call.
            None => {}
        }
    }
}
