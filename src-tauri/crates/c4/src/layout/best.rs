//! Several layouts tried, one kept.

use super::engine::EngineError;
use super::graph::{Graph, Layout, Plan};
use super::parts::by_parts;
use super::quality::Quality;
use super::tighten::tighten;
use rayon::prelude::*;

/// The room that a layout is for, in layout units at the smallest readable size.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// As wide as may be.
    pub width: f64,
    /// As high as may be.
    pub height: f64,
}

impl Room {
    /// How many times as large as the smallest readable size it can be.
    pub fn magnification(&self, layout: &Layout) -> f64 {
        (self.width / layout.width.max(1.0)).min(self.height / layout.height.max(1.0))
    }
}

/// A layout and what is counted of it.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How it was made.
    pub plan: Plan,
    /// It.
    pub layout: Layout,
    /// What is counted of it.
    pub quality: Quality,
}

/// Lays a graph out once, without more air than it needs.
///
/// # Errors
/// When the engine gives up.
pub fn tried(graph: &Graph, plan: Plan) -> Result<Tried, EngineError> {
    let mut layout = by_parts(graph, plan, plan.aspect)?;
    let before = Quality::of(graph, &layout);
    let loose = layout.clone();
    tighten(graph, &mut layout);
    let mut quality = Quality::of(graph, &layout);
    if quality.faults() > before.faults() || quality.lines_on_lines > before.lines_on_lines {
        (layout, quality) = (loose, before);
    }
    Ok(Tried { plan, layout, quality })
}

/// Tries further seeds and the author's order, and keeps what has no faults, then few crossings, then a better fit.
pub fn refined(graph: &Graph, first: Tried, seeds: u32, room: &Room) -> Tried {
    if seeds < 2 {
        return first;
    }
    let further = (2..=seeds).map(|seed| Plan { seed, ..first.plan });
    let ordered = Plan { ordered: true, ..first.plan };
    let plans: Vec<Plan> = further.chain([ordered]).collect();
    let mut all = vec![first];
    // What the engine gives up on is only not kept.
    all.extend(plans.par_iter().filter_map(|plan| tried(graph, *plan).ok()).collect::<Vec<_>>());
    let rank = |one: &Tried| {
        // Author's order is worth a little.
        let fit = room.magnification(&one.layout).min(ENOUGH) * if one.plan.ordered { 1.04 } else { 1.0 };
        (
            one.quality.faults() + one.quality.lines_on_lines,
            one.quality.crossings,
            (fit * -300.0) as i64 + one.quality.bends as i64,
        )
    };
    let best = (0..all.len()).min_by_key(|at| rank(&all[*at])).unwrap_or(0);
    all.swap_remove(best)
}

/// Magnification beyond which larger is not better.
const ENOUGH: f64 = 1.25;

/// What a layout costs its reader: too small to read first, then crossings, then room given away.
pub fn cost(one: &Tried, room: &Room) -> f64 {
    let size = room.magnification(&one.layout).min(ENOUGH);
    let small = if size < 1.0 { -3.0 * size.ln() } else { 0.0 };
    let quality = &one.quality;
    quality.faults() as f64 * 10.0 + small - size.ln() + quality.crossings as f64 * 0.06 + quality.bends as f64 * 0.004
}
