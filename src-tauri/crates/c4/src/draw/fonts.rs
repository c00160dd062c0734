//! How wide text is and which glyphs it is made of, in the fonts that the report is set in.

use super::shape::FontWeight;
use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, UnicodeBuffer};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Bytes that are not a font.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("font {0} of a diagram is no TrueType or OpenType font")]
pub struct FontError(pub usize);

/// A font file and the weight that it is used for.
#[derive(Debug, Clone)]
struct Font {
    bytes: Cow<'static, [u8]>,
    weight: Option<FontWeight>,
}

/// The fonts of a drawing: one family in two weights, and others for scripts that it lacks.
#[derive(Debug, Clone)]
pub struct Fonts {
    fonts: Vec<Font>,
    /// Widths measured before, in ems: the same words come in every drawing of a workspace.
    known: Arc<Mutex<Widths>>,
}

type Widths = HashMap<FontWeight, HashMap<String, f64>>;

/// As many widths are kept of each weight.
const KEPT: usize = 20_000;

/// A glyph of a line of text, in ems from its left end and its baseline; y grows upwards, as in fonts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The font; the same number in [`Fonts::outline`].
    pub font: usize,
    /// The glyph in it.
    pub id: u16,
    /// From the left end of the line.
    pub x: f64,
    /// Above the baseline.
    pub y: f64,
}

/// A line of text shaped.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShapedLine {
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
    /// As wide, in ems.
    pub width: f64,
    /// Whether there is a glyph for all of it.
    pub complete: bool,
}

impl Fonts {
    /// The family's regular and semibold fonts, and fallbacks in order (with the weight that each is for; `None`: both).
    ///
    /// # Errors
    /// Bytes that are no font; the regular one is 0.
    pub fn new(
        regular: impl Into<Cow<'static, [u8]>>,
        semibold: impl Into<Cow<'static, [u8]>>,
        fallbacks: Vec<(Cow<'static, [u8]>, Option<FontWeight>)>,
    ) -> Result<Self, FontError> {
        let mut fonts = vec![
            Font { bytes: regular.into(), weight: Some(FontWeight::Regular) },
            Font { bytes: semibold.into(), weight: Some(FontWeight::SemiBold) },
        ];
        fonts.extend(fallbacks.into_iter().map(|(bytes, weight)| Font { bytes, weight }));
        for (at, font) in fonts.iter().enumerate() {
            rustybuzz::Face::from_slice(&font.bytes, 0).ok_or(FontError(at))?;
        }
        Ok(Self { fonts, known: Arc::default() })
    }

    /// Opens the fonts to measure with.
    pub fn open(&self) -> Measure<'_> {
        let faces = self
            .fonts
            .iter()
            .filter_map(|font| rustybuzz::Face::from_slice(&font.bytes, 0).map(|face| (font.weight, face)));
        Measure { faces: faces.collect(), known: Arc::clone(&self.known) }
    }
}

/// Fonts, opened.
pub struct Measure<'f> {
    faces: Vec<(Option<FontWeight>, rustybuzz::Face<'f>)>,
    known: Arc<Mutex<Widths>>,
}

impl Measure<'_> {
    /// How wide a line of text is, in the unit of `size`.
    pub fn width(&self, text: &str, size: f64, weight: FontWeight) -> f64 {
        // A lock that a panic left behind only costs the memory of it.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ems) = known().get(&weight).and_then(|widths| widths.get(text)) {
            return ems * size;
        }
        let ems = self.shape(text, weight).width;
        let mut widths = known();
        let widths = widths.entry(weight).or_default();
        if widths.len() < KEPT && text.len() < 200 {
            widths.insert(text.to_owned(), ems);
        }
        ems * size
    }

    /// The glyphs of a line of text, from left to right as they are seen.
    pub fn shape(&self, text: &str, weight: FontWeight) -> ShapedLine {
        let mut line = ShapedLine { complete: true, ..ShapedLine::default() };
        if text.is_ascii() {
            self.run(text, weight, false, &mut line);
            return line;
        }
        let bidi = unicode_bidi::BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let backwards = levels[run.start].is_rtl();
                self.run(&text[run], weight, backwards, &mut line);
            }
        }
        line
    }

    /// The characters of a text that no font has a glyph for.
    pub(crate) fn lacking<'t>(&'t self, text: &'t str) -> impl Iterator<Item = char> + 't {
        let has = |char: char| {
            char.is_ascii()
                || char.is_whitespace()
                || needs_no_glyph(char)
                || self.faces.iter().any(|(_, face)| face.glyph_index(char).is_some())
        };
        text.chars().filter(move |char| !has(*char))
    }

    /// The outline of a glyph: units of an em, and the number of units.
    pub(crate) fn outline(&self, font: usize, id: u16, into: &mut dyn ttf_parser::OutlineBuilder) -> Option<f64> {
        let (_, face) = self.faces.get(font)?;
        face.outline_glyph(GlyphId(id), into);
        Some(f64::from(face.units_per_em()))
    }

    /// Text of one direction: parted by font, shaped part by part.
    fn run(&self, text: &str, weight: FontWeight, backwards: bool, line: &mut ShapedLine) {
        let mut parts: Vec<(Option<usize>, usize, usize)> = Vec::new();
        for (at, cluster) in text.grapheme_indices(true) {
            let font = self.font_for(cluster, weight);
            match parts.last_mut() {
                Some((known, _, end)) if *known == font => *end = at + cluster.len(),
                _ => parts.push((font, at, at + cluster.len())),
            }
        }
        if backwards {
            parts.reverse();
        }
        for (font, start, end) in parts {
            match font {
                Some(font) => self.part(&text[start..end], font, backwards, line),
                None => {
                    // No glyphs: about as wide as such text is.
                    line.width += text[start..end].width() as f64 * 0.5;
                    line.complete = false;
                }
            }
        }
    }

    fn part(&self, text: &str, font: usize, backwards: bool, line: &mut ShapedLine) {
        let Some((_, face)) = self.faces.get(font) else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = f64::from(face.units_per_em()).max(1.0);
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            line.glyphs.push(Glyph {
                font,
                id: info.glyph_id.min(u32::from(u16::MAX)) as u16,
                x: line.width + f64::from(position.x_offset) / em,
                y: f64::from(position.y_offset) / em,
            });
            line.width += f64::from(position.x_advance) / em;
        }
    }

    /// The font of the weight that has all of a cluster; joiners and selectors need no glyph.
    fn font_for(&self, cluster: &str, weight: FontWeight) -> Option<usize> {
        let has = |face: &rustybuzz::Face<'_>| {
            cluster.chars().all(|char| needs_no_glyph(char) || face.glyph_index(char).is_some())
        };
        let fits = |(at, (of, face)): (usize, &(Option<FontWeight>, rustybuzz::Face<'_>)), exact: bool| {
            ((!exact || of.is_none_or(|of| of == weight)) && has(face)).then_some(at)
        };
        let faces = || self.faces.iter().enumerate();
        faces().find_map(|face| fits(face, true)).or_else(|| faces().find_map(|face| fits(face, false)))
    }
}

fn needs_no_glyph(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{2060}' | '\u{ad}' | '\u{1f3fb}'..='\u{1f3ff}')
}
