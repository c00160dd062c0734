//! The neutral tree: what a field of prose says, free of Markdown and of any output format.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range of the Markdown source, end exclusive; written as `[start, end]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "(usize, usize)", from = "(usize, usize)")]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of the bytes `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The span as a standard range, for slicing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// One field of prose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The blocks in reading order, footnotes taken out.
    pub blocks: Vec<Block>,
    /// The footnotes in the order of their definitions, referred to or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
}

impl Document {
    /// Whether the document has nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.footnotes.is_empty()
    }
}

/// The text of a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// The label as written in the definition, without `[^` and `]`.
    pub label: String,
    /// What the note says.
    pub blocks: Vec<Block>,
    /// The whole definition.
    pub span: Span,
}

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// Running text. Raw HTML blocks and containers nested too deep are paragraphs of their source.
    Paragraph {
        /// The text.
        content: Vec<Inline>,
        /// The whole paragraph.
        span: Span,
    },
    /// A heading inside the prose.
    Heading {
        /// 1 to 6, as written.
        level: u8,
        /// The heading's text.
        content: Vec<Inline>,
        /// The whole heading with its marks.
        span: Span,
    },
    /// A block quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
        /// The whole quotation with its marks.
        span: Span,
    },
    /// A list, bulleted or numbered.
    List {
        /// The first number of a numbered list; none for bullets.
        start: Option<u64>,
        /// Whether the items stand close together (no blank lines between them in the source).
        tight: bool,
        /// The items.
        items: Vec<Item>,
        /// The whole list.
        span: Span,
    },
    /// A block of code, fenced or indented.
    Code {
        /// The first word after the opening fence.
        language: Option<String>,
        /// The lines without their line ends.
        lines: Vec<CodeLine>,
        /// The whole block with its fences.
        span: Span,
    },
    /// A table with one header row.
    Table {
        /// One alignment a column; its length is the number of columns.
        columns: Vec<Alignment>,
        /// The header's cells, at most one a column.
        header: Vec<Cell>,
        /// The rows; each at most one cell a column, fewer where the source has fewer.
        rows: Vec<Vec<Cell>>,
        /// The whole table.
        span: Span,
    },
    /// A thematic break.
    Rule {
        /// The marks.
        span: Span,
    },
}

impl Block {
    /// The block's place in the source.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Paragraph { span, .. }
            | Self::Heading { span, .. }
            | Self::Quote { span, .. }
            | Self::List { span, .. }
            | Self::Code { span, .. }
            | Self::Table { span, .. }
            | Self::Rule { span } => *span,
        }
    }
}

/// One line of a code block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLine {
    /// The line without indentation that belongs to the container, without line end.
    pub text: String,
    /// Its place in the source.
    pub span: Span,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// For a task: whether it is ticked. None for an ordinary item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// The item's content; in a tight list its text is the first paragraph.
    pub blocks: Vec<Block>,
    /// The whole item with its mark.
    pub span: Span,
}

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// Nothing written; the output's default.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The cell's text.
    pub content: Vec<Inline>,
    /// The cell between its bars.
    pub span: Span,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "inline", rename_all = "snake_case")]
pub enum Inline {
    /// A run of plain text, never empty, never with a line end.
    Text {
        /// What is printed.
        text: String,
        /// Where it was written; see the crate's rule on spans.
        span: Span,
    },
    /// Code in running text.
    Code {
        /// The code; line ends inside are spaces.
        text: String,
        /// The content between the backticks.
        span: Span,
    },
    /// Emphasis (`*…*`).
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
        /// With its marks.
        span: Span,
    },
    /// Strong emphasis (`**…**`).
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
        /// With its marks.
        span: Span,
    },
    /// Struck-through text (`~~…~~`).
    Strikethrough {
        /// What is struck through.
        content: Vec<Inline>,
        /// With its marks.
        span: Span,
    },
    /// A link to anything but a record.
    Link {
        /// The target as written, entities and escapes resolved. Never checked here.
        target: String,
        /// The title; empty when there is none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        /// The link's text.
        content: Vec<Inline>,
        /// The whole link.
        span: Span,
    },
    /// An image.
    Image {
        /// The target as written, such as `image:checkout-flow` or `images/checkout-flow.png`.
        target: String,
        /// The title; empty when there is none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        /// The description for those who cannot see it; may be empty.
        alt: String,
        /// The whole image.
        span: Span,
    },
    /// A finding, risk or initiative called by its number.
    Reference {
        /// What is referred to.
        #[serde(flatten)]
        record: Record,
        /// What the author wrote: the number itself, or the text of a link.
        content: Vec<Inline>,
        /// Whether `content` is the author's own text of a link rather than the number.
        own_text: bool,
        /// The whole reference.
        span: Span,
    },
    /// A mark that calls a footnote of this document.
    FootnoteReference {
        /// Index into [`Document::footnotes`].
        footnote: usize,
        /// The mark.
        span: Span,
    },
    /// A line end in the source that is a space on the page.
    SoftBreak {
        /// The line end.
        span: Span,
    },
    /// A line end that stays one.
    HardBreak {
        /// The line end with its marks.
        span: Span,
    },
}

impl Inline {
    /// The piece's place in the source.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Text { span, .. }
            | Self::Code { span, .. }
            | Self::Emphasis { span, .. }
            | Self::Strong { span, .. }
            | Self::Strikethrough { span, .. }
            | Self::Link { span, .. }
            | Self::Image { span, .. }
            | Self::Reference { span, .. }
            | Self::FootnoteReference { span, .. }
            | Self::SoftBreak { span }
            | Self::HardBreak { span } => *span,
        }
    }
}

/// A numbered record of the engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    /// What sort of record.
    pub kind: RecordKind,
    /// Its number, 1 or more.
    pub number: u32,
}

impl Record {
    /// Reads `F-012`, `R-3` or `I-0004`, the whole of `text`; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = match text.as_bytes().first()? {
            b'F' => (RecordKind::Finding, &text[1..]),
            b'R' => (RecordKind::Risk, &text[1..]),
            b'I' => (RecordKind::Initiative, &text[1..]),
            _ => return None,
        };
        let digits = rest.strip_prefix('-')?;
        if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok().filter(|&n| n > 0)?;
        Some(Self { kind, number })
    }
}

/// The usual way to print a record's number: `F-012`.
impl std::fmt::Display for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:03}", self.kind.letter(), self.number)
    }
}

/// The sorts of record that prose may refer to by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// `F-`
    Finding,
    /// `R-`
    Risk,
    /// `I-`
    Initiative,
}

impl RecordKind {
    /// The letter before the number.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Finding => 'F',
            Self::Risk => 'R',
            Self::Initiative => 'I',
        }
    }

    /// The name in code and labels: `finding`, `risk`, `initiative`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Risk => "risk",
            Self::Initiative => "initiative",
        }
    }
}
