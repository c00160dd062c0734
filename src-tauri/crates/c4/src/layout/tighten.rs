//! Air let out of a layout: boundaries drawn in to what is in them, and bands across it in which nothing is made
//! narrower. Nothing changes sides and nothing bends: places only move closer along one axis, in their order.

use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout};

/// What a side of an interval along an axis is of; says how much room it wants beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Box,
    Label,
    Line,
    Boundary,
}

/// Room between what lies side by side along an axis.
fn room(one: Kind, other: Kind, close: bool) -> f64 {
    use Kind::{Boundary, Box, Label, Line};
    let usual = match (one, other) {
        // Boxes are told apart by their sides already.
        (Box, Box) if close => 24.0,
        (Box, Box) => 34.0,
        (Box, Boundary) | (Boundary, Box) => 16.0,
        // An arrow's head and a bit of its line.
        (Box, Label) | (Label, Box) => 15.0,
        (Box, Line) | (Line, Box) => 15.0,
        (Label, Boundary) | (Boundary, Label) => 12.0,
        (Boundary, Boundary) => 20.0,
        _ => 10.0,
    };
    if close { (usual * 0.65_f64).max(9.0) } else { usual }
}

/// Lets the air out, up and down and then across.
pub fn tighten(graph: &Graph, layout: &mut Layout) {
    for upright in [true, false] {
        draw_in(graph, layout, upright);
        squeeze(graph, layout, upright);
    }
    layout.normalise(3.0);
}

fn span(rect: &Rect, upright: bool) -> (f64, f64) {
    if upright { (rect.y, rect.bottom()) } else { (rect.x, rect.right()) }
}

fn set_span(rect: &mut Rect, upright: bool, from: f64, to: f64) {
    if upright {
        (rect.y, rect.h) = (from, to - from);
    } else {
        (rect.x, rect.w) = (from, to - from);
    }
}

fn along(point: &Point, upright: bool) -> f64 {
    if upright { point.y } else { point.x }
}

/// Parts of lines across the axis: (place along it, from, to across it).
fn crossbars(layout: &Layout, upright: bool) -> Vec<(f64, f64, f64)> {
    let segments = layout.edges.iter().flat_map(|route| route.points.windows(2));
    segments
        .filter(|pair| (along(&pair[0], upright) - along(&pair[1], upright)).abs() < 0.05)
        .map(|pair| {
            let (a, b) = (along(&pair[0], !upright), along(&pair[1], !upright));
            (along(&pair[0], upright), a.min(b), a.max(b))
        })
        .collect()
}

/// Draws the sides of boundaries in to what is in them and to the bends that stand between.
fn draw_in(graph: &Graph, layout: &mut Layout, upright: bool) {
    let children = graph.children();
    let bars = crossbars(layout, upright);
    for at in (0..graph.nodes.len()).rev() {
        if children[at].is_empty() {
            continue;
        }
        let rect = layout.nodes[at];
        let padding = graph.nodes[at].padding;
        let (before, after) = if upright { (padding.top, padding.bottom) } else { (padding.side, padding.side) };
        let least = if upright { graph.nodes[at].height } else { graph.nodes[at].width };
        let (low, high) = span(&rect, upright);
        let (cross_low, cross_high) = span(&rect, !upright);
        let inner = children[at].iter().map(|child| span(&layout.nodes[*child], upright));
        let (first, last) = inner.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (c, d)| (a.min(c), b.max(d)));
        let (mut from, mut to) = (first - before, last + after);
        // What hangs on the side itself, and bends and texts between the side and what is within, keep it where it is.
        let held = |from: f64, to: f64| {
            let bar = bars.iter().any(|(place, a, b)| {
                *place > from - 8.0 && *place < to + 8.0 && *b > cross_low - 1.0 && *a < cross_high + 1.0
            });
            let ends =
                layout.edges.iter().flat_map(|route| route.points.first().into_iter().chain(route.points.last()));
            let end = ends.clone().any(|point| {
                let (here, across) = (along(point, upright), along(point, !upright));
                here > from - 1.0 && here < to + 1.0 && across > cross_low - 1.0 && across < cross_high + 1.0
            });
            let label = layout.edges.iter().filter_map(|route| route.label).any(|label| {
                let ((a, b), (c, d)) = (span(&label, upright), span(&label, !upright));
                b > from && a < to && d > cross_low && c < cross_high
            });
            bar || end || label
        };
        if from <= low || held(low, from) {
            from = low;
        }
        if to >= high || held(to, high) {
            to = high;
        }
        if to - from < least {
            // Wide enough for its title.
            to = high.min(from + least).max(to);
            if to - from < least {
                from = low.max(to - least).min(from);
            }
        }
        set_span(&mut layout.nodes[at], upright, from, to);
    }
}

/// Makes bands in which nothing is narrower.
fn squeeze(graph: &Graph, layout: &mut Layout, upright: bool) {
    let children = graph.children();
    let mut spans: Vec<(f64, f64, Kind)> = Vec::new();
    for (at, rect) in layout.nodes.iter().enumerate() {
        let (low, high) = span(rect, upright);
        if children[at].is_empty() {
            spans.push((low, high, Kind::Box));
            continue;
        }
        // Of a boundary its sides and its title.
        let padding = graph.nodes[at].padding;
        // Across, its title needs all of its least width.
        let least = graph.nodes[at].width.min(high - low);
        let (first, last) = if upright { (padding.top - 15.0, padding.bottom - 15.0) } else { (least, 0.0) };
        spans.push((low, low + first.max(0.0), Kind::Boundary));
        spans.push((high - last.max(0.0), high, Kind::Boundary));
    }
    spans.extend(layout.edges.iter().filter_map(|route| route.label).map(|label| {
        let (low, high) = span(&label, upright);
        (low, high, Kind::Label)
    }));
    spans.extend(crossbars(layout, upright).into_iter().map(|(place, ..)| (place, place, Kind::Line)));
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Cuts: from here on, everything moves closer by so much more.
    let mut cuts: Vec<(f64, f64)> = Vec::new();
    let mut reached: Vec<(f64, Kind)> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for (low, high, kind) in spans {
        if low > end && !reached.is_empty() {
            // What ends last decides, and all that end about there.
            let wanted = reached
                .iter()
                .filter(|(at, _)| *at > end - 12.0)
                .map(|(at, before)| room(*before, kind, graph.close) - (end - at))
                .fold(0.0, f64::max);
            let spare = low - end - wanted;
            if spare > 0.5 {
                cuts.push((low, spare));
            }
        }
        if high > end {
            end = high;
        }
        reached.push((high, kind));
    }
    let moved =
        |place: f64| place - cuts.iter().take_while(|(at, _)| *at <= place + 1e-9).map(|(_, by)| by).sum::<f64>();
    for rect in layout.nodes.iter_mut().chain(layout.edges.iter_mut().filter_map(|route| route.label.as_mut())) {
        let (low, high) = span(rect, upright);
        set_span(rect, upright, moved(low), moved(high));
    }
    for point in layout.edges.iter_mut().flat_map(|route| &mut route.points) {
        if upright {
            point.y = moved(point.y);
        } else {
            point.x = moved(point.x);
        }
    }
}
