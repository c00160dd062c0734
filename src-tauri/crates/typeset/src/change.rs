//! What differs between two pages, and some rows of a page's pixels by themselves: a typed letter changes a line or two,
//! and no more than that has to be drawn, encoded, and shown.

use std::collections::HashMap;
use std::ops::Range;

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size};
use typst::visualize::Paint;
use typst_layout::Page;

use crate::encode;
use crate::page::{self, Drawn};
use crate::sheet::{Sheet, part};

/// Letters reach this far above and below their baseline, in sizes of the text, whatever the font says: only so much
/// more is drawn than need be.
const REACH: f64 = 3.0;

impl Sheet {
    /// From where to where, in points from the upper edge, this page looks other than `before`; empty when it does not.
    /// None where that is not known, or where the pages have not one size: then the whole page must be drawn.
    #[must_use]
    pub fn change(&self, before: &Self) -> Option<Range<f64>> {
        let (new, old) = (&self.0, &before.0);
        // A colour that runs over the page takes its size from what is drawn.
        let runs = new.fill_or_white().is_some_and(|fill| !matches!(fill, Paint::Solid(_)));
        if runs || new.frame.size() != old.frame.size() || new.fill != old.fill {
            return None;
        }
        // What stands on one page only.
        let mut apart: HashMap<u128, (i64, Point, &FrameItem)> = HashMap::new();
        for (frame, count) in [(&new.frame, 1), (&old.frame, -1)] {
            page::each(frame, Point::zero(), &mut |pos, item| {
                let look = typst::utils::hash128(&Drawn(pos, item));
                apart.entry(look).or_insert((0, pos, item)).0 += count;
            });
        }
        let mut changed: Option<(Abs, Abs)> = None;
        for (_, pos, item) in apart.into_values().filter(|(count, ..)| *count != 0) {
            let (upper, lower) = extent(item, pos.y)?;
            let (from, to) = changed.unwrap_or((upper, lower));
            changed = Some((from.min(upper), to.max(lower)));
        }
        let height = new.frame.height();
        let (from, to) = changed.unwrap_or_default();
        Some(from.clamp(Abs::zero(), height).to_pt()..to.clamp(Abs::zero(), height).to_pt())
    }

    /// The rows `rows` of pixels of what [`Sheet::png`] draws, as a PNG. None when there are none of them.
    #[must_use]
    pub fn png_rows(&self, scale: f64, rows: Range<u32>) -> Option<Vec<u8>> {
        let scale = page::scale(scale);
        let page = &self.0;
        let rows = rows.start..rows.end.min(page::pixels(page.frame.height(), scale));
        if rows.is_empty() {
            return None;
        }
        let edge = |row: u32| Abs::pt(f64::from(row) / scale);
        let (upper, lower) = (edge(rows.start), edge(rows.end));
        let seen = |item: &FrameItem, y: Abs| {
            let reach = match item {
                FrameItem::Text(text) => Some((y - REACH * text.size, y + REACH * text.size)),
                _ => extent(item, y),
            };
            reach.is_none_or(|(from, to)| to >= upper && from <= lower)
        };
        // Drawn from the page's upper edge on, blank above the rows: moved up, letters would be rounded to other pixels.
        let mut cut = Frame::hard(Size::new(page.frame.width(), lower));
        let kept = part(&page.frame, Abs::zero(), &seen);
        // In a group, because colours that run refer to the whole page's size.
        cut.push(Point::zero(), FrameItem::Group(GroupItem::new(kept)));
        let (width, _, pixels) = page::render(&Page { frame: cut, ..page.clone() }, scale);
        let row = width as usize * 4;
        let seen = pixels.get(rows.start as usize * row..rows.end as usize * row)?;
        encode::png(width, rows.end - rows.start, seen)
    }
}

/// The upper and the lower edge of an item at a height; none where it is turned or scaled.
fn extent(item: &FrameItem, y: Abs) -> Option<(Abs, Abs)> {
    let (upper, lower) = match item {
        FrameItem::Text(text) => {
            let drawn = text.bbox();
            let (one, other) = (drawn.min.y, drawn.max.y);
            let usual = (-text.size, 0.35 * text.size);
            // What has no outline, such as a blank or a coloured picture, has no such box.
            let known = one.to_pt().is_finite() && other.to_pt().is_finite();
            let (one, other) = if known { (one, other) } else { usual };
            (one.min(other).min(usual.0), one.max(other).max(usual.1))
        }
        FrameItem::Shape(shape, _) => {
            let drawn = shape.bbox(true);
            (drawn.min.y.min(Abs::zero()), drawn.max.y.max(Abs::zero()))
        }
        FrameItem::Image(_, size, _) => (Abs::zero(), size.y),
        FrameItem::Group(group) if group.transform.is_identity() => {
            let mut inner: (Abs, Abs) = Default::default();
            for (pos, item) in group.frame.items() {
                let (upper, lower) = extent(item, pos.y)?;
                inner = (inner.0.min(upper), inner.1.max(lower));
            }
            inner
        }
        FrameItem::Group(_) => return None,
        FrameItem::Link(..) | FrameItem::Tag(_) => Default::default(),
    };
    Some((y + upper, y + lower))
}

#[cfg(test)]
mod tests {
    use typst::foundations::{Content, Smart};
    use typst::layout::Sides;
    use typst::layout::Transform;
    use typst::visualize::{Color, Geometry};

    use super::*;

    fn square(side: f64) -> FrameItem {
        let shape = Geometry::Rect(Size::splat(Abs::pt(side))).filled(Paint::Solid(Color::BLACK));
        FrameItem::Shape(shape, typst::syntax::Span::detached())
    }

    fn sheet(items: impl IntoIterator<Item = (f64, FrameItem)>) -> Sheet {
        let mut frame = Frame::hard(Size::splat(Abs::pt(100.0)));
        for (y, item) in items {
            frame.push(Point::new(Abs::pt(10.0), Abs::pt(y)), item);
        }
        Sheet(Page {
            frame,
            bleed: Sides::default(),
            fill: Smart::Auto,
            numbering: None,
            supplement: Content::empty(),
            number: 1,
        })
    }

    fn group(transform: Transform, items: impl IntoIterator<Item = (f64, FrameItem)>) -> FrameItem {
        let mut frame = Frame::soft(Size::splat(Abs::pt(40.0)));
        for (y, item) in items {
            frame.push(Point::with_y(Abs::pt(y)), item);
        }
        let mut group = GroupItem::new(frame);
        group.transform = transform;
        FrameItem::Group(group)
    }

    #[test]
    fn a_change_reaches_over_all_that_stands_on_one_page_only() {
        let before = sheet([(5.0, square(4.0)), (30.0, square(4.0)), (80.0, square(4.0))]);
        let after = sheet([(5.0, square(4.0)), (33.0, square(6.0)), (80.0, square(4.0))]);
        assert_eq!(after.change(&before), Some(30.0..39.0));
        assert_eq!(after.change(&after), Some(0.0..0.0));
        // The same in a group is the same.
        let within = sheet([
            (5.0, square(4.0)),
            (20.0, group(Transform::identity(), [(13.0, square(6.0)), (60.0, square(4.0))])),
        ]);
        assert_eq!(within.change(&after), Some(0.0..0.0));
    }

    #[test]
    fn what_is_turned_has_no_known_edge() {
        let before = sheet([(5.0, square(4.0))]);
        let turned = group(Transform::rotate(typst::layout::Angle::deg(30.0)), [(0.0, square(4.0))]);
        assert_eq!(sheet([(5.0, square(4.0)), (40.0, turned.clone())]).change(&before), None);
        // But it hinders nobody where it stays.
        let with = |side| sheet([(5.0, square(side)), (40.0, turned.clone())]);
        assert_eq!(with(6.0).change(&with(4.0)), Some(5.0..11.0));
    }

    #[test]
    fn there_are_no_rows_behind_the_last() {
        let page = sheet([(5.0, square(4.0))]);
        assert!(page.png_rows(2.0, 200..210).is_none() && page.png_rows(2.0, 50..50).is_none());
        assert!(page.png_rows(2.0, 190..300).is_some());
    }
}
