//! What is written as DSL reads as the same workspace.

#![allow(clippy::expect_used)]

mod support;

use groma_c4::content::default_views;
use groma_c4::dsl::{self, Files, Options};
use groma_c4::model::IDENTIFIER;
use groma_c4::{Workspace, json, places};
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::{Disk, corpus, differences, digest, fixtures, read_bytes};

/// A text in place of a file; everything else is in the folder.
struct Written {
    text: String,
    folder: Disk,
}

impl Files for Written {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if path == "written.dsl" { Some(self.text.clone().into_bytes()) } else { self.folder.read(path) }
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        self.folder.list(folder)
    }
}

/// Writes and reads a workspace and tells what is other afterwards.
fn round_trip(name: &str, folder: &Path, mut workspace: Workspace, problems: &mut Vec<String>) {
    for step in workspace.views.iter_mut().flat_map(|view| &mut view.relationships) {
        // The reference once took an opening brace for what a step says.
        if step.description == "{" {
            step.description.clear();
        }
    }
    if workspace.views.is_empty() {
        default_views(&mut workspace);
    }
    let text = dsl::write(&workspace);
    let files = Written { text: text.clone(), folder: Disk(folder.to_owned()) };
    let again = match dsl::parse("written.dsl", &files, &Options::default()) {
        Ok(parsed) => parsed.workspace,
        Err(refusal) => {
            let line = text.lines().nth(refusal.line.saturating_sub(1)).unwrap_or_default();
            problems.push(format!("{name}: {refusal}: {line}"));
            return;
        }
    };
    let (mut first, mut second) = (digest(&workspace), digest(&again));
    for (kind, all) in [("elements", "properties"), ("relationships", "properties")] {
        let known = first[kind].clone();
        for (name, one) in second[kind].as_object_mut().expect("an object") {
            // An identifier that was made up for the text.
            if known[name][all].get(IDENTIFIER).is_none() {
                one[all].as_object_mut().expect("properties").remove(IDENTIFIER);
            }
        }
    }
    unsaid(&mut first);
    unsaid(&mut second);
    let mut found = Vec::new();
    differences("", &first, &second, &mut found);
    problems.extend(found.into_iter().map(|one| format!("{name}: {one}")));
    let third = dsl::write(&again);
    if third != text {
        let line = text.lines().zip(third.lines()).position(|(one, other)| one != other).unwrap_or_default();
        problems.push(format!(
            "{name}: written twice it is other at line {}: {:?} / {:?}",
            line + 1,
            text.lines().nth(line),
            third.lines().nth(line)
        ));
    }
}

/// Takes out what the language has no words for.
fn unsaid(digest: &mut Value) {
    for view in digest["views"].as_object_mut().expect("views").values_mut() {
        // Views are counted anew.
        view["order"] = Value::Null;
    }
}

/// Positions and bends, by names.
fn layout(workspace: &Workspace) -> Value {
    let model = &workspace.model;
    let views = workspace.views.iter().map(|view| {
        let places =
            view.elements.iter().map(|(id, shown)| (model.canonical(*id), serde_json::json!([shown.x, shown.y])));
        let bends = view.relationships.iter().map(|one| {
            (
                format!("{} {}", support::ends(model, one.relationship), one.order),
                serde_json::json!([one.vertices, one.extra]),
            )
        });
        let all: serde_json::Map<String, Value> = places.chain(bends).collect();
        (view.key.clone(), serde_json::json!([all, view.paper_size, view.dimensions]))
    });
    Value::Object(views.collect())
}

#[test]
fn positions_are_carried_over() {
    let Some(folder) = corpus() else { return };
    let mut placed = 0;
    for name in
        ["resources/structurizr-36141-workspace.json", "backwardsCompatibility/structurizr-36141-workspace.json"]
    {
        let mut workspace = json::import(&read_bytes(&folder.join("json").join(name))).expect(name);
        for view in &mut workspace.views {
            view.auto_layout = None;
        }
        let files = Written { text: dsl::write(&workspace), folder: Disk(folder.clone()) };
        let mut again = dsl::parse("written.dsl", &files, &Options::default()).expect(name).workspace;
        assert_ne!(layout(&again), layout(&workspace));
        places::put(&mut again, &places::take(&workspace));
        let mut found = Vec::new();
        differences(name, &layout(&workspace), &layout(&again), &mut found);
        report(&found);
        placed += again.views.iter().flat_map(|view| view.elements.values()).filter(|shown| shown.x.is_some()).count();
    }
    assert!(placed > 50, "{placed} elements are placed");
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} differences\n{}", problems.len(), problems.join("\n"));
}

/// All files of a folder that end so.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for name in Disk(folder.clone()).list("").unwrap_or_default() {
            match name.strip_suffix('/') {
                Some(inner) => folders.push(folder.join(inner)),
                None if name.ends_with(end) => found.push(folder.join(name)),
                None => {}
            }
        }
    }
    found.sort();
    found
}

fn dsl_files(folder: &Path, problems: &mut Vec<String>) -> usize {
    let mut read = 0;
    for file in files(folder, ".dsl") {
        let path = file.strip_prefix(folder).expect("within").to_string_lossy().into_owned();
        if let Ok(parsed) = dsl::parse(&path, &Disk(folder.to_owned()), &Options::default()) {
            read += 1;
            round_trip(&path, folder, parsed.workspace, problems);
        }
    }
    read
}

#[test]
fn own_fixtures_survive() {
    let mut problems = Vec::new();
    let read = dsl_files(&fixtures(), &mut problems);
    report(&problems);
    assert!(read >= 12, "{read} fixtures");
}

#[test]
fn the_corpus_survives() {
    let Some(folder) = corpus() else { return };
    let mut problems = Vec::new();
    let read = dsl_files(&folder, &mut problems);
    report(&problems);
    assert!(read >= 90, "{read} files");
}

#[test]
fn what_the_reference_wrote_survives() {
    let Some(folder) = corpus() else { return };
    let mut problems = Vec::new();
    let mut read = 0;
    for file in files(&folder, ".json")
        .into_iter()
        .filter(|file| !file.ends_with("manifest.json") && !file.starts_with(folder.join("infra")))
    {
        if let Ok(workspace) = json::import(&read_bytes(&file)) {
            read += 1;
            let name = file.strip_prefix(&folder).expect("within").to_string_lossy().into_owned();
            round_trip(&name, &folder, workspace, &mut problems);
        }
    }
    report(&problems);
    assert!(read >= 90, "{read} files");
}
