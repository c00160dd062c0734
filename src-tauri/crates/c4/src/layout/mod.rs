//! Where boxes, lines and their texts go. Knows sizes, not what is drawn.

mod bands;
mod best;
mod engine;
mod fixed;
mod geometry;
mod graph;
mod grid;
mod labels;
mod near;
mod parts;
mod quality;
mod route;
mod search;
mod tighten;

pub use bands::Band;
pub use best::{Room, Tried, cost, refined, tried};
pub use engine::{EngineError, ranked};
pub use fixed::around_fixed;
pub use geometry::{Point, Rect};
pub use graph::{Edge, Graph, Layout, Node, Padding, Plan, Route};
pub use quality::Quality;
pub use route::routes;
pub use tighten::tighten;
