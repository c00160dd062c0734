//! The texts of a pack in one language, as a file beside the pack gives them.

use std::collections::{BTreeMap, BTreeSet};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::primary;
use crate::parse::line_at;
use crate::{PackError, Problem};

/// Texts by their key: the path of tables in the file joined by `/`, for example `checks/1.4/title` or `words/Status`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    entries: BTreeMap<String, String>,
    lines: BTreeMap<String, usize>,
}

impl From<BTreeMap<String, String>> for Texts {
    fn from(entries: BTreeMap<String, String>) -> Self {
        Self { entries, lines: BTreeMap::new() }
    }
}

impl Texts {
    /// Reads a language's file: `pack` and `language` say what it is for, `same` lists words that the language leaves as
    /// they are, all else is tables of texts.
    ///
    /// # Errors
    /// [`PackError::Shape`] when it is not TOML, [`PackError::Problems`] when it is for another pack or language, or
    /// something in it is no text; with line and remedy.
    pub fn parse(text: &str, pack: &str, language: &str) -> Result<Self, PackError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root = DeTable::parse(text).map_err(|error| {
            let line = error.span().map(|span| line_at(text, span.start));
            PackError::Shape(Problem { line, field: String::new(), message: error.message().to_owned() })
        })?;
        let mut reading = Reading { text, texts: Self::default(), problems: Vec::new() };
        for (key, value) in root.get_ref() {
            match key.get_ref().as_ref() {
                "pack" => reading.must_be(value, "pack", pack),
                "language" => reading.must_be(value, "language", &primary(language)),
                "same" => reading.same(value),
                name => reading.take(name.to_owned(), value),
            }
        }
        for head in ["pack", "language"] {
            if !root.get_ref().contains_key(head) {
                let message = format!("{head} is missing: write what the file is for at its top");
                reading.problems.push(Problem { line: None, field: head.to_owned(), message });
            }
        }
        if reading.problems.is_empty() { Ok(reading.texts) } else { Err(PackError::Problems(reading.problems)) }
    }

    /// The text of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The 1-based line on which a key stands in the file, where it was read from one.
    #[must_use]
    pub fn line(&self, key: &str) -> Option<usize> {
        self.lines.get(key).copied()
    }

    /// The texts by key.
    #[must_use]
    pub fn into_entries(self) -> BTreeMap<String, String> {
        self.entries
    }
}

struct Reading<'a> {
    text: &'a str,
    texts: Texts,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, field: &str, message: String) {
        let line = Some(line_at(self.text, value.span().start));
        self.problems.push(Problem { line, field: field.to_owned(), message });
    }

    fn must_be(&mut self, value: &Spanned<DeValue<'_>>, field: &str, wanted: &str) {
        if value.get_ref().as_str() != Some(wanted) {
            self.wrong(value, field, format!("the file is for another {field}: write {field} = \"{wanted}\""));
        }
    }

    fn same(&mut self, value: &Spanned<DeValue<'_>>) {
        let listed = value.get_ref().as_array().map(|list| list.iter().collect::<Vec<_>>()).unwrap_or_default();
        let words: BTreeSet<&str> = listed.iter().filter_map(|word| word.get_ref().as_str()).collect();
        if words.is_empty() || words.len() != listed.len() {
            self.wrong(value, "same", "same is a list of different words: correct it, or leave it out".to_owned());
        }
        let line = line_at(self.text, value.span().start);
        for word in words {
            self.put(format!("words/{word}"), word, line);
        }
    }

    fn take(&mut self, key: String, value: &Spanned<DeValue<'_>>) {
        if let Some(table) = value.get_ref().as_table() {
            for (name, value) in table {
                self.take(format!("{key}/{}", name.get_ref()), value);
            }
        } else if let Some(text) = value.get_ref().as_str().filter(|text| !text.trim().is_empty()) {
            let line = line_at(self.text, value.span().start);
            if self.texts.entries.contains_key(&key) {
                self.wrong(value, &key, "the word stands in same, too: leave one of them out".to_owned());
            }
            self.put(key, text, line);
        } else {
            self.wrong(value, &key, "a translation is a text: write one, or leave the key out".to_owned());
        }
    }

    fn put(&mut self, key: String, text: &str, line: usize) {
        self.texts.lines.insert(key.clone(), line);
        self.texts.entries.insert(key, text.to_owned());
    }
}
