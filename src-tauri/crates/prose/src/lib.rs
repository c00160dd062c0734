//! Markdown to a neutral block tree in which every run of text knows its place in the source.
//!
//! Pure: no I/O, no clock, no knowledge of the engagement. [`parse`] never fails and never
//! panics; what it cannot understand it keeps as literal text, so nothing a person wrote is lost.
//!
//! # Spans
//! Every [`Span`] is a byte range of the Markdown source on character boundaries.
//! For a run of text ([`Inline::Text`] and [`CodeLine`]) the slice `source[span]` *is* the text, except:
//! - an entity (`&amp;`, `&#8211;`) is a run of its own whose span covers the entity as written;
//! - a NUL byte is a run of its own with the text U+FFFD;
//! - [`Inline::Code`] that spans a line end, a table's `\|` or a NUL: its span covers the
//!   content between the backticks as written, and them too where that is by chance as long as the text;
//! - a line of code with a NUL, or whose indentation is what a list or quotation left of a tab.
//!
//! A run of [`Inline::Text`] that differs from its source also differs from it in length.
//! A backslash escape is no exception: the run starts after the backslash.
//!
//! # Nesting
//! Block containers deeper than [`MAX_BLOCK_DEPTH`] and inline containers deeper than
//! [`MAX_INLINE_DEPTH`] are printed as the text they were written as.

mod breaks;
mod inline;
mod markers;
mod parse;
mod tree;
mod walk;

pub use breaks::WordBreaker;
pub use markers::{TodoMarker, placeholders, todo_markers};
pub use parse::{MAX_BLOCK_DEPTH, MAX_INLINE_DEPTH, parse};
pub use tree::{Alignment, Block, Cell, CodeLine, Document, Footnote, Inline, Item, Record, RecordKind, Span};
pub use walk::{ImageUse, ReferenceUse, images, plain_text, references, word_count};
