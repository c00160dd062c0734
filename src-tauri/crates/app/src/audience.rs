//! A report for outsiders: names, addresses and raw evidence taken out of everything that is printed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use groma_model::{Audience, Contents, EvidenceTarget, Id, Issue, Person};
use regex::Regex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::AppError;

/// What stands where something was taken out.
const BLANK: &str = "█████";

/// Addresses that lead to a client's machines and people: e-mail, URLs, IPv4 and IPv6, host names of internal zones.
#[allow(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?x) [A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
        r"| \b[a-z][a-z0-9+.-]*://[^\s)>\]`'\x22\\]+",
        r"| \b(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?::\d{2,5})?\b",
        r"| \b(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}\b",
        r"| \b(?:[a-z0-9-]+\.)+(?:internal|local|lan|corp|intra|svc|cluster)\b(?:\.[a-z]+)*",
    ))
    .expect("a constant pattern")
});

/// Pictures that prose calls: there are none for outsiders.
#[allow(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static PICTURES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"!\[[^\]]*\]\(<?(?:image:|images/)[^)]*\)").expect("a constant pattern"));

/// The contents, and the issues that evidence names, as the report's audience may see them.
///
/// # Errors
/// When they cannot be read back, which is a fault of the program.
pub(crate) fn seen(contents: Contents, issues: Vec<Issue>) -> Result<(Contents, Vec<Issue>), AppError> {
    if contents.engagement.audience != Audience::Redacted {
        return Ok((contents, issues));
    }
    let redaction = Redaction::of(&contents);
    let issues = issues.into_iter().map(|issue| redaction.issue(issue)).collect::<Result<_, _>>()?;
    Ok((redaction.contents(contents)?, issues))
}

/// What is taken out, and what stands for it.
struct Redaction {
    /// Names, longest first.
    names: Vec<(Regex, String)>,
    /// What was measured on (endpoints, statements, tables), told apart by numbers: figures of different ones must not
    /// become those of one.
    subjects: BTreeMap<String, String>,
}

impl Redaction {
    fn of(contents: &Contents) -> Self {
        let mut subjects = BTreeMap::new();
        for subject in contents.measurements.iter().map(|one| &one.subject).filter(|subject| !subject.is_empty()) {
            let next = subjects.len() + 1;
            subjects.entry(subject.clone()).or_insert_with(|| format!("{BLANK} {next}"));
        }
        Self { names: names(contents), subjects }
    }

    fn contents(&self, mut contents: Contents) -> Result<Contents, AppError> {
        // Raw evidence: what tools wrote, pictures, and notes of what people said.
        contents.notes.clear();
        contents.artifacts.iter_mut().for_each(|artifact| artifact.note.clear());
        let filled = |text: &String| !text.is_empty();
        contents.measurements.iter_mut().map(|one| &mut one.text).filter(|text| filled(text)).for_each(hide);
        contents.evidence_links.iter_mut().map(|link| &mut link.note).filter(|text| filled(text)).for_each(hide);
        contents
            .evidence_links
            .retain(|link| !matches!(link.target_kind, EvidenceTarget::Image | EvidenceTarget::Exhibit));
        for retest in contents.findings.iter_mut().flat_map(|finding| &mut finding.retests) {
            retest.files.iter_mut().for_each(hide);
            for value in &mut retest.values {
                [&mut value.was_text, &mut value.now_text].into_iter().filter(|text| !text.is_empty()).for_each(hide);
                // What was measured keeps the number that its measurements have.
                if !value.subject.is_empty() && !self.subjects.contains_key(&value.subject) {
                    hide(&mut value.subject);
                }
            }
        }
        contents.exhibits.clear();
        contents.diagrams.iter_mut().for_each(|diagram| diagram.image = None);
        // The firm's own logo is no evidence.
        let logos: Vec<Id> = contents.brands.iter().flat_map(|brand| [brand.logo, brand.logo_dark]).flatten().collect();
        contents.images.retain(|image| logos.contains(&image.id));
        let engagement = &mut contents.engagement;
        engagement.reference.clear();
        engagement.nda.clear();
        engagement.distribution.clear();
        engagement.reviewers.clear();
        engagement.sponsor = Person::default();
        (engagement.client_logo, engagement.client_logo_dark) = (None, None);
        self.read_back(&contents)
    }

    fn issue(&self, issue: Issue) -> Result<Issue, AppError> {
        let mut issue = Issue { line: None, at: String::new(), message: String::new(), url: String::new(), ..issue };
        [&mut issue.location, &mut issue.component].into_iter().filter(|text| !text.is_empty()).for_each(hide);
        self.read_back(&issue)
    }

    fn read_back<T: Serialize + DeserializeOwned>(&self, object: &T) -> Result<T, AppError> {
        let failed = |error: serde_json::Error| AppError::failed(error.to_string());
        let mut value = serde_json::to_value(object).map_err(failed)?;
        self.blank(&mut value);
        serde_json::from_value(value).map_err(failed)
    }

    fn blank(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let mut kept = PICTURES.replace_all(text, "").into_owned();
                kept = ADDRESSES.replace_all(&kept, BLANK).into_owned();
                for (name, stands) in &self.names {
                    kept = name.replace_all(&kept, stands.as_str()).into_owned();
                }
                *text = kept;
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.blank(item)),
            Value::Object(fields) => {
                for (field, value) in fields.iter_mut().filter(|(field, _)| !is_key(field)) {
                    // Elsewhere the same word may be one of a closed set.
                    let stands = value.as_str().filter(|_| field == "subject").and_then(|text| self.subjects.get(text));
                    match stands {
                        Some(stands) => *value = Value::String(stands.clone()),
                        None => self.blank(value),
                    }
                }
            }
            _ => {}
        }
    }
}

fn hide(text: &mut String) {
    BLANK.clone_into(text);
}

/// The client's names and what stands for each, longest first: the client, the system, the people.
fn names(contents: &Contents) -> Vec<(Regex, String)> {
    let engagement = &contents.engagement;
    let people = engagement.distribution.iter().chain(&engagement.reviewers).chain([&engagement.sponsor]);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |name: &str, stands: &str| {
        // A name of one or two letters is in too many words.
        if name.trim().chars().count() > 2 {
            names.insert(name.trim().to_owned(), stands.to_owned());
        }
    };
    let german = engagement.language.starts_with("de");
    let client = if german { "der Auftraggeber" } else { "the client" };
    add(&engagement.client, client);
    add(&engagement.system, if german { "das System" } else { "the system" });
    for person in people {
        add(&person.name, BLANK);
        add(&person.organisation, BLANK);
    }
    let mut names: Vec<(String, String)> = names.into_iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let pattern = |name: &str| Regex::new(&format!(r"(?i)\b{}\b", regex::escape(name))).ok();
    let mut patterns: Vec<(Regex, String)> =
        names.into_iter().filter_map(|(name, stands)| Some((pattern(&name)?, stands))).collect();
    // A firm is called by the first word of its name, written as a name.
    let short = engagement.client.split_whitespace().next().filter(|word| word.chars().count() > 4);
    if let Some(pattern) = short.and_then(|word| Regex::new(&format!(r"\b{}\b", regex::escape(word))).ok()) {
        patterns.push((pattern, client.to_owned()));
    }
    patterns
}

/// Fields that name things rather than tell: ids, hashes, words of closed sets.
fn is_key(field: &str) -> bool {
    matches!(
        field,
        "id" | "sha256"
            | "original"
            | "upright"
            | "language"
            | "currency"
            | "brand"
            | "template"
            | "sections"
            | "metric"
            | "key"
            | "media_type"
            | "definition"
    )
}

#[cfg(test)]
mod tests {
    use groma_model::{Brand, Engagement, Finding, Image, Measurement, Note};

    use super::*;

    #[test]
    fn outsiders_read_no_names_and_no_addresses() {
        let contents = Contents {
            engagement: Engagement {
                client: "Meridian Parcel Group".into(),
                system: "Parcelline".into(),
                audience: Audience::Redacted,
                sponsor: Person { name: "Ada Lovelace".into(), ..Person::default() },
                ..Engagement::default()
            },
            findings: vec![Finding {
                condition: "At meridian parcel group, Parcelline (10.1.2.3:5432, db.parcel.internal) writes to \
                            ops@meridian.example and https://x.meridian.example/a?b; Ada Lovelace of Meridian knows. ![Board](image:board)"
                    .into(),
                ..Finding::default()
            }],
            notes: vec![Note { body: "said".into(), ..Note::default() }],
            ..Contents::default()
        };
        let measured = |subject: &str| Measurement { subject: subject.into(), ..Measurement::default() };
        let (logo, shot) = (Id::from_parts(1, 1), Id::from_parts(1, 2));
        let contents = Contents {
            measurements: vec![measured("GET /orders"), measured("GET /parcels"), measured("GET /orders")],
            brands: vec![Brand { logo: Some(logo), ..Brand::default() }],
            images: [logo, shot].map(|id| Image { id, ..Image::default() }).into(),
            ..contents
        };
        let issue = Issue {
            title: "SQL in Parcelline".into(),
            location: "src/parcel.js".into(),
            message: "db.parcel.internal".into(),
            ..Issue::default()
        };
        let (seen, issues) = seen(contents.clone(), vec![issue]).unwrap();
        let text = serde_json::to_string(&(&seen, &issues)).unwrap();
        for word in [
            "Meridian",
            "meridian",
            "Parcelline",
            "10.1.2.3",
            "parcel.internal",
            "Lovelace",
            "said",
            "/orders",
            "parcel.js",
            "image:board",
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(
            seen.findings[0].condition.starts_with("At the client, the system ("),
            "{}",
            seen.findings[0].condition
        );
        // Figures of different endpoints stay those of different ones.
        let subjects: Vec<&str> = seen.measurements.iter().map(|one| one.subject.as_str()).collect();
        assert!(subjects[0] == subjects[2] && subjects[0] != subjects[1], "{subjects:?}");
        assert_eq!(seen.images.iter().map(|image| image.id).collect::<Vec<_>>(), [logo], "the firm's logo stays");
        let open = Contents { engagement: Engagement { audience: Audience::All, ..contents.engagement }, ..contents };
        assert_eq!(super::seen(open.clone(), Vec::new()).unwrap().0, open);
    }
}
