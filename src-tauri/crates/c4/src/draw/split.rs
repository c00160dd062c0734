//! A view in parts: by what its elements stand in, else by neighbourhood.

use super::drawing::ProposedPart;
use super::scene::shown;
use crate::model::{ElementId, ElementView, View, ViewKind, Workspace};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Elements that a part has at most, neighbours and all, where that can be.
const FULL: usize = 12;
/// A part of a small view has less than the view.
fn full(elements: usize) -> usize {
    FULL.min(elements / 2 + 1).max(3)
}

/// Views that show a view in parts: each its own elements, their neighbours, and the lines between. Together they show
/// every line of the view. Empty for what cannot be parted.
pub fn split(workspace: &Workspace, view_key: &str) -> Vec<View> {
    let Some(view) = workspace.view(view_key) else { return Vec::new() };
    if view.kind == ViewKind::Image {
        return Vec::new();
    }
    let shown = shown(workspace, view);
    let model = &workspace.model;
    let mut near: BTreeMap<ElementId, BTreeSet<ElementId>> =
        shown.elements.iter().map(|id| (*id, BTreeSet::new())).collect();
    for one in &shown.relationships {
        let relationship = model.relationship(one.relationship);
        // A line of a node that others stand in goes with the first of them.
        let (source, destination) = (
            first_within(workspace, &shown.elements, relationship.source),
            first_within(workspace, &shown.elements, relationship.destination),
        );
        near.entry(source).or_default().insert(destination);
        near.entry(destination).or_default().insert(source);
    }
    let parents: BTreeSet<ElementId> = shown.elements.iter().filter_map(|id| model.element(*id).parent).collect();
    let full = full(shown.elements.iter().filter(|id| !parents.contains(id)).count());
    let mut parts: Vec<(String, BTreeSet<ElementId>, BTreeSet<ElementId>)> = Vec::new();
    for (name, members) in homes(workspace, &shown.elements) {
        for chunk in chunks(&members, &near, full) {
            for core in fitting(&chunk, &near, full) {
                parts.push((name.clone(), core.0, core.1));
            }
        }
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    let mut views = Vec::new();
    for (name, core, all) in parts {
        let mut part = view.clone();
        part.kind = shown.base.kind;
        part.scope = shown.base.scope;
        part.environment.clone_from(&shown.base.environment);
        part.key = format!("{}-part-{}", view.key, views.len() + 1);
        part.generated_key = true;
        part.title = part_title(workspace, &name, &core);
        part.base.clear();
        part.tags.clear();
        part.animations.clear();
        part.elements = with_nodes(workspace, &shown.elements, &all)
            .into_iter()
            .map(|id| (id, shown.base.elements.get(&id).cloned().unwrap_or_else(ElementView::default)))
            .collect();
        let of_part = |relationship: &crate::model::Relationship| {
            let (source, destination) = (relationship.source, relationship.destination);
            let of_core =
                |id: ElementId| core.iter().any(|one| *one == id || model.lineage(*one).any(|above| above == id));
            (of_core(source) || of_core(destination))
                && part.elements.contains_key(&source)
                && part.elements.contains_key(&destination)
        };
        part.relationships = shown
            .relationships
            .iter()
            .filter(|one| of_part(model.relationship(one.relationship)))
            .map(|one| (*one).clone())
            .collect();
        views.push(part);
    }
    views
}

/// The element, or, where others of the view stand in it, the first of those that nothing stands in.
fn first_within(workspace: &Workspace, elements: &[ElementId], id: ElementId) -> ElementId {
    let model = &workspace.model;
    let inner = elements.iter().find(|one| **one != id && model.lineage(**one).skip(1).any(|above| above == id));
    let innermost = |one: ElementId| {
        let within = |other: &&ElementId| **other != one && model.lineage(**other).skip(1).any(|above| above == one);
        !elements.iter().any(|other| within(&other))
    };
    match inner {
        Some(_) => elements
            .iter()
            .copied()
            .find(|one| *one != id && model.lineage(*one).any(|above| above == id) && innermost(*one))
            .unwrap_or(id),
        None => id,
    }
}

/// The parts of a view, named.
pub(crate) fn proposed(workspace: &Workspace, view_key: &str) -> Vec<ProposedPart> {
    split(workspace, view_key)
        .into_iter()
        .map(|part| ProposedPart {
            elements: part.elements.keys().map(|id| workspace.model.key(*id)).collect(),
            key: part.key,
            title: part.title,
        })
        .collect()
}

fn part_title(workspace: &Workspace, name: &str, core: &BTreeSet<ElementId>) -> String {
    if !name.is_empty() {
        return name.to_owned();
    }
    let mut names: Vec<&str> = core.iter().take(3).map(|id| workspace.model.name(*id)).collect();
    if core.len() > names.len() {
        names.push("…");
    }
    names.join(", ")
}

/// Elements by group, else by what they are part of, in order of appearance. Deployment nodes go with what runs on
/// them.
fn homes(workspace: &Workspace, elements: &[ElementId]) -> Vec<(String, Vec<ElementId>)> {
    let model = &workspace.model;
    let parents: BTreeSet<ElementId> = elements.iter().filter_map(|id| model.element(*id).parent).collect();
    let mut homes: Vec<(String, Vec<ElementId>)> = Vec::new();
    for id in elements.iter().filter(|id| !parents.contains(id)) {
        let element = model.element(*id);
        let name = element.group.clone().unwrap_or_else(|| match element.parent {
            Some(parent) if elements.binary_search(&parent).is_err() || element.kind.is_deployment() => {
                model.name(parent).to_owned()
            }
            _ => String::new(),
        });
        match homes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(*id),
            None => homes.push((name, vec![*id])),
        }
    }
    homes
}

/// Members in runs of neighbours, few enough to be one part.
fn chunks(members: &[ElementId], near: &BTreeMap<ElementId, BTreeSet<ElementId>>, full: usize) -> Vec<Vec<ElementId>> {
    let mut left: BTreeSet<ElementId> = members.iter().copied().collect();
    let mut order = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut queue = VecDeque::from([first]);
        while let Some(id) = queue.pop_front() {
            order.push(id);
            for beside in near.get(&id).into_iter().flatten() {
                if left.remove(beside) {
                    queue.push_back(*beside);
                }
            }
        }
    }
    order.chunks((full / 2).max(1)).map(<[ElementId]>::to_vec).collect()
}

/// A core and its neighbours, halved until they fit; the neighbours of a hub in portions.
fn fitting(
    core: &[ElementId],
    near: &BTreeMap<ElementId, BTreeSet<ElementId>>,
    full: usize,
) -> Vec<(BTreeSet<ElementId>, BTreeSet<ElementId>)> {
    let own: BTreeSet<ElementId> = core.iter().copied().collect();
    let mut all = own.clone();
    all.extend(core.iter().flat_map(|id| near.get(id).into_iter().flatten()));
    if all.len() <= full {
        return vec![(own, all)];
    }
    if core.len() > 1 {
        let (one, other) = core.split_at(core.len() / 2);
        return fitting(one, near, full).into_iter().chain(fitting(other, near, full)).collect();
    }
    let around: Vec<ElementId> = all.difference(&own).copied().collect();
    let portion = |portion: &[ElementId]| {
        let mut all = own.clone();
        all.extend(portion);
        (own.clone(), all)
    };
    around.chunks(full - 1).map(portion).collect()
}

/// The elements, with the nodes of the view that they stand on.
fn with_nodes(workspace: &Workspace, elements: &[ElementId], wanted: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let lineages = wanted.iter().flat_map(|id| workspace.model.lineage(*id));
    lineages.filter(|id| elements.binary_search(id).is_ok()).collect()
}
