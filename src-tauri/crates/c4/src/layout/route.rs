//! Ways for lines between boxes that stay where they are: level and upright, around the boxes, with few bends and
//! crossings. Dijkstra's search on a grid of lines beside the boxes, one line after the other, the short ones first.

use super::engine::straightened;
use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout};
use super::grid::Grid;
use super::labels;
use super::near::Near;
use super::search::{Search, Text};

/// Room around a text of a line.
const ROOM: f64 = 5.0;
/// Crossings of the grid beyond which ways are not searched but drawn straight: a search would take the memory that the
/// application has not got.
const LARGEST_GRID: usize = 600_000;

/// Finds the ways of all lines between boxes that have their places. `titles`: what is written elsewhere.
pub fn routes(graph: &Graph, layout: &mut Layout, titles: &[Rect]) {
    let mut leaf = vec![true; graph.nodes.len()];
    graph.nodes.iter().filter_map(|node| node.parent).for_each(|parent| leaf[parent] = false);
    let mut ends = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        ends[edge.source] = true;
        ends[edge.destination] = true;
    }
    let mut grid = Grid::new(&layout.nodes, &leaf, &ends);
    let mut search = (grid.crossings.len() <= LARGEST_GRID).then(|| Search::of(&grid));
    let boxes: Vec<Rect> = layout.nodes.iter().zip(&leaf).filter(|(_, leaf)| **leaf).map(|(rect, _)| *rect).collect();
    let mut taken = Near::of(boxes.iter().map(|rect| rect.grown(ROOM)));
    for title in titles {
        grid.write(&title.grown(ROOM));
        taken.add(title.grown(ROOM));
    }
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    let far = |at: &usize| {
        let edge = &graph.edges[*at];
        layout.nodes[edge.source].centre().distance(layout.nodes[edge.destination].centre()) as u64
    };
    order.sort_by_key(far);
    for at in order {
        let edge = &graph.edges[at];
        let (source, destination) = (layout.nodes[edge.source], layout.nodes[edge.destination]);
        let points = if edge.source == edge.destination {
            loop_beside(&source, &boxes)
        } else if !edge.bends.is_empty() {
            bent_by_hand(&source, &destination, &edge.bends)
        } else {
            let text = edge.label.map(|size| Text { size, taken: &taken });
            let found = search.as_mut().and_then(|one| one.way(&mut grid, &source, &destination, text.as_ref()));
            found.unwrap_or_else(|| elbow(&source, &destination))
        };
        layout.edges[at].points = straightened(points);
        labels::place_one(graph, layout, (&leaf, titles), at);
        if let Some(label) = layout.edges[at].label {
            grid.write(&label.grown(ROOM));
            taken.add(label.grown(ROOM));
        }
    }
    // Those that came first did not know of those that came later.
    for at in 0..graph.edges.len() {
        labels::place_one(graph, layout, (&leaf, titles), at);
    }
}

/// A way over the bends that a person made: from the middle of a box to that of the other, as far as it is outside.
fn bent_by_hand(source: &Rect, destination: &Rect, bends: &[Point]) -> Vec<Point> {
    let leave = |rect: &Rect, towards: Point| {
        let from = rect.centre();
        let share = rect.clip(from, towards).map_or(0.0, |(_, leave)| leave);
        Point::new(from.x + (towards.x - from.x) * share, from.y + (towards.y - from.y) * share)
    };
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else { return elbow(source, destination) };
    let mut points = vec![leave(source, *first)];
    points.extend(bends);
    points.push(leave(destination, *last));
    points
}

/// A line from a box back to itself, around the corner where it is in nobody's way.
fn loop_beside(rect: &Rect, boxes: &[Rect]) -> Vec<Point> {
    let around = |right: bool, up: bool, out: f64| {
        let (side, beyond) = if right { (rect.right(), rect.right() + out) } else { (rect.x, rect.x - out) };
        let (end, over) = if up { (rect.y, rect.y - out) } else { (rect.bottom(), rect.bottom() + out) };
        let y = rect.y + rect.h * if up { 0.35 } else { 0.65 };
        let x = rect.x + rect.w * if right { 0.8 } else { 0.2 };
        vec![
            Point::new(side, y),
            Point::new(beyond, y),
            Point::new(beyond, over),
            Point::new(x, over),
            Point::new(x, end),
        ]
    };
    let in_the_way = |points: &Vec<Point>| {
        let parts = || points.windows(2);
        boxes
            .iter()
            .filter(|other| *other != rect && parts().any(|pair| other.clip(pair[0], pair[1]).is_some()))
            .count()
    };
    let corners = [(true, true), (true, false), (false, true), (false, false)];
    let ways = [24.0, 14.0].into_iter().flat_map(|out| corners.map(|(right, up)| around(right, up, out)));
    ways.min_by_key(in_the_way).unwrap_or_default()
}

/// A way that minds nothing, for boxes between which there is none.
fn elbow(source: &Rect, destination: &Rect) -> Vec<Point> {
    let (from, to) = (source.centre(), destination.centre());
    if (from.y - to.y).abs() > (from.x - to.x).abs() {
        let down = to.y > from.y;
        let (start, end) = if down { (source.bottom(), destination.y) } else { (source.y, destination.bottom()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(from.x, start), Point::new(from.x, middle), Point::new(to.x, middle), Point::new(to.x, end)]
    } else {
        let right = to.x > from.x;
        let (start, end) = if right { (source.right(), destination.x) } else { (source.x, destination.right()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(start, from.y), Point::new(middle, from.y), Point::new(middle, to.y), Point::new(end, to.y)]
    }
}
