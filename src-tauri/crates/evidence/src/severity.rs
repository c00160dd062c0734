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
    /// Unknown words that something else stands in for.
    aside: BTreeMap<String, usize>,
}

impl Mapper {
    pub(crate) fn new(words: Words) -> Self {
        Self { words, unknown: BTreeMap::new(), aside: BTreeMap::new() }
    }

    /// The severity of a word, and who says so. An unknown or missing word is Medium, assigned at import.
    pub(crate) fn map(&mut self, word: &str) -> (Severity, SeverityOrigin) {
        let found = self.words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        match found {
            Some((_, severity)) => (*severity, SeverityOrigin::Tool),
            None => {
                count(&mut self.unknown, word);
                (Severity::Medium, SeverityOrigin::Importer)
            }
        }
    }

    /// Remembers a word that decides nothing, where it is not known.
    pub(crate) fn set_aside(&mut self, word: &str) {
        if !word.is_empty() && !self.words.iter().any(|(known, _)| known.eq_ignore_ascii_case(word)) {
            count(&mut self.aside, word);
        }
    }

    /// Says which words were not known.
    pub(crate) fn report(self, import: &mut Import) {
        for (word, count) in self.aside {
            import.warn(None, format!("severity `{word}` of {count} results is not known: what else they say decides"));
        }
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

fn count(words: &mut BTreeMap<String, usize>, word: &str) {
    match words.get_mut(word) {
        Some(count) => *count += 1,
        None => drop(words.insert(word.to_owned(), 1)),
    }
}

/// The severity of a CVSS base score, by the bands of CVSS 3; `None` of what is no such score.
pub(crate) fn of_score(score: f64) -> Option<Severity> {
    match score {
        s if !(0.0..=10.0).contains(&s) => None,
        s if s >= 9.0 => Some(Severity::Critical),
        s if s >= 7.0 => Some(Severity::High),
        s if s >= 4.0 => Some(Severity::Medium),
        s if s > 0.0 => Some(Severity::Low),
        _ => Some(Severity::Info),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_score_has_no_severity() {
        assert_eq!([0.0, 3.9, 4.0, 7.0, 10.0].map(of_score), {
            use Severity::{Critical, High, Info, Low, Medium};
            [Info, Low, Medium, High, Critical].map(Some)
        });
        assert_eq!([-1.0, 10.1, f64::NAN, f64::INFINITY].map(of_score), [None; 4]);
    }
}
