//! Edits on a picture.

use groma_model::{Crop, Edits, Mark, MarkKind};
use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgba, RgbaImage};

use crate::draw::{self, Point};
use crate::{PictureError, Prepared, colour, decode, encode, prepare, svg};

/// More would be a drawing, not a marked picture.
const MOST_MARKS: usize = 200;
/// A smaller result shows nothing.
const SHORTEST_EDGE: u32 = 16;
/// Points far off the picture are a fault of whoever computed them.
const FARTHEST: i32 = 1_000_000;

/// Draws edits on a picture. Redacted pixels are overwritten first of all; cropping, scaling and drawing follow.
///
/// # Errors
/// As [`prepare`](crate::prepare); when an edit does not fit the picture, or it is an SVG.
pub fn render(upright: &[u8], edits: &Edits) -> Result<Prepared, PictureError> {
    if svg::text(upright).is_some() {
        return if edits.is_none() { prepare(upright) } else { Err(PictureError::NoPixels) };
    }
    if edits.is_none() {
        return prepare(upright);
    }
    let mut decoded = decode::decode(upright)?;
    prepare::clear_hidden(&mut decoded.pixels);
    let mut pixels = decoded.pixels.into_rgba8();
    let crop = fitting(edits, pixels.width(), pixels.height())?;
    for redaction in edits.marks.iter().filter(|mark| mark.kind == MarkKind::Redaction) {
        let [left, top, right, bottom] = corners(redaction).map(f64::from);
        overwrite(&mut pixels, [left, top, right, bottom], redaction);
    }
    if (crop.x, crop.y, crop.width, crop.height) != (0, 0, pixels.width(), pixels.height()) {
        pixels = imageops::crop_imm(&pixels, crop.x, crop.y, crop.width, crop.height).to_image();
    }
    let (width, height) = scaled(crop.width, crop.height, edits.longest);
    if (width, height) != (crop.width, crop.height) {
        pixels = resized(pixels, width, height);
    }
    let place =
        Place { crop, x: f64::from(width) / f64::from(crop.width), y: f64::from(height) / f64::from(crop.height) };
    let (redactions, others): (Vec<&Mark>, Vec<&Mark>) =
        edits.marks.iter().partition(|mark| mark.kind == MarkKind::Redaction);
    for redaction in redactions {
        // Once more, to the last pixel that it touches: scaling has mixed its edges with what is beside it.
        let [left, top, right, bottom] = corners(redaction);
        let ((left, top), (right, bottom)) = (place.of(left, top), place.of(right, bottom));
        overwrite(&mut pixels, [left, top, right, bottom], redaction);
    }
    let weight = draw::weight(width.max(height));
    for mark in others {
        let (from, to) = (place.point(mark.x1, mark.y1), place.point(mark.x2, mark.y2));
        let (ink, halo) = (colour::rgb(mark.colour), colour::halo(mark.colour));
        match mark.kind {
            MarkKind::Arrow => draw::arrow(&mut pixels, from, to, weight, ink, halo),
            MarkKind::Box => draw::frame(&mut pixels, from, to, weight, ink, halo),
            MarkKind::Redaction => {}
        }
    }
    let opaque = pixels.pixels().all(|pixel| pixel.0[3] == 255);
    let pixels = DynamicImage::ImageRgba8(pixels);
    let pixels = if opaque { DynamicImage::ImageRgb8(pixels.into_rgb8()) } else { pixels };
    let bytes = encode::encode(&pixels, decoded.format)?;
    Ok(Prepared::raster(&pixels, decoded.format, bytes))
}

/// From places of the whole picture to places of the result.
struct Place {
    crop: Crop,
    x: f64,
    y: f64,
}

impl Place {
    fn of(&self, x: i32, y: i32) -> (f64, f64) {
        ((f64::from(x) - f64::from(self.crop.x)) * self.x, (f64::from(y) - f64::from(self.crop.y)) * self.y)
    }

    fn point(&self, x: i32, y: i32) -> Point {
        let (x, y) = self.of(x, y);
        (x as f32, y as f32)
    }
}

/// A mark's left, upper, right and lower edge.
fn corners(mark: &Mark) -> [i32; 4] {
    [mark.x1.min(mark.x2), mark.y1.min(mark.y2), mark.x1.max(mark.x2), mark.y1.max(mark.y2)]
}

/// Puts one colour in the place of every pixel that an area touches.
fn overwrite(pixels: &mut RgbaImage, [left, top, right, bottom]: [f64; 4], mark: &Mark) {
    let [red, green, blue] = colour::rgb(mark.colour);
    let clip = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
    let (from, to) = (clip(left.floor(), pixels.width()), clip(right.ceil(), pixels.width()));
    for y in clip(top.floor(), pixels.height())..clip(bottom.ceil(), pixels.height()) {
        for x in from..to {
            pixels.put_pixel(x, y, Rgba([red, green, blue, 255]));
        }
    }
}

/// Checks edits against a picture's size, and answers the part that is kept.
fn fitting(edits: &Edits, width: u32, height: u32) -> Result<Crop, PictureError> {
    let crop = edits.crop.unwrap_or(Crop { x: 0, y: 0, width, height });
    let end = |at: u32, long: u32| u64::from(at) + u64::from(long);
    if crop.width == 0 || crop.height == 0 {
        return Err(PictureError::edit("crop", "the part that is kept is empty"));
    }
    if end(crop.x, crop.width) > u64::from(width) || end(crop.y, crop.height) > u64::from(height) {
        let reason = format!("the part that is kept reaches out of the picture of {width} × {height} pixels");
        return Err(PictureError::edit("crop", reason));
    }
    if edits.longest.is_some_and(|longest| longest < SHORTEST_EDGE) {
        return Err(PictureError::edit("longest", format!("the longest edge must be {SHORTEST_EDGE} pixels or more")));
    }
    if edits.marks.len() > MOST_MARKS {
        return Err(PictureError::edit("marks", format!("a picture takes at most {MOST_MARKS} marks")));
    }
    for (index, mark) in edits.marks.iter().enumerate() {
        let wrong = |reason: &str| PictureError::edit("marks", format!("mark {} ({}) {reason}", index + 1, mark.kind));
        let [left, top, right, bottom] = corners(mark);
        if left < -FARTHEST || top < -FARTHEST || right > FARTHEST || bottom > FARTHEST {
            return Err(wrong("is far off the picture"));
        }
        let empty = match mark.kind {
            MarkKind::Arrow => left == right && top == bottom,
            MarkKind::Box | MarkKind::Redaction => left == right || top == bottom,
        };
        if empty {
            return Err(wrong("has no size"));
        }
        // Whoever redacts must not believe that something is hidden when nothing is.
        let beside =
            right <= 0 || bottom <= 0 || i64::from(left) >= i64::from(width) || i64::from(top) >= i64::from(height);
        if mark.kind == MarkKind::Redaction && beside {
            return Err(wrong("lies beside the picture and hides nothing"));
        }
    }
    Ok(crop)
}

/// The size of the result.
fn scaled(width: u32, height: u32, longest: Option<u32>) -> (u32, u32) {
    let now = width.max(height);
    match longest.filter(|longest| *longest < now) {
        None => (width, height),
        Some(longest) => {
            let to = |edge: u32| (f64::from(edge) * f64::from(longest) / f64::from(now)).round().max(1.0) as u32;
            (to(width), to(height))
        }
    }
}

/// Scales with colours weighed by how much is seen of them, else transparent edges turn dark.
fn resized(mut pixels: RgbaImage, width: u32, height: u32) -> RgbaImage {
    let opaque = pixels.pixels().all(|pixel| pixel.0[3] == 255);
    let weigh = |pixels: &mut RgbaImage, by: &dyn Fn(u8, u8) -> u8| {
        for pixel in pixels.pixels_mut() {
            let alpha = pixel.0[3];
            pixel.0[..3].iter_mut().for_each(|channel| *channel = by(*channel, alpha));
        }
    };
    if !opaque {
        weigh(&mut pixels, &|channel, alpha| ((u16::from(channel) * u16::from(alpha) + 127) / 255) as u8);
    }
    let mut out = imageops::resize(&pixels, width, height, FilterType::Lanczos3);
    if !opaque {
        weigh(&mut out, &|channel, alpha| match alpha {
            0 => 0,
            alpha => (u16::from(channel) * 255 / u16::from(alpha)).min(255) as u8,
        });
    }
    out
}
