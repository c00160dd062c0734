//! The fixed words of a report in one language.

use crate::ReportError;

/// Sets of words: `severity.high`, `words.page`, …; and the template's glossary.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Labels(toml::Table);

impl Labels {
    /// Reads a language's TOML: tables of strings, and an array of terms called `glossary`.
    ///
    /// # Errors
    /// When it is not TOML, or a word is not a string; names the place.
    pub fn parse(language: &str, text: &str) -> Result<Self, ReportError> {
        let wrong = |reason: String| ReportError::Labels { language: language.to_owned(), reason };
        let sets: toml::Table = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for (set, words) in sets.iter().filter(|(set, _)| *set != "glossary") {
            let Some(words) = words.as_table() else { return Err(wrong(format!("{set} is not a table"))) };
            if let Some((key, _)) = words.iter().find(|(_, word)| !word.is_str()) {
                return Err(wrong(format!("{set}.{key} is not a string")));
            }
        }
        Ok(Self(sets))
    }

    /// A word of a set; the key itself when the set lacks it, so that a gap shows instead of vanishing.
    #[must_use]
    pub fn word<'a>(&'a self, set: &str, key: &'a str) -> &'a str {
        self.0.get(set).and_then(|words| words.get(key)).and_then(toml::Value::as_str).unwrap_or(key)
    }

    /// A sentence of a set with its `{places}` filled.
    #[must_use]
    pub fn sentence(&self, set: &str, key: &str, places: &[(&str, &str)]) -> String {
        let mut text = self.word(set, key).to_owned();
        for (place, value) in places {
            text = text.replace(&format!("{{{place}}}"), value);
        }
        text
    }

    /// Every `set.key`, for comparing languages.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let tables = self.0.iter().filter_map(|(set, words)| Some((set, words.as_table()?)));
        tables.flat_map(|(set, words)| words.keys().map(move |key| format!("{set}.{key}"))).collect()
    }
}
