//! What holds for any source whatever.
#![allow(clippy::unwrap_used, missing_docs)]

use groma_prose::{Document, parse, plain_text, todo_markers, word_count};
use proptest::prelude::*;
use serde_json::Value;

/// Checks every span of the tree, and every run of text against its source.
fn check(source: &str) -> Document {
    let document = parse(source);
    walk(source, &serde_json::to_value(&document).unwrap());
    let again: Document = serde_json::from_value(serde_json::to_value(&document).unwrap()).unwrap();
    assert_eq!(document, again, "the tree does not survive its JSON form");
    document
}

fn walk(source: &str, value: &Value) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(source, value)),
        Value::Object(object) => {
            if let Some(span) = object.get("span") {
                let (start, end): (usize, usize) = serde_json::from_value(span.clone()).unwrap();
                assert!(start <= end && end <= source.len(), "{start}..{end} of {} bytes: {source:?}", source.len());
                let written = source.get(start..end);
                let written = written.unwrap_or_else(|| panic!("{start}..{end} cuts a character: {source:?}"));
                if let Some(Value::String(text)) = object.get("text") {
                    run(object.get("inline").and_then(Value::as_str), text, written, source);
                }
            }
            object.values().for_each(|value| walk(source, value));
        }
        _ => {}
    }
}

/// The rule on spans, as the crate states it.
fn run(kind: Option<&str>, text: &str, written: &str, source: &str) {
    if text == written {
        return;
    }
    let fine = match kind {
        Some("text") => {
            assert_ne!(text.len(), written.len(), "equal length must mean equal text: {text:?} in {source:?}");
            written == "\0" || (written.starts_with('&') && written.ends_with(';'))
        }
        Some("code") => written.contains(['\n', '\r', '\0']) || written.contains("\\|"),
        _ => written.contains('\0') || text.trim_start() == written.trim_start(),
    };
    assert!(fine, "{kind:?} {text:?} was written {written:?} in {source:?}");
}

fn marks() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => "[ -~]{1,6}",
        1 => "\\PC{1,4}",
        1 => any::<String>(),
        6 => prop::sample::select(vec![
            "*", "**", "_", "~~", "`", "``", "```\n", "~~~", "\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "> ", "- ", "1. ", "7) ",
            "- [ ] ", "- [x] ", "    ", "\t", "|", "|-|-|\n", "| a | b |\n|---|--:|\n", "[", "]", "](", ")", "![", "[^a]", "[^a]: ",
            "<b>", "<!-- ", "-->", "<http://a.b>", "https://a.test/b(c)", "&amp;", "&nlE;", "&#0;", "&Tab;", "\\", "\\*", "# ", "===\n",
            "---\n", "F-012", "R-3", "I-0", "\0", "\u{202e}", "\u{feff}", "é", "👩‍👧", "ا", "TODO", "???", "lorem ipsum", "[a]: b\n",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_hold_for_any_text(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn spans_hold_for_any_marks(source in marks()) {
        let document = check(&source);
        prop_assert!(word_count(&document) <= source.len() + 3 * source.matches('\0').count());
        for marker in todo_markers(&source) {
            prop_assert_eq!(&source[marker.span.range()], marker.text);
        }
    }

    #[test]
    fn plain_words_stay_words(words in prop::collection::vec("[a-z]{1,12}", 1..30)) {
        let source = words.join(" ");
        prop_assert_eq!(plain_text(&parse(&source)), source);
        prop_assert_eq!(word_count(&parse(&words.join(" "))), words.len());
    }
}

#[test]
fn hostile_sources() {
    let sources = [
        "a".repeat(100_000),
        ">".repeat(10_000),
        "> ".repeat(10_000) + "x",
        "- ".repeat(10_000) + "x",
        "1. ".repeat(5_000) + "x",
        "[".repeat(10_000),
        "![".repeat(10_000),
        "[a](".repeat(10_000),
        "*a **a ".repeat(5_000),
        "~~a ~".repeat(5_000),
        "`".repeat(10_001),
        "```".to_owned(),
        "```rust\nnever closed".to_owned(),
        "\0".repeat(1_000),
        "a\rb\rc\r\rd".to_owned(),
        "\u{feff}# Title\n\ntext".to_owned(),
        (0..300).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
        "|a".repeat(500) + "\n" + &"|-".repeat(500) + "\n" + &"|x\n".repeat(2_000),
        "| a |\n|---|\n".to_owned() + &"| 1 | 2 | 3 |\n".repeat(5_000),
        "[^a]".repeat(5_000) + "\n\n[^a]: x [^a]\n",
        "https://x.test/".to_owned() + &")".repeat(50_000),
        "F-".repeat(50_000),
        "<!-- ".repeat(20_000),
        "&amp;".repeat(20_000),
        "\\*".repeat(20_000),
    ];
    for source in sources {
        let document = check(&source);
        assert!(plain_text(&document).len() <= source.len() * 3);
        assert!(word_count(&document) <= source.len());
        assert!(todo_markers(&source).is_empty());
    }
}

#[test]
fn what_is_too_deep_is_text() {
    let document = parse(&("> ".repeat(40) + "the end"));
    assert!(plain_text(&document).ends_with("> the end"));
    let document = parse(&("*a _b ".repeat(20) + "core" + &"_ *".repeat(20)));
    assert!(plain_text(&document).contains("core"));
}

#[test]
fn a_byte_order_mark_and_a_lone_cr_are_no_text() {
    assert_eq!(plain_text(&parse("\u{feff}# Title\rtext\r\rmore")), "Title\ntext\nmore");
}
