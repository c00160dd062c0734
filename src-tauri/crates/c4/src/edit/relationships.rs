//! Relationships added, changed, removed.

use super::{Edited, refuse, rewrite};
use crate::diagnostic::Refusal;
use crate::model::{Implied, Relationship, RelationshipId, View, ViewKind};

impl Edited {
    pub(super) fn add_relation(
        &mut self,
        source: &str,
        destination: &str,
        description: &str,
        technology: &str,
    ) -> Result<RelationshipId, Refusal> {
        let (from, to) = (self.element(source)?, self.element(destination)?);
        if from == to {
            return Err(refuse("a relation needs two ends", "lead it to another element"));
        }
        let model = &mut self.workspace.model;
        let running = |id| model.element(id).kind.is_deployment();
        if running(from) != running(to) {
            return Err(refuse(
                "what runs and what is designed have no relation to each other",
                "relate the systems or containers: their instances follow",
            ));
        }
        let implied = if running(from) { Implied::Off } else { Implied::UnlessAny };
        let first = model.relationships().count();
        let mut one = Relationship::new(from, to, description.trim());
        technology.trim().clone_into(&mut one.technology);
        let id = model.relate(one, implied).map_err(|conflict| {
            refuse(conflict.to_string(), "say what else it is for, or change the one that is there")
        })?;
        // Instances of both ends that run beside each other are related as well.
        let instances: Vec<_> = model.instances_of(from).to_vec();
        instances.into_iter().for_each(|instance| model.replicate(instance));
        let new: Vec<RelationshipId> = model.relationships().map(|(id, _)| id).skip(first).collect();
        for view in &mut self.workspace.views {
            show_relations(&self.workspace.model, view, &new);
        }
        Ok(id)
    }

    pub(super) fn update_relation(
        &mut self,
        id: &str,
        description: Option<&str>,
        technology: Option<&str>,
        tags: Option<&[String]>,
    ) -> Result<(), Refusal> {
        let relation = self.relation(id)?;
        let model = &mut self.workspace.model;
        if let Some(description) = description {
            let one = model.relationship(relation);
            let same = |other: &&RelationshipId| {
                **other != relation && model.relationship(**other).description == description.trim()
            };
            if model.between(one.source, one.destination).iter().find(same).is_some() {
                return Err(refuse(
                    "the same is said of another relation between the two",
                    "say what tells them apart",
                ));
            }
        }
        let copies: Vec<RelationshipId> =
            model.relationships().filter(|(_, one)| one.linked == Some(relation)).map(|(id, _)| id).collect();
        let was = model.relationship(relation).description.clone();
        for id in std::iter::once(relation).chain(copies) {
            let one = model.relationship_mut(id);
            // A copy whose words were changed speaks for itself.
            if let Some(text) = description
                && one.description == was
            {
                text.trim().clone_into(&mut one.description);
            }
            if let Some(text) = technology {
                text.trim().clone_into(&mut one.technology);
            }
            if let Some(tags) = tags.filter(|_| id == relation) {
                one.tags = vec!["Relationship".to_owned()];
                crate::model::add_tags(&mut one.tags, tags.iter().map(String::as_str));
            }
        }
        if let Some(text) = description {
            let model = &self.workspace.model;
            let one = model.relationship(relation);
            let (source, destination) = (model.key(one.source), model.key(one.destination));
            for line in self.places.values_mut().flat_map(|there| &mut there.lines) {
                if line.source == source && line.destination == destination && line.description == was {
                    text.trim().clone_into(&mut line.description);
                }
            }
        }
        Ok(())
    }

    pub(super) fn delete_relation(&mut self, id: &str) -> Result<(), Refusal> {
        let relation = self.relation(id)?;
        let model = &self.workspace.model;
        let follows = |one: &Relationship| one.linked == Some(relation);
        let gone = model.relationships().filter(|(at, one)| *at == relation || follows(one));
        let gone: Vec<String> = gone.map(|(_, one)| one.id.clone()).collect();
        self.rewritten(|workspace| rewrite::remove_relationships(workspace, &gone))
    }
}

/// Shows relationships on a view that has both ends, unless it tells a story of its own.
fn show_relations(model: &crate::model::Model, view: &mut View, new: &[RelationshipId]) {
    if matches!(view.kind, ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image) {
        return;
    }
    let mut content = crate::content::Content::of(model, view);
    new.iter().for_each(|id| content.add_relationship(*id));
}
