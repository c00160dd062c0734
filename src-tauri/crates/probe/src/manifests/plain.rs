//! Manifests that are lines of text: Go, Ruby, pip, and files that hold nothing but a version.

use crate::notes::Notes;
use crate::rules::pattern;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// `go.mod`.
pub(super) fn go(source: &Source, notes: &mut Notes) {
    for (line, text) in (1..).zip(source.text.lines()) {
        let text = text.split("//").next().unwrap_or_default().trim().trim_start_matches("require ").trim();
        let Some((name, version)) = text.split_once(char::is_whitespace) else { continue };
        match name {
            "go" => notes.name("Language", "Go", version, line),
            _ if version.trim().starts_with('v') && name.contains('.') => notes.depend(name, version.trim(), line),
            _ => {}
        }
    }
}

static GEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"^\s*(?:gem|spec\.add_(?:runtime_)?dependency|s\.add_(?:runtime_)?dependency)[\s(]+['"]([^'"]+)['"](?:\s*,\s*['"]([^'"]+)['"])?"#,
    )
});
static RUBY: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r#"^\s*ruby[\s(]+['"]([^'"]+)['"]"#));

/// A Gemfile.
pub(super) fn gems(source: &Source, notes: &mut Notes) {
    for (line, text) in (1..).zip(source.code().lines()) {
        if let Some(captures) = GEM.as_ref().and_then(|gem| gem.captures(text)) {
            notes.depend(&captures[1], captures.get(2).map_or("", |version| version.as_str()), line);
        } else if let Some(captures) = RUBY.as_ref().and_then(|ruby| ruby.captures(text)) {
            notes.name("Language", "Ruby", &captures[1], line);
        }
    }
}

static REQUIREMENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r#"^\s*['"]?([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*((?:[=<>!~]=?=?\s*[\w.*]+\s*,?\s*)*)"#));

/// `requirements.txt` and the lists of `setup.py`.
pub(super) fn python(source: &Source, notes: &mut Notes) {
    let listed = source.name.ends_with(".txt");
    for (line, text) in (1..).zip(source.text.lines()) {
        let text = text.split(" #").next().unwrap_or_default();
        if text.trim_start().starts_with(['#', '-']) {
            continue;
        }
        let Some(captures) = REQUIREMENT.as_ref().and_then(|requirement| requirement.captures(text)) else { continue };
        let version = captures.get(2).map_or("", |version| version.as_str().trim());
        if text.contains("python_requires") {
            notes.name("Language", "Python", text, line);
        } else if listed || !version.is_empty() {
            notes.depend(&captures[1], version, line);
        }
    }
}

/// Files of a version alone, and `.tool-versions`.
pub(super) fn runtime(source: &Source, notes: &mut Notes) {
    let named = match source.name {
        ".nvmrc" | ".node-version" => "Node.js",
        ".python-version" | "runtime.txt" => "Python",
        ".ruby-version" => "Ruby",
        ".java-version" => "Java",
        _ => "",
    };
    for (line, text) in (1..).zip(source.text.lines()) {
        if !named.is_empty() {
            notes.name("Runtime", named, text, line);
            return;
        }
        let mut words = text.split_whitespace();
        let name = match words.next() {
            Some("nodejs") => "Node.js",
            Some("python") => "Python",
            Some("ruby") => "Ruby",
            Some("java") => "Java",
            Some("golang") => "Go",
            Some("php") => "PHP",
            _ => continue,
        };
        notes.name("Runtime", name, words.next().unwrap_or_default(), line);
    }
}
