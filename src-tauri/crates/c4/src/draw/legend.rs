//! Title and legend, in points.

use super::block::Figures;
use super::colour::Colour;
use super::fonts::Measure;
use super::options::{AgeStatus, Overlay, Severity};
use super::outline::LEAST;
use super::path::{open, rounded};
use super::render::{area, body, pill, stroke};
use super::scene::{Scene, Subject};
use super::shape::{Anchor, FontWeight, Shape};
use super::style::{Dash, Outline};
use super::theme::Theme;
use super::wording::{Text, age_colour};
use super::words::Syllables;
use super::words::Words;
use super::wrap::{Setting, wrap};
use crate::layout::{Point, Rect};
use crate::model::{View, ViewKind, Workspace};

/// Size of the title's type.
const TITLE: f64 = 13.0;
/// Size of the description's and the legend's type.
const SMALL: f64 = 8.0;
/// Width and height of a legend's picture.
const SWATCH: (f64, f64) = (24.0, 15.0);

/// The title of a view: its own, or one made of its kind and scope.
pub fn title(workspace: &Workspace, view: &View, words: &Words) -> String {
    if !view.title.is_empty() {
        return super::wrap::plain(&view.title);
    }
    let base = if view.kind == ViewKind::Filtered { workspace.view(&view.base).unwrap_or(view) } else { view };
    if view.kind == ViewKind::Filtered && !base.title.is_empty() {
        return super::wrap::plain(&base.title);
    }
    let kind = words.view(base.kind);
    let mut title = match base.scope {
        Some(scope) => format!("{kind}: {}", workspace.model.name(scope)),
        None => kind.to_owned(),
    };
    if base.kind == ViewKind::Deployment {
        title = format!("{title} – {}", base.environment);
    }
    super::wrap::plain(&title)
}

/// Title and description from the upper left corner on. Answers how high they are.
pub(crate) fn head(
    measure: &Measure<'_>,
    theme: &Theme,
    title: &str,
    description: &str,
    width: f64,
    syllables: Syllables,
) -> (f64, Vec<Shape>) {
    let mut shapes = Vec::new();
    let mut y = 0.0;
    for (text, size, weight, colour, most) in [
        (title, TITLE, FontWeight::SemiBold, theme.ink, 2),
        (description, SMALL + 0.5, FontWeight::Regular, theme.muted, 4),
    ] {
        for line in wrap(measure, text, Setting { size, weight, width, lines: most, syllables }).0 {
            y += size * 1.3;
            let (text, width) = (line.text, line.width);
            shapes.push(Shape::Text {
                x: 0.0,
                y: y - size * 0.3,
                size,
                weight,
                colour,
                anchor: Anchor::Start,
                text,
                width,
                opacity: 1.0,
            });
        }
    }
    (if shapes.is_empty() { 0.0 } else { y + 10.0 }, shapes)
}

/// One thing that a legend explains.
struct Entry {
    shapes: Vec<Shape>,
    wide: f64,
    words: String,
}

/// The legend of what is on the picture, from (0, top) on, about as wide as the picture. Answers how wide and high it is.
pub(crate) fn legend(scene: &Scene, text: &Text<'_>, room: f64, picture: f64, top: f64) -> ((f64, f64), Vec<Shape>) {
    let mut entries = boxes(scene, text);
    entries.extend(lines(scene, text));
    entries.extend(overlay(scene, text));
    if entries.is_empty() {
        return ((0.0, 0.0), Vec::new());
    }
    // A narrow picture has a legend that is wider, but a wide page no line beyond both.
    let width = if scene.density.close { room } else { picture.max(room * 0.6).min(room) };
    let mut shapes = vec![area(
        open(&[(0.0, top + 0.5), (width, top + 0.5)]),
        None,
        Some(stroke(text.theme.ink.over(0.25, text.theme.paper), 0.5, Dash::Solid)),
        1.0,
    )];
    let (mut x, mut y, mut widest) = (0.0, top + 8.0, 0.0_f64);
    for entry in entries {
        let words = text.measure.width(&entry.words, SMALL, FontWeight::Regular);
        let wide = entry.wide + 5.0 + words;
        if x > 0.0 && x + wide > width {
            x = 0.0;
            y += SWATCH.1 + 5.0;
        }
        shapes.extend(entry.shapes.into_iter().map(|shape| shape.placed(1.0, x, y)));
        shapes.push(Shape::Text {
            x: x + entry.wide + 5.0,
            y: y + SWATCH.1 / 2.0 + SMALL * 0.35,
            size: SMALL,
            weight: FontWeight::Regular,
            colour: text.theme.ink,
            anchor: Anchor::Start,
            text: entry.words,
            width: words,
            opacity: 1.0,
        });
        widest = widest.max(x + wide);
        x += wide + 16.0;
    }
    ((widest.max(width), y + SWATCH.1 - top), shapes)
}

fn boxes(scene: &Scene, text: &Text<'_>) -> Vec<Entry> {
    let model = &text.workspace.model;
    let mut seen = Vec::new();
    let mut entries = Vec::new();
    for boundary in [false, true] {
        for node in scene.nodes.iter().filter(|node| node.boundary == boundary) {
            let words = match &node.subject {
                Subject::Group(..) => text.options.words.kind_of_group().to_owned(),
                Subject::Element(id) => {
                    let element = model.element(*id);
                    let kind = element.instance_of.map_or(element.kind, |of| model.element(of).kind);
                    let kind = text.kind(kind);
                    match &node.look.tag {
                        Some(tag) if !boundary => tag.clone(),
                        _ if !node.look.inside && !boundary => text.options.words.external.replace("{kind}", &kind),
                        _ => kind,
                    }
                }
            };
            let key = (words.clone(), boundary, if boundary { None } else { Some(node.look.outline) });
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let shapes = if boundary {
                let frame = Rect::new(0.5, 0.5, SWATCH.0 - 1.0, SWATCH.1 - 1.0);
                let mut line = stroke(node.look.stroke, 0.8, Dash::Solid);
                if boundary_dash(node) != Dash::Solid {
                    line.dash = vec![2.4, 1.6];
                }
                vec![area(rounded(&frame, [2.0; 4]), None, Some(line), 1.0)]
            } else {
                let mut look = node.plain_look.clone();
                look.stroke_width = look.stroke_width.min(2.0) * 3.0;
                let (w, h) = (LEAST.0, if node.look.outline == Outline::Person { 125.0 } else { LEAST.1 });
                let scale = (SWATCH.0 / w).min(SWATCH.1 / h);
                let shift = ((SWATCH.0 - w * scale) / 2.0, (SWATCH.1 - h * scale) / 2.0);
                body(&look, &Rect::new(0.0, 0.0, w, h))
                    .into_iter()
                    .map(|shape| shape.placed(scale, shift.0, shift.1))
                    .collect()
            };
            entries.push(Entry { shapes, wide: SWATCH.0, words });
        }
    }
    entries
}

/// How the side of a boundary is drawn: where something runs solid, else dashed.
pub(crate) fn boundary_dash(node: &super::scene::SceneNode) -> Dash {
    match (&node.subject, node.look.border) {
        (Subject::Group(..), border) => border,
        // Where something runs is solid, what is only drawn together is dashed.
        (_, Dash::Solid) if !node.deployment => Dash::Dashed,
        (_, border) => border,
    }
}

fn lines(scene: &Scene, text: &Text<'_>) -> Vec<Entry> {
    let mut seen = Vec::new();
    let mut entries = Vec::new();
    let traffic = matches!(text.options.overlay, Overlay::Traffic(_));
    for edge in &scene.edges {
        let words = match (&edge.look.tag, edge.response) {
            (_, true) => text.options.words.response.clone(),
            (Some(tag), _) => tag.clone(),
            (None, _) => text.options.words.relationship.clone(),
        };
        if seen.contains(&words) {
            continue;
        }
        seen.push(words.clone());
        let mut look = edge.look.clone();
        // What is laid over it has entries of its own.
        if traffic || edge.mark.is_some() {
            (look.colour, look.width) = (text.theme.line, 1.3);
        }
        let middle = SWATCH.1 / 2.0;
        let ends = [Point::new(0.0, 0.0), Point::new(SWATCH.0 / 0.6, 0.0)];
        let shapes = super::render::line(&ends, &look, edge.response, &[]);
        entries.push(Entry {
            shapes: shapes.into_iter().map(|shape| shape.placed(0.6, 0.0, middle)).collect(),
            wide: SWATCH.0,
            words,
        });
    }
    entries
}

fn overlay(scene: &Scene, text: &Text<'_>) -> Vec<Entry> {
    let elements = || {
        scene.nodes.iter().filter_map(|node| match &node.subject {
            Subject::Element(id) => Some(*id),
            Subject::Group(..) => None,
        })
    };
    let entry = |label: &str, colour: Colour, words: String| {
        let (rect, shapes) = pill(text.measure, text.theme, label, colour, Point::default());
        let scale = 0.62;
        let wide = rect.w * scale;
        let placed = shapes.into_iter().map(|shape| shape.placed(scale, wide / 2.0, SWATCH.1 / 2.0));
        Entry { shapes: placed.collect(), wide, words }
    };
    let words = &text.options.words;
    match &text.options.overlay {
        Overlay::Findings(_) => {
            let marks: Vec<Colour> = elements().filter_map(|id| text.mark(id)).map(|(_, colour, _)| colour).collect();
            let shown = Severity::ALL.iter().filter(|one| marks.contains(&text.theme.severities[one.at()]));
            shown
                .map(|one| {
                    entry(&words.letters[one.at()], text.theme.severities[one.at()], words.severities[one.at()].clone())
                })
                .collect()
        }
        Overlay::Technology(_) => {
            let marks: Vec<Colour> = elements().filter_map(|id| text.mark(id)).map(|(_, colour, _)| colour).collect();
            let all = [AgeStatus::Ended, AgeStatus::Ending, AgeStatus::Current, AgeStatus::Unknown];
            let shown = all.into_iter().enumerate().filter(|(_, one)| marks.contains(&age_colour(*one, text.theme)));
            shown.map(|(at, one)| entry("   ", age_colour(one, text.theme), words.ages[at].clone())).collect()
        }
        Overlay::Perspective(name) => {
            let mut marks: Vec<(String, Colour)> =
                elements().filter_map(|id| text.mark(id)).map(|(label, colour, _)| (label, colour)).collect();
            marks.extend(scene.edges.iter().filter_map(|edge| edge.mark.clone()));
            // Severities worst first, else by the alphabet.
            marks.sort_by_cached_key(|(label, colour)| (words.severity(label), label.clone(), *colour));
            marks.dedup();
            marks.into_iter().take(8).map(|(label, colour)| entry("   ", colour, format!("{name}: {label}"))).collect()
        }
        Overlay::Traffic(_) => {
            let colours = [
                text.theme.line,
                text.theme.severities[2].against(text.theme.paper, 2.2),
                text.theme.severities[0].against(text.theme.paper, 3.0),
            ];
            let shown = colours
                .into_iter()
                .enumerate()
                .filter(|(_, colour)| scene.edges.iter().any(|edge| edge.look.colour == *colour));
            // What figures without words are.
            let brief = format!("p99 · {} · {}", words.errors, words.rate);
            let brief = Entry { shapes: Vec::new(), wide: -5.0, words: brief };
            let brief = (scene.density.figures == Figures::Short).then_some(brief);
            let colours = shown.map(|(at, colour)| {
                let line = stroke(colour, 2.4, Dash::Solid);
                let middle = SWATCH.1 / 2.0;
                let path = open(&[(0.0, middle), (SWATCH.0, middle)]);
                Entry {
                    shapes: vec![area(path, None, Some(line), 1.0)],
                    wide: SWATCH.0,
                    words: words.traffic[at].clone(),
                }
            });
            colours.chain(brief).collect()
        }
        Overlay::None => Vec::new(),
    }
}
