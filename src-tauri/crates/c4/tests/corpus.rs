//! The collected workspaces against what the reference makes of them.

#![allow(clippy::expect_used)]

mod support;

use groma_c4::content::default_views;
use groma_c4::dsl::{self, Options, Parsed};
use groma_c4::model::IDENTIFIER;
use groma_c4::{Refusal, Workspace, json, summary};
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use std::path::Path;
use support::{Disk, corpus, differences, digest, read_json};

struct Entry {
    file: String,
    kind: String,
    format: String,
    about: Value,
}

fn entries(folder: &Path, format: &str, kinds: &[&str]) -> Vec<Entry> {
    let manifest = read_json(&folder.join("manifest.json"));
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let all = manifest["files"].as_array().expect("files").iter().map(|one| Entry {
        file: text(one, "file"),
        kind: text(one, "kind"),
        format: text(one, "format"),
        about: one.clone(),
    });
    all.filter(|one| one.format == format && kinds.contains(&one.kind.as_str())).collect()
}

fn parse(folder: &Path, file: &str, strict: bool) -> Result<Parsed, Refusal> {
    let read = dsl::parse(file, &Disk(folder.to_owned()), &Options { strict });
    match &read {
        Ok(parsed) => support::said::remarks_are_known(&parsed.diagnostics),
        Err(refusal) => support::said::refusal_is_known(refusal),
    }
    read
}

/// The manifest's figures of a summary.
fn figures(summary: &Value) -> Value {
    let mut figures = summary.clone();
    let views = summary["views"].as_array().expect("views");
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut contents = serde_json::Map::new();
    for view in views {
        let kind = view["type"].as_str().expect("type");
        *kinds.entry(format!("{kind}s")).or_default() += 1;
        let shown =
            (view["elements"].as_u64().expect("elements"), view["relationships"].as_u64().expect("relationships"));
        if shown != (0, 0) && kind != "filteredView" {
            contents.insert(view["key"].as_str().expect("key").to_owned(), value!([shown.0, shown.1]));
        }
    }
    figures["views"] = views.len().into();
    figures["viewsByType"] = value!(kinds);
    figures["viewContents_key_elements_relationships"] = Value::Object(contents);
    figures.as_object_mut().expect("an object").remove("diagnostics");
    figures
}

fn expect_figures(entry: &Entry, ours: &Value, problems: &mut Vec<String>) {
    let mut expected = entry.about["expected"].clone();
    let contents = expected["viewContents_key_elements_relationships"].as_object_mut().expect("contents");
    contents.retain(|_, shown| *shown != value!([0, 0]));
    let mut found = Vec::new();
    differences("", ours, &expected, &mut found);
    problems.extend(found.into_iter().map(|one| format!("{}: {one}", entry.file)));
}

/// The reference's workspace, less what is known to be other here.
fn known(mut expected: Workspace) -> Workspace {
    for view in &mut expected.views {
        view.image.content = None;
        for step in &mut view.relationships {
            // An opening brace is not what a step says.
            if step.description == "{" {
                step.description.clear();
            }
        }
    }
    for style in &mut expected.configuration.styles.elements {
        style.icon = None;
    }
    let ids: Vec<_> = expected.model.elements().map(|(id, _)| id).collect();
    for id in ids {
        // Older versions wrote the default group down.
        expected.model.element_mut(id).deployment_groups.retain(|group| group != "Default");
    }
    expected
}

fn without_layout(digest: Value) -> Value {
    match digest {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(name, _)| name != "autoLayout" && name != IDENTIFIER);
            Value::Object(kept.map(|(name, value)| (name, without_layout(value))).collect())
        }
        other => other,
    }
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} differences\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn dsl_gives_the_figures_of_the_reference() {
    let Some(folder) = corpus() else { return };
    let entries = entries(&folder, "dsl", &["positive", "positive-legacy"]);
    assert_eq!(entries.len(), 83);
    let mut problems = Vec::new();
    for entry in &entries {
        match parse(&folder, &entry.file, false) {
            Ok(parsed) => {
                expect_figures(entry, &figures(&summary(&parsed.workspace, &parsed.diagnostics)), &mut problems)
            }
            Err(refusal) => problems.push(refusal.to_string()),
        }
    }
    report(&problems);
}

#[test]
fn dsl_gives_what_the_reference_gives() {
    let Some(folder) = corpus() else { return };
    let mut problems = Vec::new();
    for entry in entries(&folder, "dsl", &["positive", "positive-legacy"]) {
        let Ok(mut parsed) = parse(&folder, &entry.file, false) else { continue };
        for view in &mut parsed.workspace.views {
            // Pictures are named and not read in; what has a server draw them stays empty.
            view.image.content = None;
        }
        for style in &mut parsed.workspace.configuration.styles.elements {
            style.icon = None;
        }
        let path = folder.join(entry.about["expectedJson"].as_str().expect("expectedJson"));
        let mut expected = read_json(&path);
        expected["properties"] = expected.get("properties").cloned().unwrap_or_else(|| value!({}));
        let expected =
            known(json::import(&serde_json::to_vec(&expected).expect("JSON")).expect("the reference's workspace"));
        let mut found = Vec::new();
        let (mut ours, mut theirs) = (digest(&parsed.workspace), digest(&expected));
        if entry.kind == "positive-legacy" {
            // Identifiers were written in lower case, and the machine laid views out in another way.
            (ours, theirs) = (without_layout(ours), without_layout(theirs));
        }
        differences("", &ours, &theirs, &mut found);
        // Views that were made up are laid out by the machine, whatever the kind.
        found.retain(|one| {
            let made_up = one.contains("/autoLayout: \"TopBottom 300 300\" != ");
            !(made_up && (one.ends_with("null") || one.ends_with("\"TopBottom 100 50\"")))
        });
        // Which of several it follows from, the reference leaves to chance.
        found.retain(|one| !(entry.file.ends_with("bulk-operations.dsl") && one.contains("/linked: ")));
        problems.extend(found.into_iter().map(|one| format!("{}: {one}", entry.file)));
    }
    report(&problems);
}

#[test]
fn json_gives_the_figures_of_the_reference() {
    let Some(folder) = corpus() else { return };
    let entries = entries(&folder, "json", &["positive"]);
    assert_eq!(entries.len(), 7);
    let mut problems = Vec::new();
    for entry in &entries {
        let bytes = support::read_bytes(&folder.join(&entry.file));
        match json::import(&bytes) {
            Ok(mut workspace) => {
                if workspace.views.is_empty() {
                    default_views(&mut workspace);
                }
                expect_figures(entry, &figures(&summary(&workspace, &[])), &mut problems);
            }
            Err(refusal) => problems.push(format!("{}: {refusal}", entry.file)),
        }
    }
    report(&problems);
}

/// The line that an error of the reference names: the one in the file itself.
fn named_line(error: &str) -> Option<usize> {
    let (_, rest) = error.split_once(" at line ")?;
    rest.split(' ').next()?.parse().ok()
}

#[test]
fn negatives_are_refused_where_the_reference_refuses_them() {
    let Some(folder) = corpus() else { return };
    let dsl = entries(&folder, "dsl", &["negative"]);
    assert_eq!(dsl.len(), 12);
    for entry in &dsl {
        let error = entry.about["expectedError"].as_str().expect("expectedError");
        // What is only out of date is a warning, unless everything newer is asked for.
        let strict = error.starts_with("!ref ");
        let refusal = parse(&folder, &entry.file, strict).expect_err(&entry.file);
        assert_eq!(Some(refusal.line), named_line(error), "{}: {refusal}", entry.file);
        let said = error.split(" at line ").next().expect("a message");
        let first = said.split(" (expected").next().expect("words");
        let first = first.split(" - please").next().expect("words");
        assert!(refusal.message.starts_with(first), "{}: {refusal}\n{error}", entry.file);
        assert!(!refusal.remedy.is_empty(), "{refusal}");
    }
    let json = entries(&folder, "json", &["negative"]);
    assert_eq!(json.len(), 15);
    for entry in &json {
        let refusal = json::import(&support::read_bytes(&folder.join(&entry.file))).expect_err(&entry.file);
        support::said::refusal_is_known(&refusal);
        let error = entry.about["expectedError"].as_str().expect("expectedError");
        assert!(refusal.message.starts_with(error.trim_end_matches('.')), "{}: {refusal}\n{error}", entry.file);
    }
}

#[test]
fn what_needs_the_outside_is_reported_and_read() {
    let Some(folder) = corpus() else { return };
    let entries = entries(&folder, "dsl", &["needs-outside"]);
    assert_eq!(entries.len(), 15);
    let mut problems = Vec::new();
    for entry in &entries {
        match parse(&folder, &entry.file, false) {
            Err(refusal) => problems.push(refusal.to_string()),
            Ok(parsed) if parsed.diagnostics.is_empty() => problems.push(format!("{}: nothing said", entry.file)),
            Ok(parsed) => {
                // A block is reported where it begins, and the reference refuses it where it ends.
                let error = entry.about["expectedError"].as_str().unwrap_or_default();
                let early = named_line(error).is_none_or(|line| parsed.diagnostics.iter().any(|one| one.line <= line));
                if !early {
                    problems.push(format!("{}: {:?} for {error}", entry.file, parsed.diagnostics));
                }
            }
        }
    }
    report(&problems);
}

#[test]
fn fragments_are_for_including() {
    let Some(folder) = corpus() else { return };
    let entries = entries(&folder, "dsl", &["fragment"]);
    assert_eq!(entries.len(), 7);
    for entry in &entries {
        let refusal = parse(&folder, &entry.file, false).expect_err(&entry.file);
        assert_eq!(refusal.line, 1, "{refusal}");
        assert_eq!(refusal.message, "Unexpected tokens (expected: workspace)");
    }
}
