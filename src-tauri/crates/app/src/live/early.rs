//! The part that someone is typing in, laid out before the whole: what it costs does not depend on the report's length.
//!
//! A part begins where the last layout of the whole has it: its first page is put together from what stood above it and
//! the part's own lines. What it refers to (page numbers, figures before it) is answered from that layout too. Where the
//! edit moves more than that, the whole layout, which follows, puts it right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use groma_model::{Finding, Id, Kind};
use groma_report::{Part, PartPlace, SomeFindings};
use groma_typeset::{Mark, Typesetter};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Ahead, Page, Shown, Whole};
use crate::composed::{Basis, date};

/// Room above a part, in points, in which what stood above it may end and nothing of it begins: less than lies between
/// the edge of a table's row and its text, so that the edge is the one that the page had.
const ROOM: f64 = 3.0;
/// How many findings behind the edited one are laid out with it at most, to fill the page on which it ends.
const MOST_BEHIND: usize = 12;

/// What is being typed into an object and not accepted yet: shown on the live page, kept nowhere.
#[derive(Debug, Clone, PartialEq, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// The fields as they are now.
    pub fields: Map<String, Value>,
}

/// A part to be laid out.
struct Wanted {
    part: Part,
    /// Its first page in the whole, from 0.
    from: usize,
    /// How many pages of the whole it takes at least, and at most.
    pages: (usize, usize),
    /// Where it begins on its first page; none at the page's beginning.
    at: Option<f64>,
    /// The mark behind what is edited, and whether nothing comes behind the part.
    next: Option<String>,
    complete: bool,
}

/// Lays parts out ahead of the whole.
#[derive(Default)]
pub struct Early {
    beside: Option<Beside>,
    /// Which section prints a prose file, as far as that was asked.
    sections: BTreeMap<String, String>,
}

struct Beside {
    whole: Arc<Whole>,
    typesetter: Typesetter,
    /// Files that are not those of the whole.
    over: BTreeSet<String>,
}

impl Early {
    /// The pages with what is typed on them. None where the part cannot be laid out alone: then the whole must do.
    pub fn lay_out(&mut self, shown: &Shown, draft: &Draft) -> Option<Shown> {
        let whole = &shown.whole;
        let basis = whole.basis.as_ref().filter(|basis| basis.template.info.parts)?;
        let wanted = match draft.kind {
            Kind::Finding => finding(whole, basis, draft)?,
            _ => self.section(whole, basis, draft)?,
        };
        let typesetter = self.typesetter(whole, basis, &wanted.part)?;
        let compiled = typesetter.compile_beside().ok()?;

        let (least, most) = wanted.pages;
        let ends = wanted.next.and_then(|next| Some(compiled.marks().iter().find(|mark| mark.text == next)?.page + 1));
        let mut pages = ends.map_or(least, |ends| ends.max(least)).min(most).min(compiled.pages());
        // What was left out would follow on the last.
        if !wanted.complete && pages == compiled.pages() && pages > 1 {
            pages -= 1;
        }
        let cut = wanted.at.map(|at| at - ROOM);
        let sheets = (0..pages).map(|page| {
            let sheet = match cut.filter(|_| page == 0) {
                Some(cut) => compiled.sheet_below(page, cut, &whole.compiled(), wanted.from)?,
                None => compiled.sheet(page)?,
            };
            let (width, height) = sheet.size();
            Some((Page { hash: sheet.hash(), width, height }, sheet))
        });
        let sheets: Vec<_> = sheets.collect::<Option<_>>()?;
        let mut layout = shown.layout.clone();
        for (page, (shown, _)) in layout.pages.iter_mut().skip(wanted.from).zip(&sheets) {
            *page = shown.clone();
        }
        let Part { mut files, prose } = wanted.part;
        let sources = prose.into_iter().filter_map(|(path, file)| {
            let typst = String::from_utf8(files.remove(&path)?).ok()?;
            Some((path, (typst, file)))
        });
        let sources = sources.collect();
        let ahead = Ahead { compiled, sources, from: wanted.from, sheets, cut, draft: draft.clone() };
        Some(Shown { whole: Arc::clone(whole), ahead: Some(Arc::new(ahead)), layout })
    }

    /// Lets go of a layout of the whole that is not the newest.
    pub fn settle(&mut self, newest: &Shown) {
        self.beside.take_if(|beside| !Arc::ptr_eq(&beside.whole, &newest.whole));
    }

    /// Makes ready for the next letter: lays out the part that was typed in last, or else that of the first finding.
    pub fn warm(&mut self, shown: &Shown, last: Option<&Draft>) {
        let first = || {
            let finding = shown.whole.basis.as_ref()?.contents.findings.first()?;
            Some(Draft { kind: Kind::Finding, id: finding.id, fields: Map::new() })
        };
        // What is shown is not this: a part that cannot be laid out alone now needs no warmth either.
        let _ = last.cloned().or_else(first).and_then(|draft| self.lay_out(shown, &draft));
    }

    /// The typesetter of parts, with the part's files over those of the whole.
    fn typesetter(&mut self, whole: &Arc<Whole>, basis: &Basis, part: &Part) -> Option<&mut Typesetter> {
        if self.beside.as_ref().is_none_or(|beside| !Arc::ptr_eq(&beside.whole, whole)) {
            let date = date(&basis.contents.engagement);
            let typesetter = Typesetter::beside(basis.fonts.set.clone(), &whole.compiled(), "/main.typ", date).ok()?;
            self.beside = Some(Beside { whole: Arc::clone(whole), typesetter, over: BTreeSet::new() });
        }
        let beside = self.beside.as_mut()?;
        for path in std::mem::take(&mut beside.over) {
            // What was typed elsewhere before.
            if let Some((typst, _)) = whole.sources.get(&path).filter(|_| !part.files.contains_key(&path)) {
                beside.typesetter.replace(&path, typst.clone()).ok()?;
            }
        }
        for (path, bytes) in &part.files {
            beside.typesetter.replace(path, bytes.clone()).ok()?;
            beside.over.insert(path.clone());
        }
        Some(&mut beside.typesetter)
    }

    /// The section that prints the one prose field that is typed in.
    fn section(&mut self, whole: &Whole, basis: &Basis, draft: &Draft) -> Option<Wanted> {
        let (path, file, text) = prose(whole, draft)?;
        let section = match self.sections.get(path) {
            Some(section) => section.clone(),
            None => {
                let (typst, _) = whole.sources.get(path)?;
                let printed = whole.compiled().areas_of(path, 0..typst.len()).ok()?;
                let first = printed.first()?;
                let above = |mark: &&Mark| (mark.page, mark.y) < (first.page, first.y + first.height);
                let section = whole.marks.iter().filter(above).filter_map(section_of).next_back()?.to_owned();
                self.sections.entry(path.clone()).or_insert(section).clone()
            }
        };
        let number = whole.marks.iter().position(|mark| section_of(mark) == Some(&section))?;
        let start = &whole.marks[number];
        // A section that goes on where another ends begins somewhere on a page.
        let at = run_of(start).is_none().then_some(start.y);
        let next = whole.marks[number + 1..].iter().find(|mark| section_of(mark).is_some());
        let next = next.filter(|next| run_of(next).is_none());
        let most = end_of_run(whole, number) + 1 - start.page;
        let least = next.map_or(most, |next| next.page + 1 - start.page);
        let mut part = Part::of_section(place(whole, &section, start, at)).ok()?;
        if !part.put_prose(&basis.input(), path, file, text) {
            return None;
        }
        let (pages, complete) = ((least, most), next.is_none());
        Some(Wanted { part, from: start.page, pages, at, next: next.map(|next| next.text.clone()), complete })
    }
}

impl Shown {
    /// Whether the engagement held what is typed when it was laid out.
    #[must_use]
    pub fn holds(&self, draft: &Draft) -> bool {
        let Some(basis) = &self.whole.basis else { return false };
        if draft.kind == Kind::Finding {
            let finding = basis.contents.findings.iter().find(|finding| finding.id == draft.id);
            let held = finding.and_then(|finding| serde_json::to_value(finding).ok());
            return held.is_none_or(|held| draft.fields.iter().all(|(field, value)| held.get(field) == Some(value)));
        }
        let Some((path, file, text)) = prose(&self.whole, draft) else { return true };
        let mut part = Part::default();
        part.put_prose(&basis.input(), path, file, text)
            && part.files.get(path).map(Vec::as_slice)
                == self.whole.sources.get(path).map(|(typst, _)| typst.as_bytes())
    }
}

/// The prose file that is typed in, when it is one and nothing else.
fn prose<'a>(whole: &'a Whole, draft: &'a Draft) -> Option<(&'a String, &'a groma_report::ProseFile, &'a str)> {
    let mut fields = draft.fields.iter();
    let (field, text) = fields.next().filter(|_| draft.fields.len() == 1)?;
    let of_field =
        |file: &groma_report::ProseFile| file.kind == draft.kind && file.id == draft.id && file.field == field;
    let (path, (_, file)) = whole.sources.iter().find(|(_, (_, file))| of_field(file))?;
    Some((path, file, text.as_str()?))
}

/// A finding, with as many behind it as are needed to fill its last page.
fn finding(whole: &Whole, basis: &Basis, draft: &Draft) -> Option<Wanted> {
    // Then it stands elsewhere in the order.
    if ["kind", "number"].iter().any(|field| draft.fields.contains_key(*field)) {
        return None;
    }
    let by_number: BTreeMap<String, &Finding> =
        basis.contents.findings.iter().map(|finding| (format!("finding:{}", finding.number), finding)).collect();
    let told: Vec<(usize, &Mark)> =
        whole.marks.iter().enumerate().filter(|(_, mark)| by_number.contains_key(&mark.text)).collect();
    let first = told.iter().position(|(_, mark)| by_number[&mark.text].id == draft.id)?;
    let (at, start) = told[first];
    let section = whole.marks[..at].iter().filter_map(section_of).next_back()?;
    let end = end_of_run(whole, at);
    // What goes on behind the last finding, where another section does.
    let mut run = whole.marks[at + 1..].iter().take_while(|mark| run_of(mark).is_none());
    let follows = run.find(|mark| section_of(mark).is_some());
    let next = told.get(first + 1).map(|(_, mark)| *mark).or(follows);
    let last_page = next.map_or(end, |mark| mark.page.min(end));
    let behind = told[first + 1..].iter().take_while(|(_, mark)| mark.page <= last_page + 1).take(MOST_BEHIND).count();

    let mut edited = serde_json::to_value(by_number[&start.text]).ok()?;
    edited.as_object_mut()?.extend(draft.fields.clone());
    let edited: Finding = serde_json::from_value(edited).ok()?;
    let following = told[first + 1..=first + behind].iter().map(|(_, mark)| by_number[&mark.text]);
    let findings: Vec<&Finding> = std::iter::once(&edited).chain(following).collect();
    let some = SomeFindings { findings: &findings, first, count: told.len() };
    let place = place(whole, section, start, Some(start.y));
    let part = Part::of_findings(&basis.input(), &basis.issues, place, some).ok()?;
    Some(Wanted {
        part,
        from: start.page,
        pages: (last_page + 1 - start.page, end + 1 - start.page),
        at: Some(start.y),
        next: next.map(|mark| mark.text.clone()),
        complete: first + behind + 1 == told.len() && follows.is_none(),
    })
}

fn place<'a>(whole: &Whole, section: &'a str, start: &Mark, at: Option<f64>) -> PartPlace<'a> {
    let (figures, notes) = (start.figures, start.notes);
    PartPlace { section, page: start.page + 1, pages: whole.compiled().pages(), figures, notes, at }
}

/// The section with which a run of pages begins.
fn run_of(mark: &Mark) -> Option<&str> {
    mark.text.strip_prefix("run:")
}

/// The section that begins there, whether with a run of pages or where another ends.
fn section_of(mark: &Mark) -> Option<&str> {
    run_of(mark).or_else(|| mark.text.strip_prefix("section:"))
}

/// The last page of the run in which the mark number `at` stands, from 0.
fn end_of_run(whole: &Whole, at: usize) -> usize {
    let next = whole.marks[at + 1..].iter().find(|mark| run_of(mark).is_some());
    next.map_or(whole.compiled().pages(), |next| next.page).saturating_sub(1)
}
