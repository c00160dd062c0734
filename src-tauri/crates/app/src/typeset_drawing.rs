//! A drawing as a picture of its own.

use groma_c4::draw::{self, Drawing, Fonts};
use groma_typeset::{PdfOptions, Project, Typesetter};

use crate::verbs::PictureFormat;
use crate::{AppError, assets};

/// One page, as large as the drawing with a margin; its words are data.
const MAIN: &str = r#"
#import "/_shared/shapes.typ": shapes
#let d = json("/data/drawing.json")
#set document(title: d.title)
#set page(width: d.width * 1pt + 24pt, height: d.height * 1pt + 24pt, margin: 12pt, fill: rgb(d.paper))
#figure(alt: d.alt, shapes(d, ("IBM Plex Sans", "IBM Plex Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols2", "Noto Emoji", "WenQuanYi Micro Hei")))
"#;

/// Pixels a point: twice what a screen of 96 dots an inch has.
const SHARP: f64 = 96.0 / 72.0 * 2.0;

/// The picture's bytes.
///
/// # Errors
/// When the page does not compile, which is a fault of the program.
pub(crate) fn picture(drawing: &Drawing, fonts: &Fonts, format: PictureFormat) -> Result<Vec<u8>, AppError> {
    if format == PictureFormat::Svg {
        return Ok(draw::svg(drawing, fonts).into_bytes());
    }
    let failed = |failure: groma_typeset::Failure| AppError::failed(format!("the diagram cannot be set: {failure}"));
    let mut project = Project::new("/main.typ").with("/main.typ", MAIN.as_bytes().to_vec());
    for (path, bytes) in assets::shared().into_iter().filter(|(path, _)| path == "/_shared/shapes.typ") {
        project = project.with(path, bytes);
    }
    for (path, bytes) in groma_report::drawing_page(drawing) {
        project = project.with(path, bytes);
    }
    let compiled = Typesetter::new(assets::fonts()?, project).map_err(failed)?.compile().map_err(failed)?;
    if format == PictureFormat::Png {
        let sheet = compiled.sheet(0).and_then(|sheet| sheet.png(SHARP));
        return sheet
            .ok_or_else(|| AppError::failed("the diagram is too large for a picture").hint("write it as SVG or PDF"));
    }
    let options =
        PdfOptions { creator: concat!("Groma ", env!("CARGO_PKG_VERSION")).to_owned(), ..PdfOptions::default() };
    compiled.pdf(&options).map_err(failed)
}
