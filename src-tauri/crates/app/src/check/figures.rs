//! Figures typed into prose: they must agree with the data they speak of.

use groma_model::{Contents, FindingKind, Kind, Life, Severity};

use serde_json::json;

use super::{Problems, Subject, values};

/// A number in prose with the word that follows it.
struct Figure<'a> {
    value: f64,
    written: &'a str,
    decimals: usize,
    after: &'a str,
    before: &'a str,
}

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let engagement = &subject.contents.engagement;
    for (field, source) in
        [("verdict", &engagement.verdict), ("summary", &engagement.summary), ("ask", &engagement.ask)]
    {
        let text = groma_prose::plain_text(&groma_prose::parse(source));
        for figure in figures(&text) {
            if let Some((sentence, truth)) = counted(&figure, subject)
                && !agrees(&figure, truth)
            {
                problems.at(Kind::Engagement, engagement.id, "engagement").error(
                    sentence,
                    field,
                    values([
                        ("written", json!(format!("{} {}", figure.written, figure.after.trim()))),
                        ("truth", json!(truth)),
                    ]),
                );
            }
        }
    }
    measured(subject.contents, problems);
}

/// The sentence for what a figure of the summary counts, and the true value.
fn counted(figure: &Figure<'_>, subject: &Subject<'_>) -> Option<(&'static str, f64)> {
    let contents = subject.contents;
    let gaps = |severity: Option<Severity>| {
        let open = contents.findings.iter().filter(|f| f.kind == FindingKind::Gap && f.life != Life::Fixed);
        open.filter(|f| severity.is_none_or(|wanted| f.severity == wanted)).count() as f64
    };
    let after = figure.after.trim_start().to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    for (severity, words) in [
        (Severity::Critical, ["critical finding", "kritische feststellung", "kritischen feststellung"]),
        (Severity::High, ["high finding", "hohe feststellung", "hohen feststellung"]),
        (Severity::Medium, ["medium finding", "mittlere feststellung", "mittleren feststellung"]),
        (Severity::Low, ["low finding", "niedrige feststellung", "niedrigen feststellung"]),
    ] {
        if starts(&words) {
            return Some(("figure.contradiction.severity", gaps(Some(severity))));
        }
    }
    if starts(&["findings", "feststellungen"]) {
        return Some(("figure.contradiction.findings", gaps(None)));
    }
    if starts(&["strengths", "stärken"]) {
        let strengths = contents.findings.iter().filter(|f| f.kind == FindingKind::Strength).count();
        return Some(("figure.contradiction.strengths", strengths as f64));
    }
    if starts(&["initiatives", "initiativen"]) {
        return Some(("figure.contradiction.initiatives", contents.initiatives.len() as f64));
    }
    if starts(&["risks", "risiken"]) {
        return Some(("figure.contradiction.risks", contents.risks.len() as f64));
    }
    if starts(&["phases", "phasen"]) {
        return Some(("figure.contradiction.phases", contents.phases.len() as f64));
    }
    let before = figure.before.to_lowercase();
    let spoken_of = |words: &[&str]| words.iter().any(|word| before.contains(word));
    if starts(&["%", "percent", "prozent"]) && spoken_of(&["health", "gesundheit"]) {
        return subject
            .health
            .and_then(|health| health.percent)
            .map(|percent| ("figure.contradiction.health", percent));
    }
    if starts(&["of 5", "out of 5", "von 5"]) && spoken_of(&["maturity", "reife"]) {
        return subject.maturity.and_then(|maturity| maturity.mean).map(|mean| ("figure.contradiction.maturity", mean));
    }
    None
}

/// A figure agrees when the truth rounds to it.
fn agrees(figure: &Figure<'_>, truth: f64) -> bool {
    let step = 10f64.powi(i32::try_from(figure.decimals).unwrap_or_default());
    ((truth * step).round() - (figure.value * step).round()).abs() < 0.5
}

/// Latencies and rates told in findings must stand in some measurement of the engagement.
fn measured(contents: &Contents, problems: &mut Problems) {
    if contents.measurements.is_empty() {
        return;
    }
    for finding in &contents.findings {
        let text = groma_prose::plain_text(&groma_prose::parse(&finding.condition));
        for figure in figures(&text) {
            let unit: String =
                figure.after.trim_start().chars().take_while(|c| c.is_alphabetic() || *c == '/').collect();
            if !matches!(unit.as_str(), "ms" | "req/s") {
                continue;
            }
            let threshold = [
                "<",
                ">",
                "≤",
                "≥",
                "below",
                "under",
                "within",
                "above",
                "than",
                "least",
                "most",
                "limit",
                "threshold",
                "unter",
                "über",
            ];
            if threshold.iter().any(|word| figure.before.trim_end().ends_with(word)) {
                continue;
            }
            let known = contents.measurements.iter().any(|m| match (unit.as_str(), m.unit.as_str()) {
                ("ms", "ms") | ("req/s", "1/s") => agrees(&figure, m.value),
                ("ms", "s") => agrees(&figure, m.value * 1000.0),
                _ => false,
            });
            if !known {
                problems.at(Kind::Finding, finding.id, super::code('F', finding.number)).warning(
                    "figure.dangling",
                    "condition",
                    values([("written", json!(figure.written)), ("unit", json!(unit))]),
                );
            }
        }
    }
}

/// The numbers of a text, with up to 40 characters before and 30 after.
fn figures(text: &str) -> Vec<Figure<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || (matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let glued =
            text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
        let written = &text[start..at];
        if glued {
            continue;
        }
        // "1,280" groups thousands, "0,5" is a decimal: three digits after the last comma make a group.
        let grouped = written.rsplit_once(',').is_some_and(|(_, tail)| tail.len() == 3);
        let plain = if grouped { written.replace(',', "") } else { written.replace(',', ".") };
        let Ok(value) = plain.parse::<f64>() else { continue };
        let decimals = plain.rsplit_once('.').map_or(0, |(_, tail)| tail.len());
        found.push(Figure { value, written, decimals, after: tail(text, at, 30), before: head(text, start, 40) });
    }
    found
}

fn tail(text: &str, from: usize, most: usize) -> &str {
    let rest = &text[from..];
    rest.char_indices().nth(most).map_or(rest, |(end, _)| &rest[..end])
}

fn head(text: &str, to: usize, most: usize) -> &str {
    let rest = &text[..to];
    rest.char_indices().rev().nth(most).map_or(rest, |(start, _)| &rest[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_with_groups_and_decimals() {
        let found = figures("F-012: 1,280 ms and 0,5 s at 47.9 % (v2)");
        let values: Vec<f64> = found.iter().map(|figure| figure.value).collect();
        assert_eq!(values, [1280.0, 0.5, 47.9]);
        assert_eq!(found[2].after.trim(), "% (v2)");
    }

    #[test]
    fn a_figure_agrees_when_the_truth_rounds_to_it() {
        let figure = &figures("47.9 %")[0];
        assert!(agrees(figure, 47.887));
        assert!(!agrees(figure, 46.9));
        assert!(agrees(&figures("48 %")[0], 47.887));
    }
}
