//! No severity is made up in silence: of every fixture, those assigned at import are told, and a word that no tool
//! writes is told by its name.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files")]

use std::{collections::BTreeSet, path::PathBuf};

use groma_evidence::{Import, Outcome, read};
use groma_model::SeverityOrigin;

/// A word that no tool writes.
const STRANGE: &str = "Qzxword";

/// Formats whose checks have a severity even where they passed; it says nothing then.
const PASSED: &[&str] = &["trivy-operator"];

/// Fixtures that are read, by path and text.
fn fixtures() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/evidence");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(entry.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if !path.to_string_lossy().ends_with(".expected.json") {
                let bytes = std::fs::read(&path).unwrap();
                files.push((path, bytes));
            }
        }
    }
    assert!(files.len() > 200, "only {} fixtures", files.len());
    files
}

/// Of how many issues the diagnostics say that their severity was assigned at import.
fn told(import: &Import) -> usize {
    let assigned = import.diagnostics.iter().filter(|remark| remark.message.contains("assigned at import"));
    let counts = assigned.filter_map(|remark| {
        let before = remark.message.split(" issues").next().unwrap_or_default();
        before.rsplit(' ').next().unwrap_or_default().parse::<usize>().ok()
    });
    counts.sum()
}

#[test]
fn what_is_assigned_at_import_is_told() {
    let (mut wrong, mut some) = (Vec::new(), 0);
    for (path, bytes) in fixtures() {
        let Outcome::Imported(import) = read("x", &bytes, None) else { continue };
        let assigned = import.issues.iter().filter(|issue| issue.severity_origin == SeverityOrigin::Importer).count();
        some += assigned;
        if assigned != told(&import) {
            wrong.push(format!("{}: {assigned} assigned, {} told", path.display(), told(&import)));
        }
        for issue in &import.issues {
            if issue.severity_origin == SeverityOrigin::Tool && issue.native_severity.is_empty() {
                wrong.push(format!("{}: {} is said to be the tool's {}", path.display(), issue.at, issue.severity));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(some > 100, "only {some} severities were assigned");
}

/// The text with a word, where it stands by itself, replaced by a strange one.
fn estranged(text: &str, word: &str) -> String {
    let (mut out, mut position) = (String::with_capacity(text.len()), 0);
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    for (at, _) in text.match_indices(word) {
        let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        if at < position || part_of_word(before) || part_of_word(after) {
            continue;
        }
        out.push_str(&text[position..at]);
        // A number becomes another one where words would be no JSON.
        out.push_str(if matches!(before, Some('"' | '>' | '\'')) || !word.starts_with(|c: char| c.is_ascii_digit()) {
            STRANGE
        } else {
            "7777"
        });
        position = at + word.len();
    }
    out.push_str(&text[position..]);
    out
}

#[test]
fn a_word_that_nobody_knows_is_told_by_its_name() {
    let (mut wrong, mut tried) = (Vec::new(), BTreeSet::new());
    for (path, bytes) in fixtures() {
        let (Outcome::Imported(import), Ok(text)) = (read("x", &bytes, None), std::str::from_utf8(&bytes)) else {
            continue;
        };
        let words = import.measurements.iter().filter(|m| m.metric == "scan.native_severity").map(|m| &*m.subject);
        for word in words.filter(|word| *word != "(none)").collect::<BTreeSet<_>>() {
            let Outcome::Imported(strange) = read("x", estranged(text, word).as_bytes(), Some(&import.format)) else {
                continue;
            };
            for unknown in [STRANGE, "7777"] {
                let counted = strange.value("scan.native_severity", unknown).unwrap_or_default();
                if counted == 0.0 {
                    continue;
                }
                tried.insert(import.format.clone());
                let issues = strange.issues.iter().filter(|issue| issue.native_severity == unknown);
                let named = strange.diagnostics.iter().any(|remark| remark.message.contains(unknown));
                let passed = issues.clone().count() == 0 && PASSED.contains(&&*import.format);
                if !(named || passed) {
                    let file = path.display();
                    wrong.push(format!("{file}: `{word}` as {unknown}: {counted} results, {} issues", issues.count()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(tried.len() > 40, "only of {tried:?}");
}
