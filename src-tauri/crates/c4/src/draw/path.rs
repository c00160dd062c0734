//! Paths put together, and where a straight line meets one.

use super::shape::Segment;
use crate::layout::{Point, Rect};

/// Control points of a quarter circle by a Bézier curve lie this far along its radius.
const ROUND: f64 = 0.552_284_75;

/// Begins a path.
pub(crate) fn to(x: f64, y: f64) -> Segment {
    Segment::Move { x, y }
}

/// Straight on.
pub(crate) fn line(x: f64, y: f64) -> Segment {
    Segment::Line { x, y }
}

/// A closed path through corners.
pub(crate) fn polygon(corners: &[(f64, f64)]) -> Vec<Segment> {
    let mut path: Vec<Segment> =
        corners.iter().enumerate().map(|(at, (x, y))| if at == 0 { to(*x, *y) } else { line(*x, *y) }).collect();
    path.push(Segment::Close);
    path
}

/// An open path through places.
pub(crate) fn open(places: &[(f64, f64)]) -> Vec<Segment> {
    let mut path = polygon(places);
    path.pop();
    path
}

/// A rectangle.
pub(crate) fn rectangle(rect: &Rect) -> Vec<Segment> {
    polygon(&[(rect.x, rect.y), (rect.right(), rect.y), (rect.right(), rect.bottom()), (rect.x, rect.bottom())])
}

/// A rectangle with round corners: upper left, upper right, lower right, lower left.
pub(crate) fn rounded(rect: &Rect, radii: [f64; 4]) -> Vec<Segment> {
    let most = (rect.w.min(rect.h) / 2.0).max(0.0);
    let [tl, tr, br, bl] = radii.map(|radius| radius.clamp(0.0, most));
    let (l, t, r, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    let mut path = vec![to(l + tl, t), line(r - tr, t)];
    path.push(arc((r - tr, t), (r, t + tr), (r, t)));
    path.push(line(r, b - br));
    path.push(arc((r, b - br), (r - br, b), (r, b)));
    path.push(line(l + bl, b));
    path.push(arc((l + bl, b), (l, b - bl), (l, b)));
    path.push(line(l, t + tl));
    path.push(arc((l, t + tl), (l + tl, t), (l, t)));
    path.push(Segment::Close);
    path
}

/// A quarter of an ellipse from one place to another, around the corner that the two have.
pub(crate) fn arc(from: (f64, f64), end: (f64, f64), corner: (f64, f64)) -> Segment {
    let towards = |p: (f64, f64)| (p.0 + (corner.0 - p.0) * ROUND, p.1 + (corner.1 - p.1) * ROUND);
    let (one, two) = (towards(from), towards(end));
    Segment::Cubic { x1: one.0, y1: one.1, x2: two.0, y2: two.1, x: end.0, y: end.1 }
}

/// An ellipse that fills a rectangle.
pub(crate) fn ellipse(rect: &Rect) -> Vec<Segment> {
    let (l, t, r, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    let centre = rect.centre();
    let (top, right, bottom, left) = ((centre.x, t), (r, centre.y), (centre.x, b), (l, centre.y));
    vec![
        to(top.0, top.1),
        arc(top, right, (r, t)),
        arc(right, bottom, (r, b)),
        arc(bottom, left, (l, b)),
        arc(left, top, (l, t)),
        Segment::Close,
    ]
}

/// A line through places, its bends rounded.
pub(crate) fn bent(places: &[Point], radius: f64) -> Vec<Segment> {
    let Some(first) = places.first() else { return Vec::new() };
    let mut path = vec![to(first.x, first.y)];
    for at in 1..places.len() {
        let (before, here) = (places[at - 1], places[at]);
        let Some(after) = places.get(at + 1) else {
            path.push(line(here.x, here.y));
            break;
        };
        let length = |p: Point, q: Point| (p.x - q.x).hypot(p.y - q.y);
        let (to_here, from_here) = (length(before, here), length(here, *after));
        let round = radius.min(to_here / 2.0).min(from_here / 2.0);
        if round < 0.1 {
            path.push(line(here.x, here.y));
            continue;
        }
        let towards =
            |p: Point, far: f64| (here.x + (p.x - here.x) * round / far, here.y + (p.y - here.y) * round / far);
        let (start, end) = (towards(before, to_here), towards(*after, from_here));
        path.push(line(start.0, start.1));
        path.push(arc(start, end, (here.x, here.y)));
    }
    path
}

/// A path as straight parts.
pub(crate) fn flat(path: &[Segment]) -> Vec<(Point, Point)> {
    let mut parts = Vec::new();
    let (mut start, mut here) = (Point::default(), Point::default());
    for segment in path {
        match *segment {
            Segment::Move { x, y } => {
                start = Point::new(x, y);
                here = start;
            }
            Segment::Line { x, y } => {
                parts.push((here, Point::new(x, y)));
                here = Point::new(x, y);
            }
            Segment::Cubic { x1, y1, x2, y2, x, y } => {
                let from = here;
                for step in 1..=10 {
                    let t = f64::from(step) / 10.0;
                    let u = 1.0 - t;
                    let at = |a: f64, b: f64, c: f64, d: f64| {
                        u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                    };
                    let next = Point::new(at(from.x, x1, x2, x), at(from.y, y1, y2, y));
                    parts.push((here, next));
                    here = next;
                }
            }
            Segment::Close => {
                parts.push((here, start));
                here = start;
            }
        }
    }
    parts
}

/// Where a straight line, from a place on in a direction, first meets a path: how many times as far as the direction
/// is long.
pub(crate) fn meets(path: &[Segment], from: Point, direction: (f64, f64)) -> Option<f64> {
    let mut nearest: Option<f64> = None;
    for (a, b) in flat(path) {
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let cross = direction.0 * ey - direction.1 * ex;
        if cross.abs() < 1e-9 {
            continue;
        }
        let (ox, oy) = (a.x - from.x, a.y - from.y);
        let (along, share) = ((ox * ey - oy * ex) / cross, (ox * direction.1 - oy * direction.0) / cross);
        if along >= -1e-6 && (-1e-6..=1.0 + 1e-6).contains(&share) && nearest.is_none_or(|known| along < known) {
            nearest = Some(along.max(0.0));
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_on_the_outline() {
        let circle = ellipse(&Rect::new(0.0, 0.0, 100.0, 100.0));
        let at = meets(&circle, Point::new(50.0, 0.0), (0.0, 1.0)).unwrap();
        assert!(at.abs() < 0.5);
        let at = meets(&circle, Point::new(15.0, 0.0), (0.0, 1.0)).unwrap();
        assert!((at - 14.3).abs() < 0.6, "{at}");
        assert_eq!(meets(&circle, Point::new(200.0, 0.0), (0.0, 1.0)), None);
    }
}
