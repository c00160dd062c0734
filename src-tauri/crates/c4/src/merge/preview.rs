//! What a merge would do.

use super::matching::{self, Matching};
use super::similar::agrees;
use super::{Blank, Disagreement, End, NewElement, NewRelation, Preview, found_in, is_source};
use crate::model::{Element, ElementId, Model, Properties, Relationship, RelationshipId, Workspace};
use std::collections::{BTreeMap, HashSet};

/// Says what merging `derived` into `existing` would do, and changes nothing.
pub fn preview(existing: &Workspace, derived: &Workspace) -> Preview {
    let (old, new) = (&existing.model, &derived.model);
    let matching = matching::of(old, new);
    let mut preview = Preview { matches: matching::shown(&matching, old, new), ..Preview::default() };
    for (id, element) in new.elements() {
        match matching.of.get(&id) {
            Some(at) => fill(&mut preview, old, *at, element),
            None => preview.elements.push(new_element(&matching, old, new, id)),
        }
    }
    for (id, candidates) in &matching.ambiguous {
        let names: Vec<String> = candidates.iter().map(|one| old.canonical(*one)).collect();
        preview.conflicts.push(Disagreement {
            key: old.key(candidates[0]),
            name: new.name(*id).to_owned(),
            field: "name".to_owned(),
            existing: names.join(", "),
            derived: new.canonical(*id),
            sources: found_in(&new.element(*id).properties),
        });
    }
    let mut known: HashSet<RelationshipId> = HashSet::new();
    for (_, relationship) in new.relationships().filter(|(_, one)| one.linked.is_none()) {
        let ends = (matching.of.get(&relationship.source), matching.of.get(&relationship.destination));
        if let (Some(from), Some(to)) = ends {
            if from == to || old.related(*from, *to) {
                continue;
            }
            if let Some(found) = modelled(old, new, relationship, *from, *to) {
                if known.insert(found) {
                    fill_relation(&mut preview, old, found, relationship);
                }
                continue;
            }
        }
        preview.relations.push(new_relation(&matching, old, new, relationship));
    }
    preview
}

/// The relationship of the existing model that a derived one is. Messages are drawn in either direction.
pub(super) fn modelled(
    old: &Model,
    new: &Model,
    relationship: &Relationship,
    from: ElementId,
    to: ElementId,
) -> Option<RelationshipId> {
    let queue = |id: ElementId| new.element(id).has_tag("Queue");
    let either = queue(relationship.source) || queue(relationship.destination);
    let reversed = if either { old.between(to, from) } else { &[] };
    // One that a person wrote, before one that follows from others.
    let all = || old.between(from, to).iter().chain(reversed).copied();
    all().find(|id| old.relationship(*id).linked.is_none()).or_else(|| all().next())
}

fn end(matching: &Matching, old: &Model, new: &Model, id: ElementId) -> End {
    match matching.of.get(&id) {
        Some(at) => End::Existing { key: old.key(*at) },
        None => End::New { id: element_id(new, id) },
    }
}

fn element_id(new: &Model, id: ElementId) -> String {
    format!("element {} {}", new.element(id).id, new.canonical(id))
}

fn name_of(matching: &Matching, old: &Model, new: &Model, id: ElementId) -> String {
    matching.of.get(&id).map_or_else(|| new.name(id), |at| old.name(*at)).to_owned()
}

fn own_properties(properties: &Properties) -> BTreeMap<String, String> {
    properties.iter().filter(|(name, _)| !is_source(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn new_element(matching: &Matching, old: &Model, new: &Model, id: ElementId) -> NewElement {
    let element = new.element(id);
    let defaults = element.kind.default_tags();
    NewElement {
        id: element_id(new, id),
        kind: element.kind,
        name: new.name(id).to_owned(),
        description: element.description.clone(),
        technology: element.technology.clone(),
        tags: element.tags.iter().filter(|tag| !defaults.contains(&tag.as_str())).cloned().collect(),
        url: element.url.clone(),
        group: element.group.clone(),
        properties: own_properties(&element.properties),
        parent: element.parent.map(|parent| end(matching, old, new, parent)),
        parent_name: element.parent.map_or_else(String::new, |parent| name_of(matching, old, new, parent)),
        instance_of: element.instance_of.map(|of| end(matching, old, new, of)),
        environment: element.environment.clone(),
        instances: element.instances.clone(),
        sources: found_in(&element.properties),
    }
}

fn new_relation(matching: &Matching, old: &Model, new: &Model, relationship: &Relationship) -> NewRelation {
    let (from, to) = (relationship.source, relationship.destination);
    NewRelation {
        id: format!("relation {} {} -> {}", relationship.id, new.canonical(from), new.canonical(to)),
        from: end(matching, old, new, from),
        from_name: name_of(matching, old, new, from),
        to: end(matching, old, new, to),
        to_name: name_of(matching, old, new, to),
        description: relationship.description.clone(),
        technology: relationship.technology.clone(),
        properties: own_properties(&relationship.properties),
        sources: found_in(&relationship.properties),
    }
}

/// What a match fills in, and where it disagrees.
fn fill(preview: &mut Preview, old: &Model, at: ElementId, found: &Element) {
    let own = old.element(at);
    let (key, name) = (old.key(at), old.name(at).to_owned());
    let fields = [
        ("technology", &own.technology, &found.technology),
        ("description", &own.description, &found.description),
        ("url", &own.url, &found.url),
    ];
    for (field, ours, theirs) in fields {
        // What it says of something nobody defined is said of the derived model alone.
        if theirs.is_empty() || found.has_tag("Unresolved") && field == "description" {
            continue;
        }
        if ours.is_empty() {
            preview.blanks.push(Blank {
                id: format!("blank {} {field}", old.canonical(at)),
                key: key.clone(),
                to: None,
                name: name.clone(),
                field: field.to_owned(),
                value: theirs.clone(),
                properties: BTreeMap::new(),
            });
        } else if field == "technology" && !agrees(ours, theirs) {
            preview.conflicts.push(Disagreement {
                key: key.clone(),
                name: name.clone(),
                field: field.to_owned(),
                existing: ours.clone(),
                derived: theirs.clone(),
                sources: found_in(&found.properties),
            });
        }
    }
    let properties = missing(&own.properties, &found.properties);
    if !properties.is_empty() {
        preview.blanks.push(Blank {
            id: format!("blank {} properties", old.canonical(at)),
            key,
            to: None,
            name,
            field: "properties".to_owned(),
            value: properties.keys().cloned().collect::<Vec<_>>().join(", "),
            properties,
        });
    }
}

/// Properties that are not there, and measurements that are out of date: those are the machine's own.
fn missing(own: &Properties, found: &Properties) -> BTreeMap<String, String> {
    let news = own_properties(found).into_iter();
    news.filter(|(name, value)| match own.get(name) {
        None => true,
        Some(known) => name.starts_with("groma.traffic.") && known != value,
    })
    .collect()
}

fn fill_relation(preview: &mut Preview, old: &Model, id: RelationshipId, found: &Relationship) {
    let own = old.relationship(id);
    let (key, to) = (old.key(own.source), old.key(own.destination));
    let name = format!("{} → {}", old.name(own.source), old.name(own.destination));
    let place = format!("{} -> {} {}", old.canonical(own.source), old.canonical(own.destination), own.description);
    if own.technology.is_empty() && !found.technology.is_empty() {
        preview.blanks.push(Blank {
            id: format!("blank {place} technology"),
            key: key.clone(),
            to: Some(to.clone()),
            name: name.clone(),
            field: "technology".to_owned(),
            value: found.technology.clone(),
            properties: BTreeMap::new(),
        });
    }
    let properties = missing(&own.properties, &found.properties);
    if !properties.is_empty() {
        preview.blanks.push(Blank {
            id: format!("blank {place} properties"),
            key,
            to: Some(to),
            name,
            field: "properties".to_owned(),
            value: properties.keys().cloned().collect::<Vec<_>>().join(", "),
            properties,
        });
    }
}
