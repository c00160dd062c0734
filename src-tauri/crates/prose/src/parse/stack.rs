//! The elements that are open while the events come in, and what becomes of them when they close.

use std::collections::HashMap;

use crate::inline::find_targets;
use crate::tree::{Alignment, Block, Cell, CodeLine, Document, Footnote, Inline, Item, Record, Span};
use crate::walk;

/// What sort of element is open.
pub(super) enum Kind {
    Root,
    Quote,
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
    },
    Footnote {
        label: String,
    },
    /// `implied`: opened by text that stands directly in an item.
    Paragraph {
        implied: bool,
    },
    Heading {
        level: u8,
    },
    Html,
    Code {
        language: Option<String>,
        text: Vec<(String, Span)>,
    },
    Table {
        columns: Vec<Alignment>,
        header: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Row {
        cells: Vec<Cell>,
    },
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        target: String,
        title: String,
    },
    Image {
        target: String,
        title: String,
    },
}

impl Kind {
    pub(super) const fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strikethrough | Self::Link { .. } | Self::Image { .. })
    }

    /// Whether it counts towards the depth of blocks.
    pub(super) const fn nests(&self) -> bool {
        matches!(self, Self::Quote | Self::List { .. } | Self::Footnote { .. })
    }

    const fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote | Self::Item { .. } | Self::Footnote { .. })
    }
}

/// An open element with what it holds so far.
pub(super) struct Frame {
    kind: Kind,
    span: Span,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

impl Frame {
    pub(super) const fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span, blocks: Vec::new(), inlines: Vec::new() }
    }
}

/// The open elements, outermost first.
pub(super) struct Stack {
    frames: Vec<Frame>,
    footnotes: Vec<Footnote>,
    /// Labels in lower case, in the order in which marks or definitions name them first.
    labels: HashMap<String, usize>,
}

impl Stack {
    pub(super) fn new() -> Self {
        let root = Frame::new(Kind::Root, Span::new(0, 0));
        Self { frames: vec![root], footnotes: Vec::new(), labels: HashMap::new() }
    }

    pub(super) fn block_depth(&self) -> usize {
        self.frames.iter().filter(|frame| frame.kind.nests()).count()
    }

    pub(super) fn inline_depth(&self) -> usize {
        self.frames.iter().rev().take_while(|frame| frame.kind.is_inline()).count()
    }

    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(Kind::Root, Span::new(0, 0)));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Where inline content goes now; opens a paragraph where none is.
    pub(super) fn inlines(&mut self, span: Span) -> &mut Vec<Inline> {
        if self.top().kind.holds_blocks() {
            self.frames.push(Frame::new(Kind::Paragraph { implied: true }, Span::new(span.start, span.start)));
        }
        let top = self.top();
        if matches!(top.kind, Kind::Paragraph { implied: true }) {
            top.span.end = top.span.end.max(span.end);
        }
        &mut top.inlines
    }

    /// The text of the code block that is open.
    pub(super) fn code_text(&mut self) -> Option<&mut Vec<(String, Span)>> {
        match &mut self.top().kind {
            Kind::Code { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The row that is open and its cells.
    pub(super) fn row(&mut self) -> Option<(Span, &mut Vec<Cell>)> {
        let top = self.top();
        match &mut top.kind {
            Kind::Row { cells } => Some((top.span, cells)),
            _ => None,
        }
    }

    /// Makes the innermost item a task.
    pub(super) fn task(&mut self, ticked: bool) {
        for frame in self.frames.iter_mut().rev() {
            if let Kind::Item { checked } = &mut frame.kind {
                *checked = Some(ticked);
                return;
            }
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str, span: Span) {
        let next = self.labels.len();
        let footnote = *self.labels.entry(label.to_lowercase()).or_insert(next);
        self.inlines(span).push(Inline::FootnoteReference { footnote, span });
    }

    /// Opens an element; a block ends the paragraph that an item's text opened.
    pub(super) fn open(&mut self, frame: Frame) {
        if !frame.kind.is_inline() {
            self.close_implied();
        }
        self.frames.push(frame);
    }

    /// Adds a finished block.
    pub(super) fn block(&mut self, block: Block) {
        self.close_implied();
        self.top().blocks.push(block);
    }

    /// Ends the paragraph that text standing directly in an item or quotation has opened.
    pub(super) fn close_implied(&mut self) {
        if matches!(self.top().kind, Kind::Paragraph { implied: true }) {
            self.close_one();
        }
    }

    /// Closes the innermost element that has an end event; an implied paragraph has none.
    pub(super) fn close(&mut self) {
        self.close_implied();
        self.close_one();
    }

    fn close_one(&mut self) {
        if self.frames.len() <= 1 {
            return;
        }
        let Some(Frame { kind, span, blocks, inlines }) = self.frames.pop() else {
            return;
        };
        let in_link = self.frames.iter().any(|frame| matches!(frame.kind, Kind::Link { .. }));
        let content = |inlines: Vec<Inline>| {
            if in_link { inlines } else { find_targets(inlines) }
        };
        match kind {
            Kind::Root => {}
            Kind::Quote => self.top().blocks.push(Block::Quote { blocks, span }),
            Kind::Item { checked } => {
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(Item { checked, blocks, span });
                }
            }
            Kind::List { start, tight, items } => {
                self.top().blocks.push(Block::List { start, tight, items, span });
            }
            Kind::Footnote { label } => self.footnotes.push(Footnote { label, blocks, span }),
            Kind::Paragraph { implied } => {
                if !implied {
                    self.loosen();
                }
                self.push_paragraph(content(inlines), span);
            }
            Kind::Html => self.push_paragraph(inlines, span),
            Kind::Heading { level } => {
                let content = content(inlines);
                self.top().blocks.push(Block::Heading { level, content, span });
            }
            Kind::Code { language, text } => {
                self.top().blocks.push(Block::Code { language, lines: code_lines(text), span });
            }
            Kind::Table { columns, header, rows } => {
                self.top().blocks.push(Block::Table { columns, header, rows, span });
            }
            Kind::Row { mut cells } => {
                // The parser fills short rows with empty cells; the tree says what was written.
                while cells.last().is_some_and(|cell| cell.content.is_empty() && cell.span.is_empty()) {
                    cells.pop();
                }
                if let Kind::Table { header, rows, .. } = &mut self.top().kind {
                    if header.is_empty() && rows.is_empty() { *header = cells } else { rows.push(cells) }
                }
            }
            Kind::Cell => {
                let cell = Cell { content: content(inlines), span };
                if let Kind::Row { cells } = &mut self.top().kind {
                    cells.push(cell);
                }
            }
            Kind::Emphasis => self.push(Inline::Emphasis { content: content(inlines), span }),
            Kind::Strong => self.push(Inline::Strong { content: content(inlines), span }),
            Kind::Strikethrough => self.push(Inline::Strikethrough { content: content(inlines), span }),
            Kind::Link { target, title } => self.push(match Record::parse(&target) {
                Some(record) => Inline::Reference { record, content: inlines, own_text: true, span },
                None => Inline::Link { target, title, content: inlines, span },
            }),
            Kind::Image { target, title } => {
                let alt = walk::inline_text(&inlines);
                self.push(Inline::Image { target, title, alt, span });
            }
        }
    }

    fn push_paragraph(&mut self, mut content: Vec<Inline>, span: Span) {
        while matches!(content.last(), Some(Inline::HardBreak { .. } | Inline::SoftBreak { .. })) {
            content.pop();
        }
        if !content.is_empty() {
            self.top().blocks.push(Block::Paragraph { content, span });
        }
    }

    fn push(&mut self, inline: Inline) {
        let span = inline.span();
        self.inlines(span).push(inline);
    }

    /// A paragraph of its own in an item: the list is loose.
    fn loosen(&mut self) {
        if let [.., list, item] = self.frames.as_mut_slice()
            && matches!(item.kind, Kind::Item { .. })
            && let Kind::List { tight, .. } = &mut list.kind
        {
            *tight = false;
        }
    }

    /// Closes what is open and puts the footnotes where their marks point.
    pub(super) fn finish(mut self) -> Document {
        while self.frames.len() > 1 {
            self.close_one();
        }
        let blocks = std::mem::take(&mut self.top().blocks);
        let mut places: Vec<Option<Footnote>> = Vec::new();
        places.resize_with(self.labels.len(), || None);
        let mut unused = Vec::new();
        for note in self.footnotes {
            match self.labels.get(&note.label.to_lowercase()).and_then(|&at| places.get_mut(at)) {
                Some(place @ None) => *place = Some(note),
                _ => unused.push(note),
            }
        }
        let mut footnotes = Vec::with_capacity(places.len() + unused.len());
        for (place, (label, _)) in places.into_iter().zip(in_order(self.labels)) {
            let missing = || Footnote { label, blocks: Vec::new(), span: Span::new(0, 0) };
            footnotes.push(place.unwrap_or_else(missing));
        }
        footnotes.extend(unused);
        Document { blocks, footnotes }
    }
}

fn in_order(labels: HashMap<String, usize>) -> Vec<(String, usize)> {
    let mut labels: Vec<_> = labels.into_iter().collect();
    labels.sort_by_key(|&(_, at)| at);
    labels
}

/// The parser sends code in pieces; a tree has lines.
fn code_lines(pieces: Vec<(String, Span)>) -> Vec<CodeLine> {
    let mut lines: Vec<CodeLine> = Vec::new();
    let mut open = false;
    for (text, span) in pieces {
        let mut at = span.start;
        for part in text.split_inclusive('\n') {
            let end = part.ends_with('\n');
            let line = part.strip_suffix('\n').unwrap_or(part);
            let line = line.strip_suffix('\r').unwrap_or(line);
            match lines.last_mut() {
                Some(last) if open => {
                    last.text.push_str(line);
                    // A line end that comes in a piece of its own (CR LF) is not part of the line.
                    if !line.is_empty() {
                        last.span.end = at + line.len();
                    }
                }
                _ => lines.push(CodeLine { text: line.to_owned(), span: Span::new(at, at + line.len()) }),
            }
            open = !end;
            at += part.len();
        }
    }
    for line in &mut lines {
        line.text = line.text.replace('\0', "\u{FFFD}");
    }
    lines
}
