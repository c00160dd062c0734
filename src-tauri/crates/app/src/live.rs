//! The live page: the engagement's report as it is laid out now, its pages' pictures, and the way between a word on a
//! page and the letter of the field it comes from.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use groma_model::{Id, Kind};
use groma_report::{Origins, ProseFile, emit};
use groma_store::Read;
use groma_typeset::{Compiled, Failure, Project, Typesetter};
use serde::Serialize;

use crate::composed::{compose, issues, origin, pictures, project};
use crate::{App, AppError, assets};

/// A report that is to be laid out.
pub struct Composition {
    project: Project,
    prose: BTreeMap<String, ProseFile>,
    origins: Origins,
}

/// The pages as a window shows them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct Layout {
    /// Counts the layouts of this process.
    pub revision: u64,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The headings in order.
    pub outline: Vec<OutlineEntry>,
    /// Why the newest text is not on the pages; empty when it is.
    pub problems: Vec<LayoutProblem>,
    /// Whether the pages show the newest text; else they are the last good ones.
    pub fresh: bool,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Page {
    /// What it looks like: pages with one hash look the same, and their picture never changes.
    pub hash: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// A heading of the report.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct OutlineEntry {
    /// Its words.
    pub title: String,
    /// Its level, from 1.
    pub level: usize,
    /// Its page, from 0.
    pub page: usize,
    /// Its distance from the page's upper edge, in points.
    pub y: f64,
}

/// Why the newest text is not on the pages.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LayoutProblem {
    /// What is wrong.
    pub message: String,
    /// The object that it comes from, when it is known.
    pub kind: Option<Kind>,
    /// Its id.
    pub id: Option<Id>,
    /// Its field.
    pub field: Option<String>,
    /// Line of the field, from 1.
    pub line: Option<usize>,
}

/// A rectangle on a page, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
pub struct PageArea {
    /// The page, from 0.
    pub page: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A run of text on a page.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PageText {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub area: PageArea,
}

/// A place in a prose field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldPlace {
    pub kind: Kind,
    pub id: Id,
    pub field: &'static str,
    /// Bytes into the Markdown.
    pub byte: usize,
}

/// A finished layout with what is needed to point into it.
pub struct Shown {
    compiled: Compiled,
    /// Prose files by path: the Typst, and where it comes from.
    sources: BTreeMap<String, (String, ProseFile)>,
    layout: Layout,
}

impl Shown {
    /// The pages.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The picture of the page with this hash, as a PNG of `scale` pixels a point.
    #[must_use]
    pub fn png(&self, hash: &str, scale: f64) -> Option<Vec<u8>> {
        let page = self.layout.pages.iter().position(|page| page.hash == hash)?;
        self.compiled.png(page, scale)
    }

    /// The field behind a point of a page.
    pub(crate) fn locate(&self, page: usize, x: f64, y: f64) -> Option<FieldPlace> {
        let hit = self.compiled.hit(page, x, y)?;
        let (typst, file) = self.sources.get(&hit.path)?;
        let byte = emit::markdown_at(typst, &file.map, hit.offset)?;
        Some(FieldPlace { kind: file.kind, id: file.id, field: file.field, byte })
    }

    /// Where a place in a field is printed; the nearest printed place before it when it is a mark that is not.
    pub(crate) fn place(&self, kind: Kind, id: Id, field: &str, byte: usize) -> Option<PageArea> {
        let of_field = |file: &ProseFile| file.kind == kind && file.id == id && file.field == field;
        let (path, (typst, file)) = self.sources.iter().find(|(_, (_, file))| of_field(file))?;
        let printed = |at: usize| emit::typst_at(typst, &file.map, at);
        let at = printed(byte).or_else(|| {
            let before = file.map.iter().rfind(|entry| entry.markdown.start <= byte).or(file.map.first())?;
            printed(before.markdown.end.saturating_sub(1).max(before.markdown.start))
        })?;
        let areas = self.compiled.areas_of(path, at..at + 1).ok()?;
        areas.first().map(|area| PageArea {
            page: area.page,
            x: area.x,
            y: area.y,
            width: area.width,
            height: area.height,
        })
    }

    /// The text of a page in drawing order.
    pub(crate) fn text(&self, page: usize) -> Vec<PageText> {
        let runs = self.compiled.runs(page).into_iter().map(|run| PageText {
            text: run.text,
            area: PageArea { page, x: run.area.x, y: run.area.y, width: run.area.width, height: run.area.height },
        });
        runs.collect()
    }
}

/// The newest layout, for all who show it.
#[derive(Clone, Default)]
pub struct LiveView(Arc<RwLock<Option<Arc<Shown>>>>);

impl LiveView {
    /// The newest layout; none before the first, and after the engagement was closed.
    #[must_use]
    pub fn shown(&self) -> Option<Arc<Shown>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a layout in place of the one before.
    pub fn put(&self, shown: Option<Arc<Shown>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = shown;
    }
}

impl App {
    /// The newest layout, shared.
    #[must_use]
    pub fn live(&self) -> LiveView {
        self.live.clone()
    }

    /// The open engagement's report, ready to be laid out.
    ///
    /// # Errors
    /// When none is open, or it cannot be composed: a setting that is not there, a plan that goes in circles.
    pub fn composition(&mut self) -> Result<Composition, AppError> {
        let store = self.store()?;
        let contents = store.contents()?;
        let pictures = pictures(store, &contents)?;
        let issues = issues(store, &contents);
        let composed = compose(&contents, &pictures, &issues)?;
        Ok(Composition {
            project: project(&contents.engagement, composed.files),
            prose: composed.prose,
            origins: composed.origins,
        })
    }
}

/// Lays out one composition after the other; what did not change costs nothing.
#[derive(Default)]
pub struct Layouter {
    typesetter: Option<Typesetter>,
    revision: u64,
    last: Option<Arc<Shown>>,
}

impl Layouter {
    /// Lays a report out. When it does not compile, the last good pages stay, with the reason.
    pub fn lay_out(&mut self, composition: Result<Composition, AppError>) -> Arc<Shown> {
        self.revision += 1;
        let problems = match composition {
            Err(error) => {
                vec![LayoutProblem { message: error.to_string(), kind: None, id: None, field: error.field, line: None }]
            }
            Ok(composition) => match self.compile(&composition) {
                Ok(compiled) => {
                    let shown = Arc::new(self.shown(compiled, composition));
                    self.last = Some(Arc::clone(&shown));
                    return shown;
                }
                Err(failure) => told(&failure, &composition.origins),
            },
        };
        let (compiled, sources, pages, outline) = match &self.last {
            Some(last) => {
                (last.compiled.clone(), last.sources.clone(), last.layout.pages.clone(), last.layout.outline.clone())
            }
            None => (Compiled::empty(), BTreeMap::new(), Vec::new(), Vec::new()),
        };
        let layout = Layout { revision: self.revision, pages, outline, problems, fresh: false };
        Arc::new(Shown { compiled, sources, layout })
    }

    fn compile(&mut self, composition: &Composition) -> Result<Compiled, Failure> {
        let project = composition.project.clone();
        let typesetter = match &mut self.typesetter {
            Some(typesetter) => {
                typesetter.load(project)?;
                typesetter
            }
            none => {
                let fonts = assets::fonts().map_err(|error| Failure::Internal { message: error.to_string() })?;
                none.insert(Typesetter::new(fonts, project)?)
            }
        };
        typesetter.compile()
    }

    fn shown(&self, compiled: Compiled, composition: Composition) -> Shown {
        let pages = (0..compiled.pages()).filter_map(|page| {
            let (width, height) = compiled.size(page)?;
            Some(Page { hash: compiled.hash(page)?, width, height })
        });
        let outline = compiled.headings().into_iter().map(|heading| OutlineEntry {
            title: heading.title,
            level: heading.level,
            page: heading.page,
            y: heading.y,
        });
        let layout = Layout {
            revision: self.revision,
            pages: pages.collect(),
            outline: outline.collect(),
            problems: Vec::new(),
            fresh: true,
        };
        let mut files = composition.project.files;
        let sources = composition.prose.into_iter().filter_map(|(path, file)| {
            let typst = String::from_utf8(files.remove(&path)?.as_ref().to_vec()).ok()?;
            Some((path, (typst, file)))
        });
        Shown { sources: sources.collect(), compiled, layout }
    }
}

fn told(failure: &Failure, origins: &Origins) -> Vec<LayoutProblem> {
    if failure.errors().is_empty() {
        return vec![LayoutProblem { message: failure.to_string(), kind: None, id: None, field: None, line: None }];
    }
    let problems = failure.errors().iter().map(|error| {
        let origin = origin(error, origins);
        LayoutProblem {
            message: error.message.clone(),
            kind: origin.as_ref().map(|origin| origin.kind),
            id: origin.as_ref().map(|origin| origin.id),
            field: origin.as_ref().map(|origin| origin.field.to_owned()),
            line: origin.and_then(|origin| origin.line),
        }
    });
    problems.collect()
}
