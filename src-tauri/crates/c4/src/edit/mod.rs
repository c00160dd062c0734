//! Changes of a model by hand: one [`Edit`] each, all of them or none.
//!
//! Elements are named by their keys ([`Model::key`]), relationships by their ids, which hold until the model is read
//! from a text again. Places are kept apart from the workspace ([`crate::places`]) and follow a key that changes.

mod change;
mod elements;
mod identify;
mod placing;
mod relationships;
mod rewrite;
mod views;

pub use change::Edit;

use std::collections::BTreeMap;

use groma_model::Places;

use crate::diagnostic::Refusal;
use crate::model::{ElementId, Model, RelationshipId, Workspace};

/// What became of the edits.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The workspace as it is now.
    pub workspace: Workspace,
    /// The places as they are now.
    pub places: Places,
    /// Keys of elements that were added, in order.
    pub added: Vec<String>,
    /// Keys that changed, old to new: what names an element from outside follows them.
    pub renamed: BTreeMap<String, String>,
}

/// Makes all edits, in order.
///
/// # Errors
/// When one of them names what is not there, or would make a model that is none; nothing is changed then.
pub fn apply(workspace: &Workspace, places: &Places, edits: &[Edit]) -> Result<Edited, Refusal> {
    let mut edited =
        Edited { workspace: workspace.clone(), places: places.clone(), added: Vec::new(), renamed: BTreeMap::new() };
    for edit in edits {
        let before: Vec<(String, String)> =
            if edit.changes_text() { names(&edited.workspace.model) } else { Vec::new() };
        edited.one(edit)?;
        let after: BTreeMap<String, String> =
            if edit.changes_text() { names(&edited.workspace.model).into_iter().collect() } else { BTreeMap::new() };
        for (id, old) in before {
            if let Some(new) = after.get(&id).filter(|new| **new != old) {
                edited.rename(&old, new);
            }
        }
    }
    Ok(edited)
}

/// JSON ids with keys.
fn names(model: &Model) -> Vec<(String, String)> {
    model.elements().map(|(id, element)| (element.id.clone(), model.key(id))).collect()
}

impl Edited {
    fn one(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::AddElement { .. } => self.add_element(edit),
            Edit::UpdateElement { .. } => self.update_element(edit),
            Edit::DeleteElement { element } => self.delete_element(element),
            Edit::AddRelation { source, destination, description, technology } => {
                self.add_relation(source, destination, description, technology).map(drop)
            }
            Edit::UpdateRelation { relation, description, technology, tags } => {
                self.update_relation(relation, description.as_deref(), technology.as_deref(), tags.as_deref())
            }
            Edit::DeleteRelation { relation } => self.delete_relation(relation),
            Edit::AddView { kind, key, scope, environment, title } => {
                self.add_view(*kind, key, scope.as_deref(), environment, title)
            }
            Edit::UpdateView { view, title, description } => {
                let view = self.view(view)?;
                let view = &mut self.workspace.views[view];
                title.iter().for_each(|title| view.title.clone_from(title));
                description.iter().for_each(|text| view.description.clone_from(text));
                Ok(())
            }
            Edit::SplitView { view } => self.split_view(view),
            Edit::DeleteView { view } => self.delete_view(view),
            Edit::Show { view, element } => self.show(view, element),
            Edit::Hide { view, element } => self.hide(view, element),
            Edit::AddStep { view, source, destination, description, response } => {
                self.add_step(view, source, destination, description, *response)
            }
            Edit::DeleteStep { view, step } => self.delete_step(view, *step),
            Edit::Place { view, elements } => self.place(view, elements),
            Edit::Bend { view, relation, order, bends, position } => self.bend(view, relation, order, bends, *position),
            Edit::Unplace { view, elements } => {
                self.unplace(view, elements);
                Ok(())
            }
        }
    }

    fn element(&self, key: &str) -> Result<ElementId, Refusal> {
        self.workspace
            .model
            .by_key(key)
            .ok_or_else(|| refuse(format!("there is no element \"{key}\""), "choose one of the model"))
    }

    fn relation(&self, id: &str) -> Result<RelationshipId, Refusal> {
        let found = self.workspace.model.relationship_by_id(id);
        found.ok_or_else(|| refuse(format!("there is no relation {id}"), "choose one of the model"))
    }

    fn view(&self, key: &str) -> Result<usize, Refusal> {
        let found = self.workspace.views.iter().position(|view| view.key == key);
        found.ok_or_else(|| refuse(format!("there is no view \"{key}\""), "choose one of the views"))
    }
}

fn refuse(message: impl Into<String>, remedy: &str) -> Refusal {
    Refusal { file: String::new(), line: 0, message: message.into(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests;
