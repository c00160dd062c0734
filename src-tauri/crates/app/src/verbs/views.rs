//! Views of an architecture, drawn: for the window, and as files.

use std::path::PathBuf;

use groma_c4::draw::{Drawing, Options};
use groma_c4::{dsl, json};
use groma_model::{Architecture, DiagramOverlay, Id};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::architectures::{bare, workspace};
use crate::drawings::{Asked, Look, drawing};
use crate::{App, AppError, Verb, brands, files, typeset_drawing};

/// Draws a view of an architecture.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct DrawView {
    /// The architecture.
    pub architecture: Id,
    /// Key of the view.
    pub view: String,
    /// What is shown on it.
    pub overlay: DiagramOverlay,
    /// The perspective that is shown, by name.
    pub perspective: String,
    /// Whether it is drawn on a dark ground.
    pub dark: bool,
    /// Whether it is drawn to be edited: as large as its text wants to be, without title and legend.
    pub editing: bool,
}

/// As wide as a drawing may be before its type is made smaller; editing never makes it so.
const WIDE: f64 = 100_000.0;

impl Verb for DrawView {
    type Reply = Drawing;

    fn run(self, app: &mut App) -> Result<Drawing, AppError> {
        let store = app.store()?;
        let contents = store.contents()?;
        let architecture = store.get::<Architecture>(self.architecture)?;
        let workspace = workspace(&architecture)?;
        let look = look(&contents, self.dark)?;
        let asked = Asked { view: &self.view, overlay: self.overlay, perspective: &self.perspective };
        let options = if self.editing {
            Options {
                title: false,
                legend: false,
                width: WIDE,
                height: None,
                turned: None,
                seeds: 1,
                both_directions: false,
                ..Options::default()
            }
        } else {
            Options::default()
        };
        drawing(&workspace, &contents, &asked, &look, options)
    }
}

/// The look of an engagement's brand.
fn look(contents: &groma_model::Contents, dark: bool) -> Result<Look, AppError> {
    let brand = brands::colours(contents)?;
    Look::new(&brand.0, &brand.1, &contents.engagement.language, dark)
}

/// How a picture of a view is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// Vectors for the web and for other programs.
    #[default]
    Svg,
    /// Pixels, twice as many as on a common screen.
    Png,
    /// A page of its own.
    Pdf,
}

impl PictureFormat {
    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// Writes an architecture or a view of it to a file.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExportArchitecture {
    /// The architecture.
    pub architecture: Id,
    /// The file: `.dsl` or `.json` for the model, `.svg`, `.png` or `.pdf` for a view.
    pub path: PathBuf,
    /// Key of the view.
    pub view: String,
    /// What is shown on it.
    pub overlay: DiagramOverlay,
    /// The perspective that is shown, by name.
    pub perspective: String,
}

impl Verb for ExportArchitecture {
    type Reply = PathBuf;

    fn run(self, app: &mut App) -> Result<PathBuf, AppError> {
        files::not_an_engagement(&self.path, app.path()?)?;
        let store = app.store()?;
        let architecture = store.get::<Architecture>(self.architecture)?;
        let ending =
            self.path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let bytes = match ending.as_str() {
            "dsl" if !architecture.text.is_empty() => architecture.text.into_bytes(),
            "dsl" => dsl::write(&bare(&architecture)?).into_bytes(),
            "json" => {
                let mut text =
                    serde_json::to_string_pretty(&json::export(&workspace(&architecture)?)).unwrap_or_default();
                text.push('\n');
                text.into_bytes()
            }
            "svg" | "png" | "pdf" => {
                let contents = store.contents()?;
                let look = look(&contents, false)?;
                let asked = Asked { view: &self.view, overlay: self.overlay, perspective: &self.perspective };
                let drawing = drawing(&workspace(&architecture)?, &contents, &asked, &look, Options::default())?;
                let format = match ending.as_str() {
                    "svg" => PictureFormat::Svg,
                    "png" => PictureFormat::Png,
                    _ => PictureFormat::Pdf,
                };
                typeset_drawing::picture(&drawing, look.fonts, format)?
            }
            _ => {
                return Err(AppError::usage(format!(
                    "{} names no kind of file that can be written",
                    self.path.display()
                ))
                .hint("end the name in .dsl, .json, .svg, .png or .pdf")
                .field("path"));
            }
        };
        files::write(&self.path, &bytes)?;
        Ok(self.path)
    }
}
