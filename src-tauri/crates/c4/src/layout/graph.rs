//! What a layout engine is asked and what it answers, in no engine's own words. Sizes in layout units: a box is 200
//! of them wide, small text 12 high.

use super::geometry::{Point, Rect};
use crate::model::Direction;

/// Boxes within boxes, and lines between them.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The boxes, each after the one that it is within.
    pub nodes: Vec<Node>,
    /// The lines.
    pub edges: Vec<Edge>,
    /// Whether everything stands as close as it can be told apart.
    pub close: bool,
}

/// A box. With others in it, it is as large as they and its padding need.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// The box that it is within.
    pub parent: Option<usize>,
    /// Width; of a box with others in it, the least.
    pub width: f64,
    /// Height; of a box with others in it, the least.
    pub height: f64,
    /// Room between its sides and what is in it.
    pub padding: Padding,
    /// Its middle, where a person placed it.
    pub fixed: Option<Point>,
}

/// Room within a box.
#[derive(Debug, Clone, Copy, Default)]
pub struct Padding {
    /// Above.
    pub top: f64,
    /// To the left and to the right.
    pub side: f64,
    /// Below.
    pub bottom: f64,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    /// Where it begins, in `nodes`.
    pub source: usize,
    /// Where it ends, in `nodes`.
    pub destination: usize,
    /// Width and height of its text.
    pub label: Option<(f64, f64)>,
    /// Its bends, where a person placed them.
    pub bends: Vec<Point>,
    /// Where its text is along it, per cent, where a person said so.
    pub position: Option<f64>,
}

/// Where everything is.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The boxes, as in the graph.
    pub nodes: Vec<Rect>,
    /// The lines, as in the graph.
    pub edges: Vec<Route>,
    /// What all of it needs, from (0, 0).
    pub width: f64,
    /// What all of it needs, from (0, 0).
    pub height: f64,
}

/// The way of a line.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// From the source's side over the bends to the destination's.
    pub points: Vec<Point>,
    /// Its text.
    pub label: Option<Rect>,
}

/// How to lay out.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Where the lines lead.
    pub direction: Direction,
    /// Number that decides between equals.
    pub seed: u32,
    /// Whether boxes stay in their order where that costs nothing.
    pub ordered: bool,
    /// Width by height that parts which nothing connects are packed to, about.
    pub aspect: f64,
    /// Most boxes side by side in a rank of one boundary; 0: as many as it takes.
    pub bound: u32,
}

impl Graph {
    /// The boxes within each box.
    pub fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent].push(at);
            }
        }
        children
    }

    /// Whether a box is another or lies within it, at any depth.
    pub fn within(&self, inner: usize, outer: usize) -> bool {
        std::iter::successors(Some(inner), |at| self.nodes[*at].parent).any(|at| at == outer)
    }
}

impl Layout {
    /// Moves everything so that it begins at (0, 0), with `margin` around it.
    pub fn normalise(&mut self, margin: f64) -> Point {
        let mut all: Option<Rect> = None;
        let mut take = |rect: Rect| all = Some(all.map_or(rect, |known| known.union(&rect)));
        self.nodes.iter().for_each(|rect| take(*rect));
        for route in &self.edges {
            route.points.iter().for_each(|point| take(Rect::new(point.x, point.y, 0.0, 0.0)));
            route.label.iter().for_each(|rect| take(*rect));
        }
        let all = all.unwrap_or_default();
        let (dx, dy) = (margin - all.x, margin - all.y);
        for rect in self.nodes.iter_mut().chain(self.edges.iter_mut().filter_map(|route| route.label.as_mut())) {
            rect.x += dx;
            rect.y += dy;
        }
        for point in self.edges.iter_mut().flat_map(|route| &mut route.points) {
            point.x += dx;
            point.y += dy;
        }
        self.width = all.w + 2.0 * margin;
        self.height = all.h + 2.0 * margin;
        Point::new(dx, dy)
    }
}
