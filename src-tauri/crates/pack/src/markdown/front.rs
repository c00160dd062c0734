//! Front matter: the few lines of YAML between `---` at the top of a template.
//!
//! Only what such front matter uses is read: keys, one level of nesting, lists of scalars, quoted and plain scalars.
//! Anything else is reported with its line.

use groma_model::Severity;

use super::{Remarks, words};
use crate::{Pack, SeverityWord};

/// Splits the front matter off: its lines with their numbers, the rest of the text, and the rest's first line number.
pub(super) fn split(text: &str) -> (Vec<(u64, &str)>, &str, u64) {
    let mut lines = text.split_inclusive('\n');
    let mut taken = 0;
    let mut front = Vec::new();
    if let Some(first) = lines.next().filter(|line| line.trim_end() == "---") {
        taken += first.len();
        for (number, line) in (2..).zip(lines) {
            taken += line.len();
            if matches!(line.trim_end(), "---" | "...") {
                return (front, &text[taken..], number + 1);
            }
            front.push((number, line.trim_end()));
        }
    }
    // None, or never closed: then the dashes were a rule.
    (Vec::new(), text, 1)
}

/// Takes the front matter into the pack.
pub(super) fn read(lines: &[(u64, &str)], pack: &mut Pack, remarks: &mut Remarks) {
    let mut outer = String::new();
    let mut key = String::new();
    for (number, line) in lines {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let Some(entry) = content.strip_prefix("- ") {
            take(pack, &key, &scalar(entry), true, *number, remarks);
            continue;
        }
        let Some((name, value)) = content.split_once(':') else {
            remarks
                .warning(*number, format!("front matter \"{content}\" is neither `key: value` nor `- item`: left out"));
            continue;
        };
        let nested = line.starts_with([' ', '\t']);
        if !nested {
            outer = name.trim().to_owned();
        }
        key = if nested { format!("{outer}.{}", name.trim()) } else { outer.clone() };
        let value = value.trim();
        if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            for entry in list.split(',').filter(|entry| !entry.trim().is_empty()) {
                take(pack, &key, &scalar(entry), true, *number, remarks);
            }
        } else if !value.is_empty() {
            take(pack, &key, &scalar(value), false, *number, remarks);
        } else if !matches!(
            key.as_str(),
            "relevance" | "relevance.file-patterns" | "relevance.keywords" | "relevance.config-keys"
        ) {
            remarks.note(*number, format!("front matter \"{key}\" has no value"));
        }
    }
}

fn scalar(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    text.split(" #").next().unwrap_or_default().trim().to_owned()
}

fn take(pack: &mut Pack, key: &str, value: &str, in_list: bool, line: u64, remarks: &mut Remarks) {
    let text = value.to_owned();
    match (key, in_list) {
        ("id", false) => pack.id = words::slug(value),
        ("title", false) => pack.title = text,
        ("version", false) => pack.version = text,
        ("description", false) => pack.description = text,
        ("language" | "lang", false) => pack.language = text,
        ("genre", false) => pack.genre = text,
        ("category", false) => pack.category = text,
        ("analysis-type" | "analysis", false) => pack.analysis = text,
        ("relevance.file-patterns", true) => pack.relevance.file_patterns.push(text),
        ("relevance.keywords", true) => pack.relevance.keywords.push(text),
        ("relevance.config-keys", true) => pack.relevance.config_keys.push(text),
        ("relevance.always-include", false) if matches!(value, "true" | "false") => {
            pack.relevance.always = value == "true"
        }
        ("severity-scale", false) => value.split('|').for_each(|word| severity(pack, word.trim(), line, remarks)),
        ("severity-scale", true) => severity(pack, value, line, remarks),
        _ => remarks.warning(line, format!("front matter \"{key}: {value}\" has no place in a pack: left out")),
    }
}

fn severity(pack: &mut Pack, word: &str, line: u64, remarks: &mut Remarks) {
    let severity = words::severity(word).unwrap_or_else(|| {
        let severity = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];
        let guess = severity[pack.severities.len().min(4)];
        remarks
            .warning(line, format!("the severity \"{word}\" is not known: taken as {guess} by its place on the scale"));
        guess
    });
    pack.severities.push(SeverityWord { word: word.to_owned(), severity, meaning: String::new() });
}
