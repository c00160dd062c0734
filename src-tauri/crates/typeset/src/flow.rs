//! A page's text in reading order: its runs, what stands between them, and where words are found in it.

use std::ops::Range;

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::compiled::Compiled;
use crate::hit::{Area, bounds, line_box};

/// The sign of a word divided at a line's end, drawn as a hyphen: it belongs to the line, not to the word.
const DIVIDED: char = '\u{ad}';

/// A run of text on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The text, without the hyphen of a divided word.
    pub text: String,
    /// Where it stands.
    pub area: Area,
    /// What stands between it and the next run when both are copied: nothing within a word or where the text has its
    /// own space, a space, a tab between cells, a line break.
    pub after: &'static str,
}

/// A run as it lies in the page's frame.
struct Piece<'a> {
    item: &'a TextItem,
    /// Takes the run's coordinates to the page's.
    placed: Transform,
    area: Area,
    after: &'static str,
}

impl Piece<'_> {
    /// The rectangle of the letters that come from the bytes `range` of the run's text.
    fn stretch(&self, range: &Range<usize>) -> Option<Area> {
        let mut x = Abs::zero();
        let mut found: Option<(Abs, Abs)> = None;
        for glyph in &self.item.glyphs {
            let width = glyph.x_advance.at(self.item.size);
            let letters = glyph.range();
            if letters.start < range.end && letters.end > range.start {
                found = Some((found.map_or(x, |(from, _)| from), x + width));
            }
            x += width;
        }
        let (from, to) = found?;
        let (top, height) = line_box(self.item);
        Some(bounds(self.area.page, self.placed, Point::new(from, top), Size::new(to - from, height)))
    }
}

/// What is looked for, made comparable.
#[derive(Debug, Clone)]
pub struct Wanted(String);

impl Wanted {
    /// None when there is nothing to look for.
    #[must_use]
    pub fn of(query: &str) -> Option<Self> {
        let mut wanted = String::new();
        query.trim().chars().for_each(|letter| fold(letter, |folded| push(&mut wanted, folded)));
        (!wanted.is_empty()).then_some(Self(wanted))
    }
}

impl Compiled {
    /// The runs of text on page number `page` (from 0), in reading order; empty when there is no such page.
    #[must_use]
    pub fn runs(&self, page: usize) -> Vec<Run> {
        self.document.pages().get(page).map(|content| runs(&content.frame, page)).unwrap_or_default()
    }

    /// Where a text stands on page number `page` (from 0): for each hit one rectangle a run.
    ///
    /// Case and diacritics do not matter, nor how wide a space is; a text is found across runs, line ends and divided
    /// words, but not across pages.
    #[must_use]
    pub fn find(&self, page: usize, wanted: &Wanted) -> Vec<Vec<Area>> {
        self.document.pages().get(page).map(|content| find(&content.frame, page, wanted)).unwrap_or_default()
    }
}

pub(crate) fn runs(frame: &Frame, page: usize) -> Vec<Run> {
    let pieces = pieces(frame, page).into_iter();
    pieces.map(|piece| Run { text: piece.item.text.to_string(), area: piece.area, after: piece.after }).collect()
}

pub(crate) fn find(frame: &Frame, page: usize, wanted: &Wanted) -> Vec<Vec<Area>> {
    let pieces = pieces(frame, page);
    let folded = Folded::of(&pieces);
    let hits = folded.text.match_indices(&wanted.0).map(|(at, _)| {
        let places = folded.places(at..at + wanted.0.len()).into_iter();
        // A space that a line ends with takes no room.
        let areas = places.filter_map(|(piece, range)| pieces[piece].stretch(&range));
        areas.filter(|area| area.width > 0.0 && area.height > 0.0).collect::<Vec<_>>()
    });
    hits.filter(|areas| !areas.is_empty()).collect()
}

fn pieces(frame: &Frame, page: usize) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    collect(frame, page, Transform::identity(), &mut pieces);
    for at in 1..pieces.len() {
        let after = between(&pieces[at - 1], &pieces[at]);
        pieces[at - 1].after = after;
    }
    if let Some(last) = pieces.last_mut() {
        last.after = "\n";
    }
    // The hyphens have said that the word goes on.
    pieces.retain(|piece| !is_divider(piece.item));
    pieces
}

/// What stands between a run and the next.
fn between(one: &Piece<'_>, next: &Piece<'_>) -> &'static str {
    if is_divider(one.item) || is_divider(next.item) {
        return "";
    }
    let (a, b) = (&one.area, &next.area);
    let overlap = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    let gap = b.x - (a.x + a.width);
    let em = a.height.min(b.height);
    let spaced = one.item.text.ends_with(char::is_whitespace);
    if overlap > em / 2.0 && gap > -em {
        return match gap {
            gap if gap > em => "\t",
            gap if gap > em * 0.12 && !spaced => " ",
            _ => "",
        };
    }
    // Only a line that a paragraph goes on from keeps its space, or breaks within one text.
    let near = b.y - a.y < em * 2.5 && b.y > a.y;
    if near && (spaced || is_one_text(one.item, next.item)) { "" } else { "\n" }
}

/// Whether a run goes on where another ends: then they are one word, broken after a hyphen or a slash of its own. What
/// is printed twice from one place in a source, as the rows of a table are, begins anew.
fn is_one_text(one: &TextItem, next: &TextItem) -> bool {
    let (Some(last), Some(first)) = (one.glyphs.last(), next.glyphs.first()) else { return false };
    last.span.0 == first.span.0 && last.span.1 < first.span.1
}

fn is_divider(item: &TextItem) -> bool {
    !item.text.is_empty() && item.text.chars().all(|letter| letter == DIVIDED)
}

fn collect<'a>(frame: &'a Frame, page: usize, transform: Transform, pieces: &mut Vec<Piece<'a>>) {
    for (pos, item) in frame.items() {
        let placed = transform.pre_concat(Transform::translate(pos.x, pos.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, page, placed.pre_concat(group.transform), pieces),
            FrameItem::Text(item) => {
                let (top, height) = line_box(item);
                let area = bounds(page, placed, Point::with_y(top), Size::new(item.width(), height));
                pieces.push(Piece { item, placed, area, after: "" });
            }
            _ => {}
        }
    }
}

/// A page's text made comparable, with the way back to its runs.
struct Folded {
    text: String,
    /// For every byte of `text`: the run, and the bytes of the letter in it; none for what stands between runs.
    origins: Vec<Option<(usize, Range<usize>)>>,
}

impl Folded {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut folded = Self { text: String::new(), origins: Vec::new() };
        for (piece, run) in pieces.iter().enumerate() {
            for (start, letter) in run.item.text.char_indices() {
                let origin = Some((piece, start..start + letter.len_utf8()));
                fold(letter, |part| folded.push(part, origin.clone()));
            }
            run.after.chars().for_each(|letter| folded.push(letter, None));
        }
        folded
    }

    fn push(&mut self, letter: char, origin: Option<(usize, Range<usize>)>) {
        push(&mut self.text, letter);
        self.origins.resize(self.text.len(), origin);
    }

    /// The runs that bytes of `text` come from, each with the bytes of its own text.
    fn places(&self, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
        let mut places: Vec<(usize, Range<usize>)> = Vec::new();
        for (piece, letters) in self.origins[range].iter().flatten() {
            match places.last_mut() {
                Some((last, bytes)) if last == piece => bytes.end = bytes.end.max(letters.end),
                _ => places.push((*piece, letters.clone())),
            }
        }
        places
    }
}

/// Adds a letter; of several spaces one stays.
fn push(text: &mut String, letter: char) {
    if letter.is_whitespace() {
        if !text.ends_with(' ') {
            text.push(' ');
        }
    } else {
        text.push(letter);
    }
}

/// A letter without its case, its marks, its ligature: what is the same to somebody who searches.
fn fold(letter: char, mut to: impl FnMut(char)) {
    match letter {
        DIVIDED | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        'ß' | 'ẞ' => ['s', 's'].into_iter().for_each(to),
        '\u{2018}'..='\u{201b}' => to('\''),
        '\u{201c}'..='\u{201f}' => to('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => to('-'),
        _ if letter.is_ascii() => to(letter.to_ascii_lowercase()),
        _ => std::iter::once(letter)
            .nfkd()
            .filter(|part| !is_combining_mark(*part))
            .flat_map(char::to_lowercase)
            .for_each(to),
    }
}
