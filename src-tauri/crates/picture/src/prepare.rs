//! A file as it was given, to what may be delivered.

use image::{DynamicImage, ImageFormat};

use crate::{PictureError, bare, decode, encode, svg};

/// A picture that may be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// `image/png`, `image/jpeg` or `image/svg+xml`.
    pub media_type: &'static str,
    /// Width in pixels, or in user units for SVG.
    pub width: u32,
    /// Height in pixels, or in user units for SVG.
    pub height: u32,
}

impl Prepared {
    pub(crate) fn raster(pixels: &DynamicImage, format: ImageFormat, bytes: Vec<u8>) -> Self {
        let media_type = if encode::outgoing(format) == ImageFormat::Jpeg { "image/jpeg" } else { "image/png" };
        Self { bytes, media_type, width: pixels.width(), height: pixels.height() }
    }
}

/// Makes of a file what may be delivered. A picture with nothing to take away keeps its bytes.
///
/// # Errors
/// When it is of no known kind, damaged, larger than is taken into memory, or an SVG that shows what is not in it.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PictureError> {
    if let Some(text) = svg::text(bytes) {
        return svg::prepare(text);
    }
    let mut decoded = decode::decode(bytes)?;
    let hidden = clear_hidden(&mut decoded.pixels);
    let kept = if decoded.changed || hidden {
        None
    } else {
        match decoded.format {
            ImageFormat::Png => bare::png(bytes),
            ImageFormat::Jpeg => bare::jpeg(bytes),
            _ => None,
        }
    };
    let kept = match kept {
        Some(kept) => kept,
        None => encode::encode(&decoded.pixels, decoded.format)?,
    };
    Ok(Prepared::raster(&decoded.pixels, decoded.format, kept))
}

/// Whether a file has more in it than a picture that may be delivered; looks at its parts without unpacking it.
#[must_use]
pub fn carries_metadata(bytes: &[u8]) -> bool {
    if let Some(text) = svg::text(bytes) {
        return svg::bare(text).is_none_or(|bare| bare != text);
    }
    match decode::format_of(bytes) {
        Some(ImageFormat::Png) => bare::png(bytes).is_none_or(|bare| bare != bytes),
        Some(ImageFormat::Jpeg) => bare::jpeg(bytes).is_none_or(|bare| bare != bytes),
        _ => true,
    }
}

/// Takes the colour from pixels that are wholly transparent: programs that erase leave it there. Answers whether there
/// was any.
pub(crate) fn clear_hidden(pixels: &mut DynamicImage) -> bool {
    if !pixels.color().has_alpha() {
        return false;
    }
    let mut rgba = pixels.to_rgba8();
    let mut found = false;
    for pixel in rgba.pixels_mut().filter(|pixel| pixel.0[3] == 0 && pixel.0 != [0; 4]) {
        pixel.0 = [0; 4];
        found = true;
    }
    if found {
        *pixels = DynamicImage::ImageRgba8(rgba);
    }
    found
}
