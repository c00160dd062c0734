//! What must hold of a kit before a client gets it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Kit, Probe, Text, folder::LANGUAGES};

/// Words that the README is written with.
pub(crate) const WORDS: &[&str] = &[
    "needs",
    "access",
    "never",
    "load",
    "time",
    "checks",
    "nothing",
    "title",
    "for_client",
    "send_to",
    "send_back",
    "settings",
];
/// No probe runs for longer than this.
const MOST_SECONDS: u32 = 900;

/// Everything that is wrong; nothing when it holds together.
pub(crate) fn problems(kit: &Kit) -> Vec<String> {
    let mut found = Vec::new();
    let definition = &kit.definition;
    if definition.schema != 1 {
        found.push(format!("schema {} is not known: write 1", definition.schema));
    }
    if definition.version.is_empty() || !definition.version.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        found.push(format!("version \"{}\" is no version such as 1.0.0", definition.version));
    }
    for id in WORDS {
        match definition.words.get(*id) {
            Some(word) => text(&mut found, &format!("words.{id}"), word),
            None => found.push(format!("words.{id} is missing")),
        }
    }
    for language in LANGUAGES {
        for path in [format!("messages/{language}.sh"), format!("readme/{language}.md")] {
            file(&mut found, kit, "the kit", &path);
        }
    }
    for path in &definition.files {
        file(&mut found, kit, "files", path);
    }
    let mut groups = BTreeMap::new();
    for group in &definition.groups {
        let at = format!("group \"{}\"", group.id);
        id(&mut found, &at, &group.id);
        for (name, value) in [("title", &group.title), ("access", &group.access), ("never", &group.never)] {
            text(&mut found, &format!("{at}: {name}"), value);
        }
        for path in group.files.iter().chain([&group.settings]) {
            file(&mut found, kit, &at, path);
        }
        if groups.insert(group.id.as_str(), group).is_some() {
            found.push(format!("{at} is there twice"));
        }
    }
    let mut seen = BTreeSet::new();
    for one in &definition.probes {
        if !seen.insert(one.id.as_str()) || groups.contains_key(one.id.as_str()) {
            found.push(format!("probe \"{}\": the id is taken", one.id));
        }
        let settings = groups.get(one.group.as_str()).map(|group| kit.text(&group.settings));
        if settings.is_none() {
            found.push(format!("probe \"{}\": there is no group \"{}\"", one.id, one.group));
        }
        probe(&mut found, kit, one, settings.unwrap_or_default());
    }
    found
}

fn probe(found: &mut Vec<String>, kit: &Kit, probe: &Probe, settings: &str) {
    let at = format!("probe \"{}\"", probe.id);
    id(found, &at, &probe.id);
    for (name, value) in [("title", &probe.title), ("what", &probe.what), ("load", &probe.load)] {
        text(found, &format!("{at}: {name}"), value);
    }
    file(found, kit, &at, &format!("probes/{}.sh", probe.id));
    for path in &probe.files {
        file(found, kit, &at, path);
    }
    for pack_file in &probe.pack_files {
        if groma_pack::builtin_file(&pack_file.from).is_none() {
            found.push(format!("{at}: there is no \"{}\" beside the packs", pack_file.from));
        }
        if kit.texts.contains_key(&pack_file.to) || !is_path(&pack_file.to) {
            found.push(format!("{at}: \"{}\" is taken or no path below the folder", pack_file.to));
        }
    }
    if !(1..=MOST_SECONDS).contains(&probe.seconds) {
        found.push(format!("{at}: {} seconds are not between 1 and {MOST_SECONDS}", probe.seconds));
    }
    if probe.checks.is_empty() || probe.formats.is_empty() {
        found.push(format!("{at}: a probe without checks or formats answers nothing"));
    }
    for check in &probe.checks {
        let parts = check.split_once('/').filter(|(pack, id)| !pack.is_empty() && !id.is_empty());
        if parts.is_none() || check.contains([' ', '"', '\\', '\t']) {
            found.push(format!("{at}: \"{check}\" is no check; write pack/check"));
        }
    }
    for command in &probe.needs {
        if !command.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) || command.is_empty() {
            found.push(format!("{at}: \"{command}\" is no command"));
        }
    }
    if probe.settings.is_empty() {
        found.push(format!("{at}: without a setting it would run wherever it stands"));
    }
    for variable in &probe.settings {
        let named = variable.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        // What psql knows beyond the settings that are offered.
        let offered =
            variable == "PGSERVICE" || settings.lines().any(|line| line.starts_with(&format!("#{variable}=")));
        if !named || !offered {
            found.push(format!("{at}: {variable} is not in the settings of its group"));
        }
    }
}

fn id(found: &mut Vec<String>, at: &str, id: &str) {
    let shaped = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !shaped {
        found.push(format!("{at}: an id has small letters, digits and hyphens"));
    }
}

/// Both languages, one line each: they become cells of a table that a shell reads.
fn text(found: &mut Vec<String>, at: &str, text: &Text) {
    for value in [&text.en, &text.de] {
        if value.trim().is_empty() || value.contains(['\n', '\t', '\r']) {
            found.push(format!("{at}: a text is one line in English and one in German"));
        }
    }
}

fn is_path(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn file(found: &mut Vec<String>, kit: &Kit, at: &str, path: &str) {
    if !is_path(path) || !kit.texts.contains_key(path) {
        found.push(format!("{at}: there is no file \"{path}\""));
    }
}
