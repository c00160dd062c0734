//! Views as vectors: [`draw`] makes a [`Drawing`], [`svg()`] writes one as a picture file.
//!
//! All text is measured first ([`Fonts`]), then laid out ([`crate::layout`]), then drawn; a drawing knows where each
//! element and each line is, so that whoever shows it can link and read it.

mod alt;
mod block;
mod check;
mod colour;
mod compose;
mod dense;
mod drawing;
mod figures;
mod fonts;
mod image;
mod legend;
mod line_text;
mod manual;
mod options;
mod outline;
mod paint;
mod path;
mod perspective;
mod readable;
mod render;
mod scene;
mod shape;
pub(crate) mod split;
mod split_steps;
mod style;
mod svg;
mod theme;
mod titles;
mod wording;
mod words;
mod wrap;

pub use check::check;
pub use colour::{Colour, READABLE};
pub use drawing::{Drawing, DrawingWarning, DrawnBoundary, DrawnBox, DrawnLine, ProposedPart, StatusMark};
pub use fonts::{FontError, Fonts, Glyph, Measure, ShapedLine};
pub use legend::title;
pub use options::{AgeStatus, MM, OpenFindings, Options, Overlay, Severity, TechnologyAge, Traffic};
pub use readable::draw_readable;
pub use shape::{Anchor, FontWeight, Segment, Shape, Stroke};
pub use split::split;
pub use svg::svg;
pub use theme::Theme;
pub use words::{Syllables, Words};

use crate::layout::{EngineError, Point, Quality};
use crate::model::{View, ViewKind, Workspace};
use block::Density;
use compose::Composed;
use paint::{Painter, Placement};
use wording::Text;

/// Elements and lines of the largest view that is laid out: some seconds' work.
const MOST_ELEMENTS: usize = 400;
const MOST_LINES: usize = 900;

/// Why there is no drawing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// No view has the key.
    #[error("there is no view \"{key}\"; there are: {}", known.join(", "))]
    NoView {
        /// The key asked for.
        key: String,
        /// The keys that there are.
        known: Vec<String>,
    },
    /// More than a layout can be waited for, and than anybody could read.
    #[error(
        "the view \"{key}\" has {elements} elements and {lines} relationships, more than can be laid out; show a part of it"
    )]
    TooLarge {
        /// The view.
        key: String,
        /// How many elements are on it.
        elements: usize,
        /// How many relationships are on it.
        lines: usize,
    },
    /// The layout gave up.
    #[error("the view \"{key}\" cannot be drawn: {error}; draw a part of it")]
    Layout {
        /// The view.
        key: String,
        /// What the layout said.
        error: EngineError,
    },
}

/// Draws a view.
///
/// # Errors
/// A key that no view has; a view that cannot be laid out.
pub fn draw(
    workspace: &Workspace,
    view_key: &str,
    fonts: &Fonts,
    theme: &Theme,
    options: &Options,
) -> Result<Drawing, DrawError> {
    let view = workspace.view(view_key).ok_or_else(|| DrawError::NoView {
        key: view_key.to_owned(),
        known: workspace.views.iter().map(|view| view.key.clone()).collect(),
    })?;
    let shown = scene::shown(workspace, view);
    let (elements, lines) = (shown.elements.len(), shown.relationships.len());
    if elements > MOST_ELEMENTS || lines > MOST_LINES {
        return Err(DrawError::TooLarge { key: view_key.to_owned(), elements, lines });
    }
    let measure = fonts.open();
    let text = Text { workspace, options, measure: &measure, theme, density: Density::default() };
    let mut drawing = empty(workspace, view, &text);
    if view.kind == ViewKind::Image {
        image_view(&mut drawing, view, &text);
        return Ok(drawing);
    }
    let failed = |error| DrawError::Layout { key: view_key.to_owned(), error };
    let (mut drawing, composed) = dense::fitted(view, &text, &drawing).map_err(failed)?;
    warn(&mut drawing, &composed, &text);
    Ok(drawing)
}

/// Assembles a drawing, no higher than its page.
fn fit(drawing: &mut Drawing, composed: &mut Composed, text: &Text<'_>) {
    assemble(drawing, composed, text);
    let options = text.options;
    // What title and legend take is known only now.
    if let Some(room) = if composed.turned { options.turned.map(|(_, height)| height) } else { options.height }
        && drawing.height > room + 0.1
    {
        let picture = composed.layout.height * composed.scale;
        composed.scale *= ((room - (drawing.height - picture)) / picture).clamp(0.3, 1.0);
        assemble(drawing, composed, text);
    }
}

fn empty(workspace: &Workspace, view: &View, text: &Text<'_>) -> Drawing {
    Drawing {
        key: view.key.clone(),
        kind: words::wire_view(view.kind).to_owned(),
        title: title(workspace, view, &text.options.words),
        description: wrap::plain(&view.description),
        alt: String::new(),
        width: 0.0,
        height: 0.0,
        scale: 1.0,
        origin: Point::default(),
        smallest_text: text.options.smallest_text,
        turned: false,
        manual: false,
        paper: text.theme.paper,
        family: text.theme.family.clone(),
        warnings: Vec::new(),
        boundaries: Vec::new(),
        lines: Vec::new(),
        boxes: Vec::new(),
        furniture: Vec::new(),
        quality: Quality::default(),
    }
}

/// Room around everything, in points.
const MARGIN: f64 = 3.0;
/// Room above the table of what was measured, in points.
const TABLE_ABOVE: f64 = 8.0;

fn assemble(drawing: &mut Drawing, composed: &Composed, text: &Text<'_>) {
    let scene = &composed.scene;
    let options = text.options;
    let room = match options.turned {
        Some((width, _)) if composed.turned => width,
        _ => options.width,
    };
    let picture = composed.layout.width * composed.scale;
    let line = room - 2.0 * MARGIN;
    let (top, mut furniture) = if options.title {
        legend::head(text.measure, text.theme, &drawing.title, &drawing.description, line, options.words.syllables)
    } else {
        (0.0, Vec::new())
    };
    let foot = top + composed.layout.height * composed.scale + 10.0;
    let ((wide, high), shapes) = if options.legend {
        legend::legend(scene, text, line, picture - 2.0 * MARGIN, foot)
    } else {
        Default::default()
    };
    furniture.extend(shapes);
    let below = foot + if high > 0.0 { high + TABLE_ABOVE } else { 0.0 };
    let (table, shapes) = figures::table(scene, text, line, below);
    furniture.extend(shapes);
    let (wide, high) = if table > 0.0 { (line, below + table - foot) } else { (wide, high) };
    let titled = furniture.iter().filter_map(text_end).fold(0.0, f64::max);
    drawing.width = picture.max(wide.max(titled) + 2.0 * MARGIN);
    drawing.height = if high > 0.0 { foot + high + MARGIN } else { foot - 10.0 } + MARGIN;
    drawing.furniture = furniture.into_iter().map(|shape| shape.placed(1.0, MARGIN, MARGIN)).collect();
    let placement = Placement { scale: composed.scale, dx: (drawing.width - picture) / 2.0, dy: top + MARGIN };
    let painter = Painter { scene, composed, text: Text { ..*text }, placement };
    drawing.boundaries = painter.boundaries();
    drawing.boxes = painter.boxes();
    drawing.lines = painter.lines();
    drawing.alt = alt::drawing(text, &drawing.title, scene);
    drawing.turned = composed.turned;
    drawing.manual = composed.manual;
    drawing.scale = paint::points_per_pixel(composed, placement);
    drawing.origin = Point::new(
        composed.shift.x * placement.scale + placement.dx,
        composed.shift.y * placement.scale + placement.dy,
    );
    drawing.quality = check(drawing);
    drawing.smallest_text = smallest(drawing);
}

fn text_end(shape: &Shape) -> Option<f64> {
    match shape {
        Shape::Text { x, width, anchor: Anchor::Start, .. } => Some(x + width),
        _ => None,
    }
}

/// Size of the smallest type of a drawing.
fn smallest(drawing: &Drawing) -> f64 {
    let boxes = drawing.boxes.iter().flat_map(|one| &one.shapes);
    let boundaries = drawing.boundaries.iter().flat_map(|one| &one.shapes);
    let lines = drawing.lines.iter().flat_map(|one| &one.shapes);
    let all = boxes.chain(boundaries).chain(lines).chain(&drawing.furniture);
    let sizes = all.filter_map(|shape| match shape {
        Shape::Text { size, .. } => Some(*size),
        _ => None,
    });
    sizes.fold(f64::INFINITY, f64::min).min(1_000.0)
}

fn warn(drawing: &mut Drawing, composed: &Composed, text: &Text<'_>) {
    let elements = drawing.boxes.len();
    let small = drawing.smallest_text < text.options.smallest_text - 0.01;
    let crowded = elements > text.options.crowd;
    let parts = if small || crowded { split::proposed(text.workspace, &drawing.key) } else { Vec::new() };
    if crowded {
        drawing.warnings.push(DrawingWarning::Crowded { elements, parts: parts.clone() });
    }
    if small {
        drawing.warnings.push(DrawingWarning::SmallText { points: drawing.smallest_text, parts });
    }
    lacking(drawing, text);
    if composed.spread > 1.001 {
        drawing.warnings.push(DrawingWarning::Spread { factor: composed.spread });
    }
    for node in &composed.scene.nodes {
        let scene::Subject::Element(id) = &node.subject else { continue };
        if node.block.shortened {
            drawing.warnings.push(DrawingWarning::Shortened { element: text.workspace.model.key(*id) });
        }
        if let (Some((name, _)), false) = (&node.look.icon, node.boundary)
            && text.picture(name).is_none()
        {
            let warning = DrawingWarning::MissingImage {
                name: name.chars().take(200).collect(),
                remedy:
                    "give a PNG, JPEG, GIF or WebP beside the workspace; addresses are not fetched, SVG is not drawn"
                        .to_owned(),
            };
            if !drawing.warnings.contains(&warning) {
                drawing.warnings.push(warning);
            }
        }
    }
}

/// Tells of characters that would be left out.
fn lacking(drawing: &mut Drawing, text: &Text<'_>) {
    let boxes = drawing.boxes.iter().flat_map(|one| &one.shapes);
    let boundaries = drawing.boundaries.iter().flat_map(|one| &one.shapes);
    let lines = drawing.lines.iter().flat_map(|one| &one.shapes);
    let mut found: Vec<char> = Vec::new();
    for shape in boxes.chain(boundaries).chain(lines).chain(&drawing.furniture) {
        let Shape::Text { text: written, .. } = shape else { continue };
        for char in text.measure.lacking(written) {
            if found.len() < 20 && !found.contains(&char) {
                found.push(char);
            }
        }
    }
    if !found.is_empty() {
        drawing.warnings.push(DrawingWarning::MissingGlyphs { characters: found.into_iter().collect() });
    }
}

fn image_view(drawing: &mut Drawing, view: &View, text: &Text<'_>) {
    let (top, furniture) = if text.options.title {
        legend::head(
            text.measure,
            text.theme,
            &drawing.title,
            &drawing.description,
            text.options.width - 2.0 * MARGIN,
            text.options.words.syllables,
        )
    } else {
        (0.0, Vec::new())
    };
    drawing.furniture = furniture.into_iter().map(|shape| shape.placed(1.0, MARGIN, MARGIN)).collect();
    drawing.alt = drawing.title.clone();
    let height = text.options.height.map(|height| (height - top - 2.0 * MARGIN).max(20.0));
    let (w, h) = match image::picture(view, text, text.options.width - 2.0 * MARGIN, height) {
        Ok((w, h, shape)) => {
            drawing.furniture.push(shape.placed(1.0, MARGIN, top + MARGIN));
            (w, h)
        }
        Err(warning) => {
            drawing.warnings.push(warning);
            (0.0, 0.0)
        }
    };
    let titled = drawing.furniture.iter().filter_map(text_end).fold(0.0, f64::max);
    drawing.width = (w + 2.0 * MARGIN).max(titled + MARGIN);
    drawing.height = top + h + 2.0 * MARGIN;
}
