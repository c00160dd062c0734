//! Where the titles of boundaries are: at the top or the bottom, where no line runs through them. Where there is no such
//! place, the layout is made to have one.

use super::block::rows_height;
use super::scene::Scene;
use crate::layout::{Band, Graph, Layout, Point, Rect};

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

/// Room of a title from lines and their texts.
const AWAY: f64 = 4.0;
/// What a gap between lines is wider than the title in it.
const SPARE: f64 = 6.0;

/// Whether a line or its text runs over a place.
pub(crate) fn crossed(layout: &Layout, place: &Rect) -> bool {
    let place = place.grown(3.0);
    layout.edges.iter().any(|route| {
        route.label.is_some_and(|label| label.overlaps(&place, 0.0))
            || route.points.windows(2).any(|pair| place.clip(pair[0], pair[1]).is_some())
    })
}

/// Makes a layout have room for all titles: a little wider or higher where lines leave none.
pub(crate) fn make_room(scene: &Scene, graph: &Graph, layout: &mut Layout) {
    for at in (0..scene.nodes.len()).filter(|at| scene.nodes[*at].boundary) {
        // First what runs along it goes out of its way, then what runs across.
        for _ in 0..3 {
            let (title, crossed) = place(scene, layout, at);
            if !crossed {
                break;
            }
            let bands = ways_to_make_room(scene, layout, at, &title);
            let price = |band: &Band| band.by + 150.0 * band.stretched(graph, layout) as f64;
            let Some(least) = bands.into_iter().min_by(|one, other| price(one).total_cmp(&price(other))) else { break };
            least.put(layout);
        }
    }
}

/// Bands of air that would give a title room, or bring it nearer to that.
fn ways_to_make_room(scene: &Scene, layout: &Layout, at: usize, title: &Rect) -> Vec<Band> {
    let rect = layout.nodes[at];
    let strip = Rect::new(rect.x, title.y, rect.w, title.h).grown(AWAY);
    let strip = Rect::new(rect.x, strip.y, rect.w, strip.h);
    let segments = || layout.edges.iter().flat_map(|route| route.points.windows(2).map(|pair| (pair[0], pair[1])));
    let upright = |(from, to): &(Point, Point)| (from.x - to.x).abs() < (from.y - to.y).abs();
    let span = |from: f64, to: f64| (from.min(to) - AWAY, from.max(to) + AWAY);
    let mut across: Vec<(f64, f64)> = Vec::new();
    let mut along: Vec<(f64, f64)> = Vec::new();
    for segment in segments().filter(|(from, to)| strip.clip(*from, *to).is_some()) {
        let reach = span(segment.0.x, segment.1.x);
        if upright(&segment) { across.push(reach) } else { along.push(reach) }
    }
    let labels = layout.edges.iter().filter_map(|route| route.label).filter(|label| label.overlaps(&strip, 0.0));
    along.extend(labels.map(|label| span(label.x, label.right())));
    let (from, to) = (rect.x + BESIDE, rect.right() - BESIDE);
    let mut bands = Vec::new();
    let mut all = across.clone();
    all.extend(&along);
    for (start, end) in gaps(all, from, to) {
        let by = title.w + SPARE - (end - start);
        if by > 0.0 {
            let cuts = [start + 0.5, (start + end) / 2.0, end - 0.5];
            // Beyond the last line the boundary itself may grow.
            let cuts = cuts.into_iter().chain((end >= to).then_some(rect.right() - 0.5));
            let cuts = cuts.chain((start <= from).then_some(rect.x + 0.5));
            bands.extend(cuts.map(|behind| Band { upright: true, behind, by }));
        }
    }
    if !along.is_empty() {
        // Away from what runs along it there may be room between what runs across; else it is made next.
        let below = scene.nodes[at].title_below;
        let behind = if below { rect.bottom() - 0.5 } else { rect.y + 0.5 };
        let free = gaps(across, from, to).into_iter().map(|(start, end)| end - start).fold(0.0, f64::max);
        if free >= title.w + SPARE || bands.is_empty() {
            bands.push(Band { upright: false, behind, by: title.h + 2.0 * AWAY });
        }
    }
    bands
}

/// Where titles are as long as there are no lines.
pub(crate) fn alone(scene: &Scene, layout: &Layout) -> Vec<Rect> {
    let bare = Layout { nodes: layout.nodes.clone(), ..Layout::default() };
    let boundaries = (0..scene.nodes.len()).filter(|at| scene.nodes[*at].boundary);
    boundaries.map(|at| place(scene, &bare, at).0).collect()
}

/// Makes boundaries larger where their titles have no room and nothing is beside them, or puts a title at the other end:
/// what a person placed stays where it is.
pub(crate) fn grow(scene: &mut Scene, graph: &Graph, layout: &mut Layout) {
    for at in all_crossed(scene, layout) {
        let (title, _) = place(scene, layout, at);
        let old = layout.nodes[at];
        let (wide, high) = (title.w + 2.0 * BESIDE, title.h + ABOVE);
        let first = scene.nodes[at].title_below;
        let ways = [(0.0, 0.0, high), (wide, 0.0, 0.0), (0.0, wide, 0.0), (wide, 0.0, high), (0.0, wide, high)];
        let all = ways.into_iter().map(|way| (first, way)).chain(ways.into_iter().map(|way| (!first, way)));
        let (before, nodes) = (all_crossed(scene, layout).len(), layout.nodes.clone());
        let found = all.into_iter().any(|(below, (left, right, more))| {
            // At the other end there is no room for it yet.
            let more = if below == first { more } else { high };
            let top = if below { old.y } else { old.y - more };
            scene.nodes[at].title_below = below;
            layout.nodes.clone_from(&nodes);
            let larger = Rect::new(old.x - left, top, old.w + left + right, old.h + more);
            enlarged(graph, layout, at, larger) && all_crossed(scene, layout).len() < before
        });
        if !found {
            scene.nodes[at].title_below = first;
            layout.nodes = nodes;
        }
    }
}

/// Gives a boundary a size, and those around it what they need for that; false where something else is there.
fn enlarged(graph: &Graph, layout: &mut Layout, at: usize, larger: Rect) -> bool {
    layout.nodes[at] = larger;
    let mut free = is_free(graph, layout, at);
    let (mut inner, mut above) = (larger, graph.nodes[at].parent);
    while let Some(parent) = above.filter(|_| free) {
        let padding = graph.nodes[parent].padding;
        let wanted = Rect::new(
            inner.x - padding.side,
            inner.y - padding.top,
            inner.w + 2.0 * padding.side,
            inner.h + padding.top + padding.bottom,
        );
        if layout.nodes[parent].holds(&wanted, 0.5) {
            break;
        }
        layout.nodes[parent] = layout.nodes[parent].union(&wanted);
        free = is_free(graph, layout, parent);
        (inner, above) = (layout.nodes[parent], graph.nodes[parent].parent);
    }
    free
}

/// Whether a boundary lies on nothing but what it is in and what is in it.
fn is_free(graph: &Graph, layout: &Layout, at: usize) -> bool {
    let rect = layout.nodes[at].grown(6.0);
    layout
        .nodes
        .iter()
        .enumerate()
        .all(|(other, known)| graph.within(other, at) || graph.within(at, other) || !known.overlaps(&rect, 0.0))
}

/// What these leave of a stretch.
fn gaps(mut taken: Vec<(f64, f64)>, from: f64, to: f64) -> Vec<(f64, f64)> {
    taken.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = Vec::new();
    let mut reached = from;
    for (start, end) in taken {
        if start >= reached {
            free.push((reached, start.min(to).max(reached)));
        }
        reached = reached.max(end);
    }
    if reached <= to {
        free.push((reached, to));
    }
    free
}

/// The boundaries whose titles lines run through.
pub(crate) fn all_crossed(scene: &Scene, layout: &Layout) -> Vec<usize> {
    let boundaries = (0..scene.nodes.len()).filter(|at| scene.nodes[*at].boundary);
    boundaries.filter(|at| place(scene, layout, *at).1).collect()
}
