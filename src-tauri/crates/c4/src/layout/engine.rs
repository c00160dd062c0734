//! The layout engine: ELK's layered algorithm. Nothing else knows that it is ELK.

use super::geometry::{Point, Rect};
use super::graph::{Graph, Layout, Plan, Route};
use crate::model::Direction;
use serde_json::{Map, Value, json};

/// What the engine said when it could not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the diagram could not be laid out: {0}")]
pub struct EngineError(pub String);

/// Lays a graph out by ranks; what a person fixed is not looked at.
///
/// # Errors
/// When the engine gives up on the graph.
pub fn ranked(graph: &Graph, plan: Plan) -> Result<Layout, EngineError> {
    let answer = elk_layout::layout_value(question(graph, plan), "").map_err(EngineError)?;
    let mut layout = Layout {
        nodes: vec![Rect::default(); graph.nodes.len()],
        edges: vec![Route::default(); graph.edges.len()],
        ..Layout::default()
    };
    read_nodes(&answer, Point::default(), &mut layout)?;
    for (at, edge) in list(&answer, "edges").iter().enumerate().take(graph.edges.len()) {
        layout.edges[at] = read_edge(edge);
    }
    layout.normalise(3.0);
    Ok(layout)
}

fn question(graph: &Graph, plan: Plan) -> Value {
    let children = graph.children();
    let mut nodes: Vec<Option<Value>> = Vec::with_capacity(graph.nodes.len());
    for (at, node) in graph.nodes.iter().enumerate() {
        let mut value = json!({ "id": at.to_string(), "width": node.width, "height": node.height });
        if !children[at].is_empty() {
            let padding = node.padding;
            // The engine turns the least size over with the graph, and does not turn it back.
            let upright = matches!(plan.direction, Direction::TopBottom | Direction::BottomTop);
            let (least, other) = if upright { (node.height, node.width) } else { (node.width, node.height) };
            value["layoutOptions"] = json!({
                "elk.padding": format!(
                    "[top={},left={},bottom={},right={}]", padding.top, padding.side, padding.bottom, padding.side
                ),
                "elk.nodeSize.constraints": "[MINIMUM_SIZE]",
                "elk.nodeSize.minimum": format!("({least},{other})"),
            });
        }
        nodes.push(Some(value));
    }
    // From the inside out: each box stands after the one that it is within.
    for at in (0..graph.nodes.len()).rev() {
        if children[at].is_empty() {
            continue;
        }
        let inner: Vec<Value> = children[at].iter().filter_map(|child| nodes[*child].take()).collect();
        if let Some(node) = &mut nodes[at] {
            node["children"] = Value::Array(inner);
        }
    }
    let edges: Vec<Value> = graph
        .edges
        .iter()
        .enumerate()
        .map(|(at, edge)| {
            let mut value = json!({
                "id": format!("e{at}"),
                "sources": [edge.source.to_string()],
                "targets": [edge.destination.to_string()],
            });
            if let Some((width, height)) = edge.label {
                // Text of its own would be measured again.
                value["labels"] = json!([{ "id": format!("l{at}"), "text": ".", "width": width, "height": height,
                    "layoutOptions": { "elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER" } }]);
            }
            value
        })
        .collect();
    json!({
        "id": "root",
        "layoutOptions": options(plan, graph.close),
        "children": nodes.into_iter().flatten().collect::<Vec<_>>(),
        "edges": edges,
    })
}

fn options(plan: Plan, close: bool) -> Map<String, Value> {
    let room = |usual: &'static str, least: &'static str| if close { least } else { usual };
    let direction = match plan.direction {
        Direction::TopBottom => "DOWN",
        Direction::BottomTop => "UP",
        Direction::LeftRight => "RIGHT",
        Direction::RightLeft => "LEFT",
    };
    let seed = plan.seed.to_string();
    let mut options: Map<String, Value> = [
        ("elk.algorithm", "layered"),
        ("elk.direction", direction),
        ("elk.randomSeed", seed.as_str()),
        ("elk.hierarchyHandling", "INCLUDE_CHILDREN"),
        ("elk.edgeRouting", "ORTHOGONAL"),
        ("elk.json.edgeCoords", "ROOT"),
        ("elk.padding", "[top=0,left=0,bottom=0,right=0]"),
        ("elk.layered.nodePlacement.strategy", "NETWORK_SIMPLEX"),
        ("elk.layered.layering.strategy", "NETWORK_SIMPLEX"),
        ("elk.layered.nodePlacement.favorStraightEdges", "true"),
        ("elk.layered.thoroughness", "7"),
        ("elk.edgeLabels.placement", "CENTER"),
        ("elk.spacing.nodeNode", room("36", "15")),
        ("elk.layered.spacing.nodeNodeBetweenLayers", room("16", "13")),
        ("elk.spacing.edgeNode", room("18", "11")),
        ("elk.layered.spacing.edgeNodeBetweenLayers", room("16", "12")),
        ("elk.spacing.edgeEdge", room("14", "11")),
        ("elk.layered.spacing.edgeEdgeBetweenLayers", "10"),
        ("elk.spacing.edgeLabel", "4"),
        ("elk.spacing.labelLabel", "8"),
        ("elk.spacing.labelNode", room("8", "5")),
        ("elk.spacing.nodeSelfLoop", "14"),
        ("elk.spacing.componentComponent", "36"),
        ("elk.spacing.portPort", "14"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), Value::from(value)))
    .collect();
    if plan.bound > 0 {
        options.insert("elk.layered.layering.strategy".to_owned(), Value::from("COFFMAN_GRAHAM"));
        options.insert("elk.layered.layering.coffmanGraham.layerBound".to_owned(), Value::from(plan.bound.to_string()));
    }
    if plan.ordered {
        options.insert("elk.layered.considerModelOrder.strategy".to_owned(), Value::from("NODES_AND_EDGES"));
    }
    options
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn number(value: &Value, name: &str) -> f64 {
    value.get(name).and_then(Value::as_f64).filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn read_nodes(value: &Value, origin: Point, layout: &mut Layout) -> Result<(), EngineError> {
    for child in list(value, "children") {
        let at = Point::new(origin.x + number(child, "x"), origin.y + number(child, "y"));
        let place = child.get("id").and_then(Value::as_str).and_then(|id| id.parse::<usize>().ok());
        let Some(rect) = place.and_then(|place| layout.nodes.get_mut(place)) else {
            return Err(EngineError("it answered with a box that was not asked about".to_owned()));
        };
        *rect = Rect::new(at.x, at.y, number(child, "width"), number(child, "height"));
        read_nodes(child, at, layout)?;
    }
    Ok(())
}

fn read_edge(edge: &Value) -> Route {
    let point = |value: &Value| Point::new(number(value, "x"), number(value, "y"));
    let mut points = Vec::new();
    for section in list(edge, "sections") {
        points.extend(section.get("startPoint").map(point));
        points.extend(list(section, "bendPoints").iter().map(point));
        points.extend(section.get("endPoint").map(point));
    }
    let label = list(edge, "labels").first();
    let label =
        label.map(|one| Rect::new(number(one, "x"), number(one, "y"), number(one, "width"), number(one, "height")));
    Route { points: straightened(points), label }
}

/// How far the engine's lines may be off what is straight.
const OFF: f64 = 1.01;

/// Without bends that are none, and with sides that are off by a rounding error put right.
pub(super) fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for mut point in points {
        if let Some(last) = kept.last() {
            // The engine rounds places of texts to whole units, and lines with them.
            let (dx, dy) = ((point.x - last.x).abs(), (point.y - last.y).abs());
            if dx < OFF && dx <= dy {
                point.x = last.x;
            }
            if dy < OFF && dy < dx {
                point.y = last.y;
            }
            if *last == point {
                continue;
            }
        }
        if let [.., before, last] = kept.as_slice()
            && ((before.x == last.x && last.x == point.x) || (before.y == last.y && last.y == point.y))
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Edge, Node, Padding};

    /// Boxes in boundaries to this depth, and a line into the innermost from outside.
    fn nested(depth: usize) -> Graph {
        let mut graph = Graph::default();
        for at in 0..depth {
            let padding = Padding { top: 30.0, side: 10.0, bottom: 10.0 };
            graph.nodes.push(Node { parent: at.checked_sub(1), width: 400.0, height: 60.0, padding, fixed: None });
        }
        graph.nodes.push(Node { parent: Some(depth - 1), width: 100.0, height: 50.0, ..Node::default() });
        graph.nodes.push(Node { width: 100.0, height: 50.0, ..Node::default() });
        graph.edges.push(Edge { source: depth + 1, destination: depth, ..Edge::default() });
        graph
    }

    #[test]
    fn boundaries_are_wide_enough_for_their_titles() {
        for direction in [Direction::TopBottom, Direction::BottomTop, Direction::LeftRight, Direction::RightLeft] {
            for depth in 1..=4 {
                let layout =
                    ranked(&nested(depth), Plan { direction, seed: 1, ordered: false, aspect: 1.0, bound: 0 }).unwrap();
                for (at, rect) in layout.nodes.iter().take(depth).enumerate() {
                    assert!(rect.w >= 399.0, "{direction:?} depth {at} of {depth}: {rect:?}");
                }
            }
        }
    }
}
