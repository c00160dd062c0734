//! Words of tools to severities. Every format keeps its own table; an unknown word never defaults silently.

use std::collections::BTreeMap;

use groma_model::{Severity, SeverityOrigin};

use crate::Import;

/// A tool's words for severity, lower-case, and what they mean on our scale.
pub(crate) type Words = &'static [(&'static str, Severity)];

/// Maps words by a table and remembers those it does not know.
#[derive(Debug)]
pub(crate) struct Mapper {
    words: Words,
    unknown: BTreeMap<String, usize>,
}

impl Mapper {
    pub(crate) fn new(words: Words) -> Self {
        Self { words, unknown: BTreeMap::new() }
    }

    /// The severity of a word, and who says so. An unknown or missing word is Medium, assigned at import.
    pub(crate) fn map(&mut self, word: &str) -> (Severity, SeverityOrigin) {
        let found = self.words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        match found {
            Some((_, severity)) => (*severity, SeverityOrigin::Tool),
            None => {
                match self.unknown.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(self.unknown.insert(word.to_owned(), 1)),
                }
                (Severity::Medium, SeverityOrigin::Importer)
            }
        }
    }

    /// Says which words were not known.
    pub(crate) fn report(self, import: &mut Import) {
        for (word, count) in self.unknown {
            import.warn(
                None,
                match word.is_empty() {
                    true => format!("{count} issues came without a severity: Medium, assigned at import"),
                    false => {
                        format!("severity `{word}` of {count} issues is not known: taken as Medium, assigned at import")
                    }
                },
            );
        }
    }
}

/// The severity of a CVSS base score, by the bands of CVSS 3.
pub(crate) fn of_score(score: f64) -> Severity {
    match score {
        s if s >= 9.0 => Severity::Critical,
        s if s >= 7.0 => Severity::High,
        s if s >= 4.0 => Severity::Medium,
        s if s > 0.0 => Severity::Low,
        _ => Severity::Info,
    }
}
