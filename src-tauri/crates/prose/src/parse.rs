//! Markdown to the tree: one pass over the parser's events with an explicit stack.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::inline::{push_substitute, push_verbatim};
use crate::tree::{Alignment, Block, Cell, Document, Inline, Span};

mod stack;

use stack::{Frame, Kind, Stack};

/// Lists and quotations nested deeper than this are printed as text.
pub const MAX_BLOCK_DEPTH: usize = 8;

/// Emphasis, links and the like nested deeper than this are printed as text.
pub const MAX_INLINE_DEPTH: usize = 8;

/// Reads Markdown: CommonMark with tables, task lists, footnotes and strikethrough.
///
/// Never fails: everything is some document. Raw HTML is kept as literal text.
/// A byte order mark at the start is passed over; a lone CR is a line end.
#[must_use]
pub fn parse(source: &str) -> Document {
    let base = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let normal = lone_cr_to_lf(source);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader { source: &normal, stack: Stack::new(), skipping: 0 };
    for (event, range) in Parser::new_ext(&normal[base..], options).into_offset_iter() {
        reader.event(event, Span::new(range.start + base, range.end + base));
    }
    reader.stack.finish()
}

/// Same length, so that every span holds for the original as well.
fn lone_cr_to_lf(source: &str) -> Cow<'_, str> {
    if !source.contains('\r') {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        text.push(if c == '\r' && rest.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(text)
}

struct Reader<'a> {
    source: &'a str,
    stack: Stack,
    /// Open elements inside a container that was too deep and is already printed as text.
    skipping: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, span),
            Event::Code(code) => self.code(&code, span),
            Event::Html(_) => self.literal_lines(span),
            Event::InlineHtml(_) => self.literal_lines(span),
            Event::FootnoteReference(label) => self.stack.footnote_reference(&label, span),
            Event::SoftBreak => self.stack.inlines(span).push(Inline::SoftBreak { span }),
            Event::HardBreak => self.stack.inlines(span).push(Inline::HardBreak { span }),
            Event::Rule => self.stack.block(Block::Rule { span }),
            Event::TaskListMarker(checked) => self.stack.task(checked),
            // Off in the options; kept as written should the parser ever send them.
            Event::InlineMath(_) | Event::DisplayMath(_) => self.literal_lines(span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph { implied: false },
            Tag::Heading { level, .. } => Kind::Heading { level: level_number(level) },
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::List(start) => Kind::List { start, tight: true, items: Vec::new() },
            Tag::Item => Kind::Item { checked: None },
            Tag::CodeBlock(kind) => Kind::Code { language: language(&kind), text: Vec::new() },
            Tag::HtmlBlock => Kind::Html,
            Tag::FootnoteDefinition(label) => Kind::Footnote { label: label.to_string() },
            Tag::Table(columns) => Kind::Table {
                columns: columns.into_iter().map(alignment).collect(),
                header: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => Kind::Row { cells: Vec::new() },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                Kind::Link { target: scheme.to_owned() + &clean(&dest_url), title: clean(&title) }
            }
            Tag::Image { dest_url, title, .. } => Kind::Image { target: clean(&dest_url), title: clean(&title) },
            // Extensions that are off: their content reads as ordinary text.
            Tag::Superscript | Tag::Subscript => Kind::Emphasis,
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::MetadataBlock(_) => {
                Kind::Quote
            }
        };
        if kind.is_inline() {
            if self.stack.inline_depth() >= MAX_INLINE_DEPTH {
                self.skipping = 1;
                return self.literal_lines(span);
            }
            // Makes sure that a paragraph is open to hold it.
            self.stack.inlines(span);
        } else if kind.nests() && self.stack.block_depth() >= MAX_BLOCK_DEPTH {
            self.skipping = 1;
            return self.literal_block(span);
        }
        self.stack.open(Frame::new(kind, span));
    }

    fn end(&mut self, end: TagEnd) {
        if let TagEnd::TableRow | TagEnd::TableHead = end {
            self.surplus_cells();
        }
        self.stack.close();
    }

    fn text(&mut self, text: &str, span: Span) {
        if let Some(lines) = self.stack.code_text() {
            lines.push((text.to_owned(), span));
            return;
        }
        let written = self.source.get(span.range()).unwrap_or_default();
        // The parser's span may be longer than the text: by the line end after a backslash, by space at a line's end.
        let exact = written == text || (!written.starts_with('&') && text.ends_with(char::is_whitespace));
        let written = if exact { written } else { written.trim_end() };
        let span = Span::new(span.start, span.start + written.len());
        let entity = written != text && written.starts_with('&') && written.ends_with(';');
        if written.starts_with(text) && !entity {
            push_verbatim(self.stack.inlines(span), text, span.start);
        } else if !(span.is_empty() && text.trim().is_empty()) {
            // Indentation that the parser makes up before unfinished HTML is not the author's.
            push_substitute(self.stack.inlines(span), text, span);
        }
    }

    fn code(&mut self, code: &str, span: Span) {
        let raw = self.source.get(span.range()).unwrap_or_default();
        let ticks = raw.bytes().take_while(|&b| b == b'`').count();
        let inner = raw.get(ticks..raw.len().saturating_sub(ticks)).unwrap_or(raw);
        let shift = if inner == code { 0 } else { usize::from(inner.starts_with([' ', '\n'])) };
        let start = span.start + ticks + shift;
        let text = code.replace('\0', "\u{FFFD}").replace(['\r', '\n'], " ");
        let place = if self.source.get(start..start + code.len()) == Some(code) {
            Span::new(start, start + code.len())
        } else {
            let between = Span::new(span.start + ticks, span.end.saturating_sub(ticks).max(span.start + ticks));
            let same = self.source.get(between.range()).is_some_and(|raw| raw.replace(['\r', '\n'], " ") == text);
            // What is left out and what is put in may be as long as each other: the length must not say that all is the same.
            if same || between.len() != text.len() { between } else { span }
        };
        self.stack.inlines(span).push(Inline::Code { text, span: place });
    }

    /// The source itself, line by line, in the paragraph that is open.
    fn literal_lines(&mut self, span: Span) {
        let mut at = span.start;
        let source = self.source.get(span.range()).unwrap_or_default();
        for line in source.split_inclusive('\n') {
            let text = line.trim_end_matches(['\n', '\r']);
            let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
            let skip = if at == span.start { 0 } else { indent };
            let inlines = self.stack.inlines(span);
            push_verbatim(inlines, &text[skip..], at + skip);
            if line.len() > text.len() {
                inlines.push(Inline::HardBreak { span: Span::new(at + text.len(), at + line.len()) });
            }
            at += line.len();
        }
    }

    /// A container that is too deep, as a paragraph of its source.
    fn literal_block(&mut self, span: Span) {
        self.stack.close_implied();
        self.literal_lines(span);
        self.stack.close_implied();
    }

    /// Cells beyond the table's columns would be dropped; they stay as text in the last cell.
    fn surplus_cells(&mut self) {
        let Some((row, cells)) = self.stack.row() else {
            return;
        };
        let Some(last) = cells.last_mut() else { return };
        let rest = last.span.end..row.end;
        let Some(text) = self.source.get(rest.clone()) else {
            return;
        };
        let text = text.trim_end();
        let text = text.strip_suffix('|').unwrap_or(text).trim_end();
        if text.trim_matches(['|', ' ', '\t']).is_empty() {
            return;
        }
        let Cell { content, span } = last;
        let space = usize::from(self.source[..rest.start].ends_with(' ') && !content.is_empty());
        let text_end = rest.start + text.len();
        push_verbatim(content, &self.source[rest.start - space..text_end], rest.start - space);
        span.end = text_end;
    }
}

/// A target or title, free of what no output can print.
fn clean(text: &CowStr<'_>) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    match kind {
        CodeBlockKind::Indented => None,
        // Both "rust,ignore" and "{.rust .numbered}" say rust.
        CodeBlockKind::Fenced(info) => info
            .trim_start_matches(['{', '.', ' '])
            .split([' ', '\t', ',', '{', '}'])
            .next()
            .filter(|word| !word.is_empty())
            .map(|word| word.replace('\0', "\u{FFFD}")),
    }
}

const fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

const fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
