//! From a point on a page to a place in a source, and back.

use std::collections::HashMap;
use std::ops::Range;

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::{FileId, Source, Span, SyntaxKind};
use typst::text::{Glyph, TextItem};

use crate::compiled::Compiled;
use crate::diagnostic::Failure;
use crate::files::{Files, normalize};
use crate::literal::source_offset;

/// What stands at a point of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Virtual path of the source file, with leading slash.
    pub path: String,
    /// Where a cursor belongs in that file, in bytes: before the letter that was hit, or behind it
    /// when its right half was. Counted without a byte order mark.
    pub offset: usize,
    /// Whether `offset` is exact to the letter. Where text was computed (a number, a value from a
    /// data file, a literal passed as a call's argument) it is the start of the expression.
    pub exact: bool,
}

/// A rectangle on a page, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The page, from 0.
    pub page: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Compiled {
    /// What text stands on page number `page` (from 0) at `x`, `y` points from its upper left
    /// corner. `None` beside all text, and on text that comes from no source file.
    ///
    /// Offsets within one run of text are 16 bits wide in Typst: a literal's letters behind byte
    /// 65,535 are answered with its start. Write longer text as several literals.
    #[must_use]
    pub fn hit(&self, page: usize, x: f64, y: f64) -> Option<Hit> {
        let frame = &self.document.pages().get(page)?.frame;
        let click = Point::new(Abs::pt(x), Abs::pt(y));
        let mut best = None;
        find_glyph(frame, click, &mut best);
        let struck = best?;

        let (span, at) = struck.glyph.span;
        let id = span.id()?;
        let source = self.files.source(id).ok()?;
        let at = usize::from(at) + if struck.behind { struck.glyph.range().len() } else { 0 };
        let (offset, exact) = Node::of(&source, span)?.offset(&source, at);
        Some(Hit { path: id.vpath().get_with_slash().to_owned(), offset, exact })
    }

    /// Where the bytes `range` of the source file `path` stand on the pages: one rectangle for
    /// each stretch of text on a line, in page order. Empty when they stand nowhere.
    ///
    /// # Errors
    /// [`Failure::Path`] for a path outside the project.
    pub fn areas_of(&self, path: &str, range: Range<usize>) -> Result<Vec<Area>, Failure> {
        let path = normalize(path)?;
        let mut search = Search { files: &self.files, path: path.get_with_slash(), range, nodes: HashMap::new() };
        let mut areas = Vec::new();
        for (page, content) in self.document.pages().iter().enumerate() {
            search.frame(&content.frame, page, Transform::identity(), &mut areas);
        }
        Ok(areas)
    }
}

/// A syntax node whose text stands on a page.
#[derive(Clone)]
struct Node {
    kind: SyntaxKind,
    range: Range<usize>,
}

impl Node {
    fn of(source: &Source, span: Span) -> Option<Self> {
        let node = source.find(span)?;
        Some(Self { kind: node.kind(), range: node.range() })
    }

    /// The place in the file of byte `at` of the node's text, and whether that is exact.
    fn offset(&self, source: &Source, at: usize) -> (usize, bool) {
        let Range { start, end } = self.range;
        match self.kind {
            SyntaxKind::Str => {
                let literal = source.text().get(self.range.clone()).unwrap_or_default();
                (start + source_offset(literal, at), true)
            }
            SyntaxKind::Text => ((start + at).min(end), true),
            _ => (start, false),
        }
    }
}

struct Struck<'a> {
    glyph: &'a Glyph,
    /// Whether the point is in the half behind the letter, in reading direction left to right.
    behind: bool,
    /// From the point to the middle of the line, in points: boxes of neighbouring lines overlap.
    distance: f64,
}

fn find_glyph<'a>(frame: &'a Frame, click: Point, best: &mut Option<Struck<'a>>) {
    for (pos, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                if let Some(inverse) = group.transform.invert() {
                    find_glyph(&group.frame, (click - *pos).transform_inf(inverse), best);
                }
            }
            FrameItem::Text(text) => {
                let (top, height) = line_box(text);
                let y = click.y - pos.y - top;
                if y < Abs::zero() || y > height {
                    continue;
                }
                let distance = (y - height / 2.0).to_pt().abs();
                let mut x = click.x - pos.x;
                for glyph in &text.glyphs {
                    let width = glyph.x_advance.at(text.size);
                    if x >= Abs::zero() && x < width && best.as_ref().is_none_or(|best| distance <= best.distance) {
                        *best = Some(Struck { glyph, behind: x > width / 2.0, distance });
                    }
                    x -= width;
                }
            }
            _ => {}
        }
    }
}

/// A line's upper edge relative to its baseline, and its height.
pub(crate) fn line_box(text: &TextItem) -> (Abs, Abs) {
    let metrics = text.font.metrics();
    let ascent = metrics.ascender.at(text.size);
    (-ascent, ascent - metrics.descender.at(text.size))
}

struct Search<'a> {
    files: &'a Files,
    path: &'a str,
    range: Range<usize>,
    nodes: HashMap<Span, Option<(Node, Source)>>,
}

impl Search<'_> {
    /// `transform` takes the frame's coordinates to the page's.
    fn frame(&mut self, frame: &Frame, page: usize, transform: Transform, areas: &mut Vec<Area>) {
        for (pos, item) in frame.items() {
            let placed = transform.pre_concat(Transform::translate(pos.x, pos.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, page, placed.pre_concat(group.transform), areas);
                }
                FrameItem::Text(text) => {
                    if let Some((from, to)) = self.stretch(text) {
                        let (top, height) = line_box(text);
                        let corner = Point::new(from, top);
                        areas.push(bounds(page, placed, corner, Size::new(to - from, height)));
                    }
                }
                _ => {}
            }
        }
    }

    /// The part of a run of text that comes from the range looked for: from x to x.
    fn stretch(&mut self, text: &TextItem) -> Option<(Abs, Abs)> {
        let mut x = Abs::zero();
        let mut found: Option<(Abs, Abs)> = None;
        for glyph in &text.glyphs {
            let width = glyph.x_advance.at(text.size);
            if self.contains(glyph) {
                found = Some((found.map_or(x, |(from, _)| from), x + width));
            }
            x += width;
        }
        found
    }

    fn contains(&mut self, glyph: &Glyph) -> bool {
        let (span, at) = glyph.span;
        let Some(id) = span.id() else { return false };
        let (files, path) = (self.files, self.path);
        let found = self.nodes.entry(span).or_insert_with(|| node_in(files, path, id, span));
        let Some((node, source)) = found else { return false };
        if node.range.start >= self.range.end || node.range.end <= self.range.start {
            return false;
        }
        let at = usize::from(at);
        let (start, exact) = node.offset(source, at);
        if !exact {
            return true;
        }
        let (end, _) = node.offset(source, at + glyph.range().len());
        start < self.range.end && end > self.range.start
    }
}

fn node_in(files: &Files, path: &str, id: FileId, span: Span) -> Option<(Node, Source)> {
    if id.vpath().get_with_slash() != path {
        return None;
    }
    let source = files.source(id).ok()?;
    let node = Node::of(&source, span)?;
    Some((node, source))
}

/// The upright rectangle around a rectangle that was turned or scaled.
pub(crate) fn bounds(page: usize, transform: Transform, corner: Point, size: Size) -> Area {
    let corners = [corner, corner + Point::with_x(size.x), corner + Point::with_y(size.y), corner + size.to_point()]
        .map(|point| point.transform(transform));
    let x = corners.map(|point| point.x.to_pt());
    let y = corners.map(|point| point.y.to_pt());
    let (left, right) = (min(x), -min(x.map(|value| -value)));
    let (top, bottom) = (min(y), -min(y.map(|value| -value)));
    Area { page, x: left, y: top, width: right - left, height: bottom - top }
}

fn min(values: [f64; 4]) -> f64 {
    values.into_iter().fold(f64::INFINITY, f64::min)
}
