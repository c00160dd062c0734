//! Writing the pages as PDF.

use std::time::Instant;

use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfStandard, PdfStandards};

use crate::compiled::Compiled;
use crate::diagnostic::{Diagnostic, Failure};
use crate::guard;
use crate::pack;

/// A point in time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// The year, as in 2025; not before 0.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
}

/// A standard that the PDF is checked against and declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// PDF 1.7, the version written when nothing else is asked for.
    Pdf17,
    /// PDF 2.0.
    Pdf20,
    /// PDF/A-2b: archival, looks the same for ever.
    A2b,
    /// PDF/A-2a: archival, with its structure.
    A2a,
    /// PDF/A-3b: as 2b, other files may be attached.
    A3b,
    /// PDF/A-3a: as 2a, other files may be attached.
    A3a,
    /// PDF/A-4: archival on PDF 2.0.
    A4,
    /// PDF/UA-1: accessible.
    Ua1,
}

/// What the PDF says of itself beside its pages. Title, authors and language come from the
/// document's own `set document(..)` and `set text(lang: ..)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfOptions {
    /// What names this document and stays the same over its versions; only a hash of it is
    /// written. Without one, title and authors serve.
    pub identifier: Option<String>,
    /// The program that made it, as in "Groma 0.1".
    pub creator: String,
    /// The creation time, where the document itself gives no date. None by default: then the file
    /// holds no time at all, and equal documents are equal files.
    pub timestamp: Option<Timestamp>,
    /// Whether the structure (headings, lists, tables, alternative texts) is written along, for
    /// screen readers. Yes by default.
    pub tagged: bool,
    /// The standards to conform to; at most one of the PDF/A family. PDF/A asks for a date (the
    /// document's own or `timestamp`), PDF/UA for a title and alternative texts.
    pub standards: Vec<Standard>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self { identifier: None, creator: "Groma".to_owned(), timestamp: None, tagged: true, standards: Vec::new() }
    }
}

impl Compiled {
    /// The pages as a PDF file, its structure compressed: the same bytes for the same project, fonts and options.
    ///
    /// # Errors
    /// [`Failure::Options`] when the options contradict each other, [`Failure::Export`] when the
    /// document does not meet a standard, [`Failure::Internal`] if the export breaks down.
    pub fn pdf(&self, options: &PdfOptions) -> Result<Vec<u8>, Failure> {
        let span = tracing::info_span!(
            "typeset.export",
            pages = self.pages(),
            bytes = tracing::field::Empty,
            milliseconds = tracing::field::Empty,
        );
        let _entered = span.enter();
        let start = Instant::now();

        let options = typst_options(options)?;
        let bytes = guard::run(|| {
            typst_pdf::pdf(&self.document, &options)
                .map(pack::pack)
                .map_err(|errors| Failure::Export { errors: Diagnostic::all(&self.files, &errors) })
        })??;

        span.record("bytes", bytes.len());
        span.record("milliseconds", start.elapsed().as_millis());
        Ok(bytes)
    }
}

fn typst_options(options: &PdfOptions) -> Result<typst_pdf::PdfOptions, Failure> {
    let standards: Vec<PdfStandard> = options.standards.iter().map(|&s| typst_standard(s)).collect();
    let standards =
        PdfStandards::new(&standards).map_err(|error| Failure::Options { message: error.message().to_string() })?;
    Ok(typst_pdf::PdfOptions {
        ident: options.identifier.clone().map_or(Smart::Auto, Smart::Custom),
        creator: Smart::Custom(Some(options.creator.clone())),
        timestamp: options.timestamp.map(typst_timestamp).transpose()?,
        page_ranges: None,
        standards,
        tagged: options.tagged,
        pretty: false,
    })
}

fn typst_timestamp(time: Timestamp) -> Result<typst_pdf::Timestamp, Failure> {
    let Timestamp { year, month, day, hour, minute, second } = time;
    Datetime::from_ymd_hms(year, month, day, hour, minute, second).map(typst_pdf::Timestamp::new_utc).ok_or_else(|| {
        Failure::Options {
            message: format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} is no time"),
        }
    })
}

fn typst_standard(standard: Standard) -> PdfStandard {
    match standard {
        Standard::Pdf17 => PdfStandard::V_1_7,
        Standard::Pdf20 => PdfStandard::V_2_0,
        Standard::A2b => PdfStandard::A_2b,
        Standard::A2a => PdfStandard::A_2a,
        Standard::A3b => PdfStandard::A_3b,
        Standard::A3a => PdfStandard::A_3a,
        Standard::A4 => PdfStandard::A_4,
        Standard::Ua1 => PdfStandard::Ua_1,
    }
}
