//! Elements of the model, their groups, and what stands in them.

use super::archetypes::Archetype;
use super::context::{Context, Holder};
use super::fail::{Fail, Step, Words, fail};
use super::identifiers::Target;
use super::parser::Parser;
use crate::model::{Conflict, Element, ElementId, ElementKind, tag_list};

/// A group and what is in it.
pub(super) struct Group {
    /// With the names of the groups around it.
    pub(super) name: String,
    pub(super) around: Option<usize>,
    pub(super) elements: Vec<ElementId>,
}

impl Parser<'_> {
    pub(super) fn in_model(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        group: Option<usize>,
    ) -> Result<bool, Fail> {
        match first {
            "properties" => self.open(Context::Properties(Holder::Model))?,
            "archetypes" => self.open(Context::Archetypes)?,
            "enterprise" => {
                return Err(fail(
                    "The enterprise keyword was previously deprecated, and has now been removed",
                    "use group instead",
                ));
            }
            "deploymentenvironment" => {
                let name = Self::need(words, 1, "deploymentEnvironment <name> {")?.to_owned();
                self.environments.insert(name.clone());
                self.register(identifier, Target::Environment(name.clone()))?;
                if opens {
                    self.open(Context::Environment { name, group: None, instead: None })?;
                }
            }
            _ if self.is_kind(first, "group") => {
                let group = self.begin_group(identifier, words, opens, group)?;
                self.open(Context::Model { group: Some(group) })?;
            }
            _ => {
                for (word, kind) in [
                    ("element", ElementKind::CustomElement),
                    ("person", ElementKind::Person),
                    ("softwaresystem", ElementKind::SoftwareSystem),
                ] {
                    if self.is_kind(first, word) {
                        self.element_line(kind, word, first, identifier, words, opens, None, group)?;
                        return Ok(true);
                    }
                }
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn in_element(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        id: ElementId,
        group: Option<usize>,
    ) -> Result<bool, Fail> {
        let kind = self.workspace.model.element(id).kind;
        if kind == ElementKind::DeploymentNode && self.on_node(first, identifier, words, opens, id, group)? {
            return Ok(true);
        }
        let within = match kind {
            ElementKind::SoftwareSystem => Some(("container", ElementKind::Container)),
            ElementKind::Container => Some(("component", ElementKind::Component)),
            _ => None,
        };
        if let Some((word, within)) = within {
            if self.is_kind(first, word) {
                self.element_line(within, word, first, identifier, words, opens, Some(id), group)?;
                return Ok(true);
            }
            if self.is_kind(first, "group") {
                let group = self.begin_group(identifier, words, opens, group)?;
                self.open(Context::Element { id, group: Some(group) })?;
                return Ok(true);
            }
        }
        // In the braces of a group stand elements; of a node's, the node's technology too.
        if group.is_some() && !(first == "technology" && kind == ElementKind::DeploymentNode) {
            return Ok(false);
        }
        if first == "group" && kind == ElementKind::Component {
            Self::at_most(words, 2, "group <name>")?;
            let name = Self::need(words, 1, "group <name>")?;
            let name = match &self.workspace.model.element(id).group {
                Some(around) => format!("{around}{}{name}", self.group_separator()?),
                None => name.to_owned(),
            };
            self.workspace.model.element_mut(id).group = Some(name);
            return Ok(true);
        }
        if first == "healthcheck" && kind.is_instance() {
            self.health_check(words, id)?;
            return Ok(true);
        }
        self.element_field(first, words, &[id])
    }

    /// Begins a group within another.
    pub(super) fn begin_group(
        &mut self,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        around: Option<usize>,
    ) -> Result<usize, Fail> {
        let grammar = "group <name> {";
        if !opens {
            return Err(fail(format!("Expected: {grammar}"), "open the group with { at the end of the line"));
        }
        Self::at_most(words, 2, grammar)?;
        let name = Self::need(words, 1, grammar)?;
        let name = match around {
            None => name.to_owned(),
            Some(around) => {
                format!("{}{}{name}", self.groups[around].name, self.group_separator()?)
            }
        };
        self.groups.push(Group { name, around, elements: Vec::new() });
        let at = self.groups.len() - 1;
        self.register(identifier, Target::Group(at))?;
        Ok(at)
    }

    /// What stands between the names of nested groups.
    fn group_separator(&self) -> Result<&str, Fail> {
        let separator = self.workspace.model.properties.get("structurizr.groupSeparator");
        separator.map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| {
            fail(
                "To use nested groups, please define a model property named structurizr.groupSeparator",
                "properties { \"structurizr.groupSeparator\" \"/\" } in the model",
            )
        })
    }

    /// Puts an element into a group and those around it.
    pub(super) fn put_in_group(&mut self, id: ElementId, group: Option<usize>) {
        if group.is_some() {
            self.workspace.model.element_mut(id).group = self.group_named(group);
        }
        let mut at = group;
        while let Some(group) = at {
            self.groups[group].elements.push(id);
            at = self.groups[group].around;
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn element_line(
        &mut self,
        kind: ElementKind,
        word: &'static str,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        parent: Option<ElementId>,
        group: Option<usize>,
    ) -> Step {
        let grammar = match kind {
            ElementKind::CustomElement => "element <name> [metadata] [description] [tags]",
            ElementKind::Container => "container <name> [description] [technology] [tags]",
            ElementKind::Component => "component <name> [description] [technology] [tags]",
            ElementKind::Person => "person <name> [description] [tags]",
            _ => "softwareSystem <name> [description] [tags]",
        };
        let (technology, description, tags) = match kind {
            ElementKind::CustomElement => (Some(2), 3, 4),
            ElementKind::Container | ElementKind::Component => (Some(3), 2, 4),
            _ => (None, 2, 3),
        };
        Self::at_most(words, tags + 1, grammar)?;
        let mut element = Element::new(kind, Self::need(words, 1, grammar)?);
        if element.name.trim().is_empty() {
            return Err(fail(format!("Expected: {grammar}"), "give it a name"));
        }
        element.parent = parent;
        let archetype = self.archetype(word, first);
        apply(&mut element, archetype);
        if let Some(text) = technology.and_then(|at| Self::word(words, at)) {
            element.technology = text.to_owned();
        }
        if let Some(text) = Self::word(words, description) {
            element.description = text.to_owned();
        }
        if let Some(text) = Self::word(words, tags) {
            element.add_tags(tag_list(text));
        }
        let id = self.add_element(element)?;
        self.put_in_group(id, group);
        self.register_element(identifier, id)?;
        if opens {
            self.open(Context::Element { id, group: None })?;
        }
        Ok(())
    }

    /// Adds an element; where a workspace is extended, takes the one of the same name.
    pub(super) fn add_element(&mut self, element: Element) -> Result<ElementId, Fail> {
        if self.extending
            && let Some(known) = self.workspace.model.find(&element)
        {
            return Ok(known);
        }
        self.workspace.model.add(element).map_err(conflict)
    }
}

/// Gives an element what its archetype has.
pub(super) fn apply(element: &mut Element, archetype: Option<&Archetype>) {
    let Some(archetype) = archetype else { return };
    element.description.clone_from(&archetype.description);
    element.technology.clone_from(&archetype.technology);
    element.add_tags(archetype.tags.iter().map(String::as_str));
    element.properties.clone_from(&archetype.properties);
    element.perspectives.clone_from(&archetype.perspectives);
}

/// What the model refuses, as an error of the line.
pub(super) fn conflict(conflict: Conflict) -> Fail {
    let remedy = match conflict {
        Conflict::Name { .. } | Conflict::Id(_) => "rename one of them",
        Conflict::Relationship(..) => "give it another description, or remove one",
        Conflict::Family => "relate the parts, or only the whole",
    };
    fail(conflict.to_string(), remedy)
}
