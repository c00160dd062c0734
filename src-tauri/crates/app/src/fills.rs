//! Places in the library's texts that evidence fills: "p99 of GET /orders is 843 ms".

use groma_evidence::Better;
use groma_model::{Contents, Measurement};
use groma_report::{Labels, Locale, figure_text};
use serde::{Deserialize, Serialize};

use crate::{AppError, assets};

/// What of a measurement fills a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Say {
    /// The value with its unit.
    #[default]
    Value,
    /// What was measured: an endpoint, a table.
    Subject,
    /// What the number does not say: the first of the places, a setting's words.
    Text,
    /// Of how many subjects there is such a measurement.
    Count,
    /// Where it stands: `src/orders.py:12`.
    Place,
}

/// A place of a text, by its words in each language, and the metric that fills it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fill {
    /// The words between the braces in English texts.
    pub en: String,
    /// The same in German ones.
    pub de: String,
    /// The metric; all places of one metric speak of its worst measurement.
    pub metric: String,
    /// What of it.
    pub say: Say,
}

/// What an engagement measured, in a language.
pub(crate) struct Figures<'a> {
    contents: &'a Contents,
    german: bool,
    locale: &'static Locale,
    labels: Labels,
}

impl<'a> Figures<'a> {
    /// # Errors
    /// When the words of a language cannot be read, which is a fault of the build.
    pub fn of(contents: &'a Contents, language: &str) -> Result<Self, AppError> {
        let german = language == "de";
        let spoken = if german { "de" } else { "en" };
        Ok(Self { contents, german, locale: Locale::of(spoken), labels: assets::labels(spoken)? })
    }

    /// The text with its places filled as far as something was measured.
    pub fn filled(&self, mut text: String, fills: &[Fill]) -> String {
        for fill in fills {
            let place = format!("{{{{{}}}}}", if self.german { &fill.de } else { &fill.en });
            if !text.contains(&place) {
                continue;
            }
            if let Some(says) = self.says(fill) {
                text = text.replace(&place, &says);
            }
        }
        text
    }

    fn says(&self, fill: &Fill) -> Option<String> {
        let worst = self.worst(&fill.metric)?;
        let words = |text: &str| (!text.trim().is_empty()).then(|| plain(text));
        match fill.say {
            // What is named beside a count has a place of its own.
            Say::Value => Some(figure_text(
                self.locale,
                &self.labels,
                worst.value,
                &worst.unit,
                if worst.unit == "bool" { &worst.text } else { "" },
            )),
            Say::Subject => words(&worst.subject),
            Say::Text => words(&worst.text),
            Say::Place => words(&worst.at),
            Say::Count => {
                let all = self.contents.measurements.iter().filter(|one| one.metric == fill.metric);
                let mut subjects: Vec<&str> =
                    all.map(|one| one.subject.as_str()).filter(|one| !one.is_empty()).collect();
                subjects.sort_unstable();
                subjects.dedup();
                Some(self.locale.number(subjects.len() as f64, 0))
            }
        }
    }

    /// The worst measurement of a metric. Where no direction is the bad one, the newest speaks; of equal ones that of the
    /// whole.
    fn worst(&self, metric: &str) -> Option<&'a Measurement> {
        let all = self.contents.measurements.iter().filter(|one| one.metric == metric);
        let whole = |one: &Measurement| one.subject.is_empty();
        let captured = |one: &Measurement| {
            let artifact = self.contents.artifacts.iter().position(|artifact| artifact.id == one.artifact);
            let time = artifact.and_then(|at| {
                let artifact = &self.contents.artifacts[at];
                artifact.captured_at.or(artifact.imported_at)
            });
            (time, artifact)
        };
        let better = match metric {
            // The strictest alert is the one that is told of.
            "obs.alert.error_rate" | "obs.alert.latency" => Better::Higher,
            _ => groma_evidence::metric(metric).map_or(Better::Neither, |metric| metric.better),
        };
        // No limit at all is worse than any.
        let value =
            |one: &Measurement| if metric == "code.body_limit" && one.value == 0.0 { f64::INFINITY } else { one.value };
        match better {
            Better::Lower => all.max_by(|a, b| value(a).total_cmp(&value(b)).then(whole(a).cmp(&whole(b)))),
            Better::Higher => all.min_by(|a, b| value(a).total_cmp(&value(b)).then(whole(b).cmp(&whole(a)))),
            Better::Neither if metric == "code.body_limit" => all.max_by(|a, b| value(a).total_cmp(&value(b))),
            Better::Neither => all.max_by_key(|one| (captured(one), whole(one))),
        }
    }
}

/// A text as Markdown that prints as that text.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' | '|' => out.extend(['\\', letter]),
            // What would call a figure or begin a line.
            '{' | '}' | '\n' | '\r' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(metric: &str, value: f64, unit: &str, subject: &str, text: &str) -> Measurement {
        Measurement {
            metric: metric.into(),
            value,
            unit: unit.into(),
            subject: subject.into(),
            text: text.into(),
            at: "line 3".into(),
            ..Measurement::default()
        }
    }

    fn fill(en: &str, metric: &str, say: Say) -> Fill {
        Fill { en: en.into(), de: en.into(), metric: metric.into(), say }
    }

    #[test]
    fn the_worst_measurement_fills_all_places_of_its_metric() {
        let contents = Contents {
            measurements: vec![
                measured("http.latency.p99", 120.0, "ms", "GET /a", ""),
                measured("http.latency.p99", 843.0, "ms", "GET /or*ders", ""),
                measured("cache.hit_ratio", 0.5, "ratio", "", ""),
                measured("cache.hit_ratio", 0.25, "ratio", "sessions", ""),
                measured("db.fk.unindexed", 3.0, "count", "", "a.b, c.d"),
            ],
            ..Contents::default()
        };
        let fills = [
            fill("endpoint", "http.latency.p99", Say::Subject),
            fill("p99", "http.latency.p99", Say::Value),
            fill("endpoints", "http.latency.p99", Say::Count),
            fill("rate", "cache.hit_ratio", Say::Value),
            fill("number", "db.fk.unindexed", Say::Value),
            fill("columns", "db.fk.unindexed", Say::Text),
            fill("unknown", "db.index.bloat", Say::Value),
        ];
        let text = "{{endpoint}} {{p99}} of {{endpoints}}; {{rate}}; {{number}}: {{columns}}; {{unknown}} {{other}}"
            .to_owned();
        let english = Figures::of(&contents, "en").unwrap().filled(text.clone(), &fills);
        assert_eq!(english, "GET /or\\*ders 843\u{a0}ms of 2; 25.0%; 3: a.b, c.d; {{unknown}} {{other}}");
        let german = Figures::of(&contents, "de").unwrap().filled(text, &fills);
        assert!(german.contains("25,0\u{a0}%"), "{german}");
    }

    #[test]
    fn text_of_a_tool_does_not_become_a_place_or_a_mark() {
        assert_eq!(plain("a_b {{c}}\n# d"), "a\\_b   c   \\# d");
    }
}
