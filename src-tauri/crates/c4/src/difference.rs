//! What changed between two models: as it is against as it shall be.

use crate::model::{ElementId, ElementKind, IDENTIFIER, Model, Properties, RelationshipId, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What became of an element or relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DifferenceChange")]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "DifferenceField")]
pub struct FieldChange {
    /// `name`, `technology`, `property owner`, …
    pub field: String,
    /// What it was; empty: nothing.
    pub before: String,
    /// What it is; empty: nothing.
    pub after: String,
}

/// An element that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ElementDifference {
    /// What became of it.
    pub change: Change,
    /// Key ([`Model::key`]) in the later model; of what is gone, in the earlier.
    pub key: String,
    /// Key in the earlier model, where it was there.
    pub key_before: Option<String>,
    /// What it is.
    pub kind: ElementKind,
    /// Its name.
    pub name: String,
    /// The fields that changed; none of what is new or gone.
    pub fields: Vec<FieldChange>,
}

/// A relationship that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RelationDifference {
    /// What became of it.
    pub change: Change,
    /// Key of the source, as [`ElementDifference::key`].
    pub from: String,
    /// Name of the source.
    pub from_name: String,
    /// Key of the destination.
    pub to: String,
    /// Name of the destination.
    pub to_name: String,
    /// What for.
    pub description: String,
    /// The fields that changed; none of what is new or gone.
    pub fields: Vec<FieldChange>,
}

/// All that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "ModelDifference")]
pub struct Difference {
    /// Elements, in the order of the later model, then what is gone.
    pub elements: Vec<ElementDifference>,
    /// Relationships that somebody wrote; those that follow from others follow.
    pub relations: Vec<RelationDifference>,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.relations.is_empty()
    }
}

/// Compares two models. The same identifier is the same element, whatever it is called now; else the same name within
/// the same whole is.
pub fn compare(before: &Workspace, after: &Workspace) -> Difference {
    let (old, new) = (&before.model, &after.model);
    let same = same_elements(old, new);
    let mut found = Difference::default();
    for (id, element) in new.elements() {
        let change = |change, before: Option<ElementId>, fields| ElementDifference {
            change,
            key: new.key(id),
            key_before: before.map(|id| old.key(id)),
            kind: element.kind,
            name: new.name(id).to_owned(),
            fields,
        };
        match same.get(&id) {
            None => found.elements.push(change(Change::Added, None, Vec::new())),
            Some(was) => {
                let fields = element_fields(old, new, *was, id, &same);
                if !fields.is_empty() {
                    found.elements.push(change(Change::Changed, Some(*was), fields));
                }
            }
        }
    }
    let kept: BTreeSet<ElementId> = same.values().copied().collect();
    for (id, element) in old.elements().filter(|(id, _)| !kept.contains(id)) {
        found.elements.push(ElementDifference {
            change: Change::Removed,
            key: old.key(id),
            key_before: Some(old.key(id)),
            kind: element.kind,
            name: old.name(id).to_owned(),
            fields: Vec::new(),
        });
    }
    relations(old, new, &same, &mut found.relations);
    found
}

/// For each element of the later model, the one it was.
fn same_elements(old: &Model, new: &Model) -> HashMap<ElementId, ElementId> {
    let identifier =
        |model: &Model, id: ElementId| model.element(id).properties.get(IDENTIFIER).map(|one| one.to_lowercase());
    let mut identified: HashMap<String, Option<ElementId>> = HashMap::new();
    for (id, _) in old.elements() {
        if let Some(name) = identifier(old, id) {
            // One that is used twice names nothing.
            identified.entry(name).and_modify(|known| *known = None).or_insert(Some(id));
        }
    }
    let place = |model: &Model, id: ElementId, parent: Option<ElementId>, of: Option<ElementId>| {
        let one = model.element(id);
        (parent, one.kind, one.name.clone(), one.environment.clone(), of, one.instance_number)
    };
    let placed: HashMap<_, ElementId> =
        old.elements().map(|(id, one)| (place(old, id, one.parent, one.instance_of), id)).collect();
    let mut same = HashMap::new();
    let mut taken = BTreeSet::new();
    for (id, _) in new.elements() {
        let twice = identifier(new, id).and_then(|name| identified.get(&name).copied().flatten());
        if let Some(was) = twice.filter(|was| old.element(*was).kind == new.element(id).kind)
            && taken.insert(was)
        {
            same.insert(id, was);
        }
    }
    // Wholes stand before their parts, so the part of a renamed whole is still found.
    for (id, one) in new.elements() {
        if same.contains_key(&id) {
            continue;
        }
        let was = |other: Option<ElementId>| match other {
            None => Some(None),
            Some(other) => same.get(&other).map(|was| Some(*was)),
        };
        let (Some(parent), Some(of)) = (was(one.parent), was(one.instance_of)) else { continue };
        if let Some(found) = placed.get(&place(new, id, parent, of)).copied()
            && taken.insert(found)
        {
            same.insert(id, found);
        }
    }
    same
}

fn element_fields(
    old: &Model,
    new: &Model,
    was: ElementId,
    is: ElementId,
    same: &HashMap<ElementId, ElementId>,
) -> Vec<FieldChange> {
    let (a, b) = (old.element(was), new.element(is));
    let mut fields = Vec::new();
    push(&mut fields, "name", &a.name, &b.name);
    push(&mut fields, "description", &a.description, &b.description);
    push(&mut fields, "technology", &a.technology, &b.technology);
    push(&mut fields, "url", &a.url, &b.url);
    push(&mut fields, "group", a.group.as_deref().unwrap_or_default(), b.group.as_deref().unwrap_or_default());
    push(&mut fields, "environment", &a.environment, &b.environment);
    push(&mut fields, "instances", &a.instances, &b.instances);
    push(&mut fields, "deployment groups", &a.deployment_groups.join(", "), &b.deployment_groups.join(", "));
    push(&mut fields, "tags", &sorted(&a.tags), &sorted(&b.tags));
    if b.parent.map(|parent| same.get(&parent).copied()) != a.parent.map(Some) {
        let shown =
            |model: &Model, parent: Option<ElementId>| parent.map_or_else(String::new, |id| model.canonical(id));
        fields.push(FieldChange {
            field: "parent".to_owned(),
            before: shown(old, a.parent),
            after: shown(new, b.parent),
        });
    }
    properties(&mut fields, &a.properties, &b.properties);
    let perspectives = |all: &[crate::model::Perspective]| -> Properties {
        all.iter()
            .map(|one| (one.name.clone(), [&*one.description, &*one.value, &*one.url].join(" ").trim().to_owned()))
            .collect()
    };
    named(&mut fields, "perspective", &perspectives(&a.perspectives), &perspectives(&b.perspectives));
    fields
}

fn sorted(tags: &[String]) -> String {
    let tags: BTreeSet<&str> = tags.iter().map(String::as_str).collect();
    tags.into_iter().collect::<Vec<_>>().join(", ")
}

fn push(fields: &mut Vec<FieldChange>, field: &str, before: &str, after: &str) {
    if before != after {
        fields.push(FieldChange { field: field.to_owned(), before: before.to_owned(), after: after.to_owned() });
    }
}

fn properties(fields: &mut Vec<FieldChange>, before: &Properties, after: &Properties) {
    named(fields, "property", before, after);
}

fn named(fields: &mut Vec<FieldChange>, what: &str, before: &Properties, after: &Properties) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let value = |of: &Properties| of.get(name).cloned().unwrap_or_default();
        if before.get(name) != after.get(name) {
            fields.push(FieldChange { field: format!("{what} {name}"), before: value(before), after: value(after) });
        }
    }
}

fn relations(old: &Model, new: &Model, same: &HashMap<ElementId, ElementId>, found: &mut Vec<RelationDifference>) {
    type Ends = (ElementId, ElementId);
    let mut gone: BTreeMap<Ends, Vec<RelationshipId>> = BTreeMap::new();
    for (id, one) in old.relationships().filter(|(_, one)| one.linked.is_none()) {
        gone.entry((one.source, one.destination)).or_default().push(id);
    }
    let mut fresh: BTreeMap<Ends, Vec<RelationshipId>> = BTreeMap::new();
    let mut added = Vec::new();
    for (id, one) in new.relationships().filter(|(_, one)| one.linked.is_none()) {
        let ends = same.get(&one.source).copied().zip(same.get(&one.destination).copied());
        let Some(ends) = ends else {
            added.push(id);
            continue;
        };
        let known = gone.get_mut(&ends).and_then(|all| {
            let at = all.iter().position(|was| old.relationship(*was).description == one.description)?;
            Some(all.remove(at))
        });
        match known {
            Some(was) => changed(old, new, was, id, found),
            None => fresh.entry(ends).or_default().push(id),
        }
    }
    for (ends, ids) in fresh {
        // One left on each side between the same two: it says something else now.
        match (&ids[..], gone.get(&ends).map(Vec::as_slice)) {
            ([id], Some([was])) => {
                changed(old, new, *was, *id, found);
                gone.remove(&ends);
            }
            _ => added.extend(ids),
        }
    }
    added.sort();
    found.extend(added.into_iter().map(|id| relation(new, id, Change::Added, Vec::new())));
    let mut removed: Vec<RelationshipId> = gone.into_values().flatten().collect();
    removed.sort();
    found.extend(removed.into_iter().map(|id| relation(old, id, Change::Removed, Vec::new())));
}

fn changed(old: &Model, new: &Model, was: RelationshipId, is: RelationshipId, found: &mut Vec<RelationDifference>) {
    let (a, b) = (old.relationship(was), new.relationship(is));
    let mut fields = Vec::new();
    push(&mut fields, "description", &a.description, &b.description);
    push(&mut fields, "technology", &a.technology, &b.technology);
    push(&mut fields, "url", &a.url, &b.url);
    push(&mut fields, "tags", &sorted(&a.tags), &sorted(&b.tags));
    properties(&mut fields, &a.properties, &b.properties);
    if !fields.is_empty() {
        found.push(relation(new, is, Change::Changed, fields));
    }
}

fn relation(model: &Model, id: RelationshipId, change: Change, fields: Vec<FieldChange>) -> RelationDifference {
    let one = model.relationship(id);
    RelationDifference {
        change,
        from: model.key(one.source),
        from_name: model.name(one.source).to_owned(),
        to: model.key(one.destination),
        to_name: model.name(one.destination).to_owned(),
        description: one.description.clone(),
        fields,
    }
}
