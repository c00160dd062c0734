//! Does what was chosen of a preview.

use super::{Blank, End, NewElement, Preview, as_sources};
use crate::content::Content;
use crate::derive::{Scope, add_styles, add_views, remember, scopes};
use crate::model::{
    Element, ElementId, ElementKind, Implied, Model, Relationship, RelationshipId, ViewKind, Workspace,
};
use std::collections::{HashMap, HashSet};

/// Adds and fills in what was chosen: ids of the preview's elements, relations, blanks and matches. What a chosen
/// element or relation needs to stand is added too. What no longer fits the workspace is passed over. New elements come
/// onto the views of their scope.
pub fn apply(existing: &mut Workspace, preview: &Preview, chosen: &[&str]) {
    let chosen: HashSet<&str> = chosen.iter().copied().collect();
    let old: HashSet<RelationshipId> = existing.model.relationships().map(|(id, _)| id).collect();
    let known: HashSet<Scope> = scopes(&existing.model).into_iter().collect();
    let mut work = Work {
        keys: keys(&existing.model),
        added: HashMap::new(),
        preview: index(preview),
        model: &mut existing.model,
    };
    for one in preview.elements.iter().filter(|one| chosen.contains(one.id.as_str())) {
        work.element(&one.id, 0);
    }
    let mut relations = Vec::new();
    for one in preview.relations.iter().filter(|one| chosen.contains(one.id.as_str())) {
        let (Some(from), Some(to)) = (work.end(&one.from, 0), work.end(&one.to, 0)) else { continue };
        if from == to || !work.model.between(from, to).is_empty() {
            continue;
        }
        let mut relationship = Relationship::new(from, to, one.description.clone());
        relationship.technology = one.technology.clone();
        relationship.properties = one.properties.clone();
        remember(&mut relationship.properties, &as_sources(&one.sources));
        // Ends that are within each other cannot be joined: passed over.
        relations.extend(work.model.relate(relationship, Implied::UnlessAny));
    }
    for one in preview.blanks.iter().filter(|one| chosen.contains(one.id.as_str())) {
        work.fill(one);
    }
    for one in preview.matches.iter().filter(|one| chosen.contains(one.id.as_str())) {
        if let Some(at) = work.keys.get(&one.existing).copied() {
            remember(&mut work.model.element_mut(at).properties, &as_sources(&one.sources));
        }
    }
    let added: Vec<ElementId> =
        preview.elements.iter().filter_map(|one| work.added.get(one.id.as_str()).copied()).collect();
    let mut running: Vec<ElementId> =
        added.iter().copied().filter(|id| existing.model.element(*id).instance_of.is_some()).collect();
    for id in &relations {
        running.extend(existing.model.instances_of(existing.model.relationship(*id).source));
    }
    for instance in running {
        existing.model.replicate(instance);
    }
    if !added.is_empty() || !relations.is_empty() {
        show(existing, &added, &old);
        let new = scopes(&existing.model).into_iter().filter(|scope| !known.contains(scope)).collect();
        let new = without_views(existing, new);
        add_views(existing, new);
        add_styles(existing);
    }
}

fn index(preview: &Preview) -> HashMap<&str, &NewElement> {
    preview.elements.iter().map(|one| (one.id.as_str(), one)).collect()
}

fn keys(model: &Model) -> HashMap<String, ElementId> {
    let mut keys = HashMap::new();
    for (id, _) in model.elements() {
        keys.entry(model.key(id)).or_insert(id);
    }
    keys
}

struct Work<'w> {
    model: &'w mut Model,
    keys: HashMap<String, ElementId>,
    added: HashMap<&'w str, ElementId>,
    preview: HashMap<&'w str, &'w NewElement>,
}

impl Work<'_> {
    fn end(&mut self, end: &End, depth: usize) -> Option<ElementId> {
        match end {
            End::Existing { key } => self.keys.get(key).copied(),
            End::New { id } => self.element(id, depth + 1),
        }
    }

    fn element(&mut self, id: &str, depth: usize) -> Option<ElementId> {
        // A preview that came back changed may name what is within itself.
        if depth > 200 {
            return None;
        }
        if let Some(at) = self.added.get(id) {
            return Some(*at);
        }
        let (id, one) = self.preview.get_key_value(id).map(|(id, one)| (*id, *one))?;
        let mut element = Element::new(one.kind, if one.kind.is_instance() { "" } else { &one.name });
        element.parent = match &one.parent {
            Some(end) => Some(self.end(end, depth)?),
            None => None,
        };
        element.instance_of = match &one.instance_of {
            Some(end) => Some(self.end(end, depth)?),
            None if one.kind.is_instance() => return None,
            None => None,
        };
        self.fits(&element)?;
        // A service drawn as a system runs as one.
        if let Some(of) = element.instance_of {
            element.kind = match self.model.element(of).kind {
                ElementKind::SoftwareSystem => ElementKind::SoftwareSystemInstance,
                ElementKind::Container => ElementKind::ContainerInstance,
                _ => return None,
            };
            element.tags = element.kind.default_tags().iter().map(|tag| (*tag).to_owned()).collect();
        }
        element.description.clone_from(&one.description);
        element.technology.clone_from(&one.technology);
        element.url.clone_from(&one.url);
        element.group.clone_from(&one.group);
        element.environment.clone_from(&one.environment);
        element.instances.clone_from(&one.instances);
        element.properties = one.properties.clone();
        element.add_tags(one.tags.iter().map(String::as_str));
        remember(&mut element.properties, &as_sources(&one.sources));
        // Somebody may have added it since: then it is that one.
        let running = element.instance_of.map_or(&[][..], |of| self.model.instances_of(of));
        let running = running.iter().copied().find(|one| self.model.element(*one).parent == element.parent);
        let at = match self.model.find(&element).or(running) {
            Some(found) => found,
            None => self.model.add(element).ok()?,
        };
        self.added.insert(id, at);
        Some(at)
    }

    /// Whether the parent is of a kind that may hold it.
    fn fits(&self, element: &Element) -> Option<()> {
        let parent = element.parent.map(|parent| self.model.element(parent).kind);
        let fits = match element.kind {
            ElementKind::Container => parent == Some(ElementKind::SoftwareSystem),
            ElementKind::Component => parent == Some(ElementKind::Container),
            ElementKind::DeploymentNode | ElementKind::InfrastructureNode => {
                parent.is_none_or(|kind| kind == ElementKind::DeploymentNode)
            }
            ElementKind::SoftwareSystemInstance | ElementKind::ContainerInstance => {
                parent == Some(ElementKind::DeploymentNode)
            }
            _ => parent.is_none(),
        };
        fits.then_some(())
    }

    fn fill(&mut self, blank: &Blank) {
        let Some(at) = self.keys.get(&blank.key).copied() else { return };
        let (technology, properties) = match &blank.to {
            None => {
                let element = self.model.element_mut(at);
                let field = match &*blank.field {
                    "description" => &mut element.description,
                    "url" => &mut element.url,
                    _ => &mut element.technology,
                };
                (field, &mut element.properties)
            }
            Some(to) => {
                let Some(to) = self.keys.get(to).copied() else { return };
                let all = self.model.between(at, to);
                let own = all.iter().copied().find(|id| self.model.relationship(*id).linked.is_none());
                let Some(id) = own.or_else(|| all.first().copied()) else { return };
                let relationship: &mut Relationship = self.model.relationship_mut(id);
                (&mut relationship.technology, &mut relationship.properties)
            }
        };
        if blank.field == "properties" {
            for (name, value) in &blank.properties {
                if name.starts_with("groma.traffic.") || !properties.contains_key(name) {
                    properties.insert(name.clone(), value.clone());
                }
            }
        } else if technology.is_empty() {
            technology.clone_from(&blank.value);
        }
    }
}

/// Puts new elements on the views of their scope, and new relationships wherever both ends are.
fn show(workspace: &mut Workspace, added: &[ElementId], old: &HashSet<RelationshipId>) {
    let model = &workspace.model;
    let neighbours = |id: ElementId| {
        let to = model.outgoing(id).iter().map(|one| model.relationship(*one).destination);
        let from = model.incoming(id).iter().map(|one| model.relationship(*one).source);
        to.chain(from)
    };
    for view in &mut workspace.views {
        let (kind, scope, environment) = (view.kind, view.scope, view.environment.clone());
        let mut content = Content::of(model, view);
        for id in added.iter().copied() {
            let element = model.element(id);
            let top = element.kind == ElementKind::SoftwareSystem;
            match kind {
                ViewKind::SystemLandscape if top => {
                    content.add(id);
                }
                ViewKind::SystemContext if top && neighbours(id).any(|other| Some(other) == scope) => {
                    content.add(id);
                }
                ViewKind::Container | ViewKind::Component if scope.is_some() && element.parent == scope => {
                    content.add(id);
                }
                ViewKind::Container | ViewKind::Component
                    if top && neighbours(id).any(|other| model.element(other).parent == scope) =>
                {
                    content.add(id);
                }
                ViewKind::Deployment if element.kind.is_deployment() && element.environment == environment => {
                    let of = element.instance_of;
                    let elsewhere =
                        scope.is_some() && of.is_some_and(|of| model.element(of).parent != scope && Some(of) != scope);
                    if !elsewhere && element.kind != ElementKind::DeploymentNode {
                        content.add_on_node(id);
                    }
                }
                _ => {}
            }
        }
        if matches!(kind, ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image | ViewKind::Custom) {
            continue;
        }
        // Relationships that a person took off a view stay off it: only new ones are put there.
        model.relationships().filter(|(id, _)| !old.contains(id)).for_each(|(id, _)| content.add_relationship(id));
    }
}

/// Scopes of which there is no view.
fn without_views(workspace: &Workspace, scopes: Vec<Scope>) -> Vec<Scope> {
    let same = |scope: &Scope| {
        workspace.views.iter().any(|view| {
            view.kind == scope.0 && (view.scope == scope.1 || scope.1.is_none()) && view.environment == scope.2
        })
    };
    scopes.into_iter().filter(|scope| !same(scope)).collect()
}
