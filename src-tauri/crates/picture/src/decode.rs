//! A file's pixels: bounded in memory, upright, in sRGB.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::{PictureError, colour};

/// The most pixels that are unpacked: a phone's largest photos are 50 million, and each takes 4 bytes and more.
const MEGAPIXELS: u64 = 64;
/// The longest edge that is unpacked.
const EDGE: u32 = 30_000;
/// What a decoder may take on its own.
const MOST_MEMORY: u64 = 1 << 30;

/// Pixels, and what was done to them on the way.
pub(crate) struct Decoded {
    pub(crate) format: ImageFormat,
    pub(crate) pixels: DynamicImage,
    /// Whether they were turned, or brought from another colour space.
    pub(crate) changed: bool,
}

/// The format by its first bytes, when it is one of ours.
pub(crate) fn format_of(bytes: &[u8]) -> Option<ImageFormat> {
    image::guess_format(bytes)
        .ok()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP))
}

/// Unpacks a picture.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let format = format_of(bytes).ok_or(PictureError::Unknown)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    bounded(width, height)?;
    // What cannot be read of these is no reason to refuse the picture: it is shown as if it were not there.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    pixels.apply_orientation(orientation);
    let converted = profile.is_some_and(|profile| colour::to_srgb(&mut pixels, &profile));
    Ok(Decoded { format, pixels, changed: converted || orientation != Orientation::NoTransforms })
}

/// Refuses what would fill the memory, before it does.
fn bounded(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged("it has no pixels".to_owned()));
    }
    if width.max(height) > EDGE || u64::from(width) * u64::from(height) > MEGAPIXELS * 1_000_000 {
        return Err(PictureError::TooLarge { width, height, megapixels: MEGAPIXELS, edge: EDGE });
    }
    Ok(())
}

fn damaged(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::Damaged("it takes more memory to unpack than a picture may".to_owned()),
        error => PictureError::Damaged(error.to_string()),
    }
}
