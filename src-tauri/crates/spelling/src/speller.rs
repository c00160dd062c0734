//! A language's spelling.

use std::ops::Range;

use crate::english::English;
use crate::german;
use crate::own::{OwnWords, upper_first};
use crate::words::{Word, words};

/// As many suggestions as a menu can bear.
pub const MAX_SUGGESTIONS: usize = 7;

/// Checks texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speller(Language);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English(English),
    German,
}

impl Speller {
    /// For a language tag such as `en`, `en-GB` or `de-AT`; none when there is no dictionary for it. English without a
    /// region takes American and British spelling alike.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let (primary, region) = tag.split_once('-').unwrap_or((tag.as_str(), ""));
        match (primary, region) {
            ("en", "us") => Some(Self(Language::English(English::American))),
            ("en", "gb") => Some(Self(Language::English(English::British))),
            ("en", _) => Some(Self(Language::English(English::Any))),
            ("de", _) => Some(Self(Language::German)),
            _ => None,
        }
    }

    /// The byte ranges of the misspelt words of a Markdown text, in order.
    #[must_use]
    pub fn misspelt(self, text: &str, own: &OwnWords) -> Vec<Range<usize>> {
        words(text).into_iter().filter(|word| !self.knows_in_text(word, own)).map(|word| word.range).collect()
    }

    fn knows_in_text(self, word: &Word<'_>, own: &OwnWords) -> bool {
        let plain = word.plain();
        self.knows(&plain)
            || own.contains(&plain)
            || (word.hyphen_after && self.0 == Language::German && german::is_first_part(&plain))
    }

    /// Whether the word is right.
    #[must_use]
    pub fn knows(self, word: &str) -> bool {
        match self.0 {
            Language::English(english) => english.knows(word),
            Language::German => german::knows(word),
        }
    }

    /// What was probably meant, best first; at most [`MAX_SUGGESTIONS`].
    #[must_use]
    pub fn suggest(self, word: &str) -> Vec<String> {
        let plain = word.replace('’', "'");
        let capital = plain.chars().next().is_some_and(char::is_uppercase);
        let found = match self.0 {
            Language::English(english) => english.suggest(&plain),
            Language::German => german::suggest(&plain),
        };
        let mut all: Vec<String> = Vec::new();
        for each in found {
            let each = if capital { upper_first(&each) } else { each };
            if each != plain && !all.contains(&each) && all.len() < MAX_SUGGESTIONS {
                all.push(each);
            }
        }
        all
    }
}
