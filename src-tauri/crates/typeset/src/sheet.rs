//! A page made of two layouts: the upper part of one, the lower part of another.

use typst::layout::{Abs, Frame, FrameItem};
use typst_layout::Page;

use crate::compiled::Compiled;
use crate::flow::{self, Run, Wanted};
use crate::hit::Area;
use crate::page::{self, plain};

/// One page that can be drawn by itself.
#[derive(Clone)]
pub struct Sheet(pub(crate) Page);

impl Sheet {
    /// Width and height in points.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        page::size(&self.0)
    }

    /// What it looks like; as [`Compiled::hash`].
    #[must_use]
    pub fn hash(&self) -> String {
        page::look(&self.0)
    }

    /// Its runs of text in reading order, as if it were page number `page`.
    #[must_use]
    pub fn runs(&self, page: usize) -> Vec<Run> {
        flow::runs(&self.0.frame, page)
    }

    /// Where a text stands on it; as [`Compiled::find`].
    #[must_use]
    pub fn find(&self, page: usize, wanted: &Wanted) -> Vec<Vec<Area>> {
        flow::find(&self.0.frame, page, wanted)
    }

    /// The page as a PNG of `scale` pixels a point, at least one pixel wide.
    ///
    /// Compressed lightly: it is shown once on the same machine, and the time to encode it is what a person waits for.
    #[must_use]
    pub fn png(&self, scale: f64) -> Option<Vec<u8>> {
        page::draw(&self.0, scale)
    }
}

impl Compiled {
    /// Page number `page` (from 0) by itself.
    #[must_use]
    pub fn sheet(&self, page: usize) -> Option<Sheet> {
        self.document.pages().get(page).cloned().map(Sheet)
    }

    /// Page number `page` (from 0) of this layout, with what `upper`'s page number `upper_page` shows above `cut` points
    /// from the upper edge in place of what this one has there. Nothing is cut in two: what begins above it counts as above.
    #[must_use]
    pub fn sheet_below(&self, page: usize, cut: f64, upper: &Self, upper_page: usize) -> Option<Sheet> {
        let lower = self.document.pages().get(page)?;
        let upper = upper.document.pages().get(upper_page)?;
        let cut = Abs::pt(cut);
        let mut frame = part(&upper.frame, Abs::zero(), &|item, y| begins(item, y) < cut);
        for (pos, item) in part(&lower.frame, Abs::zero(), &|item, y| begins(item, y) >= cut).items() {
            frame.push(*pos, item.clone());
        }
        Some(Sheet(Page { frame, ..lower.clone() }))
    }
}

/// The items of a frame of which `keep` says so, told each with the distance of its origin from the page's upper edge;
/// `above` is the frame's own.
pub(crate) fn part(frame: &Frame, above: Abs, keep: &dyn Fn(&FrameItem, Abs) -> bool) -> Frame {
    let mut kept = Frame::new(frame.size(), frame.kind());
    for (pos, item) in frame.items() {
        let y = above + pos.y;
        match item {
            // What is clipped or turned belongs together.
            FrameItem::Group(group) if plain(group) => {
                let mut inner = group.clone();
                inner.frame = part(&group.frame, y, keep);
                if !inner.frame.is_empty() {
                    kept.push(*pos, FrameItem::Group(inner));
                }
            }
            _ if keep(item, y) => kept.push(*pos, item.clone()),
            _ => {}
        }
    }
    kept
}

/// Where an item begins whose origin is `y` from the page's upper edge.
fn begins(item: &FrameItem, y: Abs) -> Abs {
    match item {
        // Its origin is the baseline.
        FrameItem::Text(text) => y - text.size / 2.0,
        FrameItem::Shape(shape, _) => y + shape.geometry.bbox(None).min.y.min(Abs::zero()),
        _ => y,
    }
}

#[cfg(test)]
mod tests {
    use typst::layout::{Point, Size};
    use typst::visualize::{FixedStroke, Geometry, Shape};

    use super::*;

    fn line(height: f64) -> FrameItem {
        let geometry = Geometry::Line(Point::new(Abs::zero(), Abs::pt(height)));
        let stroke = Some(FixedStroke::default());
        FrameItem::Shape(
            Shape { geometry, fill: None, fill_rule: Default::default(), stroke },
            typst::syntax::Span::detached(),
        )
    }

    #[test]
    fn a_frame_is_parted_within_its_groups() {
        let mut inner = Frame::soft(Size::splat(Abs::pt(100.0)));
        inner.push(Point::with_y(Abs::pt(10.0)), line(5.0));
        inner.push(Point::with_y(Abs::pt(60.0)), line(-20.0));
        let mut page = Frame::hard(Size::splat(Abs::pt(200.0)));
        page.push(Point::with_y(Abs::pt(40.0)), FrameItem::Group(typst::layout::GroupItem::new(inner)));
        page.push(Point::with_y(Abs::pt(150.0)), line(1.0));
        let count = |frame: &Frame| -> usize {
            frame
                .items()
                .map(|(_, item)| if let FrameItem::Group(group) = item { group.frame.items().len() } else { 1 })
                .sum()
        };
        let upper = part(&page, Abs::zero(), &|item, y| begins(item, y) < Abs::pt(75.0));
        let lower = part(&page, Abs::zero(), &|item, y| begins(item, y) >= Abs::pt(75.0));
        assert_eq!((count(&upper), count(&lower)), (1, 2));
    }
}
