//! Markdown as a tree of headed sections, each block with its line.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Stands for each underscore of a blank (`______`), which Markdown might take for emphasis. One byte, as the
/// underscore, so that places stay true.
pub(super) const BLANK: char = '\u{1f}';

/// Inline text: pieces that are strong or not; `\n` is a line break.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Text(pub Vec<(String, bool)>);

impl Text {
    fn push(&mut self, text: &str, strong: bool) {
        match self.0.last_mut().filter(|last| last.1 == strong) {
            Some(last) => last.0.push_str(text),
            None => self.0.push((text.to_owned(), strong)),
        }
    }

    /// The whole text without marks, trimmed.
    pub fn plain(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect::<String>().trim().to_owned()
    }

    pub fn is_empty(&self) -> bool {
        self.plain().is_empty()
    }

    /// The strong text that it begins with, if it does, and what follows.
    pub fn lead(&self) -> Option<(String, String)> {
        let first = self.0.iter().position(|(text, _)| !text.trim().is_empty())?;
        let (lead, strong) = &self.0[first];
        let rest: String = self.0[first + 1..].iter().map(|(text, _)| text.as_str()).collect();
        strong.then(|| (lead.trim().to_owned(), rest.trim().to_owned()))
    }

    /// The lines, each as a text.
    pub fn lines(&self) -> Vec<Self> {
        let mut lines = vec![Self::default()];
        for (text, strong) in &self.0 {
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 {
                    lines.push(Self::default());
                }
                if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                    line.push(part, *strong);
                }
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// `**Label**: value` or `**Label:** value`.
    pub fn labelled(&self) -> Option<(String, String)> {
        let (lead, rest) = self.lead()?;
        if let Some(label) = lead.strip_suffix(':') {
            return Some((label.trim().to_owned(), rest));
        }
        Some((lead, rest.strip_prefix(':')?.trim().to_owned()))
    }
}

/// An item of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    pub line: u64,
    /// Whether the box is ticked; none when it has no box.
    pub ticked: Option<bool>,
    pub text: Text,
    pub blocks: Vec<Block>,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub line: u64,
    pub cells: Vec<Text>,
    /// Cells beyond the table's columns, which Markdown leaves out.
    pub lost: usize,
}

/// What a block is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Paragraph(Text),
    List(Vec<Item>),
    Table {
        head: Vec<Text>,
        rows: Vec<Row>,
    },
    Comment(String),
    /// Code, quotes, HTML: its name and its source.
    Other(&'static str, String),
}

/// A block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub line: u64,
    pub kind: Kind,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// 0 for the document itself.
    pub level: u8,
    pub title: String,
    pub line: u64,
    pub blocks: Vec<Block>,
    pub children: Vec<Section>,
}

impl Section {
    /// Whether a condition holds for this section or one below it.
    pub fn any(&self, condition: &impl Fn(&Self) -> bool) -> bool {
        condition(self) || self.children.iter().any(|child| child.any(condition))
    }
}

/// Reads Markdown that begins on line `first_line` of its file.
pub(super) fn read(text: &str, first_line: u64) -> Section {
    let guarded = guard_blanks(text);
    let starts: Vec<usize> = std::iter::once(0).chain(guarded.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let parser = Parser::new_ext(&guarded, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS);
    let mut reader = Reader { events: parser.into_offset_iter(), source: &guarded, starts, first_line };
    let mut open = vec![Section { line: first_line, ..Section::default() }];
    while let Some((event, range)) = reader.events.next() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let line = reader.line(&range);
            let text = reader.inline(&mut Text::default(), TagEnd::Heading(level));
            let title = text.plain();
            // `Evidence:` above an empty bullet is a label, though Markdown takes the dash for an underline.
            if title.ends_with(':') && !guarded[range].starts_with('#') {
                let kind = Kind::Paragraph(text);
                open.last_mut().into_iter().for_each(|section| section.blocks.push(Block { line, kind: kind.clone() }));
                continue;
            }
            close(&mut open, depth(level));
            open.push(Section { level: depth(level), title, line, ..Section::default() });
        } else if let Some(block) = reader.block(event, range)
            && let Some(section) = open.last_mut()
        {
            section.blocks.push(block);
        }
    }
    close(&mut open, 1);
    open.pop().unwrap_or_default()
}

/// Hangs the open sections of this depth and deeper into their parents.
fn close(open: &mut Vec<Section>, depth: u8) {
    while open.last().is_some_and(|section| section.level >= depth) {
        if let Some(done) = open.pop()
            && let Some(parent) = open.last_mut()
        {
            parent.children.push(done);
        }
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

/// Replaces the underscores of blanks, but not those of a line that is nothing else (a rule).
fn guard_blanks(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim().chars().all(|c| c == '_' || c == ' ') {
            guarded.push_str(line);
            continue;
        }
        let mut rest = line;
        while let Some(at) = rest.find("___") {
            let run = rest[at..].bytes().take_while(|byte| *byte == b'_').count();
            guarded.push_str(&rest[..at]);
            guarded.extend(std::iter::repeat_n(BLANK, run));
            rest = &rest[at + run..];
        }
        guarded.push_str(rest);
    }
    guarded
}

struct Reader<'a> {
    events: pulldown_cmark::OffsetIter<'a>,
    source: &'a str,
    starts: Vec<usize>,
    first_line: u64,
}

impl<'a> Reader<'a> {
    fn line(&self, range: &Range<usize>) -> u64 {
        self.first_line + self.starts.partition_point(|start| *start <= range.start) as u64 - 1
    }

    fn block(&mut self, event: Event<'a>, range: Range<usize>) -> Option<Block> {
        let line = self.line(&range);
        let kind = match event {
            Event::Start(Tag::Paragraph) => Kind::Paragraph(self.inline(&mut Text::default(), TagEnd::Paragraph)),
            Event::Start(Tag::List(_)) => Kind::List(self.list()),
            Event::Start(Tag::Table(_)) => self.table(),
            Event::Start(tag) => {
                let source = self.source.get(range).unwrap_or_default().trim().to_owned();
                self.skip(tag.to_end());
                match tag {
                    Tag::HtmlBlock if source.starts_with("<!--") => Kind::Comment(source),
                    Tag::HtmlBlock => Kind::Other("HTML", source),
                    Tag::CodeBlock(_) => Kind::Other("code", source),
                    Tag::BlockQuote(_) => Kind::Other("a quotation", source),
                    _ => Kind::Other("a block", source),
                }
            }
            // Rules only separate.
            _ => return None,
        };
        Some(Block { line, kind })
    }

    fn skip(&mut self, end: TagEnd) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(tag) if tag.to_end() == end => depth += 1,
                Event::End(tag) if tag == end => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    /// Collects inline text until `end`.
    fn inline(&mut self, text: &mut Text, end: TagEnd) -> Text {
        let mut strong = 0;
        for (event, _) in self.events.by_ref() {
            if event == Event::End(end) {
                break;
            }
            inline_event(&event, text, &mut strong);
        }
        std::mem::take(text)
    }

    fn list(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let line = self.line(&range);
                    items.push(self.item(line));
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items
    }

    fn item(&mut self, line: u64) -> Item {
        let mut item = Item { line, ..Item::default() };
        let mut strong = 0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::TaskListMarker(ticked) => item.ticked = Some(ticked),
                Event::Start(Tag::Paragraph) if item.text.is_empty() => {
                    // In a loose list the box stands inside the paragraph.
                    let mut strong = 0;
                    for (event, _) in self.events.by_ref() {
                        match event {
                            Event::End(TagEnd::Paragraph) => break,
                            Event::TaskListMarker(ticked) => item.ticked = Some(ticked),
                            event => inline_event(&event, &mut item.text, &mut strong),
                        }
                    }
                }
                Event::Start(
                    Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
                )
                | Event::End(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::HardBreak => inline_event(&event, &mut item.text, &mut strong),
                event => item.blocks.extend(self.block(event, range)),
            }
        }
        item
    }

    fn table(&mut self) -> Kind {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => head = self.cells(TagEnd::TableHead),
                Event::Start(Tag::TableRow) => {
                    let line = self.line(&range);
                    let written = written_cells(self.source.get(range).unwrap_or_default());
                    let cells = self.cells(TagEnd::TableRow);
                    rows.push(Row { line, lost: written.saturating_sub(head.len()), cells });
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Kind::Table { head, rows }
    }

    fn cells(&mut self, end: TagEnd) -> Vec<Text> {
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.inline(&mut Text::default(), TagEnd::TableCell)),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        cells
    }
}

fn inline_event(event: &Event<'_>, text: &mut Text, strong: &mut usize) {
    match event {
        Event::Start(Tag::Strong) => *strong += 1,
        Event::End(TagEnd::Strong) => *strong = strong.saturating_sub(1),
        Event::Text(part) | Event::Code(part) => text.push(part, *strong > 0),
        Event::SoftBreak | Event::HardBreak => text.push("\n", *strong > 0),
        Event::InlineHtml(html) if html.starts_with("<br") => text.push("\n", *strong > 0),
        _ => {}
    }
}

/// Cells that a table row has in its source, whatever the head allows.
fn written_cells(row: &str) -> usize {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = if inner.ends_with("\\|") { inner } else { inner.strip_suffix('|').unwrap_or(inner) };
    1 + inner.replace("\\|", "").matches('|').count()
}
