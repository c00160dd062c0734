//! The live page: the engagement's report as it is laid out now, its pages' pictures, and the way between a word on a
//! page and the letter of the field it comes from.

mod early;
mod layouter;

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use groma_model::{Id, Kind};
use groma_report::{ProseFile, emit};
use groma_typeset::{Compiled, Mark, Sheet, Wanted};
use serde::Serialize;

use crate::App;
use crate::composed::Basis;

pub use early::{Draft, Early};
pub use layouter::{Composition, Layouter};

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

/// A page on which someone is typing, laid out ahead of the whole.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PartPage {
    /// The page.
    #[serde(flatten)]
    pub page: Page,
    /// What a window needs to draw of it that shows the page before; none where that is all of it.
    pub change: Option<PageChange>,
}

/// What of a page looks other than before.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PageChange {
    /// The hash of the page before.
    pub since: String,
    /// The upper edge of what looks other, in points from the page's upper edge.
    pub from: f64,
    /// Its lower edge; the upper one again where nothing does.
    pub to: f64,
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

impl From<groma_typeset::Area> for PageArea {
    fn from(area: groma_typeset::Area) -> Self {
        let groma_typeset::Area { page, x, y, width, height } = area;
        Self { page, x, y, width, height }
    }
}

/// A run of text on a page.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PageText {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub area: PageArea,
    /// What stands between it and the next run when both are copied: nothing, a space, a tab, a line break.
    pub after: String,
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

/// Prose files by path: the Typst, and where it comes from.
type Sources = BTreeMap<String, (String, ProseFile)>;

/// A report that was laid out whole.
struct Whole {
    compiled: RwLock<Arc<Compiled>>,
    sources: Sources,
    /// Where its sections and findings begin.
    marks: Vec<Mark>,
    /// What it was made of; none where nothing was.
    basis: Option<Basis>,
}

impl Whole {
    /// Its pages.
    fn compiled(&self) -> Arc<Compiled> {
        Arc::clone(&self.compiled.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps of the pages what is seen of them; what they look like stays as it is, for all who show them.
    fn rest(&self) {
        let seen = Arc::new(self.compiled().seen());
        *self.compiled.write().unwrap_or_else(PoisonError::into_inner) = seen;
    }
}

/// Pages that were laid out before the whole, because someone is typing on them.
struct Ahead {
    compiled: Compiled,
    sources: Sources,
    /// The first page in the whole report, from 0.
    from: usize,
    /// The pages as they are shown.
    sheets: Vec<(Page, Sheet)>,
    /// Up to where the first page shows what it had before, in points from its upper edge.
    cut: Option<f64>,
    /// What is typed.
    draft: Draft,
}

/// A finished layout with what is needed to point into it.
#[derive(Clone)]
pub struct Shown {
    whole: Arc<Whole>,
    ahead: Option<Arc<Ahead>>,
    layout: Layout,
}

impl Shown {
    /// Nothing yet: no page, and not the newest text.
    #[must_use]
    pub fn nothing() -> Self {
        let (compiled, sources) = (RwLock::new(Arc::new(Compiled::empty())), Sources::new());
        let whole = Arc::new(Whole { compiled, sources, marks: Vec::new(), basis: None });
        Self { whole, ahead: None, layout: Layout::default() }
    }

    /// The pages.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The picture of the page with this hash, as a PNG of `scale` pixels a point; or `rows` of its pixels alone.
    #[must_use]
    pub fn png(&self, hash: &str, scale: f64, rows: Option<Range<u32>>) -> Option<Vec<u8>> {
        let sheet = self.sheet(self.layout.pages.iter().position(|page| page.hash == hash)?)?;
        match rows {
            Some(rows) => sheet.png_rows(scale, rows),
            None => sheet.png(scale),
        }
    }

    /// The pages that are shown ahead of the whole: the number of the first, from 0, and what they look like; each with
    /// what is other on it than in what was shown `before`.
    #[must_use]
    pub fn ahead(&self, before: Option<&Self>) -> Option<(usize, Vec<PartPage>)> {
        let ahead = self.ahead.as_deref()?;
        let change = |number: usize, page: &Page, sheet: &Sheet| {
            let shown = before?.sheet(number)?;
            let range = sheet.change(&shown)?;
            let since = before?.layout.pages.get(number)?.hash.clone();
            (since != page.hash).then_some(PageChange { since, from: range.start, to: range.end })
        };
        let pages = (ahead.from..).zip(&ahead.sheets);
        let pages = pages
            .map(|(number, (page, sheet))| PartPage { page: page.clone(), change: change(number, page, sheet) })
            .collect();
        Some((ahead.from, pages))
    }

    /// Whether pages are shown ahead of the whole.
    #[must_use]
    pub const fn is_ahead(&self) -> bool {
        self.ahead.is_some()
    }

    /// A page as it is shown.
    fn sheet(&self, page: usize) -> Option<Cow<'_, Sheet>> {
        self.sheet_of(page).map(Cow::Borrowed).or_else(|| self.whole.compiled().sheet(page).map(Cow::Owned))
    }

    /// What is typed into a field and shown already, though the engagement does not hold it yet.
    pub(crate) fn draft(&self, kind: Kind, id: Id, field: &str) -> Option<&str> {
        let draft = &self.ahead.as_ref()?.draft;
        let of_object = draft.kind == kind && draft.id == id;
        of_object.then(|| draft.fields.get(field)?.as_str()).flatten()
    }

    /// The field behind a point of a page.
    pub(crate) fn locate(&self, page: usize, x: f64, y: f64) -> Option<FieldPlace> {
        let found = |compiled: &Compiled, page| compiled.hit(page, x, y);
        let (hit, sources) = match self.ahead_of(page, y) {
            Some(ahead) => (found(&ahead.compiled, page - ahead.from)?, &ahead.sources),
            None => (found(&self.whole.compiled(), page)?, &self.whole.sources),
        };
        let (typst, file) = sources.get(&hit.path).or_else(|| self.whole.sources.get(&hit.path))?;
        let byte = emit::markdown_at(typst, &file.map, hit.offset)?;
        Some(FieldPlace { kind: file.kind, id: file.id, field: file.field, byte })
    }

    /// The part laid out ahead that is seen at a place.
    fn ahead_of(&self, page: usize, y: f64) -> Option<&Ahead> {
        let ahead = self.ahead.as_deref()?;
        let on_it = (ahead.from..ahead.from + ahead.sheets.len()).contains(&page);
        let above = page == ahead.from && ahead.cut.is_some_and(|cut| y < cut);
        (on_it && !above).then_some(ahead)
    }

    /// The page of the part laid out ahead that stands in place of a page.
    fn sheet_of(&self, page: usize) -> Option<&Sheet> {
        let ahead = self.ahead.as_deref()?;
        ahead.sheets.get(page.checked_sub(ahead.from)?).map(|(_, sheet)| sheet)
    }

    /// Where a place in a field is printed; the nearest printed place before it when it is a mark that is not.
    pub(crate) fn place(&self, kind: Kind, id: Id, field: &str, byte: usize) -> Option<PageArea> {
        let ahead = self.ahead.as_deref().and_then(|ahead| {
            let area = place_in(&ahead.compiled, &ahead.sources, (kind, id, field), byte)?;
            Some(PageArea { page: area.page + ahead.from, ..area })
        });
        ahead.or_else(|| place_in(&self.whole.compiled(), &self.whole.sources, (kind, id, field), byte))
    }

    /// Where a text stands: the rectangles of each hit.
    pub(crate) fn find(&self, query: &str, most: usize) -> Vec<Vec<PageArea>> {
        let Some(wanted) = Wanted::of(query) else { return Vec::new() };
        let mut found = Vec::new();
        for page in 0..self.layout.pages.len() {
            let hits = match self.sheet_of(page) {
                Some(sheet) => sheet.find(page, &wanted),
                None => self.whole.compiled().find(page, &wanted),
            };
            found.extend(hits.into_iter().map(|areas| areas.into_iter().map(PageArea::from).collect()));
            if found.len() >= most {
                found.truncate(most);
                break;
            }
        }
        found
    }

    /// The text of a page in reading order.
    pub(crate) fn text(&self, page: usize) -> Vec<PageText> {
        let runs = match self.sheet_of(page) {
            Some(sheet) => sheet.runs(page),
            None => self.whole.compiled().runs(page),
        };
        let runs =
            runs.into_iter().map(|run| PageText { text: run.text, area: run.area.into(), after: run.after.to_owned() });
        runs.collect()
    }
}

fn place_in(
    compiled: &Compiled,
    sources: &Sources,
    (kind, id, field): (Kind, Id, &str),
    byte: usize,
) -> Option<PageArea> {
    let of_field = |file: &ProseFile| file.kind == kind && file.id == id && file.field == field;
    let (path, (typst, file)) = sources.iter().find(|(_, (_, file))| of_field(file))?;
    let printed = |at: usize| emit::typst_at(typst, &file.map, at);
    let at = printed(byte).or_else(|| {
        let before = file.map.iter().rfind(|entry| entry.markdown.start <= byte).or(file.map.first())?;
        printed(before.markdown.end.saturating_sub(1).max(before.markdown.start))
    })?;
    let areas = compiled.areas_of(path, at..at + 1).ok()?;
    areas.first().map(|area| PageArea { page: area.page, x: area.x, y: area.y, width: area.width, height: area.height })
}

/// How many layouts are kept for a window that has not heard of the newest yet.
const RECENT: usize = 4;

/// The newest layout, for all who show it.
#[derive(Clone, Default)]
pub struct LiveView(Arc<RwLock<VecDeque<Arc<Shown>>>>);

impl LiveView {
    /// The newest layout; none before the first, and after the engagement was closed.
    #[must_use]
    pub fn shown(&self) -> Option<Arc<Shown>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).back().cloned()
    }

    /// The newest layouts, newest first: pages of one before the newest may still be asked for.
    #[must_use]
    pub fn recent(&self) -> Vec<Arc<Shown>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// Lets go of all layouts but the newest, which everyone who shows the pages has heard of by now.
    pub fn settle(&self) {
        let mut recent = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = recent.len().saturating_sub(1);
        recent.drain(..before);
    }

    /// Puts a layout in place of the one before; none forgets them all.
    pub fn put(&self, shown: Option<Arc<Shown>>) {
        let mut recent = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match shown {
            None => recent.clear(),
            Some(shown) => {
                // A layout of the whole is large: but for the newest, one is enough.
                let before = recent.iter().rev().find(|kept| !Arc::ptr_eq(&kept.whole, &shown.whole));
                let before = before.map(|kept| Arc::clone(&kept.whole));
                recent.retain(|kept| {
                    Arc::ptr_eq(&kept.whole, &shown.whole)
                        || before.as_ref().is_some_and(|before| Arc::ptr_eq(&kept.whole, before))
                });
                recent.push_back(shown);
                if recent.len() > RECENT {
                    recent.pop_front();
                }
            }
        }
    }
}

impl App {
    /// Leaves the report's layout to whoever takes the newest one here: no command lays it out, and waits for that, from
    /// now on.
    #[must_use]
    pub fn leave_layout(&mut self) -> LiveView {
        self.laid_out_elsewhere = true;
        self.live()
    }

    /// The newest layout, shared.
    #[must_use]
    pub fn live(&self) -> LiveView {
        self.live.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_is_behind_finds_the_pages_before_until_it_rests() {
        let view = LiveView::default();
        let layouts: Vec<Arc<Shown>> = (0..3).map(|_| Arc::new(Shown::nothing())).collect();
        for shown in &layouts {
            view.put(Some(Arc::clone(shown)));
        }
        let recent = view.recent();
        assert!(recent.len() == 2 && Arc::ptr_eq(&recent[0], &layouts[2]) && Arc::ptr_eq(&recent[1], &layouts[1]));
        view.settle();
        assert!(view.recent().len() == 1 && view.shown().is_some_and(|shown| Arc::ptr_eq(&shown, &layouts[2])));
        view.put(None);
        view.settle();
        assert!(view.shown().is_none());
    }
}
