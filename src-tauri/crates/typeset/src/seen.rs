//! A layout that is only looked at, and no longer the beginning of another.

use std::sync::Arc;

use typst::ecow::EcoVec;
use typst::layout::{Frame, FrameItem, GroupItem, Point};
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

use crate::compiled::Compiled;

impl Compiled {
    /// The same pages without what is not seen of them: the elements they were made of, which hold the whole document once
    /// more. Pictures, text, places and hashes are as before; [`Compiled::headings`] and [`Compiled::marks`] find none
    /// any more, and a PDF of it has no structure.
    #[must_use]
    pub fn seen(&self) -> Self {
        let bare = |page: &Page| Page { frame: bare(&page.frame), ..page.clone() };
        let pages: EcoVec<Page> = self.document.pages().iter().map(bare).collect();
        Self::new(PagedDocument::new(pages, DocumentInfo::default()), Vec::new(), Arc::clone(&self.files))
    }
}

/// A frame of its own: nothing in it is shared with what is memoised.
fn bare(frame: &Frame) -> Frame {
    let item = |(at, item): &(Point, FrameItem)| {
        let item = match item {
            FrameItem::Tag(_) => return None,
            FrameItem::Group(group) => {
                FrameItem::Group(GroupItem { frame: bare(&group.frame), parent: None, label: None, ..group.clone() })
            }
            other => other.clone(),
        };
        Some((*at, item))
    };
    let mut out = Frame::new(frame.size(), frame.kind());
    out.push_multiple(frame.items().filter_map(item));
    if frame.has_baseline() {
        out.set_baseline(frame.baseline());
    }
    out
}
