//! How good a drawing is, counted on what is drawn: for tests, and for whoever wants to know before printing.

use super::drawing::Drawing;
use super::shape::{Anchor, Shape};
use crate::layout::{Edge, Graph, Layout, Node, Point, Quality, Rect, Route};
use std::collections::HashMap;

/// Counts a drawing.
pub fn check(drawing: &Drawing) -> Quality {
    let mut graph = Graph::default();
    let mut layout = Layout { width: drawing.width, height: drawing.height, ..Layout::default() };
    let mut places: HashMap<&str, usize> = HashMap::new();
    for boundary in &drawing.boundaries {
        if let Some(element) = &boundary.element {
            places.insert(element, graph.nodes.len());
        }
        graph.nodes.push(Node { parent: boundary.parent, ..Node::default() });
        layout.nodes.push(boundary.rect);
    }
    for one in &drawing.boxes {
        places.insert(&one.element, graph.nodes.len());
        graph.nodes.push(Node { parent: one.parent, ..Node::default() });
        layout.nodes.push(one.rect);
    }
    for line in &drawing.lines {
        let find = |key: &str| places.get(key).copied().unwrap_or(usize::MAX);
        // Bends that a person made need not be straight.
        let bends = if line.manual { line.points.clone() } else { Vec::new() };
        graph.edges.push(Edge {
            source: find(&line.source),
            destination: find(&line.destination),
            bends,
            ..Edge::default()
        });
        layout.edges.push(Route { points: line.points.clone(), label: line.label });
    }
    let mut quality = Quality::of(&graph, &layout);
    quality.texts_outside = texts_outside(drawing);
    titles(drawing, &mut quality);
    quality
}

/// What the titles of boundaries share with others.
fn titles(drawing: &Drawing, quality: &mut Quality) {
    for (at, boundary) in drawing.boundaries.iter().enumerate() {
        // A pair of hairs' width is no overlap.
        let title = boundary.label.grown(-0.5);
        if title.w <= 0.0 || title.h <= 0.0 {
            continue;
        }
        let through = drawing
            .lines
            .iter()
            .filter(|line| line.points.windows(2).any(|pair| title.clip(pair[0], pair[1]).is_some()));
        quality.lines_through_titles += through.count();
        let labels = drawing.lines.iter().filter_map(|line| line.label.as_ref());
        let boxes = drawing.boxes.iter().map(|one| &one.rect);
        let later = drawing.boundaries[at + 1..].iter().map(|one| &one.label);
        quality.titles_on_others += labels.chain(boxes).chain(later).filter(|other| title.overlaps(other, 0.0)).count();
    }
}

/// Texts that stand out of their box, of their boundary, of their line's place for text, or of the page.
fn texts_outside(drawing: &Drawing) -> usize {
    let page = Rect::new(0.0, 0.0, drawing.width, drawing.height);
    let mut count = 0;
    let mut add = |shapes: &[Shape], within: Option<Rect>| {
        for shape in shapes {
            if let Some(rect) = extent(shape) {
                let out = !page.holds(&rect, SLACK) || within.is_some_and(|within| !within.holds(&rect, SLACK));
                count += usize::from(out);
            }
        }
    };
    drawing.boxes.iter().for_each(|one| add(&one.shapes, Some(one.rect)));
    drawing.boundaries.iter().for_each(|one| add(&one.shapes, Some(one.rect)));
    drawing.lines.iter().for_each(|one| add(&one.shapes, one.label));
    add(&drawing.furniture, None);
    let rects = drawing.boxes.iter().map(|one| one.rect).chain(drawing.boundaries.iter().map(|one| one.rect));
    let ends =
        drawing.lines.iter().flat_map(|line| &line.points).map(|point: &Point| Rect::new(point.x, point.y, 0.0, 0.0));
    count + rects.chain(ends).filter(|rect| !page.holds(rect, SLACK)).count()
}

/// Rounding, in points.
const SLACK: f64 = 1.0;

/// Where a line of text is.
fn extent(shape: &Shape) -> Option<Rect> {
    let Shape::Text { x, y, size, anchor, width, .. } = shape else { return None };
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Some(Rect::new(left, y - size * 0.75, *width, size * 0.95))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::drawing::{DrawnBoundary, DrawnBox, DrawnLine};
    use crate::draw::{Colour, FontWeight};

    fn one_box(name: &str, x: f64, y: f64) -> DrawnBox {
        DrawnBox {
            element: name.to_owned(),
            id: name.to_owned(),
            kind: "container".to_owned(),
            name: name.to_owned(),
            parent: None,
            rect: Rect::new(x, y, 100.0, 60.0),
            saved: (0, 0),
            marks: Vec::new(),
            alt: String::new(),
            shapes: Vec::new(),
        }
    }

    fn line(source: &str, destination: &str, points: &[(f64, f64)], label: Option<Rect>) -> DrawnLine {
        DrawnLine {
            id: format!("{source}-{destination}"),
            order: String::new(),
            source: source.to_owned(),
            destination: destination.to_owned(),
            points: points.iter().map(|(x, y)| Point::new(*x, *y)).collect(),
            manual: false,
            label,
            alt: String::new(),
            shapes: Vec::new(),
        }
    }

    fn drawing(boxes: Vec<DrawnBox>, lines: Vec<DrawnLine>) -> Drawing {
        Drawing {
            key: "k".to_owned(),
            kind: "container".to_owned(),
            title: String::new(),
            description: String::new(),
            alt: String::new(),
            width: 1_000.0,
            height: 1_000.0,
            scale: 1.0,
            origin: Point::default(),
            smallest_text: 7.0,
            turned: false,
            manual: false,
            paper: Colour::WHITE,
            family: String::new(),
            warnings: Vec::new(),
            boundaries: Vec::new(),
            lines,
            boxes,
            furniture: Vec::new(),
            quality: Quality::default(),
        }
    }

    fn good() -> Drawing {
        let boxes = vec![one_box("a", 0.0, 0.0), one_box("b", 0.0, 200.0), one_box("c", 300.0, 0.0)];
        let label = Some(Rect::new(20.0, 100.0, 60.0, 20.0));
        drawing(
            boxes,
            vec![
                line("a", "b", &[(50.0, 60.0), (50.0, 200.0)], label),
                line("a", "c", &[(100.0, 30.0), (300.0, 30.0)], None),
            ],
        )
    }

    #[test]
    fn a_good_drawing_has_no_faults() {
        assert_eq!(check(&good()).faults(), 0, "{:?}", check(&good()));
    }

    #[test]
    fn each_fault_is_found() {
        let mut over = good();
        over.boxes[1].rect.y = 50.0;
        assert_eq!(check(&over).overlapping_boxes, 1);

        let mut through = good();
        through.boxes.push(one_box("d", 150.0, 0.0));
        assert_eq!(check(&through).lines_through_boxes, 1);

        let mut through_own = good();
        through_own.lines[0].points = vec![Point::new(50.0, 0.0), Point::new(50.0, 200.0)];
        through_own.lines[0].points.insert(1, Point::new(50.0, 90.0));
        assert_eq!(check(&through_own).lines_through_boxes, 1);

        let mut on_box = good();
        on_box.lines[0].label = Some(Rect::new(20.0, 50.0, 60.0, 20.0));
        assert_eq!(check(&on_box).labels_on_boxes, 1);

        let mut on_label = good();
        on_label.lines[1].label = Some(Rect::new(70.0, 105.0, 60.0, 20.0));
        assert_eq!(check(&on_label).labels_on_labels, 1);

        let mut slanted = good();
        slanted.lines[1].points[1].y = 45.0;
        assert_eq!(check(&slanted).diagonals, 1);
        slanted.lines[1].manual = true;
        assert_eq!(check(&slanted).diagonals, 0);

        let mut crossing = good();
        crossing.lines[1].points = vec![Point::new(0.0, 150.0), Point::new(300.0, 150.0)];
        assert_eq!(check(&crossing).crossings, 1);

        let mut along = good();
        along.lines.push(line("a", "b", &[(50.0, 60.0), (50.0, 200.0)], None));
        assert_eq!((check(&along).lines_on_lines, check(&along).lines_through_labels), (1, 1));

        let mut wide = good();
        wide.boxes[0].shapes.push(Shape::Text {
            x: 50.0,
            y: 30.0,
            size: 10.0,
            weight: FontWeight::Regular,
            colour: Colour::WHITE,
            anchor: Anchor::Middle,
            text: "too long".to_owned(),
            width: 120.0,
            opacity: 1.0,
        });
        assert_eq!(check(&wide).texts_outside, 1);

        let mut escaped = good();
        escaped.boundaries.push(DrawnBoundary {
            element: None,
            id: String::new(),
            kind: "group".to_owned(),
            name: "g".to_owned(),
            parent: None,
            rect: Rect::new(500.0, 500.0, 100.0, 100.0),
            label: Rect::default(),
            marks: Vec::new(),
            alt: String::new(),
            shapes: Vec::new(),
        });
        escaped.boxes[0].parent = Some(0);
        assert_eq!(check(&escaped).escaped_boxes, 1);

        let mut titled = escaped.clone();
        titled.boxes[0].parent = None;
        (titled.boundaries[0].rect, titled.boundaries[0].label) =
            (Rect::new(200.0, -30.0, 220.0, 120.0), Rect::new(230.0, -20.0, 60.0, 12.0));
        titled.boxes[2].parent = Some(0);
        assert_eq!(check(&titled).lines_through_titles, 0);
        titled.boundaries[0].label.y = 22.0;
        assert_eq!((check(&titled).lines_through_titles, check(&titled).titles_on_others), (1, 0));
        titled.lines[0].label = Some(Rect::new(280.0, 30.0, 60.0, 20.0));
        assert_eq!(check(&titled).titles_on_others, 1);
    }
}
