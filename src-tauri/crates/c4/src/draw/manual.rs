//! Views that a person laid out: saved positions become places, the rest is put beside them.

use super::compose::{Composed, UNITS_PER_PIXEL, graph, rooms, scale};
use super::options::Options;
use super::paint::saved_size;
use super::scene::Scene;
use crate::layout::{Point, Quality, around_fixed};

/// Boxes that have more text than they had room for are drawn further apart, up to so much.
const MOST: f64 = 2.2;

/// Lays a view out around its saved positions. `None` when it has none.
pub(crate) fn compose(scene: &Scene, options: &Options) -> Option<Composed> {
    scene.nodes.iter().find(|node| node.saved.is_some())?;
    let mut best: Option<(usize, Composed)> = None;
    let mut spread = 1.0;
    while spread <= MOST {
        let composed = at(scene, options, spread);
        let faults = Quality::of(&composed.graph, &composed.layout).faults();
        if best.as_ref().is_none_or(|(known, _)| faults < *known) {
            best = Some((faults, composed));
        }
        // Who has many lines waits long enough for them once.
        if faults == 0 || (scene.edges.len() > 80 && spread > 1.3) {
            break;
        }
        spread *= 1.16;
    }
    best.map(|(_, composed)| composed)
}

fn at(scene: &Scene, options: &Options, spread: f64) -> Composed {
    let mut graph = graph(scene);
    let factor = UNITS_PER_PIXEL * spread;
    for (node, place) in scene.nodes.iter().zip(&mut graph.nodes) {
        let (w, h) = saved_size(node);
        place.fixed = node.saved.map(|(x, y)| Point::new((x + w / 2.0) * factor, (y + h / 2.0) * factor));
    }
    for (edge, line) in scene.edges.iter().zip(&mut graph.edges) {
        line.bends = edge.bends.iter().map(|(x, y)| Point::new(x * factor, y * factor)).collect();
    }
    let mut layout = around_fixed(&graph);
    let shift = layout.normalise(3.0);
    let (upright, turned) = rooms(options);
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
        scene: scene.clone(),
        graph,
        layout,
        turned: on_its_side,
        manual: true,
        factor,
        shift,
        spread,
    }
}
