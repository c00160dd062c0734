//! What a drawing is made of: paths, lines of text, pictures. Points from the upper left corner of the drawing.

use super::colour::Colour;
use serde::Serialize;
use ts_rs::TS;

/// One thing to draw.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Shape {
    /// A line or an area.
    Path {
        /// Its parts, one after the other.
        segments: Vec<Segment>,
        /// Colour within; `None`: not filled.
        fill: Option<Colour>,
        /// The line; `None`: none.
        stroke: Option<Stroke>,
        /// 0–1.
        opacity: f64,
    },
    /// One line of text.
    Text {
        /// Where it is anchored.
        x: f64,
        /// Its baseline.
        y: f64,
        /// Size of the type.
        size: f64,
        /// Weight of the type.
        weight: FontWeight,
        /// Its colour.
        colour: Colour,
        /// What of it is at `x`.
        anchor: Anchor,
        /// The text, in reading order.
        text: String,
        /// As wide as measured.
        width: f64,
        /// 0–1.
        opacity: f64,
    },
    /// A picture.
    Image {
        /// Left side.
        x: f64,
        /// Upper side.
        y: f64,
        /// Width.
        w: f64,
        /// Height.
        h: f64,
        /// The picture as a data URI: PNG, JPEG, GIF or WebP.
        data: String,
        /// 0–1.
        opacity: f64,
    },
}

/// A part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Segment {
    /// Begins anew here.
    Move {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
    /// Straight to here.
    Line {
        /// From the left.
        x: f64,
        /// From the top.
        y: f64,
    },
    /// To here along a Bézier curve.
    Cubic {
        /// First control point, from the left.
        x1: f64,
        /// First control point, from the top.
        y1: f64,
        /// Second control point, from the left.
        x2: f64,
        /// Second control point, from the top.
        y2: f64,
        /// End, from the left.
        x: f64,
        /// End, from the top.
        y: f64,
    },
    /// Back to where it began.
    Close,
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// How wide it is.
    pub width: f64,
    /// Lengths of dashes and gaps, in turn; empty: solid.
    pub dash: Vec<f64>,
}

/// Weights of type that a drawing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FontWeight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

/// What of a line of text is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Shape {
    /// The same in other units: `scale` times as large, then moved.
    pub(crate) fn placed(mut self, scale: f64, dx: f64, dy: f64) -> Self {
        let (across, down) = (|x: f64| x * scale + dx, |y: f64| y * scale + dy);
        match &mut self {
            Self::Path { segments, stroke, .. } => {
                for segment in segments {
                    match segment {
                        Segment::Move { x, y } | Segment::Line { x, y } => (*x, *y) = (across(*x), down(*y)),
                        Segment::Cubic { x1, y1, x2, y2, x, y } => {
                            (*x1, *y1, *x2, *y2) = (across(*x1), down(*y1), across(*x2), down(*y2));
                            (*x, *y) = (across(*x), down(*y));
                        }
                        Segment::Close => {}
                    }
                }
                if let Some(stroke) = stroke {
                    stroke.width *= scale;
                    stroke.dash.iter_mut().for_each(|length| *length *= scale);
                }
            }
            Self::Text { x, y, size, width, .. } => {
                (*x, *y) = (across(*x), down(*y));
                *size *= scale;
                *width *= scale;
            }
            Self::Image { x, y, w, h, .. } => {
                (*x, *y) = (across(*x), down(*y));
                *w *= scale;
                *h *= scale;
            }
        }
        self
    }

    /// The same, fainter.
    pub(crate) fn faded(mut self, share: f64) -> Self {
        match &mut self {
            Self::Path { opacity, .. } | Self::Text { opacity, .. } | Self::Image { opacity, .. } => *opacity *= share,
        }
        self
    }
}
