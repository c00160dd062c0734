//! Names given to things in the text.

use super::context::Context;
use super::fail::{Fail, fail};
use super::parser::Parser;
use crate::model::{ElementId, ElementKind, IDENTIFIER, Places, RelationshipId};
use std::borrow::Cow;
use std::collections::HashMap;

/// What made-up names begin with; no name in a text can.
const MADE_UP: char = '\u{1}';

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    Element(ElementId),
    Relationship(RelationshipId),
    Group(usize),
    Environment(String),
    DeploymentGroup(String),
}

/// All names, with the path of what they stand in where identifiers are hierarchical.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// By name in lower case.
    targets: HashMap<String, Target>,
    /// The names as they were written.
    elements: Places<ElementId, String>,
    environments: HashMap<String, String>,
    pub(super) hierarchical: bool,
}

impl Identifiers {
    /// The name of an element, or one that is made up, so that what is in it can have a path.
    fn of_element(&self, id: ElementId) -> Cow<'_, str> {
        match self.elements.get(&id) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("{MADE_UP}{}", id.at())),
        }
    }

    fn of_environment(&self, name: &str) -> String {
        self.environments.get(name).cloned().unwrap_or_else(|| format!("{MADE_UP}{}", name.to_lowercase()))
    }

    /// What a full name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Target> {
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) || !name.is_ascii() {
            self.targets.get(&name.to_lowercase())
        } else {
            self.targets.get(name)
        }
    }
}

impl Parser<'_> {
    /// Gives a thing its name, if it has one.
    pub(super) fn register(&mut self, name: Option<&str>, target: Target) -> Result<(), Fail> {
        let Some(name) = name else { return Ok(()) };
        check_name(name)?;
        let mut name = name.to_owned();
        if self.identifiers.hierarchical
            && let Some(path) = self.path_of(&target)
        {
            name = format!("{path}.{name}");
        }
        let written = name;
        let name = written.to_lowercase();
        if let Target::Element(id) = &target {
            match self.identifiers.elements.get(id) {
                Some(known) if known.to_lowercase() == name => return Ok(()),
                Some(known) => {
                    return Err(fail(
                        format!("The element is already registered with an identifier of \"{known}\""),
                        "use that one",
                    ));
                }
                None => {}
            }
        }
        if let Some(known) = self.identifiers.targets.get(&name)
            && *known != target
        {
            return Err(fail(format!("The identifier \"{name}\" is already in use"), "choose another one"));
        }
        match &target {
            Target::Element(id) => {
                // Within something without a name, it has none outside of the text.
                if !name.contains(MADE_UP) {
                    let properties = &mut self.workspace.model.element_mut(*id).properties;
                    properties.insert(IDENTIFIER.to_owned(), written.clone());
                }
                self.identifiers.elements.insert(*id, written);
            }
            Target::Environment(environment) => {
                if let Some(known) = self.identifiers.environments.get(environment)
                    && known.to_lowercase() == name
                {
                    return Ok(());
                }
                self.identifiers.environments.insert(environment.clone(), written);
            }
            _ => {}
        }
        self.identifiers.targets.insert(name, target);
        Ok(())
    }

    /// Takes over the names that elements of an extended JSON workspace carry.
    pub(super) fn register_from_properties(&mut self) {
        let named: Vec<(ElementId, String)> = self
            .workspace
            .model
            .elements()
            .filter_map(|(id, element)| Some((id, element.properties.get(IDENTIFIER)?.clone())))
            .collect();
        for (id, name) in named {
            self.identifiers.targets.insert(name.to_lowercase(), Target::Element(id));
            self.identifiers.elements.insert(id, name);
        }
        let named: Vec<(RelationshipId, String)> = self
            .workspace
            .model
            .relationships()
            .filter_map(|(id, one)| Some((id, one.properties.get(IDENTIFIER)?.to_lowercase())))
            .collect();
        for (id, name) in named {
            self.identifiers.targets.insert(name, Target::Relationship(id));
        }
    }

    fn path_of(&self, target: &Target) -> Option<String> {
        match target {
            Target::Element(id) => {
                let element = self.workspace.model.element(*id);
                match element.parent {
                    Some(parent) => Some(self.identifiers.of_element(parent).into_owned()),
                    None if element.kind.is_deployment() => Some(self.identifiers.of_environment(&element.environment)),
                    None => None,
                }
            }
            Target::Group(_) => match self.stack.last() {
                Some(Context::Element { id, .. }) => Some(self.identifiers.of_element(*id).into_owned()),
                _ => None,
            },
            Target::DeploymentGroup(_) => self.environment_here().map(|name| self.identifiers.of_environment(&name)),
            _ => None,
        }
    }

    /// The environment that the text is in.
    pub(super) fn environment_here(&self) -> Option<String> {
        self.stack.iter().rev().find_map(|context| match context {
            Context::Environment { name, .. } => Some(name.clone()),
            Context::Element { id, .. } => {
                let element = self.workspace.model.element(*id);
                element.kind.is_deployment().then(|| element.environment.clone())
            }
            _ => None,
        })
    }

    /// What a name stands for here: the nearest one outwards.
    pub(super) fn look_up(&self, name: &str, fits: impl Fn(&Target) -> bool) -> Option<Target> {
        if self.identifiers.hierarchical {
            let from = match self.stack.last() {
                Some(Context::Element { id, .. }) => Some(*id),
                Some(Context::Elements { parent, .. }) => *parent,
                _ => None,
            };
            let paths = from.into_iter().flat_map(|id| self.workspace.model.lineage(id));
            let paths = paths.map(|id| self.identifiers.of_element(id).into_owned());
            let environment = self.environment_here().map(|name| self.identifiers.of_environment(&name));
            for path in paths.chain(environment) {
                if let Some(target) = self.identifiers.get(&format!("{path}.{name}")).filter(|target| fits(target)) {
                    return Some(target.clone());
                }
            }
        }
        self.identifiers.get(name).filter(|target| fits(target)).cloned()
    }

    /// The element of a name; `this` is the element that the text is in.
    pub(super) fn element_named(&self, name: &str) -> Option<ElementId> {
        match self.look_up(name, |target| matches!(target, Target::Element(_))) {
            Some(Target::Element(id)) => Some(id),
            _ => match self.stack.last() {
                Some(Context::Element { id, .. }) if name.eq_ignore_ascii_case("this") => Some(*id),
                _ => None,
            },
        }
    }

    /// The element of a name, of one of these kinds.
    pub(super) fn element_of_kind(&self, name: &str, kinds: &[ElementKind]) -> Option<ElementId> {
        let fits = |target: &Target| matches!(target, Target::Element(id) if kinds.contains(&self.workspace.model.element(*id).kind));
        match self.look_up(name, fits) {
            Some(Target::Element(id)) => Some(id),
            _ => None,
        }
    }

    /// Elements of a name: one, or those of a group, or of `!elements`' `this`.
    pub(super) fn elements_named(&self, name: &str) -> Vec<ElementId> {
        if let Some(id) = self.element_named(name) {
            return vec![id];
        }
        if let Some(Context::Elements { ids, .. }) = self.stack.last()
            && name.eq_ignore_ascii_case("this")
        {
            return ids.to_vec();
        }
        match self.look_up(name, |target| matches!(target, Target::Group(_))) {
            Some(Target::Group(at)) => self.groups[at].elements.clone(),
            _ => Vec::new(),
        }
    }

    /// The environment of a name that was given to it.
    pub(super) fn environment_named(&self, name: &str) -> Option<String> {
        match self.identifiers.get(name) {
            Some(Target::Environment(environment)) => Some(environment.clone()),
            _ => None,
        }
    }

    /// The relationship of a name.
    pub(super) fn relationship_named(&self, name: &str) -> Option<RelationshipId> {
        match self.identifiers.get(name) {
            Some(Target::Relationship(id)) => Some(*id),
            _ => None,
        }
    }
}

fn check_name(name: &str) -> Result<(), Fail> {
    if name.starts_with('-') {
        return Err(fail("Identifiers cannot start with a - character", "begin it with a letter"));
    }
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return Err(fail("Identifiers can only contain the following characters: a-zA-Z0-9_-", "rename it"));
    }
    Ok(())
}
