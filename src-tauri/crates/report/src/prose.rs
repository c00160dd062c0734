//! Prose fields as virtual Typst files.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Id, Image, Kind};
use groma_prose::{Record, RecordKind};
use serde_json::Value;

use crate::emit::{self, Emitted, ImageRef, MapEntry, Resolve};
use crate::facts::Facts;
use crate::origin::{self, Origin, Origins};

/// Where a prose file comes from, with its source map.
#[derive(Debug, Clone)]
pub struct ProseFile {
    /// Kind of the object.
    pub kind: Kind,
    /// Id of the object.
    pub id: Id,
    /// The field.
    pub field: &'static str,
    /// Ranges of the Typst file and the Markdown bytes they come from.
    pub map: Vec<MapEntry>,
}

/// A reference in prose to a record that this report does not tell, so that it leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprinted {
    /// The field in which it stands; without a line.
    pub origin: Origin,
    /// What it names, such as `F-012`.
    pub record: Record,
    /// Whether the engagement has the record: then its section is switched off, else it does not exist at all.
    pub exists: bool,
}

/// Collects prose files while the views are made.
pub(crate) struct Prose<'a> {
    known: Known<'a>,
    written: RefCell<Written>,
}

/// What has been collected.
#[derive(Default)]
pub(crate) struct Written {
    /// The files by path: the Typst, and where it comes from.
    pub files: BTreeMap<String, (String, ProseFile)>,
    /// Where each file comes from, by line.
    pub origins: Origins,
    /// References that lead nowhere, in the order of the fields; each record once a field.
    pub unprinted: Vec<Unprinted>,
}

/// What references and images lead to.
pub(crate) struct Known<'a> {
    /// Highest-level objects by number.
    pub numbers: BTreeMap<(RecordKind, u32), String>,
    /// Images by name and by id.
    pub images: BTreeMap<String, (&'a Image, String)>,
    /// Kinds whose section is printed, so that a link has a target.
    pub printed: Vec<RecordKind>,
    /// Figures that prose calls by name.
    pub facts: Facts<'a>,
}

impl Resolve for Known<'_> {
    fn record(&self, record: Record) -> Option<String> {
        self.numbers.get(&(record.kind, record.number)).cloned()
    }

    fn is_printed(&self, record: Record) -> bool {
        self.printed.contains(&record.kind)
    }

    fn fact(&self, name: &str) -> Option<String> {
        self.facts.get(name)
    }

    fn image(&self, target: &str) -> Option<ImageRef> {
        let name = target.strip_prefix("image:").or_else(|| target.strip_prefix("images/")).unwrap_or(target);
        let (image, path) = self.images.get(name)?;
        Some(ImageRef {
            path: path.clone(),
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            width_px: Some(image.width).filter(|&width| width > 0),
            height_px: Some(image.height).filter(|&height| height > 0),
        })
    }
}

impl<'a> Prose<'a> {
    pub(crate) fn new(known: Known<'a>) -> Self {
        Self { known, written: RefCell::default() }
    }

    /// Adds a field's file and answers with its path, or null when there is nothing to print.
    pub(crate) fn field(&self, kind: Kind, id: Id, key: &str, field: &'static str, source: &str) -> Value {
        let document = groma_prose::parse(source);
        if document.is_empty() {
            return Value::Null;
        }
        let path = format!("/prose/{kind}/{key}/{field}.typ");
        let mut written = self.written.borrow_mut();
        // The summary of a finding stands in two groups.
        if written.files.contains_key(&path) {
            return Value::String(path);
        }
        let Emitted { source: typst, map, unprinted, dangling, .. } = emit::emit(&document, &self.known);
        // There is one of each.
        let name = if matches!(kind, Kind::Engagement | Kind::Intake) { "" } else { key };
        let origin = Origin { kind, id, name: name.to_owned(), field, line: None };
        let records: BTreeSet<(Record, bool)> =
            unprinted.into_iter().map(|r| (r, true)).chain(dangling.into_iter().map(|r| (r, false))).collect();
        let records = records.into_iter();
        written.unprinted.extend(records.map(|(record, exists)| Unprinted { origin: origin.clone(), record, exists }));
        written.origins.add(path.clone(), origin, origin::lines(&typst, &map, source));
        written.files.insert(path.clone(), (typst, ProseFile { kind, id, field, map }));
        Value::String(path)
    }

    /// What has been collected.
    pub(crate) fn into_written(self) -> Written {
        self.written.into_inner()
    }
}
