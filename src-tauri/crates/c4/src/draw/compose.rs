//! A scene, laid out: the graph that the layout is asked about, and which of the ways to lay it out fits the page.

use super::block::{Lines, rows_height, size};
use super::options::Options;
use super::outline;
use super::scene::Scene;
use super::titles;
use crate::layout::{Edge, EngineError, Graph, Layout, Node, Padding, Plan, Point, Room, Tried, cost, refined, tried};
use crate::model::{Direction, View};
use rayon::prelude::*;

/// Layout units in a pixel of saved positions: boxes saved 450 wide are 225 here.
pub(crate) const UNITS_PER_PIXEL: f64 = 0.5;

/// Scale beyond which a drawing is not enlarged, points per unit: names are 12 points then.
pub(crate) const LARGEST: f64 = 0.75;

/// A scene with places.
pub(crate) struct Composed {
    pub scene: Scene,
    pub graph: Graph,
    pub layout: Layout,
    /// Points per unit.
    pub scale: f64,
    pub turned: bool,
    pub manual: bool,
    /// Pixels of saved positions to units: `unit = pixel * factor + shift`.
    pub factor: f64,
    pub shift: Point,
    /// How many times as far apart as saved.
    pub spread: f64,
}

/// The next even number: halves of it are whole, so that middles meet.
fn even(length: f64) -> f64 {
    (length / 2.0).ceil() * 2.0
}

/// The graph of a scene.
pub(crate) fn graph(scene: &Scene) -> Graph {
    let nodes = scene.nodes.iter().map(|node| {
        if node.boundary {
            let title = rows_height(&node.title) + titles::ABOVE + 11.0;
            let side = if scene.density.close { 11.0 } else { 16.0 };
            let (top, bottom) = if node.title_below { (side, title) } else { (title, side) };
            let padding = Padding { top, side, bottom };
            return Node {
                parent: node.parent,
                width: node.title_width() + 2.0 * titles::BESIDE + 2.0,
                height: 60.0,
                padding,
                fixed: None,
            };
        }
        let (w, h) = outline::size(node.look.outline, &node.block);
        let styled = |pixels: Option<f64>| pixels.map_or(0.0, |pixels| (pixels * UNITS_PER_PIXEL).min(600.0));
        let (width, height) = (w.max(styled(node.look.width)), h.max(styled(node.look.height)));
        Node { parent: node.parent, width: even(width), height: even(height), ..Node::default() }
    });
    let edges = scene.edges.iter().map(|edge| {
        let wide = edge.label.iter().map(|row| row.line.width + 2.0 * row.indent.abs()).fold(0.0, f64::max);
        let label = (!edge.label.is_empty()).then(|| (even(wide + 8.0), even(rows_height(&edge.label) + 4.0)));
        Edge { source: edge.source, destination: edge.destination, label, bends: Vec::new(), position: edge.position }
    });
    Graph { edges: edges.collect(), nodes: nodes.collect(), close: scene.density.close }
}

/// The room of an upright and of a turned page.
/// `below`: what a table takes down, by its width, in points.
pub(crate) fn rooms(options: &Options, below: &dyn Fn(f64) -> f64) -> (Room, Option<Room>) {
    let least = options.smallest_text / size::META;
    let room = |width: f64, height: Option<f64>| {
        let furniture = furniture_height(options) + below(width);
        Room {
            width: width.max(20.0) / least,
            height: height.map_or(f64::INFINITY, |height| (height - furniture).max(60.0)) / least,
        }
    };
    (room(options.width, options.height), options.turned.map(|(width, height)| room(width, Some(height))))
}

/// The scale of a layout on a page.
pub(crate) fn scale(layout: &Layout, room: &Room, options: &Options) -> f64 {
    (room.magnification(layout) * options.smallest_text / size::META).min(LARGEST)
}

/// Room that title and legend take, about, in points.
fn furniture_height(options: &Options) -> f64 {
    (if options.title { 30.0 } else { 0.0 }) + (if options.legend { 34.0 } else { 0.0 })
}

/// Lays a view out by machine. `scenes`: the view, and it with its texts set otherwise, all at sizes of the same rank.
///
/// # Errors
/// When the engine gives up on all that is tried.
pub(crate) fn compose(
    scenes: Vec<Scene>,
    view: &View,
    options: &Options,
    (upright, turned): (Room, Option<Room>),
) -> Result<Composed, EngineError> {
    let directions = directions(view, options);
    let graphs: Vec<Graph> = scenes.iter().map(graph).collect();
    let mut ways: Vec<(usize, Plan)> = Vec::new();
    for direction in &directions {
        for (at, graph) in graphs.iter().enumerate() {
            // Across, long lines only make it wider; down, short ones only higher.
            let across = matches!(direction, Direction::LeftRight | Direction::RightLeft);
            let in_vain = if across { Lines::Long } else { Lines::Short };
            if scenes[at].density.lines != in_vain {
                let plan = Plan { direction: *direction, seed: 1, ordered: false, aspect: aspect(&upright), bound: 0 };
                ways.push((at, plan));
                // Who calls the same stands side by side, and soon beyond the page: in two ranks it is larger. On large
                // views that takes seconds, and they need to be parted.
                let many = options.seeds > 1 && (6..=32).contains(&graph.nodes.len());
                ways.extend(BOUNDS.into_iter().filter(|_| many).map(|bound| (at, Plan { bound, ..plan })));
            }
        }
    }
    let firsts: Vec<Result<Tried, EngineError>> =
        ways.par_iter().map(|(at, plan)| tried(&graphs[*at], *plan)).collect();
    let mut kept: Option<(f64, usize, Tried, bool)> = None;
    let mut failure = EngineError("there was nothing to try".to_owned());
    for ((at, plan), first) in ways.into_iter().zip(firsts) {
        let first = match first {
            Ok(first) => first,
            Err(error) => {
                failure = error;
                continue;
            }
        };
        let wish = if directions.first() == Some(&plan.direction) { 0.0 } else { 0.12 };
        let crossed = titles::all_crossed(&scenes[at], &first.layout).len() as f64 * 0.04;
        for (room, on_its_side) in [(Some(upright), false), (turned, true)] {
            let Some(room) = room else { continue };
            // Whoever reads has to turn the page: only for what is not readable else.
            let cost = cost(&first, &room) + wish + crossed + if on_its_side { 0.35 } else { 0.0 };
            if kept.as_ref().is_none_or(|(known, ..)| cost < *known) {
                kept = Some((cost, at, first.clone(), on_its_side));
            }
        }
    }
    let (_, at, first, on_its_side) = kept.ok_or(failure)?;
    let room = turned.filter(|_| on_its_side).unwrap_or(upright);
    // Large graphs take long, and what they need is to be parted.
    let most = (480 / graphs[at].nodes.len().max(1)).max(1) as u32;
    let mut best = refined(&graphs[at], first, options.seeds.min(most), &room);
    let mut scene = scenes.into_iter().nth(at).unwrap_or_default();
    let mut graph = graph(&scene);
    if options.seeds > 1 {
        titles_below(&mut scene, &mut graph, &mut best, &room);
    }
    titles::make_room(&scene, &graph, &mut best.layout);
    let scale = scale(&best.layout, &room, options);
    let (factor, shift, spread) = (UNITS_PER_PIXEL, Point::default(), 1.0);
    Ok(Composed { scene, graph, layout: best.layout, scale, turned: on_its_side, manual: false, factor, shift, spread })
}

/// Most boxes side by side, in further ways to lay out.
const BOUNDS: [u32; 2] = [3, 4];

/// Width by height of a page.
fn aspect(room: &Room) -> f64 {
    (room.width / room.height).clamp(0.7, 2.0)
}

/// Titles that lines run through go to the bottom of their boundaries, where that helps.
fn titles_below(scene: &mut Scene, known: &mut Graph, best: &mut Tried, room: &Room) {
    let crossed = titles::all_crossed(scene, &best.layout);
    if crossed.is_empty() {
        return;
    }
    let mut other = scene.clone();
    crossed.iter().for_each(|at| other.nodes[*at].title_below = true);
    let other_graph = graph(&other);
    let Ok(again) = tried(&other_graph, best.plan) else { return };
    // Where lines run through it below as well, it stays above.
    let still: Vec<usize> =
        titles::all_crossed(&other, &again.layout).into_iter().filter(|at| crossed.contains(at)).collect();
    let (mut other, mut other_graph, mut again) = (other, other_graph, again);
    if !still.is_empty() {
        let mut third = other.clone();
        still.iter().for_each(|at| third.nodes[*at].title_below = false);
        let third_graph = graph(&third);
        if let Ok(tried) = tried(&third_graph, best.plan)
            && titles::all_crossed(&third, &tried.layout).len() <= titles::all_crossed(&other, &again.layout).len()
        {
            (other, other_graph, again) = (third, third_graph, tried);
        }
    }
    let better = titles::all_crossed(&other, &again.layout).len() < crossed.len();
    let no_worse = again.quality.faults() <= best.quality.faults()
        && again.quality.crossings <= best.quality.crossings
        && room.magnification(&again.layout) > room.magnification(&best.layout) * 0.97;
    if better && no_worse {
        (*scene, *known, *best) = (other, other_graph, again);
    }
}

/// Where lines may lead: as the author said first, then the other way that pages allow.
fn directions(view: &View, options: &Options) -> Vec<Direction> {
    let first = view.auto_layout.as_ref().map_or(Direction::TopBottom, |auto| auto.direction);
    let other = match first {
        Direction::TopBottom | Direction::BottomTop => Direction::LeftRight,
        Direction::LeftRight | Direction::RightLeft => Direction::TopBottom,
    };
    if options.both_directions { vec![first, other] } else { vec![first] }
}
