//! The library of findings: texts that fit again and again, bundled ones and the consultant's own.

use std::collections::BTreeMap;

use groma_model::{Effort, Finding, FindingKind, Operation, Quality, Rating, Severity};
use serde::{Deserialize, Serialize};

use crate::fills::Fill;
use crate::{AppError, assets};

/// The texts of a finding in one language. Places to be filled stand as `{{words}}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct LibraryTexts {
    /// Title as a claim.
    pub title: String,
    /// Why this severity.
    pub severity_reason: String,
    /// One or two sentences for overviews (Markdown).
    pub summary: String,
    /// What is (Markdown).
    pub condition: String,
    /// What should be (Markdown).
    pub criteria: String,
    /// Why it is so (Markdown).
    pub cause: String,
    /// What it costs the operation (Markdown).
    pub consequence: String,
    /// What people do meanwhile, and what that costs (Markdown).
    pub workaround: String,
    /// What to do at once (Markdown).
    pub short_term: String,
    /// What to do for good (Markdown).
    pub long_term: String,
    /// How to see that it is done (Markdown).
    pub acceptance_test: String,
}

/// Names and reads every text of a finding that the library keeps.
macro_rules! texts {
    ($($field:ident),+) => {
        impl LibraryTexts {
            /// The texts of a finding.
            #[must_use]
            pub fn of(finding: &Finding) -> Self {
                Self { $($field: finding.$field.clone()),+ }
            }

            /// Puts them into a finding.
            pub fn put(self, finding: &mut Finding) {
                $(finding.$field = self.$field;)+
            }

            /// The same texts, each changed alike.
            #[must_use]
            pub fn each(self, change: impl Fn(String) -> String) -> Self {
                Self { $($field: change(self.$field)),+ }
            }

            /// All of them, the title first.
            pub fn all(&self) -> impl Iterator<Item = &str> {
                [$(self.$field.as_str()),+].into_iter()
            }
        }
    };
}

texts!(
    title,
    severity_reason,
    summary,
    condition,
    criteria,
    cause,
    consequence,
    workaround,
    short_term,
    long_term,
    acceptance_test
);

/// A finding of the library.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Kept {
    /// Its id; the consultant's own begin with `own-`.
    pub id: String,
    /// Fault or merit.
    pub kind: FindingKind,
    /// Area: a section or area title of the packs.
    pub area: String,
    /// Severity as a starting point.
    pub severity: Severity,
    /// Likelihood as a starting point.
    pub likelihood: Option<Rating>,
    /// Impact as a starting point.
    pub impact: Option<Rating>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Checks that it answers, as `pack/check`.
    pub checks: Vec<String>,
    /// CWE numbers.
    pub cwe: Vec<u32>,
    /// Quality characteristics it touches.
    pub quality: Vec<Quality>,
    /// The operation that it usually hurts.
    pub operation: Operation,
    /// Effort as a starting point, in person-days.
    pub effort: Option<Effort>,
    /// Roles that mend it: `backend`, `dba`, `sre` …
    pub roles: Vec<String>,
    /// Standards and documentation.
    pub references: Vec<String>,
    /// Places that evidence can fill.
    pub fills: Vec<Fill>,
    /// How often it was kept anew; 0 for the first.
    pub version: u32,
    /// Texts that newer ones took the place of, newest first.
    pub replaced: Vec<Replaced>,
    /// The texts by language.
    pub texts: BTreeMap<String, LibraryTexts>,
}

/// Replaced texts of an entry that are kept at most.
pub(crate) const MOST_REPLACED: usize = 10;

/// Texts that newer ones took the place of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Replaced {
    /// The version they were.
    pub version: u32,
    /// Their language.
    pub language: String,
    /// They.
    pub texts: LibraryTexts,
}

/// What a finding is to another of the same origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kin {
    /// It says the same, in no more languages.
    Same,
    /// It was made of the other.
    Newer,
    /// The other was made of it.
    Older,
}

/// What a finding is to one that is there; none where neither was made of the other. Ids differ from one machine to the
/// next, so that the texts tell it: those that are, and those that they took the place of.
pub(crate) fn kin(kept: &Kept, there: &Kept) -> Option<Kin> {
    let was = |of: &Kept, language: &String, texts: &LibraryTexts| {
        of.replaced.iter().any(|replaced| replaced.language == *language && replaced.texts == *texts)
    };
    let (mut shared, mut newer, mut older) = (0, 0, 0);
    for (language, texts) in &kept.texts {
        let Some(other) = there.texts.get(language) else { continue };
        shared += 1;
        if texts == other {
            continue;
        }
        match (was(kept, language, other), was(there, language, texts)) {
            (true, false) => newer += 1,
            (false, true) => older += 1,
            _ => return None,
        }
    }
    let more = kept.texts.keys().any(|language| !there.texts.contains_key(language));
    match (shared, newer, older) {
        (0, ..) => None,
        (_, 0, 0) if more => Some(Kin::Newer),
        (_, 0, 0) => Some(Kin::Same),
        (_, _, 0) => Some(Kin::Newer),
        (_, 0, _) => Some(Kin::Older),
        _ => None,
    }
}

/// A finding in the place of the one that it was made of: languages that only the earlier one has stay.
pub(crate) fn renewed(kept: Kept, there: &Kept) -> Kept {
    let mut renewed = Kept { id: there.id.clone(), version: kept.version.max(there.version + 1), ..kept };
    for (language, texts) in &there.texts {
        renewed.texts.entry(language.clone()).or_insert_with(|| texts.clone());
    }
    let known = |all: &[Replaced], one: &Replaced| {
        all.iter().any(|other| other.language == one.language && other.texts == one.texts)
    };
    for replaced in &there.replaced {
        if !known(&renewed.replaced, replaced) {
            renewed.replaced.push(replaced.clone());
        }
    }
    renewed.replaced.truncate(MOST_REPLACED);
    renewed
}

/// A file of findings, as they are bundled and travel.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub findings: Vec<Kept>,
}

/// The bundled findings, in the order of their files.
///
/// # Errors
/// When one is not readable, which is a fault of the build.
pub(crate) fn bundled() -> Result<Vec<Kept>, AppError> {
    let mut all = Vec::new();
    for (name, bytes) in assets::library() {
        let wrong = |reason: String| AppError::failed(format!("the library's {name} does not fit: {reason}"));
        let text = std::str::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
        let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        all.extend(file.findings);
    }
    Ok(all)
}

/// What is the client's own in an engagement, with what stands for it in a text that others may read.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<(String, &'static str)>);

/// Legal forms that people leave out when they write of a company.
const LEGAL_FORMS: &[&str] = &[
    "GmbH & Co. KG",
    "GmbH",
    "gGmbH",
    "AG",
    "SE",
    "KG",
    "OHG",
    "UG",
    "Ltd",
    "Ltd.",
    "Inc",
    "Inc.",
    "LLC",
    "PLC",
    "plc",
    "S.A.",
    "B.V.",
];

impl Names {
    /// Adds a name; one of less than three letters is too likely a word of its own.
    pub(crate) fn add(&mut self, name: &str, place: &'static str) {
        let name = name.trim();
        if name.chars().count() >= 3 && !self.0.iter().any(|known| known.0 == name) {
            self.0.push((name.to_owned(), place));
        }
    }

    /// Adds a company, with and without its legal form.
    pub(crate) fn add_company(&mut self, name: &str, place: &'static str) {
        self.add(name, place);
        if let Some(bare) = LEGAL_FORMS.iter().find_map(|form| name.trim().strip_suffix(form)) {
            self.add(bare.trim_end_matches([',', ' ']), place);
        }
    }

    /// The text with every name replaced by its place, the longest names first.
    pub(crate) fn hidden(&self, text: &str) -> String {
        let mut names: Vec<&(String, &'static str)> = self.0.iter().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.0.len()));
        names.into_iter().fold(text.to_owned(), |text, (name, place)| replaced(&text, name, place))
    }
}

/// Replaces whole words, whatever their case.
fn replaced(text: &str, name: &str, place: &str) -> String {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !joins(out.chars().next_back())
            && let Some(length) = begins_with(rest, name)
            && !joins(rest[length..].chars().next())
        {
            out.push_str(place);
            rest = &rest[length..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// The length of a name at the beginning of a text, whatever its case.
fn begins_with(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.chars();
    for wanted in name.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// A text without what leads into this engagement: pictures go, numbers of findings, risks and initiatives become
/// places to fill.
pub(crate) fn unlinked(text: &str) -> String {
    let document = groma_prose::parse(text);
    let mut cuts: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    cuts.extend(groma_prose::images(&document).iter().map(|image| (image.span.range(), "")));
    cuts.extend(groma_prose::references(&document).iter().map(|found| (found.span.range(), "{{reference}}")));
    cuts.sort_by_key(|cut| cut.0.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, instead) in cuts {
        if range.start < from {
            continue;
        }
        out.push_str(&text[from..range.start]);
        out.push_str(instead);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out.trim().to_owned()
}

/// Small letters without accents, so that a search finds what people mean.
pub(crate) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => plain.push('a'),
            'ö' => plain.push('o'),
            'ü' => plain.push('u'),
            'ß' => plain.push_str("ss"),
            'é' | 'è' | 'ê' => plain.push('e'),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_places_as_whole_words_in_any_case() {
        let mut names = Names::default();
        names.add_company("Harbour Freight Lines GmbH", "{{client}}");
        names.add("Parcelline", "{{system}}");
        names.add("AG", "{{client}}");
        let hidden = names.hidden(
            "At HARBOUR FREIGHT LINES, Parcelline's queue; Parcellines and AG stay. Harbour Freight Lines GmbH.",
        );
        assert_eq!(hidden, "At {{client}}, {{system}}'s queue; Parcellines and AG stay. {{client}}.");
    }

    #[test]
    fn pictures_and_numbers_of_this_engagement_go() {
        let text = "See F-012 and ![a](image:b) the **pool** (R-003).";
        assert_eq!(unlinked(text), "See {{reference}} and  the **pool** ({{reference}}).");
    }

    #[test]
    fn texts_tell_which_finding_was_made_of_which() {
        let said = |title: &str| LibraryTexts { title: title.to_owned(), ..LibraryTexts::default() };
        let kept = |texts: &[(&str, &str)], replaced: &[(&str, &str)]| Kept {
            texts: texts.iter().map(|(language, title)| ((*language).to_owned(), said(title))).collect(),
            replaced: replaced
                .iter()
                .map(|(language, title)| Replaced { version: 0, language: (*language).to_owned(), texts: said(title) })
                .collect(),
            ..Kept::default()
        };
        let first = kept(&[("en", "a")], &[]);
        let second = kept(&[("en", "b")], &[("en", "a")]);
        let german = kept(&[("de", "A"), ("en", "a")], &[]);
        assert_eq!(kin(&first, &first), Some(Kin::Same));
        assert_eq!((kin(&second, &first), kin(&first, &second)), (Some(Kin::Newer), Some(Kin::Older)));
        assert_eq!((kin(&german, &first), kin(&first, &german)), (Some(Kin::Newer), Some(Kin::Same)));
        // Changed on both sides, or of no common origin: two findings.
        assert_eq!(kin(&kept(&[("en", "c")], &[("en", "a")]), &second), None);
        assert_eq!(kin(&kept(&[("de", "A")], &[]), &first), None);
        assert_eq!(
            kin(&kept(&[("de", "B"), ("en", "a")], &[("de", "A")]), &kept(&[("de", "A"), ("en", "b")], &[("en", "a")])),
            None
        );
        let renewed = renewed(second, &german);
        assert_eq!(renewed.texts.keys().collect::<Vec<_>>(), ["de", "en"]);
        assert_eq!((renewed.texts["en"].title.as_str(), renewed.version, renewed.replaced.len()), ("b", 1, 1));
    }

    #[test]
    fn what_is_bundled_is_whole_in_both_languages() {
        let all = bundled().unwrap();
        assert!(all.len() > 110, "{}", all.len());
        let health = crate::scored::built_in("backend-health").unwrap();
        let maturity = crate::scored::built_in("backend-maturity").unwrap();
        let mut ids: Vec<&str> = all.iter().map(|kept| kept.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "ids are taken once");
        for kept in &all {
            let id = &kept.id;
            assert_eq!(kept.texts.keys().collect::<Vec<_>>(), ["de", "en"], "{id}");
            assert!(!kept.tags.is_empty() && !kept.area.is_empty(), "{id}");
            // A structural fault may be one that no check asks for.
            let of_health = health.sections.iter().any(|section| section.title == kept.area);
            assert!(!kept.checks.is_empty() || !of_health, "{id}");
            for check in &kept.checks {
                let (pack, number) = check.split_once('/').unwrap();
                let pack = [&health, &maturity].into_iter().find(|known| known.id == pack).unwrap();
                assert!(pack.check(number).is_some(), "{id}: {check}");
            }
            let sections = health.sections.iter().map(|section| &section.title);
            let mut areas = sections.chain(maturity.areas.iter().map(|area| &area.title));
            assert!(areas.any(|title| *title == kept.area), "{id}: {}", kept.area);
            let places =
                |texts: &LibraryTexts| texts.all().map(|text| groma_prose::placeholders(text).len()).sum::<usize>();
            for (language, texts) in &kept.texts {
                assert!(texts.all().all(|text| text.trim().len() > 10), "{id} {language}: a text is missing");
                assert!(places(texts) > 0, "{id} {language}: nothing is left to be filled");
                assert!(texts.all().all(|text| groma_prose::todo_markers(text).is_empty()), "{id} {language}");
            }
        }
    }
}
