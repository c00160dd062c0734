//! What govulncheck prints for people.

use std::collections::HashSet;

use groma_model::Issue;

use crate::scan::{distinct, headline};

/// A vulnerability as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Printed {
    /// `symbol`, `package` or `module`.
    pub level: &'static str,
    /// What is told of it.
    pub issue: Issue,
}

/// What is read of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text {
    /// One a vulnerability and module.
    pub found: Vec<Printed>,
    /// The sentence on vulnerabilities that are only counted.
    pub counted: Option<String>,
    /// Number of vulnerabilities, however many modules they are in.
    pub advisories: usize,
}

/// Whether it is such a text: what it says of vulnerabilities, and of itself.
pub(crate) fn is_text(text: &str) -> bool {
    if text.starts_with(['{', '[', '<', '#', '`', '$']) {
        return false;
    }
    let numbered = text.contains("Vulnerability #1: ") && text.contains("https://pkg.go.dev/vuln/");
    let itself =
        ["=== Symbol Results ===", "Scanning your code and ", "Scanning your binary for known vulnerabilities"];
    numbered || text.contains("No vulnerabilities found") && itself.iter().any(|says| text.contains(says))
}

/// How sure it is that a heading's vulnerabilities are called.
fn level(heading: &str) -> Option<&'static str> {
    match heading.trim().strip_prefix("=== ")?.strip_suffix(" ===")? {
        "Symbol Results" => Some("symbol"),
        "Package Results" | "Informational" => Some("package"),
        "Module Results" => Some("module"),
        _ => None,
    }
}

/// Reads a text.
pub(crate) fn read(text: &str) -> Text {
    let mut read = Text::default();
    let (mut advisories, mut at) = (HashSet::new(), "symbol");
    // Description, and whether it still goes on.
    let (mut id, mut told, mut telling, mut line_of, mut module) = ("", String::new(), false, 0_u64, "");
    let mut counting = false;
    for (line, number) in text.lines().zip(1_u64..) {
        let plain = line.trim();
        counting &= !plain.is_empty();
        if let Some(heading) = level(line) {
            (at, id) = (heading, "");
        } else if let Some((_, name)) = plain.strip_prefix("Vulnerability #").and_then(|rest| rest.split_once(": ")) {
            (id, telling, line_of, module) = (name.trim(), true, number, "");
            told.clear();
            advisories.insert(id);
        } else if plain.starts_with("This scan also found ") {
            (read.counted, counting, id) = (Some(plain.to_owned()), true, "");
        } else if counting {
            if let Some(counted) = &mut read.counted {
                counted.push(' ');
                counted.push_str(plain);
            }
        } else if id.is_empty() {
        } else if let Some(rest) = plain.strip_prefix("Found in: ") {
            let (name, version) = rest.rsplit_once('@').unwrap_or((rest, ""));
            let issue = Issue {
                rule: id.to_owned(),
                title: headline(&told),
                message: told.trim().to_owned(),
                component: if module.is_empty() { name } else { module }.to_owned(),
                component_version: version.to_owned(),
                cve: distinct([id]),
                url: format!("https://pkg.go.dev/vuln/{id}"),
                at: format!("line {line_of}"),
                ..Issue::default()
            };
            read.found.push(Printed { level: at, issue });
        } else if let Some(rest) = plain.strip_prefix("Fixed in: ") {
            let version = rest.rsplit_once('@').map_or("", |(_, version)| version);
            if let Some(last) = read.found.last_mut().filter(|last| last.issue.rule == id) {
                version.clone_into(&mut last.issue.fixed_version);
            }
        } else if let Some(rest) = plain.strip_prefix("Module: ") {
            (module, telling) = (rest.trim(), false);
        } else if plain.starts_with("More info: ") || plain == "Standard library" {
            telling = false;
            module = if plain == "Standard library" { "stdlib" } else { module };
        } else if let Some(rest) = plain.strip_prefix("#1: ") {
            // `#1: main.go:14:20: app.main calls lib.Get`
            let mut place = rest.splitn(3, ':');
            let (file, row) = (place.next().unwrap_or_default(), place.next().and_then(|row| row.parse().ok()));
            if let Some(last) = read.found.last_mut().filter(|last| row.is_some() && last.issue.rule == id) {
                (last.issue.location, last.issue.line) = (file.to_owned(), row);
            }
        } else if telling && !plain.is_empty() {
            if !told.is_empty() {
                told.push(' ');
            }
            told.push_str(plain);
        }
    }
    read.advisories = advisories.len();
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_module_of_a_vulnerability_is_one() {
        let text = "=== Symbol Results ===\n\nVulnerability #1: GO-2026-1\n    Slow\n    parsing\n  More info: https://pkg.go.dev/vuln/GO-2026-1\n  \
                    Module: a.test/m\n    Found in: a.test/m@v1.0.0\n    Fixed in: a.test/m@v1.0.1\n    Example traces found:\n      \
                    #1: main.go:3:5: app.main calls m.Parse\n\n=== Module Results ===\n\nVulnerability #1: GO-2026-2\n    Leak\n  \
                    Standard library\n    Found in: net/http@go1.20\n    Fixed in: N/A\n";
        assert!(is_text(text));
        let read = read(text);
        let seen: Vec<_> = read
            .found
            .iter()
            .map(|p| {
                (p.level, &*p.issue.title, &*p.issue.component, &*p.issue.component_version, &*p.issue.fixed_version)
            })
            .collect();
        assert_eq!(
            seen,
            [("symbol", "Slow parsing", "a.test/m", "v1.0.0", "v1.0.1"), ("module", "Leak", "stdlib", "go1.20", "")]
        );
        assert_eq!((read.found[0].issue.line, read.advisories), (Some(3), 2));
        assert!(!is_text("# Notes\nVulnerability #1: GO-1 https://pkg.go.dev/vuln/GO-1"));
    }
}
