//! Which relationships must be said and which follow, and how they are said.

use super::names::Names;
use super::text::Text;
use super::{perspectives, properties};
use crate::model::{ElementId, Implied, Model, Relationship, RelationshipId, tag_list};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A relationship by what makes it one of its own.
type Key = (ElementId, ElementId, String);

fn key(relationship: &Relationship) -> Key {
    (relationship.source, relationship.destination, relationship.description.clone())
}

/// What runs: relationships to say and to take away within an environment.
#[derive(Default)]
pub(super) struct Running {
    pub(super) said: Vec<RelationshipId>,
    pub(super) removed: Vec<Key>,
    pub(super) changed: Vec<RelationshipId>,
}

/// Which relationships must be said for the others to follow.
pub(super) struct Plan {
    /// In order, each with what it is to imply.
    pub(super) said: Vec<(RelationshipId, Implied)>,
    /// Those that follow and have something of their own.
    pub(super) changed: Vec<RelationshipId>,
    /// By environment.
    pub(super) running: BTreeMap<String, Running>,
}

impl Plan {
    pub(super) fn of(model: &Model) -> Self {
        let mut plan = Self { said: Vec::new(), changed: Vec::new(), running: BTreeMap::new() };
        // A model of the same elements, to see what follows from what.
        let mut tried = Model::default();
        for (_, element) in model.elements() {
            if tried.add(element.clone()).is_err() {
                break;
            }
        }
        let environment = |one: &Relationship| {
            let ends = [one.source, one.destination].map(|id| model.element(id));
            ends.into_iter().find(|end| end.kind.is_deployment()).map(|end| end.environment.clone())
        };
        let mut implied: HashMap<RelationshipId, HashSet<Key>> = HashMap::new();
        for (_, one) in model.relationships() {
            if let (Some(linked), None) = (one.linked, environment(one)) {
                implied.entry(linked).or_default().insert(key(one));
            }
        }
        // JSON lists relationships by their source; ids tell in which order they were made.
        let mut in_order: Vec<(RelationshipId, &Relationship)> = model.relationships().collect();
        in_order.sort_by_key(|(_, one)| one.id.parse::<u64>().unwrap_or(u64::MAX));
        for (id, one) in in_order {
            match (environment(one), one.linked) {
                (None, None) => {
                    let wanted = implied.remove(&id).unwrap_or_default();
                    plan.said.push((id, imply(&mut tried, one, &wanted)));
                }
                (None, Some(_)) if find(&tried, &key(one)).is_none() => {
                    // It does not follow: it must be said.
                    let said = Relationship { linked: None, id: String::new(), ..one.clone() };
                    if tried.connect(said).is_ok() {
                        plan.said.push((id, Implied::Off));
                    }
                }
                (Some(environment), None) => plan.running.entry(environment).or_default().said.push(id),
                _ => {}
            }
        }
        plan.replicated(model, &mut tried, &environment);
        for (id, one) in model
            .relationships()
            .filter(|(_, one)| one.linked.is_some() && (has_own(one) || !own_technology(model, one).is_empty()))
        {
            if model.between(one.source, one.destination).len() == 1 {
                match environment(one) {
                    Some(environment) => plan.running.entry(environment).or_default().changed.push(id),
                    None => plan.changed.push(id),
                }
            }
        }
        plan
    }

    /// What runs has copies of the relationships of what it is of; where the model differs, it is said.
    fn replicated(&mut self, model: &Model, tried: &mut Model, environment: &dyn Fn(&Relationship) -> Option<String>) {
        let instances: Vec<ElementId> =
            model.elements().filter(|(_, element)| element.kind.is_instance()).map(|(id, _)| id).collect();
        for id in instances {
            tried.replicate(id);
        }
        let copies = |model: &Model| -> Vec<(Key, String)> {
            let linked = model.relationships().filter(|(_, one)| one.linked.is_some());
            linked.filter_map(|(_, one)| Some((key(one), environment(one)?))).collect()
        };
        let (wanted, made) = (copies(model), copies(tried));
        let known: HashSet<&Key> = wanted.iter().map(|(key, _)| key).collect();
        for (key, environment) in made.iter().filter(|(key, _)| !known.contains(key)) {
            self.running.entry(environment.clone()).or_default().removed.push(key.clone());
        }
        let made: HashSet<&Key> = made.iter().map(|(key, _)| key).collect();
        for (key, environment) in wanted.iter().filter(|(key, _)| !made.contains(key)) {
            let id = find(model, key);
            self.running.entry(environment.clone()).or_default().said.extend(id);
        }
    }

    /// The ends of all that is said.
    pub(super) fn ends(&self, model: &Model) -> Vec<ElementId> {
        let said = self.said.iter().map(|(id, _)| id).chain(&self.changed);
        let running = self.running.values().flat_map(|one| one.said.iter().chain(&one.changed));
        let ends = said.chain(running).map(|id| model.relationship(*id));
        let removed = self.running.values().flat_map(|one| one.removed.iter().flat_map(|key| [key.0, key.1]));
        ends.flat_map(|one| [one.source, one.destination]).chain(removed).collect()
    }
}

fn find(model: &Model, key: &Key) -> Option<RelationshipId> {
    model.between(key.0, key.1).iter().copied().find(|id| model.relationship(*id).description == key.2)
}

/// The technology of one that follows from another, where it is not the other's.
fn own_technology<'m>(model: &Model, one: &'m Relationship) -> &'m str {
    let linked = one.linked.map(|id| model.relationship(id));
    linked.filter(|linked| linked.technology != one.technology).map_or("", |_| &one.technology)
}

fn has_own(one: &Relationship) -> bool {
    !one.tags.is_empty() || !one.url.is_empty() || !one.properties.is_empty() || !one.perspectives.is_empty()
}

/// Adds a relationship in the way that makes what is wanted follow from it, as far as there is one.
fn imply(tried: &mut Model, one: &Relationship, wanted: &HashSet<Key>) -> Implied {
    let fresh = || Relationship { linked: None, id: String::new(), ..one.clone() };
    for implied in [Implied::UnlessAny, Implied::UnlessSame, Implied::Off] {
        let before: HashSet<RelationshipId> = HashSet::from_iter(linked_from(tried, one));
        let Ok(id) = tried.relate(fresh(), implied) else { return Implied::UnlessAny };
        let made: Vec<RelationshipId> =
            linked_from(tried, one).into_iter().filter(|made| !before.contains(made) && *made != id).collect();
        let keys: HashSet<Key> = made.iter().map(|id| key(tried.relationship(*id))).collect();
        if keys == *wanted || implied == Implied::Off {
            return implied;
        }
        made.into_iter().chain([id]).for_each(|id| tried.disconnect(id));
    }
    Implied::Off
}

/// The relationships between what the ends are within.
fn linked_from(model: &Model, one: &Relationship) -> Vec<RelationshipId> {
    let mut all = Vec::new();
    for from in model.lineage(one.source) {
        for to in model.lineage(one.destination) {
            all.extend(model.between(from, to));
        }
    }
    all
}

pub(super) fn write(text: &mut Text, model: &Model, names: &Names, plan: &Plan) {
    text.blank();
    let mut current = Implied::UnlessAny;
    for (id, implied) in &plan.said {
        // What implies nothing either way needs no word.
        let one = model.relationship(*id);
        let alone = model.element(one.source).parent.is_none() && model.element(one.destination).parent.is_none();
        if *implied != current && !alone {
            current = *implied;
            text.line(match current {
                Implied::Off => "!impliedRelationships false",
                Implied::UnlessAny => "!impliedRelationships true",
                Implied::UnlessSame => {
                    "!impliedRelationships \"com.structurizr.model.CreateImpliedRelationshipsUnlessSameRelationshipExistsStrategy\""
                }
            });
        }
        said(text, model, names, *id);
    }
    changed(text, model, names, &plan.changed);
}

/// One relationship, with its braces where it needs them.
pub(super) fn said(text: &mut Text, model: &Model, names: &Names, id: RelationshipId) {
    let one = model.relationship(id);
    let tags: Vec<&str> = one.tags.iter().map(String::as_str).filter(|tag| *tag != "Relationship").collect();
    let mut keyword = format!("{} -> {}", names.element(one.source), names.element(one.destination));
    if let Some(name) = names.relationship(id) {
        keyword = format!("{name} = {keyword}");
    }
    let line = text.words(&keyword, &[&one.description, &one.technology, &tags.join(",")], 0);
    block(text, &line, one, &[], "");
}

/// Relationships that follow from others and have something of their own.
pub(super) fn changed(text: &mut Text, model: &Model, names: &Names, ids: &[RelationshipId]) {
    for id in ids {
        let one = model.relationship(*id);
        let line = format!("!relationships \"{}->{}\"", names.element(one.source), names.element(one.destination));
        let tags: Vec<&str> = one.tags.iter().flat_map(|tag| tag_list(tag)).collect();
        block(text, &line, one, &tags, own_technology(model, one));
    }
}

fn block(text: &mut Text, line: &str, one: &Relationship, tags: &[&str], technology: &str) {
    let own = one.properties.keys().any(|name| name != crate::model::IDENTIFIER);
    if technology.is_empty() && tags.is_empty() && one.url.is_empty() && !own && one.perspectives.is_empty() {
        text.line(line);
        return;
    }
    text.open(line);
    if !technology.is_empty() {
        text.call("technology", &[technology], 1);
    }
    if !tags.is_empty() {
        text.call("tags", &[&tags.join(",")], 1);
    }
    if !one.url.is_empty() {
        text.call("url", &[&one.url], 1);
    }
    properties(text, &one.properties);
    perspectives(text, &one.perspectives);
    text.close();
}
