//! What a view must include and leave out to show what it shows.

use crate::content::Content as Filled;
use crate::model::{ElementId, ElementKind, Model, RelationshipId, View, ViewKind, Workspace};
use std::collections::HashSet;

/// One statement in a view.
pub(super) enum Directive {
    /// `include *`, or with true `include *?`.
    All(bool),
    Include(Vec<ElementId>),
    Exclude(Vec<ElementId>),
    /// All relationships from one to the other.
    ExcludePair(ElementId, ElementId),
    IncludePair(ElementId, ElementId),
    ExcludeOne(RelationshipId),
    IncludeOne(RelationshipId),
}

/// The statements of a view.
#[derive(Default)]
pub(super) struct Content {
    pub(super) directives: Vec<Directive>,
}

/// The statements of each view.
pub(super) fn of(workspace: &Workspace) -> Vec<Content> {
    let ranks = ranks(&workspace.model);
    workspace.views.iter().map(|view| of_view(&workspace.model, view, &ranks)).collect()
}

/// The place of each element in the text.
pub(super) fn ranks(model: &Model) -> Vec<usize> {
    let mut ranks = vec![0; model.elements().count()];
    let mut next = 0;
    for running in [false, true] {
        let top = model.elements().filter(|(_, one)| one.parent.is_none() && one.kind.is_deployment() == running);
        let mut left: Vec<ElementId> = top.map(|(id, _)| id).collect();
        if running {
            let mut environments: Vec<&str> = Vec::new();
            left.iter().for_each(|id| {
                let environment = model.element(*id).environment.as_str();
                if !environments.contains(&environment) {
                    environments.push(environment);
                }
            });
            let place = |id: &ElementId| environments.iter().position(|one| *one == model.element(*id).environment);
            left.sort_by_key(place);
        }
        left.reverse();
        while let Some(id) = left.pop() {
            ranks[id.at()] = next;
            next += 1;
            left.extend(model.children(id).iter().rev());
        }
    }
    ranks
}

fn of_view(model: &Model, view: &View, ranks: &[usize]) -> Content {
    let mut content = Content::default();
    if matches!(view.kind, ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image) || view.elements.is_empty() {
        return content;
    }
    let mut shown = best_beginning(model, view, &mut content);
    let mut missing: Vec<ElementId> = view
        .elements
        .keys()
        .copied()
        .filter(|id| !shown.elements.contains_key(id) && may_be_named(model, view, *id))
        .collect();
    missing.sort_by_key(|id| ranks[id.at()]);
    if !missing.is_empty() {
        for id in &missing {
            include(model, &mut shown, *id);
        }
        content.directives.push(Directive::Include(missing));
    }
    let surplus = |shown: &View| -> Vec<ElementId> {
        let mut ids: Vec<ElementId> =
            shown.elements.keys().copied().filter(|id| !view.elements.contains_key(id)).collect();
        // A node takes with it what is on it: the outermost are enough.
        let all: HashSet<ElementId> = ids.iter().copied().collect();
        ids.sort_by_key(|id| ranks[id.at()]);
        ids.retain(|id| !model.lineage(*id).skip(1).any(|around| all.contains(&around)));
        ids
    };
    let away = surplus(&shown);
    if !away.is_empty() {
        for id in &away {
            Filled::of(model, &mut shown).remove(*id);
        }
        content.directives.push(Directive::Exclude(away));
    }
    relationships(model, view, &mut shown, &mut content);
    content
}

/// Begins with `*` or `*?` where that says more than the list of elements would.
fn best_beginning(model: &Model, view: &View, content: &mut Content) -> View {
    let wanted: HashSet<RelationshipId> = view.relationships.iter().map(|one| one.relationship).collect();
    let empty = || {
        let mut empty = View::new(view.kind, view.key.clone());
        empty.scope = view.scope;
        empty.environment.clone_from(&view.environment);
        empty
    };
    let tried = |reluctant: bool| {
        let mut shown = empty();
        Filled::of(model, &mut shown).add_defaults(reluctant);
        let surplus = shown.elements.keys().filter(|id| !view.elements.contains_key(id)).count();
        let missing = view.elements.keys().filter(|id| !shown.elements.contains_key(id)).count();
        let other = shown.relationships.iter().filter(|one| !wanted.contains(&one.relationship)).count();
        let lost = wanted.iter().filter(|id| !shown.relationships.iter().any(|one| one.relationship == **id)).count();
        (surplus + missing, other + lost, shown)
    };
    let (all, reluctant) = (tried(false), tried(true));
    let use_reluctant =
        matches!(view.kind, ViewKind::SystemContext | ViewKind::Container | ViewKind::Component) && reluctant.1 < all.1;
    let (differences, _, shown) = if use_reluctant { reluctant } else { all };
    if shown.elements.is_empty() || differences >= view.elements.len() {
        return empty();
    }
    content.directives.push(Directive::All(use_reluctant));
    shown
}

/// Whether a view may be told to include it; nodes come with what is on them.
fn may_be_named(model: &Model, view: &View, id: ElementId) -> bool {
    view.kind != ViewKind::Deployment || model.element(id).kind != ElementKind::DeploymentNode
}

fn include(model: &Model, shown: &mut View, id: ElementId) {
    let deployment = shown.kind == ViewKind::Deployment;
    let mut filled = Filled::of(model, shown);
    if deployment {
        filled.add_on_node(id);
    } else {
        filled.add(id);
    }
}

fn relationships(model: &Model, view: &View, shown: &mut View, content: &mut Content) {
    let wanted: HashSet<RelationshipId> = view.relationships.iter().map(|one| one.relationship).collect();
    let made: Vec<RelationshipId> = shown.relationships.iter().map(|one| one.relationship).collect();
    let present: HashSet<RelationshipId> = made.iter().copied().collect();
    let mut done = HashSet::new();
    for id in made.iter().filter(|id| !wanted.contains(id)) {
        let one = model.relationship(*id);
        let pair = (one.source, one.destination);
        let between = model.between(pair.0, pair.1);
        let stays = between.iter().any(|id| wanted.contains(id));
        if !stays {
            if done.insert(pair) {
                content.directives.push(Directive::ExcludePair(pair.0, pair.1));
            }
        } else if one.linked.is_none() {
            content.directives.push(Directive::ExcludeOne(*id));
            // What follows from it goes with it, and may be wanted.
            for copy in view.relationships.iter().map(|shown| model.relationship(shown.relationship)) {
                if copy.linked == Some(*id) && done.insert((copy.source, copy.destination)) {
                    content.directives.push(Directive::IncludePair(copy.source, copy.destination));
                }
            }
        }
    }
    for shown in view.relationships.iter().filter(|shown| !present.contains(&shown.relationship)) {
        let one = model.relationship(shown.relationship);
        if model.between(one.source, one.destination).len() == 1 {
            content.directives.push(Directive::IncludePair(one.source, one.destination));
        } else if one.linked.is_none() {
            content.directives.push(Directive::IncludeOne(shown.relationship));
        }
    }
}
