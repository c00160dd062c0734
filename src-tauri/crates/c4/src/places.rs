//! Where a person put things: taken from a workspace and put on another, by names that survive an edit of the text.

use groma_model::{LinePlace, Places, ViewPlaces};
use serde_json::Value;

use crate::model::{ElementId, Model, RelationshipView, View, Workspace};

/// The places of all views on which a person put something.
pub fn take(workspace: &Workspace) -> Places {
    let views = workspace.views.iter().map(|view| (view.key.clone(), of(workspace, view)));
    views.filter(|(_, places)| *places != ViewPlaces::default()).collect()
}

fn of(workspace: &Workspace, view: &View) -> ViewPlaces {
    // What the machine laid out it can lay out again.
    if view.auto_layout.is_some() {
        return ViewPlaces::default();
    }
    let model = &workspace.model;
    let placed = view.elements.iter().filter_map(|(id, there)| Some((model.key(*id), (there.x?, there.y?))));
    let elements: std::collections::BTreeMap<_, _> = placed.collect();
    let lines: Vec<LinePlace> = view.relationships.iter().filter_map(|line| led(workspace, line)).collect();
    // The paper's size alone is nobody's decision.
    let decided = !elements.is_empty() || !lines.is_empty();
    let paper = view.paper_size.clone().filter(|_| decided).unwrap_or_default();
    ViewPlaces { elements, lines, size: view.dimensions.filter(|_| decided), paper }
}

/// How a person led a line; `None` where nobody did.
fn led(workspace: &Workspace, line: &RelationshipView) -> Option<LinePlace> {
    let percent = line.extra.get(POSITION).and_then(Value::as_u64).and_then(|percent| u8::try_from(percent).ok());
    let place = LinePlace {
        bends: line.vertices.clone(),
        position: percent.filter(|percent| (1..=100).contains(percent)),
        routing: line.extra.get(ROUTING).and_then(Value::as_str).unwrap_or_default().to_owned(),
        ..named(workspace, line, Model::key)
    };
    (!place.bends.is_empty() || place.position.is_some() || !place.routing.is_empty()).then_some(place)
}

/// Fields of a line of a view in Structurizr's JSON.
const POSITION: &str = "position";
const ROUTING: &str = "routing";

fn named(workspace: &Workspace, line: &RelationshipView, name: fn(&Model, ElementId) -> String) -> LinePlace {
    let model = &workspace.model;
    let relationship = model.relationship(line.relationship);
    LinePlace {
        source: name(model, relationship.source),
        destination: name(model, relationship.destination),
        description: relationship.description.clone(),
        order: line.order.clone(),
        ..LinePlace::default()
    }
}

/// Puts places on the views: what was there is forgotten; places of what is no longer there are passed over.
///
/// Elements are found by their keys, or by their canonical names where a text gave them identifiers since; lines by
/// their ends and what they say, or as the only one between the same two.
pub fn put(workspace: &mut Workspace, places: &Places) {
    let none = ViewPlaces::default();
    for at in 0..workspace.views.len() {
        let there = places.get(&workspace.views[at].key).unwrap_or(&none);
        let model = &workspace.model;
        let of = |id: &ElementId| {
            there.elements.get(&model.key(*id)).or_else(|| there.elements.get(&model.canonical(*id))).copied()
        };
        let elements: Vec<_> = workspace.views[at].elements.keys().map(|id| (*id, of(id))).collect();
        let lines: Vec<LinePlace> =
            workspace.views[at].relationships.iter().map(|line| found(workspace, at, line, there)).collect();
        let view = &mut workspace.views[at];
        for (id, place) in elements {
            if let Some(element) = view.elements.get_mut(&id) {
                (element.x, element.y) = (place.map(|place| place.0), place.map(|place| place.1));
            }
        }
        for (line, place) in view.relationships.iter_mut().zip(lines) {
            line.vertices = place.bends;
            let routing = Some(place.routing).filter(|name| !name.is_empty());
            for (field, value) in [(POSITION, place.position.map(Value::from)), (ROUTING, routing.map(Value::from))] {
                match value {
                    Some(value) => line.extra.insert(field.to_owned(), value),
                    None => line.extra.remove(field),
                };
            }
        }
        // A person's places are not for the machine to change.
        if !there.elements.is_empty() || !there.lines.is_empty() {
            view.auto_layout = None;
        }
        if there.size.is_some() {
            view.dimensions = there.size;
        }
        if !there.paper.is_empty() {
            view.paper_size = Some(there.paper.clone());
        }
    }
}

/// How a line of a view was led; not at all where that is not told.
fn found(workspace: &Workspace, view: usize, line: &RelationshipView, there: &ViewPlaces) -> LinePlace {
    let names = [named(workspace, line, Model::key), named(workspace, line, Model::canonical)];
    let told = there.lines.iter().find(|place| names.iter().any(|name| place.is_of(name)));
    // Other words between the same two: still that line, if there is but one.
    let only = || {
        let ends = |one: &LinePlace| LinePlace { description: String::new(), ..one.clone() };
        let alike = |one: &LinePlace| names.iter().any(|name| ends(name).is_of(&ends(one)));
        let shown =
            workspace.views[view].relationships.iter().filter(|other| alike(&named(workspace, other, Model::key)));
        let mut told = there.lines.iter().filter(|place| alike(place));
        told.next().filter(|_| told.next().is_none() && shown.count() == 1)
    };
    told.or_else(only).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn where_a_person_puts_something_the_machine_lays_out_no_more() {
        let mut machine = workspace(["Shop", "Bank"]);
        let places = take(&machine);
        machine.views[0].auto_layout = Some(crate::model::AutoLayout::usual());
        assert!(take(&machine).is_empty(), "what the machine placed is nobody's decision");
        put(&mut machine, &places);
        assert!(machine.views[0].auto_layout.is_none());
        assert_eq!(take(&machine), places);
    }

    fn workspace(names: [&str; 2]) -> Workspace {
        let value = json!({
            "model": {"softwareSystems": [
                {"id": "1", "name": names[0], "relationships": [
                    {"id": "3", "sourceId": "1", "destinationId": "2", "description": "asks"}]},
                {"id": "2", "name": names[1]},
            ]},
            "views": {"systemLandscapeViews": [{
                "key": "all", "elements": [{"id": "1", "x": 10, "y": 20}, {"id": "2", "x": 300, "y": 40}],
                "relationships": [{"id": "3", "vertices": [{"x": 150, "y": 30}]}],
                "dimensions": {"width": 800, "height": 600},
            }]},
        });
        crate::json::import(value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn places_come_back_and_those_of_what_is_gone_are_passed_over() {
        let placed = workspace(["Shop", "Bank"]);
        let places = take(&placed);
        let mut bare = placed.clone();
        put(&mut bare, &Places::default());
        assert_ne!(bare, placed);
        assert!(take(&bare).is_empty());
        put(&mut bare, &places);
        assert_eq!(bare, placed);
        let mut renamed = workspace(["Shop", "Store"]);
        put(&mut renamed, &places);
        let left = &take(&renamed)["all"];
        assert_eq!(left.elements.keys().collect::<Vec<_>>(), ["SoftwareSystem://Shop"]);
        assert!(left.lines.is_empty());
    }

    #[test]
    fn a_line_keeps_its_way_when_it_says_something_else() {
        let mut placed = workspace(["Shop", "Bank"]);
        placed.views[0].relationships[0].extra.insert("position".to_owned(), json!(30));
        let places = take(&placed);
        assert_eq!(places["all"].lines[0].position, Some(30));
        let mut said = placed.clone();
        let id = said.views[0].relationships[0].relationship;
        said.model.relationship_mut(id).description = "pays".to_owned();
        put(&mut said, &places);
        let line = &said.views[0].relationships[0];
        assert_eq!((line.vertices.len(), line.extra["position"].as_u64()), (1, Some(30)));
        put(&mut said, &Places::default());
        assert!(said.views[0].relationships[0].extra.is_empty());
    }
}
