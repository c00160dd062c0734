//! Real compose files, manifests and traces: services and edges as the manifest beside them lists them.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, reason = "a test reads its corpus")]

use groma_c4::derive::{CALLS, Derived, FOUND_BY, TRAFFIC_KIND, derive};
use groma_c4::{ElementId, ElementKind, Model, Relationship};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn corpus() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus/c4");
    if path.join("infra/manifest.json").exists() {
        return Some(path);
    }
    println!("skipped: the corpus is not here");
    None
}

fn each(kind: &str, mut check: impl FnMut(&str, &Derived, &Value)) -> usize {
    let Some(root) = corpus() else { return 0 };
    let manifest: Vec<Value> =
        serde_json::from_slice(&std::fs::read(root.join("infra/manifest.json")).unwrap()).unwrap();
    let mut count = 0;
    for entry in manifest.iter().filter(|entry| entry["kind"] == kind) {
        let name = entry["file"].as_str().unwrap();
        let bytes = std::fs::read(root.join(name)).unwrap();
        let derived = derive(&[(name, &bytes)]).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        check(name, &derived, &entry["expected"]);
        count += 1;
    }
    assert!(count > 0, "{kind}");
    count
}

fn containers<'m>(model: &'m Model, keep: impl Fn(ElementId) -> bool + 'm) -> BTreeSet<String> {
    model.of_kind(ElementKind::Container).filter(|id| keep(*id)).map(|id| model.name(id).to_owned()).collect()
}

/// Relationships that are said, not implied and not copied to instances.
fn said(model: &Model) -> impl Iterator<Item = (&str, &str, &Relationship)> {
    model
        .relationships()
        .filter(|(_, one)| one.linked.is_none())
        .map(|(_, one)| (model.name(one.source), model.name(one.destination), one))
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn pairs(value: &Value) -> BTreeSet<(String, String)> {
    let text = |one: &Value| one.as_str().unwrap().to_owned();
    value.as_array().unwrap().iter().map(|one| (text(&one[0]), text(&one[1]))).collect()
}

fn property<'m>(model: &'m Model, id: ElementId, name: &str) -> Option<&'m str> {
    model.element(id).properties.get(name).map(String::as_str)
}

#[test]
fn compose_files_give_their_services_and_dependencies() {
    let count = each("compose", |name, derived, expected| {
        let model = &derived.workspace.model;
        let defined = |id: ElementId| !model.element(id).has_tag("Unresolved");
        assert_eq!(containers(model, defined), texts(&expected["services"]), "{name}");
        let by = |word: &str| -> BTreeSet<(String, String)> {
            let found = said(model).filter(|(_, _, one)| one.properties[FOUND_BY].split(", ").any(|by| by == word));
            found.map(|(from, to, _)| (from.to_owned(), to.to_owned())).collect()
        };
        assert_eq!(by("depends_on"), pairs(&expected["dependsOn"]), "{name}");
        assert_eq!(by("links"), pairs(&expected["links"]), "{name}");
        let all = || model.of_kind(ElementKind::Container).filter(|id| defined(*id));
        let with =
            |property_name: &str| all().filter(|id| property(model, *id, property_name).is_some()).count() as u64;
        assert_eq!(with("image"), expected["withImage"].as_u64().unwrap(), "{name}");
        assert_eq!(with("compose.build"), expected["withBuild"].as_u64().unwrap(), "{name}");
        let ports = all().filter_map(|id| property(model, id, "compose.ports")).flat_map(|text| text.split(", "));
        assert_eq!(ports.count() as u64, expected["publishedPorts"].as_u64().unwrap(), "{name}");
        for id in all() {
            assert_eq!(property(model, id, "groma.source"), Some(name));
            assert!(property(model, id, "groma.source.place").unwrap().starts_with("line "));
        }
        let systems: BTreeSet<&str> = model.of_kind(ElementKind::SoftwareSystem).map(|id| model.name(id)).collect();
        assert_eq!(systems, BTreeSet::from(["compose"]), "{name}");
    });
    println!("{count} compose files");
}

#[test]
fn settings_of_compose_files_lead_to_their_hosts() {
    for (file, from, to, technology) in [
        ("wasmedge-kafka-mysql-compose.yml", "etl", "db", "MySQL"),
        ("wasmedge-kafka-mysql-compose.yml", "etl", "redpanda", "Kafka"),
        ("gitea-postgres-compose.yaml", "gitea", "db", "PostgreSQL"),
        ("nextcloud-redis-mariadb-compose.yaml", "nc", "redis", "Redis"),
        ("nextcloud-redis-mariadb-compose.yaml", "nc", "db", "MariaDB"),
        ("wordpress-mysql-compose.yaml", "wordpress", "db", "MariaDB"),
    ] {
        let Some(root) = corpus() else { return };
        let path = root.join("infra/compose").join(file);
        let derived = derive(&[(file, &std::fs::read(path).unwrap())]).unwrap();
        let found = said(&derived.workspace.model).find(|(source, target, _)| (*source, *target) == (from, to));
        assert_eq!(found.map(|(.., one)| one.technology.as_str()), Some(technology), "{file}: {from} -> {to}");
    }
}

#[test]
fn manifests_give_their_workloads_and_the_addresses_in_their_environment() {
    let count = each("k8s", |name, derived, expected| {
        let model = &derived.workspace.model;
        let names = texts(&expected["names"]);
        let of = |kind: &str| -> BTreeSet<String> {
            names.iter().filter_map(|one| one.strip_prefix(kind)?.strip_prefix('/')).map(str::to_owned).collect()
        };
        let defined = |id: ElementId| !model.element(id).has_tag("Unresolved");
        assert_eq!(containers(model, defined), of("Deployment"), "{name}");
        let services: BTreeSet<String> = model
            .of_kind(ElementKind::Container)
            .filter_map(|id| property(model, id, "kubernetes.services"))
            .flat_map(|text| text.split("; "))
            .map(|one| one.split(' ').next().unwrap().to_owned())
            .collect();
        assert_eq!(services, of("Service"), "{name}");
        let edges: BTreeSet<(String, String)> = said(model)
            .filter(|(.., one)| one.properties[FOUND_BY].contains("environment"))
            .map(|(from, to, _)| (from.to_owned(), to.to_owned()))
            .collect();
        assert_eq!(edges, pairs(&expected["envAddressEdges"]), "{name}");
        assert_eq!(model.of_kind(ElementKind::ContainerInstance).count(), of("Deployment").len(), "{name}");
    });
    println!("{count} manifests");
}

#[test]
fn manifests_together_resolve_each_other() {
    let Some(root) = corpus() else { return };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join("infra/k8s")).unwrap() {
        let path = entry.unwrap().path();
        files.push((path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()));
    }
    files.sort();
    let given: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let derived = derive(&given).unwrap();
    let model = &derived.workspace.model;
    let unresolved: Vec<&str> =
        model.elements().filter(|(_, one)| one.has_tag("Unresolved")).map(|(_, one)| one.name.as_str()).collect();
    assert_eq!(unresolved, ["shoppingassistantservice"]);
    assert_eq!(said(model).count(), 17);
    assert_eq!(derived.diagnostics, []);
}

#[test]
fn traces_give_their_services_and_calls() {
    let count = each("trace", |name, derived, expected| {
        let model = &derived.workspace.model;
        let is = |id: ElementId, tag: &str| model.element(id).has_tag(tag);
        let service = |id: ElementId| !["Queue", "Database", "Unresolved"].iter().any(|tag| is(id, tag));
        assert_eq!(containers(model, service), texts(&expected["services"]), "{name}");
        // The manifest writes a data store with its product, a count for Jaeger, a kind for OTLP.
        let shown = |id: ElementId| match property(model, id, "db.system") {
            Some(system) => format!("{system} ({})", model.name(id)),
            None => model.name(id).to_owned(),
        };
        let Some(edges) = expected.get("edges") else {
            assert_eq!(said(model).count(), 0, "{name}");
            return;
        };
        let wanted: BTreeSet<Vec<String>> = edges
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                one.as_array()
                    .unwrap()
                    .iter()
                    .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
                    .collect()
            })
            .collect();
        let last = if expected["format"] == "jaeger" { CALLS } else { TRAFFIC_KIND };
        let found: BTreeSet<Vec<String>> = said(model)
            .map(|(.., one)| vec![shown(one.source), shown(one.destination), one.properties[last].clone()])
            .collect();
        assert_eq!(found, wanted, "{name}");
    });
    println!("{count} traces");
}
