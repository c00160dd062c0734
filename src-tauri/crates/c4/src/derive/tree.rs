//! What YAML and JSON have in common: a tree in which each node knows its place in the file.

use std::rc::Rc;

/// Where something stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line of a text, from 1.
    Line(usize),
    /// A JSON pointer; empty is the whole file.
    Pointer(String),
}

impl Place {
    /// The line, for a diagnostic; 0 where there is none.
    pub(crate) fn line(&self) -> usize {
        match self {
            Self::Line(line) => *line,
            Self::Pointer(_) => 0,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(to, "line {line}"),
            Self::Pointer(pointer) if pointer.is_empty() => write!(to, "/"),
            Self::Pointer(pointer) => write!(to, "{pointer}"),
        }
    }
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    /// Nothing.
    Null,
    /// A text, number or truth value, as it is written.
    Scalar(String),
    /// A list.
    List(Vec<Rc<Node>>),
    /// Named values in the order of the file, each name once.
    Map(Vec<(String, Rc<Node>)>),
}

/// A value of a YAML or JSON file. Aliases share their node, so a tree can be far larger than the file: `size` says
/// how many nodes a walk would meet, and the readers refuse what is too large before anybody walks it.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) data: Data,
    pub(crate) size: u64,
}

impl Node {
    pub(crate) fn new(place: Place, data: Data) -> Self {
        let size = match &data {
            Data::List(items) => items.iter().fold(1u64, |sum, item| sum.saturating_add(item.size)),
            Data::Map(entries) => entries.iter().fold(1u64, |sum, (_, item)| sum.saturating_add(item.size)),
            _ => 1,
        };
        Self { place, data, size }
    }

    /// The value of a name, unless it is nothing.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        let (_, found) = self.entries().iter().find(|(key, _)| key == name)?;
        (!matches!(found.data, Data::Null)).then_some(&**found)
    }

    /// The value at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The text at the end of a path, empty texts left out.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.text().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Rc<Node>] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list at the end of a path.
    pub(crate) fn items_at(&self, path: &[&str]) -> &[Rc<Node>] {
        self.at(path).map_or(&[], Self::items)
    }

    /// The named values of a map; none of anything else.
    pub(crate) fn entries(&self) -> &[(String, Rc<Node>)] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The named values of the map at the end of a path.
    pub(crate) fn entries_at(&self, path: &[&str]) -> &[(String, Rc<Node>)] {
        self.at(path).map_or(&[], Self::entries)
    }

    /// Whether it is a map.
    pub(crate) fn is_map(&self) -> bool {
        matches!(self.data, Data::Map(_))
    }

    /// A scalar, or the scalars of a list: the two ways in which one or more texts are written.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match &self.data {
            Data::Scalar(text) => vec![text],
            Data::List(items) => items.iter().filter_map(|item| item.text()).collect(),
            _ => Vec::new(),
        }
    }
}
