//! Arrows and boxes, antialiased, with an outline that is seen on any ground.
//!
//! A shape is a distance: negative inside of it, growing by one a pixel. The window draws the same shapes as vectors
//! (`ui/src/parts/pictures/geometry.ts`), so the proportions stand in both.

use image::{Rgba, RgbaImage};

/// A point in pixels of the picture that is drawn on.
pub(crate) type Point = (f32, f32);

/// How thick lines are on a picture, by its longest edge.
pub(crate) fn weight(longest: u32) -> f32 {
    (longest as f32 / 220.0).clamp(2.0, 16.0)
}

/// How far the outline reaches beyond the line.
fn outline(weight: f32) -> f32 {
    (weight * 0.5).max(1.5)
}

/// An arrow's head: its length along the arrow and half its width.
fn head(weight: f32, length: f32) -> (f32, f32) {
    let long = (weight * 5.0).min(length * 0.7);
    (long, long * 0.5)
}

/// Draws an arrow from its tail to its tip.
pub(crate) fn arrow(on: &mut RgbaImage, tail: Point, tip: Point, weight: f32, colour: [u8; 3], halo: [u8; 3]) {
    let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
    let length = dx.hypot(dy).max(f32::EPSILON);
    let (ux, uy) = (dx / length, dy / length);
    let (long, half) = head(weight, length);
    let base = (tip.0 - ux * long, tip.1 - uy * long);
    let corners = [tip, (base.0 - uy * half, base.1 + ux * half), (base.0 + uy * half, base.1 - ux * half)];
    let distance = |at: Point| (to_segment(at, tail, base) - weight / 2.0).min(to_triangle(at, corners));
    let reach = half.max(weight);
    let bounds =
        [tail.0.min(tip.0) - reach, tail.1.min(tip.1) - reach, tail.0.max(tip.0) + reach, tail.1.max(tip.1) + reach];
    fill(on, bounds, outline(weight), [colour, halo], distance);
}

/// Draws an empty box between two corners, the line half in and half out.
pub(crate) fn frame(on: &mut RgbaImage, one: Point, other: Point, weight: f32, colour: [u8; 3], halo: [u8; 3]) {
    let bounds = [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)];
    let middle = ((bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0);
    let half = ((bounds[2] - bounds[0]) / 2.0, (bounds[3] - bounds[1]) / 2.0);
    let distance = |at: Point| {
        let (x, y) = ((at.0 - middle.0).abs() - half.0, (at.1 - middle.1).abs() - half.1);
        let edge = x.max(0.0).hypot(y.max(0.0)) + x.max(y).min(0.0);
        edge.abs() - weight / 2.0
    };
    let [left, top, right, bottom] = bounds;
    fill(on, [left - weight, top - weight, right + weight, bottom + weight], outline(weight), [colour, halo], distance);
}

/// Colours every pixel by how much of it a shape and its outline cover.
fn fill(
    on: &mut RgbaImage,
    bounds: [f32; 4],
    outline: f32,
    [colour, halo]: [[u8; 3]; 2],
    distance: impl Fn(Point) -> f32,
) {
    let margin = outline + 1.0;
    let clip = |value: f32, most: u32| (value.max(0.0) as u32).min(most);
    let (left, right) = (clip(bounds[0] - margin, on.width()), clip((bounds[2] + margin).ceil(), on.width()));
    let (top, bottom) = (clip(bounds[1] - margin, on.height()), clip((bounds[3] + margin).ceil(), on.height()));
    for y in top..bottom {
        for x in left..right {
            let distance = distance((x as f32 + 0.5, y as f32 + 0.5));
            let around = (0.5 + outline - distance).clamp(0.0, 1.0);
            if around > 0.0 {
                let pixel = on.get_pixel_mut(x, y);
                blend(pixel, halo, around);
                blend(pixel, colour, (0.5 - distance).clamp(0.0, 1.0));
            }
        }
    }
}

/// Lays a colour over a pixel.
fn blend(pixel: &mut Rgba<u8>, colour: [u8; 3], cover: f32) {
    let below = f32::from(pixel.0[3]) / 255.0 * (1.0 - cover);
    let alpha = cover + below;
    if alpha <= 0.0 {
        return;
    }
    for (channel, new) in pixel.0.iter_mut().zip(colour) {
        *channel = ((f32::from(new) * cover + f32::from(*channel) * below) / alpha).round() as u8;
    }
    pixel.0[3] = (alpha * 255.0).round() as u8;
}

fn to_segment(at: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (at.0 - from.0, at.1 - from.1);
    let along = ((px * dx + py * dy) / (dx * dx + dy * dy).max(f32::EPSILON)).clamp(0.0, 1.0);
    (px - dx * along).hypot(py - dy * along)
}

/// Signed: negative inside.
fn to_triangle(at: Point, corners: [Point; 3]) -> f32 {
    let mut nearest = f32::MAX;
    let mut sides = [0.0; 3];
    for (index, side) in sides.iter_mut().enumerate() {
        let (from, to) = (corners[index], corners[(index + 1) % 3]);
        nearest = nearest.min(to_segment(at, from, to));
        *side = (to.0 - from.0) * (at.1 - from.1) - (to.1 - from.1) * (at.0 - from.0);
    }
    let inside = sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0);
    if inside { -nearest } else { nearest }
}
