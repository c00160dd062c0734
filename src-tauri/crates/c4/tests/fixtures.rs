//! Own workspaces, one for each hard meaning of the language, with what must come of them.

#![allow(clippy::expect_used)]

mod support;

use groma_c4::dsl::{self, Options, Parsed};
use groma_c4::model::{ElementStyle, RelationshipStyle, Scheme};
use groma_c4::{Workspace, summary};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use support::{Disk, differences, digest, ends, fixtures, read_json};

const ALL: [&str; 17] = [
    "implied",
    "include",
    "deployment",
    "dynamic",
    "archetypes",
    "hierarchical",
    "groups",
    "grammar",
    "joined",
    "script",
    "parts/main",
    "extends/child",
    "extends/json-child",
    "styles",
    "views",
    "legacy",
    "outside",
];

fn parse(name: &str, strict: bool) -> Result<Parsed, groma_c4::Refusal> {
    let read = dsl::parse(&format!("{name}.dsl"), &Disk(fixtures()), &Options { strict });
    match &read {
        Ok(parsed) => support::said::remarks_are_known(&parsed.diagnostics),
        Err(refusal) => support::said::refusal_is_known(refusal),
    }
    read
}

/// What the expectation asks of a workspace, in its form.
fn seen(parsed: &Parsed, expected: &Map<String, Value>) -> Value {
    let workspace = &parsed.workspace;
    let digest = digest(workspace);
    let mut seen = Map::new();
    for (what, wanted) in expected {
        let value = match what.as_str() {
            "figures" => only(&summary_of(parsed), wanted),
            "relationships" => json!(relationships(workspace, wanted)),
            "views" => json!(views(workspace, wanted)),
            "steps" => json!(steps(workspace)),
            "elements" => fields(&digest["elements"], wanted),
            "tags" => json!(tags(workspace, wanted)),
            "animations" => json!(animations(workspace, wanted)),
            "styles" => json!(styles(workspace)),
            "files" => json!(parsed.files),
            "diagnostics" => json!(parsed.diagnostics.iter().map(|one| one.line).collect::<Vec<_>>()),
            "strictLine" => wanted.clone(),
            field => digest[field].clone(),
        };
        seen.insert(what.clone(), value);
    }
    Value::Object(seen)
}

fn summary_of(parsed: &Parsed) -> Value {
    let mut figures = summary(&parsed.workspace, &parsed.diagnostics);
    figures["views"] = figures["views"].as_array().expect("views").len().into();
    figures
}

/// The fields of an object that are asked for.
fn only(value: &Value, wanted: &Value) -> Value {
    let names = wanted.as_object().expect("an object").keys();
    Value::Object(names.map(|name| (name.clone(), value[name].clone())).collect())
}

fn fields(all: &Value, wanted: &Value) -> Value {
    let mut seen = Map::new();
    for (name, wanted) in wanted.as_object().expect("an object") {
        let mut one = only(&all[name], wanted);
        if let (Some(tags), Some(order)) =
            (one.get_mut("tags").and_then(Value::as_array_mut), wanted["tags"].as_array())
        {
            // Digests are in order of the alphabet.
            tags.sort_by_key(|tag| order.iter().position(|one| one == tag));
        }
        if let (Some(own), Some(wanted)) =
            (one.get_mut("properties").and_then(Value::as_object_mut), wanted["properties"].as_object())
        {
            own.retain(|name, _| wanted.contains_key(name) || name != groma_c4::model::IDENTIFIER);
        }
        seen.insert(name.clone(), one);
    }
    Value::Object(seen)
}

fn relationships(workspace: &Workspace, wanted: &Value) -> Vec<String> {
    let model = &workspace.model;
    let all = model.relationships().map(|(id, one)| {
        let implied = if one.linked.is_some() { " (implied)" } else { "" };
        format!("{}{implied}", ends(model, id))
    });
    in_order(all.collect(), wanted)
}

/// In the order of the expectation, what it does not know last.
fn in_order(mut all: Vec<String>, wanted: &Value) -> Vec<String> {
    let order: Vec<&str> = wanted.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    all.sort_by_key(|one| order.iter().position(|known| known == one).unwrap_or(usize::MAX));
    all
}

fn views(workspace: &Workspace, wanted: &Value) -> Map<String, Value> {
    let views = workspace.views.iter().map(|view| {
        let names = view.elements.keys().map(|id| workspace.model.name(*id).to_owned()).collect();
        let elements = in_order(names, &wanted[&view.key]["elements"].as_array().map_or(json!([]), |list| json!(list)));
        (view.key.clone(), json!({ "elements": elements, "relationships": view.relationships.len() }))
    });
    views.collect()
}

fn steps(workspace: &Workspace) -> Map<String, Value> {
    let model = &workspace.model;
    let views = workspace.views.iter().map(|view| {
        let steps = view.relationships.iter().map(|step| {
            let one = model.relationship(step.relationship);
            let answer = if step.response { "answer " } else { "" };
            let (from, to) = (model.name(one.source), model.name(one.destination));
            format!("{} {answer}{from} -> {to}: {} ({})", step.order, step.description, one.description)
        });
        (view.key.clone(), json!(steps.collect::<Vec<_>>()))
    });
    views.collect()
}

fn tags(workspace: &Workspace, wanted: &Value) -> Map<String, Value> {
    let model = &workspace.model;
    let all = model
        .relationships()
        .map(|(id, one)| (ends(model, id), json!(format!("{} {}", one.technology, one.tags.join(",")))));
    all.filter(|(name, _)| wanted.get(name).is_some()).collect()
}

fn animations(workspace: &Workspace, wanted: &Value) -> Map<String, Value> {
    let views = workspace.views.iter().filter(|view| wanted.get(&view.key).is_some());
    let named = |step: &groma_c4::model::Animation| {
        step.elements.iter().map(|id| workspace.model.name(*id).to_owned()).collect::<Vec<_>>()
    };
    views.map(|view| (view.key.clone(), json!(view.animations.iter().map(named).collect::<Vec<_>>()))).collect()
}

fn styles(workspace: &Workspace) -> Vec<String> {
    let styles = &workspace.configuration.styles;
    let all = styles.elements.iter().map(element_style);
    all.chain(styles.relationships.iter().map(relationship_style)).collect()
}

fn titled(tag: &str, scheme: Option<Scheme>, fields: &[(&str, Option<String>)]) -> String {
    let scheme = match scheme {
        None => "",
        Some(Scheme::Light) => " light",
        Some(Scheme::Dark) => " dark",
    };
    let said: Vec<String> =
        fields.iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?))).collect();
    format!("{tag}{scheme}: {}", said.join(" "))
}

fn element_style(one: &ElementStyle) -> String {
    let number = |value: Option<i64>| value.map(|value| value.to_string());
    let fields = [
        ("shape", one.shape.clone()),
        ("icon", one.icon.clone()),
        ("background", one.background.clone()),
        ("color", one.color.clone()),
        ("strokeWidth", number(one.stroke_width)),
        ("border", one.border.clone()),
        ("opacity", number(one.opacity)),
        ("fontSize", number(one.font_size)),
        ("metadata", one.metadata.map(|flag| flag.to_string())),
    ];
    titled(&one.tag, one.scheme, &fields)
}

fn relationship_style(one: &RelationshipStyle) -> String {
    let number = |value: Option<i64>| value.map(|value| value.to_string());
    let fields = [
        ("routing", one.routing.clone()),
        ("style", one.style.clone()),
        ("thickness", number(one.thickness)),
        ("dashed", one.dashed.map(|flag| flag.to_string())),
        ("jump", one.jump.map(|flag| flag.to_string())),
        ("position", number(one.position)),
    ];
    titled(&one.tag, one.scheme, &fields)
}

#[test]
fn each_fixture_means_what_it_should() {
    let mut problems = Vec::new();
    for name in ALL {
        let expected = read_json(&fixtures().join(format!("{name}.expected.json")));
        match parse(name, false) {
            Err(refusal) => problems.push(refusal.to_string()),
            Ok(parsed) => {
                let seen = seen(&parsed, expected.as_object().expect("an object"));
                differences(name, &seen, &expected, &mut problems);
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn strict_refuses_what_is_only_out_of_date() {
    for name in ALL {
        let expected = read_json(&fixtures().join(format!("{name}.expected.json")));
        match (parse(name, true), expected.get("strictLine")) {
            (Err(refusal), Some(line)) => assert_eq!(Some(refusal.line as u64), line.as_u64(), "{refusal}"),
            (Ok(_), None) => {}
            (other, _) => panic!("{name}: {:?}", other.map(|parsed| parsed.diagnostics)),
        }
    }
}

#[test]
fn no_two_identifiers_are_the_same_when_written() {
    for name in ALL {
        let Ok(parsed) = parse(name, false) else { continue };
        let text = dsl::write(&parsed.workspace);
        let names = text.lines().filter_map(|line| Some(line.trim().split_once(" = ")?.0.to_owned()));
        let all: Vec<String> = names.filter(|name| !name.contains(' ') && !name.contains('"')).collect();
        if !text.contains("!identifiers hierarchical") {
            let different: BTreeSet<&String> = all.iter().collect();
            assert_eq!(different.len(), all.len(), "{name}");
        }
    }
}

#[test]
fn technology_of_found_relationships_is_that_of_their_instances() {
    let workspace = parse("deployment", false).expect("a workspace").workspace;
    let technologies = |of_instances: bool| -> Vec<&str> {
        let all = workspace.model.relationships().map(|(_, one)| one).filter(|one| one.description == "Reads");
        all.filter(|one| {
            let source = workspace.model.element(one.source);
            source.kind.is_instance() == of_instances && (!of_instances || source.environment == "Test")
        })
        .map(|one| one.technology.as_str())
        .collect()
    };
    assert_eq!(technologies(false), ["SQL"]);
    assert_eq!(technologies(true), ["SQL over TLS", "SQL over TLS"]);
}
