//! Blocks.

use groma_prose::{Block, CodeLine, Inline, Item, Span, WordBreaker};

use super::writer::Writer;

/// Code larger than this, or with a line longer than that, is not highlighted: it takes time and helps nobody.
const HIGHLIGHT_BYTES: usize = 64 * 1024;
const HIGHLIGHT_LINE: usize = 2_000;

/// The width of the text area in pixels at which an image fills it, and the share of its height that an image may take.
const FULL_WIDTH_PX: f64 = 960.0;
const TALLEST: f64 = 1.15;

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.code("\n");
        }
    }

    fn block(&mut self, block: &Block) {
        self.fresh_text();
        match block {
            Block::Paragraph { content, .. } => match figures(content) {
                Some(images) => images.into_iter().for_each(|image| self.figure(image)),
                None => {
                    self.code("#para");
                    self.content(content);
                }
            },
            Block::Heading { level, content, .. } => {
                self.code(&format!("#subhead({level})"));
                self.content(content);
            }
            Block::Quote { blocks, .. } => {
                self.code("#prose-quote[");
                self.deeper(|writer| writer.blocks(blocks));
                self.code("]");
            }
            Block::List { start, tight, items, .. } => self.list(*start, *tight, items),
            Block::Code { language, lines, span } => self.code_block(language.as_deref(), lines, *span),
            Block::Table { columns, header, rows, .. } => self.table(columns, header, rows),
            Block::Rule { .. } => self.code("#separator()"),
        }
    }

    /// The blocks of a footnote: its first paragraph stands on the line of the number.
    pub(super) fn note_blocks(&mut self, blocks: &[Block]) {
        match blocks.split_first() {
            Some((Block::Paragraph { content, .. }, rest)) if figures(content).is_none() => {
                self.fresh_text();
                self.inlines(content);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) {
        let tasks = items.iter().any(|item| item.checked.is_some());
        match start {
            Some(start) => self.code(&format!("#numbers(start: {start}, tight: {tight}")),
            None if tasks => self.code(&format!("#tasks(tight: {tight}")),
            None => self.code(&format!("#bullets(tight: {tight}")),
        }
        self.deeper(|writer| {
            for item in items {
                writer.code(",\n[");
                writer.item(item, tight, tasks.then_some(start.is_some()));
                writer.code("]");
            }
        });
        self.code(")");
    }

    /// `tasks`: whether the list has tasks, and then whether it is numbered.
    fn item(&mut self, item: &Item, tight: bool, tasks: Option<bool>) {
        self.fresh_text();
        let mark = match (tasks, item.checked) {
            (Some(true), Some(done)) => format!("#task-inline({done})"),
            (Some(false), Some(done)) => format!("#task({done})"),
            (Some(false), None) => "#task(none)".into(),
            _ => String::new(),
        };
        match item.blocks.split_first() {
            Some((Block::Paragraph { content, .. }, rest)) if figures(content).is_none() => {
                // Items that stand close together hold lines, not paragraphs.
                self.code(if tight { "" } else { "#para[" });
                self.code(&mark);
                self.inlines(content);
                self.code(if tight { "" } else { "]" });
                if !rest.is_empty() {
                    self.code("\n");
                    self.blocks(rest);
                }
            }
            _ => {
                self.code(&mark);
                self.blocks(&item.blocks);
            }
        }
    }

    fn code_block(&mut self, language: Option<&str>, lines: &[CodeLine], span: Span) {
        let bytes: usize = lines.iter().map(|line| line.text.len()).sum();
        let highlighted = bytes <= HIGHLIGHT_BYTES && lines.iter().all(|line| line.text.len() <= HIGHLIGHT_LINE);
        self.code("#code-block(");
        let start = self.out.source.len();
        self.code("raw(block: true, ");
        if let Some(language) = language.filter(|language| highlighted && language.len() <= 32) {
            self.code("lang: ");
            self.argument(&language.to_lowercase());
            self.code(", ");
        }
        let longest = 60usize.saturating_sub(4 * self.depth).max(8);
        let mut text = String::with_capacity(bytes + lines.len());
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            for (index, piece) in WordBreaker::new(longest, 8).pieces(&line.text).into_iter().enumerate() {
                if index > 0 {
                    text.push('\u{200B}');
                }
                text.push_str(piece);
            }
        }
        self.argument(&text);
        self.code(")");
        let place = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => span,
        };
        self.map_whole(start, place);
        self.code(")");
    }

    fn figure(&mut self, image: &Inline) {
        let Inline::Image { target, title, alt, span } = image else { return };
        self.fresh_text();
        let Some(found) = self.resolver.image(target) else {
            self.code("#para[");
            self.missing_image(target, *span);
            return self.code("]");
        };
        self.code("#");
        let start = self.out.source.len();
        self.code("picture(");
        self.argument(&found.path);
        self.code(", alt: ");
        self.argument(found.describe(alt, title));
        self.code(&format!(", width: {}%", width_percent(found.width_px, found.height_px)));
        self.code(")");
        self.map_whole(start, *span);
        self.code("[");
        let caption = if title.is_empty() { &found.caption } else { title };
        if !caption.is_empty() {
            self.text(caption, *span);
        }
        self.code("]");
    }
}

/// The images of a paragraph that holds nothing else.
fn figures(content: &[Inline]) -> Option<Vec<&Inline>> {
    let mut images = Vec::new();
    for inline in content {
        match inline {
            Inline::Image { .. } => images.push(inline),
            Inline::SoftBreak { .. } | Inline::HardBreak { .. } => {}
            Inline::Text { text, .. } if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    (!images.is_empty()).then_some(images)
}

/// The share of the line that an image takes: its natural size at 144 pixels an inch, never wider than the line nor
/// so tall that it fills the page.
fn width_percent(width: Option<u32>, height: Option<u32>) -> u32 {
    let Some(width) = width.filter(|&width| width > 0).map(f64::from) else { return 100 };
    let natural = (width / FULL_WIDTH_PX).min(1.0);
    let tallest = height.filter(|&height| height > 0).map_or(1.0, |height| TALLEST * width / f64::from(height));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 100")]
    let percent = (natural.min(tallest) * 100.0).round().clamp(1.0, 100.0) as u32;
    percent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_keep_their_size_within_the_page() {
        assert_eq!(width_percent(Some(480), Some(300)), 50);
        assert_eq!(width_percent(Some(4000), Some(1000)), 100);
        assert_eq!(width_percent(Some(1000), Some(4000)), 29);
        assert_eq!(width_percent(None, Some(4000)), 100);
        assert_eq!(width_percent(Some(1), Some(100_000)), 1);
    }
}
