//! Manifests in JSON and TOML.

use super::line_of;
use crate::flat;
use crate::notes::Notes;
use crate::source::Source;
use toml::{Table, Value};

/// `package.json` of npm, yarn and pnpm.
pub(super) fn package(source: &Source, notes: &mut Notes) {
    for setting in flat::json(source.text) {
        let Some((group, name)) = setting.key.split_once('.') else { continue };
        match (group, name) {
            ("dependencies" | "devDependencies" | "peerDependencies" | "optionalDependencies", _) => {
                notes.depend(name, setting.value, setting.line)
            }
            ("engines", "node") => notes.name("Runtime", "Node.js", &setting.value, setting.line),
            _ => {}
        }
    }
}

/// `composer.json`.
pub(super) fn composer(source: &Source, notes: &mut Notes) {
    for setting in flat::json(source.text) {
        match setting.key.split_once('.') {
            Some(("require", "php")) => notes.name("Language", "PHP", &setting.value, setting.line),
            Some(("require" | "require-dev", name)) => notes.depend(name, setting.value, setting.line),
            _ => {}
        }
    }
}

/// `global.json`.
pub(super) fn dotnet_sdk(source: &Source, notes: &mut Notes) {
    for setting in flat::json(source.text).iter().filter(|setting| setting.key == "sdk.version") {
        let version = setting.value.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
        notes.name("Runtime", ".NET", &version, setting.line);
    }
}

fn table(source: &Source) -> Option<Table> {
    source.text.parse::<Table>().ok()
}

/// A dependency's version: a text, or a field of a table.
fn version(value: &Value) -> String {
    let text = value.as_str().or_else(|| value.get("version").and_then(Value::as_str));
    text.unwrap_or_default().to_owned()
}

/// `pyproject.toml`, with Poetry or without, and Pipfile.
pub(super) fn python(source: &Source, notes: &mut Notes) {
    let Some(table) = table(source) else { return };
    let at = |path: &[&str]| path.iter().try_fold(Value::Table(table.clone()), |value, key| value.get(*key).cloned());
    if let Some(requires) = at(&["project", "requires-python"]).as_ref().and_then(Value::as_str) {
        notes.name("Language", "Python", requires, line_of(source, "requires-python"));
    }
    for listed in
        at(&["project", "dependencies"]).iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str)
    {
        let end = listed
            .find(|char: char| !(char.is_alphanumeric() || matches!(char, '-' | '_' | '.')))
            .unwrap_or(listed.len());
        notes.depend(
            &listed[..end],
            listed[end..].split(']').next_back().unwrap_or_default().split(';').next().unwrap_or_default(),
            line_of(source, listed),
        );
    }
    for group in [&["tool", "poetry", "dependencies"][..], &["packages"]] {
        for (name, value) in at(group).iter().filter_map(Value::as_table).flatten() {
            let line = line_of(source, &format!("\n{name} ")).saturating_add(1);
            if name == "python" {
                notes.name("Language", "Python", &version(value), line);
            } else {
                notes.depend(name.as_str(), version(value), line);
            }
        }
    }
}

/// `Cargo.toml`.
pub(super) fn cargo(source: &Source, notes: &mut Notes) {
    let Some(table) = table(source) else { return };
    let groups =
        [table.get("dependencies"), table.get("workspace").and_then(|workspace| workspace.get("dependencies"))];
    for (name, value) in groups.into_iter().flatten().filter_map(Value::as_table).flatten() {
        notes.depend(name.as_str(), version(value), line_of(source, &format!("\n{name} ")).saturating_add(1));
    }
    let package = table.get("package").and_then(|package| package.get("rust-version")).and_then(Value::as_str);
    let channel = table.get("toolchain").and_then(|toolchain| toolchain.get("channel")).and_then(Value::as_str);
    if let Some(rust) = package.or(channel) {
        notes.name("Language", "Rust", rust, line_of(source, rust));
    }
}

/// A version catalog of Gradle.
pub(super) fn catalog(source: &Source, notes: &mut Notes) {
    let Some(table) = table(source) else { return };
    let versions = table.get("versions").and_then(Value::as_table).cloned().unwrap_or_default();
    let settled = |value: &Value| {
        let reference = value.get("version").and_then(|version| version.get("ref")).and_then(Value::as_str);
        match reference.and_then(|name| versions.get(name)) {
            Some(value) => value.as_str().unwrap_or_default().to_owned(),
            None => version(value),
        }
    };
    for (key, value) in
        ["libraries", "plugins"].iter().filter_map(|group| table.get(*group).and_then(Value::as_table)).flatten()
    {
        let short = value.as_str().map(|text| text.rsplit_once(':').unwrap_or((text, "")));
        let module = value.get("module").or_else(|| value.get("id")).and_then(Value::as_str).map(str::to_owned);
        let module =
            module.or_else(|| Some(format!("{}:{}", value.get("group")?.as_str()?, value.get("name")?.as_str()?)));
        let line = line_of(source, &format!("\n{key} ")).saturating_add(1);
        match (module, short) {
            (Some(module), _) => notes.depend(module, settled(value), line),
            (None, Some((module, version))) => notes.depend(module, version, line),
            _ => {}
        }
    }
    if let Some(java) = ["java", "jdk", "jvm"].iter().find_map(|name| versions.get(*name).and_then(Value::as_str)) {
        notes.name("Language", "Java", java, line_of(source, java));
    }
    if let Some(kotlin) = versions.get("kotlin").and_then(Value::as_str) {
        notes.name("Language", "Kotlin", kotlin, line_of(source, kotlin));
    }
}
