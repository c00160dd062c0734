//! Prose to Typst: fixtures, and what holds for any source whatever.
//!
//! Every Markdown file of `tests/fixtures/prose` gives the Typst file beside it; `UPDATE_EXPECT=1` rewrites those.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::unwrap_used, missing_docs)]

use std::path::Path;

use groma_prose::{Record, parse};
use groma_report::emit::{Emitted, ImageRef, Resolve, emit, markdown_at, typst_at};
use proptest::prelude::*;

/// An engagement with records up to 50, of which risks are not told in the report, and one image.
struct Engagement;

impl Resolve for Engagement {
    fn record(&self, record: Record) -> Option<String> {
        (record.number <= 50).then(|| record.to_string())
    }

    fn is_printed(&self, record: Record) -> bool {
        record.kind.letter() != 'R'
    }

    fn image(&self, target: &str) -> Option<ImageRef> {
        (target == "image:checkout-flow" || target == "images/board.png").then(|| ImageRef {
            path: "/images/ab12.png".into(),
            alt: "Steps of an order".into(),
            caption: "How an order travels".into(),
            width_px: Some(800),
            height_px: Some(400),
        })
    }
}

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/prose");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        seen += 1;
        let source = std::fs::read_to_string(&path).unwrap();
        let emitted = emit(&parse(&source), &Engagement);
        check(&source, &emitted);
        let expected = path.with_extension("typ");
        if update {
            std::fs::write(&expected, &emitted.source).unwrap();
        } else if std::fs::read_to_string(&expected).ok().as_deref() != Some(&emitted.source) {
            wrong.push(path);
        }
    }
    assert!(seen >= 10, "only {seen} fixtures in {}", folder.display());
    assert!(wrong.is_empty(), "other Typst than expected (UPDATE_EXPECT=1 rewrites): {wrong:#?}");
}

/// Everything of a file that is code, and the literals with their places.
fn split(source: &str) -> (String, Vec<(std::ops::Range<usize>, String)>) {
    let mut code = String::new();
    let mut literals = Vec::new();
    let mut rest = source.char_indices();
    while let Some((start, c)) = rest.next() {
        if c != '"' {
            code.push(c);
            continue;
        }
        let mut value = String::new();
        loop {
            match rest.next().expect("a literal that does not end").1 {
                '"' => break,
                '\\' => match rest.next().unwrap().1 {
                    'n' => value.push('\n'),
                    'r' => value.push('\r'),
                    't' => value.push('\t'),
                    'u' => {
                        let digits: String =
                            rest.by_ref().map(|(_, c)| c).skip_while(|&c| c == '{').take_while(|&c| c != '}').collect();
                        value.push(char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap());
                    }
                    other => value.push(other),
                },
                other => value.push(other),
            }
        }
        literals.push((start..rest.offset(), value));
        code.push('"');
    }
    (code, literals)
}

/// The words that may stand in a file outside of literals.
const WORDS: &[&str] = &[
    "import",
    "para",
    "subhead",
    "prose",
    "quote",
    "bullets",
    "numbers",
    "tasks",
    "task",
    "inline",
    "code",
    "block",
    "raw",
    "lang",
    "true",
    "false",
    "none",
    "start",
    "tight",
    "table",
    "columns",
    "align",
    "size",
    "header",
    "auto",
    "fr",
    "em",
    "left",
    "right",
    "center",
    "tall",
    "gap",
    "separator",
    "picture",
    "alt",
    "width",
    "missing",
    "image",
    "strong",
    "emph",
    "strike",
    "link",
    "linebreak",
    "ref",
    "to",
    "footnote",
    "super",
    "left",
    "over",
    "note",
    "wbr",
];

/// No client text outside of literals, brackets in order, and every place of the map right.
fn check(source: &str, emitted: &Emitted) {
    let (code, literals) = split(&emitted.source);
    for word in code.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        assert!(WORDS.contains(&word), "{word:?} stands in the code for {source:?}");
    }
    let strange = code.chars().find(|c| !c.is_ascii_alphanumeric() && !"#()[]\",:.*%-\n ".contains(*c));
    assert_eq!(strange, None, "in the code for {source:?}");
    let mut open = Vec::new();
    for c in code.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            ')' | ']' => assert_eq!(open.pop(), Some(c), "{code}"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{code}");
    assert!(emitted.map.is_sorted_by_key(|entry| entry.typst.start));
    for (_, value) in &literals {
        let shown = value
            .chars()
            .find(|&c| (c.is_control() && c != '\n' && c != '\t') || ('\u{202A}'..='\u{202E}').contains(&c));
        assert_eq!(shown, None, "of {source:?}");
    }
    for entry in &emitted.map {
        let written = source.get(entry.markdown.clone()).expect("a place inside of the source, on characters");
        let Some((_, value)) = literals.iter().find(|(place, _)| *place == entry.typst) else {
            let call = &emitted.source[entry.typst.clone()];
            assert!(["raw(", "picture(", "inline-picture("].iter().any(|name| call.starts_with(name)), "{entry:?}");
            continue;
        };
        // Numbers in full, captions, entities and some code are printed otherwise than written; a part may have the same length.
        let as_written = Record::parse(written).is_none()
            && !written.starts_with(['!', '&'])
            && !written.contains(['\0', '\n', '\\']);
        if as_written && value.len() == written.len() {
            let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
            assert_eq!(plain(value), plain(written), "{source:?}");
            for (offset, _) in value.char_indices() {
                let place = typst_at(&emitted.source, std::slice::from_ref(entry), entry.markdown.start + offset);
                let byte = markdown_at(&emitted.source, &emitted.map, place.unwrap());
                assert_eq!(byte, Some(entry.markdown.start + offset), "{entry:?} of {source:?}");
            }
        }
    }
}

fn marks() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        3 => "[ -~]{1,6}",
        1 => any::<String>(),
        6 => prop::sample::select(vec![
            "*", "**", "~~", "`", "``", "```\n", "\n", "\n\n", "\r", "  \n", "> ", "- ", "1. ", "- [ ] ", "- [x] ", "    ", "\t", "|",
            "| a | b |\n|---|--:|\n", "[", "](", ")", "![", "[^a]", "[^a]: ", "<b>", "https://a.test/b(c)", "mailto:x", "&amp;", "&nlE;",
            "\\", "\"", "\"]", "\\\"", "#", "#read(\"/etc/passwd\")", "]", "\\u{22}", "# ", "---\n", "F-012", "F-099", "R-3",
            "image:checkout-flow", "\0", "\x1b", "\u{85}", "\u{202e}", "\u{2067}", "\u{2069}", "\u{200b}", "ß", "👩‍👧", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn client_text_is_never_code(source in marks()) {
        check(&source, &emit(&parse(&source), &Engagement));
    }
}

/// The line ends at its edges are left out, and the NUL is printed longer than it is written: just as long, all together.
#[test]
fn code_of_the_length_of_its_source_by_chance_is_not_taken_for_it() {
    let source = format!("``\n\0{}\rA> \n``", "ab¡".repeat(40));
    let emitted = emit(&parse(&source), &Engagement);
    assert!(emitted.map.len() > 1, "it is printed in parts");
    check(&source, &emitted);
}

#[test]
fn no_mark_of_direction_or_control_reaches_the_page() {
    let emitted =
        emit(&parse("A\u{202e}RTL\u{7}x \u{2067}open `c\u{1b}[31m\u{202e}`\n\n```\na\u{8}b\u{202e}\n```"), &Engagement);
    let (_, literals) = split(&emitted.source);
    let text: String = literals.into_iter().map(|(_, value)| value).collect();
    assert!(text.ends_with("ARTLx open c[31mab"), "{text:?}");
    let hebrew = "מערכת \u{2066}api/v2\u{2069} איטית";
    assert!(emit(&parse(hebrew), &Engagement).source.contains("\\u{2066}api/v2\\u{2069}"), "a pair stays");
}

#[test]
fn places_to_break_are_no_characters() {
    let emitted = emit(&parse(&format!("{} and a\u{200b}b", "x".repeat(100))), &Engagement);
    assert!(!emitted.source.contains("200b"), "{}", emitted.source);
    assert_eq!(emitted.source.matches("#wbr").count(), 5, "{}", emitted.source);
}

#[test]
fn hostile_sources() {
    let sources = [
        "a".repeat(100_000),
        "\\*".repeat(20_000),
        "&amp;".repeat(20_000),
        ">".repeat(10_000),
        "- ".repeat(5_000) + "x",
        "[".repeat(10_000),
        "[^a]".repeat(5_000) + "\n\n[^a]: " + &"x ".repeat(2_000),
        "|a".repeat(300) + "\n" + &"|-".repeat(300) + "\n" + &"|x\n".repeat(1_000),
        "```\n".to_owned() + &"z".repeat(100_000),
        "a | b\n--|--\n".to_owned() + &"w".repeat(50_000) + " | " + &"t ".repeat(20_000),
    ];
    for source in sources {
        let emitted = emit(&parse(&source), &Engagement);
        // Linear: a few bytes of Typst for a byte of Markdown.
        assert!(emitted.source.len() < 20 * source.len() + 10_000, "{} for {}", emitted.source.len(), source.len());
        let (_, literals) = split(&emitted.source);
        let mut unbroken = 0;
        for (place, value) in &literals {
            let broken_before =
                emitted.source[..place.start].trim_end_matches('#').ends_with(['(', ',', ' ', '[', '\n'])
                    || emitted.source[..place.start - 1].ends_with("#wbr");
            for part in value.split('\u{200B}').enumerate() {
                unbroken = if part.0 > 0 || broken_before { 0 } else { unbroken };
                unbroken = if part.1.contains(' ') { 0 } else { unbroken + part.1.len() };
                assert!(unbroken <= 80, "nothing may be longer than a line: {unbroken}");
            }
        }
    }
}

#[test]
fn what_leads_nowhere_is_said() {
    let emitted = emit(&parse("F-012, R-3, [own *words*](F-099), ![](image:nope) and\n\n![](image:gone)"), &Engagement);
    assert_eq!(emitted.dangling.iter().map(ToString::to_string).collect::<Vec<_>>(), ["F-099"]);
    assert_eq!(emitted.missing_images, ["image:nope", "image:gone"]);
    assert!(emitted.source.contains("#ref-to(\"finding\", 12)[#\"F-012\"]"));
    assert!(emitted.source.contains("#\"R-003\""), "told by its name, without a link: {}", emitted.source);
    assert!(emitted.source.contains("#\"[missing image: \"#\"image:gone\"#\"]\""), "{}", emitted.source);
}

#[test]
fn a_place_on_the_page_leads_to_the_source_and_back() {
    let source = "keeps an **unbounded \\* queue** &amp; more";
    let emitted = emit(&parse(source), &Engagement);
    let page = emitted.source.find("queue\"").unwrap();
    let written = source.find("queue").unwrap();
    assert_eq!(markdown_at(&emitted.source, &emitted.map, page), Some(written));
    assert_eq!(typst_at(&emitted.source, &emitted.map, written), Some(page));
    let entity = emitted.source.find("\"&\"").unwrap();
    assert_eq!(markdown_at(&emitted.source, &emitted.map, entity + 1), source.find("&amp;"));
    assert_eq!(markdown_at(&emitted.source, &emitted.map, 0), None);
    assert_eq!(typst_at(&emitted.source, &emitted.map, source.find('\\').unwrap()), None, "a mark is not printed");
}

#[test]
fn long_text_is_written_as_several_literals() {
    let source = "word ".repeat(40_000);
    let emitted = emit(&parse(&source), &Engagement);
    assert!(emitted.map.iter().all(|entry| entry.typst.len() <= 33_000));
    let place = typst_at(&emitted.source, &emitted.map, 150_002).unwrap();
    assert_eq!(&emitted.source[place..place + 2], &source[150_002..150_004]);
}
