//! Prose fields as virtual Typst files.

use std::cell::RefCell;
use std::collections::BTreeMap;

use groma_model::{Id, Image, Kind};
use groma_prose::{Record, RecordKind};
use serde_json::Value;

use crate::emit::{self, Emitted, ImageRef, MapEntry, Resolve};

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

/// Collects prose files while the views are made.
pub(crate) struct Prose<'a> {
    known: Known<'a>,
    files: RefCell<BTreeMap<String, (String, ProseFile)>>,
}

/// What references and images lead to.
pub(crate) struct Known<'a> {
    /// Highest-level objects by number.
    pub numbers: BTreeMap<(RecordKind, u32), String>,
    /// Images by name and by id.
    pub images: BTreeMap<String, (&'a Image, String)>,
    /// Kinds whose section is printed, so that a link has a target.
    pub printed: Vec<RecordKind>,
}

impl Resolve for Known<'_> {
    fn record(&self, record: Record) -> Option<String> {
        self.numbers.get(&(record.kind, record.number)).cloned()
    }

    fn is_printed(&self, record: Record) -> bool {
        self.printed.contains(&record.kind)
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
        Self { known, files: RefCell::default() }
    }

    /// Adds a field's file and answers with its path, or null when there is nothing to print.
    pub(crate) fn field(&self, kind: Kind, id: Id, key: &str, field: &'static str, source: &str) -> Value {
        let document = groma_prose::parse(source);
        if document.is_empty() {
            return Value::Null;
        }
        let Emitted { source, map, .. } = emit::emit(&document, &self.known);
        let path = format!("/prose/{kind}/{key}/{field}.typ");
        self.files.borrow_mut().insert(path.clone(), (source, ProseFile { kind, id, field, map }));
        Value::String(path)
    }

    /// The files collected, by path.
    pub(crate) fn into_files(self) -> BTreeMap<String, (String, ProseFile)> {
        self.files.into_inner()
    }
}
