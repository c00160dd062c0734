//! Full-text search. What a user types is never a query language: words, and phrases in double quotes.

use std::ops::Range;

use groma_model::{Id, Kind};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::{
    error::Fault,
    index::{END, START},
    row::damaged,
};

/// More words than this narrow nothing down.
const MOST_WORDS: usize = 32;

/// A field in which all the words were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Hit {
    /// Kind of the object.
    pub kind: Kind,
    /// The object.
    pub id: Id,
    /// The field.
    pub field: String,
    /// A piece of the field around the words, with `…` where it is cut.
    pub snippet: String,
    /// Where the words stand in `snippet`, as byte ranges.
    pub marks: Vec<Range<usize>>,
}

/// Fields that hold all the words, best first; titles weigh double.
pub(crate) fn search(conn: &Connection, query: &str, limit: usize) -> Result<Vec<Hit>, Fault> {
    let Some(query) = expression(query) else { return Ok(Vec::new()) };
    let mut statement = conn.prepare_cached(
        "SELECT p.\"kind\", p.\"object\", p.\"field\", snippet(\"search\", 0, char(1), char(2), '…', 24)
         FROM \"search\" JOIN \"prose\" p ON p.\"seq\" = \"search\".\"rowid\"
         WHERE \"search\" MATCH ?1
         ORDER BY bm25(\"search\") * (1 + p.\"title\"), p.\"seq\" LIMIT ?2",
    )?;
    let mut rows = statement.query(params![query, i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
        let (snippet, marks) = marked(&row.get::<_, String>(3)?);
        hits.push(Hit {
            kind: kind.parse().map_err(|_| damaged("prose", "kind", "an unknown kind"))?,
            id: id.parse().map_err(|_| damaged("prose", "object", "no id"))?,
            field: row.get(2)?,
            snippet,
            marks,
        });
    }
    Ok(hits)
}

/// What was typed as an FTS5 expression: every word or quoted phrase as a string, the last one as a prefix.
fn expression(typed: &str) -> Option<String> {
    let mut phrases: Vec<String> = Vec::new();
    for (at, part) in typed.split('"').enumerate() {
        if at % 2 == 1 {
            phrases.push(part.to_owned());
        } else {
            phrases.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    // Words without a letter or digit have no token, and NUL would end the expression.
    phrases.retain(|phrase| phrase.contains(char::is_alphanumeric));
    phrases.truncate(MOST_WORDS);
    let last = phrases.pop()?;
    let mut expression: String = phrases.iter().map(|phrase| format!("\"{}\" ", phrase.replace('\0', " "))).collect();
    expression.push_str(&format!("\"{}\" *", last.replace('\0', " ")));
    Some(expression)
}

/// Takes the marks out of a snippet.
fn marked(snippet: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(snippet.len());
    let mut marks = Vec::new();
    let mut start = 0;
    for letter in snippet.chars() {
        match letter {
            START => start = text.len(),
            END => marks.push(start..text.len()),
            letter => text.push(letter),
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_becomes_phrases() {
        let of = |typed| expression(typed).unwrap_or_default();
        assert_eq!(of("pool"), "\"pool\" *");
        assert_eq!(of(" connection  pool "), "\"connection\" \"pool\" *");
        assert_eq!(of("a NEAR(b) *"), "\"a\" \"NEAR(b)\" *");
        assert_eq!(of("say \"too many\" now"), "\"say\" \"too many\" \"now\" *");
        assert_eq!(of("half \"open phrase"), "\"half\" \"open phrase\" *");
        assert_eq!(of("* \" - ( 🔥"), "");
        assert_eq!(of("nul\0l"), "\"nul l\" *");
    }

    #[test]
    fn marks_are_byte_ranges_of_the_bare_snippet() {
        let (text, marks) = marked("…ein \u{1}großer\u{2} Tag");
        assert_eq!(text, "…ein großer Tag");
        assert_eq!(&text[marks[0].clone()], "großer");
    }
}
