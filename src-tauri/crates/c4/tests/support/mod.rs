//! A folder on disk for the parser, the corpus, and a workspace as plain JSON that two readings can be compared by.
#![allow(dead_code, clippy::disallowed_methods, clippy::expect_used, clippy::print_stdout, clippy::unwrap_used)]

pub mod said;

use groma_c4::dsl::Files;
use groma_c4::model::{IDENTIFIER, Perspective, Properties, RelationshipId};
use groma_c4::{ElementId, Model, View, Workspace};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// A folder on disk.
pub struct Disk(pub PathBuf);

impl Files for Disk {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(path)).ok()
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        let entries = std::fs::read_dir(self.0.join(folder)).ok()?;
        let name = |entry: std::fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            Some(if entry.path().is_dir() { format!("{name}/") } else { name })
        };
        Some(entries.flatten().filter_map(name).collect())
    }
}

/// The repository's own fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/c4")
}

/// The corpus beside the repository, when it is there.
pub fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus/c4");
    if folder.join("manifest.json").is_file() {
        return Some(folder);
    }
    println!("skipped: there is no corpus at {}", folder.display());
    None
}

pub fn read_bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&read_bytes(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Everything of a workspace by names instead of ids, in an order of its own.
pub fn digest(workspace: &Workspace) -> Value {
    let model = &workspace.model;
    let mut elements = Map::new();
    for (id, element) in model.elements() {
        elements.insert(
            model.canonical(id),
            json!({
                "description": element.description,
                "technology": element.technology,
                "tags": sorted(element.tags.clone()),
                "url": element.url,
                "group": element.group,
                "properties": properties(&element.properties),
                "perspectives": perspectives(&element.perspectives),
                "instances": element.instances,
                "deploymentGroups": sorted(element.deployment_groups.clone()),
                "healthChecks": sorted(element.health_checks.iter().map(|one| format!("{} {} {} {}", one.name, one.url, one.interval, one.timeout)).collect()),
            }),
        );
    }
    let mut relationships = Map::new();
    for (id, one) in model.relationships() {
        relationships.insert(
            ends(model, id),
            json!({
                "technology": one.technology,
                "tags": sorted(one.tags.clone()),
                "url": one.url,
                "properties": properties(&one.properties),
                "perspectives": perspectives(&one.perspectives),
                "linked": one.linked.map(|linked| ends(model, linked)),
            }),
        );
    }
    let configuration = &workspace.configuration;
    let style = |tag: &str, scheme: Option<groma_c4::model::Scheme>| format!("{tag} {scheme:?}");
    let mut styles: Vec<String> =
        configuration.styles.elements.iter().map(|one| format!("{} {one:?}", style(&one.tag, one.scheme))).collect();
    styles.extend(
        configuration.styles.relationships.iter().map(|one| format!("{} {one:?}", style(&one.tag, one.scheme))),
    );
    json!({
        "name": workspace.name,
        "description": workspace.description,
        "properties": properties(&workspace.properties),
        "access": workspace.access,
        "modelProperties": properties(&model.properties),
        "elements": elements,
        "relationships": relationships,
        "views": workspace.views.iter().map(|one| (one.key.clone(), view(model, one))).collect::<Map<_, _>>(),
        "styles": sorted(styles),
        "themes": configuration.themes,
        "terminology": configuration.terminology,
        "defaultView": configuration.default_view,
        "metadataSymbols": configuration.metadata_symbols,
        "branding": configuration.branding,
        "viewProperties": properties(&configuration.properties),
    })
}

fn view(model: &Model, view: &View) -> Value {
    let name = |id: &ElementId| model.canonical(*id);
    let shown: Vec<String> = view
        .relationships
        .iter()
        .map(|one| {
            let answer = if one.response { " (answer)" } else { "" };
            format!(
                "{} | {} | {}{answer} {} {}",
                ends(model, one.relationship),
                one.order,
                one.description,
                one.url,
                properties(&one.properties)
            )
        })
        .collect();
    let auto = view
        .auto_layout
        .as_ref()
        .map(|auto| format!("{:?} {} {}", auto.direction, auto.rank_separation, auto.node_separation));
    json!({
        "kind": view.kind.prefix(),
        "generatedKey": view.generated_key,
        "order": view.order,
        "title": view.title,
        "description": view.description,
        "scope": view.scope.map(|id| model.canonical(id)),
        "environment": view.environment,
        "elements": sorted(view.elements.keys().map(name).collect()),
        "relationships": sorted(shown),
        "animations": view.animations.iter().map(|step| {
            json!([sorted(step.elements.iter().map(name).collect()), sorted(step.relationships.iter().map(|id| ends(model, *id)).collect())])
        }).collect::<Vec<_>>(),
        "autoLayout": auto,
        "base": view.base,
        "mode": if view.base.is_empty() { String::new() } else { format!("{:?}", view.mode) },
        "tags": sorted(view.tags.clone()),
        "properties": properties(&view.properties),
        "image": view.image.content,
    })
}

/// A relationship by its ends and what it says.
pub fn ends(model: &Model, id: RelationshipId) -> String {
    let one = model.relationship(id);
    format!("{} -> {}: {}", model.canonical(one.source), model.canonical(one.destination), one.description)
}

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort();
    all
}

fn perspectives(all: &[Perspective]) -> Vec<String> {
    sorted(all.iter().map(|one| format!("{} {} {} {}", one.name, one.description, one.value, one.url)).collect())
}

/// Without made-up identifiers.
fn properties(all: &Properties) -> Value {
    let made_up = |name: &str| name.split('.').any(|part| part.len() == 36 && part.matches('-').count() == 4);
    let own = all.iter().filter(|(name, value)| *name != IDENTIFIER || !made_up(value));
    Value::Object(own.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect())
}

/// Where two digests differ, in words.
pub fn differences(place: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, value) in one {
                match other.get(name) {
                    Some(known) => differences(&format!("{place}/{name}"), value, known, found),
                    None => found.push(format!("{place}/{name}: only in the first: {value}")),
                }
            }
            for (name, value) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
                found.push(format!("{place}/{name}: only in the second: {value}"));
            }
        }
        _ if one != other => found.push(format!("{place}: {one} != {other}")),
        _ => {}
    }
}
