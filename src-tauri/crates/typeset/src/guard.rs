//! A wall that no panic of Typst's passes.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diagnostic::Failure;

/// Runs `work` on the caller's thread; Typst spreads over rayon's threads by itself, and grows its stack by itself.
/// A thread pool of our own with the caller's work inside was measured to be slower: the thread that leads the layout is
/// then one of those that should follow. For the same reason, do not call this from a rayon worker.
///
/// # Errors
/// [`Failure::Internal`] when `work` panics.
pub(crate) fn run<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    // Safe to unwind: on a panic all that `work` made is dropped, and what it borrowed is either
    // immutable or a once-cell that stays empty.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Failure::Internal { message: message_of(panic.as_ref()) })
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&message| message.to_owned()))
        .unwrap_or_else(|| "unknown panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Failure, run};

    #[test]
    fn a_panic_is_a_failure() {
        let failure = run(|| panic!("number {}", 7)).expect_err("it panicked");
        assert_eq!(failure, Failure::Internal { message: "number 7".to_owned() });
        let failure = run(|| panic!("plain")).expect_err("it panicked");
        assert_eq!(failure, Failure::Internal { message: "plain".to_owned() });
        assert_eq!(run(|| 7), Ok(7));
    }
}
