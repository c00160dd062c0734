//! What is written on lines: what they are for, by what means, what was measured on them.

use super::block::{Figures, LEADING, Lines, Row, size};
use super::colour::Colour;
use super::options::{Overlay, Traffic};
use super::shape::FontWeight;
use super::style::LineLook;
use super::wording::Text;
use super::wrap::{Setting, TextLine, plain, wrap};
use crate::model::{ElementId, RelationshipId, RelationshipView};

/// What there is to write on a line.
pub(crate) struct Told<'t> {
    /// What it is for, with its step.
    pub said: &'t str,
    /// What was measured on it.
    pub traffic: Option<Traffic>,
    /// What a perspective says of it.
    pub mark: Option<&'t (String, Colour)>,
    /// Its number in the table.
    pub key: &'t str,
}

impl Text<'_> {
    /// What a line is for, after the number of its step.
    pub(crate) fn said(&self, shown: &RelationshipView, look: &LineLook) -> String {
        let relationship = self.workspace.model.relationship(shown.relationship);
        let description = if shown.description.is_empty() { &relationship.description } else { &shown.description };
        let text = if look.description && !self.options.names_only { plain(description) } else { String::new() };
        numbered(&plain(&shown.order), &text)
    }

    /// By what means a relationship works, in the workspace's brackets.
    pub(crate) fn means(&self, id: RelationshipId) -> String {
        let relationship = self.workspace.model.relationship(id);
        let mut technology = plain(&relationship.technology);
        if technology.is_empty()
            && let Some(linked) = relationship.linked
        {
            technology = plain(&self.workspace.model.relationship(linked).technology);
        }
        if technology.is_empty() { technology } else { self.bracketed(&technology) }
    }

    /// The text of a line: what it is for, its technology, what was measured; or the number in the table that has it.
    pub(crate) fn label(
        &self,
        shown: &RelationshipView,
        look: &LineLook,
        Told { said, traffic, mark, key }: &Told<'_>,
    ) -> Vec<Row> {
        let figures = self.density.figures;
        let syllables = self.options.words.syllables;
        let mut rows: Vec<Row> = Vec::new();
        let add = |rows: &mut Vec<Row>, text: &str, size: f64, weight, muted, lines, width| {
            let setting = Setting { size, weight, width, lines, syllables };
            for line in wrap(self.measure, text, setting).0 {
                rows.push(Row { line, size, weight, muted, gap: 0.0, indent: 0.0 });
            }
        };
        let text = match figures {
            Figures::Numbered => String::new(),
            // A step has its number already.
            Figures::Keyed if shown.order.is_empty() => numbered(key, said),
            _ => (*said).to_owned(),
        };
        // Longer texts in wider lines, that they do not become columns.
        let wide = self.density.lines == Lines::Long;
        let width = self.density.label() + (text.chars().count() as f64 - 60.0).clamp(0.0, 120.0) * 0.8;
        if figures == Figures::Numbered {
            add(&mut rows, key, size::LABEL, FontWeight::SemiBold, false, 1, width);
        }
        add(&mut rows, &text, size::LABEL, FontWeight::Regular, false, 7, width);
        let technology = if figures == Figures::Told && look.metadata && !self.options.names_only {
            self.means(shown.relationship)
        } else {
            String::new()
        };
        if !technology.is_empty() {
            let short = self.measure.width(&technology, size::META, FontWeight::Regular);
            let beside =
                rows.first().map(|row| (row.line.width, row.line.width + 5.0 + short)).filter(|_| rows.len() == 1);
            match beside {
                // In one row, where rows are what there is too little room for.
                Some((first, both)) if wide && both <= width => {
                    rows[0].indent = (first - both) / 2.0;
                    let gap = -size::LABEL * LEADING + (size::LABEL - size::META) * (LEADING / 2.0 + 0.34);
                    let line = TextLine { text: technology, width: short };
                    let indent = (both - short) / 2.0;
                    rows.push(Row { line, size: size::META, weight: FontWeight::Regular, muted: true, gap, indent });
                }
                _ => add(&mut rows, &technology, size::META, FontWeight::Regular, true, 3, width),
            }
        }
        if let Some(traffic) = traffic.filter(|_| !self.options.names_only && !figures.in_table()) {
            // Figures in one row where there is room to the sides.
            let width = if wide { width.max(215.0) } else { width };
            let text = if figures == Figures::Short { self.briefly(&traffic) } else { self.measured(&traffic) };
            add(&mut rows, &text, size::META, FontWeight::SemiBold, false, 3, width);
        }
        if let Some((label, _)) = mark {
            add(&mut rows, label, size::META, FontWeight::SemiBold, false, 2, width);
        }
        rows
    }

    /// What was measured on a relationship; the line takes its width and colour from it.
    pub(crate) fn traffic(&self, id: RelationshipId, look: &mut LineLook) -> Option<Traffic> {
        let Overlay::Traffic(measured) = &self.options.overlay else { return None };
        let model = &self.workspace.model;
        let relationship = model.relationship(id);
        let of = |id: ElementId| model.key(model.element(id).instance_of.unwrap_or(id));
        let own = (model.key(relationship.source), model.key(relationship.destination));
        let found =
            measured.get(&own).or_else(|| measured.get(&(of(relationship.source), of(relationship.destination))));
        let Some(traffic) = found else {
            look.colour = look.colour.over(0.55, self.theme.paper);
            return None;
        };
        look.colour = match traffic_class(traffic) {
            0 => self.theme.line,
            1 => self.theme.severities[2].against(self.theme.paper, 2.2),
            _ => self.theme.severities[0].against(self.theme.paper, 3.0),
        };
        look.width = 1.3 + traffic.rate.map_or(0.0, |rate| rate.max(1.0).log10().min(4.0) * 0.6);
        Some(*traffic)
    }

    /// 99th percentile, share of errors and calls a second, each with its unit; empty where one is not known.
    pub(crate) fn figures(&self, traffic: &Traffic) -> [String; 3] {
        let words = &self.options.words;
        let time = traffic.p99.map(|p99| {
            let (number, unit) =
                if p99 >= 10_000.0 { (words.number(p99 / 1000.0, 1), "s") } else { (words.number(p99, 0), "ms") };
            format!("{number}\u{a0}{unit}")
        });
        let share = traffic.error_rate.map(|rate| {
            let percent = rate * 100.0;
            // What is rare is not nothing.
            let share = if percent > 0.0 && percent < 0.05 {
                format!("<{}", words.number(0.1, 1))
            } else {
                words.number(percent, 1)
            };
            format!("{share}\u{a0}%")
        });
        let rate = traffic.rate.map(|rate| format!("{}/s", words.number(rate, if rate < 10.0 { 1 } else { 0 })));
        [time, share, rate].map(Option::unwrap_or_default)
    }

    /// What was measured, each figure with what it is.
    pub(crate) fn measured(&self, traffic: &Traffic) -> String {
        let [time, share, rate] = self.figures(traffic);
        let words = [
            (!time.is_empty()).then(|| format!("p99\u{a0}{time}")),
            (!share.is_empty()).then(|| format!("{share}\u{a0}{}", self.options.words.errors)),
            (!rate.is_empty()).then_some(rate),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· ")
    }

    /// What was measured, in the order that the legend tells; a dash for what is not known.
    fn briefly(&self, traffic: &Traffic) -> String {
        self.figures(traffic).map(|one| if one.is_empty() { "–".to_owned() } else { one }).join("\u{a0}· ")
    }
}

/// A text after its number.
fn numbered(number: &str, text: &str) -> String {
    match (number.is_empty(), text.is_empty()) {
        (true, _) => text.to_owned(),
        (false, true) => number.to_owned(),
        (false, false) => format!("{number}: {text}"),
    }
}

/// 0 good, 1 slow or with errors, 2 bad. Half a second and two are where people notice and give up (Nielsen's limits,
/// rounded to what audits use); one in a hundred and one in twenty fail.
pub(crate) fn traffic_class(traffic: &Traffic) -> u8 {
    let slow = traffic.p99.map_or(0, |p99| u8::from(p99 >= 500.0) + u8::from(p99 >= 2_000.0));
    let failing = traffic.error_rate.map_or(0, |rate| u8::from(rate >= 0.01) + u8::from(rate >= 0.05));
    slow.max(failing)
}
