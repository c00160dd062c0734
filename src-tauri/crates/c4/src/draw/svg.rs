//! A drawing as a picture file that looks the same everywhere: text as the outlines of its glyphs, and over them the
//! text itself, unseen, to be searched, copied and read aloud.

use super::drawing::Drawing;
use super::fonts::{Fonts, Measure};
use super::shape::{Anchor, FontWeight, Segment, Shape};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Writes a drawing as SVG 1.1. Nothing in it is fetched from elsewhere.
pub fn svg(drawing: &Drawing, fonts: &Fonts) -> String {
    let measure = fonts.open();
    let mut writer =
        Writer { measure: &measure, out: String::new(), glyphs: BTreeMap::new(), family: escaped(&drawing.family) };
    for boundary in &drawing.boundaries {
        writer.group(&boundary.id, "boundary", &boundary.alt, &boundary.shapes);
    }
    for line in &drawing.lines {
        // The same relationship may be several steps of a dynamic view.
        let id = if line.order.is_empty() { line.id.clone() } else { format!("{}-{}", line.id, line.order) };
        writer.group(&id, "relationship", &line.alt, &line.shapes);
    }
    for one in &drawing.boxes {
        writer.group(&one.id, "element", &one.alt, &one.shapes);
    }
    writer.group("", "furniture", "", &drawing.furniture);
    let mut file = String::with_capacity(writer.out.len() + writer.glyphs.len() * 400);
    let (width, height) = (short(drawing.width), short(drawing.height));
    let _ = write!(
        file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" \
         width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n",
        escaped(&drawing.title),
        escaped(&drawing.alt)
    );
    if !writer.glyphs.is_empty() {
        file.push_str("<defs>\n");
        for ((font, id), path) in &writer.glyphs {
            let _ = writeln!(file, "<path id=\"g{font}-{id}\" d=\"{path}\"/>");
        }
        file.push_str("</defs>\n");
    }
    let _ = writeln!(file, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", drawing.paper.hex());
    file.push_str(&writer.out);
    file.push_str("</svg>\n");
    file
}

struct Writer<'m, 'f> {
    measure: &'m Measure<'f>,
    out: String,
    glyphs: BTreeMap<(usize, u16), String>,
    family: String,
}

impl Writer<'_, '_> {
    fn group(&mut self, id: &str, class: &str, title: &str, shapes: &[Shape]) {
        if shapes.is_empty() {
            return;
        }
        let _ = write!(self.out, "<g class=\"{class}\"");
        if !id.is_empty() {
            let _ = write!(self.out, " id=\"{class}-{}\"", name(id));
        }
        self.out.push('>');
        if !title.is_empty() {
            let _ = write!(self.out, "<title>{}</title>", escaped(title));
        }
        self.out.push('\n');
        for shape in shapes {
            self.shape(shape);
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Path { segments, fill, stroke, opacity } => {
                let fill = fill.map_or("none".to_owned(), |colour| colour.hex());
                let _ = write!(self.out, "<path d=\"{}\" fill=\"{fill}\"", path(segments));
                if let Some(stroke) = stroke {
                    let _ = write!(
                        self.out,
                        " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
                        stroke.colour.hex(),
                        short(stroke.width)
                    );
                    if !stroke.dash.is_empty() {
                        let lengths: Vec<String> = stroke.dash.iter().map(|length| short(*length)).collect();
                        let _ = write!(self.out, " stroke-dasharray=\"{}\"", lengths.join(" "));
                    }
                }
                self.opacity(*opacity);
                self.out.push_str("/>\n");
            }
            Shape::Text { x, y, size, weight, colour, anchor, text, width, opacity } => {
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                let line = self.measure.shape(text, *weight);
                // What no font has is left to the reader's fonts.
                let seen =
                    if line.complete { "fill-opacity=\"0\"".to_owned() } else { format!("fill=\"{}\"", colour.hex()) };
                if line.complete {
                    let _ = write!(self.out, "<g fill=\"{}\"", colour.hex());
                    self.opacity(*opacity);
                    let scale = format!("{:.5}", size / EM);
                    let _ = write!(
                        self.out,
                        " transform=\"translate({} {}) scale({scale})\" aria-hidden=\"true\">",
                        short(left),
                        short(*y)
                    );
                    for glyph in &line.glyphs {
                        self.glyph(glyph.font, glyph.id, (glyph.x * EM).round(), (glyph.y * EM).round());
                    }
                    self.out.push_str("</g>\n");
                }
                let weight = if *weight == FontWeight::SemiBold { 600 } else { 400 };
                let _ = writeln!(
                    self.out,
                    "<text x=\"{}\" y=\"{}\" font-family=\"{}, sans-serif\" font-size=\"{}\" font-weight=\"{weight}\" \
                     textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" {seen}>{}</text>",
                    short(left),
                    short(*y),
                    self.family,
                    short(*size),
                    short(*width),
                    escaped(text)
                );
            }
            Shape::Image { x, y, w, h, data, opacity } => {
                let _ = write!(
                    self.out,
                    "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"xMidYMid meet\" xlink:href=\"{}\"",
                    short(*x),
                    short(*y),
                    short(*w),
                    short(*h),
                    escaped(data)
                );
                self.opacity(*opacity);
                self.out.push_str("/>\n");
            }
        }
    }

    fn opacity(&mut self, opacity: f64) {
        if opacity < 0.999 {
            let _ = write!(self.out, " opacity=\"{}\"", short(opacity));
        }
    }

    fn glyph(&mut self, font: usize, id: u16, x: f64, y: f64) {
        let outline = self.glyphs.entry((font, id)).or_insert_with(|| {
            let mut pen = Pen::default();
            let em = self.measure.outline(font, id, &mut pen).unwrap_or(1_000.0);
            pen.written(em)
        });
        if outline.is_empty() {
            return;
        }
        let _ = write!(self.out, "<use xlink:href=\"#g{font}-{id}\" x=\"{x}\"");
        if y != 0.0 {
            let _ = write!(self.out, " y=\"{}\"", -y);
        }
        self.out.push_str("/>");
    }
}

/// Units of an em, in which glyphs are written.
const EM: f64 = 1_000.0;

/// Collects a glyph's outline.
#[derive(Default)]
struct Pen(Vec<(char, Vec<(f32, f32)>)>);

impl Pen {
    /// The outline in thousandths of an em, y downwards.
    fn written(&self, em: f64) -> String {
        let mut out = String::new();
        for (command, points) in &self.0 {
            out.push(*command);
            for (at, (x, y)) in points.iter().enumerate() {
                let separator = if at == 0 { "" } else { " " };
                let number = |value: f32| (f64::from(value) * 1_000.0 / em).round();
                let _ = write!(out, "{separator}{} {}", number(*x), -number(*y));
            }
        }
        out
    }
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(('M', vec![(x, y)]));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(('L', vec![(x, y)]));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(('Q', vec![(x1, y1), (x, y)]));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(('C', vec![(x1, y1), (x2, y2), (x, y)]));
    }

    fn close(&mut self) {
        self.0.push(('Z', Vec::new()));
    }
}

fn path(segments: &[Segment]) -> String {
    let mut out = String::new();
    for segment in segments {
        let _ = match *segment {
            Segment::Move { x, y } => write!(out, "M{} {}", short(x), short(y)),
            Segment::Line { x, y } => write!(out, "L{} {}", short(x), short(y)),
            Segment::Cubic { x1, y1, x2, y2, x, y } => {
                write!(out, "C{} {} {} {} {} {}", short(x1), short(y1), short(x2), short(y2), short(x), short(y))
            }
            Segment::Close => write!(out, "Z"),
        };
    }
    out
}

/// A number with two decimals at most.
fn short(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for XML 1.0: its signs escaped, what it cannot hold left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(char),
        }
    }
    out
}

/// An id made of what XML names may have.
fn name(id: &str) -> String {
    id.chars()
        .map(|char| if char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.') { char } else { '_' })
        .collect()
}
