//! Where a person put things: taken from a workspace and put on another, by names that survive an edit of the text.

use groma_model::{LinePlace, Places, ViewPlaces};

use crate::model::{RelationshipView, View, Workspace};

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
    let bent = view.relationships.iter().filter(|line| !line.vertices.is_empty());
    let lines: Vec<LinePlace> = bent.map(|line| named(workspace, line)).collect();
    // The paper's size alone is nobody's decision.
    let size = view.dimensions.filter(|_| !elements.is_empty() || !lines.is_empty());
    ViewPlaces { elements, lines, size }
}

fn named(workspace: &Workspace, line: &RelationshipView) -> LinePlace {
    let model = &workspace.model;
    let relationship = model.relationship(line.relationship);
    LinePlace {
        source: model.key(relationship.source),
        destination: model.key(relationship.destination),
        description: relationship.description.clone(),
        order: line.order.clone(),
        bends: line.vertices.clone(),
    }
}

/// Puts places on the views: what was there is forgotten; places of what is no longer there are passed over.
pub fn put(workspace: &mut Workspace, places: &Places) {
    let none = ViewPlaces::default();
    for at in 0..workspace.views.len() {
        let there = places.get(&workspace.views[at].key).unwrap_or(&none);
        let keys: Vec<_> = workspace.views[at].elements.keys().map(|id| (*id, workspace.model.key(*id))).collect();
        let lines: Vec<LinePlace> =
            workspace.views[at].relationships.iter().map(|line| named(workspace, line)).collect();
        let view = &mut workspace.views[at];
        for (id, key) in keys {
            let place = there.elements.get(&key);
            if let Some(element) = view.elements.get_mut(&id) {
                (element.x, element.y) = (place.map(|place| place.0), place.map(|place| place.1));
            }
        }
        for (line, name) in view.relationships.iter_mut().zip(lines) {
            let same = |other: &&LinePlace| {
                (&other.source, &other.destination, &other.description, &other.order)
                    == (&name.source, &name.destination, &name.description, &name.order)
            };
            line.vertices = there.lines.iter().find(same).map(|place| place.bends.clone()).unwrap_or_default();
        }
        // A person's places are not for the machine to change.
        if !there.elements.is_empty() || !there.lines.is_empty() {
            view.auto_layout = None;
        }
        if there.size.is_some() {
            view.dimensions = there.size;
        }
    }
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
}
