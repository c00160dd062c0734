//! The steps in which a view is built up.

use super::Content;
use crate::model::{Animation, ElementId, RelationshipId};
use std::collections::BTreeSet;

impl Content<'_> {
    /// Adds a step in which these elements appear, with the nodes that they run on. Answers whether any of them is on
    /// the view and did not appear before.
    pub fn animate(&mut self, elements: &[ElementId]) -> bool {
        let mut before: BTreeSet<ElementId> =
            self.view.animations.iter().flat_map(|step| step.elements.iter().copied()).collect();
        let mut now = BTreeSet::new();
        for element in elements.iter().filter(|id| self.view.elements.contains_key(id)) {
            if before.contains(element) {
                continue;
            }
            for id in self.model.lineage(*element) {
                if self.view.elements.contains_key(&id) && before.insert(id) {
                    now.insert(id);
                }
            }
        }
        if now.is_empty() {
            return false;
        }
        let relationships: Vec<RelationshipId> = self
            .view
            .relationships
            .iter()
            .map(|one| one.relationship)
            .filter(|id| {
                let (source, destination) =
                    (self.model.relationship(*id).source, self.model.relationship(*id).destination);
                (now.contains(&source) && before.contains(&destination))
                    || (before.contains(&source) && now.contains(&destination))
            })
            .collect();
        self.view.animations.push(Animation { elements: now.into_iter().collect(), relationships });
        true
    }
}
