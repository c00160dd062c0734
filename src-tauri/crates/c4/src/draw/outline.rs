//! The outlines of elements: how large one must be for its text, where in it the text is, and its path.

use super::block::Block;
use super::path::{arc, ellipse, line, open, polygon, rectangle, rounded, to};
use super::shape::Segment;
use super::style::Outline;
use crate::layout::Rect;

/// Width and height of a box at least, and of one whose text is set close.
pub(crate) const LEAST: (f64, f64) = (200.0, 110.0);
const LEAST_CLOSE: (f64, f64) = (116.0, 52.0);
/// The same of one that says its name and technology alone.
const LEAST_BRIEF: (f64, f64) = (104.0, 48.0);
/// Less room between the outline and text that is set close: across and down.
const CLOSER: (f64, f64) = (5.0, 4.0);
/// Radius of round corners.
const CORNER: f64 = 8.0;
/// Height of the bar of a browser or a window.
const BAR: f64 = 20.0;
/// Diameter of a person's head, and how much of it the shoulders hide.
const HEAD: f64 = 46.0;
const NECK: f64 = 9.0;
/// Height of a folder's tab.
const TAB: f64 = 14.0;
/// Rim of a telephone at its ends and its sides.
const RIM: (f64, f64) = (20.0, 7.0);

/// How much an outline takes on each side of a rectangle of this content: left, top, right, bottom.
fn inset(outline: Outline, w: f64, h: f64) -> [f64; 4] {
    let pad = 14.0;
    match outline {
        Outline::Box | Outline::RoundedBox => [pad, 12.0, pad, 12.0],
        Outline::Circle => {
            let diameter = (w * w + h * h).sqrt() + 12.0;
            [(diameter - w) / 2.0, (diameter - h) / 2.0, (diameter - w) / 2.0, (diameter - h) / 2.0]
        }
        Outline::Ellipse => {
            let (x, y) = (w * 0.24 + 4.0, h * 0.18 + 8.0);
            // On the ellipse: (w/2 / a)² + (h/2 / b)² = 1 must leave the corners within.
            let (a, b) = (w / 2.0 + x, h / 2.0 + y);
            let reach = ((w / 2.0 / a).powi(2) + (h / 2.0 / b).powi(2)).sqrt().max(1.0);
            let (x, y) = (a * reach - w / 2.0, b * reach - h / 2.0);
            [x, y, x, y]
        }
        Outline::Hexagon => [30.0, 12.0, 30.0, 12.0],
        Outline::Diamond => [w * 0.5 + 8.0, h * 0.5 + 8.0, w * 0.5 + 8.0, h * 0.5 + 8.0],
        Outline::Cylinder => [pad, 30.0, pad, 18.0],
        Outline::Bucket => [pad + (w + 28.0) * 0.06, 32.0, pad + (w + 28.0) * 0.06, 14.0],
        Outline::Pipe => [22.0, 12.0, 34.0, 12.0],
        Outline::Person | Outline::Robot => [pad + 4.0, HEAD - NECK + 14.0, pad + 4.0, 14.0],
        Outline::Folder => [pad, TAB + 12.0, pad, 12.0],
        Outline::WebBrowser | Outline::Window | Outline::Terminal | Outline::Shell => [pad, BAR + 12.0, pad, 12.0],
        Outline::MobilePortrait => [pad + RIM.1, RIM.0 + 10.0, pad + RIM.1, RIM.0 + 10.0],
        Outline::MobileLandscape => [pad + RIM.0, RIM.1 + 10.0, pad + RIM.0, RIM.1 + 10.0],
        Outline::Component => [pad + 16.0, 12.0, pad, 12.0],
    }
}

/// Width and height of an outline around content of this size.
pub(crate) fn size(outline: Outline, block: &Block) -> (f64, f64) {
    let (w, h) = (block.width, block.height);
    let [left, top, right, bottom] = inset(outline, w, h);
    let close = block.density.close && !matches!(outline, Outline::Circle | Outline::Ellipse | Outline::Diamond);
    let (least, closer) = if close { (LEAST_CLOSE, CLOSER) } else { (LEAST, (0.0, 0.0)) };
    let least = if close && block.density.brief { LEAST_BRIEF } else { least };
    let width = (w + left + right - 2.0 * closer.0).max(least.0);
    let height = (h + top + bottom - 2.0 * closer.1).max(least.1);
    match outline {
        Outline::Circle => (width.max(height), width.max(height)),
        _ => (width, height),
    }
}

/// Where content of this size is within the outline: in the middle of what it leaves free.
pub(crate) fn content(outline: Outline, rect: &Rect, w: f64, h: f64) -> Rect {
    let [left, top, right, bottom] = inset(outline, w, h);
    let free = Rect::new(rect.x + left, rect.y + top, rect.w - left - right, rect.h - top - bottom);
    Rect::around(free.centre(), w, h)
}

/// The outline, and strokes upon it.
pub(crate) struct Drawn {
    /// Areas, from below to above; the last is the body.
    pub areas: Vec<Vec<Segment>>,
    /// Lines on it, not filled.
    pub strokes: Vec<Vec<Segment>>,
    /// Small areas in the colour of the line.
    pub dots: Vec<Vec<Segment>>,
}

/// Draws an outline that fills a rectangle.
pub(crate) fn draw(outline: Outline, rect: &Rect) -> Drawn {
    let (l, t, r, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    let mid = rect.centre();
    let (mut areas, mut strokes, mut dots) = (Vec::new(), Vec::new(), Vec::new());
    let dot = |x: f64, y: f64, radius: f64| ellipse(&Rect::new(x - radius, y - radius, radius * 2.0, radius * 2.0));
    match outline {
        Outline::Box => areas.push(rectangle(rect)),
        Outline::RoundedBox => areas.push(rounded(rect, [CORNER; 4])),
        Outline::Circle | Outline::Ellipse => areas.push(ellipse(rect)),
        Outline::Hexagon => {
            let side = 22.0;
            areas.push(polygon(&[(l + side, t), (r - side, t), (r, mid.y), (r - side, b), (l + side, b), (l, mid.y)]));
        }
        Outline::Diamond => areas.push(polygon(&[(mid.x, t), (r, mid.y), (mid.x, b), (l, mid.y)])),
        Outline::Cylinder => {
            let ry = 9.0;
            let mut body =
                vec![to(l, t + ry), arc((l, t + ry), (mid.x, t), (l, t)), arc((mid.x, t), (r, t + ry), (r, t))];
            body.extend([line(r, b - ry), arc((r, b - ry), (mid.x, b), (r, b)), arc((mid.x, b), (l, b - ry), (l, b))]);
            body.push(Segment::Close);
            areas.push(body);
            strokes.push(lid(rect, ry));
        }
        Outline::Bucket => {
            let (ry, narrow) = (9.0, rect.w * 0.06);
            let mut body =
                vec![to(l, t + ry), arc((l, t + ry), (mid.x, t), (l, t)), arc((mid.x, t), (r, t + ry), (r, t))];
            body.extend([line(r - narrow, b), line(l + narrow, b), Segment::Close]);
            areas.push(body);
            strokes.push(lid(rect, ry));
        }
        Outline::Pipe => {
            let rx = 10.0;
            let mut body = vec![to(l + rx, t), line(r - rx, t)];
            body.extend([arc((r - rx, t), (r, mid.y), (r, t)), arc((r, mid.y), (r - rx, b), (r, b)), line(l + rx, b)]);
            body.extend([arc((l + rx, b), (l, mid.y), (l, b)), arc((l, mid.y), (l + rx, t), (l, t)), Segment::Close]);
            areas.push(body);
            let back = r - 2.0 * rx;
            strokes.push(vec![
                to(r - rx, t),
                arc((r - rx, t), (back, mid.y), (back, t)),
                arc((back, mid.y), (r - rx, b), (back, b)),
            ]);
        }
        Outline::Person => {
            areas.push(ellipse(&Rect::new(mid.x - HEAD / 2.0, t, HEAD, HEAD)));
            let body = Rect::new(l, t + HEAD - NECK, rect.w, rect.h - HEAD + NECK);
            areas.push(rounded(&body, [26.0, 26.0, CORNER, CORNER]));
        }
        Outline::Robot => {
            let head = Rect::new(mid.x - 29.0, t + 6.0, 58.0, HEAD - 6.0);
            strokes.push(open(&[(mid.x, t), (mid.x, t + 6.0)]));
            areas.push(rounded(&Rect::new(head.x - 6.0, head.y + 10.0, head.w + 12.0, 14.0), [4.0; 4]));
            areas.push(rounded(&head, [8.0; 4]));
            dots.push(dot(mid.x - 13.0, head.y + 16.0, 4.0));
            dots.push(dot(mid.x + 13.0, head.y + 16.0, 4.0));
            let body = Rect::new(l, t + HEAD - NECK, rect.w, rect.h - HEAD + NECK);
            areas.push(rounded(&body, [14.0, 14.0, CORNER, CORNER]));
        }
        Outline::Folder => {
            let tab = (rect.w * 0.36).min(110.0);
            areas.push(polygon(&[(l, t), (l + tab, t), (l + tab + TAB, t + TAB), (r, t + TAB), (r, b), (l, b)]));
        }
        Outline::WebBrowser | Outline::Window | Outline::Terminal | Outline::Shell => {
            areas.push(rounded(rect, [CORNER; 4]));
            strokes.push(open(&[(l, t + BAR), (r, t + BAR)]));
            let middle = t + BAR / 2.0;
            match outline {
                Outline::WebBrowser => {
                    (0..3).for_each(|at| dots.push(dot(l + 13.0 + f64::from(at) * 10.0, middle, 2.6)));
                    strokes.push(rounded(&Rect::new(l + 46.0, middle - 5.0, rect.w - 60.0, 10.0), [5.0; 4]));
                }
                Outline::Window => {
                    (0..3).for_each(|at| dots.push(dot(r - 13.0 - f64::from(at) * 10.0, middle, 2.6)));
                }
                _ => {
                    // A prompt.
                    strokes.push(open(&[(l + 11.0, middle - 4.0), (l + 16.0, middle), (l + 11.0, middle + 4.0)]));
                    strokes.push(open(&[(l + 19.0, middle + 4.0), (l + 27.0, middle + 4.0)]));
                }
            }
        }
        Outline::MobilePortrait => {
            areas.push(rounded(rect, [16.0; 4]));
            strokes
                .push(rounded(&Rect::new(l + RIM.1, t + RIM.0, rect.w - 2.0 * RIM.1, rect.h - 2.0 * RIM.0), [3.0; 4]));
            strokes.push(open(&[(mid.x - 12.0, t + RIM.0 / 2.0), (mid.x + 12.0, t + RIM.0 / 2.0)]));
            dots.push(dot(mid.x, b - RIM.0 / 2.0, 3.4));
        }
        Outline::MobileLandscape => {
            areas.push(rounded(rect, [16.0; 4]));
            strokes
                .push(rounded(&Rect::new(l + RIM.0, t + RIM.1, rect.w - 2.0 * RIM.0, rect.h - 2.0 * RIM.1), [3.0; 4]));
            strokes.push(open(&[(l + RIM.0 / 2.0, mid.y - 12.0), (l + RIM.0 / 2.0, mid.y + 12.0)]));
            dots.push(dot(r - RIM.0 / 2.0, mid.y, 3.4));
        }
        Outline::Component => {
            let body = Rect::new(l + 9.0, t, rect.w - 9.0, rect.h);
            areas.push(rounded(&body, [3.0; 4]));
            for at in [0.26, 0.56] {
                areas.push(rounded(&Rect::new(l, t + rect.h * at - 3.0, 22.0, 13.0), [2.0; 4]));
            }
            // The body is the last of the areas for nobody but the eye: lines end on what they meet first.
        }
    }
    Drawn { areas, strokes, dots }
}

/// The front of a cylinder's lid.
fn lid(rect: &Rect, ry: f64) -> Vec<Segment> {
    let (l, t, r, mid) = (rect.x, rect.y, rect.right(), rect.centre().x);
    let low = t + 2.0 * ry;
    vec![to(l, t + ry), arc((l, t + ry), (mid, low), (l, low)), arc((mid, low), (r, t + ry), (r, low))]
}

#[cfg(test)]
mod tests {
    use super::super::block::Density;
    use super::*;
    use crate::draw::path::flat;

    const ALL: [Outline; 19] = [
        Outline::Box,
        Outline::RoundedBox,
        Outline::Circle,
        Outline::Ellipse,
        Outline::Hexagon,
        Outline::Diamond,
        Outline::Cylinder,
        Outline::Bucket,
        Outline::Pipe,
        Outline::Person,
        Outline::Robot,
        Outline::Folder,
        Outline::WebBrowser,
        Outline::Window,
        Outline::Terminal,
        Outline::Shell,
        Outline::MobilePortrait,
        Outline::MobileLandscape,
        Outline::Component,
    ];

    #[test]
    fn content_lies_within_the_outline_and_the_outline_within_its_rectangle() {
        for outline in ALL {
            for (w, h) in [(160.0, 60.0), (170.0, 300.0), (300.0, 90.0), (20.0, 15.0)] {
                for density in [Density::default(), Density { close: true, ..Density::default() }] {
                    let block = Block { width: w, height: h, density, ..Block::default() };
                    let (width, height) = size(outline, &block);
                    let rect = Rect::new(5.0, 7.0, width, height);
                    let content = content(outline, &rect, w, h);
                    assert!(rect.holds(&content, 0.01), "{outline:?} {w}x{h}");
                    let drawn = draw(outline, &rect);
                    let all = drawn.areas.iter().chain(&drawn.strokes);
                    for (a, b) in all.flat_map(|path| flat(path)) {
                        assert!(rect.contains(a, 0.01) && rect.contains(b, 0.01), "{outline:?} {w}x{h}");
                        // No line of the outline runs through the text.
                        assert!(
                            content.grown(-0.5).clip(a, b).is_none(),
                            "{outline:?} {w}x{h} {content:?} {a:?} {b:?}"
                        );
                    }
                }
            }
        }
    }
}
