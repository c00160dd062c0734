//! Texts of lines on ways that are fixed: on the line, near its middle, where nothing else is.

use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout, Route};
use super::quality::segments;

/// How far apart the places on a line are that are tried.
const STEP: f64 = 8.0;
/// Room between a text and an end of its line: the arrow stays seen.
const END: f64 = 13.0;

/// Places the text of a line, on what is known of the others.
/// `others`: which boxes are none around others, and what is written elsewhere.
pub(super) fn place_one(graph: &Graph, layout: &mut Layout, others: (&[bool], &[Rect]), at: usize) {
    let Some((w, h)) = graph.edges[at].label else { return };
    let wish = graph.edges[at].position.map_or(0.5, |percent| (percent / 100.0).clamp(0.0, 1.0));
    let mut places = candidates(&layout.edges[at], w, h, wish);
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut best: Option<(f64, Rect)> = None;
    for (far, rect) in places {
        // What is further away is no better, whatever lies there.
        if best.is_some_and(|(known, _)| far >= known) {
            break;
        }
        let cost = far + in_the_way(layout, others, at, &rect);
        if best.is_none_or(|(known, _)| cost < known) {
            best = Some((cost, rect));
        }
    }
    layout.edges[at].label = best.map(|(_, rect)| rect);
}

fn length(route: &Route) -> f64 {
    segments(route).map(|(from, to)| (to.x - from.x).hypot(to.y - from.y)).sum()
}

/// Places on the line, then beside it, with how far each is from where it should be.
fn candidates(route: &Route, w: f64, h: f64, wish: f64) -> Vec<(f64, Rect)> {
    let whole = length(route);
    let mut places = Vec::new();
    let mut gone = 0.0;
    for (from, to) in segments(route) {
        let long = (to.x - from.x).hypot(to.y - from.y);
        let steps = (long / STEP).ceil().clamp(1.0, 200.0) as usize;
        for step in 0..=steps {
            let share = step as f64 / steps as f64;
            let at = Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
            let (start, end) = (gone + long * share, whole - gone - long * share);
            let upright = (from.x - to.x).abs() < (from.y - to.y).abs();
            // Half of the text lies along the line on each side of its middle.
            let reach = if upright { h / 2.0 } else { w / 2.0 };
            let near_end = ((reach + END) - start.min(end)).max(0.0) * 6.0;
            // A text over a bend looks like the end of its line.
            let over_bend = (reach + 5.0 - (long * share).min(long * (1.0 - share))).clamp(0.0, 60.0) * 4.0;
            let far = (start - whole * wish).abs() + near_end + over_bend;
            places.push((far, Rect::around(at, w, h)));
            let beside = if upright { (w / 2.0 + 5.0, 0.0) } else { (0.0, h / 2.0 + 4.0) };
            for side in [1.0, -1.0] {
                let at = Point::new(at.x + beside.0 * side, at.y + beside.1 * side);
                places.push((far - near_end - over_bend + 45.0, Rect::around(at, w, h)));
            }
        }
        gone += long;
    }
    places
}

/// What a text would lie on: boxes and texts are worst, then ends and lines of others, sides of boundaries.
fn in_the_way(layout: &Layout, (leaf, titles): (&[bool], &[Rect]), own: usize, rect: &Rect) -> f64 {
    let on_titles = titles.iter().filter(|title| title.grown(4.0).overlaps(rect, 0.0)).count();
    let mut cost = on_titles as f64 * 20_000.0;
    for (at, other) in layout.nodes.iter().enumerate() {
        if leaf[at] {
            if rect.overlaps(&other.grown(4.0), 0.0) {
                cost += 20_000.0;
            }
        } else if rect.overlaps(other, 0.0) && !other.holds(rect, 0.0) {
            cost += 150.0;
        }
    }
    for (at, route) in layout.edges.iter().enumerate() {
        if at != own {
            if route.label.is_some_and(|label| label.grown(4.0).overlaps(rect, 0.0)) {
                cost += 20_000.0;
            }
            let wide = rect.grown(3.0);
            cost += 700.0 * segments(route).filter(|(from, to)| wide.clip(*from, *to).is_some()).count() as f64;
        }
    }
    cost
}
