//! Where Typst runs: threads with deep stacks, behind a wall that no panic passes.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::diagnostic::Failure;

/// Layout recurses with the nesting of the content, on the caller's thread and on the workers. A
/// worker of tokio or rayon has 2 MiB, and a stack that overflows kills the process. Pages of a
/// stack that are never touched cost nothing.
const STACK_BYTES: usize = 64 << 20;

/// `None` when the system grants no threads of that size; then the caller's own must do.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    ThreadPoolBuilder::new().stack_size(STACK_BYTES).thread_name(|index| format!("typeset-{index}")).build().ok()
});

/// Runs `work` on the pool; what it spawns stays there too.
///
/// # Errors
/// [`Failure::Internal`] when `work` panics.
pub(crate) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    // Safe to unwind: on a panic all that `work` made is dropped, and what it borrowed is either
    // immutable or a once-cell that stays empty.
    let guarded = || catch_unwind(AssertUnwindSafe(work));
    match POOL.as_ref() {
        Some(pool) => pool.install(guarded),
        None => guarded(),
    }
    .map_err(|panic| Failure::Internal { message: message_of(panic.as_ref()) })
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&message| message.to_owned()))
        .unwrap_or_else(|| "unknown panic".to_owned())
}
