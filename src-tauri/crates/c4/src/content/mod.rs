//! What is put on a view: which elements a kind of view admits, which relationships come with them, and what a view
//! has when nothing else is said.

mod animation;
mod defaults;
mod steps;

pub use defaults::default_views;
pub(crate) use defaults::free_key;
pub(crate) use steps::Sequence;

use crate::model::{ElementId, ElementKind, Model, RelationshipId, RelationshipView, View, ViewKind};
use std::collections::HashSet;

/// A view being filled.
pub struct Content<'a> {
    model: &'a Model,
    view: &'a mut View,
    present: HashSet<RelationshipId>,
}

impl<'a> Content<'a> {
    /// Goes on filling a view.
    pub fn of(model: &'a Model, view: &'a mut View) -> Self {
        let present = view.relationships.iter().map(|one| one.relationship).collect();
        Self { model, view, present }
    }

    /// Whether the element is on the view.
    pub fn has(&self, id: ElementId) -> bool {
        self.view.elements.contains_key(&id)
    }

    /// Puts an element on the view with all relationships to what is there. Answers whether the view admits it.
    pub fn add(&mut self, id: ElementId) -> bool {
        if !self.admits(id) {
            return false;
        }
        self.view.elements.entry(id).or_default();
        let model = self.model;
        for relationship in model.outgoing(id).iter().chain(model.incoming(id)) {
            self.add_relationship(*relationship);
        }
        true
    }

    /// Puts a relationship on the view if both its ends are there.
    pub fn add_relationship(&mut self, id: RelationshipId) {
        let relationship = self.model.relationship(id);
        if self.has(relationship.source) && self.has(relationship.destination) && self.present.insert(id) {
            self.view.relationships.push(RelationshipView::new(id));
        }
    }

    /// Takes an element away, and its relationships. The scope of a system context stays.
    pub fn remove(&mut self, id: ElementId) {
        if self.view.kind == ViewKind::SystemContext && self.view.scope == Some(id) {
            return;
        }
        if self.model.element(id).kind == ElementKind::DeploymentNode {
            for child in self.model.children(id).to_vec() {
                self.remove(child);
            }
        }
        if self.view.elements.remove(&id).is_some() {
            let model = self.model;
            self.keep(|one| {
                let relationship = model.relationship(one);
                relationship.source != id && relationship.destination != id
            });
        }
    }

    /// Takes a relationship away; from a deployment view, its copies too.
    pub fn remove_relationship(&mut self, id: RelationshipId) {
        let (model, copies) = (self.model, self.view.kind == ViewKind::Deployment);
        self.keep(|one| one != id && !(copies && model.relationship(one).linked == Some(id)));
    }

    fn keep(&mut self, stays: impl Fn(RelationshipId) -> bool) {
        let present = &mut self.present;
        self.view.relationships.retain(|one| {
            let stays = stays(one.relationship);
            if !stays {
                present.remove(&one.relationship);
            }
            stays
        });
    }

    /// Puts a node with all that runs on it on a deployment view, and what it is within. Answers whether anything
    /// runs there.
    pub fn add_node(&mut self, node: ElementId) -> bool {
        let any = self.add_within(node);
        if any {
            for parent in self.model.lineage(node).skip(1).collect::<Vec<_>>() {
                self.add(parent);
            }
        }
        any
    }

    /// Puts an instance or infrastructure node on a deployment view, and what it is within.
    pub fn add_on_node(&mut self, id: ElementId) -> bool {
        let admitted = self.add(id);
        if admitted {
            for parent in self.model.lineage(id).skip(1).collect::<Vec<_>>() {
                self.add(parent);
            }
        }
        admitted
    }

    fn add_within(&mut self, node: ElementId) -> bool {
        let children = self.model.children(node).to_vec();
        let mut any = false;
        for kind in
            [ElementKind::SoftwareSystemInstance, ElementKind::ContainerInstance, ElementKind::InfrastructureNode]
        {
            for child in children.iter().filter(|child| self.model.element(**child).kind == kind) {
                let of = self.model.element(*child).instance_of;
                let elsewhere = kind == ElementKind::ContainerInstance
                    && self.view.scope.is_some()
                    && of.and_then(|of| self.model.element(of).parent) != self.view.scope;
                any |= !elsewhere && self.add(*child);
            }
        }
        for child in children.iter().filter(|child| self.model.element(**child).kind == ElementKind::DeploymentNode) {
            any |= self.add_within(*child);
        }
        any && self.add(node)
    }

    /// What `*` means on this kind of view. `reluctant` (`*?`) leaves out the relationships that are not of the
    /// scope.
    pub fn add_defaults(&mut self, reluctant: bool) {
        use ElementKind::{Container, CustomElement, Person, SoftwareSystem};
        let model = self.model;
        let mut inside = Vec::new();
        match (self.view.kind, self.view.scope) {
            (ViewKind::Custom, _) => {
                for id in model.of_kind(CustomElement) {
                    self.add(id);
                }
            }
            (ViewKind::SystemLandscape, _) => {
                for kind in [Person, SoftwareSystem] {
                    for id in model.of_kind(kind) {
                        self.add(id);
                    }
                }
                for id in self.view.elements.keys().copied().collect::<Vec<_>>() {
                    self.add_neighbours(id, &[CustomElement]);
                }
            }
            (ViewKind::SystemContext, Some(scope)) => {
                self.add_neighbours(scope, &[CustomElement, Person, SoftwareSystem]);
                inside.push(scope);
            }
            (ViewKind::Container, Some(scope)) => {
                for container in model.children(scope) {
                    self.add(*container);
                    self.add_neighbours(*container, &[CustomElement, Person, SoftwareSystem]);
                    inside.push(*container);
                }
            }
            (ViewKind::Component, Some(scope)) => {
                let system = model.element(scope).parent;
                for component in model.children(scope) {
                    self.add(*component);
                    for beside in self.neighbours(*component, Container) {
                        if model.element(beside).parent == system {
                            self.add(beside);
                        }
                    }
                    self.add_neighbours(*component, &[CustomElement, Person, SoftwareSystem]);
                    inside.push(*component);
                }
            }
            (ViewKind::Deployment, _) => {
                let nodes: Vec<ElementId> = model.of_kind(ElementKind::DeploymentNode).collect();
                for node in nodes {
                    let element = model.element(node);
                    if element.parent.is_none() && element.environment == self.view.environment {
                        self.add_node(node);
                    }
                }
                for id in self.view.elements.keys().copied().collect::<Vec<_>>() {
                    self.add_neighbours(id, &[CustomElement]);
                }
            }
            _ => {}
        }
        if reluctant && !inside.is_empty() {
            let inside: HashSet<ElementId> = inside.into_iter().collect();
            self.keep(|id| {
                let relationship = model.relationship(id);
                inside.contains(&relationship.source) || inside.contains(&relationship.destination)
            });
        }
    }

    fn neighbours(&self, id: ElementId, kind: ElementKind) -> Vec<ElementId> {
        let model = self.model;
        let to = model.outgoing(id).iter().map(|one| model.relationship(*one).destination);
        let from = model.incoming(id).iter().map(|one| model.relationship(*one).source);
        to.chain(from).filter(|other| model.element(*other).kind == kind).collect()
    }

    fn add_neighbours(&mut self, id: ElementId, kinds: &[ElementKind]) {
        if !self.add(id) {
            return;
        }
        for kind in kinds {
            for other in self.neighbours(id, *kind) {
                self.add(other);
            }
        }
    }

    /// Whether the kind of view admits the element beside what is there.
    fn admits(&self, id: ElementId) -> bool {
        use ElementKind as Kind;
        let kind = self.model.element(id).kind;
        if kind == Kind::CustomElement {
            return true;
        }
        let scope = self.view.scope;
        match self.view.kind {
            ViewKind::Custom | ViewKind::Filtered | ViewKind::Image => false,
            ViewKind::SystemLandscape | ViewKind::SystemContext => matches!(kind, Kind::Person | Kind::SoftwareSystem),
            ViewKind::Container => match kind {
                Kind::Person => true,
                Kind::SoftwareSystem | Kind::Container => scope != Some(id) && self.family_free(id),
                _ => false,
            },
            ViewKind::Component => match kind {
                Kind::Person => true,
                Kind::SoftwareSystem | Kind::Container | Kind::Component => {
                    !self.within_scope_line(id) && self.family_free(id)
                }
                _ => false,
            },
            ViewKind::Dynamic => self.dynamic_admits(id, kind),
            ViewKind::Deployment => self.deployment_admits(id, kind),
        }
    }

    /// Why a dynamic view does not admit an element that it is asked to show.
    pub fn refuses_step(&self, id: ElementId) -> Option<String> {
        let name = self.model.name(id);
        (!self.admits(id)).then(|| {
            format!(
                "{name} cannot be added to this dynamic view: its scope, or a parent or child of it, is already there"
            )
        })
    }

    fn dynamic_admits(&self, id: ElementId, kind: ElementKind) -> bool {
        if kind == ElementKind::Person {
            return true;
        }
        let Some(scope) = self.view.scope else { return kind == ElementKind::SoftwareSystem };
        if !kind.is_static() || self.within_scope_line(id) {
            return false;
        }
        if self.model.element(scope).kind == ElementKind::SoftwareSystem {
            return kind != ElementKind::Component && self.family_free(id);
        }
        self.family_free(id)
    }

    fn deployment_admits(&self, id: ElementId, kind: ElementKind) -> bool {
        let element = self.model.element(id);
        if !kind.is_deployment() || element.environment != self.view.environment {
            return false;
        }
        let Some(of) = element.instance_of else { return true };
        if kind == ElementKind::SoftwareSystemInstance {
            if self.view.scope == Some(of) {
                return false;
            }
            return !self
                .shown_of(ElementKind::ContainerInstance)
                .any(|other| self.model.element(other).parent == Some(of));
        }
        let system = self.model.element(of).parent;
        !self.shown_of(ElementKind::SoftwareSystemInstance).any(|other| Some(other) == system)
    }

    /// What the instances of a kind on the view are of.
    fn shown_of(&self, kind: ElementKind) -> impl Iterator<Item = ElementId> + '_ {
        let shown = self.view.elements.keys().map(|id| self.model.element(*id));
        shown.filter(move |element| element.kind == kind).filter_map(|element| element.instance_of)
    }

    /// Whether it is the scope or something that the scope is within.
    fn within_scope_line(&self, id: ElementId) -> bool {
        self.view.scope.is_some_and(|scope| self.model.lineage(scope).any(|one| one == id))
    }

    /// Whether neither a parent nor a child of it is on the view.
    fn family_free(&self, id: ElementId) -> bool {
        let model = self.model;
        if self.model.lineage(id).skip(1).any(|parent| self.has(parent)) {
            return false;
        }
        fn child_shown(content: &Content<'_>, model: &Model, id: ElementId) -> bool {
            model.children(id).iter().any(|child| content.has(*child) || child_shown(content, model, *child))
        }
        !child_shown(self, model, id)
    }
}
