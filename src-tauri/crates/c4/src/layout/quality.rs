//! What can be counted of how good a layout is.

use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout, Route};
use serde::Serialize;

/// Counts of what should not be there, or should be little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
#[ts(rename = "DrawingQuality")]
pub struct Quality {
    /// Pairs of boxes that lie over one another and are not within each other.
    pub overlapping_boxes: usize,
    /// Boxes that stand out of the one that they are within.
    pub escaped_boxes: usize,
    /// Lines that run through a box which is not theirs, or through their own.
    pub lines_through_boxes: usize,
    /// Texts of lines that lie on a box, or over the side of one.
    pub labels_on_boxes: usize,
    /// Texts of lines that lie on another text.
    pub labels_on_labels: usize,
    /// Lines that run through the title of a boundary.
    pub lines_through_titles: usize,
    /// Titles of boundaries that lie on the text of a line, on a box or on another title.
    pub titles_on_others: usize,
    /// Lines that run through the text of another.
    pub lines_through_labels: usize,
    /// Lines that run along on another.
    pub lines_on_lines: usize,
    /// Parts of lines that are neither upright nor level, but for those that a person bent.
    pub diagonals: usize,
    /// Texts that stand out of what they belong to, and what stands out of the page.
    pub texts_outside: usize,
    /// Where lines cross.
    pub crossings: usize,
    /// Bends of all lines.
    pub bends: usize,
}

impl Quality {
    /// Counts of what must be none, together.
    pub fn faults(&self) -> usize {
        self.overlapping_boxes
            + self.escaped_boxes
            + self.lines_through_boxes
            + self.labels_on_boxes
            + self.labels_on_labels
            + self.lines_through_titles
            + self.titles_on_others
            + self.diagonals
            + self.texts_outside
    }

    /// Counts the boxes of a layout alone.
    pub fn of_boxes(graph: &Graph, layout: &Layout) -> Self {
        let mut quality = Self::default();
        boxes(graph, layout, &mut quality);
        quality
    }

    /// Counts a layout.
    pub fn of(graph: &Graph, layout: &Layout) -> Self {
        let mut quality = Self::of_boxes(graph, layout);
        labels(graph, layout, &mut quality);
        lines(graph, layout, &mut quality);
        quality
    }
}

/// Rounding, and lines that touch.
const SLACK: f64 = 0.6;

fn leaves(graph: &Graph) -> Vec<bool> {
    let mut leaf = vec![true; graph.nodes.len()];
    graph.nodes.iter().filter_map(|node| node.parent).for_each(|parent| leaf[parent] = false);
    leaf
}

fn boxes(graph: &Graph, layout: &Layout, quality: &mut Quality) {
    for (at, rect) in layout.nodes.iter().enumerate() {
        if graph.nodes[at].parent.is_some_and(|parent| !layout.nodes[parent].holds(rect, SLACK)) {
            quality.escaped_boxes += 1;
        }
        for (other, beside) in layout.nodes.iter().enumerate().skip(at + 1) {
            if rect.overlaps(beside, SLACK) && !graph.within(at, other) && !graph.within(other, at) {
                quality.overlapping_boxes += 1;
            }
        }
    }
}

fn labels(graph: &Graph, layout: &Layout, quality: &mut Quality) {
    let leaf = leaves(graph);
    let labels: Vec<Rect> = layout.edges.iter().filter_map(|route| route.label).collect();
    for (at, label) in labels.iter().enumerate() {
        quality.labels_on_labels += labels[at + 1..].iter().filter(|other| label.overlaps(other, SLACK)).count();
        let on = |(node, rect): (usize, &Rect)| leaf[node] && label.overlaps(rect, SLACK);
        quality.labels_on_boxes += usize::from(layout.nodes.iter().enumerate().any(on));
    }
}

fn lines(graph: &Graph, layout: &Layout, quality: &mut Quality) {
    let leaf = leaves(graph);
    for (at, route) in layout.edges.iter().enumerate() {
        let edge = &graph.edges[at];
        quality.bends += route.points.len().saturating_sub(2);
        if edge.bends.is_empty() {
            quality.diagonals += segments(route).filter(|(from, to)| !straight(*from, *to)).count();
        }
        for (node, rect) in layout.nodes.iter().enumerate().filter(|(node, _)| leaf[*node]) {
            let own = node == edge.source || node == edge.destination;
            quality.lines_through_boxes += usize::from(runs_through(route, rect, own));
        }
        for (other_at, other) in layout.edges.iter().enumerate() {
            if other_at == at {
                continue;
            }
            if let Some(label) = other.label {
                let inner = label.grown(-SLACK);
                quality.lines_through_labels +=
                    usize::from(segments(route).any(|(from, to)| inner.clip(from, to).is_some()));
            }
            if other_at > at {
                quality.crossings += crossings(route, other);
                quality.lines_on_lines += usize::from(run_together(route, other));
            }
        }
    }
}

/// The straight parts of a line.
pub(super) fn segments(route: &Route) -> impl Iterator<Item = (Point, Point)> + '_ {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

fn straight(from: Point, to: Point) -> bool {
    (from.x - to.x).abs() < 0.05 || (from.y - to.y).abs() < 0.05
}

/// Whether a line runs through a box. Of its own it may touch the outline (which may lie within, of a round shape) with
/// its first and last part.
fn runs_through(route: &Route, rect: &Rect, own: bool) -> bool {
    let inner = rect.grown(-SLACK);
    let last = route.points.len().saturating_sub(2);
    segments(route).enumerate().any(|(at, (from, to))| {
        let Some((enter, leave)) = inner.clip(from, to) else { return false };
        if !own {
            return true;
        }
        let end = (at == 0 && enter == 0.0) || (at == last && leave == 1.0);
        !end || (enter == 0.0 && leave == 1.0 && last > 0)
    })
}

/// How often two lines cross.
pub(super) fn crossings(one: &Route, other: &Route) -> usize {
    let mut count = 0;
    for (a, b) in segments(one) {
        for (c, d) in segments(other) {
            count += usize::from(cross(a, b, c, d));
        }
    }
    count
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |o: Point, p: Point, q: Point| (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);
    let (one, two) = (side(a, b, c), side(a, b, d));
    let (three, four) = (side(c, d, a), side(c, d, b));
    // Ends that touch are no crossing.
    let apart = |p: f64, q: f64| (p > 1e-6 && q < -1e-6) || (p < -1e-6 && q > 1e-6);
    apart(one, two) && apart(three, four)
}

/// Whether two lines lie on one another for longer than a touch.
fn run_together(one: &Route, other: &Route) -> bool {
    segments(one).any(|(a, b)| segments(other).any(|(c, d)| shared(a, b, c, d) > 4.0))
}

/// How long two straight parts lie on one another; for upright and level ones.
pub(super) fn shared(a: Point, b: Point, c: Point, d: Point) -> f64 {
    let along = |p: f64, q: f64, r: f64, s: f64| p.max(q).min(r.max(s)) - p.min(q).max(r.min(s));
    let close = |p: f64, q: f64| (p - q).abs() < 0.5;
    if close(a.x, b.x) && close(c.x, d.x) && close(a.x, c.x) {
        along(a.y, b.y, c.y, d.y)
    } else if close(a.y, b.y) && close(c.y, d.y) && close(a.y, c.y) {
        along(a.x, b.x, c.x, d.x)
    } else {
        0.0
    }
}
