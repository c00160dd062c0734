//! Architectures of the engagement: from what is kept to a C4 workspace and back, and which finding is about what.

use std::collections::{BTreeMap, BTreeSet};

use groma_c4::dsl;
use groma_c4::model::{ElementId, View};
use groma_c4::{Model, Refusal, Workspace, json, places};
use groma_model::{Architecture, Contents, Finding, FindingKind, Id, Life};

use crate::AppError;

/// The model as it is kept, with the places a person gave it.
///
/// # Errors
/// When what is kept is no workspace, which is a fault of the file.
pub(crate) fn workspace(architecture: &Architecture) -> Result<Workspace, AppError> {
    let mut workspace = bare(architecture)?;
    places::put(&mut workspace, &architecture.places);
    Ok(workspace)
}

/// The model alone.
///
/// # Errors
/// As [`workspace`].
pub(crate) fn bare(architecture: &Architecture) -> Result<Workspace, AppError> {
    if architecture.workspace.is_empty() {
        return Ok(Workspace { name: architecture.name.clone(), ..Workspace::default() });
    }
    json::import(architecture.workspace.as_bytes())
        .map_err(|refusal| refused(&format!("the architecture \"{}\"", architecture.name), &refusal))
}

/// What is kept of a workspace: its JSON without places, its text, and the places apart.
pub(crate) fn kept(workspace: &Workspace, text: Option<String>) -> Architecture {
    let places = places::take(workspace);
    let mut bare = workspace.clone();
    places::put(&mut bare, &groma_model::Places::default());
    Architecture {
        text: text.unwrap_or_else(|| dsl::write(&bare)),
        workspace: json::export(&bare).to_string(),
        places,
        ..Architecture::default()
    }
}

/// A refusal with its place.
pub(crate) fn refused(what: &str, refusal: &Refusal) -> AppError {
    let file = if refusal.file.is_empty() { what } else { &refusal.file };
    let place = if refusal.line == 0 { file.to_owned() } else { format!("{file}, line {}", refusal.line) };
    let error = AppError::refused(format!("{place}: {}", refusal.message));
    if refusal.remedy.is_empty() { error } else { error.hint(refusal.remedy.clone()) }
}

/// The elements that findings are about: those that are open, worst first.
pub(crate) struct Affected<'a> {
    by_element: BTreeMap<ElementId, Vec<&'a Finding>>,
}

impl<'a> Affected<'a> {
    /// Looks each finding's elements up in the model; what the model does not have is passed over.
    pub(crate) fn of(model: &Model, contents: &'a Contents) -> Self {
        let mut by_element: BTreeMap<ElementId, Vec<&Finding>> = BTreeMap::new();
        let open = |finding: &&Finding| {
            finding.kind == FindingKind::Gap && matches!(finding.life, Life::Open | Life::PartlyFixed)
        };
        let names: BTreeSet<&str> =
            contents.findings.iter().flat_map(|finding| finding.elements.iter().map(String::as_str)).collect();
        let found: BTreeMap<&str, ElementId> =
            names.into_iter().filter_map(|name| Some((name, model.by_key(name)?))).collect();
        for finding in contents.findings.iter().filter(open) {
            let elements: BTreeSet<ElementId> =
                finding.elements.iter().filter_map(|name| found.get(name.as_str()).copied()).collect();
            for element in elements {
                by_element.entry(element).or_default().push(finding);
            }
        }
        for findings in by_element.values_mut() {
            findings.sort_by_key(|finding| (finding.severity, finding.number));
        }
        Self { by_element }
    }

    /// Per element of a view, by its key, the open findings that show there: its own, those of what is within it and not
    /// on the view, and on a deployment view those of what runs there. Worst first, each once.
    pub(crate) fn on(&self, model: &Model, view: &View) -> BTreeMap<String, Vec<&'a Finding>> {
        let mut shown: BTreeMap<ElementId, Vec<&Finding>> = BTreeMap::new();
        for (element, findings) in &self.by_element {
            for at in standing_for(model, view, *element) {
                let there = shown.entry(at).or_default();
                for finding in findings {
                    if !there.iter().any(|known| known.id == finding.id) {
                        there.push(finding);
                    }
                }
            }
        }
        let keyed = shown.into_iter().map(|(element, mut findings)| {
            findings.sort_by_key(|finding| (finding.severity, finding.number));
            (model.key(element), findings)
        });
        keyed.collect()
    }
}

/// What stands for an element on a view: itself, its instances, or the nearest around it that is shown.
pub(crate) fn standing_for(model: &Model, view: &View, element: ElementId) -> Vec<ElementId> {
    for one in model.lineage(element) {
        if view.elements.contains_key(&one) {
            return vec![one];
        }
        let running: Vec<ElementId> =
            model.instances_of(one).iter().copied().filter(|instance| view.elements.contains_key(instance)).collect();
        if !running.is_empty() {
            return running;
        }
    }
    Vec::new()
}

/// The findings of an engagement that are about elements under their old names, with the names as they are now.
pub(crate) fn follow(contents: &Contents, renamed: &BTreeMap<String, String>) -> Vec<(Id, Vec<String>)> {
    let mut changed = Vec::new();
    for finding in &contents.findings {
        let new: Vec<String> = finding.elements.iter().map(|name| renamed.get(name).unwrap_or(name).clone()).collect();
        if new != finding.elements {
            changed.push((finding.id, new));
        }
    }
    changed
}
