//! Texts that were cut, mixed and spoilt: the parser refuses or reads them, and what it reads can be written.

#![allow(clippy::expect_used)]

mod support;

use groma_c4::dsl::{self, Files, Options};
use groma_c4::{json, places};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use support::{Disk, fixtures, read_bytes};

/// A spoilt file in its folder.
struct Spoilt {
    folder: Disk,
    path: String,
    bytes: Vec<u8>,
}

impl Files for Spoilt {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if path == self.path { Some(self.bytes.clone()) } else { self.folder.read(path) }
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        self.folder.list(folder)
    }
}

/// All texts, each with its folder and its path in it.
fn texts() -> &'static [(PathBuf, String, Vec<u8>)] {
    static TEXTS: OnceLock<Vec<(PathBuf, String, Vec<u8>)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut all = Vec::new();
        for root in [Some(fixtures()), support::corpus()].into_iter().flatten() {
            walk(&root, "", &mut all);
        }
        assert!(all.len() >= 15, "{} texts", all.len());
        all
    })
}

fn walk(root: &Path, folder: &str, all: &mut Vec<(PathBuf, String, Vec<u8>)>) {
    for name in Disk(root.to_owned()).list(folder).unwrap_or_default() {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        match path.strip_suffix('/') {
            Some(inner) => walk(root, inner, all),
            None if path.ends_with(".dsl") => all.push((root.to_owned(), path.clone(), read_bytes(&root.join(&path)))),
            None => {}
        }
    }
}

#[derive(Debug, Clone)]
enum Mutation {
    Cut(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Drop(usize),
    Put(usize, Vec<u8>),
    /// A line of another text.
    Borrow(usize, usize, usize),
    Word(usize, &'static str),
}

const WORDS: [&str; 34] = [
    "{",
    "}",
    "\"",
    "\"\"\"",
    "\\",
    "${A}",
    "${",
    "->",
    "-/>",
    "=",
    "*",
    "*?",
    "this",
    "!include .",
    "!const A \"${A}${A}\"",
    "element==",
    "element.tag!=x",
    "->*->",
    "&&",
    " || ",
    "/*",
    "*/",
    "//",
    "group",
    "extends",
    "!identifiers hierarchical",
    "!identifiers flat",
    "\u{feff}",
    "\u{0}",
    "ä€😀",
    "1:",
    "--x->",
    "!element",
    "deploymentNode \"N\" \"\" \"\" \"\" 1..N {",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || 0_usize..100_000;
    prop_oneof![
        (at(), 0_usize..200).prop_map(|(at, length)| Mutation::Cut(at, length)),
        (at(), 1_usize..8).prop_map(|(at, lines)| Mutation::Repeat(at, lines)),
        (at(), at()).prop_map(|(one, other)| Mutation::Swap(one, other)),
        at().prop_map(Mutation::Drop),
        (at(), proptest::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Mutation::Put(at, bytes)),
        (at(), at(), at()).prop_map(|(at, text, line)| Mutation::Borrow(at, text, line)),
        (at(), 0..WORDS.len()).prop_map(|(at, word)| Mutation::Word(at, WORDS[word])),
    ]
}

fn spoil(bytes: &[u8], mutation: &Mutation) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let count = lines.len().max(1);
    match mutation {
        Mutation::Cut(at, length) => {
            let at = at % (bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            [&bytes[..at], &bytes[end..]].concat()
        }
        Mutation::Repeat(at, more) => {
            let at = at % count;
            let end = (at + more).min(lines.len());
            [&lines[..end], &lines[at.min(end)..]].concat().concat()
        }
        Mutation::Swap(one, other) => {
            let mut lines = lines;
            if !lines.is_empty() {
                lines.swap(one % count, other % count);
            }
            lines.concat()
        }
        Mutation::Drop(at) => {
            let mut lines = lines;
            if !lines.is_empty() {
                lines.remove(at % count);
            }
            lines.concat()
        }
        Mutation::Put(at, more) => put(bytes, *at, more),
        Mutation::Borrow(at, text, line) => {
            let (_, _, other) = &texts()[text % texts().len()];
            let other: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
            let mut lines = lines;
            if !other.is_empty() {
                lines.insert(at % (lines.len() + 1), other[line % other.len()]);
            }
            lines.concat()
        }
        Mutation::Word(at, word) => put(bytes, *at, word.as_bytes()),
    }
}

fn put(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    let at = at % (bytes.len() + 1);
    [&bytes[..at], more, &bytes[at..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_texts_are_read_or_refused(which in 0_usize..100_000, mutations in proptest::collection::vec(mutation(), 1..6)) {
        let (root, path, bytes) = &texts()[which % texts().len()];
        let bytes = mutations.iter().fold(bytes.clone(), |bytes, mutation| spoil(&bytes, mutation));
        let files = Spoilt { folder: Disk(root.clone()), path: path.clone(), bytes };
        match dsl::parse(path, &files, &Options::default()) {
            Err(refusal) => prop_assert!(!refusal.message.is_empty()),
            Ok(parsed) => {
                let text = dsl::write(&parsed.workspace);
                let written = Spoilt { folder: Disk(root.clone()), path: "written.dsl".to_owned(), bytes: text.clone().into_bytes() };
                let again = dsl::parse("written.dsl", &written, &Options::default());
                prop_assert!(again.is_ok(), "{:?}\n{text}", again.err());
                let mut again = again.expect("read").workspace;
                let elements = |workspace: &groma_c4::Workspace| workspace.model.elements().count();
                prop_assert_eq!(elements(&again), elements(&parsed.workspace), "{}", text);
                places::put(&mut again, &places::take(&parsed.workspace));
                let bytes = serde_json::to_vec(&json::export(&again)).expect("JSON");
                prop_assert!(json::import(&bytes).is_ok());
            }
        }
        // Whatever strictness refuses, it says why.
        if let Err(refusal) = dsl::parse(path, &files, &Options { strict: true }) {
            prop_assert!(!refusal.message.is_empty());
        }
    }

    #[test]
    fn any_words_in_quotes_are_read_as_they_are(name in "[ -~äß\n\t\"\\\\{}$]{1,24}", description in "\\PC{0,24}") {
        let mut model = groma_c4::Model::default();
        let mut person = groma_c4::Element::new(groma_c4::ElementKind::Person, name.clone());
        person.description = description.clone();
        model.add(person).expect("a person");
        let workspace = groma_c4::Workspace { model, ..Default::default() };
        let files = Spoilt { folder: Disk(fixtures()), path: "a.dsl".to_owned(), bytes: dsl::write(&workspace).into_bytes() };
        let again = dsl::parse("a.dsl", &files, &Options::default()).expect("what was written");
        let (_, person) = again.workspace.model.elements().next().expect("a person");
        let lone = |text: &str| matches!(text, "{" | "}" | "=" | "->" | "-/>") || text.trim().is_empty();
        if !lone(&name) {
            prop_assert_eq!(&person.name, &name);
        }
        if !lone(&description) {
            prop_assert_eq!(&person.description, &description);
        }
    }
}
