//! Pictures and documents: bytes in, bytes for print out. Pure, and the only crate that knows the formats of images
//! and the insides of PDFs that others made.
//!
//! [`prepare`] makes of a file what may be delivered: upright, in sRGB, and without anything that is not seen, be it
//! metadata, a thumbnail, a second picture or the colour of what is transparent. What needs no change keeps its bytes.
//! [`render`] draws edits on that. Redacted pixels are overwritten before anything else is done, so that neither
//! scaling nor the encoder ever sees what was there.
//!
//! PNG stays PNG and JPEG stays JPEG; GIF and WebP become PNG; SVG is kept as SVG and cannot be edited.

mod bare;
mod colour;
mod decode;
mod document;
mod draw;
mod encode;
mod error;
mod prepare;
mod render;
mod svg;

#[cfg(test)]
mod tests;

pub use document::{Document, MOST_PAGES, PageSize, StandIns};
pub use error::PictureError;
pub use prepare::{Prepared, carries_metadata, prepare};
pub use render::render;
