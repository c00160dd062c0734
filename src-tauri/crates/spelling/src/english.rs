//! English, American and British.

use std::sync::OnceLock;

use spellbook::Dictionary;

use crate::builtin;

/// Which spellings are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum English {
    /// Either, as the author likes.
    Any,
    American,
    British,
}

/// What both have, what only one has: most of it is read once.
static COMMON: Words = Words { list: builtin::ENGLISH, read: OnceLock::new() };
static AMERICAN: Words = Words { list: builtin::AMERICAN, read: OnceLock::new() };
static BRITISH: Words = Words { list: builtin::BRITISH, read: OnceLock::new() };

struct Words {
    list: &'static str,
    read: OnceLock<Option<Dictionary>>,
}

impl Words {
    fn get(&'static self) -> Option<&'static Dictionary> {
        self.read.get_or_init(|| Dictionary::new(builtin::ENGLISH_AFFIXES, self.list).ok()).as_ref()
    }
}

impl English {
    fn dictionaries(self) -> impl Iterator<Item = &'static Dictionary> {
        let chosen = match self {
            Self::Any => [Some(&COMMON), Some(&AMERICAN), Some(&BRITISH)],
            Self::American => [Some(&COMMON), Some(&AMERICAN), None],
            Self::British => [Some(&COMMON), None, Some(&BRITISH)],
        };
        chosen.into_iter().flatten().filter_map(Words::get)
    }

    pub(crate) fn knows(self, word: &str) -> bool {
        self.dictionaries().any(|dictionary| dictionary.check(word))
            || technical(word)
            || word.strip_suffix("'s").is_some_and(|stem| self.knows(stem))
    }

    /// Likely words, best first.
    pub(crate) fn suggest(self, word: &str) -> Vec<String> {
        let ask = |dictionary: &'static Dictionary, widely: bool| {
            let mut found = Vec::new();
            dictionary.suggester().with_ngram_suggestions(widely).suggest(word, &mut found);
            found
        };
        let mut all: Vec<String> = self.dictionaries().flat_map(|dictionary| ask(dictionary, false)).collect();
        if all.is_empty() {
            // Slow: every word is compared. Rarely needed.
            all = self.dictionaries().flat_map(|dictionary| ask(dictionary, true)).collect();
        }
        all.extend(crate::near::among(word, builtin::technical().iter().copied()));
        // The smallest step first; the order of the dictionaries says nothing.
        all.sort_by_key(|each| crate::near::distance(word, each, 200));
        all
    }
}

/// A word of the trade, capitalised or in the plural as well.
pub(crate) fn technical(word: &str) -> bool {
    let known = |word: &str| {
        let set = builtin::technical();
        set.contains(word) || crate::own::lower_first(word).is_some_and(|word| set.contains(word.as_str()))
    };
    known(word) || word.strip_suffix('s').is_some_and(known)
}
