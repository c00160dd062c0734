//! Elements added, changed, removed.

use super::identify::identify;
use super::{Edit, Edited, refuse, rewrite};
use crate::diagnostic::Refusal;
use crate::model::{Element, ElementId, ElementKind};

impl Edited {
    pub(super) fn add_element(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let Edit::AddElement { kind, name, parent, description, technology, environment, instance_of, view, at } = edit
        else {
            return Ok(());
        };
        let parent = parent.as_deref().map(|key| self.element(key)).transpose()?;
        self.may_be_within(*kind, parent)?;
        let mut element = Element::new(*kind, name.trim());
        element.description.clone_from(description);
        element.technology.clone_from(technology);
        element.parent = parent;
        if kind.is_deployment() {
            let around = parent.map(|parent| self.workspace.model.element(parent).environment.clone());
            element.environment = around.unwrap_or_else(|| environment.clone());
            if element.environment.is_empty() {
                "Live".clone_into(&mut element.environment);
            }
        }
        if kind.is_instance() {
            let of = instance_of.as_deref().map(|key| self.element(key)).transpose()?;
            let wanted = if *kind == ElementKind::ContainerInstance {
                ElementKind::Container
            } else {
                ElementKind::SoftwareSystem
            };
            let of = of.filter(|of| self.workspace.model.element(*of).kind == wanted);
            element.instance_of = Some(of.ok_or_else(|| {
                refuse("an instance is of nothing that could run there", "choose a system or container")
            })?);
        } else if name.trim().is_empty() {
            return Err(refuse("an element needs a name", "give it one"));
        }
        let model = &mut self.workspace.model;
        let id = model.add(element).map_err(|conflict| refuse(conflict.to_string(), "give it another name"))?;
        identify(model, id);
        model.replicate(id);
        let key = model.key(id);
        if let Some(view) = view {
            self.show(view, &key)?;
            if let Some(at) = at {
                self.places.entry(view.clone()).or_default().elements.insert(key.clone(), *at);
            }
        }
        self.added.push(key);
        Ok(())
    }

    fn may_be_within(&self, kind: ElementKind, parent: Option<ElementId>) -> Result<(), Refusal> {
        use ElementKind as Kind;
        let around = parent.map(|parent| self.workspace.model.element(parent).kind);
        let fits = match kind {
            Kind::Person | Kind::SoftwareSystem | Kind::CustomElement => around.is_none(),
            Kind::Container => around == Some(Kind::SoftwareSystem),
            Kind::Component => around == Some(Kind::Container),
            Kind::DeploymentNode => matches!(around, None | Some(Kind::DeploymentNode)),
            Kind::InfrastructureNode | Kind::SoftwareSystemInstance | Kind::ContainerInstance => {
                around == Some(Kind::DeploymentNode)
            }
        };
        if fits { Ok(()) } else { Err(refuse(format!("a {} cannot be there", kind.word()), kind.home())) }
    }

    pub(super) fn update_element(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let Edit::UpdateElement { element, name, description, technology, tags, url, group } = edit else {
            return Ok(());
        };
        let id = self.element(element)?;
        // The key is to outlive the name.
        identify(&mut self.workspace.model, id);
        let one = self.workspace.model.element_mut(id);
        description.iter().for_each(|text| one.description.clone_from(text));
        technology.iter().for_each(|text| one.technology.clone_from(text));
        url.iter().for_each(|text| one.url.clone_from(text));
        if let Some(tags) = tags {
            one.tags = one.kind.default_tags().iter().map(|tag| (*tag).to_owned()).collect();
            one.add_tags(tags.iter().map(String::as_str));
        }
        if let Some(group) = group {
            one.group = Some(group.trim().to_owned()).filter(|group| !group.is_empty());
        }
        if let Some(name) = name.as_deref().map(str::trim)
            && name != one.name
        {
            if name.is_empty() {
                return Err(refuse("an element needs a name", "give it one"));
            }
            let json = one.id.clone();
            self.rewritten(|workspace| {
                rewrite::element(workspace, &json, &mut |fields| {
                    fields.insert("name".to_owned(), name.into());
                })
            })?;
        }
        Ok(())
    }

    pub(super) fn delete_element(&mut self, key: &str) -> Result<(), Refusal> {
        let id = self.element(key)?;
        let model = &self.workspace.model;
        let within = |one: ElementId| model.lineage(one).any(|parent| parent == id);
        // Its running copies, and those of what is within it, go with it.
        let gone = |one: ElementId| within(one) || model.element(one).instance_of.is_some_and(within);
        let gone: Vec<ElementId> = model.elements().map(|(one, _)| one).filter(|one| gone(*one)).collect();
        let keys: Vec<String> = gone.iter().map(|one| model.key(*one)).collect();
        let json: Vec<String> = gone.iter().map(|one| model.element(*one).id.clone()).collect();
        self.rewritten(|workspace| rewrite::remove_elements(workspace, &json))?;
        for there in self.places.values_mut() {
            there.elements.retain(|key, _| !keys.contains(key));
            there.lines.retain(|line| !keys.contains(&line.source) && !keys.contains(&line.destination));
        }
        Ok(())
    }

    /// Changes the workspace as JSON, where names and ids are found by walking: the arenas know no removal.
    pub(super) fn rewritten(&mut self, change: impl FnOnce(&mut serde_json::Value)) -> Result<(), Refusal> {
        let mut value = crate::json::export(&self.workspace);
        change(&mut value);
        self.workspace = crate::json::import(value.to_string().as_bytes())?;
        Ok(())
    }
}
