//! JSON as a tree that may hold anything anywhere, for tools of which few fields are read from many shapes.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

use crate::{
    Refusal,
    json::{self, Text},
};

/// Any JSON. Numbers and booleans are kept as their text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Tree<'a> {
    /// `null`, or nothing there.
    #[default]
    Null,
    /// A text, number or boolean.
    Scalar(Text<'a>),
    /// A list.
    List(Vec<Tree<'a>>),
    /// An object in the order of the file, duplicate keys kept.
    Object(Vec<(Text<'a>, Tree<'a>)>),
}

static NOTHING: Tree<'static> = Tree::Null;

impl<'a> Tree<'a> {
    /// What stands at a path of keys, `a/b`; null where there is nothing.
    pub(crate) fn get(&self, path: &str) -> &Tree<'a> {
        path.split('/').fold(self, Tree::key)
    }

    /// What stands at a key, which may hold any character.
    pub(crate) fn key(&self, key: &str) -> &Tree<'a> {
        let found = self.entries().iter().find(|(known, _)| known.as_str() == key);
        found.map_or(&NOTHING, |(_, value)| value)
    }

    /// Whether there is a key at a path, be its value null.
    pub(crate) fn has(&self, path: &str) -> bool {
        let (parent, key) = path.rsplit_once('/').map_or((self, path), |(parent, key)| (self.get(parent), key));
        parent.entries().iter().any(|(known, _)| known.as_str() == key)
    }

    /// The scalar at a path; empty where there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.get(path).text_itself()
    }

    /// It as a scalar; empty when it is none.
    pub(crate) fn text_itself(&self) -> &str {
        if let Tree::Scalar(text) = self { text.as_str() } else { "" }
    }

    /// The first scalar among several paths that is not empty; else empty.
    pub(crate) fn first(&self, paths: &[&str]) -> &str {
        paths.iter().map(|path| self.text(path)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The scalars at a path, be it one or a list of them.
    pub(crate) fn texts(&self, path: &str) -> Vec<&str> {
        let found = self.get(path);
        let one = std::slice::from_ref(found);
        let all = if let Tree::List(list) = found { list } else { one };
        let scalars = all.iter().filter_map(|value| if let Tree::Scalar(text) = value { text.some() } else { None });
        scalars.collect()
    }

    /// The number at a path, written as one or as text.
    pub(crate) fn number(&self, path: &str) -> Option<f64> {
        self.text(path).trim().parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// A line number at one of several paths; 0 and less is none.
    pub(crate) fn line(&self, paths: &[&str]) -> Option<u64> {
        self.first(paths).parse().ok().filter(|line| *line > 0)
    }

    /// Whether the scalar at a path is `true`.
    pub(crate) fn is_true(&self, path: &str) -> bool {
        self.text(path) == "true"
    }

    /// Whether it is null or nothing.
    pub(crate) fn is_null(&self) -> bool {
        *self == Tree::Null
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Tree<'a>] {
        if let Tree::List(list) = self { list } else { &[] }
    }

    /// The entries of an object; none of anything else.
    pub(crate) fn entries(&self) -> &[(Text<'a>, Tree<'a>)] {
        if let Tree::Object(entries) = self { entries } else { &[] }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Tree<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        fn owned<'a>(text: String) -> Tree<'a> {
            Tree::Scalar(Text(Cow::Owned(text)))
        }
        impl<'de> Visitor<'de> for Any {
            type Value = Tree<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Tree::Scalar(Text(Cow::Borrowed(value))))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(owned(value.to_owned()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Tree::Scalar(Text(Cow::Borrowed(if value { "true" } else { "false" }))))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(owned(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(owned(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(owned(value.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Tree::Null)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Tree::Object(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Parses an object that has these keys, of the format of this title.
///
/// # Errors
/// What is no JSON, or an object of something else.
pub(crate) fn object<'a>(text: &'a str, title: &str, keys: &[&str], remedy: &str) -> Result<Tree<'a>, Refusal> {
    let tree: Tree<'_> = json::parse(text)?;
    match keys.iter().find(|key| !tree.has(key)) {
        Some(lacks) => Err(Refusal::not(title, &format!("no `{lacks}` in it"), remedy)),
        None => Ok(tree),
    }
}

/// Parses a stream of values, one behind the other with any white space between, each with its 1-based line. A single
/// list is the stream of its items, all at line 1.
///
/// # Errors
/// Says where the first value is that is no JSON.
pub(crate) fn stream(text: &str) -> Result<Vec<(u64, Tree<'_>)>, Refusal> {
    if text.trim_start().starts_with('[') {
        let list: Vec<Tree<'_>> = json::parse(text)?;
        return Ok(list.into_iter().map(|tree| (1, tree)).collect());
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Tree<'_>>();
    let (mut all, mut line, mut done) = (Vec::new(), 1, 0);
    loop {
        let start = values.byte_offset();
        let start = start + text[start..].len() - text[start..].trim_start().len();
        line += text[done..start].bytes().filter(|byte| *byte == b'\n').count() as u64;
        done = start;
        match values.next() {
            Some(value) => all.push((line, value.map_err(|error| json::refusal(&error))?)),
            None => return Ok(all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_is_reached_and_nothing_is_empty() {
        let tree: Tree<'_> = json::parse(r#"{"a":{"b":[1,"x",null,{}]},"c/d":true,"n":null}"#).unwrap();
        assert_eq!(tree.texts("a/b"), ["1", "x"]);
        assert!(tree.key("c/d").items().is_empty() && tree.get("a/b/c").is_null() && tree.get("n").is_null());
        assert_eq!((tree.text("a"), tree.text("c/d"), tree.number("a/b")), ("", "", None));
    }

    #[test]
    fn values_of_a_stream_know_their_line() {
        let lines: Vec<u64> = stream("{}\n{\n\"a\":1}\n\n[2]").unwrap().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 2, 5]);
        let refusal = stream("{}\n{,}").unwrap_err();
        assert_eq!(refusal.line, Some(2));
        assert!(stream(&"[".repeat(100_000)).is_err());
    }
}
