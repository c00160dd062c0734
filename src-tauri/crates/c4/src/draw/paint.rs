//! A scene with places becomes a drawing.

use super::block::rows_height;
use super::colour::Colour;
use super::compose::{Composed, UNITS_PER_PIXEL};
use super::drawing::{DrawnBoundary, DrawnBox, DrawnLine, StatusMark};
use super::legend::boundary_dash;
use super::path::{rectangle, rounded};
use super::render::{area, attached, body, icon, line, pill, rows, stroke};
use super::scene::{Scene, SceneNode, Subject};
use super::shape::{Anchor, Shape};
use super::style::Outline;
use super::wording::Text;
use super::words::wire_kind;
use super::{alt, outline, titles};
use crate::layout::{Point, Rect};

/// How much of an element that is not meant stays visible.
const DIMMED: f64 = 0.28;

/// From layout units to points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placement {
    pub scale: f64,
    pub dx: f64,
    pub dy: f64,
}

impl Placement {
    fn point(self, at: Point) -> Point {
        Point::new(at.x * self.scale + self.dx, at.y * self.scale + self.dy)
    }

    fn rect(self, rect: &Rect) -> Rect {
        let at = self.point(Point::new(rect.x, rect.y));
        Rect::new(at.x, at.y, rect.w * self.scale, rect.h * self.scale)
    }

    fn shapes(self, shapes: Vec<Shape>, dimmed: bool) -> Vec<Shape> {
        let placed = shapes.into_iter().map(|shape| shape.placed(self.scale, self.dx, self.dy));
        placed.map(|shape| if dimmed { shape.faded(DIMMED) } else { shape }).collect()
    }
}

/// A scene with places.
pub(crate) struct Painter<'a> {
    pub scene: &'a Scene,
    pub composed: &'a Composed,
    pub text: Text<'a>,
    pub placement: Placement,
}

impl Painter<'_> {
    /// Where boundaries go in the list of boundaries.
    fn boundary_places(&self) -> Vec<Option<usize>> {
        let mut next = 0;
        let place = |node: &SceneNode| {
            next += usize::from(node.boundary);
            node.boundary.then(|| next - 1)
        };
        self.scene.nodes.iter().map(place).collect()
    }

    /// Boundaries, each after the one that it is within.
    pub(crate) fn boundaries(&self) -> Vec<DrawnBoundary> {
        let places = self.boundary_places();
        let fills = self.fills();
        let nodes = self.scene.nodes.iter().enumerate().filter(|(_, node)| node.boundary);
        nodes
            .map(|(at, node)| {
                let rect = self.composed.layout.nodes[at];
                let (label, _) = titles::place(self.scene, &self.composed.layout, at);
                let fill = fills[at];
                let width = node.look.stroke_width.min(1.4);
                let mut shapes = vec![area(
                    rounded(&rect, [6.0; 4]),
                    Some(fill),
                    Some(stroke(node.look.stroke, width, boundary_dash(node))),
                    1.0,
                )];
                let mark = self.element_mark(node);
                let (ink, muted) = (
                    node.look.ink.readable_on(fill, self.text.theme.ink, self.text.theme.paper),
                    self.text.theme.muted,
                );
                shapes.extend(rows(&node.title, label.x, label.y, Anchor::Start, ink, muted, 1.0));
                let mut marks = Vec::new();
                if let Some((words, colour, ids)) = mark {
                    let (pill_rect, pill) = pill(
                        self.text.measure,
                        self.text.theme,
                        &words,
                        colour,
                        Point::new(label.right() - node.mark_width / 2.0, label.y + 9.0),
                    );
                    shapes.extend(pill);
                    marks.push(StatusMark { label: words, colour, rect: self.placement.rect(&pill_rect), ids });
                }
                let (element, id, kind) = self.named(&node.subject);
                DrawnBoundary {
                    element,
                    id,
                    kind,
                    name: self.name(&node.subject),
                    parent: node.parent.and_then(|parent| places[parent]),
                    rect: self.placement.rect(&rect),
                    label: self.placement.rect(&label),
                    alt: alt::boundary(&self.text, node),
                    marks,
                    shapes: self.placement.shapes(shapes, false),
                }
            })
            .collect()
    }

    /// Boxes.
    pub(crate) fn boxes(&self) -> Vec<DrawnBox> {
        let places = self.boundary_places();
        let nodes = self.scene.nodes.iter().enumerate().filter(|(_, node)| !node.boundary);
        nodes
            .map(|(at, node)| {
                let rect = self.composed.layout.nodes[at];
                let look = &node.look;
                let mut shapes = body(look, &rect);
                let inner = outline::content(look.outline, &rect, node.block.width, node.block.height);
                let (mark_top, icon_at, (left, top)) = node.block.places(inner.x, inner.y);
                let middle = left + node.block.text.0 / 2.0;
                shapes.extend(rows(&node.block.rows, middle, top, Anchor::Middle, look.ink, look.muted, 1.0));
                if let (Some(_), Some((name, _))) = (node.block.icon, &look.icon)
                    && let Some(data) = self.text.picture(name)
                {
                    shapes.push(icon(&data, icon_at));
                }
                let mut marks = Vec::new();
                if let Some((words, colour, ids)) = self.element_mark(node) {
                    let centre = Point::new(inner.centre().x, mark_top + 9.0);
                    let (pill_rect, pill) = pill(self.text.measure, self.text.theme, &words, colour, centre);
                    shapes.extend(pill);
                    marks.push(StatusMark { label: words, colour, rect: self.placement.rect(&pill_rect), ids });
                }
                let (element, id, kind) = self.named(&node.subject);
                DrawnBox {
                    element: element.unwrap_or_default(),
                    id,
                    kind,
                    name: self.name(&node.subject),
                    parent: node.parent.and_then(|parent| places[parent]),
                    rect: self.placement.rect(&rect),
                    saved: self.saved(node, &rect),
                    marks,
                    alt: alt::element(&self.text, self.scene, node),
                    shapes: self.placement.shapes(shapes, node.dimmed),
                }
            })
            .collect()
    }

    /// Lines.
    pub(crate) fn lines(&self) -> Vec<DrawnLine> {
        let fills = self.fills();
        let layout = &self.composed.layout;
        let boundaries = (0..self.scene.nodes.len()).filter(|at| self.scene.nodes[*at].boundary);
        let titles: Vec<Rect> = boundaries.map(|at| titles::place(self.scene, layout, at).0.grown(2.0)).collect();
        let lines = self.scene.edges.iter().enumerate().filter(|(at, _)| layout.edges[*at].points.len() > 1);
        lines
            .map(|(at, edge)| {
                let route = &layout.edges[at];
                let mut points = route.points.clone();
                self.attach(edge.source, edge.destination, &mut points);
                let mut shapes = line(&points, &edge.look, edge.response, &titles);
                if let Some(label) = route.label {
                    // The line is interrupted where its text is.
                    let ground = self.ground(&label, &fills);
                    shapes.push(area(rectangle(&label), Some(ground), None, 1.0));
                    let top = label.y + (label.h - rows_height(&edge.label)) / 2.0;
                    let (ink, muted) = (self.text.theme.ink, self.text.theme.muted);
                    shapes.extend(rows(
                        &edge.label,
                        label.centre().x,
                        top,
                        Anchor::Middle,
                        ink,
                        muted,
                        edge.look.opacity.max(0.75),
                    ));
                }
                let model = &self.text.workspace.model;
                let relationship = model.relationship(edge.relationship);
                DrawnLine {
                    id: relationship.id.clone(),
                    order: edge.order.clone(),
                    source: model.key(relationship.source),
                    destination: model.key(relationship.destination),
                    points: points.iter().map(|point| self.placement.point(*point)).collect(),
                    manual: !edge.bends.is_empty(),
                    label: route.label.map(|label| self.placement.rect(&label)),
                    alt: alt::relationship(&self.text, edge),
                    shapes: self.placement.shapes(shapes, edge.dimmed),
                }
            })
            .collect()
    }

    fn attach(&self, source: usize, destination: usize, points: &mut [Point]) {
        let ends = [(source, 0, 1), (destination, points.len() - 1, points.len() - 2)];
        for (node, end, before) in ends {
            let scene = &self.scene.nodes[node];
            if !scene.boundary {
                points[end] = attached(&scene.look, &self.composed.layout.nodes[node], points[end], points[before]);
            }
        }
    }

    /// What each boundary is filled with: the deeper, the more.
    fn fills(&self) -> Vec<Colour> {
        let theme = self.text.theme;
        let mut fills = vec![theme.paper; self.scene.nodes.len()];
        for (at, node) in self.scene.nodes.iter().enumerate() {
            let under = node.parent.map_or(theme.paper, |parent| fills[parent]);
            let group = matches!(node.subject, Subject::Group(..));
            fills[at] = match (node.boundary, group) {
                (true, false) => theme.accent.over(if theme.dark { 0.10 } else { 0.035 }, under),
                _ => under,
            };
        }
        fills
    }

    /// What is below a text: the innermost boundary's fill.
    fn ground(&self, label: &Rect, fills: &[Colour]) -> Colour {
        let mut nodes = self.scene.nodes.iter().enumerate().rev().filter(|(_, node)| node.boundary);
        let around = nodes.find(|(at, _)| self.composed.layout.nodes[*at].contains(label.centre(), 0.0));
        around.map_or(self.text.theme.paper, |(at, _)| fills[at])
    }

    fn element_mark(&self, node: &SceneNode) -> Option<(String, Colour, Vec<String>)> {
        match &node.subject {
            Subject::Element(id) => self.text.mark(*id),
            Subject::Group(..) => None,
        }
    }

    fn named(&self, subject: &Subject) -> (Option<String>, String, String) {
        let model = &self.text.workspace.model;
        match subject {
            Subject::Element(id) => {
                let element = model.element(*id);
                (Some(model.key(*id)), element.id.clone(), wire_kind(element.kind).to_owned())
            }
            Subject::Group(..) => (None, String::new(), "group".to_owned()),
        }
    }

    fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Element(id) => self.text.workspace.model.name(*id).to_owned(),
            Subject::Group(_, _, name) => name.clone(),
        }
    }

    /// The saved position that puts a box where it is.
    fn saved(&self, node: &SceneNode, rect: &Rect) -> (i64, i64) {
        if let Some((x, y)) = node.saved {
            return (x as i64, y as i64);
        }
        let (w, h) = saved_size(node);
        let (centre, composed) = (rect.centre(), self.composed);
        let (x, y) = ((centre.x - composed.shift.x) / composed.factor, (centre.y - composed.shift.y) / composed.factor);
        ((x - w / 2.0).round() as i64, (y - h / 2.0).round() as i64)
    }
}

/// Width and height of a box in Structurizr, in pixels: what saved positions are the upper left corner of.
pub(crate) fn saved_size(node: &SceneNode) -> (f64, f64) {
    let square = matches!(node.look.outline, Outline::Person | Outline::Robot | Outline::Circle);
    let default = if square { (400.0, 400.0) } else { (450.0, 300.0) };
    (node.look.width.unwrap_or(default.0), node.look.height.unwrap_or(default.1))
}

/// Pixels of saved positions to points.
pub(crate) fn points_per_pixel(composed: &Composed, placement: Placement) -> f64 {
    let factor = if composed.manual { composed.factor } else { UNITS_PER_PIXEL };
    factor * placement.scale
}
