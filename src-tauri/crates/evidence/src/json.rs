//! JSON: errors with their place, tolerant field types, and a walk over keys and strings that needs no tree.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::Refusal;

/// Nesting beyond this is refused: no tool writes it, and no reader should recurse on it.
pub(crate) const DEPTH_LIMIT: usize = 128;

/// Parses a whole document.
///
/// # Errors
/// Says whether the text breaks off, is no JSON, or is JSON of another shape, and where.
pub(crate) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| refusal(&error))
}

/// What an error of the parser means to a person.
pub(crate) fn refusal(error: &serde_json::Error) -> Refusal {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let detail = error.to_string().replace(&place, "");
    let place = format!("line {}, column {}", error.line(), error.column());
    let again = "export it again; nothing of it was imported";
    let (reason, remedy) = if error.is_eof() {
        (format!("the file breaks off at {place}: {detail}"), again)
    } else if detail.contains("recursion limit") {
        (format!("nested deeper than {DEPTH_LIMIT} levels at {place}"), "no known tool writes this: look at the file")
    } else if error.is_syntax() {
        (format!("not valid JSON at {place}: {detail}"), again)
    } else {
        (format!("not the shape expected at {place}: {detail}"), "say which format it is, or export it again")
    };
    Refusal { reason, line: Some(error.line() as u64), column: Some(error.column() as u64), remedy: remedy.to_owned() }
}

/// A field that a tool may write as text, number, boolean, null or something else altogether; only scalars are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, or `None` when it is empty.
    pub(crate) fn some(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&*self.0)
    }

    /// The number, whether written as one or as text.
    pub(crate) fn number(&self) -> Option<f64> {
        self.0.trim().parse().ok().filter(|value: &f64| value.is_finite())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl<'de> Visitor<'de> for Scalar {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_owned())))
            }
            fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value)))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(if value { "true" } else { "false" })))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Text::default())
            }
            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(Text::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Text::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// A list that may be written as one scalar, as a list of scalars, or as null.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts<'a>(pub Vec<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Texts<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Texts(vec![Text(Cow::Borrowed(value))]))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Texts(vec![Text(Cow::Owned(value.to_owned()))]))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Texts::default())
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Texts(vec![Text(Cow::Owned(value.to_string()))]))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Texts(vec![Text(Cow::Owned(value.to_string()))]))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Texts::default())
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Texts::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element::<Text<'de>>()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Texts::default())
            }
        }
        deserializer.deserialize_any(List)
    }
}

/// The default where a tool wrote `null`.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A number that may be written as text; null, `NaN` and anything else are `None`.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(Text::deserialize(deserializer)?.number())
}

/// An object in the order of the file, duplicate keys kept.
#[derive(Debug, Clone)]
pub(crate) struct Entries<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<K, V>(std::marker::PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
            type Value = Entries<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Entries::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Pairs(std::marker::PhantomData))
    }
}

/// A key escaped for a JSON pointer (RFC 6901).
pub(crate) fn pointer(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => Cow::Owned(key.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(key),
    }
}

/// What a walk meets. Paths are keys joined by `/`, with `[]` for the items of a list: `runs/[]/tool/driver`.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// A key of an object; the path ends with it.
    Key(&'a str),
    /// A string value, with the range of its raw content between the quotes.
    String(&'a str, Range<usize>),
}

/// Walks over the keys and strings of a document without building it; a document that breaks off is walked as far as
/// it goes. Returns the deepest nesting met; stops at once beyond [`DEPTH_LIMIT`].
pub(crate) fn walk(text: &str, mut event: impl FnMut(Event<'_>)) -> usize {
    let bytes = text.as_bytes();
    let mut path = String::new();
    // Of each open bracket: is it an object, and how long was the path before its current key.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let (mut deepest, mut position, mut expect_key) = (0, 0, false);
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'{' | b'[' => {
                if open.len() == DEPTH_LIMIT {
                    return DEPTH_LIMIT + 1;
                }
                let object = *byte == b'{';
                open.push((object, path.len()));
                deepest = deepest.max(open.len());
                expect_key = object;
                if !object {
                    push(&mut path, "[]");
                }
            }
            b'}' | b']' => {
                if let Some((_, length)) = open.pop() {
                    path.truncate(length);
                }
                expect_key = false;
            }
            b',' => {
                if let Some((object, length)) = open.last() {
                    expect_key = *object;
                    if *object {
                        path.truncate(*length);
                    }
                }
            }
            b'"' => {
                let start = position + 1;
                position = string_end(bytes, start);
                let range = start..position.min(bytes.len());
                if expect_key {
                    expect_key = false;
                    if let Some((_, length)) = open.last() {
                        path.truncate(*length);
                    }
                    push(&mut path, &text[range]);
                    event(Event::Key(&path));
                } else {
                    event(Event::String(&path, range));
                }
            }
            _ => {}
        }
        position += 1;
    }
    deepest
}

/// Walks over the keys of the objects at the top of a document, however much stands between them.
pub(crate) fn top_keys<'a>(text: &'a str, mut key: impl FnMut(&'a str)) {
    let bytes = text.as_bytes();
    let (mut position, mut open, mut expect_key) = (0, 0_usize, false);
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'{' | b'[' => {
                expect_key = open == 0 && *byte == b'{';
                open += 1;
            }
            b'}' | b']' => open = open.saturating_sub(1),
            b',' if open == 1 => expect_key = true,
            b'"' => {
                let start = position + 1;
                position = string_end(bytes, start);
                if open == 1 && std::mem::take(&mut expect_key) {
                    key(&text[start..position.min(bytes.len())]);
                }
            }
            _ => {}
        }
        position += 1;
    }
}

/// Length in bytes of the object or list that a text begins with; of the whole text when it breaks off.
pub(crate) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut position, mut open) = (0, 0_usize);
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' if open <= 1 => return position + 1,
            b'}' | b']' => open -= 1,
            b'"' => position = string_end(bytes, position + 1),
            _ => {}
        }
        position += 1;
    }
    bytes.len()
}

/// Offset of the quote that ends a string, or the end of the text.
fn string_end(bytes: &[u8], mut position: usize) -> usize {
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => return position,
            b'\\' => position += 2,
            _ => position += 1,
        }
    }
    bytes.len()
}

fn push(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(key);
}
