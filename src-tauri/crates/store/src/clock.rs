//! Time and randomness, passed in: the same engagement gives the same bytes.

use groma_model::Timestamp;

use crate::op::Changes;

/// Where the store takes the time from.
pub trait Clock: Send {
    /// The time now.
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp + Send> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// What the edge gives a store: the time, and a seed for its ids.
pub struct Setup {
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) seed: u64,
    pub(crate) told: Box<dyn Fn(&Changes) + Send>,
}

impl Setup {
    /// A clock, and a seed from the operating system's random numbers (or a fixed one, for a reproducible file).
    #[must_use]
    pub fn new(clock: impl Clock + 'static, seed: u64) -> Self {
        Self { clock: Box::new(clock), seed, told: Box::new(|_| {}) }
    }

    /// The same setup, with someone who is told of every change once it is kept.
    #[must_use]
    pub fn told(mut self, told: impl Fn(&Changes) + Send + 'static) -> Self {
        self.told = Box::new(told);
        self
    }
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}
