//! YAML to trees: documents, anchors, merge keys. Bounded against hostile files in depth and in what aliases expand to.

use super::tree::{Data, Node, Place};
use crate::diagnostic::{Diagnostic, Level, Refusal};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::collections::HashMap;
use std::rc::Rc;

/// Nesting deeper than this is no file that somebody wrote.
const DEEPEST: usize = 100;
/// Nodes that a walk through a document may meet, aliases followed.
const LARGEST: u64 = 2_000_000;

/// The documents of a file, empty ones left out, and what is to be said of it.
pub(crate) struct Documents {
    pub(crate) documents: Vec<Rc<Node>>,
    pub(crate) remarks: Vec<Diagnostic>,
    /// A map is the name of a value somewhere: what `{{ … }}` of a template looks like to YAML.
    pub(crate) odd_names: bool,
}

enum Open {
    List {
        place: Place,
        anchor: usize,
        items: Vec<Rc<Node>>,
    },
    Map {
        place: Place,
        anchor: usize,
        entries: Vec<(String, Rc<Node>)>,
        known: HashMap<String, usize>,
        name: Option<String>,
        merged: Vec<Rc<Node>>,
    },
}

struct Reading<'f> {
    file: &'f str,
    stack: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    found: Documents,
}

/// Reads all documents.
///
/// # Errors
/// Text that is not YAML (with its line), nesting that is too deep, aliases that expand without end.
pub(crate) fn read(file: &str, text: &str) -> Result<Documents, Refusal> {
    let found = Documents { documents: Vec::new(), remarks: Vec::new(), odd_names: false };
    let mut reading = Reading { file, stack: Vec::new(), anchors: HashMap::new(), found };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let (line, deep) = (error.marker().line(), error.info().contains("recursion"));
            if deep {
                return reading.refuse(line, "nested too deep", "give a file as its tool writes it");
            }
            let remedy = "check the indentation and the quotes of this line and the one above";
            reading.refuse(line, &format!("not YAML: {}", error.info()), remedy)
        })?;
        reading.event(event, span)?;
    }
    Ok(reading.found)
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Refusal> {
        let place = Place::Line(span.start.line());
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::Scalar(text, style, anchor, _) => {
                let plain = matches!(style, ScalarStyle::Plain);
                let data = match &*text {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Data::Null,
                    _ => Data::Scalar(text.into_owned()),
                };
                self.put(Rc::new(Node::new(place, data)), anchor)?;
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    return Err(self.refuse(
                        place.line(),
                        "an alias of something that contains it",
                        "put the value itself there",
                    ));
                };
                self.put(node, 0)?;
            }
            Event::SequenceStart(anchor, _) => {
                self.open(place.line())?;
                self.stack.push(Open::List { place, anchor, items: Vec::new() });
            }
            Event::MappingStart(anchor, _) => {
                self.open(place.line())?;
                let (entries, known) = (Vec::new(), HashMap::new());
                self.stack.push(Open::Map { place, anchor, entries, known, name: None, merged: Vec::new() });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            _ => {}
        }
        Ok(())
    }

    fn open(&self, line: usize) -> Result<(), Refusal> {
        if self.stack.len() < DEEPEST {
            return Ok(());
        }
        Err(self.refuse(line, &format!("nested deeper than {DEEPEST} levels"), "give a file as its tool writes it"))
    }

    fn close(&mut self) -> Result<(), Refusal> {
        match self.stack.pop() {
            Some(Open::List { place, anchor, items }) => self.put(Rc::new(Node::new(place, Data::List(items))), anchor),
            Some(Open::Map { place, anchor, mut entries, mut known, merged, .. }) => {
                // What is written here wins over what is merged in, and an earlier merge over a later one.
                for (name, value) in merged.iter().flat_map(|from| from.entries()) {
                    if !known.contains_key(name) {
                        known.insert(name.clone(), entries.len());
                        entries.push((name.clone(), value.clone()));
                    }
                }
                self.put(Rc::new(Node::new(place, Data::Map(entries))), anchor)
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, node: Rc<Node>, anchor: usize) -> Result<(), Refusal> {
        let line = node.place.line();
        if node.size > LARGEST {
            return Err(self.refuse(
                line,
                &format!("aliases expand to more than {LARGEST} values"),
                "give a file that is written out",
            ));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut() {
            None if matches!(node.data, Data::Null) => {}
            None => self.found.documents.push(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, known, name, merged, .. }) => match name.take() {
                None => {
                    self.found.odd_names |= node.text().is_none() && !matches!(node.data, Data::Null);
                    *name = Some(node.text().unwrap_or_default().to_owned());
                }
                Some(key) if key == "<<" => match &node.data {
                    Data::List(items) => merged.extend(items.iter().cloned()),
                    _ => merged.push(node),
                },
                Some(key) => match known.get(&key) {
                    Some(at) => {
                        self.found.remarks.push(Diagnostic {
                            level: Level::Warning,
                            file: self.file.to_owned(),
                            line,
                            message: format!("\"{key}\" is written twice here; the last one counts"),
                        });
                        entries[*at].1 = node;
                    }
                    None => {
                        known.insert(key.clone(), entries.len());
                        entries.push((key, node));
                    }
                },
            },
        }
        Ok(())
    }

    fn refuse(&self, line: usize, message: &str, remedy: &str) -> Refusal {
        Refusal { file: self.file.to_owned(), line, message: message.to_owned(), remedy: remedy.to_owned() }
    }
}
