//! The one vocabulary of metrics that all formats write and all packs read.
//!
//! A metric's name is dotted and says what was measured; its unit is fixed, so that a threshold never has to
//! convert. Names are stable: packs, engagement files and clients' spreadsheets refer to them.

mod code;
mod quality;
mod runtime;
mod stores;
mod web;

/// Which direction is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// Neither: a fact, a size, a setting.
    Neither,
}

impl Better {
    /// The word used in tables: `lower`, `higher` or `-`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
            Self::Neither => "-",
        }
    }
}

/// A metric of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Dotted name.
    pub name: &'static str,
    /// Unit of every value: `ms`, `s`, `ratio` (0 to 1), `1/s`, `count`, `bytes`, `bool` (0 or 1) or `factor`.
    pub unit: &'static str,
    /// What it means, what its subject is, and what its text holds where it has one.
    pub meaning: &'static str,
    /// Which direction is good.
    pub better: Better,
}

const fn lower(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Lower }
}

const fn higher(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Higher }
}

const fn fact(name: &'static str, unit: &'static str, meaning: &'static str) -> Metric {
    Metric { name, unit, meaning, better: Better::Neither }
}

/// The parts, each sorted by name.
const PARTS: [&[Metric]; 5] = [code::METRICS, quality::METRICS, runtime::METRICS, stores::METRICS, web::METRICS];

const COUNT: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
};

/// Every metric, sorted by name.
pub const METRICS: &[Metric] = &merged();

/// The parts as one sorted list.
const fn merged() -> [Metric; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let mut next = [0; PARTS.len()];
    let mut at = 0;
    while at < COUNT {
        let mut least = PARTS.len();
        let mut part = 0;
        while part < PARTS.len() {
            let waits = next[part] < PARTS[part].len();
            if waits && (least == PARTS.len() || before(PARTS[part][next[part]].name, PARTS[least][next[least]].name)) {
                least = part;
            }
            part += 1;
        }
        all[at] = PARTS[least][next[least]];
        next[least] += 1;
        at += 1;
    }
    all
}

/// Whether a name comes before another: by bytes, which is by the parts between dots, since a dot comes before all
/// that a part is made of.
const fn before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}

/// The metric of this name.
#[must_use]
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// The vocabulary as a Markdown table, for the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| Metric | Unit | Better | Meaning |\n|---|---|---|---|\n");
    for Metric { name, unit, meaning, better } in METRICS {
        out.push_str(&format!("| `{name}` | {unit} | {} | {} |\n", better.as_str(), meaning.replace('|', "\\|")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_sorted_and_dotted() {
        let names: Vec<_> = METRICS.iter().map(|metric| metric.name.split('.').collect::<Vec<_>>()).collect();
        for pair in names.windows(2) {
            assert!(pair[0] < pair[1], "{} before {}", pair[0].join("."), pair[1].join("."));
        }
        for metric in METRICS {
            assert!(metric.name.contains('.'), "{}", metric.name);
            assert!(
                metric.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'_')
            );
            assert!(metric.meaning.ends_with('.'), "{}", metric.name);
        }
    }

    #[test]
    fn units_are_of_the_closed_list() {
        for metric in METRICS {
            let known = ["ms", "s", "ratio", "1/s", "count", "bytes", "bool", "factor"].contains(&metric.unit);
            assert!(known, "{}: {}", metric.name, metric.unit);
        }
    }
}
