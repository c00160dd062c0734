//! Bytes to text and to trees.

use super::tree::{Data, Node, Place};
use super::yaml::{self, Documents};
use crate::diagnostic::Refusal;
use serde_json::Value;
use std::borrow::Cow;
use std::rc::Rc;

/// The text of a file: UTF-8 or UTF-16 by its byte order mark, else UTF-8.
///
/// # Errors
/// An empty file, a compressed one, bytes that are no text.
pub(crate) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Refusal> {
    let refuse = |message: &str, remedy: &str| Refusal {
        file: file.to_owned(),
        line: 0,
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    };
    let text = match bytes {
        [0x1f, 0x8b, ..] | [b'P', b'K', 3, 4, ..] => {
            return Err(refuse("compressed", "unpack it and give the file within"));
        }
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes).map(Cow::Owned),
        _ => std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok().map(Cow::Borrowed),
    };
    match text {
        None => Err(refuse("neither UTF-8 nor UTF-16 text", "save it as UTF-8")),
        Some(text) if text.contains('\0') => Err(refuse("not a text", "give a YAML or JSON file")),
        Some(text) if text.trim().is_empty() => Err(refuse("empty", "export it again")),
        Some(text) => Ok(text),
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

/// Whether the text is meant as JSON.
pub(crate) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The trees of a YAML or JSON file.
///
/// # Errors
/// What is neither.
pub(crate) fn trees(file: &str, text: &str) -> Result<Documents, Refusal> {
    if !looks_like_json(text) {
        return yaml::read(file, text);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let documents = vec![Rc::new(tree(value, String::new()))];
            Ok(Documents { documents, remarks: Vec::new(), odd_names: false })
        }
        // A flow mapping of YAML begins like JSON; what is neither is told as JSON.
        Err(error) => match yaml::read(file, text) {
            Ok(found) if !found.odd_names => Ok(found),
            _ => Err(json_refusal(file, &error)),
        },
    }
}

/// Why a text is not JSON, with the line.
pub(crate) fn json_refusal(file: &str, error: &serde_json::Error) -> Refusal {
    let (message, remedy) = if error.is_eof() {
        (format!("the JSON ends early: {error}"), "the file is cut: export it again")
    } else if error.is_data() {
        (format!("not of the expected form: {error}"), "export it again with the tool that made it")
    } else {
        (format!("not JSON: {error}"), "export it again with the tool that made it")
    };
    Refusal { file: file.to_owned(), line: error.line(), message, remedy: remedy.to_owned() }
}

fn tree(value: Value, pointer: String) -> Node {
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(truth) => Data::Scalar(truth.to_string()),
        Value::Number(number) => Data::Scalar(number.to_string()),
        Value::String(text) => Data::Scalar(text),
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            Data::List(items.map(|(at, item)| Rc::new(tree(item, format!("{pointer}/{at}")))).collect())
        }
        Value::Object(entries) => {
            let entries = entries.into_iter().map(|(name, item)| {
                let below = format!("{pointer}/{}", escape(&name));
                (name, Rc::new(tree(item, below)))
            });
            Data::Map(entries.collect())
        }
    };
    Node::new(Place::Pointer(pointer), data)
}

/// A name as a part of a JSON pointer.
pub(crate) fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { Cow::Owned(name.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(name) }
}
