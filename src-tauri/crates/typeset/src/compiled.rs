//! A finished layout.

use std::fmt;
use std::sync::Arc;

use typst::ecow::EcoVec;
use typst::layout::{Frame, FrameItem};
use typst::model::DocumentInfo;
use typst_layout::PagedDocument;

use crate::diagnostic::Diagnostic;
use crate::files::Files;

/// A document laid out in pages, with the files it came from as they were then.
///
/// Stays valid, and unchanged, while the [`crate::Typesetter`] goes on.
#[derive(Clone)]
pub struct Compiled {
    pub(crate) document: PagedDocument,
    pub(crate) files: Arc<Files>,
    warnings: Vec<Diagnostic>,
}

impl Compiled {
    pub(crate) fn new(document: PagedDocument, warnings: Vec<Diagnostic>, files: Arc<Files>) -> Self {
        Self { document, files, warnings }
    }

    /// A document without pages.
    #[must_use]
    pub fn empty() -> Self {
        let document = PagedDocument::new(EcoVec::new(), DocumentInfo::default());
        Self::new(document, Vec::new(), Arc::new(Files::default()))
    }

    /// How many pages there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// What the compiler noticed, such as a font family that is not in the set.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The text on page number `page`, from 0: each run of text in drawing order, one a line.
    /// `None` when there is no such page.
    #[must_use]
    pub fn text(&self, page: usize) -> Option<String> {
        let mut text = String::new();
        collect_text(&self.document.pages().get(page)?.frame, &mut text);
        Some(text)
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled")
            .field("pages", &self.pages())
            .field("warnings", &self.warnings.len())
            .finish_non_exhaustive()
    }
}

fn collect_text(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_text(&group.frame, text),
            FrameItem::Text(run) => {
                text.push_str(&run.text);
                text.push('\n');
            }
            _ => {}
        }
    }
}
