//! Whether the window can say what the reader says: its sentences stand in `ui/src/i18n/en/remarks.ts`, each with its
//! German beside it.
#![allow(dead_code, clippy::disallowed_methods, clippy::expect_used)]

use groma_c4::{Diagnostic, Refusal};
use std::path::Path;
use std::sync::OnceLock;

/// Fails when the window does not know a refusal.
pub fn refusal_is_known(refusal: &Refusal) {
    expect_known(&refusal.message);
    if !refusal.remedy.is_empty() && !is_grammar(&refusal.remedy) {
        expect_known(&refusal.remedy);
    }
}

/// Fails when the window does not know one of these.
pub fn remarks_are_known(remarks: &[Diagnostic]) {
    for remark in remarks {
        let (message, remedy) = remark.message.rsplit_once(" – ").unwrap_or((&remark.message, ""));
        expect_known(message);
        if !remedy.is_empty() {
            expect_known(remedy);
        }
    }
}

/// What is to be written, in the words of the language: the same in every window.
fn is_grammar(remedy: &str) -> bool {
    remedy.contains('<')
        || remedy.starts_with("autoLayout ")
        || remedy.starts_with("properties {")
        || remedy.contains("->")
}

fn expect_known(said: &str) {
    let known = sentences().iter().any(|sentence| fits(sentence, said));
    assert!(known, "the window does not know: {said}\nadd it to ui/src/i18n/*/remarks.ts");
}

/// The English sentences as the window has them: one a line, after its id.
fn sentences() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/i18n/en/remarks.ts");
        let text = std::fs::read_to_string(path).expect("the sentences of the window");
        let sentence = |line: &str| {
            let (_, literal) = line.trim().trim_end_matches(',').split_once("\": ")?;
            serde_json::from_str::<String>(literal).ok()
        };
        let all: Vec<String> = text.lines().filter_map(sentence).collect();
        assert!(all.len() > 150, "{} sentences", all.len());
        all
    })
}

/// Whether the sentence's own words are there in order, with something in each place between.
fn fits(sentence: &str, said: &str) -> bool {
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        let inner = &rest[at + 1..];
        match inner.find('}').filter(|end| *end > 0 && inner[..*end].bytes().all(|b| b.is_ascii_lowercase())) {
            Some(end) => {
                parts.push(&rest[..at]);
                rest = &inner[end + 1..];
            }
            // A brace that is meant as one.
            None => return sentence == said,
        }
    }
    let Some((first, middle)) = parts.split_first() else { return sentence == said };
    let Some(mut left) = said.strip_prefix(first).and_then(|left| left.strip_suffix(rest)) else { return false };
    for part in middle {
        let after_one = left.chars().next().map_or(0, char::len_utf8);
        let Some(at) = left.get(after_one..).and_then(|text| text.find(part)) else { return false };
        left = &left[after_one + at + part.len()..];
    }
    !left.is_empty()
}
