//! A view in parts: neighbours together, those that stand in the same first.

use super::drawing::ProposedPart;
use super::scene::{Shown, shown};
use super::split_steps::{Stretch, stretches};
use crate::model::{ElementId, ElementView, View, ViewKind, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// Elements that a part has at most, neighbours and all, where that can be.
const FULL: usize = 12;
/// A part of a small view has less than the view.
fn full(elements: usize, most: usize) -> usize {
    most.min(elements * 3 / 4).max(3)
}

/// Views that show a view in parts: each its own elements, their neighbours, and the lines between. Together they show
/// every line of the view. Empty for what cannot be parted.
pub fn split(workspace: &Workspace, view_key: &str) -> Vec<View> {
    split_into(workspace, view_key, FULL)
}

/// The same with so many elements in a part at most, where that can be.
pub(crate) fn split_into(workspace: &Workspace, view_key: &str, most: usize) -> Vec<View> {
    let Some(view) = workspace.view(view_key) else { return Vec::new() };
    if view.kind == ViewKind::Image {
        return Vec::new();
    }
    let shown = shown(workspace, view);
    if shown.base.kind == ViewKind::Dynamic {
        let all = stretches(workspace, &shown.relationships, full(shown.elements.len(), most));
        return if all.len() < 2 { Vec::new() } else { of_stretches(workspace, view, &shown, all) };
    }
    let model = &workspace.model;
    let mut near: BTreeMap<ElementId, BTreeSet<ElementId>> =
        shown.elements.iter().map(|id| (*id, BTreeSet::new())).collect();
    for one in &shown.relationships {
        let relationship = model.relationship(one.relationship);
        let (source, destination) = ends(workspace, &shown.elements, relationship);
        near.entry(source).or_default().insert(destination);
        near.entry(destination).or_default().insert(source);
    }
    let homes = homes(workspace, &shown.elements);
    let parts = parts(&homes, &near, full(homes.len(), most));
    if parts.len() < 2 {
        return Vec::new();
    }
    let mut views = Vec::new();
    for Part { all, lines } in parts {
        let mut part = bare_part(workspace, view, &shown, &views);
        part.title = part_title(workspace, &homes, &all, &lines);
        part.elements = with_nodes(workspace, &shown.elements, &all)
            .into_iter()
            .map(|id| (id, shown.base.elements.get(&id).cloned().unwrap_or_else(ElementView::default)))
            .collect();
        let of_part = |relationship: &crate::model::Relationship| {
            let (source, destination) = ends(workspace, &shown.elements, relationship);
            lines.contains(&pair(source, destination))
                && part.elements.contains_key(&relationship.source)
                && part.elements.contains_key(&relationship.destination)
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

/// Parts of a dynamic view.
fn of_stretches(workspace: &Workspace, view: &View, shown: &Shown<'_>, all: Vec<Stretch<'_>>) -> Vec<View> {
    let mut views = Vec::new();
    for stretch in all {
        let mut part = bare_part(workspace, view, shown, &views);
        part.title = [view.title.as_str(), &stretch.numbers()].join(" ").trim().to_owned();
        part.elements = stretch
            .elements
            .iter()
            .map(|id| (*id, shown.base.elements.get(id).cloned().unwrap_or_else(ElementView::default)))
            .collect();
        part.relationships = stretch.steps.into_iter().cloned().collect();
        views.push(part);
    }
    views
}

/// A part of a view before anything is on it, with a key that no other view has.
fn bare_part(workspace: &Workspace, view: &View, shown: &Shown<'_>, before: &[View]) -> View {
    let taken = |key: &str| workspace.view(key).is_some() || before.iter().any(|part| part.key == key);
    let keys = (1..).map(|number| format!("{}-part-{number}", view.key));
    let mut part = view.clone();
    part.kind = shown.base.kind;
    part.scope = shown.base.scope;
    part.environment.clone_from(&shown.base.environment);
    part.key = keys.into_iter().find(|key| !taken(key)).unwrap_or_default();
    part.generated_key = true;
    part.base.clear();
    part.tags.clear();
    part.animations.clear();
    part
}

/// What a line connects: one of a node that others stand in goes with the first of them.
fn ends(
    workspace: &Workspace,
    elements: &[ElementId],
    relationship: &crate::model::Relationship,
) -> (ElementId, ElementId) {
    (
        first_within(workspace, elements, relationship.source),
        first_within(workspace, elements, relationship.destination),
    )
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

/// The same as views to keep beside the whole: those that would be called alike have a number.
pub(crate) fn kept(workspace: &Workspace, view_key: &str) -> Vec<View> {
    let mut views = split(workspace, view_key);
    let titles: Vec<String> = views.iter().map(|view| view.title.clone()).collect();
    for (at, view) in views.iter_mut().enumerate() {
        let alike = |titles: &[String]| titles.iter().filter(|title| **title == view.title).count();
        if alike(&titles) > 1 {
            view.title = format!("{} {}", view.title, alike(&titles[..at]) + 1);
        }
        view.generated_key = false;
    }
    views
}

/// The parts of a view, named.
pub(crate) fn proposed(workspace: &Workspace, view_key: &str) -> Vec<ProposedPart> {
    kept(workspace, view_key)
        .into_iter()
        .map(|part| ProposedPart {
            elements: part.elements.keys().map(|id| workspace.model.key(*id)).collect(),
            key: part.key,
            title: part.title,
        })
        .collect()
}

/// What all of a part's elements are part of; else those of its elements that most of its lines lead to or from.
fn part_title(
    workspace: &Workspace,
    homes: &BTreeMap<ElementId, String>,
    all: &BTreeSet<ElementId>,
    lines: &BTreeSet<(ElementId, ElementId)>,
) -> String {
    let mut names = all.iter().filter_map(|id| homes.get(id));
    if let Some(first) = names.next().filter(|name| !name.is_empty())
        && names.all(|name| name == first)
    {
        return first.clone();
    }
    let count = |id: ElementId| lines.iter().filter(|(one, other)| *one == id || *other == id).count();
    let mut ranked: Vec<ElementId> = all.iter().copied().collect();
    ranked.sort_by_key(|id| std::cmp::Reverse(count(*id)));
    let mut names: Vec<&str> = ranked.iter().take(3).map(|id| workspace.model.name(*id)).collect();
    if ranked.len() > names.len() {
        names.push("…");
    }
    names.join(", ")
}

/// The innermost elements, each with its group, else what it is part of; deployment nodes go with what runs on them.
fn homes(workspace: &Workspace, elements: &[ElementId]) -> BTreeMap<ElementId, String> {
    let model = &workspace.model;
    let parents: BTreeSet<ElementId> = elements.iter().filter_map(|id| model.element(*id).parent).collect();
    let innermost = elements.iter().filter(|id| !parents.contains(id));
    let home = |id: &ElementId| {
        let element = model.element(*id);
        let name = element.group.clone().unwrap_or_else(|| match element.parent {
            Some(parent) if elements.binary_search(&parent).is_err() || element.kind.is_deployment() => {
                model.name(parent).to_owned()
            }
            _ => String::new(),
        });
        (*id, name)
    };
    innermost.map(home).collect()
}

/// Elements, and the pairs of them whose lines are told here and not in another part.
struct Part {
    all: BTreeSet<ElementId>,
    lines: BTreeSet<(ElementId, ElementId)>,
}

fn pair(one: ElementId, other: ElementId) -> (ElementId, ElementId) {
    (one.min(other), one.max(other))
}

/// Elements in parts of `full` at most: each grows from where most lines are not told yet, by whoever brings most of
/// them, those of the same home first. Whoever has no lines stands with its home.
fn parts(
    homes: &BTreeMap<ElementId, String>,
    near: &BTreeMap<ElementId, BTreeSet<ElementId>>,
    full: usize,
) -> Vec<Part> {
    let lines = near.iter().flat_map(|(id, others)| others.iter().map(|other| pair(*id, *other)));
    let mut untold: BTreeSet<(ElementId, ElementId)> = lines.collect();
    let mut unseen: BTreeSet<ElementId> = homes.keys().copied().collect();
    let mut parts: Vec<Part> = Vec::new();
    let none = BTreeSet::new();
    while !untold.is_empty() || !unseen.is_empty() {
        let left = |id: ElementId, untold: &BTreeSet<(ElementId, ElementId)>| {
            near.get(&id).unwrap_or(&none).iter().filter(|other| untold.contains(&pair(id, **other))).count()
        };
        // The first of those with most.
        let candidates = homes.keys().filter(|id| unseen.contains(id) || left(**id, &untold) > 0);
        let Some(first) = candidates.min_by_key(|id| (std::cmp::Reverse(left(**id, &untold)), **id)).copied() else {
            break;
        };
        let home = homes.get(&first);
        let mut all = BTreeSet::from([first]);
        while all.len() < full {
            let brings = |id: ElementId| all.iter().filter(|other| untold.contains(&pair(id, **other))).count();
            let score = |id: &ElementId| {
                let lines = brings(*id) * 4;
                let homely = homes.get(id) == home && (lines > 0 || unseen.contains(id));
                if lines == 0 && !(homely && left(*id, &untold) == 0) { 0 } else { lines + usize::from(homely) }
            };
            let next = homes.keys().filter(|id| !all.contains(id)).map(|id| (score(id), *id));
            let Some((best, id)) = next.min_by_key(|(score, id)| (std::cmp::Reverse(*score), *id)) else { break };
            if best == 0 {
                break;
            }
            all.insert(id);
        }
        let told: BTreeSet<(ElementId, ElementId)> =
            untold.iter().filter(|(one, other)| all.contains(one) && all.contains(other)).copied().collect();
        untold.retain(|line| !told.contains(line));
        unseen.retain(|id| !all.contains(id));
        parts.push(Part { all, lines: told });
    }
    joined(parts, full)
}

/// Small parts stand together where there is room, those that have most in common first.
fn joined(mut parts: Vec<Part>, full: usize) -> Vec<Part> {
    loop {
        let pairs = (0..parts.len()).flat_map(|one| (one + 1..parts.len()).map(move |other| (one, other)));
        let size = |(one, other): (usize, usize)| parts[one].all.union(&parts[other].all).count();
        let fitting = pairs.filter(|pair| size(*pair) <= full);
        let common = |(one, other): (usize, usize)| parts[one].all.intersection(&parts[other].all).count();
        let Some((one, other)) = fitting.min_by_key(|pair| (std::cmp::Reverse(common(*pair)), size(*pair), *pair))
        else {
            return parts;
        };
        let taken = parts.remove(other);
        parts[one].all.extend(taken.all);
        parts[one].lines.extend(taken.lines);
    }
}

/// The elements, with the nodes of the view that they stand on.
fn with_nodes(workspace: &Workspace, elements: &[ElementId], wanted: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let lineages = wanted.iter().flat_map(|id| workspace.model.lineage(*id));
    lineages.filter(|id| elements.binary_search(id).is_ok()).collect()
}
