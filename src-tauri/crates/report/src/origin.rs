//! From a place in the Typst project back to what a consultant wrote.

use std::collections::BTreeMap;
use std::fmt;

use groma_model::{Id, Kind};

use crate::emit::MapEntry;

/// The object and the field that a place in a project's file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Kind of the object.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// What a person calls it: `F-012`, an image's name, the number of a phase; empty for what there is one of.
    pub name: String,
    /// The field.
    pub field: &'static str,
    /// Line of the field's Markdown, from 1; none where only the field is known.
    pub line: Option<usize>,
}

impl fmt::Display for Origin {
    /// `F-012 condition, line 3`; `engagement verdict`; `images board data`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !matches!(self.kind, Kind::Finding | Kind::Risk | Kind::Initiative) {
            write!(f, "{} ", self.kind)?;
        }
        if !self.name.is_empty() {
            write!(f, "{} ", self.name)?;
        }
        f.write_str(self.field)?;
        match self.line {
            Some(line) => write!(f, ", line {line}"),
            None => Ok(()),
        }
    }
}

/// Where each file of a project comes from, as far as it comes from one object.
#[derive(Debug, Clone, Default)]
pub struct Origins(BTreeMap<String, Source>);

#[derive(Debug, Clone)]
struct Source {
    origin: Origin,
    /// Lines of the Typst file and of the Markdown, from 1, in the order of the file.
    lines: Vec<(usize, usize)>,
}

impl Origins {
    /// What stands behind line `line` (from 1) of the file `path`, or behind the whole of it. None for what comes from no
    /// single object: the template's own files, and the data of all objects of a kind.
    ///
    /// A compiler's message is at its most telling place first, and often in a file of the template's: ask for its place,
    /// then for those of its trace, innermost first.
    #[must_use]
    pub fn origin(&self, path: &str, line: Option<usize>) -> Option<Origin> {
        let source = self.0.get(path)?;
        let line = line.and_then(|line| {
            let after = source.lines.partition_point(|(typst, _)| *typst <= line);
            // A line before all text belongs to the first.
            source.lines.get(after.saturating_sub(1)).map(|(_, markdown)| *markdown)
        });
        Some(Origin { line, ..source.origin.clone() })
    }

    pub(crate) fn add(&mut self, path: String, origin: Origin, lines: Vec<(usize, usize)>) {
        self.0.insert(path, Source { origin, lines });
    }
}

/// Lines of the Typst file with the lines of the Markdown that they print.
pub(crate) fn lines(typst: &str, map: &[MapEntry], markdown: &str) -> Vec<(usize, usize)> {
    let starts = |text: &str| -> Vec<usize> { text.match_indices('\n').map(|(at, _)| at + 1).collect() };
    let (in_typst, in_markdown) = (starts(typst), starts(markdown));
    let line = |starts: &[usize], at: usize| starts.partition_point(|start| *start <= at) + 1;
    let mut lines: Vec<(usize, usize)> = map
        .iter()
        .map(|entry| (line(&in_typst, entry.typst.start), line(&in_markdown, entry.markdown.start)))
        .collect();
    lines.dedup_by_key(|(typst, _)| *typst);
    lines
}
