//! The raw text around the very place that a value came from, and the packs as they are defined.

use groma_model::{Artifact, Id};
use groma_store::Read;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{App, AppError, Verb, scored};

/// Shows the raw text of an artifact around a place.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The artifact.
    pub artifact: Id,
    /// The place: `line 12`, or a JSON pointer such as `/metrics/http_reqs`; the beginning when empty.
    #[serde(default)]
    pub at: String,
    /// Lines to show before and after; 0 for 20.
    #[serde(default)]
    pub lines: usize,
}

/// A stretch of an artifact's text.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SourceReply {
    /// The artifact's name.
    pub name: String,
    /// The text shown.
    pub text: String,
    /// Number of its first line, from 1.
    pub first_line: usize,
    /// Where the place begins in `text`, in UTF-16 units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether the place was found; the beginning is shown when it was not.
    pub found: bool,
}

/// A line longer than this is cut around the place.
const MOST_AROUND: usize = 4_000;

impl Verb for Source {
    type Reply = SourceReply;

    fn run(self, app: &mut App) -> Result<SourceReply, AppError> {
        let store = app.store()?;
        let artifact: Artifact = store.get(self.artifact)?;
        let bytes = store.blob(&artifact.sha256)?;
        let text = String::from_utf8_lossy(&bytes);
        let lines = if self.lines == 0 { 20 } else { self.lines };
        Ok(excerpt(&artifact.name, &text, &self.at, lines))
    }
}

fn excerpt(name: &str, text: &str, at: &str, lines: usize) -> SourceReply {
    let place = place(text, at);
    let (start, end) = place.unwrap_or((0, 0));
    let mut from = start;
    for _ in 0..=lines {
        from = text[..from].rfind('\n').unwrap_or(0);
        if from == 0 {
            break;
        }
    }
    if from > 0 {
        from += 1;
    }
    let mut to = end;
    for _ in 0..=lines {
        to = text[to..].find('\n').map_or(text.len(), |found| to + found + 1);
        if to == text.len() {
            break;
        }
    }
    let from = text.ceil_char_boundary(from.max(start.saturating_sub(MOST_AROUND)));
    // A whole object may be the place; its beginning says enough.
    let end = text.floor_char_boundary(end.min(start + MOST_AROUND));
    let to = text.floor_char_boundary(to.min(end + MOST_AROUND)).max(end);
    let shown = &text[from..to];
    let units = |range: &str| range.encode_utf16().count();
    let before = units(&text[from..start]);
    SourceReply {
        name: name.to_owned(),
        text: shown.to_owned(),
        first_line: text[..from].matches('\n').count() + 1,
        start: before,
        end: before + units(&text[start..end]),
        found: place.is_some(),
    }
}

/// The bytes that a place names.
fn place(text: &str, at: &str) -> Option<(usize, usize)> {
    if let Some(number) = at.strip_prefix("line ") {
        let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
        let number: usize = digits.parse().ok()?;
        let start = match number.checked_sub(2) {
            None => 0,
            Some(skip) => text.match_indices('\n').nth(skip)?.0 + 1,
        };
        let end = text[start..].find('\n').map_or(text.len(), |found| start + found);
        return Some((start, end));
    }
    pointed(text, at)
}

/// The bytes of the value that a JSON pointer names.
fn pointed(text: &str, pointer: &str) -> Option<(usize, usize)> {
    if !pointer.starts_with('/') {
        return None;
    }
    // The borrowed text of a value says where it stands.
    let mut value: &str = text.trim();
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        value = match key.parse::<usize>() {
            Ok(index) if value.starts_with('[') => {
                serde_json::from_str::<Vec<&RawValue>>(value).ok()?.get(index)?.get()
            }
            _ => {
                let object: std::collections::HashMap<std::borrow::Cow<'_, str>, &RawValue> =
                    serde_json::from_str(value).ok()?;
                object.get(key.as_str())?.get()
            }
        };
    }
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    Some((start, start + value.len()))
}

/// The engagement's packs as they are defined.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Packs {
    /// Language in which they are read, a BCP 47 tag; their own when empty.
    #[ts(optional, as = "Option<_>")]
    pub language: String,
}

impl Verb for Packs {
    type Reply = Vec<groma_pack::Pack>;

    fn run(self, app: &mut App) -> Result<Self::Reply, AppError> {
        scored::snapshots_in(&app.store()?.contents()?, &self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, at: &str, lines: usize) -> (String, String, usize) {
        let reply = excerpt("x", text, at, lines);
        let units: Vec<u16> = reply.text.encode_utf16().collect();
        (reply.text.clone(), String::from_utf16_lossy(&units[reply.start..reply.end]), reply.first_line)
    }

    #[test]
    fn a_line_is_shown_with_its_neighbours() {
        let text = "one\ntwö 🔥\nthree\nfour\nfive\n";
        assert_eq!(shown(text, "line 3", 1), ("twö 🔥\nthree\nfour\n".into(), "three".into(), 2));
        assert_eq!(shown(text, "line 1", 1), ("one\ntwö 🔥\n".into(), "one".into(), 1));
        assert_eq!(shown(text, "line 5, column 2", 0), ("five\n".into(), "five".into(), 5));
        assert!(!excerpt("x", text, "line 99", 1).found);
    }

    #[test]
    fn a_json_pointer_is_shown_where_it_stands() {
        let text = "{\n  \"a/b\": [\n    1,\n    {\"c~d\": \"ünï\"}\n  ]\n}\n";
        assert_eq!(shown(text, "/a~1b/1/c~0d", 0), ("    {\"c~d\": \"ünï\"}\n".into(), "\"ünï\"".into(), 4));
        assert!(!excerpt("x", text, "/a~1b/7", 0).found);
        assert!(!excerpt("x", "no json", "/a", 0).found);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{{\"a\":\"{}\",\"b\":5,\"c\":\"{}\"}}", "ü".repeat(9_000), "x".repeat(9_000));
        let (text, place, line) = shown(&text, "/b", 3);
        assert_eq!((place.as_str(), line), ("5", 1));
        assert!(text.len() < 2 * MOST_AROUND + 10);
    }
}
