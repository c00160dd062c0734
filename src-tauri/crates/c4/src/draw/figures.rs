//! The table of what was measured on lines, where the lines have no room for it: in points, below the picture.

use super::options::Traffic;
use super::scene::{Scene, SceneEdge};
use super::shape::{Anchor, FontWeight, Shape};
use super::wording::Text;
use super::wrap::{Setting, plain, wrap};

/// Size of its type, and height of a row of it.
const TYPE: f64 = 7.2;
const ROW: f64 = 9.2;
/// Room below an entry.
const BELOW: f64 = 1.8;
/// Room beside anything.
const BESIDE: f64 = 5.0;
/// Room between two columns of entries.
const BETWEEN: f64 = 16.0;
/// Least width of the names of a line's ends.
const NAMES: f64 = 84.0;
/// Most columns of entries.
const MOST: usize = 4;

/// One line of the table.
struct Entry {
    key: String,
    /// Its ends, and what it is for where the line itself does not say it.
    names: Vec<String>,
    figures: [String; 3],
}

impl Entry {
    fn height(&self) -> f64 {
        self.names.len().max(1) as f64 * ROW + BELOW
    }
}

/// Widths of what is in a column of entries.
struct Widths {
    key: f64,
    names: f64,
    figures: [f64; 3],
}

/// The table, from (0, top) on, `room` wide. Answers how high it is; 0 where lines have their figures themselves.
pub(crate) fn table(scene: &Scene, text: &Text<'_>, room: f64, top: f64) -> (f64, Vec<Shape>) {
    let lines: Vec<&SceneEdge> = scene.edges.iter().filter(|edge| !edge.key.is_empty()).collect();
    if lines.is_empty() || !scene.density.figures.in_table() {
        return (0.0, Vec::new());
    }
    let words = &text.options.words;
    let head = ["p99", words.errors.as_str(), words.rate.as_str()];
    let wide = |text_of: &str, weight| text.measure.width(text_of, TYPE, weight);
    let figures: Vec<[String; 3]> =
        lines.iter().map(|edge| edge.traffic.map(|one| cells(text, &one)).unwrap_or_default()).collect();
    let of_figures = std::array::from_fn(|at| {
        let all = figures.iter().map(|row| wide(&row[at], FontWeight::Regular));
        all.fold(wide(head[at], FontWeight::Regular), f64::max)
    });
    let key = lines.iter().map(|edge| wide(&edge.key, FontWeight::SemiBold)).fold(0.0, f64::max);
    let fixed = key + of_figures.iter().sum::<f64>() + 4.0 * BESIDE;
    let columns = (((room + BETWEEN) / (fixed + NAMES + BETWEEN)) as usize).clamp(1, MOST.min(lines.len()));
    let across = (room + BETWEEN) / columns as f64 - BETWEEN;
    let widths = Widths { key, names: (across - fixed).max(40.0), figures: of_figures };
    let entries: Vec<Entry> =
        lines.iter().zip(figures).map(|(edge, figures)| entry(edge, figures, text, &widths)).collect();
    let mut shapes = Vec::new();
    let all: f64 = entries.iter().map(Entry::height).sum();
    // A column ends where its share of the whole is reached.
    let share = all / columns as f64;
    let (mut column, mut y, mut before, mut deepest) = (0, 0.0, 0.0, 0.0_f64);
    titles(&mut shapes, text, &head, &widths, 0.0, top);
    for one in entries {
        let height = one.height();
        if column + 1 < columns && y > 0.0 && before + height / 2.0 > share * (column + 1) as f64 {
            (column, y) = (column + 1, 0.0);
            titles(&mut shapes, text, &head, &widths, column as f64 * (across + BETWEEN), top);
        }
        write(&mut shapes, &one, text, &widths, column as f64 * (across + BETWEEN), top + ROW + BELOW + y);
        (y, before) = (y + height, before + height);
        deepest = deepest.max(y);
    }
    (ROW + BELOW + deepest, shapes)
}

/// Figures as they stand below their titles: what is measured a second says so there.
fn cells(text: &Text<'_>, traffic: &Traffic) -> [String; 3] {
    let [time, share, rate] = text.figures(traffic);
    [time, share, rate.trim_end_matches("/s").to_owned()]
}

fn entry(edge: &SceneEdge, figures: [String; 3], text: &Text<'_>, widths: &Widths) -> Entry {
    let model = &text.workspace.model;
    let relationship = model.relationship(edge.relationship);
    let (from, to) = if edge.response {
        (relationship.destination, relationship.source)
    } else {
        (relationship.source, relationship.destination)
    };
    let ends = format!("{} → {}", plain(model.name(from)), plain(model.name(to)));
    // A step's number stands before all of it.
    let said = if edge.order.is_empty() { edge.said.as_str() } else { edge.said.trim_start_matches(edge.key.as_str()) };
    let said = said.trim_start_matches(": ");
    let names = if said.is_empty() || says(edge) { ends } else { format!("{ends}: {said}") };
    let syllables = text.options.words.syllables;
    let setting = Setting { size: TYPE, weight: FontWeight::Regular, width: widths.names, lines: 5, syllables };
    let names = wrap(text.measure, &names, setting).0.into_iter().map(|line| line.text).collect();
    Entry { key: edge.key.clone(), names, figures }
}

/// Whether a line has its text itself.
fn says(edge: &SceneEdge) -> bool {
    edge.label.iter().any(|row| row.weight == FontWeight::Regular)
}

/// A line of type.
fn words(text: &Text<'_>, of: &str, (x, y): (f64, f64), anchor: Anchor, weight: FontWeight, muted: bool) -> Shape {
    Shape::Text {
        x,
        y: y + ROW * 0.72,
        size: TYPE,
        weight,
        colour: if muted { text.theme.muted } else { text.theme.ink },
        anchor,
        text: of.to_owned(),
        width: text.measure.width(of, TYPE, weight),
        opacity: 1.0,
    }
}

fn titles(shapes: &mut Vec<Shape>, text: &Text<'_>, head: &[&str; 3], widths: &Widths, x: f64, y: f64) {
    let mut right = x + widths.key + BESIDE + widths.names;
    for (title, wide) in head.iter().zip(widths.figures) {
        right += BESIDE + wide;
        shapes.push(words(text, title, (right, y), Anchor::End, FontWeight::Regular, true));
    }
}

fn write(shapes: &mut Vec<Shape>, one: &Entry, text: &Text<'_>, widths: &Widths, x: f64, y: f64) {
    shapes.push(words(text, &one.key, (x + widths.key, y), Anchor::End, FontWeight::SemiBold, false));
    let left = x + widths.key + BESIDE;
    for (at, row) in one.names.iter().enumerate() {
        shapes.push(words(text, row, (left, y + at as f64 * ROW), Anchor::Start, FontWeight::Regular, false));
    }
    let mut right = left + widths.names;
    for (figure, wide) in one.figures.iter().zip(widths.figures) {
        right += BESIDE + wide;
        let figure = if figure.is_empty() { "–" } else { figure };
        shapes.push(words(text, figure, (right, y), Anchor::End, FontWeight::Regular, false));
    }
}
