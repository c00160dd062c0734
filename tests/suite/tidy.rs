//! The house rules: who may use whom, file sizes, names, licences, documents that must not go stale.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use groma_tests::root;
use serde_json::Value;

/// Which crate may use which of ours. Never upward, never sideways unless it stands here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("groma-model", &[]),
    ("groma-prose", &[]),
    ("groma-typeset", &[]),
    ("groma-spelling", &[]),
    ("groma-pack", &["groma-model"]),
    ("groma-kit", &["groma-pack"]),
    ("groma-evidence", &["groma-model"]),
    ("groma-probe", &["groma-model"]),
    ("groma-plan", &["groma-model"]),
    ("groma-c4", &["groma-model"]),
    ("groma-picture", &["groma-model"]),
    ("groma-store", &["groma-model"]),
    ("groma-report", &["groma-model", "groma-prose", "groma-pack", "groma-plan", "groma-c4"]),
    (
        "groma-app",
        &[
            "groma-model",
            "groma-prose",
            "groma-spelling",
            "groma-pack",
            "groma-kit",
            "groma-evidence",
            "groma-probe",
            "groma-plan",
            "groma-c4",
            "groma-picture",
            "groma-report",
            "groma-typeset",
            "groma-store",
        ],
    ),
    ("groma-cli", &["groma-app"]),
    ("groma-desk", &["groma-app"]),
    ("groma-shell", &["groma-app", "groma-desk"]),
    ("groma-twin", &["groma-app", "groma-desk"]),
];

/// Words that say nothing about what a thing is.
const BANNED_NAMES: &[&str] = &["Manager", "Service", "Helper", "Util", "Utils", "Processor", "Handler"];
const BANNED_FILES: &[&str] = &["misc.rs", "common.rs", "utils.rs", "util.rs", "helpers.rs"];
/// A file longer than this has more than one subject.
const MOST_LINES: usize = 500;

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            // Vendored crates are as their authors write them.
            if !["target", "node_modules", "vendor"].contains(&name.as_str()) && !name.starts_with('.') {
                files(&path, ending, into);
            }
        } else if name.ends_with(ending) {
            into.push(path);
        }
    }
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root().join("src-tauri"), ".rs", &mut found);
    files(&root().join("tests"), ".rs", &mut found);
    assert!(found.len() > 50, "the walk found the sources");
    found
}

#[test]
fn crates_use_only_what_the_map_allows() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        if !name.starts_with("groma-") || name == "groma-tests" {
            continue;
        }
        let may =
            allowed.get(name).unwrap_or_else(|| panic!("{name} is not on the map: add it here and in ARCHITECTURE.md"));
        seen.insert(name.to_owned());
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let used = dependency["name"].as_str().expect("a name");
            if used.starts_with("groma-") && dependency["kind"].is_null() {
                assert!(may.contains(&used), "{name} may not use {used}");
            }
            if used == "rusqlite" {
                assert_eq!(name, "groma-store", "only the store knows SQLite");
            }
            if used.starts_with("typst") && dependency["kind"].is_null() {
                assert_eq!(name, "groma-typeset", "only typeset knows Typst");
            }
        }
    }
    assert_eq!(seen.len(), MAY_USE.len(), "every crate on the map exists");
}

#[test]
fn licences_are_on_the_list() {
    let list = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let allow = list.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("an allow list");
    let allowed: BTreeSet<&str> = allow.split('"').skip(1).step_by(2).collect();
    for package in metadata()["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        let Some(licence) = package["license"].as_str() else {
            assert!(package["license_file"].is_string(), "{name} has no licence");
            continue;
        };
        // An expression holds when one of its alternatives has only allowed parts.
        let holds = licence
            .replace('/', " OR ")
            .split(" OR ")
            .any(|choice| choice.split(" AND ").all(|part| allowed.contains(part.trim().trim_matches(['(', ')']))));
        assert!(holds, "{name} is under {licence}, which deny.toml does not allow");
    }
}

#[test]
fn files_have_one_subject_each() {
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("a source");
        let lines = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(&text).lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines without its tests; split it by subject", path.display());
    }
}

#[test]
fn names_say_what_things_are() {
    for path in sources() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        assert!(!BANNED_FILES.contains(&name.as_str()), "{}: name the file after its subject", path.display());
        if name == "tidy.rs" {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for line in text.lines().map(str::trim) {
            for keyword in ["struct ", "enum ", "trait ", "mod ", "type "] {
                let declared = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
                if let Some(rest) = declared.strip_prefix(keyword) {
                    let ident: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    assert!(
                        !BANNED_NAMES.iter().any(|banned| ident.ends_with(banned)),
                        "{}: {ident} does not say what it is",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn client_data_stays_out_of_the_log() {
    // Log lines carry counts and times. A field that could hold a client's text is refused by name.
    for path in sources().into_iter().filter(|path| path.to_string_lossy().contains("src-tauri")) {
        let text = std::fs::read_to_string(&path).expect("a source");
        for (index, line) in text.lines().enumerate() {
            let trimmed = line.trim();
            let logs = [
                "tracing::",
                "info!(",
                "warn!(",
                "debug!(",
                "error!(",
                "trace!(",
                "info_span!(",
                "#[instrument",
                "debug_span!(",
            ];
            if logs.iter().any(|word| trimmed.contains(word))
                && !trimmed.starts_with("use ")
                && !trimmed.starts_with("//")
            {
                for leak in ["title", "client", "message =", "text =", "path =", "name =", "?path", "%path", "body"] {
                    assert!(!trimmed.contains(leak), "{}:{}: \"{leak}\" in a log line", path.display(), index + 1);
                }
            }
        }
    }
}

#[test]
fn the_map_names_every_crate() {
    let map = std::fs::read_to_string(root().join("src-tauri/ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for (name, _) in MAY_USE {
        let short = name.trim_start_matches("groma-");
        assert!(map.contains(&format!("`{short}`")), "ARCHITECTURE.md does not mention {short}");
    }
}

/// `GROMA_BLESS=1` writes them instead (`make bindings`).
#[test]
fn the_bindings_are_current() {
    let file = root().join("ui/src/bindings/contract.ts");
    let wanted = groma_app::bindings::typescript().unwrap();
    if std::env::var_os("GROMA_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &wanted).unwrap();
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(there == wanted, "ui/src/bindings/contract.ts is stale: run `make bindings`");
}

/// npm writes what it installed here; `npm ci` then refuses the file on a machine of another kind, and everywhere else too.
#[test]
fn the_windows_lock_file_holds_every_platform() {
    let text = std::fs::read_to_string(root().join("ui/package-lock.json")).expect("the window has a lock file");
    let lock: Value = serde_json::from_str(&text).expect("the lock file is JSON");
    let packages = lock["packages"].as_object().expect("the lock file lists packages");
    let missing: Vec<String> = packages
        .iter()
        .flat_map(|(path, package)| {
            package["optionalDependencies"].as_object().into_iter().flatten().map(move |(name, _)| (path, name))
        })
        .filter(|(_, name)| !packages.keys().any(|path| path.ends_with(&format!("node_modules/{name}"))))
        .map(|(path, name)| format!("{name} of {path}"))
        .collect();
    assert!(missing.is_empty(), "take a version whose packages exist for every platform: {missing:#?}");
}

#[test]
fn every_sentence_of_check_is_said_in_both_languages() {
    for language in ["en", "de"] {
        let path = root().join(format!("ui/src/i18n/{language}/checks.ts"));
        let words = std::fs::read_to_string(&path).expect("the window's words");
        let said = |id: &str| words.lines().find_map(|line| line.trim().strip_prefix(&format!("\"{id}\": ")));
        for (id, english) in groma_app::SENTENCES {
            let sentence = said(id).unwrap_or_else(|| panic!("{language} has no words for {id}"));
            for place in english.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place) {
                // Sentences of the plan are made anew from what they are about.
                let made_anew = place == "reason" && id.starts_with("plan.") || place.is_empty();
                assert!(
                    made_anew
                        || sentence.contains(&format!("{{{place}}}"))
                        || sentence.contains(&format!("{{{place}:")),
                    "{language} {id}: {{{place}}} is not said in {sentence}"
                );
            }
        }
        let count = words.lines().filter(|line| line.trim().starts_with('"')).count();
        assert_eq!(count, groma_app::SENTENCES.len(), "{language} says what no rule says");
    }
}
