//! The pack itself: identity, relevance, scales.

use std::collections::BTreeMap;

use groma_model::Severity;

use super::{Appendix, Area, Calculator, Check, Rubric, Section, Step, Suggestions, record, words};

/// Version of the pack format that this build reads and writes.
pub const SCHEMA: u32 = 1;

words! {
    /// What a field of the system information takes.
    FieldType {
        /// A line of text.
        Text = "text",
        /// Several lines of Markdown.
        Prose = "prose",
        /// A civil date.
        Date = "date",
        /// One of `choices`.
        Choice = "choice",
    }
}

record! {
    /// Where the pack fits, judged on a code base's file names, words and configuration keys.
    Relevance {
        /// Glob patterns of paths, for example `server/*.ts` below any folder.
        file_patterns: Vec<String>,
        /// Words in file or identifier names.
        keywords: Vec<String>,
        /// Keys or package names in configuration and manifest files.
        config_keys: Vec<String>,
        /// Offered whatever the code base looks like.
        always: bool,
    }

    /// A word of the pack's severity scale and the severity it stands for, worst first.
    SeverityWord {
        /// The pack's word.
        word: String,
        /// Severity on the product's scale.
        severity: Severity,
        /// When to use it.
        meaning: String,
    }

    /// A field of the system information or of the quick assessment.
    Field {
        /// Id, unique among the fields.
        id: String,
        /// Label.
        label: String,
        /// What it takes.
        r#type: FieldType,
        /// Choices of a choice field.
        choices: Vec<String>,
        /// Field of the engagement that holds it, for example `primary_language`; empty when none does.
        engagement_field: String,
        /// What belongs there.
        hint: String,
    }

    /// A score band: the first whose `min_percent` is reached names the state.
    Band {
        /// Id, for example `production_ready`.
        id: String,
        /// Lowest percentage that belongs to it, 0 to 100.
        min_percent: f64,
        /// Title.
        title: String,
        /// What follows from it.
        meaning: String,
    }

    /// An audit pack.
    ///
    /// A checklist pack has `sections` (counted into health), a maturity pack has `areas` (rated 1 to 5); one pack
    /// may carry both.
    Pack {
        /// Version of this format; [`SCHEMA`].
        schema: u32,
        /// Id: lower-case letters, digits and hyphens.
        id: String,
        /// The pack's own version, for example `1.0.0`.
        version: String,
        /// Title.
        title: String,
        /// What it is for (Markdown).
        description: String,
        /// Language of its texts, a BCP 47 tag.
        language: String,
        /// Genre, for example `infrastructure`; from a template's front matter.
        genre: String,
        /// Category, for example `back-end`.
        category: String,
        /// How it is assessed, for example `static`.
        analysis: String,
        /// Where it fits.
        relevance: Relevance,
        /// The severity scale; empty for the product's own five.
        severities: Vec<SeverityWord>,
        /// System information to be filled in.
        fields: Vec<Field>,
        /// Score bands, best first; empty for the product's own four.
        bands: Vec<Band>,
        /// Whether every check must have rules or say why only a person can answer it.
        complete: bool,
        /// Sections of a checklist.
        sections: Vec<Section>,
        /// Areas of a maturity assessment.
        areas: Vec<Area>,
        /// What the levels mean.
        rubric: Rubric,
        /// Recommendations for each step from one level to the next.
        steps: Vec<Step>,
        /// Starting points for roadmap, people, money, goals and risks.
        suggestions: Suggestions,
        /// The same starting points in other languages, by language (`de`).
        translations: BTreeMap<String, Suggestions>,
        /// Languages whose texts stand in files beside the pack (`<id>.de.toml`); replaced by `texts` when it is read.
        languages: Vec<String>,
        /// The pack's texts in other languages: by language (`de`), then by key (`checks/1.4/title`).
        texts: BTreeMap<String, BTreeMap<String, String>>,
        /// How choices, cells and titles that the engagement keeps are read in another language; only in a pack that was
        /// put into one.
        words: BTreeMap<String, String>,
        /// Calculators.
        calculators: Vec<Calculator>,
        /// Appendices of the report.
        appendices: Vec<Appendix>,
    }
}

impl Pack {
    /// The starting points in a language (a region is passed over), or as they stand.
    #[must_use]
    pub fn suggestions_in(&self, language: &str) -> &Suggestions {
        self.translations.get(&crate::language::primary(language)).unwrap_or(&self.suggestions)
    }

    /// All checks with the id and title of the section or area they stand in, in order.
    pub fn checks(&self) -> impl Iterator<Item = (&str, &str, &Check)> {
        let sections = self.sections.iter().map(|part| (&part.id, &part.title, &part.checks));
        let areas = self.areas.iter().map(|part| (&part.id, &part.title, &part.checks));
        sections
            .chain(areas)
            .flat_map(|(id, title, checks)| checks.iter().map(move |check| (id.as_str(), title.as_str(), check)))
    }

    /// The check with an id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks().map(|(_, _, check)| check).find(|check| check.id == id)
    }

    /// The area with an id.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }
}
