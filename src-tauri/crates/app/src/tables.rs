//! Tables whose columns somebody said the meaning of: read by a mapping that was given or is remembered, and read again
//! when it changes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use groma_evidence::{
    Import, Outcome, Refusal, TABLE_FORMAT, TableShape, describe_table, read_table, table_header, table_text,
    tells_of_masking,
};
use groma_model::{
    Answer, Artifact, Diagnostic, DiagnosticLevel, EvidenceLink, EvidenceTarget, Exhibit, Id, Issue, Kind, Mapping,
    Measurement, SuccessMetric,
};
use groma_store::{IssueFilter, MeasurementFilter, Read, Tx};

use crate::AppError;
use crate::jobs::How;

/// Reads a file by the mapping that was given, or by the one that is remembered for its columns; `None` where neither
/// is. Answers the mapping with the header of the table.
pub(crate) fn by_mapping(bytes: &[u8], how: &How) -> Option<(Outcome, Mapping)> {
    if let Some(given) = &how.mapping {
        let mapping = given.clone();
        return Some(match table_text(bytes) {
            Ok(text) => read(&text, mapping),
            Err(refusal) => (refused(refusal), mapping),
        });
    }
    // Who names a format wants that.
    if how.remembered.is_empty() || how.as_format.is_some() {
        return None;
    }
    let text = table_text(bytes).ok()?;
    let mapping = remembered_for(&text, &how.remembered)?;
    let (mut outcome, mapping) = read(&text, mapping.clone());
    if let Outcome::Imported(import) = &mut outcome {
        let message = format!("read by the remembered mapping \"{}\"", mapping.name);
        import.diagnostics.insert(0, Diagnostic { level: DiagnosticLevel::Note, message, line: None });
    }
    Some((outcome, mapping))
}

/// The mapping that is remembered for the columns of a text; none for one that is no table.
pub(crate) fn remembered_for<'m>(text: &str, remembered: &'m [Mapping]) -> Option<&'m Mapping> {
    let header = table_header(text).ok()?;
    remembered.iter().find(|mapping| mapping.header == header)
}

fn read(text: &str, mapping: Mapping) -> (Outcome, Mapping) {
    let mapping = with_header(text, mapping);
    match read_table(text, &mapping) {
        Ok(import) => (Outcome::Imported(import), mapping),
        Err(refusal) => (refused(refusal), mapping),
    }
}

/// A mapping that somebody wrote need not name every column: those of the table are meant.
pub(crate) fn with_header(text: &str, mut mapping: Mapping) -> Mapping {
    if mapping.header.is_empty() {
        mapping.header = table_header(text).unwrap_or_default();
    }
    mapping.header.sort_unstable();
    mapping
}

fn refused(Refusal { reason, line, column, remedy }: Refusal) -> Outcome {
    Outcome::Refused { format: Some(TABLE_FORMAT), reason, line, column, remedy }
}

/// What a file that was not read looks like as a table, where it has a column of numbers.
pub(crate) fn shape_unless_read(bytes: &[u8], outcome: &Outcome) -> Option<TableShape> {
    if matches!(outcome, Outcome::Imported(_)) {
        return None;
    }
    let text: Cow<'_, str> = table_text(bytes).ok()?;
    describe_table(&text).ok().filter(TableShape::has_numbers)
}

/// Keeps a mapping for its columns: the one that is there for them takes its place. Answers it as it is kept.
///
/// # Errors
/// The store's.
pub(crate) fn remember(tx: &mut Tx<'_>, mapping: Mapping) -> Result<Mapping, AppError> {
    let known = tx.list::<Mapping>()?.into_iter().find(|known| known.header == mapping.header);
    let Some(known) = known else {
        return Ok(tx.insert(Mapping { id: Id::NIL, ..mapping })?);
    };
    let name = if mapping.name.trim().is_empty() { known.name.clone() } else { mapping.name.clone() };
    let kept = Mapping { id: known.id, name, ..mapping };
    if kept != known {
        tx.update(&kept)?;
    }
    Ok(kept)
}

/// What reading an artifact again by a mapping comes to.
pub(crate) enum Again {
    /// It says what it said before: nothing was done.
    Same,
    /// It is read anew, as another artifact in the place of the earlier one.
    Anew {
        /// The new artifact.
        artifact: Id,
        /// Links from findings to what is no longer there.
        unlinked: usize,
    },
}

/// Puts an artifact that was read in another way in the place of the same bytes: what named the earlier one,
/// its measurements and its issues names the new ones, as far as they are there.
///
/// # Errors
/// The store's.
pub(crate) fn read_again(tx: &mut Tx<'_>, old: &Artifact, import: Import) -> Result<Again, AppError> {
    let of = |id: Id| MeasurementFilter { artifact: Some(id), ..MeasurementFilter::default() };
    let before = tx.measurements(&of(old.id), 0, usize::MAX)?;
    let issues = IssueFilter { artifact: Some(old.id), ..IssueFilter::default() };
    let issues_before = tx.issues(&issues, 0, usize::MAX)?;
    let alike = same(&before, &import.measurements) && same_issues(&issues_before, &import.issues);
    if old.format == import.format && old.tool == import.tool && alike {
        return Ok(Again::Same);
    }
    let bytes = match &import.kept {
        Some(masked) => masked.clone(),
        None => tx.blob(&old.sha256)?,
    };
    let mut diagnostics = import.diagnostics;
    // What is kept is masked already, so that reading it says nothing more of that.
    let masked = old.diagnostics.iter().filter(|remark| tells_of_masking(remark) && !diagnostics.contains(remark));
    diagnostics.splice(0..0, masked.cloned().collect::<Vec<_>>());
    let artifact = Artifact {
        id: Id::NIL,
        sha256: String::new(),
        format: import.format,
        tool: import.tool,
        tool_version: import.tool_version,
        captured_at: import.captured_at.or(old.captured_at),
        masked: old.masked + import.masked,
        diagnostics,
        replaces: None,
        ..old.clone()
    };
    let new = tx.add_artifact_anew(artifact, &bytes, import.measurements, import.issues)?;
    let after = tx.measurements(&of(new.id), 0, usize::MAX)?;
    let links = tx.count(Kind::EvidenceLink)?;
    let mut named = pairs(&before, &after);
    let issues_after = tx.issues(&IssueFilter { artifact: Some(new.id), ..issues }, 0, usize::MAX)?;
    named.extend(issue_pairs(&issues_before, &issues_after));
    relink(tx, old, &new, &named)?;
    tx.delete::<Artifact>(old.id)?;
    let unlinked = usize::try_from(links - tx.count(Kind::EvidenceLink)?).unwrap_or_default();
    if old.replaces.is_some() {
        let new = tx.get::<Artifact>(new.id)?;
        tx.update(&Artifact { replaces: old.replaces, ..new })?;
    }
    Ok(Again::Anew { artifact: new.id, unlinked })
}

fn same(before: &[Measurement], after: &[Measurement]) -> bool {
    let said = |one: &Measurement| {
        (
            one.metric.clone(),
            one.value.to_bits(),
            one.unit.clone(),
            one.subject.clone(),
            one.at.clone(),
            one.text.clone(),
        )
    };
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| said(a) == said(b))
}

fn same_issues(before: &[Issue], after: &[Issue]) -> bool {
    let said = |issue: &Issue| (issue.severity, issue.severity_origin);
    before.len() == after.len()
        && before.iter().zip(after).all(|(a, b)| said(a) == said(b) && a.at == b.at && a.fingerprint == b.fingerprint)
}

/// Which new issue an earlier one is: the one with its fingerprint at the same place of the file.
fn issue_pairs(before: &[Issue], after: &[Issue]) -> BTreeMap<Id, Id> {
    let of = |issue: &Issue| (issue.at.clone(), issue.fingerprint.clone());
    let new: BTreeMap<_, _> = after.iter().map(|issue| (of(issue), issue.id)).collect();
    before.iter().filter_map(|old| Some((old.id, *new.get(&of(old))?))).collect()
}

/// Which new measurement an earlier one is: of the same metric and subject at the same place, else the only one of them.
fn pairs(before: &[Measurement], after: &[Measurement]) -> BTreeMap<Id, Id> {
    let mut of: BTreeMap<(&str, &str), Vec<&Measurement>> = BTreeMap::new();
    for one in after {
        of.entry((&one.metric, &one.subject)).or_default().push(one);
    }
    let pair = |old: &Measurement| {
        let fitting = of.get(&(old.metric.as_str(), old.subject.as_str()))?;
        let there = fitting.iter().find(|new| new.at == old.at);
        let only = || if fitting.len() == 1 { fitting.first() } else { None };
        Some((old.id, there.or_else(only)?.id))
    };
    before.iter().filter_map(pair).collect()
}

/// Lets everything that names an artifact, its measurements or its issues name the new ones, where they are there.
fn relink(tx: &mut Tx<'_>, old: &Artifact, new: &Artifact, pairs: &BTreeMap<Id, Id>) -> Result<(), AppError> {
    for link in tx.list::<EvidenceLink>()? {
        let Ok(target) = link.target.parse::<Id>() else { continue };
        let moved = match link.target_kind {
            EvidenceTarget::Artifact if target == old.id => Some(new.id),
            EvidenceTarget::Measurement | EvidenceTarget::Issue => pairs.get(&target).copied(),
            _ => None,
        };
        if let Some(moved) = moved {
            tx.update(&EvidenceLink { target: moved.to_string(), ..link })?;
        }
    }
    for answer in tx.list::<Answer>()? {
        if answer.sources.iter().any(|id| pairs.contains_key(id)) {
            let sources = answer.sources.iter().map(|id| pairs.get(id).copied().unwrap_or(*id)).collect();
            tx.update(&Answer { sources, ..answer })?;
        }
    }
    for metric in tx.list::<SuccessMetric>()? {
        if let Some(source) = metric.source.and_then(|id| pairs.get(&id)) {
            tx.update(&SuccessMetric { source: Some(*source), ..metric })?;
        }
    }
    for exhibit in tx.list::<Exhibit>()?.into_iter().filter(|exhibit| exhibit.artifact == Some(old.id)) {
        tx.update(&Exhibit { artifact: Some(new.id), ..exhibit })?;
    }
    for newer in tx.list::<Artifact>()?.into_iter().filter(|newer| newer.replaces == Some(old.id)) {
        tx.update(&Artifact { replaces: Some(new.id), ..newer })?;
    }
    Ok(())
}

/// The text that is kept of an artifact; none of one that is no text.
///
/// # Errors
/// The store's.
pub(crate) fn text_of(tx: &impl Read, artifact: &Artifact) -> Result<Option<String>, AppError> {
    let bytes = tx.blob(&artifact.sha256)?;
    Ok(table_text(&bytes).ok().map(Cow::into_owned))
}
