//! The words of one engagement.

use std::collections::HashSet;

/// Words that are right in one engagement: its list, its names.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    words: HashSet<String>,
}

impl OwnWords {
    /// Whether the word stands in the list as written, capitalised, or in the genitive.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let known =
            |word: &str| self.words.contains(word) || lower_first(word).is_some_and(|w| self.words.contains(&w));
        known(word) || genitives(word).any(known)
    }
}

impl<T: AsRef<str>> FromIterator<T> for OwnWords {
    /// Phrases give each of their words.
    fn from_iter<I: IntoIterator<Item = T>>(phrases: I) -> Self {
        let mut words = HashSet::new();
        for phrase in phrases {
            for word in crate::words::words(phrase.as_ref()) {
                words.insert(word.plain());
            }
        }
        Self { words }
    }
}

/// The word without what a genitive adds to a name.
pub(crate) fn genitives(word: &str) -> impl Iterator<Item = &str> {
    ["'s", "'", "s"].into_iter().filter_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.chars().count() > 1)
}

/// The word with a small first letter; none when it has one.
pub(crate) fn lower_first(word: &str) -> Option<String> {
    let first = word.chars().next()?;
    first.is_uppercase().then(|| first.to_lowercase().chain(word.chars().skip(1)).collect())
}

/// The word with a capital first letter.
pub(crate) fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
