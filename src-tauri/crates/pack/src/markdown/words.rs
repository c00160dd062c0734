//! Words by which a template's parts are known, English and German.

use groma_model::{Level, Priority, Rating, Severity};

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Fields to fill in: system information, executive summary.
    Fields,
    /// A heading that only groups others.
    Group,
    Rubric,
    /// A place for an answer (the level, its justification): the engagement holds it.
    Answer,
    Areas,
    Steps,
    Roadmap,
    Team,
    Budget,
    Trainings,
    Metrics,
    KeyResults,
    Risks,
    Appendices,
}

/// The first entry of which a word is in the title decides.
const PARTS: &[(Part, &[&str])] = &[
    (Part::Rubric, &["rubric", "bewertungsraster", "bewertungsmatrix", "stufenmodell"]),
    (Part::Answer, &["current maturity", "justification", "aktueller reifegrad", "begründung"]),
    (Part::Steps, &["recommendation", "empfehlung"]),
    (Part::Areas, &["assessment area", "bewertungsbereich", "prüfbereich", "prüffelder"]),
    (Part::Group, &["maturity level", "maturity assessment", "reifegrad"]),
    (
        Part::Fields,
        &[
            "system information",
            "about the system",
            "executive summary",
            "systemangaben",
            "systeminformation",
            "angaben zum system",
            "zusammenfassung",
        ],
    ),
    (Part::Roadmap, &["roadmap", "fahrplan"]),
    (Part::Group, &["resource", "ressourcen", "success criteria", "erfolgskriterien"]),
    (Part::Team, &["team", "rollen"]),
    (Part::Budget, &["budget", "kosten"]),
    (Part::Trainings, &["training", "schulung"]),
    (Part::Metrics, &["metrics to track", "success metric", "kennzahlen", "messgrößen"]),
    (Part::KeyResults, &["key result", "schlüsselergebnis"]),
    (Part::Risks, &["risk", "risik"]),
    (Part::Appendices, &["appendix", "appendices", "anhang", "anhänge"]),
];

/// Which part a heading opens.
pub(super) fn part(title: &str) -> Option<Part> {
    PARTS.iter().find(|(_, words)| has(title, words)).map(|(part, _)| *part)
}

/// Whether a heading opens a list of checks.
pub(super) fn is_checklist(title: &str) -> bool {
    has(title, &["checklist", "checkliste", "prüfpunkte", "prüfkriterien"])
}

/// Whether a text is in German, judged by its headings.
pub(super) fn is_german(title: &str) -> bool {
    has(
        title,
        &[
            "anhang",
            "bewertung",
            "empfehlung",
            "fahrplan",
            "risik",
            "ressourcen",
            "schulung",
            "erfolgskriterien",
            "zusammenfassung",
            "checkliste",
            "reifegrad",
            "prüf",
            "und ",
            "kennzahlen",
        ],
    )
}

/// Whether one of the words occurs, whatever the case.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// The same, but words of up to three letters must stand alone: `ist` is not in `Frist`.
pub(super) fn names(title: &str, words: &[&str]) -> bool {
    let title = title.to_lowercase();
    words.iter().any(|word| match word.chars().count() {
        0..=3 => title.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word),
        _ => title.contains(word),
    })
}

/// Lower-case letters, digits and hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The slug, or `word` when nothing is left of it; with a number behind it when it is taken.
pub(super) fn unique_slug(text: &str, word: &str, taken: &[String]) -> String {
    let base = Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| word.to_owned());
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base)
}

/// A title without its number: `3. Testing` gives `3` and `Testing`.
pub(super) fn numbered(title: &str) -> (Option<&str>, &str) {
    let digits = title.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, rest) = title.split_at(digits);
    let number = number.trim_matches('.');
    match rest.strip_prefix(')').unwrap_or(rest).strip_prefix([' ', '\t']) {
        Some(rest) if !number.is_empty() => (Some(number), rest.trim()),
        _ => (None, title.trim()),
    }
}

/// All whole numbers in a text, in order.
pub(super) fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

/// The first number, with a decimal point or comma.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number: String = text[start..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    number.trim_end_matches(['.', ',']).replace(',', ".").parse().ok()
}

/// A duration in months: `6 months`, `2 Wochen`, `1 year`.
pub(super) fn months(text: &str) -> Option<f64> {
    let number = decimal(text)?;
    if has(text, &["year", "jahr"]) {
        Some(number * 12.0)
    } else if has(text, &["week", "woche"]) {
        Some(number / 4.0)
    } else if has(text, &["month", "monat"]) {
        Some(number)
    } else {
        None
    }
}

pub(super) fn severity(word: &str) -> Option<Severity> {
    Some(match word.trim().to_lowercase().as_str() {
        "critical" | "kritisch" => Severity::Critical,
        "high" | "hoch" => Severity::High,
        "medium" | "moderate" | "mittel" => Severity::Medium,
        "low" | "niedrig" | "gering" => Severity::Low,
        "info" | "informational" | "hinweis" => Severity::Info,
        _ => return None,
    })
}

pub(super) fn priority(word: &str) -> Option<Priority> {
    Some(match severity(word)? {
        Severity::Critical => Priority::Critical,
        Severity::High => Priority::High,
        Severity::Medium => Priority::Medium,
        Severity::Low | Severity::Info => Priority::Low,
    })
}

/// Likelihood or impact in words or as 1 to 5.
pub(super) fn rating(text: &str) -> Option<Rating> {
    let text = text.trim().to_lowercase();
    let number = match text.as_str() {
        "very low" | "sehr gering" | "sehr niedrig" => 1,
        "very high" | "sehr hoch" => 5,
        text => match severity(text) {
            Some(Severity::Critical) => 5,
            Some(Severity::High) => 4,
            Some(Severity::Medium) => 3,
            Some(Severity::Low) => 2,
            Some(Severity::Info) => return None,
            None => i64::from(*numbers(text.trim_end_matches("/5").trim()).first()?),
        },
    };
    Rating::try_from(number).ok()
}

pub(super) fn level(text: &str) -> Option<Level> {
    numbers(text).first().and_then(|number| Level::try_from(i64::from(*number)).ok())
}
