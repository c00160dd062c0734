//! Exhibits: documents, code, plans and traces that a report prints in its appendix or carries along.

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

choice! {
    /// How an exhibit is printed.
    ExhibitKind {
        /// As text, letter by letter.
        #[default]
        Text = "text",
        /// As code, in colours of its language, with line numbers.
        Code = "code",
        /// As the plan of a database query: its steps as a table with rows and time.
        Plan = "plan",
        /// As a stack trace: the application's own frames stand out.
        Trace = "trace",
        /// As the pages of a PDF.
        Pages = "pages",
    }
}

/// A file that proves something by itself. Its bytes are kept content-addressed and never changed; secrets in text were
/// masked before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Exhibit {
    /// Id.
    pub id: Id,
    /// Place in the list; exhibits are numbered in this order.
    pub rank: f64,
    /// Title.
    pub title: String,
    /// How it is printed.
    pub kind: ExhibitKind,
    /// The file's name.
    pub name: String,
    /// SHA-256 of the bytes kept, lower-case hex.
    pub sha256: String,
    /// `application/pdf` or `text/plain`.
    pub media_type: String,
    /// Size of what is kept, in bytes.
    pub bytes: u64,
    /// How many pages a PDF has, how many lines a text.
    pub length: u32,
    /// Secrets masked in it.
    pub masked: u64,
    /// The artifact that it was taken from.
    pub artifact: Option<Id>,
    /// What is printed: pages of a PDF or lines of a text, as `1-3, 7`; all when empty.
    pub range: String,
    /// Lines that stand out, as `12, 20-24`.
    pub marked: String,
    /// Language of code, for its colours: `java`, `sql`, …; told by the file's name when empty.
    pub language: String,
    /// What it shows (Markdown).
    pub note: String,
    /// Text alternative of a PDF's pages.
    pub alt: String,
    /// Whether it is printed in the appendix.
    pub printed: bool,
    /// Whether the file is attached to the PDF.
    pub attached: bool,
}

impl Default for Exhibit {
    fn default() -> Self {
        Self {
            id: Id::default(),
            rank: 0.0,
            title: String::new(),
            kind: ExhibitKind::Text,
            name: String::new(),
            sha256: String::new(),
            media_type: String::new(),
            bytes: 0,
            length: 0,
            masked: 0,
            artifact: None,
            range: String::new(),
            marked: String::new(),
            language: String::new(),
            note: String::new(),
            alt: String::new(),
            printed: true,
            attached: false,
        }
    }
}

impl Exhibit {
    /// Whether it is a document with pages, whatever it is to be printed as: what the file is decides.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.media_type == "application/pdf"
    }
}

object!(Exhibit, Exhibit, ["note"], exhibit);

/// Numbers from 1 chosen by a text such as `1-3, 7`, in their order, none twice.
///
/// # Errors
/// The part of the text that is no number and no range, or leads beyond `most`.
pub fn chosen(text: &str, most: u32) -> Result<Vec<u32>, String> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut numbers = Vec::new();
    for part in parts {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let number = |text: &str, open: u32| if text.trim().is_empty() { Ok(open) } else { text.trim().parse::<u32>() };
        match (number(from, 1), number(to, most)) {
            (Ok(from), Ok(to)) if 1 <= from && from <= to && to <= most && part != "-" => numbers.extend(from..=to),
            _ => return Err(part.to_owned()),
        }
    }
    if numbers.is_empty() {
        numbers.extend(1..=most);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn ranges_choose_in_order_and_once() {
        assert_eq!(chosen("", 3), Ok(vec![1, 2, 3]));
        assert_eq!(chosen("7, 1-3;2", 9), Ok(vec![1, 2, 3, 7]));
        assert_eq!(chosen("8-", 9), Ok(vec![8, 9]));
        assert_eq!(chosen("–2", 9), Ok(vec![1, 2]));
        assert_eq!(chosen("", 0), Ok(vec![]));
        for (wrong, part) in
            [("1, x", "x"), ("0", "0"), ("3-2", "3-2"), ("4-10", "4-10"), ("-", "-"), ("99999999999", "99999999999")]
        {
            assert_eq!(chosen(wrong, 9), Err(part.to_owned()));
        }
    }
}
