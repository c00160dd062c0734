//! Documents: the pages of a PDF, their sizes, and a page as an SVG for outputs that take no PDF within a PDF.

use std::sync::Arc;

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_interpret::font::{FontData, FontQuery, StandardFont};
use hayro_svg::hayro_syntax::{LoadPdfError, Pdf};
use hayro_svg::{RenderCache, SvgRenderSettings};

use crate::PictureError;

/// More pages than this are no exhibit but a book.
pub const MOST_PAGES: usize = 2_000;

/// How far from its end a PDF says where its table of objects is. Some writers and mail programs put bytes behind it.
const LAST_WORDS: usize = 64 << 10;

/// Fonts that stand for the fourteen that a PDF may name without bringing them.
#[derive(Debug, Clone, Copy)]
pub struct StandIns {
    /// For Helvetica, Arial and unknown ones.
    pub sans: &'static [u8],
    /// The same, bold.
    pub sans_bold: &'static [u8],
    /// For Times.
    pub serif: &'static [u8],
    /// The same, bold.
    pub serif_bold: &'static [u8],
    /// For Courier.
    pub mono: &'static [u8],
    /// For Symbol and dingbats.
    pub symbols: &'static [u8],
}

/// A page's size as it is seen, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A PDF that was read.
pub struct Document(Pdf);

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Document").field(&self.0.pages().len()).finish()
    }
}

impl Document {
    /// Whether bytes claim to be a PDF. Some writers put other bytes before the header.
    #[must_use]
    pub fn claims(bytes: &[u8]) -> bool {
        bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
    }

    /// Reads a PDF.
    ///
    /// # Errors
    /// When it is none, damaged, locked by a password, without pages or with more than [`MOST_PAGES`].
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        if !Self::claims(bytes) {
            return Err(PictureError::Unknown);
        }
        // Readers rebuild what they can of a file that was cut off, and pages would be missing without a word.
        let end = &bytes[bytes.len().saturating_sub(LAST_WORDS)..];
        if !end.windows(9).any(|window| window == b"startxref") {
            return Err(PictureError::Damaged("its end is missing: the file was cut off".to_owned()));
        }
        let unreadable = || PictureError::Damaged("it is not a PDF that can be read".to_owned());
        let (pdf, pages) = guarded(|| {
            let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
                LoadPdfError::Decryption(_) => PictureError::Locked,
                LoadPdfError::Invalid => unreadable(),
            })?;
            let pages = pdf.pages().len();
            Ok((pdf, pages))
        })
        .unwrap_or_else(|| Err(unreadable()))?;
        match pages {
            0 => Err(PictureError::Damaged("it has no pages".to_owned())),
            pages if pages > MOST_PAGES => {
                Err(PictureError::Damaged(format!("it has {pages} pages; at most {MOST_PAGES} are taken")))
            }
            _ => Ok(Self(pdf)),
        }
    }

    /// The pages' sizes, in their order.
    #[must_use]
    pub fn pages(&self) -> Vec<PageSize> {
        let size = |page: &hayro_svg::hayro_syntax::page::Page<'_>| {
            let (width, height) = page.render_dimensions();
            PageSize { width, height }
        };
        self.0.pages().iter().map(size).collect()
    }

    /// A page as an SVG with all its text as outlines; `None` when there is no such page, or it cannot be drawn.
    /// Annotations are left out.
    #[must_use]
    pub fn svg(&self, page: usize, fonts: StandIns) -> Option<String> {
        let page = self.0.pages().get(page.checked_sub(1)?)?;
        let pick = move |font: StandardFont| -> Option<(FontData, u32)> {
            let bytes: &'static [u8] = match font {
                StandardFont::Helvetica | StandardFont::HelveticaOblique => fonts.sans,
                StandardFont::HelveticaBold | StandardFont::HelveticaBoldOblique => fonts.sans_bold,
                StandardFont::TimesRoman | StandardFont::TimesItalic => fonts.serif,
                StandardFont::TimesBold | StandardFont::TimesBoldItalic => fonts.serif_bold,
                StandardFont::Courier
                | StandardFont::CourierBold
                | StandardFont::CourierOblique
                | StandardFont::CourierBoldOblique => fonts.mono,
                StandardFont::ZapfDingBats | StandardFont::Symbol => fonts.symbols,
            };
            Some((Arc::new(bytes), 0))
        };
        let settings = InterpreterSettings {
            font_resolver: Arc::new(move |query| match query {
                FontQuery::Standard(font) => pick(*font),
                FontQuery::Fallback(font) => pick(font.pick_standard_font()),
            }),
            cmap_resolver: Arc::new(|_| None),
            warning_sink: Arc::new(|_| {}),
            render_annotations: false,
        };
        guarded(|| hayro_svg::convert(page, &RenderCache::new(), &settings, &SvgRenderSettings { bg_color: [255; 4] }))
    }
}

/// What a reader answers; `None` when it panics over what a stranger's program wrote.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Safe to unwind: all that `work` made is dropped, and what it borrowed is immutable.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one page per text, set in Helvetica, written by hand.
    pub(crate) fn pdf(texts: &[&str]) -> Vec<u8> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!(
                "<< /Type /Pages /Count {} /Kids [{}] >>",
                texts.len(),
                (0..texts.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect::<Vec<_>>().join(" ")
            ),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        for (n, text) in texts.iter().enumerate() {
            let stream = format!("BT /F1 24 Tf 72 700 Td ({text}) Tj ET");
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * n
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
        }
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
        }
        let xref = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
        places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
        out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1));
        out.into_bytes()
    }

    #[test]
    fn a_readers_panic_is_an_answer() {
        assert_eq!((guarded(|| 7), guarded(|| -> u8 { panic!("odd") })), (Some(7), None));
    }

    const FONT: &[u8] = include_bytes!("../../../../assets/fonts/ibm-plex-sans/IBMPlexSans-Regular.ttf");
    const FONTS: StandIns =
        StandIns { sans: FONT, sans_bold: FONT, serif: FONT, serif_bold: FONT, mono: FONT, symbols: FONT };

    #[test]
    fn a_documents_pages_are_counted_measured_and_drawn() {
        let document = Document::read(&pdf(&["Invoice", "Terms"])).unwrap();
        assert_eq!(document.pages(), [PageSize { width: 595.0, height: 842.0 }; 2]);
        let (first, second) = (document.svg(1, FONTS).unwrap(), document.svg(2, FONTS).unwrap());
        assert_ne!(first, second);
        for svg in [&first, &second] {
            // Text is outlines, and the picture is one that a report takes.
            assert!(svg.contains("<path") && !svg.contains("<text"), "{svg:.300}");
            usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
        }
        assert_eq!((document.svg(0, FONTS), document.svg(3, FONTS)), (None, None));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(Document::read(b"hello").unwrap_err(), PictureError::Unknown);
        assert!(matches!(Document::read(b"%PDF-1.7\nnothing").unwrap_err(), PictureError::Damaged(_)));
        let whole = pdf(&["Invoice"]);
        for at in (0..whole.len()).step_by(7) {
            // Damaged anyhow: no panic, and whatever is read has pages that can be drawn or not.
            if let Ok(document) = Document::read(&whole[..at]) {
                let _ = document.svg(1, FONTS);
            }
            let mut spoilt = whole.clone();
            spoilt[at] ^= 0x55;
            if let Ok(document) = Document::read(&spoilt) {
                let _ = document.svg(1, FONTS);
            }
        }
    }
}
