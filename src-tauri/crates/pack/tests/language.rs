//! Packs in other languages: the built-in ones are complete, and what they leave alone stays.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use groma_pack::{BUILTINS, Pack, PackError, Reach, Texts, builtin};

fn packs() -> Vec<Pack> {
    BUILTINS.iter().map(|known| builtin(known.id).unwrap().unwrap()).collect()
}

fn texts(id: &str, language: &str) -> Texts {
    let known = BUILTINS.iter().find(|known| known.id == id).unwrap();
    let (_, text) = known.texts.iter().find(|(known, _)| *known == language).unwrap();
    Texts::parse(text, id, language).unwrap_or_else(|error| panic!("{id}.{language}: {error}"))
}

#[test]
fn every_language_holds_all_that_reports_print_and_german_all_that_the_window_shows() {
    for pack in packs() {
        for language in ["ar", "de", "es", "fr", "it", "pl"] {
            let texts = texts(&pack.id, language);
            let wrong = pack.misplaced(&texts);
            assert!(wrong.is_empty(), "{} {language}: {wrong:#?}", pack.id);
            let reach = if language == "de" { Reach::Shown } else { Reach::Printed };
            let missing = pack.untranslated(&texts, reach);
            assert!(missing.is_empty(), "{} {language} lacks {missing:#?}", pack.id);
        }
    }
}

#[test]
fn code_numbers_and_names_of_a_text_stay_in_every_language() {
    // What stands between backticks is typed, not read; thresholds are the pack's data.
    let code = |text: &str| -> Vec<String> {
        let mut found: Vec<String> = text.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect();
        found.sort();
        found
    };
    let numbers = |text: &str| -> Vec<String> {
        let joined: String = text.chars().filter(|one| !matches!(one, ',' | '.' | '\u{a0}' | '\u{202f}')).collect();
        let mut found: Vec<String> = joined
            .split(|one: char| !one.is_ascii_digit())
            .filter(|run| !run.is_empty())
            .map(ToOwned::to_owned)
            .collect();
        found.sort();
        found
    };
    for pack in packs() {
        for language in ["ar", "de", "es", "fr", "it", "pl"] {
            let told = pack.in_language(language);
            for ((_, _, english), (_, _, other)) in pack.checks().zip(told.checks()) {
                let at = format!("{} {language} {}", pack.id, english.id);
                assert_eq!(numbers(&english.threshold.text), numbers(&other.threshold.text), "{at}");
                assert_eq!(code(&english.method), code(&other.method), "{at}");
                // The shape of a cache key is an example, and its parts are words.
                if english.id != "3.5" {
                    assert_eq!(code(&english.remedy), code(&other.remedy), "{at}");
                }
            }
        }
    }
}

#[test]
fn a_language_changes_words_alone() {
    for pack in packs() {
        let german = pack.in_language("de-AT");
        assert_ne!(pack.title, german.title);
        let ids =
            |pack: &Pack| pack.checks().map(|(part, _, check)| format!("{part} {}", check.id)).collect::<Vec<_>>();
        assert_eq!(ids(&pack), ids(&german));
        for ((_, _, one), (_, _, other)) in pack.checks().zip(german.checks()) {
            assert_eq!(
                (&one.threshold.rules, &one.choices, &one.areas),
                (&other.threshold.rules, &other.choices, &other.areas)
            );
        }
        let mut same = pack.in_language("en");
        assert_eq!(same, pack);
        same = pack.in_language("ja");
        assert_eq!(same, pack, "a language without texts");
    }
    let maturity = builtin("backend-maturity").unwrap().unwrap().in_language("fr");
    assert_eq!(maturity.check("1.1").unwrap().choices[0], "Monolith", "answers keep the pack's own word");
    assert_eq!(maturity.read("Monolith"), "Monolithe");
    assert_eq!(maturity.read("Testing"), "Tests", "findings keep an area's title");
    assert_eq!(maturity.read("Lager"), "Lager");
}

#[test]
fn a_snapshot_whose_text_is_another_keeps_it() {
    let mut older = builtin("backend-health").unwrap().unwrap();
    older.sections[0].checks[0].title = "Reads below 300 ms".to_owned();
    let german = older.in_language("de");
    assert_eq!(german.check("1.1").unwrap().title, "Reads below 300 ms");
    assert_eq!(german.check("1.2").unwrap().title, "Schreibende Endpunkte: p99-Latenz");
}

const OWN: &str = r#"
schema = 1
id = "own"
version = "1"
title = "Our list"
language = "en"
languages = ["de"]
[[sections]]
id = "a"
title = "Trade"
[[sections.checks]]
id = "1"
title = "Prices are dated"
choices = ["Always", "Never"]
"#;

const GERMAN: &str = r#"
pack = "own"
language = "de"
[sections.a]
title = "Handel"
[checks.1]
title = "Preise sind datiert"
[words]
"Always" = "Immer"
"Never" = "Nie"
"#;

fn own(german: &str) -> Result<Pack, PackError> {
    Pack::parse_with(OWN, |name| (name == "own.de.toml").then(|| german.to_owned()))
}

#[test]
fn a_pack_of_ones_own_is_told_in_its_files_and_keeps_them() {
    let pack = own(GERMAN).unwrap();
    assert_eq!(pack.untranslated(&pack.texts["de"].clone().into(), Reach::Shown), ["title"]);
    // What an engagement keeps is the definition alone.
    let kept = Pack::parse(&pack.to_toml().unwrap()).unwrap();
    assert_eq!(kept, pack);
    let german = kept.in_language("de");
    assert_eq!((german.title.as_str(), german.sections[0].title.as_str()), ("Our list", "Handel"));
    assert_eq!((german.check("1").unwrap().title.as_str(), german.read("Never")), ("Preise sind datiert", "Nie"));
    assert_eq!(kept.in_language("fr").sections[0].title, "Trade");
    assert!(german.texts.is_empty());
}

#[test]
fn what_is_wrong_with_a_language_is_told_with_its_place() {
    let told = |german: &str| own(german).unwrap_err().to_string();
    let unknown = told(&GERMAN.replace("[checks.1]", "[checks.2]"));
    assert!(unknown.contains("own.de.toml, line 7: checks/2/title: the pack own has no such text"), "{unknown}");
    let word = told(&GERMAN.replace("\"Never\"", "\"Seldom\""));
    assert!(word.contains("line 10: words/Seldom"), "{word}");
    assert!(
        told(&GERMAN.replace("\"own\"", "\"other\"")).contains("the file is for another pack: write pack = \"own\"")
    );
    assert!(told(&GERMAN.replace("\"Nie\"", "3")).contains("line 10: words/Never: a translation is a text"));
    assert!(
        told("pack = \"own\"\nlanguage = \"de\"\nsame = [\"Always\", \"Always\"]").contains("list of different words")
    );
    assert!(told("title = [").contains("own.de.toml: not a pack"), "{}", told("title = ["));
    let missing = Pack::parse_with(OWN, |_| None).unwrap_err().to_string();
    assert!(missing.contains("there is no \"own.de.toml\" beside the pack"), "{missing}");
    let outside =
        Pack::parse_with(&OWN.replace("\"de\"]", "\"../de\"]"), |_| Some(String::new())).unwrap_err().to_string();
    assert!(outside.contains("is not a language"), "{outside}");
    let words = Pack::parse(&OWN.replace("languages = [\"de\"]", "[words]\na = \"b\"")).unwrap_err().to_string();
    assert!(words.contains("words follow from the texts"), "{words}");
}
