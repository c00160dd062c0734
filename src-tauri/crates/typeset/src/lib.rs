//! The typesetter: virtual files in, pages and PDF out.
//!
//! This is the only crate that knows Typst, and it knows no engagement. It is pure: files, fonts
//! and the date are passed in, nothing is read from the disk, the clock or the network, and the
//! same [`Project`] with the same [`FontSet`] gives the same PDF bytes on every machine.
//!
//! ```no_run
//! # fn main() -> Result<(), groma_typeset::Failure> {
//! # let font: Vec<u8> = Vec::new();
//! use groma_typeset::{FontSet, PdfOptions, Project, Typesetter};
//!
//! let fonts = FontSet::from_bytes([font])?;
//! let project = Project::new("/main.typ").with("/main.typ", "= Findings\nNone yet.");
//! let mut typesetter = Typesetter::new(fonts, project)?;
//! let compiled = typesetter.compile()?;
//! let pdf = compiled.pdf(&PdfOptions::default())?;
//!
//! // One field was edited: only what depends on it is laid out again.
//! typesetter.replace("/main.typ", "= Findings\nOne.")?;
//! let again = typesetter.compile()?;
//! # let _ = (pdf, again);
//! # Ok(())
//! # }
//! ```
//!
//! What a text on the page came from, and where a text went, is answered by [`Compiled::hit`] and
//! [`Compiled::areas_of`]; both are exact to the letter for string literals in markup,
//! `#para[#"keeps an "#strong[#"unbounded queue"]]`, and for plain markup text.

mod bytes;
mod change;
mod compiled;
mod converge;
mod diagnostic;
mod eject;
mod encode;
mod files;
mod flow;
mod font;
mod font_file;
mod guard;
mod hit;
mod literal;
mod mark;
mod pack;
mod page;
mod pdf;
mod project;
mod seen;
mod sheet;
mod typesetter;
mod world;

pub use crate::bytes::FileBytes;
pub use crate::compiled::Compiled;
pub use crate::diagnostic::{Diagnostic, Failure, Place, Severity, Tracepoint};
pub use crate::eject::{Ejected, eject};
pub use crate::flow::{Run, Wanted};
pub use crate::font::FontSet;
pub use crate::font_file::{FontFault, FontFile};
pub use crate::hit::{Area, Hit};
pub use crate::mark::Mark;
pub use crate::page::Heading;
pub use crate::pdf::{PdfOptions, Standard, Timestamp};
pub use crate::project::{Date, Project};
pub use crate::sheet::Sheet;
pub use crate::typesetter::{Typesetter, forget_all};
