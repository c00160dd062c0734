//! Where the titles of boundaries are: at the top or the bottom, where no line runs through them if there is such a
//! place.

use super::block::rows_height;
use super::scene::Scene;
use crate::layout::{Layout, Rect};

/// Room of a title from the sides of its boundary.
pub(crate) const BESIDE: f64 = 14.0;
/// Room above (or, at the bottom, below) a title.
pub(crate) const ABOVE: f64 = 9.0;

/// The place of a boundary's title, and whether lines run through it.
pub(crate) fn place(scene: &Scene, layout: &Layout, at: usize) -> (Rect, bool) {
    let rect = layout.nodes[at];
    let node = &scene.nodes[at];
    let wide = node.title_width();
    let high = rows_height(&node.title);
    let y = if node.title_below { rect.bottom() - ABOVE - high } else { rect.y + ABOVE };
    let first = Rect::new(rect.x + BESIDE, y, wide, high);
    let right = rect.right() - BESIDE - wide;
    let strip = Rect::new(rect.x, y, rect.w, high).grown(3.0);
    // Behind each thing that is in the way there may be room for it.
    let mut behind: Vec<f64> = Vec::new();
    for route in &layout.edges {
        behind.extend(route.label.filter(|label| label.overlaps(&strip, 0.0)).map(|label| label.right() + 8.0));
        for pair in route.points.windows(2).filter(|pair| strip.clip(pair[0], pair[1]).is_some()) {
            behind.push(pair[0].x.max(pair[1].x) + 8.0);
        }
    }
    behind.retain(|x| *x > first.x && *x <= right);
    behind.sort_by(f64::total_cmp);
    let mut places = std::iter::once(first).chain(behind.into_iter().map(|x| Rect { x, ..first }));
    match places.find(|place| !crossed(layout, place)) {
        Some(place) => (place, false),
        None => (first, true),
    }
}

/// Whether a line or its text runs over a place.
pub(crate) fn crossed(layout: &Layout, place: &Rect) -> bool {
    let place = place.grown(3.0);
    layout.edges.iter().any(|route| {
        route.label.is_some_and(|label| label.overlaps(&place, 0.0))
            || route.points.windows(2).any(|pair| place.clip(pair[0], pair[1]).is_some())
    })
}

/// The boundaries whose titles lines run through.
pub(crate) fn all_crossed(scene: &Scene, layout: &Layout) -> Vec<usize> {
    let boundaries = (0..scene.nodes.len()).filter(|at| scene.nodes[*at].boundary);
    boundaries.filter(|at| place(scene, layout, *at).1).collect()
}
