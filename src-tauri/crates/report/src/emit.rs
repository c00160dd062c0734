//! Prose to Typst: one virtual file per field.
//!
//! What a person or a scanner wrote is never Typst code. Every run of text becomes a string literal
//! in the content blocks of the functions of `/_shared/prose.typ`, and a literal in which `"`, `\` and
//! what cannot be seen are escaped ends only where we end it:
//!
//! ```typ
//! #import "/_shared/prose.typ": *
//! #para[#"keeps an "#strong[#"unbounded queue"]]
//! ```
//!
//! Literals stand in markup because there a glyph on the page leads back to its literal;
//! [`markdown_at`] leads from there to the byte of the Markdown source. Code blocks are the
//! exception: their text is an argument of the highlighter, so a glyph leads to the whole block.
//!
//! A file sets no label and may be included more than once.

use std::ops::Range;

use groma_prose::{Document, Record};

mod block;
mod inline;
mod literal;
mod table;
mod writer;

pub use literal::string_literal;

use writer::Writer;

/// What the numbers and image names in prose stand for in this report.
pub trait Resolve {
    /// How the record's number is printed, such as `F-012`; none when the engagement has no such record.
    fn record(&self, record: Record) -> Option<String>;

    /// Whether the report tells the record in full, under the label `<finding-12>`, so that a link has a
    /// target. Asked only for records that exist.
    fn is_printed(&self, _record: Record) -> bool {
        true
    }

    /// What a figure that prose calls by name (`{{score.health}}`) is; none when there is no such figure, and the call is
    /// printed as it is written.
    fn fact(&self, _name: &str) -> Option<String> {
        None
    }

    /// The image behind a target such as `image:checkout-flow` or `images/checkout-flow.png`.
    fn image(&self, target: &str) -> Option<ImageRef>;
}

/// An image as the typesetter finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageRef {
    /// Absolute path in the Typst project, such as `/images/ab12.png`.
    pub path: String,
    /// Text alternative, used where the prose gives none.
    pub alt: String,
    /// Caption, used where the prose gives none; empty for no caption.
    pub caption: String,
    /// Width in pixels (user units for SVG); none when not known.
    pub width_px: Option<u32>,
    /// Height in pixels (user units for SVG); none when not known.
    pub height_px: Option<u32>,
}

impl ImageRef {
    /// The text alternative: what the prose says first, then what the engagement says.
    fn describe<'t>(&'t self, alt: &'t str, title: &'t str) -> &'t str {
        [alt, &self.alt, title, &self.caption].into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// A field of prose as a Typst file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emitted {
    /// The text of the file.
    pub source: String,
    /// Where each literal comes from, in the order of the file.
    pub map: Vec<MapEntry>,
    /// References to records that do not exist, in order; they are printed as plain text.
    pub dangling: Vec<Record>,
    /// References to records that this report does not tell, in order; they are printed as plain text too.
    pub unprinted: Vec<Record>,
    /// Targets of images that do not exist, in order; they are printed as a visible remark.
    pub missing_images: Vec<String>,
}

/// One literal of the file and its place in the Markdown source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEntry {
    /// Bytes of the Typst file: the literal with its quotes, or the call that holds a code block or a picture.
    pub typst: Range<usize>,
    /// Bytes of the Markdown source. As long as the literal's value, byte by byte, unless the source is an entity, a
    /// reference printed by its full number, a figure called by name, an image or a code block.
    pub markdown: Range<usize>,
}

/// The byte of the Markdown source behind the byte `at` of the Typst file `source` with this map, as a hit on the page
/// gives it: within a literal's quotes or at the call of a code block. None where no client text stands.
#[must_use]
pub fn markdown_at(source: &str, map: &[MapEntry], at: usize) -> Option<usize> {
    let next = map.partition_point(|entry| entry.typst.start <= at);
    let entry = map.get(next.checked_sub(1)?).filter(|entry| entry.typst.contains(&at))?;
    let offset = literal::value_offset(source.get(entry.typst.clone())?, at - entry.typst.start);
    Some((entry.markdown.start + offset).min(entry.markdown.end))
}

/// The byte of the Typst file `source` with this map that prints the byte `at` of the Markdown source. None for marks
/// and whatever else is not printed.
#[must_use]
pub fn typst_at(source: &str, map: &[MapEntry], at: usize) -> Option<usize> {
    let entry = map.iter().find(|entry| entry.markdown.contains(&at))?;
    let offset = at - entry.markdown.start;
    Some(entry.typst.start + literal::file_offset(source.get(entry.typst.clone())?, offset))
}

/// Turns a field of prose into a Typst file that imports `/_shared/prose.typ` and nothing else.
///
/// Deterministic, and total: every document gives a file that compiles. Work and size are
/// linear in the document.
#[must_use]
pub fn emit(document: &Document, resolver: &dyn Resolve) -> Emitted {
    let mut writer = Writer::new(document, resolver);
    writer.blocks(&document.blocks);
    writer.left_over_footnotes();
    writer.finish()
}
