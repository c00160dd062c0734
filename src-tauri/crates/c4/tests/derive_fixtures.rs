//! Own files of every format: what is derived, written out, against `expected.txt` beside them. `GROMA_BLESS=1` writes
//! those anew; read the difference before it is committed.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its fixtures")]

mod support;

use groma_c4::derive::{Derived, FOUND_BY, SOURCE, SOURCE_PLACE, derive};
use groma_c4::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/c4/derive")
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap() != "expected.txt")
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn written(derived: &Derived) -> String {
    let model = &derived.workspace.model;
    let mut out = String::new();
    for source in &derived.sources {
        writeln!(out, "source {} {:?}", source.file, source.kind).unwrap();
    }
    for (id, element) in model.elements() {
        let depth = model.lineage(id).count() - 1;
        write!(out, "{}{:?} {}", "  ".repeat(depth), element.kind, model.name(id)).unwrap();
        if !element.technology.is_empty() {
            write!(out, " [{}]", element.technology).unwrap();
        }
        let own: Vec<&str> =
            element.tags.iter().map(String::as_str).filter(|tag| !element.kind.default_tags().contains(tag)).collect();
        if !own.is_empty() {
            write!(out, " #{}", own.join(" #")).unwrap();
        }
        if !matches!(&*element.instances, "" | "1") {
            write!(out, " x{}", element.instances).unwrap();
        }
        if let Some(group) = &element.group {
            write!(out, " in {group}").unwrap();
        }
        if !element.description.is_empty() {
            write!(out, " \"{}\"", element.description).unwrap();
        }
        for (name, value) in &element.properties {
            write!(out, " {name}={value}").unwrap();
        }
        out.push('\n');
    }
    for (_, one) in model.relationships().filter(|(_, one)| one.linked.is_none()) {
        write!(out, "{} -> {} \"{}\"", model.name(one.source), model.name(one.destination), one.description).unwrap();
        if !one.technology.is_empty() {
            write!(out, " [{}]", one.technology).unwrap();
        }
        for (name, value) in &one.properties {
            write!(out, " {name}={value}").unwrap();
        }
        out.push('\n');
    }
    for view in &derived.workspace.views {
        let scope = view.scope.map_or("", |scope| model.name(scope));
        writeln!(
            out,
            "view {} {scope}{}: {} elements, {} relationships",
            view.key,
            view.environment,
            view.elements.len(),
            view.relationships.len()
        )
        .unwrap();
    }
    for one in &derived.diagnostics {
        writeln!(out, "{:?} {}:{} {}", one.level, one.file, one.line, one.message).unwrap();
    }
    out
}

fn compare(path: &Path, found: &str) -> Option<String> {
    if std::env::var("GROMA_BLESS").is_ok() {
        std::fs::write(path, found).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    (expected != found).then(|| format!("{}:\n{found}", path.display()))
}

#[test]
fn every_format_gives_what_is_expected() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("refused") {
            continue;
        }
        let files = files(&path);
        let given: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let derived = derive(&given).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        support::said::remarks_are_known(&derived.diagnostics);
        let found = written(&derived);
        assert!(!found.contains("s3cr3t"), "{}: a secret in\n{found}", path.display());
        let exported = json::export(&derived.workspace).to_string();
        assert!(!exported.contains("s3cr3t"), "{}: a secret in the export", path.display());
        // What is derived is a workspace like any other.
        let again = json::import(exported.as_bytes()).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        assert_eq!(again.model.elements().count(), derived.workspace.model.elements().count(), "{}", path.display());
        for (id, element) in derived.workspace.model.elements() {
            let home = derived.workspace.model.element(id).parent.is_none()
                && element.kind == groma_c4::ElementKind::SoftwareSystem;
            assert!(
                home || element.properties.contains_key(SOURCE) && element.properties.contains_key(SOURCE_PLACE),
                "{}: {}",
                path.display(),
                element.name
            );
        }
        for (_, one) in derived.workspace.model.relationships().filter(|(_, one)| one.linked.is_none()) {
            assert!(
                [SOURCE, SOURCE_PLACE, FOUND_BY].iter().all(|name| one.properties.contains_key(*name)),
                "{}",
                path.display()
            );
        }
        wrong.extend(compare(&path.join("expected.txt"), &found));
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 13, "{count}");
}

#[test]
fn bad_files_are_refused_with_place_and_remedy() {
    let path = folder().join("refused");
    let mut found = String::new();
    for (name, bytes) in files(&path) {
        let refusal = derive(&[(&name, &bytes)]).expect_err(&name);
        support::said::refusal_is_known(&refusal);
        assert_eq!(refusal.file, name);
        assert!(!refusal.message.is_empty() && !refusal.remedy.is_empty(), "{name}: {refusal}");
        writeln!(found, "{refusal}").unwrap();
    }
    let wrong = compare(&path.join("expected.txt"), &found);
    assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
}

#[test]
fn a_bad_file_among_good_ones_is_told_and_left_out() {
    let good = b"services: {api: {image: acme/api}}".as_slice();
    let derived = derive(&[
        ("compose.yaml", good),
        ("helm.yaml", b"apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.x }}}\n"),
    ])
    .unwrap();
    assert_eq!(derived.sources.len(), 1);
    assert!(
        derived
            .diagnostics
            .iter()
            .any(|one| one.file == "helm.yaml" && one.line == 3 && one.message.contains("helm template")),
        "{:?}",
        derived.diagnostics
    );
}
