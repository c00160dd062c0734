//! YAML to the same tree as JSON: every scalar a text but null, aliases followed, bounded in depth and size.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

use crate::{Refusal, mask::constant};

/// Nesting deeper than this is no file that somebody wrote.
const DEEPEST: usize = 100;
/// Values that all documents may have, aliases expanded.
const LARGEST: usize = 2_000_000;

enum Open {
    List(usize, Vec<Value>),
    Map(usize, Map<String, Value>, Option<String>, Vec<Value>),
}

#[derive(Default)]
struct Reading {
    stack: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    documents: Vec<Value>,
    values: usize,
}

/// The documents of a text, empty ones left out. A JSON text is one of them.
///
/// # Errors
/// Text that is not YAML, with its line; nesting that is too deep; aliases that expand without end.
pub(crate) fn documents(text: &str) -> Result<Vec<Value>, Refusal> {
    if text.trim_start().starts_with('{') {
        return Ok(vec![crate::json::parse(text)?]);
    }
    let mut reading = Reading::default();
    // The bracket of what was masked would begin a list, were it within another.
    static MASKED: LazyLock<Regex> = LazyLock::new(|| constant(r"…\[masked ([0-9]+)\]"));
    let text = MASKED.replace_all(text, "…(masked $1)");
    let mut parser = Parser::new_from_str(&text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let line = error.marker().line() as u64;
            Refusal::new(format!("not YAML at line {line}: {}", error.info()), "check the indentation of this line")
                .at_line(line)
        })?;
        reading.event(event).map_err(|refusal| refusal.at_line(span.start.line() as u64))?;
    }
    Ok(reading.documents)
}

impl Reading {
    fn event(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::Scalar(text, style, anchor, _) => {
                let null = matches!(style, ScalarStyle::Plain) && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                self.put(if null { Value::Null } else { Value::String(text.into_owned()) }, anchor, 1)?;
            }
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor).map(|(value, size)| (*size, value));
                let Some((size, value)) = known else {
                    return Err(Refusal::new("an alias of something that contains it", "write the value out"));
                };
                if self.values + size > LARGEST {
                    return Err(too_large());
                }
                let value = value.clone();
                self.put(value, 0, size)?;
            }
            Event::SequenceStart(anchor, _) => self.open(Open::List(anchor, Vec::new()))?,
            Event::MappingStart(anchor, _) => self.open(Open::Map(anchor, Map::new(), None, Vec::new()))?,
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open::List(anchor, items)) => self.put(Value::Array(items), anchor, 1)?,
                Some(Open::Map(anchor, mut map, _, merged)) => {
                    // What is written wins over what is merged in, an earlier merge over a later one.
                    for from in merged.iter().filter_map(Value::as_object).flatten() {
                        map.entry(from.0.clone()).or_insert_with(|| from.1.clone());
                    }
                    self.put(Value::Object(map), anchor, 1)?;
                }
                None => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open) -> Result<(), Refusal> {
        if self.stack.len() >= DEEPEST {
            return Err(Refusal::new(
                format!("nested deeper than {DEEPEST} levels"),
                "give a file as its tool writes it",
            ));
        }
        self.stack.push(open);
        Ok(())
    }

    fn put(&mut self, value: Value, anchor: usize, size: usize) -> Result<(), Refusal> {
        self.values += size;
        if self.values > LARGEST {
            return Err(too_large());
        }
        if anchor != 0 {
            self.anchors.insert(anchor, (value.clone(), count(&value)));
        }
        match self.stack.last_mut() {
            None if value.is_null() => {}
            None => self.documents.push(value),
            Some(Open::List(_, items)) => items.push(value),
            Some(Open::Map(_, map, key, merged)) => match key.take() {
                None => *key = Some(value.as_str().unwrap_or_default().to_owned()),
                Some(name) if name == "<<" => match value {
                    Value::Array(items) => merged.extend(items),
                    value => merged.push(value),
                },
                Some(name) => drop(map.insert(name, value)),
            },
        }
        Ok(())
    }
}

fn too_large() -> Refusal {
    Refusal::new(format!("more than {LARGEST} values with its aliases"), "give a file that is written out")
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_anchors_and_merges_are_read() {
        let text = "a: &x {p: 1, q: ~}\nb:\n  <<: *x\n  p: 2\n---\n---\n200: [yes, \"null\"]\n";
        let found = documents(text).map(|all| Value::Array(all).to_string());
        let want = r#"[{"a":{"p":"1","q":null},"b":{"p":"2","q":null}},{"200":["yes","null"]}]"#;
        assert_eq!(found.ok().as_deref(), Some(want));
    }

    #[test]
    fn aliases_do_not_expand_without_end() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..10 {
            let alias = format!("*a{},", level - 1).repeat(10);
            text.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        assert!(documents(&text).is_err_and(|refusal| refusal.reason.contains("aliases")));
        assert!(documents("a: [b\n").is_err_and(|refusal| refusal.line.is_some()));
    }
}
