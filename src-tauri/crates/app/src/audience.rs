//! A report for outsiders: names, addresses and raw evidence taken out of everything that is printed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use groma_model::{Audience, Contents, EvidenceTarget, Person};
use regex::Regex;
use serde_json::Value;

use crate::AppError;

/// What stands where something was taken out.
const BLANK: &str = "█████";

/// Addresses that lead to a client's machines and people: e-mail, URLs, IPv4 and IPv6, host names of internal zones.
#[allow(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?x) [A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
        r"| \b[a-z][a-z0-9+.-]*://[^\s)>\]`'\x22]+",
        r"| \b(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?::\d{2,5})?\b",
        r"| \b(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}\b",
        r"| \b(?:[a-z0-9-]+\.)+(?:internal|local|lan|corp|intra|svc|cluster)\b(?:\.[a-z]+)*",
    ))
    .expect("a constant pattern")
});

/// The contents as the report's audience may see them.
///
/// # Errors
/// When they cannot be read back, which is a fault of the program.
pub(crate) fn seen(contents: Contents) -> Result<Contents, AppError> {
    if contents.engagement.audience == Audience::Redacted { redacted(contents) } else { Ok(contents) }
}

fn redacted(mut contents: Contents) -> Result<Contents, AppError> {
    let names = names(&contents);
    // Raw evidence: what tools wrote, pictures, and notes of what people said.
    contents.notes.clear();
    for artifact in &mut contents.artifacts {
        artifact.note.clear();
    }
    let engagement = &mut contents.engagement;
    engagement.reference.clear();
    engagement.nda.clear();
    engagement.distribution.clear();
    engagement.reviewers.clear();
    engagement.sponsor = Person::default();
    let mut value = serde_json::to_value(&contents).map_err(|error| AppError::failed(error.to_string()))?;
    for (group, fields) in [("evidence_links", &["note"][..]), ("measurements", &["subject", "text"][..])] {
        for row in value[group].as_array_mut().into_iter().flatten() {
            for field in fields {
                if let Some(text) =
                    row.get_mut(*field).filter(|text| text.as_str().is_some_and(|text| !text.is_empty()))
                {
                    *text = Value::String(BLANK.to_owned());
                }
            }
        }
    }
    blank(&mut value, &names);
    let mut seen: Contents = serde_json::from_value(value).map_err(|error| AppError::failed(error.to_string()))?;
    seen.images.clear();
    for diagram in &mut seen.diagrams {
        diagram.image = None;
    }
    seen.evidence_links.retain(|link| link.target_kind != EvidenceTarget::Image);
    Ok(seen)
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

fn blank(value: &mut Value, names: &[(Regex, String)]) {
    match value {
        Value::String(text) => {
            let mut kept = ADDRESSES.replace_all(text, BLANK).into_owned();
            for (name, stands) in names {
                kept = name.replace_all(&kept, stands.as_str()).into_owned();
            }
            *text = kept;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| blank(item, names)),
        Value::Object(fields) => {
            fields.iter_mut().filter(|(field, _)| !is_key(field)).for_each(|(_, value)| blank(value, names));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use groma_model::{Engagement, Finding, Note};

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
                            ops@meridian.example and https://x.meridian.example/a?b; Ada Lovelace of Meridian knows."
                    .into(),
                ..Finding::default()
            }],
            notes: vec![Note { body: "said".into(), ..Note::default() }],
            ..Contents::default()
        };
        let seen = seen(contents.clone()).unwrap();
        let text = serde_json::to_string(&seen).unwrap();
        for word in ["Meridian", "meridian", "Parcelline", "10.1.2.3", "parcel.internal", "Lovelace", "said"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(
            seen.findings[0].condition.starts_with("At the client, the system ("),
            "{}",
            seen.findings[0].condition
        );
        let open = Contents { engagement: Engagement { audience: Audience::All, ..contents.engagement }, ..contents };
        assert_eq!(super::seen(open.clone()).unwrap(), open);
    }
}
