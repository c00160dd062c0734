//! The fixed words of a report in one language.

use crate::glossary::Term;
use crate::{Locale, ReportError};

/// Sets of words: `severity.high`, `words.page`, …; and the general terms of the glossary.
///
/// A sentence has places: `{n}` is replaced by a value, `{n|one: # risk|other: # risks}` by the form that goes with it, in
/// which `#` is the value. Forms are named by the plural categories of CLDR ([`crate::Plural`]), several at once with
/// commas; what no form is for takes `other`. Templates fill sentences in the same way (`say` of `_shared/theme.typ`).
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Labels {
    sets: toml::Table,
    #[serde(skip)]
    language: String,
    #[serde(skip)]
    glossary: Vec<Term>,
}

impl Labels {
    /// Reads a language's TOML: tables of strings, and an array of terms called `glossary`.
    ///
    /// # Errors
    /// When it is not TOML, or a word is not a string; names the place.
    pub fn parse(language: &str, text: &str) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::Labels { language: language.to_owned(), reason };
        let mut sets: toml::Table = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let glossary = sets.remove("glossary").map_or(Ok(Vec::new()), toml::Value::try_into);
        let glossary = glossary.map_err(|error| wrong(format!("glossary: {error}")))?;
        for (set, words) in &sets {
            let Some(words) = words.as_table() else { return Err(wrong(format!("{set} is not a table"))) };
            if let Some((key, _)) = words.iter().find(|(_, word)| !word.is_str()) {
                return Err(wrong(format!("{set}.{key} is not a string")));
            }
        }
        Ok(Self { sets, language: language.to_owned(), glossary })
    }

    /// The language's tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The general terms, in no order.
    #[must_use]
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    /// A word of a set; the key itself when the set lacks it, so that a gap shows instead of vanishing.
    #[must_use]
    pub fn word<'a>(&'a self, set: &str, key: &'a str) -> &'a str {
        self.find(set, key).unwrap_or(key)
    }

    /// The word of a set, if it has one.
    #[must_use]
    pub fn find(&self, set: &str, key: &str) -> Option<&str> {
        self.sets.get(set).and_then(|words| words.get(key)).and_then(toml::Value::as_str)
    }

    /// A sentence of a set with its `{places}` filled; a place without a value is left as it is.
    #[must_use]
    pub fn sentence(&self, set: &str, key: &str, places: &[(&str, &str)]) -> String {
        let locale = Locale::of(&self.language);
        let mut text = String::new();
        let mut rest = self.word(set, key);
        while let Some((before, (inside, after))) =
            rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            text.push_str(before);
            let (name, forms) = inside.split_once('|').map_or((inside, None), |(name, forms)| (name, Some(forms)));
            match (places.iter().find(|(place, _)| *place == name), forms) {
                (Some((_, value)), None) => text.push_str(&locale.isolated(value)),
                (Some((_, value)), Some(forms)) => {
                    text.push_str(&form(forms, locale.plural(value).name()).replace('#', value));
                }
                (None, _) => text.extend(["{", inside, "}"]),
            }
            rest = after;
        }
        text + rest
    }

    /// Parts after one another with the language's comma between them.
    #[must_use]
    pub fn list(&self, parts: &[String]) -> String {
        let comma = self.sets.get("words").and_then(|words| words.get("comma")).and_then(toml::Value::as_str);
        parts.join(comma.unwrap_or(", "))
    }

    /// Every `set.key`, for comparing languages.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let tables = self.sets.iter().filter_map(|(set, words)| Some((set, words.as_table()?)));
        tables.flat_map(|(set, words)| words.keys().map(move |key| format!("{set}.{key}"))).collect()
    }
}

/// The form for a category among `one: …|few,many: …|other: …`.
fn form<'a>(forms: &'a str, category: &str) -> &'a str {
    let named = |wanted: &str| {
        let mut pairs = forms.split('|').filter_map(|form| form.split_once(':'));
        pairs.find(|(names, _)| names.split(',').any(|name| name == wanted)).map(|(_, text)| text.trim_start())
    };
    named(category).or_else(|| named("other")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &str, sentence: &str, places: &[(&str, &str)]) -> String {
        let labels = Labels::parse(language, &format!("[words]\ns = \"{sentence}\"")).unwrap();
        labels.sentence("words", "s", places)
    }

    #[test]
    fn places_are_filled_once_and_never_from_what_fills_them() {
        assert_eq!(said("en", "{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(said("en", "{a} of {unknown}", &[("a", "1")]), "1 of {unknown}");
        assert_eq!(said("en", "an open { brace", &[("a", "1")]), "an open { brace");
    }

    #[test]
    fn a_number_chooses_the_form_beside_it() {
        let en = |n| said("en", "{n|one: # risk|other: # risks} left", &[("n", n)]);
        assert_eq!([en("1"), en("2"), en("1,200")], ["1 risk left", "2 risks left", "1,200 risks left"]);
        let pl = |n| said("pl", "{n|one: # plik|few: # pliki|many,other: # plików}", &[("n", n)]);
        assert_eq!([pl("1"), pl("23"), pl("12"), pl("1,5")], ["1 plik", "23 pliki", "12 plików", "1,5 plików"]);
        let ar = |n| said("ar", "{n|one: خطر|two: خطران|few: # مخاطر|zero,many,other: # خطر}", &[("n", n)]);
        assert_eq!([ar("2"), ar("7"), ar("0")], ["خطران", "7 مخاطر", "0 خطر"]);
    }

    #[test]
    fn a_category_without_a_form_takes_the_usual_one() {
        assert_eq!(said("pl", "{n|one: a|other: b}", &[("n", "3")]), "b");
    }
}
