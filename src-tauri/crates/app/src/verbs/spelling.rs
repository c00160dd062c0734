//! Spelling of the engagement's prose.

use groma_model::Engagement;
use groma_spelling::{OwnWords, Speller};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb};

/// Finds the misspelt words of a text.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Spell {
    /// The text (Markdown); code, addresses and names of programs in it are passed over.
    pub text: String,
    /// A BCP 47 tag; the report's language when empty. A language without a dictionary has no misspelt words.
    pub language: String,
}

/// A misspelt word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Misspelt {
    /// Where it begins, in UTF-16 units.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// Says what a misspelt word was probably meant to be.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct SuggestSpelling {
    /// The word.
    pub word: String,
    /// A BCP 47 tag; the report's language when empty.
    pub language: String,
}

impl Verb for Spell {
    type Reply = Vec<Misspelt>;

    fn run(self, app: &mut App) -> Result<Vec<Misspelt>, AppError> {
        let engagement = app.store()?.engagement()?;
        let Some(speller) = speller(&self.language, &engagement) else { return Ok(Vec::new()) };
        let mut at = (0, 0);
        let mut units = |byte: usize| {
            // Ranges come in order: each is counted from the last.
            at = (byte, at.1 + self.text[at.0..byte].encode_utf16().count());
            at.1
        };
        let found = speller.misspelt(&self.text, &own_words(&engagement));
        Ok(found.into_iter().map(|range| Misspelt { from: units(range.start), to: units(range.end) }).collect())
    }
}

impl Verb for SuggestSpelling {
    type Reply = Vec<String>;

    fn run(self, app: &mut App) -> Result<Vec<String>, AppError> {
        let engagement = app.store()?.engagement()?;
        Ok(speller(&self.language, &engagement).map(|speller| speller.suggest(&self.word)).unwrap_or_default())
    }
}

fn speller(language: &str, engagement: &Engagement) -> Option<Speller> {
    Speller::of(if language.is_empty() { &engagement.language } else { language })
}

/// The engagement's list, and whatever bears a name in it.
fn own_words(engagement: &Engagement) -> OwnWords {
    let persons = [&engagement.auditors, &engagement.distribution, &engagement.reviewers].into_iter().flatten();
    let names = persons.chain([&engagement.sponsor]).flat_map(|person| [&person.name, &person.organisation]);
    let terms = engagement.glossary.iter().map(|term| &term.term);
    let named = [&engagement.client, &engagement.system, &engagement.firm, &engagement.primary_language];
    engagement.words.iter().chain(named).chain(names).chain(terms).collect()
}
