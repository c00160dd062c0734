//! The file being written.

use groma_prose::{Document, Inline, Span, WordBreaker};

use super::literal::{push_literal, string_literal};
use super::{Emitted, MapEntry, Resolve};
use crate::clean::wanted;

/// Words longer than this get places to break; a line of body text holds about twice as many letters.
const LONGEST_WORD: usize = 40;
const BREAK_EVERY: usize = 24;

/// A glyph knows its place in a literal only within 64 KiB; longer ones are written as several.
const LONGEST_LITERAL: usize = 32 * 1024;

/// A zero-width space. In running text it becomes a place to break that leaves no character in the PDF.
const BREAK: char = '\u{200B}';

/// How much text of footnotes, in bytes, may be printed again for further marks of the same note.
const REPEATS: usize = 20_000;

pub(super) struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) resolver: &'a dyn Resolve,
    pub(super) out: Emitted,
    pub(super) breaker: WordBreaker,
    /// By footnote: whether its text has been printed.
    pub(super) printed: Vec<bool>,
    pub(super) in_footnote: bool,
    /// What is left of [`REPEATS`].
    pub(super) repeats: usize,
    /// Inside a link no other link may stand.
    pub(super) in_link: bool,
    /// How many lists and quotations are open; each makes the lines shorter.
    pub(super) depth: usize,
    /// The last thing printed is a space: another one adds nothing.
    after_space: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, resolver: &'a dyn Resolve) -> Self {
        let out = Emitted { source: "#import \"/_shared/prose.typ\": *\n".into(), ..Emitted::default() };
        Self {
            document,
            resolver,
            out,
            breaker: WordBreaker::new(LONGEST_WORD, BREAK_EVERY),
            printed: vec![false; document.footnotes.len()],
            in_footnote: false,
            repeats: REPEATS,
            in_link: false,
            depth: 0,
            after_space: true,
        }
    }

    pub(super) fn finish(self) -> Emitted {
        self.out
    }

    /// Appends Typst of ours.
    pub(super) fn code(&mut self, typst: &str) {
        self.out.source.push_str(typst);
    }

    /// Appends a literal as an argument, outside the map.
    pub(super) fn argument(&mut self, text: &str) {
        self.out.source.push_str(&string_literal(text));
    }

    /// A new stretch of text begins: no word and no space goes on from before.
    pub(super) fn fresh_text(&mut self) {
        self.breaker.reset();
        self.after_space = true;
    }

    /// After something that is not text but stands in the line: a space that follows counts.
    pub(super) fn text_goes_on(&mut self) {
        self.breaker.reset();
        self.after_space = false;
    }

    /// Runs `write` with lines in which words of `longest` letters are sure to fit, no longer ones.
    pub(super) fn with_longest_word(&mut self, longest: usize, write: impl FnOnce(&mut Self)) {
        let longest = longest.clamp(1, LONGEST_WORD);
        let outer = std::mem::replace(&mut self.breaker, WordBreaker::new(longest, longest.min(BREAK_EVERY)));
        write(self);
        self.breaker = outer;
        self.fresh_text();
    }

    /// Runs `write` one list or quotation deeper.
    pub(super) fn deeper(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        self.with_longest_word(LONGEST_WORD.saturating_sub(2 * self.depth), write);
        self.depth -= 1;
    }

    /// Appends a run of client text as literals in markup, with places to break in long words.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        self.run(text, span, false);
    }

    /// The same for code, in which every space counts.
    pub(super) fn code_text(&mut self, text: &str, span: Span) {
        self.run(text, span, true);
    }

    fn run(&mut self, text: &str, span: Span, keep_spaces: bool) {
        // A NUL of the source, which the parser has made visible.
        if text == "\u{FFFD}" && span.len() == 1 {
            return;
        }
        // The rule of groma-prose: equal lengths mean equal text.
        let exact = text.len() == span.len();
        for (from, part) in wanted(text) {
            // A zero-width space of the author's is a place to break, like those of ours.
            let mut at = span.start + from;
            for (index, word) in part.split(BREAK).enumerate() {
                if index > 0 {
                    self.breaker.reset();
                    self.break_opportunity();
                    at += BREAK.len_utf8();
                }
                let place = if exact { Span::new(at, at + word.len()) } else { span };
                self.stretch(word, place, exact, keep_spaces);
                at += word.len();
            }
        }
    }

    /// A run in which nothing is left out.
    fn stretch(&mut self, text: &str, span: Span, exact: bool, keep_spaces: bool) {
        let mut at = span.start;
        for (index, piece) in self.breaker.pieces(text).into_iter().enumerate() {
            if index > 0 {
                self.break_opportunity();
            }
            let parts = if keep_spaces {
                self.after_space = false;
                vec![(0, piece)]
            } else {
                single_spaced(piece, &mut self.after_space)
            };
            for (from, part) in parts.into_iter().flat_map(|(from, part)| short_literals(from, part)) {
                let place = if exact { Span::new(at + from, at + from + part.len()) } else { span };
                self.literal(part, place);
            }
            at += piece.len();
        }
    }

    /// A space that stands for `span` of the source.
    pub(super) fn space(&mut self, span: Span) {
        self.breaker.reset();
        if !std::mem::replace(&mut self.after_space, true) {
            self.literal(" ", span);
        }
    }

    /// Text of ours in the flow of the client's.
    pub(super) fn own_text(&mut self, text: &str) {
        self.code("#");
        self.argument(text);
        self.after_space = text.ends_with(' ');
    }

    fn literal(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.code("#");
        let start = self.out.source.len();
        if text.contains('\t') {
            // A tab in running text is a space, of the same length.
            push_literal(&mut self.out.source, &text.replace('\t', " "));
        } else {
            push_literal(&mut self.out.source, text);
        }
        self.out.map.push(MapEntry { typst: start..self.out.source.len(), markdown: span.range() });
    }

    pub(super) fn break_opportunity(&mut self) {
        self.code("#wbr");
    }

    /// Maps what was written from `start` on to `span` as a whole.
    pub(super) fn map_whole(&mut self, start: usize, span: Span) {
        self.out.map.push(MapEntry { typst: start..self.out.source.len(), markdown: span.range() });
    }

    /// A content block of running text: `[…]`.
    pub(super) fn content(&mut self, content: &[Inline]) {
        self.code("[");
        self.inlines(content);
        self.code("]");
    }
}

/// The parts of `text` in which no space follows another; a literal keeps every space it is given.
fn single_spaced<'t>(text: &'t str, after_space: &mut bool) -> Vec<(usize, &'t str)> {
    let mut parts = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let space = matches!(c, ' ' | '\t');
        if space && *after_space {
            if let Some(from) = start.take() {
                parts.push((from, &text[from..at]));
            }
        } else if start.is_none() {
            start = Some(at);
        }
        *after_space = space;
    }
    if let Some(from) = start {
        parts.push((from, &text[from..]));
    }
    parts
}

/// Cuts overlong text into several literals.
fn short_literals(from: usize, part: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::with_capacity(1);
    let mut start = 0;
    for (at, c) in part.char_indices() {
        if at > start && at + c.len_utf8() - start > LONGEST_LITERAL {
            parts.push((from + start, &part[start..at]));
            start = at;
        }
    }
    parts.push((from + start, &part[start..]));
    parts
}
