//! What is refused, with its file, line and words; and what is kept out: other folders, endless nesting.

#![allow(clippy::expect_used)]

#[path = "support/said.rs"]
mod said;

use groma_c4::dsl::{self, Files, Options};
use groma_c4::{Level, Refusal};
use std::collections::BTreeMap;

/// Files by their paths.
struct Texts(BTreeMap<String, String>);

impl Files for Texts {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        Some(self.0.get(path)?.clone().into_bytes())
    }

    fn list(&self, folder: &str) -> Option<Vec<String>> {
        let within = format!("{folder}/");
        let names: Vec<String> =
            self.0.keys().filter_map(|path| Some(path.strip_prefix(&within)?.to_owned())).collect();
        (!names.is_empty()).then_some(names)
    }
}

fn read(texts: &[(&str, &str)], strict: bool) -> Result<dsl::Parsed, Refusal> {
    let files = texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let read = dsl::parse(texts[0].0, &Texts(files), &Options { strict });
    match &read {
        Ok(parsed) => said::remarks_are_known(&parsed.diagnostics),
        Err(refusal) => said::refusal_is_known(refusal),
    }
    read
}

fn refused(text: &str) -> Refusal {
    read(&[("main.dsl", text)], false).expect_err(text)
}

/// A model in a workspace; its first line is the third.
fn model(lines: &str) -> String {
    format!("workspace {{\nmodel {{\n{lines}\n}}\n}}\n")
}

/// Views of a small model; their first line is the eighth.
fn views(lines: &str) -> String {
    format!(
        "workspace {{\nmodel {{\nann = person \"Ann\"\nshop = softwareSystem \"Shop\"\nann -> shop \"Uses\"\n}}\nviews {{\n{lines}\n}}\n}}\n"
    )
}

#[test]
fn models_are_refused_at_their_line() {
    for (lines, line, message) in [
        ("person \"Ann\"\nsoftwareSystem \"Ann\"", 4, "A person or software system named \"Ann\" already exists"),
        (
            "s = softwareSystem \"S\" {\ncontainer \"C\"\ncontainer \"C\"\n}",
            5,
            "A container named \"C\" already exists within \"S\"",
        ),
        ("a = person \"A\"\na -> b \"Uses\"", 4, "The destination element \"b\" does not exist"),
        ("b -> a \"Uses\"", 3, "The source element \"b\" does not exist"),
        (
            "a = person \"A\"\nb = person \"B\"\na -> b \"x\"\na -> b \"x\"",
            6,
            "A relationship between \"Person://A\" and \"Person://B\" already exists",
        ),
        (
            "s = softwareSystem \"S\" {\nc = container \"C\"\ns -> c\n}",
            5,
            "Relationships cannot be added between parents and children.",
        ),
        ("a = person \"A\"\na = person \"B\"", 4, "The identifier \"a\" is already in use"),
        ("a! = person \"A\"", 3, "Identifiers can only contain the following characters: a-zA-Z0-9_-"),
        ("-a = person \"A\"", 3, "Identifiers cannot start with a - character"),
        ("person \"A\" \"b\" \"c\" \"d\"", 3, "Too many tokens, expected: person <name> [description] [tags]"),
        ("person", 3, "Expected: person <name> [description] [tags]"),
        ("container \"C\"", 3, "Unexpected tokens (expected: group, person, softwareSystem, deploymentEnvironment"),
        (
            "group \"A\" {\ngroup \"B\" {\n}\n}",
            4,
            "To use nested groups, please define a model property named structurizr.groupSeparator",
        ),
        (
            "deploymentEnvironment \"E\" {\ndeploymentNode \"N\" {\ncontainerInstance c\n}\n}",
            5,
            "The container \"c\" does not exist",
        ),
        (
            "deploymentEnvironment \"E\" {\ndeploymentNode \"N\" \"\" \"\" \"\" 0\n}",
            4,
            "\"0\" is no number of instances",
        ),
        (
            "deploymentEnvironment \"E\" {\na = deploymentNode \"A\"\nb = person \"B\"\n}",
            5,
            "Unexpected tokens (expected: group, deploymentGroup, deploymentNode, ->)",
        ),
        (
            "s = softwareSystem \"S\"\nt = softwareSystem \"T\"\ns -> t\ndeploymentEnvironment \"E\" {\ns -/> t {\n}\n}",
            7,
            "A relationship between \"s\" and \"t\" does not exist",
        ),
        ("!element nothing {\n}", 3, "An element/relationship identified by \"nothing\" could not be found"),
        ("!elements \"element.tag==Nothing\" {\n}", 3, "No elements found for expression \"element.tag==Nothing\""),
        ("!identifiers upsideDown", 3, "Unknown identifier scope upsideDown"),
        ("!const a b\n!const a c", 4, "A constant/variable \"a\" already exists"),
        ("!const \"a b\" c", 3, "Constant/variable names must only contain the following characters: a-zA-Z0-9-_."),
        ("a = person \"A\" \\\n  \"b\" \\\n  \"c\" \"d\" \"e\"", 5, "Too many tokens"),
    ] {
        let refusal = refused(&model(lines));
        assert_eq!(refusal.line, line, "{lines}: {refusal}");
        assert_eq!(refusal.file, "main.dsl");
        assert!(refusal.message.starts_with(message), "{lines}: {refusal}");
        assert!(!refusal.remedy.is_empty(), "{refusal}");
    }
}

#[test]
fn views_are_refused_at_their_line() {
    for (lines, line, message) in [
        ("systemContext bank {\n}", 8, "The software system \"bank\" does not exist"),
        ("systemContext ann {\n}", 8, "The element \"ann\" is not a software system"),
        ("systemLandscape a {\n}\nsystemLandscape a {\n}", 10, "A view with the key a already exists."),
        ("systemLandscape {\ninclude\n}", 9, "Expected: include <*|*?|identifier|expression>"),
        ("systemLandscape {\ninclude nobody\n}", 9, "The element/relationship \"nobody\" does not exist"),
        (
            "systemLandscape {\ninclude element.type==nonsense\n}",
            9,
            "The element type of \"nonsense\" is not valid for this view",
        ),
        ("custom {\ninclude ann\n}", 9, "The element \"ann\" can not be added to this type of view"),
        ("systemLandscape {\nanimation {\nann\n}\n}", 10, "None of the specified elements exist in this view."),
        ("systemLandscape {\nautoLayout sideways\n}", 9, "Valid rank directions are: tb|bt|lr|rl"),
        ("systemLandscape {\nautoLayout lr far\n}", 9, "Rank separation must be positive integer in pixels"),
        ("systemLandscape {\nautoLayout LR\n}", 9, "Valid rank directions are: tb|bt|lr|rl"),
        ("systemLandscape {\nautoLayout lr 1 2 few\n}", 9, "Edge separation must be positive integer in pixels"),
        ("systemLandscape {\nautoLayout lr 1 2 3 some\n}", 9, "Vertices must be true or false"),
        ("systemLandscape {\nautoLayout lr 1 2 3 true 4\n}", 9, "Too many tokens, expected: autoLayout"),
        ("systemLandscape {\nann -> shop\n}", 9, "Unexpected tokens (expected: include, exclude, autoLayout"),
        ("dynamic * {\nann -> bank\n}", 9, "The destination element \"bank\" does not exist"),
        ("dynamic shop {\nann -> shop\n}", 9, "Shop cannot be added to this dynamic view"),
        ("deployment * Live {\n}", 8, "The environment \"Live\" does not exist"),
        ("filtered nothing include a", 8, "The view \"nothing\" does not exist"),
        ("dynamic * d {\n}\nfiltered d include a", 10, "The view \"d\" must be a System Landscape"),
        ("systemLandscape a\n}\nfiltered a sometimes b", 10, "Filter mode should be include or exclude"),
        ("styles {\nelement x {\nshape blob\n}\n}", 10, "The shape \"blob\" is not valid"),
        (
            "styles {\nelement x {\nbackground mauvish\n}\n}",
            10,
            "mauvish is not a valid hex colour code or HTML colour name",
        ),
        ("styles {\nelement x {\nopacity half\n}\n}", 10, "Opacity must be an integer between 0 and 100"),
        ("styles {\nrelationship x {\ndashed perhaps\n}\n}", 10, "Dashed must be true or false"),
        ("theme nowhere.json", 8, "Theme nowhere.json does not exist at nowhere.json"),
        ("terminology {\nmetadata wavy\n}", 9, "The symbol type \"wavy\" is not valid"),
    ] {
        let refusal = refused(&views(lines));
        assert_eq!(refusal.line, line, "{lines}: {refusal}");
        assert!(refusal.message.starts_with(message), "{lines}: {refusal}");
        assert!(!refusal.remedy.is_empty(), "{refusal}");
    }
}

#[test]
fn an_error_in_an_included_file_names_it() {
    let main = model("!include parts/one.dsl");
    let refusal = read(&[("a/main.dsl", &main), ("a/parts/one.dsl", "\n\nnonsense")], false).expect_err("nonsense");
    assert_eq!((refusal.file.as_str(), refusal.line), ("a/parts/one.dsl", 3));
    let unclosed = refused("workspace {\nmodel {\n");
    assert!(unclosed.message.starts_with("Unexpected end of DSL content"), "{unclosed}");
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    for target in ["../secret.dsl", "/etc/passwd", "x/../../secret.dsl", "c:\\secret.dsl", "..\\secret.dsl"] {
        for text in [
            model(&format!("!include {target}")),
            format!("workspace extends {target} {{\n}}"),
            views(&format!("theme {target}")),
        ] {
            let refusal = read(&[("main.dsl", &text), ("secret.dsl", "person \"Eve\"")], false).expect_err(target);
            assert!(refusal.message.contains("outside the opened folder"), "{refusal}");
        }
    }
}

#[test]
fn files_that_include_each_other_come_to_an_end() {
    let refusal = read(&[("main.dsl", &model("!include main2.dsl")), ("main2.dsl", "!include main2.dsl")], false);
    assert!(refusal.expect_err("endless").message.contains("too deep"));
    let refusal = read(&[("main.dsl", "workspace extends main.dsl {\n}")], false);
    assert!(refusal.expect_err("endless").message.contains("too deep"));
    // Each file twice the next: too many before too deep.
    let main = model("!include f1.dsl");
    let names: Vec<String> = (1..30).map(|at| format!("f{at}.dsl")).collect();
    let lines: Vec<String> = (1..30).map(|at| format!("!include f{}.dsl\n!include f{}.dsl", at + 1, at + 1)).collect();
    let mut texts = vec![("main.dsl", main.as_str()), ("f30.dsl", "")];
    texts.extend(names.iter().map(String::as_str).zip(lines.iter().map(String::as_str)));
    assert!(read(&texts, false).expect_err("too many").message.contains("too often"));
}

#[test]
fn nesting_and_values_are_bounded() {
    let nodes = "deploymentNode \"N\" {\n".repeat(5_000);
    let refusal = refused(&model(&format!("deploymentEnvironment \"E\" {{\n{nodes}")));
    assert!(refusal.message.contains("nested too deep"), "{refusal}");
    // Doubling a value sixty times.
    let mut lines = "!const v0 aaaaaaaaaaaaaaaa\n".to_owned();
    for at in 1..60 {
        lines += &format!("!const v{at} \"${{v{}}}${{v{}}}\"\n", at - 1, at - 1);
    }
    let parsed = read(&[("main.dsl", &model(&format!("{lines}person \"${{v59}}\"")))], false);
    assert!(parsed.map_or(true, |parsed| parsed.workspace.model.elements().all(|(_, one)| one.name.len() < 1 << 22)));
    let people: String = (0..600).map(|at| format!("person \"P{at}\"\n")).collect();
    let refusal = refused(&model(&format!("{people}!elements \"element==*\" {{\nthis -> this\n}}")));
    assert!(refusal.message.contains("relationships"), "{refusal}");
    let long = format!("element=={}ann", "element==".repeat(10_000));
    let refusal = refused(&views(&format!("systemLandscape {{\ninclude \"{long}\"\n}}")));
    assert!(refusal.message.contains("nested too deep"), "{refusal}");
}

#[test]
fn strict_refuses_and_otherwise_there_is_a_warning() {
    for (text, line) in [
        (model("!constant a b"), 3),
        (model("a = person \"A\" {\ntags = \"x\"\n}"), 4),
        (views("branding {\nfont Arial\n}"), 8),
        (views("systemLandscape \"a b\" {\n}"), 8),
        (views("systemLandscape a {\nautoLayout\n}\nfiltered a include x"), 11),
    ] {
        let parsed = read(&[("main.dsl", &text)], false).expect(&text);
        let warning = parsed.diagnostics.first().expect(&text);
        assert_eq!((warning.level, warning.line, warning.file.as_str()), (Level::Warning, line, "main.dsl"));
        let refusal = read(&[("main.dsl", &text)], true).expect_err(&text);
        assert_eq!(refusal.line, line, "{refusal}");
    }
}
