//! Environments, nodes and what runs on them.

use super::context::Context;
use super::elements::{apply, conflict};
use super::fail::{Fail, Step, Words, fail, missing};
use super::identifiers::Target;
use super::parser::Parser;
use crate::model::{Element, ElementId, ElementKind, tag_list};

impl Parser<'_> {
    pub(super) fn in_environment(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        name: &str,
        group: Option<usize>,
    ) -> Result<bool, Fail> {
        if first == "deploymentgroup" {
            let group = Self::need(words, 1, "deploymentGroup <name>")?.to_owned();
            self.register(identifier, Target::DeploymentGroup(group))?;
        } else if self.is_kind(first, "group") {
            let group = self.begin_group(identifier, words, opens, group)?;
            self.open(Context::Environment { name: name.to_owned(), group: Some(group), instead: None })?;
        } else if self.is_kind(first, "deploymentnode") {
            self.node_line(first, identifier, words, opens, name.to_owned(), None, group)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// What may stand in a node. Answers whether it was that.
    pub(super) fn on_node(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        node: ElementId,
        group: Option<usize>,
    ) -> Result<bool, Fail> {
        match first {
            "instanceof" => {
                let of = self.instance_target(words, &[ElementKind::Container, ElementKind::SoftwareSystem])?;
                self.instance_line(of, identifier, words, opens, node, group)?;
            }
            "softwaresysteminstance" => {
                let of = self.instance_target(words, &[ElementKind::SoftwareSystem])?;
                self.instance_line(of, identifier, words, opens, node, group)?;
            }
            "containerinstance" => {
                let of = self.instance_target(words, &[ElementKind::Container])?;
                self.instance_line(of, identifier, words, opens, node, group)?;
            }
            "deploymentgroup" => {
                Self::need(words, 1, "deploymentGroup <identifier>")?;
                let groups = self.deployment_groups(&words[1..].join(","));
                let node = self.workspace.model.element_mut(node);
                node.deployment_groups.extend(groups);
            }
            "instances" => {
                let count = Self::need(words, 1, "instances <number|range>")?;
                self.workspace.model.element_mut(node).instances = instances(count)?;
            }
            _ if self.is_kind(first, "group") => {
                let group = self.begin_group(identifier, words, opens, group)?;
                self.open(Context::Element { id: node, group: Some(group) })?;
            }
            _ if self.is_kind(first, "deploymentnode") || self.is_kind(first, "infrastructurenode") => {
                let environment = self.workspace.model.element(node).environment.clone();
                self.node_line(first, identifier, words, opens, environment, Some(node), group)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    #[allow(clippy::too_many_arguments)]
    fn node_line(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        environment: String,
        parent: Option<ElementId>,
        group: Option<usize>,
    ) -> Step {
        let (kind, keyword, grammar, most) = if self.is_kind(first, "deploymentnode") {
            let grammar = "deploymentNode <name> [description] [technology] [tags] [instances]";
            (ElementKind::DeploymentNode, "deploymentnode", grammar, 6)
        } else {
            let grammar = "infrastructureNode <name> [description] [technology] [tags]";
            (ElementKind::InfrastructureNode, "infrastructurenode", grammar, 5)
        };
        Self::at_most(words, most, grammar)?;
        let mut element = Element::new(kind, Self::need(words, 1, grammar)?);
        if element.name.trim().is_empty() {
            return Err(fail(format!("Expected: {grammar}"), "give it a name"));
        }
        element.environment = environment;
        element.parent = parent;
        apply(&mut element, self.archetype(keyword, first));
        if let Some(text) = Self::word(words, 2) {
            text.clone_into(&mut element.description);
        }
        if let Some(text) = Self::word(words, 3) {
            text.clone_into(&mut element.technology);
        }
        if let Some(text) = Self::word(words, 4) {
            element.add_tags(tag_list(text));
        }
        if let Some(text) = Self::word(words, 5) {
            element.instances = instances(text)?;
        }
        let id = self.add_element(element)?;
        self.put_in_group(id, group);
        self.register_element(identifier, id)?;
        if opens { self.open(Context::Element { id, group: None }) } else { Ok(()) }
    }

    fn instance_target(&self, words: &Words<'_>, kinds: &[ElementKind]) -> Result<ElementId, Fail> {
        let name = Self::need(words, 1, "instanceOf <identifier> [deploymentGroups] [tags]")?;
        self.element_of_kind(name, kinds).ok_or_else(|| {
            let what = if kinds.len() > 1 {
                "element"
            } else if kinds[0] == ElementKind::Container {
                "container"
            } else {
                "software system"
            };
            missing(format!("The {what} \"{name}\" does not exist"), "define it above this line, or correct the name")
        })
    }

    fn instance_line(
        &mut self,
        of: ElementId,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
        node: ElementId,
        group: Option<usize>,
    ) -> Step {
        Self::at_most(words, 4, "instanceOf <identifier> [deploymentGroups] [tags]")?;
        let model = &self.workspace.model;
        let kind = match model.element(of).kind {
            ElementKind::Container => ElementKind::ContainerInstance,
            _ => ElementKind::SoftwareSystemInstance,
        };
        let mut instance = Element::new(kind, "");
        instance.parent = Some(node);
        instance.instance_of = Some(of);
        instance.environment = model.element(node).environment.clone();
        if let Some(word) = Self::word(words, 2) {
            instance.deployment_groups = self.deployment_groups(word);
        }
        if let Some(tags) = Self::word(words, 3) {
            instance.add_tags(tag_list(tags));
        }
        let id = self.workspace.model.add(instance).map_err(conflict)?;
        self.workspace.model.replicate(id);
        self.bounded()?;
        self.put_in_group(id, group);
        self.register_element(identifier, id)?;
        if opens { self.open(Context::Element { id, group: None }) } else { Ok(()) }
    }

    /// The deployment groups of these names. The reference passes over those that it does not know.
    fn deployment_groups(&mut self, words: &str) -> Vec<String> {
        let mut groups = Vec::new();
        for name in tag_list(words) {
            match self.look_up(name, |target| matches!(target, Target::DeploymentGroup(_))) {
                Some(Target::DeploymentGroup(group)) => groups.push(group),
                _ => self.warn(format!(
                    "The deployment group \"{name}\" does not exist and is passed over – define it in the environment; tags come after the groups"
                )),
            }
        }
        groups
    }
}

/// How many there are of a node: a number from 1, or `1..5`, `1..N`.
pub(super) fn instances(text: &str) -> Result<String, Fail> {
    let number = |text: &str| text.parse::<u64>().ok().filter(|count| *count > 0);
    let good = match text.split_once("..") {
        None => number(text).is_some(),
        Some((from, to)) => match (text.len(), number(from), number(to)) {
            (_, Some(from), Some(to)) => from <= to,
            (_, Some(_), None) => to.eq_ignore_ascii_case("n"),
            _ => from == "0",
        },
    };
    if good {
        Ok(text.to_owned())
    } else {
        Err(fail(format!("\"{text}\" is no number of instances"), "write 4, 1..4 or 1..N"))
    }
}
