//! Points and rectangles, in the units of whoever uses them; y grows downwards.

use serde::Serialize;
use ts_rs::TS;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, TS)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// The place at these distances.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// How far it is to another, along the axes.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).abs() + (self.y - other.y).abs()
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, TS)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// The rectangle with this corner and size.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// The rectangle of this size around a place.
    pub fn around(centre: Point, w: f64, h: f64) -> Self {
        Self { x: centre.x - w / 2.0, y: centre.y - h / 2.0, w, h }
    }

    /// Right side.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower side.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Larger by this much on each side; smaller where it is negative.
    pub fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// Whether the two share more than `slack` in both directions.
    pub fn overlaps(&self, other: &Self, slack: f64) -> bool {
        self.x + slack < other.right()
            && other.x + slack < self.right()
            && self.y + slack < other.bottom()
            && other.y + slack < self.bottom()
    }

    /// Whether the other lies in it, give or take `slack`.
    pub fn holds(&self, other: &Self, slack: f64) -> bool {
        other.x >= self.x - slack
            && other.y >= self.y - slack
            && other.right() <= self.right() + slack
            && other.bottom() <= self.bottom() + slack
    }

    /// Whether the place lies in it, give or take `slack`.
    pub fn contains(&self, point: Point, slack: f64) -> bool {
        self.holds(&Self::new(point.x, point.y, 0.0, 0.0), slack)
    }

    /// The smallest rectangle around both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// The part of a straight line from one place to another that lies within, as two numbers from 0 to 1 along it.
    /// Liang and Barsky's clipping.
    pub fn clip(&self, from: Point, to: Point) -> Option<(f64, f64)> {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in
            [(-dx, from.x - self.x), (dx, self.right() - from.x), (-dy, from.y - self.y), (dy, self.bottom() - from.y)]
        {
            if step.abs() < 1e-12 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        (enter < leave).then_some((enter, leave))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_clipped_to_what_lies_within() {
        let rect = Rect::new(10.0, 10.0, 10.0, 10.0);
        assert_eq!(rect.clip(Point::new(0.0, 15.0), Point::new(40.0, 15.0)), Some((0.25, 0.5)));
        assert_eq!(rect.clip(Point::new(0.0, 5.0), Point::new(40.0, 5.0)), None);
        assert!(!rect.overlaps(&Rect::new(20.0, 10.0, 5.0, 5.0), 0.0));
        assert!(rect.overlaps(&Rect::new(19.0, 10.0, 5.0, 5.0), 0.5));
    }
}
