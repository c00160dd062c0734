//! `a -> b`, in all places where it may stand, and `a -/> b`.

use super::context::Context;
use super::elements::conflict;
use super::fail::{Fail, Words, fail, missing};
use super::identifiers::Target;
use super::parser::Parser;
use crate::model::{ElementId, ElementKind, IDENTIFIER, Implied, Relationship, RelationshipId, add_tags, tag_list};
use std::rc::Rc;

const GRAMMAR: &str = "<identifier> -> <identifier> [description] [technology] [tags]";

/// Relationships in all, those that follow from others among them.
const MOST: usize = 300_000;

impl Parser<'_> {
    /// Answers whether the line was a relationship.
    pub(super) fn relationship_line(
        &mut self,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
    ) -> Result<bool, Fail> {
        let (many, implicit) = match self.stack.last() {
            Some(Context::Model { .. } | Context::Environment { .. }) => (false, false),
            Some(Context::Element { .. }) => (false, true),
            Some(Context::Elements { .. }) => (true, true),
            _ => return Ok(false),
        };
        if words.len() > 2 && words[1] == "-/>" && matches!(self.stack.last(), Some(Context::Environment { .. })) {
            self.no_relationship(words, opens)?;
            return Ok(true);
        }
        let at = if words.len() > 2 && self.is_arrow(&words[1]) {
            1
        } else if implicit && words.len() > 1 && self.is_arrow(&words[0]) {
            0
        } else {
            return Ok(false);
        };
        Self::at_most(words, at + 5, GRAMMAR)?;
        let sources = self.ends("source", if at == 1 { &words[0] } else { "this" }, many)?;
        let destinations = self.ends("destination", &words[at + 1], many)?;
        let archetype = self.archetype("->", &words[at]).cloned().unwrap_or_default();
        let (mut description, mut technology) = (archetype.description.clone(), archetype.technology.clone());
        if let Some(Context::Environment { instead: Some(removed), .. }) = self.stack.last() {
            let removed = self.workspace.model.relationship(*removed);
            description.clone_from(&removed.description);
            technology.clone_from(&removed.technology);
        }
        if let Some(word) = Self::word(words, at + 2) {
            word.clone_into(&mut description);
        }
        if let Some(word) = Self::word(words, at + 3) {
            word.clone_into(&mut technology);
        }
        let tags = Self::word(words, at + 4).unwrap_or_default();
        if sources.is_empty() || destinations.is_empty() {
            self.warn(
                "nothing runs here of what is named: there is no relationship – put the instances above this line",
            );
        }
        let mut made = Vec::new();
        for source in &sources {
            for destination in &destinations {
                let mut one = Relationship::new(*source, *destination, description.clone());
                one.technology.clone_from(&technology);
                add_tags(&mut one.tags, archetype.tags.iter().map(String::as_str).chain(tag_list(tags)));
                one.properties.clone_from(&archetype.properties);
                one.perspectives.clone_from(&archetype.perspectives);
                made.push(self.relate(one)?);
            }
        }
        if let [one] = made[..]
            && !many
        {
            self.register(identifier, Target::Relationship(one))?;
            if let Some(name) = identifier {
                let properties = &mut self.workspace.model.relationship_mut(one).properties;
                properties.insert(IDENTIFIER.to_owned(), name.to_owned());
            }
        }
        if opens {
            self.open(Context::Relationships(Rc::from(made)))?;
        }
        Ok(true)
    }

    /// What an end means: an element, all of `!elements`, or in an environment the instances of an element.
    fn ends(&self, which: &str, name: &str, many: bool) -> Result<Vec<ElementId>, Fail> {
        let missing = || {
            missing(
                format!("The {which} element \"{name}\" does not exist"),
                "define it above this line, or correct the name",
            )
        };
        let found = if many { self.elements_named(name) } else { self.element_named(name).into_iter().collect() };
        let [one] = found[..] else { return if found.is_empty() { Err(missing()) } else { Ok(found) } };
        let model = &self.workspace.model;
        let environment = match self.stack.last() {
            Some(Context::Environment { name, .. }) => name,
            Some(Context::Element { id, .. }) if model.element(*id).kind == ElementKind::DeploymentNode => {
                &model.element(*id).environment
            }
            _ => return Ok(found),
        };
        if !matches!(model.element(one).kind, ElementKind::SoftwareSystem | ElementKind::Container) {
            return Ok(found);
        }
        let instances = model.instances_of(one).iter().copied();
        Ok(instances.filter(|id| model.element(*id).environment == *environment).collect())
    }

    /// Adds a relationship if its ends may have one.
    fn relate(&mut self, relationship: Relationship) -> Result<RelationshipId, Fail> {
        use ElementKind::{CustomElement, DeploymentNode, InfrastructureNode};
        let model = &mut self.workspace.model;
        let (source, destination) = (relationship.source, relationship.destination);
        let (from, to) = (model.element(source).kind, model.element(destination).kind);
        let allowed = from == CustomElement
            || to == CustomElement
            || (from.is_static() && to.is_static())
            || (from == DeploymentNode && matches!(to, DeploymentNode | InfrastructureNode))
            || (from == InfrastructureNode && to.is_deployment())
            || (from.is_instance()
                && matches!(
                    to,
                    InfrastructureNode | ElementKind::SoftwareSystemInstance | ElementKind::ContainerInstance
                ));
        if !allowed {
            let (source, destination) = (model.canonical(source), model.canonical(destination));
            return Err(fail(
                format!("A relationship between \"{source}\" and \"{destination}\" is not permitted"),
                "relate the systems or containers, not what they run on",
            ));
        }
        self.bounded()?;
        let model = &mut self.workspace.model;
        let implied = if from.is_deployment() { Implied::Off } else { self.implied };
        let names = (source, destination);
        model.relate(relationship, implied).map_err(|error| match error {
            crate::model::Conflict::Relationship(..) => fail(
                format!(
                    "A relationship between \"{}\" and \"{}\" already exists",
                    self.workspace.model.canonical(names.0),
                    self.workspace.model.canonical(names.1)
                ),
                "give it another description, or remove one",
            ),
            other => conflict(other),
        })
    }

    /// Refuses more relationships than anyone draws: one line can ask for the square of all elements.
    pub(super) fn bounded(&self) -> Result<(), Fail> {
        if self.workspace.model.made() <= MOST {
            return Ok(());
        }
        Err(fail(format!("There are more than {MOST} relationships"), "relate fewer elements at once"))
    }

    /// Takes copied relationships between instances out of an environment.
    fn no_relationship(&mut self, words: &Words<'_>, opens: bool) -> Result<(), Fail> {
        let grammar = "<identifier> -/> <identifier> [description]";
        Self::at_most(words, 4, grammar)?;
        let (from, to) = (Self::need(words, 0, grammar)?, Self::need(words, 2, grammar)?);
        let sources = self.ends("source", from, false)?;
        let destinations = self.ends("destination", to, false)?;
        let description = Self::word(words, 3);
        let mut original = None;
        for source in &sources {
            for destination in &destinations {
                for id in self.workspace.model.between(*source, *destination).to_vec() {
                    let one = self.workspace.model.relationship(id);
                    if one.linked.is_some() && description.is_none_or(|wanted| one.description == wanted) {
                        original = one.linked;
                        self.workspace.model.disconnect(id);
                    }
                }
            }
        }
        if original.is_none() {
            return Err(fail(
                format!("A relationship between \"{from}\" and \"{to}\" does not exist"),
                "put the instances above this line, or remove it",
            ));
        }
        if opens {
            let Some(name) = self.environment_here() else { return Ok(()) };
            self.open(Context::Environment { name, group: None, instead: original })?;
        }
        Ok(())
    }
}
