//! The glossary: the engagement's own terms, and of the language's general ones those that this report uses.

use serde_json::{Value, json};

use crate::view::Has;
use crate::{Labels, Locale};

/// The groups of data that the sections print; a term in a group that no section prints is not used.
const PRINTED_BY: &[(&str, &[&str])] = &[
    ("health", &["scorecard", "score"]),
    ("maturity", &["maturity", "rating"]),
    ("findings", &["findings", "findings-overview", "root-causes", "liabilities", "chains", "explained"]),
    ("risks", &["risks"]),
    ("plan", &["initiatives", "roadmap"]),
    ("goals", &["goals"]),
    ("evidence", &["appendix-performance", "appendix-code", "appendix-interviews", "appendix-evidence"]),
];

/// A general term of a language.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its meaning, in a sentence.
    pub meaning: String,
    /// Sections that use it whatever they hold.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Words that show that it is used. In small letters: how a word begins, in whatever letters; else a whole word as it stands.
    #[serde(default)]
    pub words: Vec<String>,
}

/// Own terms first to be heard; all in the order of the language.
pub(crate) fn entries(labels: &Labels, own: &[Value], has: &Has, texts: &[&str]) -> Vec<Value> {
    let locale = Locale::of(labels.language());
    let text = |term: &Value, key: &str| term[key].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<(String, String)> = own.iter().map(|term| (text(term, "term"), text(term, "meaning"))).collect();
    for term in labels.glossary() {
        let known = all.iter().any(|(own, _)| own.to_lowercase() == term.term.to_lowercase());
        let printed = term.sections.iter().any(|section| has.section(section));
        if !known && (printed || term.words.iter().any(|word| texts.iter().any(|text| uses(text, word)))) {
            all.push((term.term.clone(), term.meaning.clone()));
        }
    }
    all.sort_by_cached_key(|(term, _)| locale.sorted_by(term));
    all.into_iter().map(|(term, meaning)| json!({"term": term, "meaning": meaning})).collect()
}

/// Whether a group of data is printed; those that no section is known for always are.
pub(crate) fn prints(has: &Has, group: &str) -> bool {
    let sections = PRINTED_BY.iter().find(|(known, _)| *known == group).map(|(_, sections)| *sections);
    sections.is_none_or(|sections| sections.iter().any(|section| has.section(section)))
}

/// Whether a text uses a word, as [`Term::words`] says. Arabic joins its articles and prepositions to the word.
fn uses(text: &str, word: &str) -> bool {
    let whole = word.chars().any(char::is_uppercase);
    let lower;
    let text = if whole {
        text
    } else {
        lower = text.to_lowercase();
        &lower
    };
    let part = |letter: char| letter.is_alphanumeric();
    text.match_indices(word).any(|(at, _)| {
        let joins = text[..at]
            .chars()
            .next_back()
            .is_some_and(|before| part(before) && !('\u{600}'..='\u{6ff}').contains(&before));
        let goes_on = text[at + word.len()..].chars().next().is_some_and(part);
        !(joins || whole && goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_beginning_and_capitals_as_they_stand() {
        assert!(uses("Rate limits are told", "rate limit") && uses("(p99)", "p99"));
        assert!(!uses("separate limits", "rate limit"));
        assert!(uses("RED metrics", "RED") && !uses("Red light", "RED") && !uses("REDIS", "RED"));
        assert!(uses("an N+1 here", "N+1") && !uses("N+10", "N+1"));
        assert!(uses("والمئينات", "المئين"));
    }
}
