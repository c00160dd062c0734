//! No severity is made up in silence: of every fixture, those assigned at import are told, and a word that no tool
//! writes is told by its name.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files")]

use std::{collections::BTreeSet, path::PathBuf};

use groma_evidence::{
    Chosen, Format, Import, Outcome, Words, formats, read, read_until, severities_of, tool_severities,
};
use groma_model::{Issue, Severity, SeverityOrigin};

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

fn format_of(import: &Import) -> &'static Format {
    formats().iter().find(|format| format.id == import.format).unwrap()
}

/// What is wrong with the severity of an issue, held against what its format says of itself.
fn undeclared(issue: &Issue, format: &Format) -> Option<&'static str> {
    let severities = format.severities;
    let said = |words: Words| {
        let of_word = words.iter().filter(|(word, _)| word.eq_ignore_ascii_case(&issue.native_severity));
        of_word.map(|(_, severity)| *severity).collect::<Vec<_>>()
    };
    let own = [said(severities.words), said(severities.old_words)].concat();
    let missing = |words: Words| said(words).is_empty();
    let unknown = missing(severities.words) || !severities.old_words.is_empty() && missing(severities.old_words);
    match issue.severity_origin {
        SeverityOrigin::Tool if own.contains(&issue.severity) || severities.scored => None,
        SeverityOrigin::Tool => Some("is said to be the tool's, by no word of the table"),
        // SARIF has a level where none is said.
        SeverityOrigin::Importer if severities.of_many && own.contains(&issue.severity) => None,
        SeverityOrigin::Importer if said(severities.assigned).contains(&issue.severity) => None,
        // Of a version whose words it is not among.
        SeverityOrigin::Importer if unknown && issue.severity == Severity::Medium => None,
        SeverityOrigin::Importer => Some("was assigned, by no word of the table"),
        SeverityOrigin::Consultant => Some("was chosen by nobody"),
    }
}

#[test]
fn every_format_that_makes_issues_declares_how_they_get_their_severities() {
    let (mut wrong, mut with_issues) = (Vec::new(), BTreeSet::new());
    for (path, bytes) in fixtures() {
        let Outcome::Imported(import) = read("x", &bytes, None) else { continue };
        // A table that somebody mapped has no format.
        let format = format_of(&import);
        for issue in &import.issues {
            with_issues.insert(format.id);
            if let Some(why) = undeclared(issue, format) {
                let (file, word) = (path.display(), &issue.native_severity);
                wrong.push(format!("{file}: {} `{word}` {} {why}", issue.at, issue.severity));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let declared: BTreeSet<&str> = formats().iter().filter(|f| f.severities.any()).map(|format| format.id).collect();
    assert_eq!(with_issues, declared, "formats whose fixtures make issues, and those that say how they rate them");
    // Each stands in the one list, under its tool.
    let listed: BTreeSet<&str> = tool_severities().into_iter().flat_map(|(_, tool)| tool.formats).collect();
    assert_eq!(listed, declared);
}

#[test]
fn the_tables_of_a_tool_s_formats_are_one() {
    let npm = severities_of(["npm-audit-v6", "npm-audit-v7"]);
    assert_eq!(npm, severities_of(["npm-audit-v6", "npm-audit-v7"]));
    let words: Vec<_> = npm.words.iter().map(|word| (word.word, &*word.built_in)).collect();
    use Severity::{Critical, High, Info, Low, Medium};
    let want: [(&str, &[Severity]); 5] =
        [("critical", &[Critical]), ("high", &[High]), ("moderate", &[Medium]), ("low", &[Low]), ("info", &[Info])];
    assert_eq!(words, want);
    // Wapiti turned its levels round: both meanings are told.
    let wapiti = severities_of(["wapiti"]);
    assert_eq!(wapiti.words.iter().find(|word| word.word == "1").unwrap().built_in, [High, Low]);
    // No tool gives one word two meanings unseen, but where its versions or what else it says decide.
    for (tool, table) in tool_severities() {
        let several = table.words.iter().filter(|word| word.built_in.len() > 1 && !word.assigned);
        assert!(several.count() == 0 || tool == "Wapiti", "{tool}");
    }
}

/// Everything of an import but the severities and what is counted and told of them.
fn without_severities(import: &Import) -> Vec<(String, String, String)> {
    import.issues.iter().map(|issue| (issue.at.clone(), issue.fingerprint.clone(), issue.message.clone())).collect()
}

#[test]
fn what_was_chosen_goes_before_the_table_in_every_format() {
    let (mut wrong, mut tried) = (Vec::new(), BTreeSet::new());
    for (path, bytes) in fixtures() {
        let Outcome::Imported(import) = read("x", &bytes, None) else { continue };
        for severity in [Severity::Critical, Severity::Low] {
            let mut chosen = Chosen::default();
            for issue in &import.issues {
                chosen.set(&import.tool.to_uppercase(), &issue.native_severity.to_lowercase(), severity);
            }
            chosen.set("another tool", "high", Severity::Info);
            let Some(Outcome::Imported(again)) = read_until("x", &bytes, Some(&import.format), &chosen, &|| false)
            else {
                wrong.push(format!("{}: not read again", path.display()));
                continue;
            };
            if without_severities(&again) != without_severities(&import) {
                wrong.push(format!("{}: other issues", path.display()));
            }
            if again.diagnostics.iter().any(|remark| remark.message.contains("assigned at import")) {
                wrong.push(format!("{}: still told as assigned", path.display()));
            }
            for (issue, before) in again.issues.iter().zip(&import.issues) {
                // What a score decides no word does.
                let scored = format_of(&import).severities.scored && issue.severity_origin == SeverityOrigin::Tool;
                let by_word = (issue.severity, issue.severity_origin) == (severity, SeverityOrigin::Consultant);
                if !(by_word || scored && issue.severity == before.severity) {
                    wrong.push(format!("{}: {} is {}", path.display(), issue.at, issue.severity));
                }
                tried.insert(import.format.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(tried.len() > 50, "only of {tried:?}");
}

#[test]
fn a_word_that_was_given_a_meaning_is_no_longer_unknown_and_its_metric_follows() {
    let report = r#"{"version":"1.2.0","errors":[],"paths":{"scanned":["a.py"]},"results":[
        {"check_id":"r","path":"a.py","start":{"line":1,"col":1},"end":{"line":1,"col":2},
         "extra":{"message":"m","severity":"URGENT","metadata":{},"lines":"x"}}]}"#;
    let count = |import: &Import| import.value("sast.issues.high", "").unwrap();
    let Outcome::Imported(before) = read("x", report.as_bytes(), Some("semgrep")) else { panic!("not read") };
    assert_eq!(
        (before.issues[0].severity, before.issues[0].severity_origin),
        (Severity::Medium, SeverityOrigin::Importer)
    );
    assert!(before.diagnostics.iter().any(|remark| remark.message.contains("URGENT")));
    let mut chosen = Chosen::default();
    chosen.set("semgrep", "urgent", Severity::High);
    let after = read_until("x", report.as_bytes(), Some("semgrep"), &chosen, &|| false).unwrap();
    let Outcome::Imported(after) = after else { panic!("not read") };
    assert_eq!(
        (after.issues[0].severity, after.issues[0].severity_origin),
        (Severity::High, SeverityOrigin::Consultant)
    );
    assert_eq!(after.issues[0].native_severity, "URGENT");
    assert!(!after.diagnostics.iter().any(|remark| remark.message.contains("URGENT")));
    assert_eq!((count(&before), count(&after)), (0.0, 1.0));
}
