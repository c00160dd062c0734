use super::*;
use serde_json::json;

fn shop() -> Workspace {
    let value = json!({
        "model": {
            "people": [{"id": "1", "name": "Customer", "relationships": [
                {"id": "10", "sourceId": "1", "destinationId": "3", "description": "buys"},
                {"id": "11", "sourceId": "1", "destinationId": "2", "description": "buys", "linkedRelationshipId": "10"}]}],
            "softwareSystems": [{"id": "2", "name": "Shop", "containers": [
                {"id": "3", "name": "Web", "relationships": [
                    {"id": "12", "sourceId": "3", "destinationId": "4", "description": "reads", "technology": "SQL"}]},
                {"id": "4", "name": "Database", "tags": "Element,Container,Store"}]}],
            "deploymentNodes": [{"id": "5", "name": "Host", "environment": "Live", "containerInstances": [
                {"id": "6", "containerId": "3", "instanceId": 1, "environment": "Live"},
                {"id": "7", "containerId": "4", "instanceId": 1, "environment": "Live"}]}],
        },
        "views": {"containerViews": [{
            "key": "inside", "softwareSystemId": "2",
            "elements": [{"id": "1"}, {"id": "3"}, {"id": "4"}],
            "relationships": [{"id": "10"}, {"id": "12"}],
        }]},
    });
    crate::json::import(value.to_string().as_bytes()).unwrap()
}

fn edit(value: serde_json::Value) -> Edit {
    serde_json::from_value(value).unwrap()
}

fn made(edits: &[serde_json::Value]) -> Result<Edited, Refusal> {
    let edits: Vec<Edit> = edits.iter().cloned().map(edit).collect();
    apply(&shop(), &Places::default(), &edits)
}

fn on(edited: &Edited, view: &str) -> Vec<String> {
    let model = &edited.workspace.model;
    edited.workspace.view(view).unwrap().elements.keys().map(|id| model.name(*id).to_owned()).collect()
}

#[test]
fn what_is_added_is_shown_related_and_placed() {
    let edited = made(&[
        json!({"edit": "add_element", "kind": "container", "name": "Job Queue", "parent": "Shop", "technology": "RabbitMQ",
               "view": "inside", "at": [40, 50]}),
        json!({"edit": "add_relation", "source": "Web", "destination": "Job Queue", "description": "puts jobs"}),
    ])
    .unwrap();
    assert_eq!(edited.added, ["jobqueue"]);
    assert_eq!(edited.places["inside"].elements["jobqueue"], (40, 50));
    let view = edited.workspace.view("inside").unwrap();
    assert_eq!(on(&edited, "inside"), ["Customer", "Web", "Database", "Job Queue"]);
    assert_eq!(view.relationships.len(), 3);
}

#[test]
fn a_new_name_keeps_the_key_and_its_places() {
    let place = json!({"edit": "place", "view": "inside", "elements": {"Container://Shop.Web": [1, 2]}});
    let bend = json!({"edit": "bend", "view": "inside", "relation": "12", "bends": [[5.0, 6.0]]});
    let edited =
        made(&[place, bend, json!({"edit": "update_element", "element": "Web", "name": "Storefront"})]).unwrap();
    let places = &edited.places["inside"];
    assert_eq!(places.elements.keys().collect::<Vec<_>>(), ["web"]);
    assert_eq!(places.lines[0].source, "web");
    assert_eq!(edited.renamed["Container://Shop.Web"], "web");
    let id = edited.workspace.model.by_key("web").unwrap();
    assert_eq!(edited.workspace.model.name(id), "Storefront");
    // Its instance is known by another name now as well.
    assert!(edited.renamed.values().any(|new| new == "ContainerInstance://Live/Host/Shop.Storefront[1]"));
}

#[test]
fn a_bent_line_stays_bent_until_it_is_let_go() {
    let bend =
        json!({"edit": "bend", "view": "inside", "relation": "12", "bends": [[5.0, 6.5], [7.0, -8.0]], "position": 30});
    let moved = json!({"edit": "place", "view": "inside", "elements": {"Container://Shop.Web": [400, 300]}});
    let edited = made(&[bend.clone(), moved]).unwrap();
    let line = &edited.places["inside"].lines[0];
    assert_eq!((line.bends.as_slice(), line.position), ([(5.0, 6.5), (7.0, -8.0)].as_slice(), Some(30)));
    // JSON says it beside the view, the text has no words for it: it comes back from the places.
    let mut drawn = edited.workspace.clone();
    crate::places::put(&mut drawn, &edited.places);
    let said = crate::json::export(&drawn)["views"]["containerViews"][0]["relationships"][1].clone();
    assert_eq!((&said["vertices"][1], &said["position"]), (&json!({"x": 7.0, "y": -8.0}), &json!(30)));
    let text = crate::dsl::write(&drawn);
    assert!(!text.contains("6.5"), "{text}");
    let again = made(&[bend, json!({"edit": "bend", "view": "inside", "relation": "12", "bends": []})]).unwrap();
    assert!(again.places["inside"].lines.is_empty());
}

#[test]
fn what_goes_takes_all_along_that_was_of_it() {
    let edited = made(&[json!({"edit": "delete_element", "element": "Database"})]).unwrap();
    let model = &edited.workspace.model;
    assert_eq!(model.elements().count(), 5);
    assert_eq!(model.relationships().count(), 2);
    assert_eq!(on(&edited, "inside"), ["Customer", "Web"]);
    let edited = made(&[json!({"edit": "delete_element", "element": "Shop"})]).unwrap();
    assert!(edited.workspace.views.is_empty());
    assert_eq!(edited.workspace.model.relationships().count(), 0);
}

#[test]
fn a_relation_goes_with_what_it_implied() {
    let edited = made(&[json!({"edit": "delete_relation", "relation": "10"})]).unwrap();
    assert_eq!(edited.workspace.model.relationships().count(), 1);
    assert_eq!(edited.workspace.view("inside").unwrap().relationships.len(), 1);
    let edited = made(&[json!({"edit": "update_relation", "relation": "10", "description": "orders"})]).unwrap();
    let said: Vec<_> = edited.workspace.model.relationships().map(|(_, one)| one.description.clone()).collect();
    assert_eq!(said, ["orders", "orders", "reads"]);
}

#[test]
fn views_come_with_what_is_usual_and_steps_are_numbered() {
    let edited = made(&[
        json!({"edit": "add_view", "kind": "dynamic", "key": "buying", "scope": "Shop", "title": "Buying"}),
        json!({"edit": "add_step", "view": "buying", "source": "Customer", "destination": "Web", "description": "asks"}),
        json!({"edit": "add_step", "view": "buying", "source": "Web", "destination": "Database"}),
        json!({"edit": "add_step", "view": "buying", "source": "Web", "destination": "Database", "response": true}),
        json!({"edit": "delete_step", "view": "buying", "step": 1}),
        json!({"edit": "add_view", "kind": "deployment", "environment": "Live"}),
    ])
    .unwrap();
    let steps: Vec<_> =
        edited.workspace.view("buying").unwrap().relationships.iter().map(|step| step.order.clone()).collect();
    assert_eq!(steps, ["1", "2"]);
    assert_eq!(on(&edited, "Deployment-001"), ["Host", "Web", "Database"]);
}

/// A workspace of a text.
fn read(text: &str) -> Workspace {
    struct One<'t>(&'t str);
    impl crate::dsl::Files for One<'_> {
        fn read(&self, _: &str) -> Option<Vec<u8>> {
            Some(self.0.as_bytes().to_vec())
        }
        fn list(&self, _: &str) -> Option<Vec<String>> {
            None
        }
    }
    crate::dsl::parse("text", &One(text), &crate::dsl::Options::default()).unwrap().workspace
}

fn split(workspace: &Workspace, view: &str) -> Workspace {
    let edit = edit(json!({"edit": "split_view", "view": view}));
    let edited = apply(workspace, &Places::default(), &[edit]).unwrap().workspace;
    // What is kept is read from its text again.
    let again = read(&crate::dsl::write(&edited));
    for view in &edited.views {
        let there = again.view(&view.key).unwrap_or_else(|| panic!("{} is written", view.key));
        assert_eq!(
            (view.elements.len(), view.relationships.len(), &view.title),
            (there.elements.len(), there.relationships.len(), &there.title),
            "{}",
            view.key
        );
    }
    edited
}

#[test]
fn a_dynamic_view_is_parted_into_stretches_of_its_steps() {
    use std::fmt::Write;
    let mut text = "workspace {\n model {\n".to_owned();
    (0..20).for_each(|at| writeln!(text, "  s{at} = softwareSystem \"S{at}\"").unwrap());
    (0..19).for_each(|at| writeln!(text, "  s{at} -> s{} \"calls\"", at + 1).unwrap());
    text += " }\n views {\n  dynamic * \"run\" {\n   title \"A night\"\n";
    (0..10).for_each(|at| writeln!(text, "   s{at} -> s{} \"asks\"", at + 1).unwrap());
    // In parallel: both begin with step 11.
    text += "   {\n    {\n     s10 -> s11 \"one\"\n     s11 -> s12 \"one\"\n    }\n    {\n     s12 -> s13 \"other\"\n    }\n   }\n";
    (13..19).for_each(|at| writeln!(text, "   s{at} -> s{} \"asks\"", at + 1).unwrap());
    text += "  }\n }\n}\n";
    let before = read(&text);
    let after = split(&before, "run");
    let parts: Vec<_> = after.views.iter().filter(|view| view.key != "run").collect();
    let whole: Vec<_> = before.view("run").unwrap().relationships.iter().map(|step| step.order.as_str()).collect();
    let told: Vec<_> = parts.iter().flat_map(|part| &part.relationships).map(|step| step.order.as_str()).collect();
    assert_eq!(told, whole, "every step once, in order, with its number");
    assert!(parts.len() > 1 && parts.iter().all(|part| part.elements.len() <= 12), "{}", parts.len());
    let titles: Vec<_> = parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(titles, ["A night 1–10", "A night 11–17"]);
    assert_eq!(parts[1].relationships[0].order, "11", "what is parallel stays together: {whole:?}");
}

#[test]
fn a_filtered_view_is_parted_without_what_it_filters() {
    use std::fmt::Write;
    let mut text = "workspace {\n model {\n".to_owned();
    (0..30).for_each(|at| writeln!(text, "  s{at} = softwareSystem \"S{at}\"").unwrap());
    (0..29).for_each(|at| {
        let tag = if at % 2 == 0 { "Old" } else { "New" };
        writeln!(text, "  s{at} -> s{} \"calls\" \"\" \"{tag}\"", at + 1).unwrap();
    });
    text += " }\n views {\n  systemLandscape \"all\" {\n   include *\n  }\n  filtered \"all\" exclude \"Old\" \"new\" {\n   title \"As it will be\"\n  }\n }\n}\n";
    let before = read(&text);
    let after = split(&before, "new");
    let parts: Vec<_> = after.views.iter().filter(|view| !["all", "new"].contains(&view.key.as_str())).collect();
    assert!(parts.len() > 1);
    let lines: std::collections::BTreeSet<_> =
        parts.iter().flat_map(|part| &part.relationships).map(|line| line.relationship).collect();
    assert_eq!(lines.len(), 14, "every line that is left, none that was filtered");
    let old = |id| after.model.relationship(id).tags.contains(&"Old".to_owned());
    assert!(!lines.iter().any(|id| old(*id)));
    let shown: std::collections::BTreeSet<_> = parts.iter().flat_map(|part| part.elements.keys()).collect();
    assert_eq!(shown.len(), 30);
    let again = edit(json!({"edit": "split_view", "view": parts[0].key}));
    assert!(
        apply(&after, &Places::default(), &[again]).is_ok_and(|twice| twice.workspace.views.len() > after.views.len())
    );
}

#[test]
fn what_cannot_be_is_refused_with_a_reason() {
    for (given, told) in [
        (json!({"edit": "add_element", "kind": "container", "name": "X"}), "a container cannot be there"),
        (json!({"edit": "add_element", "kind": "person", "name": " "}), "needs a name"),
        (json!({"edit": "add_element", "kind": "person", "name": "Shop"}), "already exists"),
        (json!({"edit": "update_element", "element": "Web", "name": "Database"}), "already"),
        (json!({"edit": "add_relation", "source": "Web", "destination": "Web"}), "two ends"),
        (json!({"edit": "add_relation", "source": "Web", "destination": "Shop"}), "parents and children"),
        (json!({"edit": "add_relation", "source": "Web", "destination": "Nobody"}), "no element \"Nobody\""),
        (json!({"edit": "show", "view": "inside", "element": "Shop"}), "cannot be on this view"),
        (json!({"edit": "add_view", "kind": "container"}), "about nothing"),
        (json!({"edit": "add_view", "kind": "system_landscape", "key": "inside"}), "already"),
        (json!({"edit": "split_view", "view": "inside"}), "no parts"),
        (json!({"edit": "place", "view": "inside", "elements": {"Nobody": [1, 1]}}), "no element"),
        (json!({"edit": "bend", "view": "inside", "relation": "11", "bends": []}), "not on this view"),
        (json!({"edit": "bend", "view": "inside", "relation": "12", "order": "1", "bends": []}), "not on this view"),
        (json!({"edit": "bend", "view": "inside", "relation": "12", "bends": [[1e300, 0]]}), "further away"),
        (json!({"edit": "bend", "view": "inside", "relation": "12", "bends": vec![[1, 1]; 101]}), "100 bends at most"),
        (
            json!({"edit": "bend", "view": "inside", "relation": "12", "bends": [], "position": 101}),
            "1 to 100 per cent",
        ),
    ] {
        let refusal = made(std::slice::from_ref(&given)).unwrap_err();
        assert!(refusal.message.contains(told), "{given}: {}", refusal.message);
    }
}
