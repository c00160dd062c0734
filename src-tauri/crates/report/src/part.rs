//! One part of the report alone: what the page beside an editor needs at once, whatever the report's length.
//!
//! The files go over those of the whole project; its other files, and what was laid out of them, stay.

use std::collections::BTreeMap;

use groma_model::{Finding, Issue};
use serde_json::json;

use crate::ReportError;
use crate::clean::clean_value;
use crate::compose::{Input, known};
use crate::emit;
use crate::prose::{Prose, ProseFile};
use crate::view::{self, Has, Index, Source};

/// Where a part stands in the whole report, by its last layout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartPlace<'a> {
    /// The section.
    pub section: &'a str,
    /// Its first page, from 1.
    pub page: usize,
    /// How many pages the report has.
    pub pages: usize,
    /// How many numbered figures stand before it.
    pub figures: usize,
    /// How many footnotes are called before it.
    pub notes: usize,
    /// How far below the page's upper edge it begins, in points; none for a run of pages from its beginning.
    pub at: Option<f64>,
}

/// Some findings that follow each other in the report.
#[derive(Debug, Clone, Copy)]
pub struct SomeFindings<'a> {
    /// The findings.
    pub findings: &'a [&'a Finding],
    /// The place of the first among all findings of the report, from 0.
    pub first: usize,
    /// How many findings the report has.
    pub count: usize,
}

/// The files that make a part of the whole, by virtual path.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Where those of prose come from.
    pub prose: BTreeMap<String, ProseFile>,
}

impl Part {
    /// A section's part, without what it holds: its files are those of the whole.
    ///
    /// # Errors
    /// When the data cannot be written as JSON, which is a fault of the program.
    pub fn of_section(place: PartPlace<'_>) -> Result<Self, ReportError> {
        Self::begun(place, false)
    }

    fn begun(place: PartPlace<'_>, findings: bool) -> Result<Self, ReportError> {
        let data = json!({
            "section": place.section, "page": place.page, "pages": place.pages, "figures": place.figures,
            "notes": place.notes, "at": place.at, "findings": findings,
        });
        let mut part = Self::default();
        part.put("part", &data)?;
        Ok(part)
    }

    /// Some findings; `issues` are those that evidence links name.
    ///
    /// # Errors
    /// As [`Part::of_section`].
    pub fn of_findings(
        input: &Input<'_>,
        issues: &[Issue],
        place: PartPlace<'_>,
        some: SomeFindings<'_>,
    ) -> Result<Self, ReportError> {
        let index = Index::of(input.contents);
        let prose = Prose::new(known(input, &Has::of(input)));
        let source = Source::of(input, &prose, &index, issues);
        let mut data = view::some_findings(&source, some.findings, some.first, some.count);
        clean_value(&mut data);
        let mut part = Self::begun(place, true)?;
        part.put("part-findings", &data)?;
        for (path, (typst, file)) in prose.into_written().files {
            part.files.insert(path.clone(), typst.into_bytes());
            part.prose.insert(path, file);
        }
        Ok(part)
    }

    /// Puts another text into a prose file of the whole. Answers false when the field would have no file then.
    pub fn put_prose(&mut self, input: &Input<'_>, path: &str, file: &ProseFile, text: &str) -> bool {
        let document = groma_prose::parse(text);
        if document.is_empty() {
            return false;
        }
        let emitted = emit::emit(&document, &known(input, &Has::of(input)));
        self.files.insert(path.to_owned(), emitted.source.into_bytes());
        self.prose.insert(path.to_owned(), ProseFile { map: emitted.map, ..file.clone() });
        true
    }

    fn put(&mut self, group: &'static str, data: &serde_json::Value) -> Result<(), ReportError> {
        let bytes = serde_json::to_vec(data).map_err(|error| ReportError::Data { group, reason: error.to_string() })?;
        self.files.insert(format!("/data/{group}.json"), bytes);
        Ok(())
    }
}
