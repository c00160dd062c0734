//! Which files a kit has, and that everything in it fits together.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{all_checks, assets, kit};
use groma_kit::{Kit, KitError, KitFile, Names};

fn folder(checks: &[&str], language: &str, names: &Names) -> BTreeMap<String, KitFile> {
    kit().files(checks, language, names).into_iter().map(|file| (file.path.clone(), file)).collect()
}

fn text<'a>(files: &'a BTreeMap<String, KitFile>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path].bytes).unwrap()
}

#[test]
fn a_kit_has_the_probes_that_answer_open_checks() {
    let files = folder(&["backend-health/2.2", "backend-health/3.5", "backend-health/9.9"], "en", &Names::default());
    let scripts: Vec<&str> =
        files.keys().filter_map(|path| path.strip_prefix("probes/")?.strip_suffix(".sh")).collect();
    assert_eq!(scripts, ["mysql-tables", "postgres-foreign-keys", "redis-keys"]);
    for path in [
        "run.sh",
        "README.md",
        "settings.env",
        "messages.sh",
        "probes.tsv",
        "VERSION",
        "lib/postgres.sh",
        "lib/redis.sh",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    assert!(!files.contains_key("lib/http.sh") && !files.contains_key("sql/postgres/settings.sql"));
    assert!(files["run.sh"].executable && !files["README.md"].executable);
    // A query of the pack itself, not a copy that grows old.
    let query = groma_pack::builtin_file("sql/fk-without-index.sql").unwrap();
    assert_eq!(text(&files, "sql/postgres/foreign-keys.sql"), query);
    let settings = text(&files, "settings.env");
    assert!(settings.contains("#PGHOST=") && settings.contains("#REDIS_HOST=") && !settings.contains("K8S"));
    assert!(settings.lines().all(|line| line.is_empty() || line.starts_with('#')), "nothing is set beforehand");
    let readme = text(&files, "README.md");
    assert!(readme.contains("postgres-foreign-keys") && !readme.contains("kubernetes-"), "{readme}");
    assert!(readme.contains("Answers: backend-health/3.5."), "only what is open is named: {readme}");
    assert!(!readme.contains("{{"), "{readme}");
    assert_eq!(text(&files, "VERSION").trim(), kit().version());
}

#[test]
fn no_probe_no_kit() {
    assert_eq!(kit().files(&["backend-health/9.9"], "en", &Names::default()), Vec::new());
    assert_eq!(kit().unanswered(&["backend-health/9.9", "backend-health/2.2"]), ["backend-health/9.9"]);
}

#[test]
fn a_kit_speaks_the_reports_language_or_english() {
    let names = Names { client: "Müller & Co".into(), system: "Orders *live*".into(), auditor: "Ada".into() };
    let german = folder(&["backend-health/2.2"], "de-AT", &names);
    let readme = text(&german, "README.md");
    assert!(readme.starts_with("# Sondenpaket: Orders \\*live\\*\n\nFür Müller & Co.\n"), "{readme}");
    assert!(readme.contains("Senden Sie es an Ada") && readme.contains("Fremdschlüssel"), "{readme}");
    assert!(text(&german, "settings.env").contains("Das Passwort kommt"), "{}", text(&german, "settings.env"));
    assert!(!text(&german, "settings.env").contains("The password"));
    assert!(text(&german, "messages.sh").contains("Starten?"));
    assert!(text(&german, "probes.tsv").contains("Fremdschlüssel und ihre Indizes"));
    for language in ["en", "fr", "", "x"] {
        let files = folder(&["backend-health/2.2"], language, &Names::default());
        assert!(text(&files, "README.md").starts_with("# Probe kit\n\nThis folder"), "{}", text(&files, "README.md"));
        assert!(text(&files, "README.md").contains("whoever gave you this folder"));
    }
}

#[test]
fn checks_and_formats_exist() {
    let kit = kit();
    let packs: BTreeSet<String> = groma_pack::BUILTINS
        .iter()
        .flat_map(|builtin| {
            let pack = groma_pack::builtin(builtin.id).unwrap().unwrap();
            pack.checks().map(|(_, _, check)| format!("{}/{}", builtin.id, check.id)).collect::<Vec<_>>()
        })
        .collect();
    for check in all_checks(&kit) {
        assert!(packs.contains(&check), "{check} is in no pack");
    }
    for probe in kit.probes() {
        for format in &probe.formats {
            // The two that are read by importers of their own, which may be younger than the kit.
            let young = ["groma-facts", "prometheus-rules"].contains(&format.as_str());
            assert!(crate::support::is_known(format) || young, "{}: {format}", probe.id);
        }
    }
}

/// Both languages say the same things, with the same places in them.
#[test]
fn languages_do_not_differ_in_what_they_hold() {
    let assets = assets();
    let names = |path: &str| -> BTreeSet<String> {
        let text = std::str::from_utf8(&assets[path]).unwrap();
        text.lines().filter_map(|line| Some(line.strip_prefix("M_")?.split_once('=')?.0.to_owned())).collect()
    };
    assert_eq!(names("messages/en.sh"), names("messages/de.sh"));
    assert!(names("messages/en.sh").len() > 25);
    let places = |path: &str| -> BTreeSet<String> {
        let text = std::str::from_utf8(&assets[path]).unwrap();
        text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.to_owned())).collect()
    };
    assert_eq!(places("readme/en.md"), places("readme/de.md"));
    for (path, bytes) in assets.iter().filter(|(path, _)| path.starts_with("settings/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let count = |tag: &str| text.lines().filter(|line| line.starts_with(tag)).count();
        assert_eq!(count("#en "), count("#de "), "{path}");
        assert!(count("#en ") > 0, "{path}");
    }
    // Each message that a script says is there.
    let said: BTreeSet<String> = assets
        .iter()
        .filter(|(path, _)| path.ends_with("run.sh") || path.starts_with("lib/") || path.starts_with("probes/"))
        .flat_map(|(_, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            text.split("$M_").skip(1).map(word).collect::<Vec<String>>()
        })
        .collect();
    assert_eq!(said, names("messages/en.sh"), "every message is said, and every one said is there");
}

#[test]
fn every_file_of_the_kit_is_used() {
    let kit = kit();
    let checks = all_checks(&kit);
    let checks: Vec<&str> = checks.iter().map(String::as_str).collect();
    let files = folder(&checks, "en", &Names::default());
    let made = ["kit.toml", "README.md"];
    for path in assets().keys().filter(|path| !made.contains(&path.as_str())) {
        let woven = ["messages/", "readme/", "settings/"].iter().any(|folder| path.starts_with(folder));
        assert!(woven || files.contains_key(path), "{path} is in no kit");
    }
}

#[test]
fn a_kit_that_does_not_hold_together_is_refused() {
    let broken = |from: &str, to: &str| {
        let mut assets = assets();
        let text = String::from_utf8(assets["kit.toml"].clone()).unwrap();
        assert!(text.contains(from), "{from}");
        assets.insert("kit.toml".to_owned(), text.replacen(from, to, 1).into_bytes());
        Kit::read(assets.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()))).unwrap_err().to_string()
    };
    for (from, to, word) in [
        ("schema = 1", "schema = 2", "schema 2"),
        ("group = \"redis\"", "group = \"rediss\"", "no group \"rediss\""),
        ("id = \"redis-info\"", "id = \"redis-keys\"", "taken"),
        ("seconds = 60", "seconds = 6000", "6000 seconds"),
        ("settings = [\"PGHOST\"", "settings = [\"PGHOTS\"", "PGHOTS"),
        ("sql/postgres/settings.sql", "sql/../../secrets", "no file"),
        ("sql/fk-without-index.sql", "sql/none.sql", "beside the packs"),
        ("checks = [\"backend-health/2.2\"]", "checks = [\"2.2\"]", "no check"),
        ("formats = [\"redis-info\"]", "formats = []", "answers nothing"),
        ("needs = [\"psql\"]", "needs = [\"psql; rm\"]", "no command"),
        ("de = \"Einstellungen des Servers\"", "de = \"\"", "one line"),
        ("version = \"1.0.0\"", "version = \"1.0.0\"\nextra = 1", "extra"),
    ] {
        let message = broken(from, to);
        assert!(message.contains(word), "{word}: {message}");
    }
    let nothing = Kit::read([]);
    assert!(matches!(nothing, Err(KitError::Shape(_))));
}
