//! The model while it is being read out of files: boxes and lines found by name, each with where it was found.

use super::hosted;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Element, ElementKind, Properties};
use std::collections::HashMap;

/// The property that names the file from which an element or relationship was read.
pub const SOURCE: &str = "groma.source";
/// The property that names the place in that file: `line 12` or a JSON pointer.
pub const SOURCE_PLACE: &str = "groma.source.place";
/// The property that says how a relationship was found: `depends_on`, `environment`, `trace`, …
pub const FOUND_BY: &str = "groma.found.by";

/// A box of the draft, by its place in it.
pub(crate) type At = usize;

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) place: String,
}

impl Source {
    pub(crate) fn new(file: &str, place: impl ToString) -> Self {
        Self { file: file.to_owned(), place: place.to_string() }
    }
}

/// A box.
#[derive(Debug, Clone)]
pub(crate) struct Sketch {
    pub(crate) element: Element,
    pub(crate) parent: Option<At>,
    pub(crate) instance_of: Option<At>,
    pub(crate) sources: Vec<Source>,
    /// Whether it is only known because another names it.
    pub(crate) undefined: bool,
}

impl Sketch {
    fn new(element: Element, parent: Option<At>, instance_of: Option<At>) -> Self {
        Self { element, parent, instance_of, sources: Vec::new(), undefined: false }
    }
}

/// An arrow.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) from: At,
    pub(crate) to: At,
    pub(crate) description: String,
    pub(crate) technology: String,
    pub(crate) found_by: Vec<&'static str>,
    pub(crate) properties: Properties,
    pub(crate) sources: Vec<Source>,
}

/// The model while it is being read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) boxes: Vec<Sketch>,
    pub(crate) lines: Vec<Line>,
    pub(crate) remarks: Vec<Diagnostic>,
    named: HashMap<(Option<At>, u8, String), At>,
    joined: HashMap<(At, At), usize>,
    running: HashMap<(At, At), At>,
    home: Option<At>,
    home_name: (u8, String),
}

impl Draft {
    /// The system that everything is in for which no file names one.
    pub(crate) fn home(&mut self) -> At {
        if let Some(home) = self.home {
            return home;
        }
        let home = self.boxes.len();
        let element = Element::new(ElementKind::SoftwareSystem, "");
        self.boxes.push(Sketch::new(element, None, None));
        self.home = Some(home);
        home
    }

    /// Proposes a name for that system; the proposal of the highest rank wins, the first of equals.
    pub(crate) fn suggest(&mut self, name: &str, rank: u8) {
        if rank > self.home_name.0 && !name.trim().is_empty() {
            self.home_name = (rank, name.trim().to_owned());
        }
    }

    /// The box of this name among its siblings, new or known; either way it now has this source too.
    pub(crate) fn add(&mut self, kind: ElementKind, parent: Option<At>, name: &str, source: &Source) -> At {
        self.add_in(kind, parent, name, "", source)
    }

    /// As [`Draft::add`], of a deployment environment.
    pub(crate) fn add_in(
        &mut self,
        kind: ElementKind,
        parent: Option<At>,
        name: &str,
        environment: &str,
        source: &Source,
    ) -> At {
        let name = if name.trim().is_empty() { "unnamed" } else { name.trim() };
        let key = (parent, space(kind), format!("{environment}\0{}", name.to_lowercase()));
        let at = match self.named.get(&key) {
            Some(at) => *at,
            None => {
                let mut element = Element::new(kind, name);
                element.environment = environment.to_owned();
                self.boxes.push(Sketch::new(element, parent, None));
                self.named.insert(key, self.boxes.len() - 1);
                self.boxes.len() - 1
            }
        };
        add_source(&mut self.boxes[at].sources, source);
        at
    }

    /// A container of a system.
    pub(crate) fn container(&mut self, system: At, name: &str, source: &Source) -> At {
        let at = self.add(ElementKind::Container, Some(system), name, source);
        self.boxes[at].undefined = false;
        at
    }

    /// A container that somebody names; unless a file defines it, it is told to be missing.
    pub(crate) fn mention(&mut self, system: At, name: &str, source: &Source) -> At {
        let known = self.boxes.len();
        let at = self.add(ElementKind::Container, Some(system), name, source);
        self.boxes[at].undefined |= at == known;
        at
    }

    /// A system of somebody else.
    pub(crate) fn external(&mut self, name: &str, source: &Source) -> At {
        let at = self.add(ElementKind::SoftwareSystem, None, name, source);
        let element = &mut self.boxes[at].element;
        element.add_tags(["External"]);
        if let Some(product) = hosted::product(name)
            && element.description.is_empty()
        {
            product.clone_into(&mut element.description);
        }
        at
    }

    /// A running container on a node; one of each.
    pub(crate) fn instance(&mut self, of: At, node: At, source: &Source) -> At {
        let at = *self.running.entry((of, node)).or_insert_with(|| {
            let mut element = Element::new(ElementKind::ContainerInstance, "");
            element.environment = self.boxes[node].element.environment.clone();
            self.boxes.push(Sketch::new(element, Some(node), Some(of)));
            self.boxes.len() - 1
        });
        add_source(&mut self.boxes[at].sources, source);
        at
    }

    /// The box's element, to describe it.
    pub(crate) fn of(&mut self, at: At) -> &mut Element {
        &mut self.boxes[at].element
    }

    /// Notes the technology unless one is known.
    pub(crate) fn technology(&mut self, at: At, technology: &str) {
        let own = &mut self.boxes[at].element.technology;
        if own.is_empty() {
            *own = technology.to_owned();
        }
    }

    /// Notes a property; an empty value is none.
    pub(crate) fn property(&mut self, at: At, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.boxes[at].element.properties.insert(name.to_owned(), value);
        }
    }

    /// The one line between two boxes; how it was found and where is added to it. None from a box to itself.
    pub(crate) fn relate(
        &mut self,
        from: At,
        to: At,
        found_by: &'static str,
        technology: &str,
        source: &Source,
    ) -> Option<&mut Line> {
        if from == to || self.within(from, to) || self.within(to, from) {
            return None;
        }
        let at = *self.joined.entry((from, to)).or_insert_with(|| {
            let (description, technology, properties) = (String::new(), String::new(), Properties::new());
            self.lines.push(Line {
                from,
                to,
                description,
                technology,
                found_by: Vec::new(),
                properties,
                sources: Vec::new(),
            });
            self.lines.len() - 1
        });
        let line = &mut self.lines[at];
        if !line.found_by.contains(&found_by) {
            line.found_by.push(found_by);
        }
        if line.technology.is_empty() {
            line.technology = technology.to_owned();
        }
        add_source(&mut line.sources, source);
        Some(line)
    }

    fn within(&self, inner: At, outer: At) -> bool {
        std::iter::successors(self.boxes[inner].parent, |at| self.boxes[*at].parent).any(|at| at == outer)
    }

    /// Says something of an input.
    pub(crate) fn remark(&mut self, level: Level, file: &str, line: usize, message: impl Into<String>) {
        self.remarks.push(Diagnostic { level, file: file.to_owned(), line, message: message.into() });
    }

    /// Gives the home system its name, different from every other system's.
    pub(crate) fn name_home(&mut self) {
        let Some(home) = self.home else { return };
        let mut name = if self.home_name.1.is_empty() { "System".to_owned() } else { self.home_name.1.clone() };
        let taken = |name: &str| {
            let mut others = self.boxes.iter().enumerate().filter(|(at, _)| *at != home);
            others.any(|(_, one)| one.parent.is_none() && one.element.name.eq_ignore_ascii_case(name))
        };
        while taken(&name) {
            name.push_str(" system");
        }
        self.boxes[home].element.name = name;
    }
}

/// One source a file: a second place in the same file adds nothing.
fn add_source(sources: &mut Vec<Source>, source: &Source) {
    if !source.file.is_empty() && !sources.iter().any(|known| known.file == source.file) {
        sources.push(source.clone());
    }
}

fn space(kind: ElementKind) -> u8 {
    match kind {
        ElementKind::Person | ElementKind::SoftwareSystem => 0,
        ElementKind::Container | ElementKind::Component => 1,
        ElementKind::CustomElement => 2,
        _ => 3,
    }
}
