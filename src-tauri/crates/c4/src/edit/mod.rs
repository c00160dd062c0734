//! Changes of a model by hand: one [`Edit`] each, all of them or none.
//!
//! Elements are named by their keys ([`Model::key`]), relationships by their ids, which hold until the model is read
//! from a text again. Places are kept apart from the workspace ([`crate::places`]) and follow a key that changes.

mod elements;
mod relationships;
mod rewrite;
mod views;

use std::collections::BTreeMap;

use groma_model::{LinePlace, Places};
use serde::Deserialize;

use crate::diagnostic::Refusal;
use crate::model::{ElementId, ElementKind, IDENTIFIER, Model, RelationshipId, ViewKind, Workspace};

/// A change of a model, a view or a place.
#[derive(Debug, Clone, PartialEq, Deserialize, ts_rs::TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Adds an element, and shows it on a view.
    AddElement {
        /// What it is.
        kind: ElementKind,
        /// Its name; of an instance, empty.
        #[serde(default)]
        name: String,
        /// Key of the element that it is within.
        #[serde(default)]
        parent: Option<String>,
        /// What it does.
        #[serde(default)]
        description: String,
        /// What it is built with.
        #[serde(default)]
        technology: String,
        /// The environment of what runs; that of its parent when not given.
        #[serde(default)]
        environment: String,
        /// Key of the system or container that an instance is of.
        #[serde(default)]
        instance_of: Option<String>,
        /// Key of the view on which it is shown.
        #[serde(default)]
        view: Option<String>,
        /// Where, in Structurizr's pixels.
        #[serde(default)]
        at: Option<(i64, i64)>,
    },
    /// Changes what is said of an element; what is not given stays.
    UpdateElement {
        /// Its key.
        element: String,
        /// Its name.
        #[serde(default)]
        name: Option<String>,
        /// What it does.
        #[serde(default)]
        description: Option<String>,
        /// What it is built with.
        #[serde(default)]
        technology: Option<String>,
        /// Its tags beside those of its kind.
        #[serde(default)]
        tags: Option<Vec<String>>,
        /// An address to read more.
        #[serde(default)]
        url: Option<String>,
        /// The group that it is drawn in; empty for none.
        #[serde(default)]
        group: Option<String>,
    },
    /// Removes an element with all that is within it and every relationship of those.
    DeleteElement {
        /// Its key.
        element: String,
    },
    /// Adds a relationship and those that it implies.
    AddRelation {
        /// Key of who needs the other.
        source: String,
        /// Key of who is needed.
        destination: String,
        /// What for.
        #[serde(default)]
        description: String,
        /// By what means.
        #[serde(default)]
        technology: String,
    },
    /// Changes what is said of a relationship; what is not given stays.
    UpdateRelation {
        /// Its id.
        relation: String,
        /// What for.
        #[serde(default)]
        description: Option<String>,
        /// By what means.
        #[serde(default)]
        technology: Option<String>,
        /// Its tags beside the one that all have.
        #[serde(default)]
        tags: Option<Vec<String>>,
    },
    /// Removes a relationship and those that follow from it.
    DeleteRelation {
        /// Its id.
        relation: String,
    },
    /// Adds a view with what is usual on its kind.
    AddView {
        /// What it shows.
        kind: ViewKind,
        /// Its key; made up when not given.
        #[serde(default)]
        key: String,
        /// Key of the element that it is about.
        #[serde(default)]
        scope: Option<String>,
        /// The environment of a deployment view.
        #[serde(default)]
        environment: String,
        /// Its title.
        #[serde(default)]
        title: String,
    },
    /// Changes what is said of a view; what is not given stays.
    UpdateView {
        /// Its key.
        view: String,
        /// Its title.
        #[serde(default)]
        title: Option<String>,
        /// What it tells.
        #[serde(default)]
        description: Option<String>,
    },
    /// Removes a view; what is on it stays in the model.
    DeleteView {
        /// Its key.
        view: String,
    },
    /// Shows an element on a view, with its relationships to what is there.
    Show {
        /// Key of the view.
        view: String,
        /// Key of the element.
        element: String,
    },
    /// Takes an element off a view; it stays in the model.
    Hide {
        /// Key of the view.
        view: String,
        /// Key of the element.
        element: String,
    },
    /// Adds a step at the end of a dynamic view. A relationship is added to the model where there is none.
    AddStep {
        /// Key of the view.
        view: String,
        /// Key of who acts.
        source: String,
        /// Key of who is asked.
        destination: String,
        /// What happens.
        #[serde(default)]
        description: String,
        /// Whether it answers: then source and destination are those of the arrow, and it is drawn against it.
        #[serde(default)]
        response: bool,
    },
    /// Takes a step out of a dynamic view.
    DeleteStep {
        /// Key of the view.
        view: String,
        /// Its place among the steps, from 0.
        step: usize,
    },
    /// Puts elements of a view where a person wants them.
    Place {
        /// Key of the view.
        view: String,
        /// Upper left corners by the elements' keys, in Structurizr's pixels.
        elements: BTreeMap<String, (i64, i64)>,
    },
    /// Leads a line of a view over bends; none lets it be led again.
    Bend {
        /// Key of the view.
        view: String,
        /// The relationship's id.
        relation: String,
        /// Which step, on a dynamic view.
        #[serde(default)]
        order: String,
        /// The bends, in Structurizr's pixels.
        bends: Vec<(f64, f64)>,
    },
    /// Forgets the places of a view, so that it is laid out anew.
    Unplace {
        /// Key of the view.
        view: String,
        /// Keys of the elements; all elements and lines when none is given.
        #[serde(default)]
        elements: Vec<String>,
    },
}

impl Edit {
    /// Whether it changes the model or its views rather than places alone.
    pub fn changes_text(&self) -> bool {
        !matches!(self, Self::Place { .. } | Self::Bend { .. } | Self::Unplace { .. })
    }
}

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
            Edit::DeleteView { view } => self.delete_view(view),
            Edit::Show { view, element } => self.show(view, element),
            Edit::Hide { view, element } => self.hide(view, element),
            Edit::AddStep { view, source, destination, description, response } => {
                self.add_step(view, source, destination, description, *response)
            }
            Edit::DeleteStep { view, step } => self.delete_step(view, *step),
            Edit::Place { view, elements } => {
                self.view(view)?;
                for element in elements.keys() {
                    self.element(element)?;
                }
                self.places.entry(view.clone()).or_default().elements.extend(elements.clone());
                Ok(())
            }
            Edit::Bend { view, relation, order, bends } => self.bend(view, relation, order, bends),
            Edit::Unplace { view, elements } => {
                if elements.is_empty() {
                    self.places.remove(view);
                } else if let Some(there) = self.places.get_mut(view) {
                    there.elements.retain(|key, _| !elements.contains(key));
                    there
                        .lines
                        .retain(|line| !elements.contains(&line.source) && !elements.contains(&line.destination));
                }
                Ok(())
            }
        }
    }

    fn bend(&mut self, view: &str, relation: &str, order: &str, bends: &[(f64, f64)]) -> Result<(), Refusal> {
        self.view(view)?;
        let one = self.workspace.model.relationship(self.relation(relation)?);
        let model = &self.workspace.model;
        let line = LinePlace {
            source: model.key(one.source),
            destination: model.key(one.destination),
            description: one.description.clone(),
            order: order.to_owned(),
            bends: bends.to_vec(),
        };
        let lines = &mut self.places.entry(view.to_owned()).or_default().lines;
        lines.retain(|other| {
            LinePlace { bends: Vec::new(), ..other.clone() } != LinePlace { bends: Vec::new(), ..line.clone() }
        });
        if !bends.is_empty() {
            lines.push(line);
        }
        Ok(())
    }

    fn rename(&mut self, old: &str, new: &str) {
        for there in self.places.values_mut() {
            if let Some(place) = there.elements.remove(old) {
                there.elements.insert(new.to_owned(), place);
            }
            for line in &mut there.lines {
                for end in [&mut line.source, &mut line.destination] {
                    if end == old {
                        new.clone_into(end);
                    }
                }
            }
        }
        // An earlier edit may have renamed it already: what stands outside knows the first name.
        let first = self.renamed.iter().find(|(_, known)| *known == old).map(|(first, _)| first.clone());
        self.renamed.insert(first.unwrap_or_else(|| old.to_owned()), new.to_owned());
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

/// Gives an element that has none an identifier, so that its key does not change with its name.
fn identify(model: &mut Model, id: ElementId) {
    if model.element(id).kind.is_instance() || model.element(id).properties.contains_key(IDENTIFIER) {
        return;
    }
    let parent = model.element(id).parent.and_then(|parent| model.element(parent).properties.get(IDENTIFIER)).cloned();
    let own = plain(&model.element(id).name);
    let full = |own: &str| parent.as_ref().map_or_else(|| own.to_owned(), |parent| format!("{parent}.{own}"));
    let taken =
        |name: &str| model.elements().any(|(_, one)| one.properties.get(IDENTIFIER).is_some_and(|known| known == name));
    let mut name = full(&own);
    let mut count = 1;
    while taken(&name) {
        count += 1;
        name = full(&format!("{own}{count}"));
    }
    model.element_mut(id).properties.insert(IDENTIFIER.to_owned(), name);
}

/// Letters and digits of a name, in lower case; what the DSL takes for an identifier.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match letters.chars().next() {
        None => "element".to_owned(),
        // A word of the language as an identifier would not be read back.
        Some(_) if RESERVED.contains(&letters.as_str()) => format!("{letters}1"),
        Some(first) if first.is_ascii_digit() => format!("e{letters}"),
        Some(_) => letters,
    }
}

const RESERVED: &[&str] = &[
    "this",
    "person",
    "element",
    "group",
    "container",
    "component",
    "model",
    "views",
    "workspace",
    "deploymentnode",
    "deploymentenvironment",
    "deploymentgroup",
    "infrastructurenode",
    "instanceof",
    "softwaresystem",
    "properties",
    "perspectives",
    "softwaresysteminstance",
    "containerinstance",
    "tags",
    "url",
    "name",
    "description",
    "technology",
    "configuration",
    "archetypes",
    "styles",
    "healthcheck",
    "instances",
    "documentation",
    "metadata",
];

fn refuse(message: impl Into<String>, remedy: &str) -> Refusal {
    Refusal { file: String::new(), line: 0, message: message.into(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests;
