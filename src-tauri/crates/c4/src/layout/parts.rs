//! Parts of a graph that no line connects: each laid out by itself, then packed in rows. The engine would put them
//! all in one rank.

use super::engine::{EngineError, ranked};
use super::geometry::Rect;
use super::graph::{Edge, Graph, Layout, Node, Plan, Route};

/// Room between parts.
const GAP: f64 = 34.0;

/// Lays out a graph, part by part. `aspect`: width by height that the whole should have, about.
///
/// # Errors
/// When the engine gives up on a part.
pub(super) fn by_parts(graph: &Graph, plan: Plan, aspect: f64) -> Result<Layout, EngineError> {
    let mut work = Work {
        graph,
        plan,
        aspect,
        children: graph.children(),
        layout: Layout {
            nodes: vec![Rect::default(); graph.nodes.len()],
            edges: vec![Route::default(); graph.edges.len()],
            ..Layout::default()
        },
    };
    let roots: Vec<usize> = (0..graph.nodes.len()).filter(|at| graph.nodes[*at].parent.is_none()).collect();
    let mut blocks = Vec::new();
    for part in work.components(&roots) {
        blocks.push(work.part(&part)?);
    }
    work.pack(blocks);
    let mut layout = work.layout;
    layout.normalise(3.0);
    Ok(layout)
}

/// Boxes and lines laid out together, from (0, 0) on.
struct Block {
    nodes: Vec<usize>,
    edges: Vec<usize>,
    width: f64,
    height: f64,
}

struct Work<'g> {
    graph: &'g Graph,
    plan: Plan,
    aspect: f64,
    children: Vec<Vec<usize>>,
    layout: Layout,
}

impl Work<'_> {
    /// Siblings, by which lines connect: those with lines to elsewhere are not told apart from one another.
    fn components(&self, siblings: &[usize]) -> Vec<Vec<usize>> {
        // The sibling that each box is in; one more for elsewhere.
        let elsewhere = siblings.len();
        let mut home = vec![elsewhere; self.graph.nodes.len()];
        siblings.iter().enumerate().for_each(|(at, node)| home[*node] = at);
        for at in 0..self.graph.nodes.len() {
            // Each box stands after the one that it is within.
            if home[at] == elsewhere
                && let Some(parent) = self.graph.nodes[at].parent
            {
                home[at] = home[parent];
            }
        }
        let mut group: Vec<usize> = (0..=elsewhere).collect();
        fn root(group: &[usize], mut at: usize) -> usize {
            while group[at] != at {
                at = group[at];
            }
            at
        }
        for edge in &self.graph.edges {
            let (one, other) = (home[edge.source], home[edge.destination]);
            if one != other {
                let (one, other) = (root(&group, one), root(&group, other));
                group[one.min(other)] = one.max(other);
            }
        }
        let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, node) in siblings.iter().enumerate() {
            let of = root(&group, at);
            match parts.iter_mut().find(|(known, _)| *known == of) {
                Some((_, part)) => part.push(*node),
                None => parts.push((of, vec![*node])),
            }
        }
        // What leads elsewhere stands last, to be told by whoever asks.
        parts.sort_by_key(|(of, part)| (root(&group, elsewhere) == *of, part[0]));
        parts.into_iter().map(|(_, part)| part).collect()
    }

    fn leads_elsewhere(&self, part: &[usize]) -> bool {
        let within = |at: usize| part.iter().any(|node| self.graph.within(at, *node));
        self.graph.edges.iter().any(|edge| within(edge.source) != within(edge.destination))
    }

    /// Lays out a part that no line leaves.
    fn part(&mut self, part: &[usize]) -> Result<Block, EngineError> {
        let mut sub = Sub::default();
        for node in part {
            self.add(*node, None, &mut sub)?;
        }
        let edges: Vec<usize> = (0..self.graph.edges.len())
            .filter(|at| {
                let edge = &self.graph.edges[*at];
                sub.place(edge.source).is_some() && sub.place(edge.destination).is_some()
            })
            .collect();
        for at in &edges {
            let edge = &self.graph.edges[*at];
            let (Some(source), Some(destination)) = (sub.place(edge.source), sub.place(edge.destination)) else {
                continue;
            };
            sub.graph.edges.push(Edge { source, destination, ..edge.clone() });
        }
        let placed = match (sub.graph.nodes.as_slice(), edges.is_empty()) {
            // A box by itself, or a boundary around one block, needs no engine.
            ([one], true) => Layout { nodes: vec![Rect::new(0.0, 0.0, one.width, one.height)], ..Layout::default() },
            ([outer, inner], true) if inner.parent == Some(0) => {
                let padding = outer.padding;
                let w = (inner.width + 2.0 * padding.side).max(outer.width);
                let whole = Rect::new(0.0, 0.0, w, inner.height + padding.top + padding.bottom);
                Layout {
                    nodes: vec![whole, Rect::new(padding.side, padding.top, inner.width, inner.height)],
                    ..Layout::default()
                }
            }
            _ => ranked(&sub.graph, self.plan)?,
        };
        let mut block = Block { nodes: Vec::new(), edges, width: 0.0, height: 0.0 };
        for (at, what) in sub.stands_for.into_iter().enumerate() {
            let rect = placed.nodes[at];
            match what {
                Stands::For(node) => {
                    self.layout.nodes[node] = rect;
                    block.nodes.push(node);
                }
                Stands::Packed(inner) => {
                    self.shift(&inner, rect.x, rect.y);
                    block.nodes.extend(inner.nodes);
                    block.edges.extend(inner.edges);
                }
            }
        }
        let engine_edges = placed.edges.into_iter();
        for (at, route) in block.edges.clone().into_iter().zip(engine_edges) {
            self.layout.edges[at] = route;
        }
        let mut extent: Option<Rect> = None;
        let mut take = |rect: Rect| extent = Some(extent.map_or(rect, |known| known.union(&rect)));
        block.nodes.iter().for_each(|at| take(self.layout.nodes[*at]));
        for at in &block.edges {
            let route = &self.layout.edges[*at];
            route.label.into_iter().for_each(&mut take);
            route.points.iter().for_each(|point| take(Rect::new(point.x, point.y, 0.0, 0.0)));
        }
        let extent = extent.unwrap_or_default();
        self.shift(&block, -extent.x, -extent.y);
        (block.width, block.height) = (extent.w, extent.h);
        Ok(block)
    }

    /// Adds a box to what the engine is asked; what in it is not connected to anything goes as one block.
    fn add(&mut self, node: usize, parent: Option<usize>, sub: &mut Sub) -> Result<(), EngineError> {
        let at = sub.push(Node { parent, ..self.graph.nodes[node].clone() }, Stands::For(node));
        let children = self.children[node].clone();
        if children.is_empty() {
            return Ok(());
        }
        let mut blocks = Vec::new();
        let parts = self.components(&children);
        let alone = parts.len() == 1;
        for part in parts {
            // One part that is all there is needs the engine anyway, unless it is a single box.
            if self.leads_elsewhere(&part) || (alone && part.len() > 1) {
                for child in part {
                    self.add(child, Some(at), sub)?;
                }
            } else {
                blocks.push(self.part(&part)?);
            }
        }
        if !blocks.is_empty() {
            let block = self.pack(blocks);
            let node = Node { parent: Some(at), width: block.width, height: block.height, ..Node::default() };
            sub.push(node, Stands::Packed(block));
        }
        Ok(())
    }

    /// Puts blocks in rows, in their order, about as wide as the page wants them.
    fn pack(&mut self, blocks: Vec<Block>) -> Block {
        let area: f64 = blocks.iter().map(|block| (block.width + GAP) * (block.height + GAP)).sum();
        let widest = blocks.iter().map(|block| block.width).fold(0.0, f64::max);
        let row = (area * self.aspect).sqrt().max(widest) + 1.0;
        let mut all = Block { nodes: Vec::new(), edges: Vec::new(), width: 0.0, height: 0.0 };
        let (mut x, mut y, mut high) = (0.0, 0.0, 0.0_f64);
        for block in blocks {
            if x > 0.0 && x + block.width > row {
                x = 0.0;
                y += high + GAP;
                high = 0.0;
            }
            self.shift(&block, x, y);
            all.width = all.width.max(x + block.width);
            all.height = all.height.max(y + block.height);
            x += block.width + GAP;
            high = high.max(block.height);
            all.nodes.extend(block.nodes);
            all.edges.extend(block.edges);
        }
        all
    }

    fn shift(&mut self, block: &Block, dx: f64, dy: f64) {
        for at in &block.nodes {
            let rect = &mut self.layout.nodes[*at];
            (rect.x, rect.y) = (rect.x + dx, rect.y + dy);
        }
        for at in &block.edges {
            let route = &mut self.layout.edges[*at];
            if let Some(rect) = &mut route.label {
                (rect.x, rect.y) = (rect.x + dx, rect.y + dy);
            }
            for point in &mut route.points {
                (point.x, point.y) = (point.x + dx, point.y + dy);
            }
        }
    }
}

/// What a box of a question to the engine is.
enum Stands {
    For(usize),
    Packed(Block),
}

/// A question to the engine.
#[derive(Default)]
struct Sub {
    graph: Graph,
    stands_for: Vec<Stands>,
}

impl Sub {
    fn push(&mut self, node: Node, what: Stands) -> usize {
        self.graph.nodes.push(node);
        self.stands_for.push(what);
        self.graph.nodes.len() - 1
    }

    fn place(&self, node: usize) -> Option<usize> {
        self.stands_for.iter().position(|what| matches!(what, Stands::For(own) if *own == node))
    }
}
