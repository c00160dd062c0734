//! The document that says what answers each check is current.
//!
//! `GROMA_ACCEPT=1 cargo test -p groma-pack --test answered` writes it.
#![allow(clippy::disallowed_methods, reason = "a test reads and writes a document")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use groma_pack::{answered, builtin};

#[test]
fn the_list_of_what_answers_each_check_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/packs/ANSWERED.md");
    let pack = builtin("backend-health").unwrap().unwrap();
    let wanted = answered(&pack);
    for (_, _, check) in pack.checks() {
        assert!(wanted.contains(&format!("{} {}", check.id, check.title)), "{} is missing", check.id);
    }
    if std::env::var("GROMA_ACCEPT").is_ok() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        there == wanted,
        "assets/packs/ANSWERED.md is stale: GROMA_ACCEPT=1 cargo test -p groma-pack --test answered"
    );
}

#[test]
fn every_check_is_answered_by_rules_or_says_why_not() {
    let pack = builtin("backend-health").unwrap().unwrap();
    assert!(pack.complete, "the pack holds itself to it");
    let by_person: Vec<&str> = pack
        .checks()
        .filter(|(_, _, check)| check.threshold.rules.is_empty())
        .map(|(_, _, check)| &*check.id)
        .collect();
    // Named, so that a check cannot fall back to a person unnoticed.
    assert_eq!(by_person, ["2.7", "3.5", "3.6", "3.7", "6.2", "8.4", "9.1"]);
    for (_, _, check) in pack.checks() {
        assert_eq!(check.person.is_empty(), !check.threshold.rules.is_empty(), "{}", check.id);
        let told = |text: &str| text.len() > 80 && text.ends_with('.');
        assert!(check.person.is_empty() || told(&check.person), "{}", check.id);
        // The window says it in its own language.
        assert_eq!(check.person.is_empty(), !check.person_in.get("de").is_some_and(|text| told(text)), "{}", check.id);
    }
}

/// Each answer can be obtained: a command of the check yields a format that the program reads.
#[test]
fn every_check_with_rules_says_how_to_get_the_artifact() {
    let pack = builtin("backend-health").unwrap().unwrap();
    for (_, _, check) in pack.checks().filter(|(_, _, check)| !check.threshold.rules.is_empty()) {
        assert!(check.commands.iter().any(|command| !command.yields.is_empty()), "{}", check.id);
        for rule in check.threshold.rules.iter().filter(|rule| rule.metric.starts_with("code.")) {
            let probed = check.commands.iter().any(|command| command.yields == "groma-facts");
            assert!(probed, "{}: {} comes from the probe of the code", check.id, rule.metric);
        }
    }
}
