//! Every language of reports says the same words, with the same places, in the forms that its grammar has; and whatever
//! templates ask for is there.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use groma_report::{LOCALES, Labels};

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../report-templates")
}

fn text_of(language: &str) -> String {
    std::fs::read_to_string(templates().join(format!("_shared/labels/{language}.toml"))).unwrap()
}

fn table(language: &str) -> toml::Table {
    toml::from_str(&text_of(language)).unwrap()
}

/// Every sentence by `set.key`.
fn sentences(language: &str) -> BTreeMap<String, String> {
    let table = table(language);
    let sets = table.iter().filter_map(|(set, words)| Some((set, words.as_table()?)));
    sets.flat_map(|(set, words)| {
        words.iter().map(move |(key, word)| (format!("{set}.{key}"), word.as_str().unwrap().to_owned()))
    })
    .collect()
}

/// What stands between braces in a sentence.
fn places(sentence: &str) -> Vec<&str> {
    sentence.split('{').skip(1).map(|rest| rest.split_once('}').expect("a brace is closed").0).collect()
}

fn names(sentence: &str) -> BTreeSet<&str> {
    places(sentence).into_iter().map(|place| place.split('|').next().unwrap()).collect()
}

#[test]
fn a_language_has_words_and_a_way_to_write_numbers() {
    let files = std::fs::read_dir(templates().join("_shared/labels")).unwrap();
    let files: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let locales = LOCALES.iter().map(|locale| format!("{}.toml", locale.language)).collect();
    assert_eq!(files, locales);
}

#[test]
fn every_language_says_the_same_with_the_same_places() {
    let english = sentences("en");
    assert!(english.len() > 600);
    for locale in LOCALES {
        let own = sentences(locale.language);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let more: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{}: lacks {missing:?}, has {more:?}", locale.language);
        for (key, sentence) in &own {
            assert!(!sentence.is_empty(), "{} {key}", locale.language);
            assert_eq!(names(sentence), names(&english[key]), "{} {key}", locale.language);
        }
        let terms = |language| table(language)["glossary"].as_array().unwrap().len();
        assert_eq!(terms(locale.language), terms("en"), "{}", locale.language);
        let labels = Labels::parse(locale.language, &text_of(locale.language)).unwrap();
        for term in labels.glossary() {
            assert!(!term.meaning.is_empty(), "{} {}", locale.language, term.term);
            assert!(
                !term.sections.is_empty() || !term.words.is_empty(),
                "{}: {} is never used",
                locale.language,
                term.term
            );
        }
    }
}

#[test]
fn a_number_has_a_form_for_every_category_of_the_language() {
    for locale in LOCALES {
        let mut chosen = 0;
        for (key, sentence) in sentences(locale.language) {
            for forms in places(&sentence).into_iter().filter_map(|place| Some(place.split_once('|')?.1)) {
                let mut named: Vec<_> =
                    forms.split('|').flat_map(|form| form.split_once(':').unwrap().0.split(',')).collect();
                named.sort_unstable();
                let mut wanted: Vec<_> = locale.plurals().iter().map(|category| category.name()).collect();
                wanted.sort_unstable();
                assert_eq!(named, wanted, "{} {key}", locale.language);
                chosen += 1;
            }
        }
        assert!(chosen >= 10, "{}", locale.language);
    }
}

#[test]
fn french_signs_of_two_parts_keep_to_their_word() {
    for (key, sentence) in sentences("fr") {
        assert!(!sentence.contains('\''), "{key}: {sentence}");
        for sign in [" :", " ;", " !", " ?", " %"] {
            assert!(!sentence.contains(sign), "{key}: {sentence}");
        }
    }
}

/// Every file below a folder with an ending.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

/// The string literals that a call begins with: for `word("band", "high")` both, for `say("page", n: 1)` the one.
fn literals(rest: &str, most: usize) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = rest.trim_start();
    while let Some((literal, after)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        found.push(literal);
        match after.trim_start().strip_prefix(',') {
            Some(after) if found.len() < most => rest = after.trim_start(),
            _ => break,
        }
    }
    found
}

#[test]
fn every_word_that_is_asked_for_by_name_is_there() {
    let english = Labels::parse("en", &text_of("en")).unwrap();
    let keys: BTreeSet<_> = english.keys().into_iter().collect();
    let mut asked = 0;
    let mut check = |set: &str, key: &str, file: &Path| {
        asked += 1;
        assert!(keys.contains(&format!("{set}.{key}")), "{} asks for {set}.{key}", file.display());
    };
    let mut typst = Vec::new();
    files(&templates(), "typ", &mut typst);
    for file in typst {
        let text = std::fs::read_to_string(&file).unwrap();
        for rest in text.split("say(").skip(1) {
            let [key] = literals(rest, 1)[..] else { continue };
            if rest.trim_start()[key.len() + 2..].trim_start().starts_with('+') {
                // The beginning of keys that are put together.
                assert!(
                    keys.iter().any(|known| known.starts_with(&format!("words.{key}"))),
                    "{} {key}",
                    file.display()
                );
            } else {
                check("words", key, &file);
            }
        }
        for rest in text.split("word(").skip(1) {
            if let [set, key] = literals(rest, 2)[..] {
                check(set, key, &file);
            }
        }
    }
    let mut views = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view"), "rs", &mut views);
    for file in views {
        let text = std::fs::read_to_string(&file).unwrap();
        for rest in text.split("labels.word(").chain(text.split("labels.sentence(")).skip(1) {
            if let [set, key] = literals(rest, 2)[..] {
                check(set, key, &file);
            }
        }
    }
    assert!(asked > 200, "{asked}");
}
