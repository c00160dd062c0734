//! A page as it is shown: its size, its picture, its text with places, and what tells whether it looks the same.

use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use typst::foundations::{Content, NativeElement, PlainText, Selector, StyleChain};
use typst::introspection::Introspector;
use typst::layout::{Abs, BlockElem, BoxElem, Frame, FrameItem, GroupItem, HElem, Point};
use typst::model::HeadingElem;
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::compiled::Compiled;
use crate::encode;

/// A heading of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Its words.
    pub title: String,
    /// Its level, from 1.
    pub level: usize,
    /// The page, from 0.
    pub page: usize,
    /// Its distance from the page's upper edge, in points.
    pub y: f64,
}

impl Compiled {
    /// Width and height of page number `page` (from 0), in points.
    #[must_use]
    pub fn size(&self, page: usize) -> Option<(f64, f64)> {
        self.document.pages().get(page).map(size)
    }

    /// What page number `page` (from 0) looks like, as 32 hexadecimal digits: equal for pages that look the same,
    /// wherever their text comes from.
    #[must_use]
    pub fn hash(&self, page: usize) -> Option<String> {
        self.document.pages().get(page).map(look)
    }

    /// The document's headings in their order.
    #[must_use]
    pub fn headings(&self) -> Vec<Heading> {
        let introspector = self.document.introspector();
        let found = introspector.query(&Selector::Elem(HeadingElem::ELEM, None));
        let headings = found.iter().filter_map(|content| {
            let heading = content.to_packed::<HeadingElem>()?;
            let position = introspector.position(content.location()?)?;
            Some(Heading {
                title: title(&heading.body),
                level: heading.resolve_level(StyleChain::default()).get(),
                page: position.page.get() - 1,
                y: position.point.y.to_pt(),
            })
        });
        headings.collect()
    }
}

/// Width and height in points.
pub(crate) fn size(page: &Page) -> (f64, f64) {
    let size = page.frame.size();
    (size.x.to_pt(), size.y.to_pt())
}

/// What a page looks like, as 32 hexadecimal digits.
pub(crate) fn look(page: &Page) -> String {
    let mut drawn = Vec::new();
    each(&page.frame, Point::zero(), &mut |pos, item| drawn.push(Drawn(pos, item)));
    let hash = typst::utils::hash128(&(drawn, &page.fill, page.frame.size()));
    format!("{hash:032x}")
}

/// Pixels a point, as far as they can be had.
pub(crate) const fn scale(wanted: f64) -> f64 {
    wanted.clamp(0.05, 12.0)
}

/// How many pixels the typesetter draws for a length.
pub(crate) fn pixels(length: Abs, scale: f64) -> u32 {
    (scale as f32 * length.to_pt() as f32).round().max(1.0) as u32
}

/// A page's pixels, `scale` of them a point: how many there are in a row, how many rows, and four bytes of each.
pub(crate) fn render(page: &Page, scale: f64) -> (u32, u32, Vec<u8>) {
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    let picture = typst_render::render(page, &options);
    (picture.width(), picture.height(), picture.take())
}

/// A page as a PNG of `scale` pixels a point. None when it cannot be encoded.
pub(crate) fn draw(page: &Page, scale: f64) -> Option<Vec<u8>> {
    let (width, height, pixels) = render(page, self::scale(scale));
    encode::png(width, height, &pixels)
}

/// The words of a heading. What begins apart on the page, after space or in a box, begins after a blank here.
fn title(body: &Content) -> String {
    let mut text = String::new();
    let _ = body.traverse(&mut |part: Content| -> ControlFlow<()> {
        if part.can::<dyn PlainText>() {
            text.push_str(&part.plain_text());
        } else if part.is::<HElem>() || part.is::<BoxElem>() || part.is::<BlockElem>() {
            text.push(' ');
        }
        ControlFlow::Continue(())
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a group does nothing but stand where it stands.
pub(crate) fn plain(group: &GroupItem) -> bool {
    group.clip.is_none() && group.transform.is_identity()
}

/// Everything that is seen of a frame that stands at `at`, in drawing order and with its place on the page: how it is
/// grouped does not matter.
pub(crate) fn each<'a>(frame: &'a Frame, at: Point, with: &mut impl FnMut(Point, &'a FrameItem)) {
    for (pos, item) in frame.items() {
        match item {
            FrameItem::Group(group) if plain(group) => each(&group.frame, at + *pos, with),
            // Neither is seen.
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
            _ => with(at + *pos, item),
        }
    }
}

/// One item's drawing at its place: two are equal when they look the same, though their text stands elsewhere in the
/// sources. Where a letter comes from changes with every edit before it.
pub(crate) struct Drawn<'a>(pub Point, pub &'a FrameItem);

impl Hash for Drawn<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self(pos, item) = self;
        match item {
            FrameItem::Group(group) => {
                (0_u8, pos, group.transform).hash(state);
                group.clip.hash(state);
                each(&group.frame, Point::zero(), &mut |pos, item| Drawn(pos, item).hash(state));
                u8::MAX.hash(state);
            }
            FrameItem::Text(text) => {
                (1_u8, pos, text.size).hash(state);
                (&text.font, &text.fill, &text.stroke).hash(state);
                for glyph in &text.glyphs {
                    (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(state);
                }
            }
            FrameItem::Shape(shape, _) => (2_u8, pos, shape).hash(state),
            FrameItem::Image(image, size, _) => (3_u8, pos, image, size).hash(state),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
