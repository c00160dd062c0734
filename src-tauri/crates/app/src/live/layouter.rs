//! The whole report, laid out again and again.

use std::sync::{Arc, RwLock};

use groma_report::{Composed, Origins};
use groma_store::Read;
use groma_typeset::{Compiled, Failure, Typesetter};

use super::{Layout, LayoutProblem, OutlineEntry, Page, Shown, Whole};
use crate::composed::{Basis, issues, kept, origin, project};
use crate::{App, AppError};

/// A report that is to be laid out.
pub struct Composition(Basis);

impl App {
    /// The open engagement's report, ready to be laid out.
    ///
    /// # Errors
    /// When none is open, or it cannot be composed: a setting that is not there, a plan that goes in circles.
    pub fn composition(&mut self) -> Result<Composition, AppError> {
        let store = self.store()?;
        let mut contents = store.contents()?;
        let kept = kept(store, &mut contents)?;
        let issues = issues(store, &contents);
        Ok(Composition(Basis::of(contents, kept, issues)?))
    }
}

/// Of a report with fewer pages all that is memoised stays: laying it out anew would cost more patience than that costs
/// memory, which is some two megabytes a page.
const MANY_PAGES: usize = 40;

/// Lays out one composition after the other; what did not change costs nothing.
#[derive(Default)]
pub struct Layouter {
    typesetter: Option<Typesetter>,
    revision: u64,
    last: Option<Shown>,
}

impl Layouter {
    /// Lets go of the report, with all that is memoised of it: another will come, or none. The layouts are counted on.
    pub fn forget(&mut self) {
        groma_typeset::forget_all();
        *self = Self { revision: self.revision, ..Self::default() };
    }

    /// Lets go of what only the last layout needed: for when its pages have been handed over.
    pub fn settle(&mut self) {
        if let Some(typesetter) = &mut self.typesetter {
            typesetter.settle();
        }
    }

    /// Lets go of what only serves to lay a long report out again quickly, most of what it holds in memory: for when nobody
    /// has changed anything for a while. The pages stay as they are; the next layout of the whole takes as long as the
    /// first, while what is typed is shown ahead of it. Answers whether it did.
    pub fn rest(&mut self) -> bool {
        let Some(last) = self.last.as_ref().filter(|last| last.layout.pages.len() >= MANY_PAGES) else { return false };
        last.whole.rest();
        groma_typeset::forget_all();
        true
    }

    /// Lays a report out. When it does not compile, the last good pages stay, with the reason.
    pub fn lay_out(&mut self, composition: Result<Composition, AppError>) -> Arc<Shown> {
        self.revision += 1;
        let whole = |error: &AppError| {
            vec![LayoutProblem {
                message: error.to_string(),
                kind: None,
                id: None,
                field: error.field.clone(),
                line: None,
            }]
        };
        let problems = match composition.and_then(|Composition(basis)| Ok((basis.compose()?, basis))) {
            Err(error) => whole(&error),
            Ok((composed, basis)) => match self.compile(&composed, &basis) {
                Ok(compiled) => {
                    let shown = self.shown(compiled, composed, basis);
                    self.last = Some(shown.clone());
                    return Arc::new(shown);
                }
                Err(failure) => told(&failure, &composed.origins),
            },
        };
        let last = self.last.as_ref();
        let layout = Layout {
            revision: self.revision,
            pages: last.map(|last| last.layout.pages.clone()).unwrap_or_default(),
            outline: last.map(|last| last.layout.outline.clone()).unwrap_or_default(),
            problems,
            fresh: false,
        };
        let whole = last.map_or_else(|| Shown::nothing().whole, |last| Arc::clone(&last.whole));
        Arc::new(Shown { whole, ahead: None, layout })
    }

    fn compile(&mut self, composed: &Composed, basis: &Basis) -> Result<Compiled, Failure> {
        let project = project(&basis.contents.engagement, composed.files.clone());
        let typesetter = match &mut self.typesetter {
            Some(typesetter) => {
                typesetter.load(project)?;
                typesetter.set_fonts(basis.fonts.set.clone());
                typesetter
            }
            none => none.insert(Typesetter::new(basis.fonts.set.clone(), project)?),
        };
        typesetter.compile()
    }

    fn shown(&self, compiled: Compiled, composed: Composed, mut basis: Basis) -> Shown {
        basis.forget_bytes();
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
        let mut files = composed.files;
        let sources = composed.prose.into_iter().filter_map(|(path, file)| {
            let typst = String::from_utf8(files.remove(&path)?).ok()?;
            Some((path, (typst, file)))
        });
        let sources = sources.collect();
        let marks = compiled.marks();
        let compiled = RwLock::new(Arc::new(compiled));
        Shown { whole: Arc::new(Whole { compiled, sources, marks, basis: Some(basis) }), ahead: None, layout }
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
