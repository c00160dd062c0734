//! What makes a plan impossible.

use groma_model::Id;

/// Why no plan can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Initiatives wait for each other in a circle.
    #[error("{} wait for each other; remove one of these dependencies", .labels.join(" → "))]
    Cycle {
        /// The initiatives of the circle, each waiting for the next, the last for the first.
        initiatives: Vec<Id>,
        /// How they are shown, such as `I-003`; the first one again at the end.
        labels: Vec<String>,
    },
}
