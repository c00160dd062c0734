//! Whether a pack holds together: what must be there is there, ids are unique, references lead somewhere.

mod check;
mod maturity;

use std::collections::BTreeSet;

use groma_model::Engagement;

use crate::{Pack, Problem, SCHEMA};

/// Collects problems; lines are filled in later from the fields.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem { line: None, field: field.into(), message: message.into() });
    }

    /// Complains when a text that must be there is empty.
    fn must(&mut self, field: &str, name: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(format!("{field}.{name}").trim_start_matches('.'), format!("{name} is missing: give it a text"));
        }
    }

    /// Complains about ids that are missing or stand twice; `list` is the path of the list.
    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            let field = format!("{list}[{i}]");
            self.must(&field, "id", id);
            if !id.is_empty() && !seen.insert(id) {
                self.add(format!("{field}.id"), format!("the id \"{id}\" stands twice in {list}: rename one"));
            }
        }
        seen
    }

    /// Complains about a reference that leads nowhere.
    fn refers(&mut self, field: String, word: &str, what: &str, known: &BTreeSet<&str>) {
        if !known.contains(word) {
            let choices = known.iter().copied().collect::<Vec<_>>().join(", ");
            self.add(field, format!("there is no {what} \"{word}\": choose one of {choices}"));
        }
    }
}

/// Everything that is wrong with a pack that has the right shape.
pub(crate) fn validate(pack: &Pack) -> Vec<Problem> {
    let mut problems = Problems::default();
    identity(pack, &mut problems);
    scales(pack, &mut problems);
    parts(pack, &mut problems);
    maturity::validate(pack, &mut problems);
    languages(pack, &mut problems);
    problems.0
}

fn identity(pack: &Pack, problems: &mut Problems) {
    if pack.schema != SCHEMA {
        let remedy = if pack.schema > SCHEMA { "update Groma to read this pack" } else { "write schema = 1" };
        problems.add("schema", format!("this is schema {}, known is {SCHEMA}: {remedy}", pack.schema));
    }
    problems.must("", "id", &pack.id);
    if !pack.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        problems.add("id", format!("\"{}\" is not an id: use lower-case letters, digits and hyphens", pack.id));
    }
    problems.must("", "version", &pack.version);
    problems.must("", "title", &pack.title);
    if pack.sections.is_empty() && pack.areas.is_empty() {
        problems.add("", "the pack asks nothing: give it [[sections]] or [[areas]] with checks");
    }
}

fn scales(pack: &Pack, problems: &mut Problems) {
    for (i, severity) in pack.severities.iter().enumerate() {
        problems.must(&format!("severities[{i}]"), "word", &severity.word);
    }
    problems.ids("fields", pack.fields.iter().map(|field| field.id.as_str()));
    let engagement = serde_json::to_value(Engagement::default()).unwrap_or_default();
    for (i, field) in pack.fields.iter().enumerate() {
        problems.must(&format!("fields[{i}]"), "label", &field.label);
        if !field.engagement_field.is_empty() && engagement.get(&field.engagement_field).is_none() {
            let message =
                format!("an engagement has no field \"{}\": leave it out, or correct it", field.engagement_field);
            problems.add(format!("fields[{i}].engagement_field"), message);
        }
        if (field.r#type == crate::FieldType::Choice) == field.choices.is_empty() {
            problems.add(format!("fields[{i}].choices"), "a choice field has choices, another has none");
        }
    }
    problems.ids("bands", pack.bands.iter().map(|band| band.id.as_str()));
    let mut above = f64::INFINITY;
    for (i, band) in pack.bands.iter().enumerate() {
        problems.must(&format!("bands[{i}]"), "title", &band.title);
        if !(0.0..=100.0).contains(&band.min_percent) || band.min_percent >= above {
            let message =
                format!("{} is out of order: bands run from the best down, within 0 to 100", band.min_percent);
            problems.add(format!("bands[{i}].min_percent"), message);
        }
        above = band.min_percent;
    }
    if pack.bands.last().is_some_and(|band| band.min_percent != 0.0) {
        problems.add(
            format!("bands[{}].min_percent", pack.bands.len() - 1),
            "the last band must begin at 0, so that every score has one",
        );
    }
}

fn parts(pack: &Pack, problems: &mut Problems) {
    let sections = pack.sections.iter().map(|part| part.id.as_str());
    problems.ids("sections", sections);
    let areas = problems.ids("areas", pack.areas.iter().map(|part| part.id.as_str()));
    for (i, section) in pack.sections.iter().enumerate() {
        problems.must(&format!("sections[{i}]"), "title", &section.title);
        if areas.contains(section.id.as_str()) {
            problems.add(format!("sections[{i}].id"), format!("an area has the id \"{}\" too: rename one", section.id));
        }
    }
    for (i, area) in pack.areas.iter().enumerate() {
        problems.must(&format!("areas[{i}]"), "title", &area.title);
    }

    let mut seen = BTreeSet::new();
    let sections = pack.sections.iter().enumerate().map(|(i, part)| (format!("sections[{i}]"), &part.checks));
    let areas_checks = pack.areas.iter().enumerate().map(|(i, part)| (format!("areas[{i}]"), &part.checks));
    for (part, checks) in sections.chain(areas_checks) {
        for (j, check) in checks.iter().enumerate() {
            let field = format!("{part}.checks[{j}]");
            if !check.id.is_empty() && !seen.insert(check.id.as_str()) {
                problems.add(format!("{field}.id"), format!("the check \"{}\" stands twice: rename one", check.id));
            }
            check::validate(pack, check, &field, &areas, problems);
        }
    }
}

fn languages(pack: &Pack, problems: &mut Problems) {
    if !pack.words.is_empty() {
        problems.add("words", "words follow from the texts in other languages: leave them out");
    }
    for (language, texts) in &pack.texts {
        for problem in pack.misplaced(&texts.clone().into()) {
            problems.add(format!("texts.{language}"), problem.to_string());
        }
    }
}
