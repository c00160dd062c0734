//! Measuring again: which artifact is a newer state of which, what differs between the two, and what that says of
//! findings. Nothing is closed here; a consultant accepts or dismisses what is proposed.

mod compare;
mod pairs;
mod propose;

pub(crate) use compare::{Comparison, Thresholds};
pub use compare::{RetestChange, RetestCounts, RetestRow};
pub(crate) use pairs::{States, captured, recognise};
pub use propose::{ProposedValue, RetestProposal};
pub(crate) use propose::{proposals, state};
