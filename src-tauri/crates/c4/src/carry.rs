//! Carrying the work of hands over to another reading of the same workspace: where things were placed, how lines were
//! bent. A text has no words for it, so it goes by the names of views, elements and relationships.

use crate::model::{ElementId, IDENTIFIER, Model, RelationshipId, View, Workspace};
use std::collections::HashMap;

impl Workspace {
    /// Takes positions, bends, paper sizes and dimensions from another reading of the workspace.
    ///
    /// Views are the same by key, or as the only one of a kind, scope and environment on both sides; elements by the
    /// DSL's identifier, or by canonical name; relationships by their ends and description, or as the only one between
    /// the same two. Views that the machine lays out take nothing, and what has a place of its own keeps it.
    pub fn adopt_layout(&mut self, from: &Self) {
        let known = Known::of(&from.model);
        let elements: Vec<Option<ElementId>> =
            self.model.elements().map(|(id, _)| known.find(&self.model, id)).collect();
        for at in 0..self.views.len() {
            if self.views[at].auto_layout.is_some() {
                continue;
            }
            let Some(source) = self.same_view(at, from) else { continue };
            let (model, view) = (&self.model, &mut self.views[at]);
            view.paper_size = view.paper_size.take().or_else(|| source.paper_size.clone());
            view.dimensions = view.dimensions.or(source.dimensions);
            for (id, shown) in &mut view.elements {
                let Some(placed) = elements[id.at()].and_then(|id| source.elements.get(&id)) else { continue };
                if shown.x.is_none() && shown.y.is_none() {
                    (shown.x, shown.y) = (placed.x, placed.y);
                }
            }
            adopt_bends(model, view, &from.model, source, &elements);
        }
    }

    /// The view of the other workspace that is this one.
    fn same_view<'o>(&self, at: usize, other: &'o Self) -> Option<&'o View> {
        let view = &self.views[at];
        if let Some(same) = other.view(&view.key).filter(|same| same.kind == view.kind) {
            return Some(same);
        }
        let about = |workspace: &Self, one: &View| {
            (one.kind, one.scope.map(|id| workspace.model.canonical(id)), one.environment.clone())
        };
        let wanted = about(self, view);
        let only = |workspace: &Self| workspace.views.iter().filter(|one| about(workspace, one) == wanted).count() == 1;
        let taken = |one: &View| self.view(&one.key).is_some();
        let mut alike = other.views.iter().filter(|one| about(other, one) == wanted && !taken(one));
        alike.next().filter(|_| only(self) && only(other))
    }
}

/// The elements of a model by what they are known by.
struct Known {
    identifiers: HashMap<String, ElementId>,
    names: HashMap<String, ElementId>,
}

impl Known {
    fn of(model: &Model) -> Self {
        let identified =
            model.elements().filter_map(|(id, element)| Some((element.properties.get(IDENTIFIER)?.to_lowercase(), id)));
        let named = model.elements().map(|(id, _)| (model.canonical(id), id));
        Self { identifiers: identified.collect(), names: named.collect() }
    }

    fn find(&self, model: &Model, id: ElementId) -> Option<ElementId> {
        let identifier = model.element(id).properties.get(IDENTIFIER).map(|name| name.to_lowercase());
        let identified = identifier.and_then(|name| self.identifiers.get(&name));
        identified.or_else(|| self.names.get(&model.canonical(id))).copied()
    }
}

fn adopt_bends(model: &Model, view: &mut View, from: &Model, source: &View, elements: &[Option<ElementId>]) {
    let same = |id: RelationshipId, candidates: &[RelationshipId]| -> Option<RelationshipId> {
        let one = model.relationship(id);
        let (start, end) = (elements[one.source.at()]?, elements[one.destination.at()]?);
        let between = from.between(start, end);
        let described = between.iter().find(|other| from.relationship(**other).description == one.description);
        let only = if between.len() == 1 { between.first() } else { None };
        described.or(only).copied().filter(|id| candidates.contains(id))
    };
    let candidates: Vec<RelationshipId> = source.relationships.iter().map(|one| one.relationship).collect();
    for shown in &mut view.relationships {
        let Some(other) = same(shown.relationship, &candidates) else { continue };
        let mut alike = source.relationships.iter().filter(|one| one.relationship == other);
        // In a dynamic view the same relationship may be several steps.
        let step = alike.clone().find(|one| one.order == shown.order && one.response == shown.response);
        let Some(bent) = step.or_else(|| alike.next()) else { continue };
        if shown.vertices.is_empty() {
            shown.vertices.clone_from(&bent.vertices);
        }
        for field in ["position", "routing", "jump"] {
            if let (false, Some(value)) = (shown.extra.contains_key(field), bent.extra.get(field)) {
                shown.extra.insert(field.to_owned(), value.clone());
            }
        }
    }
}
