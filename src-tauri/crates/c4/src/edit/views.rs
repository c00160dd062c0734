//! Views added and removed; what is on them.

use super::{Edited, refuse};
use crate::content::{Content, free_key};
use crate::diagnostic::Refusal;
use crate::draw::split;
use crate::model::{AutoLayout, ElementKind, ElementView, RelationshipView, View, ViewKind};

impl Edited {
    pub(super) fn add_view(
        &mut self,
        kind: ViewKind,
        key: &str,
        scope: Option<&str>,
        environment: &str,
        title: &str,
    ) -> Result<(), Refusal> {
        let scope = scope.map(|scope| self.element(scope)).transpose()?;
        let about = scope.map(|scope| self.workspace.model.element(scope).kind);
        let fits = match kind {
            ViewKind::SystemContext | ViewKind::Container => about == Some(ElementKind::SoftwareSystem),
            ViewKind::Component => about == Some(ElementKind::Container),
            ViewKind::Deployment => about.is_none_or(|kind| kind == ElementKind::SoftwareSystem),
            ViewKind::Dynamic => {
                about.is_none_or(|kind| matches!(kind, ElementKind::SoftwareSystem | ElementKind::Container))
            }
            ViewKind::SystemLandscape | ViewKind::Custom => about.is_none(),
            ViewKind::Filtered | ViewKind::Image => {
                return Err(refuse("such a view is made in the text", "write it in the DSL"));
            }
        };
        if !fits {
            return Err(refuse(
                "the view is about nothing that it could show",
                "choose a system, or for components a container",
            ));
        }
        if !key.is_empty() && self.workspace.view(key).is_some() {
            return Err(refuse(format!("there is a view \"{key}\" already"), "choose another key"));
        }
        let valid = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        if !key.chars().all(valid) {
            return Err(refuse(format!("\"{key}\" is no key"), "use letters, digits, - and _"));
        }
        let made_up = key.is_empty();
        let key = if made_up { free_key(&self.workspace, kind) } else { key.to_owned() };
        let mut view = View::new(kind, key);
        view.generated_key = made_up;
        view.order = self.workspace.views.iter().map(|view| view.order).max().unwrap_or_default() + 1;
        view.scope = scope;
        environment.clone_into(&mut view.environment);
        title.clone_into(&mut view.title);
        view.auto_layout = Some(AutoLayout::usual());
        Content::of(&self.workspace.model, &mut view).add_defaults(false);
        self.workspace.views.push(view);
        Ok(())
    }

    pub(super) fn split_view(&mut self, key: &str) -> Result<(), Refusal> {
        self.view(key)?;
        let parts = split::kept(&self.workspace, key);
        if parts.is_empty() {
            return Err(refuse("the view has no parts", "take off it what is too much"));
        }
        let last = self.workspace.views.iter().map(|view| view.order).max().unwrap_or_default();
        for (mut part, order) in parts.into_iter().zip(last + 1..) {
            part.order = order;
            // What stood beside all of it stands elsewhere beside a part.
            part.auto_layout.get_or_insert_with(AutoLayout::usual);
            part.elements.values_mut().for_each(|there| *there = ElementView::default());
            for line in &mut part.relationships {
                line.vertices.clear();
                line.extra.remove("position");
            }
            self.workspace.views.push(part);
        }
        Ok(())
    }

    pub(super) fn delete_view(&mut self, key: &str) -> Result<(), Refusal> {
        let at = self.view(key)?;
        if let Some(based) =
            self.workspace.views.iter().find(|view| view.kind == ViewKind::Filtered && view.base == key)
        {
            return Err(refuse(format!("the view \"{}\" is made of it", based.key), "remove that one first"));
        }
        self.workspace.views.remove(at);
        self.places.remove(key);
        Ok(())
    }

    pub(super) fn show(&mut self, view: &str, element: &str) -> Result<(), Refusal> {
        let (at, id) = (self.view(view)?, self.element(element)?);
        let mut content = Content::of(&self.workspace.model, &mut self.workspace.views[at]);
        if content.has(id) {
            return Ok(());
        }
        let shown = match self.workspace.model.element(id).kind {
            ElementKind::DeploymentNode => {
                // An empty node is shown as well: it was just made.
                content.add_node(id) || content.add_on_node(id)
            }
            kind if kind.is_deployment() => content.add_on_node(id),
            _ => content.add(id),
        };
        if shown {
            return Ok(());
        }
        let name = self.workspace.model.name(id);
        Err(refuse(
            format!("\"{name}\" cannot be on this view"),
            "a view shows either an element or what is within it, and only what its kind is for",
        ))
    }

    pub(super) fn hide(&mut self, view: &str, element: &str) -> Result<(), Refusal> {
        let (at, id) = (self.view(view)?, self.element(element)?);
        let view = &mut self.workspace.views[at];
        if view.kind == ViewKind::SystemContext && view.scope == Some(id) {
            return Err(refuse("a context without its system is none", "remove the view instead"));
        }
        let key = view.key.clone();
        Content::of(&self.workspace.model, view).remove(id);
        if let Some(there) = self.places.get_mut(&key) {
            there.elements.remove(element);
        }
        Ok(())
    }

    pub(super) fn add_step(
        &mut self,
        view: &str,
        source: &str,
        destination: &str,
        description: &str,
        response: bool,
    ) -> Result<(), Refusal> {
        let at = self.view(view)?;
        if self.workspace.views[at].kind != ViewKind::Dynamic {
            return Err(refuse("only a dynamic view has steps", "choose one"));
        }
        let (from, to) = (self.element(source)?, self.element(destination)?);
        for id in [from, to] {
            let content = Content::of(&self.workspace.model, &mut self.workspace.views[at]);
            if !content.has(id) {
                if let Some(reason) = content.refuses_step(id) {
                    return Err(refuse(reason, "choose an element beside those that are there"));
                }
                self.workspace.views[at].elements.insert(id, ElementView::default());
            }
        }
        let there = self.workspace.model.between(from, to).first().copied();
        let relation = match there {
            Some(relation) => relation,
            None => self.add_relation(source, destination, description, "")?,
        };
        let view = &mut self.workspace.views[at];
        let last = view.relationships.iter().filter_map(|step| step.order.split('.').next()?.parse::<u32>().ok()).max();
        let mut step = RelationshipView::new(relation);
        description.clone_into(&mut step.description);
        step.order = (last.unwrap_or_default() + 1).to_string();
        step.response = response;
        view.relationships.push(step);
        Ok(())
    }

    pub(super) fn delete_step(&mut self, view: &str, step: usize) -> Result<(), Refusal> {
        let at = self.view(view)?;
        let view = &mut self.workspace.views[at];
        if view.kind != ViewKind::Dynamic || step >= view.relationships.len() {
            return Err(refuse("there is no such step", "choose one of the view"));
        }
        view.relationships.remove(step);
        let mut number = 0;
        let mut before = String::new();
        // Steps in parallel share their number; what comes after closes up.
        for step in &mut view.relationships {
            if step.order != before {
                before.clone_from(&step.order);
                number += 1;
            }
            step.order = number.to_string();
        }
        let shown: std::collections::BTreeSet<_> = view
            .relationships
            .iter()
            .map(|step| self.workspace.model.relationship(step.relationship))
            .flat_map(|one| [one.source, one.destination])
            .collect();
        view.elements.retain(|id, _| shown.contains(id));
        Ok(())
    }
}
