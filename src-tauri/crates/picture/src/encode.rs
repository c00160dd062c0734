//! Pixels to bytes: PNG or JPEG, with nothing beside them.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageFormat};

use crate::{PictureError, bare};

/// Screenshots that came as JPEG keep their letters at this.
const QUALITY: u8 = 92;

/// The format in which a picture goes on: JPEG stays JPEG, everything else becomes PNG.
pub(crate) const fn outgoing(format: ImageFormat) -> ImageFormat {
    match format {
        ImageFormat::Jpeg => ImageFormat::Jpeg,
        _ => ImageFormat::Png,
    }
}

/// The bytes of a picture.
pub(crate) fn encode(pixels: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::new();
    let written = match outgoing(format) {
        ImageFormat::Jpeg => pixels.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)),
        _ => pixels.write_with_encoder(PngEncoder::new_with_quality(
            &mut out,
            CompressionType::Default,
            FilterType::Adaptive,
        )),
    };
    written.map_err(|error| PictureError::Damaged(error.to_string()))?;
    // The encoder writes a header of its own, which a decoder does not need.
    Ok(match outgoing(format) {
        ImageFormat::Jpeg => bare::jpeg(&out).unwrap_or(out),
        _ => out,
    })
}
