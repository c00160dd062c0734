//! Reading the tree: its text, and what it refers to.

use unicode_segmentation::UnicodeSegmentation;

use crate::tree::{Block, Document, Inline, Record, Span};

/// A reference found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceUse {
    /// What is referred to.
    pub record: Record,
    /// Where.
    pub span: Span,
}

/// An image found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUse {
    /// The target as written.
    pub target: String,
    /// The description as written; may be empty.
    pub alt: String,
    /// Where.
    pub span: Span,
}

/// The text without any marks, for searching: blocks, items, rows and lines of code one a line,
/// cells apart by tabs, footnotes at the end.
#[must_use]
pub fn plain_text(document: &Document) -> String {
    let mut out = String::new();
    blocks_text(&document.blocks, &mut out);
    for note in &document.footnotes {
        blocks_text(&note.blocks, &mut out);
    }
    out.truncate(out.trim_end_matches('\n').len());
    out
}

/// The number of words by Unicode's word boundaries, code and footnotes included.
#[must_use]
pub fn word_count(document: &Document) -> usize {
    plain_text(document).unicode_words().count()
}

/// Every reference in reading order, footnotes at the end.
#[must_use]
pub fn references(document: &Document) -> Vec<ReferenceUse> {
    let mut found = Vec::new();
    every_inline(document, &mut |inline| {
        if let Inline::Reference { record, span, .. } = inline {
            found.push(ReferenceUse { record: *record, span: *span });
        }
    });
    found
}

/// Every image in reading order, footnotes at the end.
#[must_use]
pub fn images(document: &Document) -> Vec<ImageUse> {
    let mut found = Vec::new();
    every_inline(document, &mut |inline| {
        if let Inline::Image { target, alt, span, .. } = inline {
            found.push(ImageUse { target: target.clone(), alt: alt.clone(), span: *span });
        }
    });
    found
}

/// The places of all code, in blocks and in running text, by their start.
pub(crate) fn code_spans(document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    every_inline(document, &mut |inline| {
        if let Inline::Code { span, .. } = inline {
            found.push(*span);
        }
    });
    every_block(document, &mut |block| {
        if let Block::Code { span, .. } = block {
            found.push(*span);
        }
    });
    found.sort_unstable();
    found
}

/// The text of running content without marks.
pub(crate) fn inline_text(content: &[Inline]) -> String {
    let mut out = String::new();
    inlines_text(content, &mut out);
    out
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph { content, .. } | Block::Heading { content, .. } => inlines_text(content, out),
            Block::Quote { blocks, .. } => blocks_text(blocks, out),
            Block::List { items, .. } => {
                for item in items {
                    blocks_text(&item.blocks, out);
                    end_line(out);
                }
            }
            Block::Code { lines, .. } => {
                for line in lines {
                    out.push_str(&line.text);
                    end_line(out);
                }
            }
            Block::Table { header, rows, .. } => {
                for row in std::iter::once(header).chain(rows) {
                    for (index, cell) in row.iter().enumerate() {
                        if index > 0 {
                            out.push('\t');
                        }
                        inlines_text(&cell.content, out);
                    }
                    end_line(out);
                }
            }
            Block::Rule { .. } => {}
        }
        end_line(out);
    }
}

fn inlines_text(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text, .. } | Inline::Code { text, .. } => out.push_str(text),
            Inline::Emphasis { content, .. }
            | Inline::Strong { content, .. }
            | Inline::Strikethrough { content, .. }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. } => inlines_text(content, out),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::FootnoteReference { .. } => {}
            Inline::SoftBreak { .. } => out.push(' '),
            Inline::HardBreak { .. } => out.push('\n'),
        }
    }
}

fn every_block(document: &Document, visit: &mut dyn FnMut(&Block)) {
    walk_blocks(&document.blocks, visit);
    for note in &document.footnotes {
        walk_blocks(&note.blocks, visit);
    }
}

fn walk_blocks(blocks: &[Block], visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::Quote { blocks, .. } => walk_blocks(blocks, visit),
            Block::List { items, .. } => items.iter().for_each(|item| walk_blocks(&item.blocks, visit)),
            _ => {}
        }
    }
}

fn every_inline(document: &Document, visit: &mut dyn FnMut(&Inline)) {
    every_block(document, &mut |block| match block {
        Block::Paragraph { content, .. } | Block::Heading { content, .. } => walk_inlines(content, visit),
        Block::Table { header, rows, .. } => {
            for cell in header.iter().chain(rows.iter().flatten()) {
                walk_inlines(&cell.content, visit);
            }
        }
        _ => {}
    });
}

fn walk_inlines(content: &[Inline], visit: &mut dyn FnMut(&Inline)) {
    for inline in content {
        visit(inline);
        match inline {
            Inline::Emphasis { content, .. }
            | Inline::Strong { content, .. }
            | Inline::Strikethrough { content, .. }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. } => walk_inlines(content, visit),
            _ => {}
        }
    }
}
