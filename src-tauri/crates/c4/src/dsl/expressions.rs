//! Expressions: `->x->`, `a -> b`, `element.tag==A && element.parent==b`, …

use super::context::Context;
use super::fail::{Fail, fail, missing};
use super::identifiers::Target;
use super::parser::Parser;
use crate::model::{ElementId, ElementKind, RelationshipId};
use std::collections::HashSet;

/// Expressions within expressions as deep as this.
const DEEPEST: usize = 24;

const ARROW: &str = "->";

/// What an expression finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Element(ElementId),
    Relationship(RelationshipId),
}

impl Item {
    pub(super) fn element(&self) -> Option<ElementId> {
        match self {
            Self::Element(id) => Some(*id),
            Self::Relationship(_) => None,
        }
    }

    pub(super) fn relationship(&self) -> Option<RelationshipId> {
        match self {
            Self::Relationship(id) => Some(*id),
            Self::Element(_) => None,
        }
    }
}

/// The kinds of element that an expression is about, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    All,
    Static,
    Deployment,
    Custom,
}

impl Kinds {
    fn has(self, kind: ElementKind) -> bool {
        match self {
            Self::All => true,
            Self::Static => !kind.is_deployment(),
            Self::Deployment => kind.is_deployment() || kind == ElementKind::CustomElement,
            Self::Custom => kind == ElementKind::CustomElement,
        }
    }
}

/// The words before `==` and `!=`, in lower case; `.properties[name]` is read by itself.
const SUBJECTS: [&str; 11] = [
    "element.type",
    "element.tag",
    "element.technology",
    "element.group",
    "element.parent",
    "relationship.tag",
    "relationship.technology",
    "relationship.source",
    "relationship.destination",
    "element",
    "relationship",
];

/// `element.tag==A` to (`element.tag`, true for `==`, `A`).
fn comparison(expression: &str) -> Option<(&'static str, bool, &str)> {
    SUBJECTS.iter().find_map(|subject| {
        let start = expression.get(..subject.len()).filter(|start| start.eq_ignore_ascii_case(subject))?;
        let rest = &expression[start.len()..];
        let equal = rest.starts_with("==");
        (equal || rest.starts_with("!=")).then(|| (*subject, equal, &rest[2..]))
    })
}

/// `element.properties[name]==value` to (of an element, name, value).
fn property(expression: &str) -> Option<(bool, &str, &str)> {
    let of_element = expression.starts_with("element.properties[");
    if !of_element && !expression.starts_with("relationship.properties[") {
        return None;
    }
    let (_, rest) = expression.split_once('[')?;
    let (name, rest) = rest.split_once(']')?;
    Some((of_element, name, rest.strip_prefix("==")?))
}

/// Whether it is an expression rather than a name.
pub(super) fn is_expression(word: &str) -> bool {
    word.contains(ARROW) || comparison(word).is_some() || property(word).is_some()
}

type Found = Result<Vec<Item>, Fail>;

fn unknown(what: &str, name: &str) -> Fail {
    missing(format!("The {what} \"{name}\" does not exist"), "define it above this line, or correct the name")
}

impl Parser<'_> {
    /// What an expression finds, each thing once.
    pub(super) fn evaluate(&mut self, expression: &str, kinds: Kinds) -> Found {
        if expression.matches(" && ").count() + expression.matches(" || ").count() > 1 {
            self.warn(format!(
                "of the expression \"{expression}\" only two parts are joined, what follows is passed over – write a line for each"
            ));
        }
        let mut found = self.any_of(expression, kinds, 0)?;
        let mut seen = HashSet::new();
        found.retain(|item| seen.insert(*item));
        Ok(found)
    }

    fn any_of(&self, expression: &str, kinds: Kinds, depth: usize) -> Found {
        if depth > DEEPEST {
            return Err(fail("The expression is nested too deep", "simplify it"));
        }
        // The law is the reference's: it joins two, and && goes before ||.
        if let Some((one, rest)) = expression.split_once(" && ") {
            let other = rest.split(" && ").next().unwrap_or(rest);
            let items: HashSet<Item> = self.single(other.trim(), kinds, depth)?.into_iter().collect();
            let found = self.single(one.trim(), kinds, depth)?;
            return Ok(found.into_iter().filter(|item| items.contains(item)).collect());
        }
        if let Some((one, rest)) = expression.split_once(" || ") {
            let other = rest.split(" || ").next().unwrap_or(rest);
            let mut found = self.single(one.trim(), kinds, depth)?;
            found.extend(self.single(other.trim(), kinds, depth)?);
            return Ok(found);
        }
        self.single(expression.trim(), kinds, depth)
    }

    fn single(&self, expression: &str, kinds: Kinds, depth: usize) -> Found {
        let compared = comparison(expression);
        if let Some((subject @ ("element" | "relationship"), equal, of)) = compared {
            return self.identity(subject, equal, of, kinds, depth);
        }
        if expression == ARROW {
            return Err(fail(
                "Unexpected identifier \"->\"",
                "write ->identifier, identifier-> or source -> destination",
            ));
        }
        if expression.starts_with(ARROW) || expression.ends_with(ARROW) {
            return self.coupled(expression, kinds, depth);
        }
        if let Some((source, destination)) = expression.split_once(ARROW) {
            return self.between(source.trim(), destination.trim(), kinds, depth);
        }
        if let Some((of_element, name, value)) = property(expression) {
            return Ok(self.with_property(of_element, name, value));
        }
        match compared {
            Some((subject, equal, of)) => self.compare(subject, equal, of, kinds, depth),
            None => Ok(self.elements_in(expression, kinds).into_iter().map(Item::Element).collect()),
        }
    }

    /// `element==x`, `element!=x`, `relationship==x`.
    fn identity(&self, subject: &str, equal: bool, of: &str, kinds: Kinds, depth: usize) -> Found {
        if subject == "relationship" {
            let of = if of == "*" { "*->*" } else { of };
            return if is_expression(of) { self.any_of(of, kinds, depth + 1) } else { self.identified(of, kinds) };
        }
        let all = || self.workspace.model.elements().map(|(id, _)| Item::Element(id));
        if of == "*" && equal {
            return Ok(all().collect());
        }
        let found = if is_expression(of) { self.any_of(of, kinds, depth + 1)? } else { self.identified(of, kinds)? };
        if equal {
            return Ok(found);
        }
        let found: HashSet<Item> = found.into_iter().collect();
        Ok(all().filter(|item| !found.contains(item)).collect())
    }

    /// `->x`, `x->`, `->x->`: the elements and their neighbours.
    fn coupled(&self, expression: &str, kinds: Kinds, depth: usize) -> Found {
        let (into, name) = match expression.strip_prefix(ARROW) {
            Some(rest) => (true, rest),
            None => (false, expression),
        };
        let (out, name) = match name.strip_suffix(ARROW) {
            Some(rest) => (true, rest),
            None => (false, name),
        };
        let name = name.trim();
        let elements: Vec<ElementId> = if is_expression(name) {
            self.any_of(name, kinds, depth + 1)?.iter().filter_map(Item::element).collect()
        } else {
            self.elements_in(name, kinds)
        };
        if elements.is_empty() {
            return Err(unknown("element", name));
        }
        let model = &self.workspace.model;
        let mut found = Vec::new();
        for id in elements {
            found.push(Item::Element(id));
            let sources = model.incoming(id).iter().filter(|_| into).map(|one| model.relationship(*one).source);
            let targets = model.outgoing(id).iter().filter(|_| out).map(|one| model.relationship(*one).destination);
            let beside = sources.chain(targets).filter(|other| kinds.has(model.element(*other).kind));
            found.extend(beside.map(Item::Element));
        }
        Ok(found)
    }

    /// `a -> b`, where either may be `*` or an expression.
    fn between(&self, source: &str, destination: &str, kinds: Kinds, depth: usize) -> Found {
        let end = |name: &str| -> Result<Option<HashSet<ElementId>>, Fail> {
            if name == "*" { Ok(None) } else { self.end_of(name, kinds, depth).map(Some) }
        };
        let (source, destination) = (end(source)?, end(destination)?);
        let relationships = self.workspace.model.relationships().filter(|(_, one)| {
            source.as_ref().is_none_or(|ids| ids.contains(&one.source))
                && destination.as_ref().is_none_or(|ids| ids.contains(&one.destination))
        });
        Ok(relationships.map(|(id, _)| Item::Relationship(id)).collect())
    }

    /// The elements that one end of a relationship may be; in an environment, their instances too.
    fn end_of(&self, name: &str, kinds: Kinds, depth: usize) -> Result<HashSet<ElementId>, Fail> {
        if is_expression(name) {
            return Ok(self.any_of(name, kinds, depth + 1)?.iter().filter_map(Item::element).collect());
        }
        let named = self.elements_named(name);
        if named.is_empty() {
            return Err(unknown("element", name));
        }
        let mut ids: HashSet<ElementId> = named.into_iter().collect();
        if let Some(Context::Environment { name: environment, .. }) = self.stack.last() {
            let model = &self.workspace.model;
            let instances: Vec<ElementId> = ids.iter().flat_map(|id| model.instances_of(*id)).copied().collect();
            ids.extend(instances.into_iter().filter(|id| model.element(*id).environment == *environment));
        }
        Ok(ids)
    }

    fn compare(&self, subject: &str, equal: bool, of: &str, kinds: Kinds, depth: usize) -> Found {
        let model = &self.workspace.model;
        let tags: Vec<&str> = of.split(',').map(str::trim).collect();
        let elements = |fits: &dyn Fn(ElementId) -> bool| {
            let all = model.elements().map(|(id, _)| id).filter(|id| fits(*id));
            Ok(all.map(Item::Element).collect())
        };
        let relationships = |fits: &dyn Fn(RelationshipId) -> bool| {
            let all = model.relationships().map(|(id, _)| id).filter(|id| fits(*id));
            Ok(all.map(Item::Relationship).collect())
        };
        match subject {
            "element.type" => {
                let kind = kind_named(of).filter(|kind| kinds.has(*kind) || viewed(kinds, *kind));
                match kind {
                    None if kinds != Kinds::All => Err(fail(
                        format!("The element type of \"{of}\" is not valid for this view"),
                        "name a kind that the view may show",
                    )),
                    kind => elements(&|id| (Some(model.element(id).kind) == kind) == equal),
                }
            }
            "element.tag" => elements(&|id| tags.iter().all(|tag| self.element_tagged(id, tag)) == equal),
            "element.group" => elements(&|id| (model.element(id).group.as_deref() == Some(of)) == equal),
            "element.technology" => elements(&|id| self.technology(id).is_some_and(|own| (own == of) == equal)),
            "element.parent" => {
                let parent = self.element_named(of).ok_or_else(|| unknown("parent element", of))?;
                elements(&|id| (model.element(id).parent == Some(parent)) == equal)
            }
            "relationship.tag" => {
                relationships(&|id| tags.iter().all(|tag| self.relationship_tagged(id, tag)) == equal)
            }
            "relationship.technology" => relationships(&|id| (model.relationship(id).technology == of) == equal),
            "relationship.source" => {
                let ends = self.end_of(of, kinds, depth)?;
                relationships(&|id| ends.contains(&model.relationship(id).source) == equal)
            }
            _ => {
                let ends = self.end_of(of, kinds, depth)?;
                relationships(&|id| ends.contains(&model.relationship(id).destination) == equal)
            }
        }
    }

    /// The technology of the kinds that have one; of an instance, its container's.
    fn technology(&self, id: ElementId) -> Option<&str> {
        use ElementKind::{Component, Container, ContainerInstance, DeploymentNode, InfrastructureNode};
        let element = self.workspace.model.element(id);
        match (element.kind, element.instance_of) {
            (Container | Component | DeploymentNode | InfrastructureNode, _) => Some(&element.technology),
            (ContainerInstance, Some(of)) => Some(&self.workspace.model.element(of).technology),
            _ => None,
        }
    }

    fn element_tagged(&self, id: ElementId, tag: &str) -> bool {
        let element = self.workspace.model.element(id);
        element.has_tag(tag) || element.instance_of.is_some_and(|of| self.workspace.model.element(of).has_tag(tag))
    }

    fn relationship_tagged(&self, id: RelationshipId, tag: &str) -> bool {
        let model = &self.workspace.model;
        let has = |id: RelationshipId| model.relationship(id).tags.iter().any(|own| own == tag);
        has(id) || model.relationship(id).linked.is_some_and(has)
    }

    fn with_property(&self, of_element: bool, name: &str, value: &str) -> Vec<Item> {
        let model = &self.workspace.model;
        if of_element {
            let has = |id: ElementId| model.element(id).properties.get(name).is_some_and(|own| own == value);
            let all = model.elements().filter(|(id, one)| has(*id) || one.instance_of.is_some_and(has));
            return all.map(|(id, _)| Item::Element(id)).collect();
        }
        let has = |id: RelationshipId| model.relationship(id).properties.get(name).is_some_and(|own| own == value);
        let all = model.relationships().filter(|(id, one)| has(*id) || one.linked.is_some_and(has));
        all.map(|(id, _)| Item::Relationship(id)).collect()
    }

    /// What a name stands for: elements, or a relationship with those that follow from it.
    pub(super) fn identified(&self, name: &str, kinds: Kinds) -> Found {
        let mut found: Vec<Item> = self.elements_in(name, kinds).into_iter().map(Item::Element).collect();
        // A deployment view knows an element by its instances, of which there may be none.
        let known = !found.is_empty() || !self.elements_named(name).is_empty();
        if let Some(id) = self.relationship_named(name) {
            found.push(Item::Relationship(id));
            let linked = self.workspace.model.relationships().filter(|(_, one)| one.linked == Some(id));
            found.extend(linked.map(|(id, _)| Item::Relationship(id)));
        } else if !known && !matches!(self.look_up(name, |_| true), Some(Target::Group(_))) {
            return Err(unknown("element/relationship", name));
        }
        Ok(found)
    }

    /// The elements of a name; for a deployment view, what runs of them.
    fn elements_in(&self, name: &str, kinds: Kinds) -> Vec<ElementId> {
        let named = self.elements_named(name);
        if kinds != Kinds::Deployment {
            return named;
        }
        let model = &self.workspace.model;
        let mut ids = Vec::new();
        for id in named {
            match model.element(id).kind {
                ElementKind::SoftwareSystem | ElementKind::Container => ids.extend(model.instances_of(id)),
                _ => ids.push(id),
            }
        }
        ids
    }
}

fn kind_named(name: &str) -> Option<ElementKind> {
    Some(match name.to_ascii_lowercase().as_str() {
        "custom" => ElementKind::CustomElement,
        "person" => ElementKind::Person,
        "softwaresystem" => ElementKind::SoftwareSystem,
        "container" => ElementKind::Container,
        "component" => ElementKind::Component,
        "deploymentnode" => ElementKind::DeploymentNode,
        "infrastructurenode" => ElementKind::InfrastructureNode,
        "softwaresysteminstance" => ElementKind::SoftwareSystemInstance,
        "containerinstance" => ElementKind::ContainerInstance,
        _ => return None,
    })
}

/// A deployment view may be asked for systems and containers: it shows what runs of them.
fn viewed(kinds: Kinds, kind: ElementKind) -> bool {
    kinds == Kinds::Deployment && matches!(kind, ElementKind::SoftwareSystem | ElementKind::Container)
}

#[cfg(test)]
mod tests {
    use super::{comparison, is_expression, property};

    #[test]
    fn what_is_an_expression() {
        assert_eq!(comparison("Element.Tag==A, B"), Some(("element.tag", true, "A, B")));
        assert_eq!(comparison("element!=x"), Some(("element", false, "x")));
        assert_eq!(property("relationship.properties[a b]==c"), Some((false, "a b", "c")));
        assert!(is_expression("a->") && is_expression("*->*") && is_expression("element.group==x"));
        assert!(!is_expression("element") && !is_expression("*"));
    }
}
