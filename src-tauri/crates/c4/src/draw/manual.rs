//! Views that a person laid out: saved positions become places, the rest is put beside them.

use super::compose::{Composed, UNITS_PER_PIXEL, graph, rooms, scale};
use super::options::Options;
use super::paint::saved_size;
use super::scene::Scene;
use super::titles;
use crate::layout::{Graph, Layout, Point, Quality, around_fixed, routes};

/// How far apart boxes are drawn that have more text than they had room for.
const SPREADS: [f64; 6] = [1.0, 1.16, 1.35, 1.56, 1.81, 2.1];

/// Lines beyond which ways are searched for twice at most: who has so many waits long enough.
const MANY: usize = 80;

/// Lays a view out around its saved positions. `None` when it has none.
pub(crate) fn compose(scene: &Scene, options: &Options, below: &dyn Fn(f64) -> f64) -> Option<Composed> {
    scene.nodes.iter().find(|node| node.saved.is_some())?;
    let mut tries: Vec<(usize, Try)> = Vec::new();
    for spread in SPREADS {
        let one = placed(scene, spread);
        let faults = Quality::of_boxes(&one.graph, &one.layout).faults();
        tries.push((faults, one));
        if faults == 0 {
            break;
        }
    }
    // Boxes that lie on one another are told without ways, which take longest.
    let least = tries.iter().map(|(faults, _)| *faults).min()?;
    let first = tries.into_iter().find(|(faults, _)| *faults == least).map(|(_, one)| one)?;
    let further = SPREADS.into_iter().filter(|spread| *spread > first.spread).collect::<Vec<_>>();
    let most = if scene.edges.len() > MANY { 1 } else { further.len() };
    let mut best: Option<(usize, Composed)> = None;
    for spread in std::iter::once(None).chain(further.into_iter().take(most).map(Some)) {
        let mut one = spread.map_or_else(|| first.clone(), |spread| placed(scene, spread));
        let titles = titles::alone(scene, &one.layout);
        routes(&one.graph, &mut one.layout, &titles);
        let mut titled = scene.clone();
        titles::grow(&mut titled, &one.graph, &mut one.layout);
        let crossed = titles::all_crossed(&titled, &one.layout).len();
        let one = composed(titled, options, below, one);
        let faults = Quality::of(&one.graph, &one.layout).faults() + crossed;
        if best.as_ref().is_none_or(|(known, _)| faults < *known) {
            best = Some((faults, one));
        }
        if best.as_ref().is_some_and(|(known, _)| *known <= least) {
            break;
        }
    }
    best.map(|(_, composed)| composed)
}

/// A view so many times as far apart as it was saved.
#[derive(Clone)]
struct Try {
    spread: f64,
    graph: Graph,
    layout: Layout,
}

fn placed(scene: &Scene, spread: f64) -> Try {
    let mut graph = graph(scene);
    let factor = UNITS_PER_PIXEL * spread;
    for (node, place) in scene.nodes.iter().zip(&mut graph.nodes) {
        let (w, h) = saved_size(node);
        place.fixed = node.saved.map(|(x, y)| Point::new((x + w / 2.0) * factor, (y + h / 2.0) * factor));
    }
    for (edge, line) in scene.edges.iter().zip(&mut graph.edges) {
        line.bends = edge.bends.iter().map(|(x, y)| Point::new(x * factor, y * factor)).collect();
    }
    Try { spread, layout: around_fixed(&graph), graph }
}

fn composed(scene: Scene, options: &Options, below: &dyn Fn(f64) -> f64, one: Try) -> Composed {
    let Try { spread, graph, mut layout } = one;
    let shift = layout.normalise(3.0);
    let (upright, turned) = rooms(options, below);
    let mut room = upright;
    let mut on_its_side = false;
    if let Some(turned) = turned
        && upright.magnification(&layout) < 1.0
        && turned.magnification(&layout) > upright.magnification(&layout) * 1.1
    {
        (room, on_its_side) = (turned, true);
    }
    Composed {
        scale: scale(&layout, &room, options),
        scene,
        graph,
        layout,
        turned: on_its_side,
        manual: true,
        factor: UNITS_PER_PIXEL * spread,
        shift,
        spread,
    }
}
