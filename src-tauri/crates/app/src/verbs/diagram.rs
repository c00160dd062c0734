//! Diagrams without an engagement: any model or source of one, told in figures and drawn to files.

use std::path::PathBuf;

use groma_c4::draw::{Drawing, DrawingWarning, Options};
use groma_c4::{Diagnostic, Workspace, summary};
use groma_model::{Architecture, Contents, DiagramOverlay, Engagement};
use groma_store::Read;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::views::PictureFormat;
use crate::architectures::workspace;
use crate::drawings::{Asked, Look, drawing, readable};
use crate::models::{self, Remark};
use crate::{App, AppError, Verb, brands, files, typeset_drawing};

/// Tells what is in a model, and draws its views.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct DrawDiagrams {
    /// A `.dsl`, a workspace `.json`, an engagement (`.groma`), or sources from which a model can be derived: compose,
    /// Kubernetes, traces, Backstage, OpenAPI, Terraform; a file or a folder.
    pub path: PathBuf,
    /// Key of the view to draw; all when not given.
    pub view: Option<String>,
    /// The folder for the pictures; nothing is drawn when not given.
    pub output: Option<PathBuf>,
    /// How pictures are written.
    pub format: PictureFormat,
    /// Name of the architecture of an engagement; the first when not given.
    pub architecture: Option<String>,
    /// What is shown on the views.
    pub overlay: DiagramOverlay,
    /// Refuse what the newest version of the DSL refuses.
    pub strict: bool,
}

/// What is in a model and what was drawn of it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DiagramsReply {
    /// The model in figures: elements by kind, relationships, views, diagnostics.
    pub summary: Value,
    /// The pictures that were written.
    pub pictures: Vec<DrawnPicture>,
    /// Remarks on what was read.
    pub remarks: Vec<Remark>,
}

/// A picture that was written.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DrawnPicture {
    /// Key of the view, or of a part of it.
    pub view: String,
    /// The file.
    pub path: PathBuf,
    /// What whoever uses it should know.
    pub warnings: Vec<String>,
}

struct Given {
    workspace: Workspace,
    contents: Contents,
    diagnostics: Vec<Diagnostic>,
    remarks: Vec<Remark>,
}

impl Verb for DrawDiagrams {
    type Reply = DiagramsReply;

    fn run(self, app: &mut App) -> Result<DiagramsReply, AppError> {
        let Given { workspace, contents, diagnostics, remarks } = self.given(app)?;
        if let Some(view) = &self.view
            && workspace.view(view).is_none()
        {
            let keys: Vec<&str> = workspace.views.iter().map(|view| view.key.as_str()).collect();
            let there = if keys.is_empty() {
                "there are no views".to_owned()
            } else {
                format!("choose one of: {}", keys.join(", "))
            };
            return Err(AppError::not_found(format!("{} has no view \"{view}\"", self.path.display()))
                .hint(there)
                .field("view"));
        }
        let mut pictures = Vec::new();
        if let Some(folder) = &self.output {
            let brand = brands::colours(&contents)?;
            let look = Look::new(&brand.0, &brand.1, &contents.engagement.language, false)?;
            let wanted = workspace.views.iter().filter(|view| self.view.as_ref().is_none_or(|key| *key == view.key));
            for view in wanted {
                let asked = Asked { view: &view.key, overlay: self.overlay, perspective: "" };
                let drawing = drawing(&workspace, &contents, &asked, &look, Options::default())?;
                let mut all = vec![drawing];
                if !all[0].readable(&Options::default()) {
                    // As in a report: the parts stand beside the whole.
                    let printed = readable(&workspace, &contents, &asked, &look, Options::default())?;
                    all.extend(printed.into_iter().filter(|one| one.key != view.key));
                }
                for drawing in all {
                    let bytes = typeset_drawing::picture(&drawing, look.fonts, self.format)?;
                    let path = folder.join(format!("{}.{}", plain(&drawing.key), self.format.ending()));
                    files::write_below(&path, &bytes)?;
                    pictures.push(DrawnPicture { warnings: warnings(&drawing), view: drawing.key, path });
                }
            }
        }
        Ok(DiagramsReply { summary: summary(&workspace, &diagnostics), pictures, remarks })
    }
}

impl DrawDiagrams {
    fn given(&self, app: &mut App) -> Result<Given, AppError> {
        let engagement = self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("groma"));
        if !engagement {
            let read = models::read(&self.path, self.strict)?;
            // Without an engagement the house's look holds.
            let contents = Contents { engagement: Engagement::default(), ..Contents::default() };
            return Ok(Given {
                workspace: read.workspace,
                contents,
                diagnostics: read.diagnostics,
                remarks: read.remarks,
            });
        }
        app.open(&self.path)?;
        let contents = app.store()?.contents()?;
        let named = |one: &&Architecture| self.architecture.as_ref().is_none_or(|name| *name == one.name);
        let found = contents.architectures.iter().find(named);
        let Some(architecture) = found else {
            let names: Vec<&str> = contents.architectures.iter().map(|one| one.name.as_str()).collect();
            let there = if names.is_empty() {
                "it holds none yet: read a model into it".to_owned()
            } else {
                format!("choose one of: {}", names.join(", "))
            };
            return Err(AppError::not_found(format!("{} holds no such architecture", self.path.display()))
                .hint(there)
                .field("architecture"));
        };
        let workspace = workspace(architecture)?;
        Ok(Given { workspace, contents, diagnostics: Vec::new(), remarks: Vec::new() })
    }
}

/// A key as a file's name: letters, digits, `-`, `_` and `.` stay.
fn plain(key: &str) -> String {
    let safe = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = key.chars().map(|letter| if safe(letter) { letter } else { '-' }).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "view".to_owned() } else { name.to_owned() }
}

/// What is to be said of a drawing, in words.
pub(crate) fn warnings(drawing: &Drawing) -> Vec<String> {
    drawing.warnings.iter().map(told).collect()
}

fn told(warning: &DrawingWarning) -> String {
    match warning {
        DrawingWarning::Crowded { elements, parts } => {
            format!("{elements} elements are more than a reader takes in: {} views would show them better", parts.len())
        }
        DrawingWarning::SmallText { points, .. } => {
            format!("the smallest type is {points:.1} pt on an A4 page: its parts are drawn beside it")
        }
        DrawingWarning::Shortened { element } => format!("the text of {element} is cut: shorten it"),
        DrawingWarning::MissingGlyphs { characters } => {
            format!("the fonts have no glyph for {characters}: write it in other characters")
        }
        DrawingWarning::MissingImage { name, remedy } => format!("the picture {name} is not at hand: {remedy}"),
        DrawingWarning::Spread { factor } => {
            format!("saved positions are too close for the text: everything is {factor:.1} times as far apart")
        }
    }
}
