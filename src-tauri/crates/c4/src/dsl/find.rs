//! `!element`, `!relationship`, `!elements`, `!relationships`: going back to what was defined before.

use super::context::Context;
use super::expressions::{Item, Kinds};
use super::fail::{Step, Words, fail, missing};
use super::identifiers::Target;
use super::parser::Parser;
use crate::model::{ElementId, RelationshipId};
use std::rc::Rc;

/// What the canonical name of a relationship begins with.
const RELATIONSHIP: &str = "Relationship://";

impl Parser<'_> {
    pub(super) fn find_one(&mut self, first: &str, identifier: Option<&str>, words: &Words<'_>, opens: bool) -> Step {
        if first == "!ref" || first == "!extend" {
            self.outdated(
                &format!("{first} was previously deprecated, and has now been removed"),
                "please use !element or !relationship instead",
            )?;
        }
        let name = Self::need(words, 1, &format!("{first} <identifier|canonical name>"))?.to_owned();
        let target = match self.look_up(&name, |_| true) {
            Some(target) => Some(target),
            None if name.starts_with(RELATIONSHIP) => self.relationship_with(&name).map(Target::Relationship),
            None if name.contains("://") => self.workspace.model.by_canonical(&name).map(Target::Element),
            None => self.element_named(&name).map(Target::Element),
        };
        let Some(target) = target else {
            return Err(missing(
                format!("An element/relationship identified by \"{name}\" could not be found"),
                "correct the name, or define it above this line",
            ));
        };
        let context = match &target {
            Target::Element(id) => Context::Element { id: *id, group: None },
            Target::Relationship(id) => Context::Relationships(Rc::from([*id])),
            Target::Environment(name) => Context::Environment { name: name.clone(), group: None, instead: None },
            Target::Group(at) => {
                let ids = self.groups[*at].elements.as_slice().into();
                Context::Elements { ids, parent: None }
            }
            Target::DeploymentGroup(_) => {
                return Err(fail(format!("\"{name}\" is a deployment group"), "name an element"));
            }
        };
        if identifier.is_some() {
            self.register(identifier, target)?;
        }
        if opens { self.open(context) } else { Ok(()) }
    }

    /// The relationship of a canonical name: `Relationship://Person://Ann -> SoftwareSystem://Shop/Uses`.
    fn relationship_with(&self, name: &str) -> Option<RelationshipId> {
        let model = &self.workspace.model;
        let (source, rest) = name.strip_prefix(RELATIONSHIP)?.split_once(" -> ")?;
        let source = model.by_canonical(source)?;
        let outgoing = model.outgoing(source).iter().copied();
        outgoing.into_iter().find(|id| {
            let one = model.relationship(*id);
            let end = rest.strip_prefix(model.canonical(one.destination).as_str());
            end.is_some_and(|end| end.strip_prefix('/').unwrap_or(end) == one.description)
        })
    }

    pub(super) fn find_elements(&mut self, words: &Words<'_>, opens: bool) -> Step {
        let grammar = "!elements <expression>";
        Self::at_most(words, 2, grammar)?;
        let expression = Self::need(words, 1, grammar)?.to_owned();
        let found = self.evaluate(&expression, Kinds::All)?;
        let ids: Vec<ElementId> = found.iter().filter_map(Item::element).collect();
        if ids.is_empty() {
            return Err(missing(
                format!("No elements found for expression \"{expression}\""),
                "correct the expression",
            ));
        }
        if opens {
            let parent = match self.stack.last() {
                Some(Context::Element { id, .. }) => Some(*id),
                _ => None,
            };
            self.open(Context::Elements { ids: ids.into(), parent })?;
        }
        Ok(())
    }

    pub(super) fn find_relationships(&mut self, words: &Words<'_>, opens: bool) -> Step {
        let grammar = "!relationships <expression>";
        Self::at_most(words, 2, grammar)?;
        let expression = Self::need(words, 1, grammar)?.to_owned();
        let found = self.evaluate(&expression, Kinds::All)?;
        let ids: Vec<RelationshipId> = found.iter().filter_map(Item::relationship).collect();
        if ids.is_empty() {
            return Err(missing(
                format!("No relationships found for expression \"{expression}\""),
                "correct the expression",
            ));
        }
        if opens { self.open(Context::Relationships(ids.into())) } else { Ok(()) }
    }
}
