//! Running text.

use groma_prose::{Inline, Record, Span};

use super::literal::web_address;
use super::writer::Writer;
use crate::facts::calls;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text, span } => self.text_with_figures(text, *span),
            Inline::Code { text, span } => {
                self.code("#code[");
                self.code_text(text, *span);
                self.code("]");
            }
            Inline::Emphasis { content, .. } => self.wrapped("#emph", content),
            Inline::Strong { content, .. } => self.wrapped("#strong", content),
            Inline::Strikethrough { content, .. } => self.wrapped("#strike", content),
            Inline::Link { target, content, .. } => self.link(target, content),
            Inline::Image { target, title, alt, span } => self.inline_image(target, title, alt, *span),
            Inline::Reference { record, content, own_text, span } => self.reference(*record, content, *own_text, *span),
            Inline::FootnoteReference { footnote, span } => self.footnote(*footnote, *span),
            Inline::SoftBreak { span } => self.space(*span),
            Inline::HardBreak { .. } => {
                self.code("#linebreak()");
                self.fresh_text();
            }
        }
    }

    /// Text in which figures are called by name.
    fn text_with_figures(&mut self, text: &str, span: Span) {
        // Where it is not the source letter by letter, there is no telling where a call stands.
        if span.len() != text.len() || !text.contains("{{") {
            return self.text(text, span);
        }
        let mut done = 0;
        for (place, name) in calls(text) {
            let Some(figure) = self.resolver.fact(name) else { continue };
            let within = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
            if place.start > done {
                self.text(&text[done..place.start], within(done, place.start));
            }
            // As long as the call it would be taken for the source's own letters.
            let figure = if figure.len() == place.len() { figure + "\u{200b}" } else { figure };
            self.text(&figure, within(place.start, place.end));
            done = place.end;
        }
        if done < text.len() {
            self.text(&text[done..], Span::new(span.start + done, span.end));
        }
    }

    fn wrapped(&mut self, function: &str, content: &[Inline]) {
        self.code(function);
        self.content(content);
    }

    fn link(&mut self, target: &str, content: &[Inline]) {
        if self.in_link {
            return self.inlines(content);
        }
        match web_address(target) {
            Some(address) => {
                self.code("#link(");
                self.argument(&address);
                self.code(")");
                self.inside_link(content);
            }
            None => {
                self.inlines(content);
                // Nothing a reader could follow, but what the author wrote must not vanish.
                if !target.is_empty() && !is_text(content, target) {
                    self.own_text(&format!(" ({})", shortened(target)));
                }
            }
        }
    }

    fn inside_link(&mut self, content: &[Inline]) {
        self.in_link = true;
        self.content(content);
        self.in_link = false;
    }

    fn reference(&mut self, record: Record, content: &[Inline], own_text: bool, span: Span) {
        let Some(name) = self.resolver.record(record) else {
            self.out.dangling.push(record);
            return self.inlines(content);
        };
        let printed = self.resolver.is_printed(record);
        if !printed {
            self.out.unprinted.push(record);
        }
        let linked = !self.in_link && printed;
        if linked {
            self.code(&format!("#ref-to(\"{}\", {})", record.kind.name(), record.number));
        }
        self.code(if linked { "[" } else { "" });
        let outer = std::mem::replace(&mut self.in_link, true);
        if own_text {
            self.inlines(content);
        } else {
            self.text(&name, span);
        }
        self.in_link = outer;
        self.code(if linked { "]" } else { "" });
    }

    fn inline_image(&mut self, target: &str, title: &str, alt: &str, span: Span) {
        let Some(image) = self.resolver.image(target) else { return self.missing_image(target, span) };
        self.code("#");
        let start = self.out.source.len();
        self.code("inline-picture(");
        self.argument(&image.path);
        self.code(", alt: ");
        let alt = image.describe(alt, title);
        self.argument(alt);
        self.code(")");
        self.map_whole(start, span);
        self.text_goes_on();
    }

    /// The remark that stands where an image is called for that the engagement does not have.
    pub(super) fn missing_image(&mut self, target: &str, span: Span) {
        self.out.missing_images.push(target.to_owned());
        self.code("#missing-image[");
        self.breaker.reset();
        self.own_text("[missing image: ");
        self.text(&shortened(target), span);
        self.own_text("]");
        self.code("]");
    }

    fn footnote(&mut self, index: usize, span: Span) {
        let document = self.document;
        let Some(note) = document.footnotes.get(index) else { return };
        let again = self.printed.get(index).copied().unwrap_or(false);
        let affordable = !again || note.span.len() <= self.repeats;
        if self.in_footnote || note.blocks.is_empty() || !affordable {
            // A note in a note has no place of its own; its text follows after the field.
            self.code("#super[");
            self.text(&format!("[{}]", shortened(&note.label)), span);
            self.code("]");
            return;
        }
        if again {
            self.repeats -= note.span.len();
        }
        self.printed[index] = true;
        self.in_footnote = true;
        let in_link = std::mem::replace(&mut self.in_link, false);
        self.code("#footnote[");
        self.with_longest_word(usize::MAX, |writer| writer.note_blocks(&note.blocks));
        self.code("]");
        self.text_goes_on();
        self.in_link = in_link;
        self.in_footnote = false;
    }

    /// The notes that no mark has printed: they are text of the field all the same.
    pub(super) fn left_over_footnotes(&mut self) {
        let document = self.document;
        self.in_footnote = true;
        for (index, note) in document.footnotes.iter().enumerate() {
            if self.printed[index] || note.blocks.is_empty() {
                continue;
            }
            self.code("#left-over-note(");
            self.argument(&shortened(&note.label));
            self.code(")[");
            self.note_blocks(&note.blocks);
            self.code("]\n");
        }
        self.in_footnote = false;
    }
}

fn is_text(content: &[Inline], target: &str) -> bool {
    matches!(content, [Inline::Text { text, .. }] if text == target)
}

/// Names and targets that are printed as they are written need no more than this.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
