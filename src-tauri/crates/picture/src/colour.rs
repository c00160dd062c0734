//! Colours: from a file's own profile to sRGB, and the named ones of marks.

use groma_model::MarkColour;
use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Brings pixels from a profile's colours to sRGB. Answers whether that changed any; a profile that cannot be applied
/// changes none.
pub(crate) fn to_srgb(pixels: &mut DynamicImage, profile: &[u8]) -> bool {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return false };
    if profile.color_space != DataColorSpace::Rgb || !pixels.color().has_color() {
        return false;
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options) else { return false };
    // Most profiles are sRGB by another name: colours spread over the cube tell.
    let steps = [0_u8, 51, 102, 153, 204, 255];
    let mut probe = Vec::new();
    for colour in 0..steps.len().pow(3) {
        let step = |by: usize| steps[colour / by % steps.len()];
        probe.extend([step(1), step(6), step(36), 255]);
    }
    let mut seen = vec![0; probe.len()];
    if transform.transform(&probe, &mut seen).is_err()
        || probe.iter().zip(&seen).all(|(before, after)| before.abs_diff(*after) <= 2)
    {
        return false;
    }
    let opaque = !pixels.color().has_alpha();
    let from = pixels.to_rgba8();
    let mut to = image::RgbaImage::new(from.width(), from.height());
    if transform.transform(from.as_raw(), to.as_mut()).is_err() {
        return false;
    }
    let converted = DynamicImage::ImageRgba8(to);
    *pixels = if opaque { DynamicImage::ImageRgb8(converted.into_rgb8()) } else { converted };
    true
}

/// A mark's colour.
pub(crate) const fn rgb(colour: MarkColour) -> [u8; 3] {
    match colour {
        MarkColour::Red => [0xd9, 0x1e, 0x2e],
        MarkColour::Orange => [0xe8, 0x70, 0x0a],
        MarkColour::Yellow => [0xfa, 0xcc, 0x15],
        MarkColour::Green => [0x15, 0x80, 0x3d],
        MarkColour::Blue => [0x1d, 0x4e, 0xd8],
        MarkColour::Black => [0, 0, 0],
        MarkColour::White => [0xff, 0xff, 0xff],
    }
}

/// What is drawn around a mark, so that it is seen on a ground of its own colour.
pub(crate) const fn halo(colour: MarkColour) -> [u8; 3] {
    match colour {
        MarkColour::White | MarkColour::Yellow => [0x1f, 0x29, 0x37],
        _ => [0xff, 0xff, 0xff],
    }
}
