//! Boxes where a person put them: what has no place yet is put beside what it belongs to, nothing else moves.

use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout, Route};

/// Room around a box that is placed by itself.
const ROOM: f64 = 34.0;
/// How far apart the places are that are tried.
const STEP: f64 = 30.0;
/// As many of them to each side.
const REACH: i32 = 36;

/// Where the boxes are, those that a person placed and the others around them; no lines yet.
pub fn around_fixed(graph: &Graph) -> Layout {
    Layout { nodes: places(graph), edges: vec![Route::default(); graph.edges.len()], ..Layout::default() }
}

/// Where all boxes are.
fn places(graph: &Graph) -> Vec<Rect> {
    let children = graph.children();
    let leaf: Vec<bool> = children.iter().map(Vec::is_empty).collect();
    let mut rects: Vec<Option<Rect>> = graph
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| node.fixed.filter(|_| leaf[at]).map(|centre| Rect::around(centre, node.width, node.height)))
        .collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        near[edge.source].push(edge.destination);
        near[edge.destination].push(edge.source);
    }
    let mut missing: Vec<usize> = (0..graph.nodes.len()).filter(|at| leaf[*at] && rects[*at].is_none()).collect();
    while !missing.is_empty() {
        wrap_up(graph, &children, &mut rects);
        // Who has most neighbours in place comes first; then whose siblings are.
        let known = |at: usize| near[at].iter().filter(|other| rects[**other].is_some()).count();
        let sibling = |at: usize| graph.nodes[at].parent.is_some_and(|parent| rects[parent].is_some());
        let Some(next) = (0..missing.len()).max_by_key(|at| {
            let node = missing[*at];
            (known(node) * 2 + usize::from(sibling(node)), usize::MAX - node)
        }) else {
            break;
        };
        let at = missing.swap_remove(next);
        let wish = wish(graph, &rects, &near[at], at);
        rects[at] = Some(free_place(graph, &children, &rects, at, wish));
    }
    wrap_up(graph, &children, &mut rects);
    rects.into_iter().map(Option::unwrap_or_default).collect()
}

/// Draws the boundaries around what is placed in them.
fn wrap_up(graph: &Graph, children: &[Vec<usize>], rects: &mut [Option<Rect>]) {
    for at in (0..graph.nodes.len()).rev() {
        if children[at].is_empty() {
            continue;
        }
        let inner = children[at].iter().filter_map(|child| rects[*child]).reduce(|one, other| one.union(&other));
        rects[at] = inner.map(|inner| around(graph, at, &inner));
    }
}

/// A boundary around what is in it.
fn around(graph: &Graph, at: usize, inner: &Rect) -> Rect {
    let node = &graph.nodes[at];
    let padding = node.padding;
    let w = (inner.w + 2.0 * padding.side).max(node.width);
    let h = inner.h + padding.top + padding.bottom;
    Rect::new(inner.x - padding.side, inner.y - padding.top, w, h)
}

/// Where a box would like to be: below or beside its neighbours, near its siblings.
fn wish(graph: &Graph, rects: &[Option<Rect>], near: &[usize], at: usize) -> Point {
    let mut sum = (0.0, 0.0, 0.0);
    let mut add =
        |point: Point, weight: f64| sum = (sum.0 + point.x * weight, sum.1 + point.y * weight, sum.2 + weight);
    near.iter().filter_map(|other| rects[*other]).for_each(|rect| add(rect.centre(), 1.0));
    if let Some(siblings) = graph.nodes[at].parent.and_then(|parent| rects[parent]) {
        add(siblings.centre(), 2.0);
    }
    if sum.2 > 0.0 {
        return Point::new(sum.0 / sum.2, sum.1 / sum.2);
    }
    match rects.iter().flatten().copied().reduce(|one, other| one.union(&other)) {
        Some(all) => {
            Point::new(all.x + graph.nodes[at].width / 2.0, all.bottom() + ROOM + graph.nodes[at].height / 2.0)
        }
        None => Point::default(),
    }
}

/// The free place nearest to a wish.
fn free_place(graph: &Graph, children: &[Vec<usize>], known: &[Option<Rect>], at: usize, wish: Point) -> Rect {
    let node = &graph.nodes[at];
    // Near and close at first, then far and coarse.
    let places = [STEP, STEP * 4.0].into_iter().flat_map(|step| {
        let all = (-REACH..=REACH).flat_map(|across| (-REACH..=REACH).map(move |down| (across, down)));
        let mut places: Vec<(i32, i32)> = all.collect();
        places.sort_by_key(|(across, down)| across * across + down * down);
        places.into_iter().map(move |(across, down)| (f64::from(across) * step, f64::from(down) * step))
    });
    let mut rects = places.map(|(dx, dy)| Rect::around(Point::new(wish.x + dx, wish.y + dy), node.width, node.height));
    rects.find(|rect| fits(graph, children, known, at, rect)).unwrap_or_else(|| {
        // Nowhere near: below everything, where nothing is.
        let all = known.iter().flatten().copied().reduce(|one, other| one.union(&other)).unwrap_or_default();
        Rect::new(all.x, all.bottom() + 3.0 * ROOM, node.width, node.height)
    })
}

/// Whether a box has room at a place, and the boundaries that it is in have room to grow around it.
fn fits(graph: &Graph, children: &[Vec<usize>], rects: &[Option<Rect>], at: usize, rect: &Rect) -> bool {
    let mut grown: Vec<(usize, Rect)> = vec![(at, rect.grown(ROOM))];
    let mut inner = *rect;
    let mut above = graph.nodes[at].parent;
    while let Some(parent) = above {
        let old = children[parent].iter().filter_map(|child| rects[*child]).reduce(|one, other| one.union(&other));
        inner = around(graph, parent, &old.map_or(inner, |old| old.union(&inner)));
        grown.push((parent, inner.grown(10.0)));
        above = graph.nodes[parent].parent;
    }
    for (other, known) in rects.iter().enumerate() {
        let Some(known) = known else { continue };
        let box_itself = children[other].is_empty();
        for (of, space) in &grown {
            let related = graph.within(other, *of) || graph.within(*of, other);
            // A boundary around both is no obstacle; what is within it is, for the box itself.
            if !related && (box_itself || !graph.within(at, other)) && space.overlaps(known, 0.0) {
                return false;
            }
        }
    }
    true
}
