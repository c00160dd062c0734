//! Time and randomness, passed in: the same engagement gives the same bytes.

use groma_model::Timestamp;

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
}

impl Setup {
    /// A clock, and a seed from the operating system's random numbers (or a fixed one, for a reproducible file).
    #[must_use]
    pub fn new(clock: impl Clock + 'static, seed: u64) -> Self {
        Self { clock: Box::new(clock), seed }
    }
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}
