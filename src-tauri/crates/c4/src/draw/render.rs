//! Boxes, boundaries and lines as shapes, in layout units.

use super::block::{ICON, LEADING, MARK, Row};
use super::colour::Colour;
use super::fonts::Measure;
use super::outline;
use super::path::{bent, meets, polygon, rounded};
use super::shape::{Anchor, FontWeight, Segment, Shape, Stroke};
use super::style::{Dash, LineLook, Look};
use super::theme::Theme;
use crate::layout::{Point, Rect};

/// Radius of a line's bends.
const BEND: f64 = 6.0;

/// An area with a line around it.
pub(crate) fn area(segments: Vec<Segment>, fill: Option<Colour>, stroke: Option<Stroke>, opacity: f64) -> Shape {
    Shape::Path { segments, fill, stroke, opacity }
}

/// A line's look.
pub(crate) fn stroke(colour: Colour, width: f64, dash: Dash) -> Stroke {
    Stroke { colour, width, dash: dash.lengths(width) }
}

/// Rows of text, one below the other, around a middle or from a left side.
pub(crate) fn rows(
    rows: &[Row],
    x: f64,
    top: f64,
    anchor: Anchor,
    ink: Colour,
    muted: Colour,
    opacity: f64,
) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(rows.len());
    let mut y = top;
    for row in rows {
        y += row.gap;
        shapes.push(Shape::Text {
            x: x + row.indent,
            // The type stands in the middle of its row: ascenders and descenders are about 0.78 and 0.22 of it.
            y: y + row.size * (LEADING / 2.0 + 0.34),
            size: row.size,
            weight: row.weight,
            colour: if row.muted { muted } else { ink },
            anchor,
            text: row.line.text.clone(),
            width: row.line.width,
            opacity,
        });
        y += row.size * LEADING;
    }
    shapes
}

/// Size of a mark's type.
const MARK_TYPE: f64 = 12.5;

/// How wide a mark is.
pub(crate) fn pill_width(measure: &Measure<'_>, label: &str) -> f64 {
    (measure.width(label, MARK_TYPE, FontWeight::SemiBold) + 16.0).max(30.0)
}

/// A mark: a pill with a few letters. Answers its rectangle too.
pub(crate) fn pill(
    measure: &Measure<'_>,
    theme: &Theme,
    label: &str,
    colour: Colour,
    centre: Point,
) -> (Rect, Vec<Shape>) {
    let size = MARK_TYPE;
    let width = measure.width(label, size, FontWeight::SemiBold);
    let rect = Rect::around(centre, pill_width(measure, label), MARK);
    let ink = Colour::WHITE.readable_on(colour, Colour(24, 33, 37), Colour::WHITE);
    let text = Shape::Text {
        x: centre.x,
        y: centre.y + size * 0.35,
        size,
        weight: FontWeight::SemiBold,
        colour: ink,
        anchor: Anchor::Middle,
        text: label.to_owned(),
        width,
        opacity: 1.0,
    };
    let edge = stroke(theme.paper, 1.0, Dash::Solid);
    (rect, vec![area(rounded(&rect, [MARK / 2.0; 4]), Some(colour), Some(edge), 1.0), text])
}

/// A box without its text.
pub(crate) fn body(look: &Look, rect: &Rect) -> Vec<Shape> {
    let drawn = outline::draw(look.outline, rect);
    let line = |width: f64| Some(stroke(look.stroke, width, look.border));
    let fine = Some(stroke(look.stroke, (look.stroke_width * 0.8).min(1.4), Dash::Solid));
    let mut shapes: Vec<Shape> = drawn
        .areas
        .into_iter()
        .map(|path| area(path, Some(look.fill), line(look.stroke_width), look.opacity))
        .collect();
    shapes.extend(drawn.strokes.into_iter().map(|path| area(path, None, fine.clone(), look.opacity)));
    shapes.extend(drawn.dots.into_iter().map(|path| area(path, Some(look.stroke), None, look.opacity)));
    shapes
}

/// A picture in a square, as an icon.
pub(crate) fn icon(data: &str, at: (f64, f64)) -> Shape {
    Shape::Image { x: at.0, y: at.1, w: ICON, h: ICON, data: data.to_owned(), opacity: 1.0 }
}

/// Where a line that ends at a box's rectangle meets its outline.
pub(crate) fn attached(look: &Look, rect: &Rect, end: Point, before: Point) -> Point {
    let length = (end.x - before.x).hypot(end.y - before.y);
    if length < 1e-6 {
        return end;
    }
    let direction = ((end.x - before.x) / length, (end.y - before.y) / length);
    // From a little outside, for ends that are on the outline but for rounding.
    let from = Point::new(end.x - direction.0 * 0.5, end.y - direction.1 * 0.5);
    let drawn = outline::draw(look.outline, rect);
    let far = drawn.areas.iter().filter_map(|path| meets(path, from, direction)).fold(f64::INFINITY, f64::min);
    if far.is_finite() && far < rect.w.max(rect.h) {
        Point::new(from.x + direction.0 * far, from.y + direction.1 * far)
    } else {
        end
    }
}

/// A line with its arrow; `back`: the arrow is where it begins. Where it is `behind` something it is not seen.
pub(crate) fn line(points: &[Point], look: &LineLook, back: bool, behind: &[Rect]) -> Vec<Shape> {
    let mut way = points.to_vec();
    if back {
        way.reverse();
    }
    let [.., before, end] = way.as_slice() else { return Vec::new() };
    let (before, end) = (*before, *end);
    let length = (end.x - before.x).hypot(end.y - before.y).max(1e-6);
    let (ux, uy) = ((end.x - before.x) / length, (end.y - before.y) / length);
    let (long, half) = (8.0 + look.width * 1.2, 3.2 + look.width * 0.85);
    let foot = Point::new(end.x - ux * long, end.y - uy * long);
    if let Some(last) = way.last_mut() {
        // The line ends within the arrow, not beyond its tip.
        *last = if length > long { Point::new(end.x - ux * long * 0.7, end.y - uy * long * 0.7) } else { end };
    }
    let arrow = polygon(&[
        (end.x, end.y),
        (foot.x - uy * half, foot.y + ux * half),
        (foot.x + ux * long * 0.18, foot.y + uy * long * 0.18),
        (foot.x + uy * half, foot.y - ux * half),
    ]);
    let mut path = Vec::new();
    for part in seen(&way, behind) {
        path.extend(bent(&part, BEND));
    }
    vec![
        area(path, None, Some(stroke(look.colour, look.width, look.dash)), look.opacity),
        area(arrow, Some(look.colour), None, look.opacity),
    ]
}

/// The parts of a way that are not behind something.
fn seen(way: &[Point], behind: &[Rect]) -> Vec<Vec<Point>> {
    let mut parts = Vec::new();
    let mut part: Vec<Point> = way.first().copied().into_iter().collect();
    for pair in way.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let at = |share: f64| Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        let mut hidden: Vec<(f64, f64)> = behind.iter().filter_map(|rect| rect.clip(from, to)).collect();
        hidden.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (enter, leave) in hidden {
            part.push(at(enter));
            parts.push(std::mem::replace(&mut part, vec![at(leave)]));
        }
        part.push(to);
    }
    parts.push(part);
    parts
}
