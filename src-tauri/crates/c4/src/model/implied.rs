//! Relationships that follow from one another: if a part uses a part, the whole uses the whole.

use super::element::{ElementId, ElementKind};
use super::graph::{Conflict, Model};
use super::relationship::{Relationship, RelationshipId};

/// Whether the parents of two elements get a relationship too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Implied {
    /// They do not.
    Off,
    /// They do, unless there is any between them.
    #[default]
    UnlessAny,
    /// They do, unless there is one with the same description.
    UnlessSame,
}

impl Model {
    /// Adds a relationship and those that it implies.
    ///
    /// # Errors
    /// As [`Model::connect`].
    pub fn relate(&mut self, relationship: Relationship, implied: Implied) -> Result<RelationshipId, Conflict> {
        let id = self.connect(relationship)?;
        let relationship = self.relationship(id);
        let (source, destination) = (relationship.source, relationship.destination);
        if implied == Implied::Off || !self.implies(source) || !self.implies(destination) {
            return Ok(id);
        }
        let sources: Vec<ElementId> = self.lineage(source).collect();
        let destinations: Vec<ElementId> = self.lineage(destination).collect();
        for from in sources {
            for to in &destinations {
                if from == *to || (implied == Implied::UnlessAny && !self.between(from, *to).is_empty()) {
                    continue;
                }
                if self.related(from, *to) {
                    continue;
                }
                let original = self.relationship(id);
                let mut copy = original.following(id, from, *to);
                copy.extra.clone_from(&original.extra);
                // The same description between the same two: nothing to add.
                let _ = self.connect(copy);
            }
        }
        Ok(id)
    }

    fn implies(&self, id: ElementId) -> bool {
        let kind = self.element(id).kind;
        kind.is_static() || kind == ElementKind::CustomElement
    }
}
