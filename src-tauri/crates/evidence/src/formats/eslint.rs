//! ESLint's JSON, and what it prints.

use std::sync::LazyLock;

use groma_model::{Issue, Severity};
use regex::{Captures, Regex};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    json,
    mask::constant,
    scan::{CODE_METRICS, Scan, headline},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "eslint",
    title: "eslint --format json, json-with-metadata, stylish",
    tool: "ESLint",
    note: "One issue a message, what a comment disables kept as suppressed. A file that could not be parsed is also an \
           error of the run.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: ESLint's levels, error and warning.
const WORDS: Words = &[("2", Severity::Medium), ("1", Severity::Low), ("0", Severity::Info)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let files =
        |prefix: &str| ["filePath", "messages", "errorCount"].iter().all(|key| probe.has(&format!("{prefix}[]/{key}")));
    let described = probe.is_object() && probe.has("results") && probe.has("metadata/rulesMeta");
    let json = probe.is_list() && files("") || described || probe.is_object() && files("results/");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// `  12:5  error  'x' is not defined  no-undef`, below the name of the file.
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"^\s+(?P<line>\d+):\d+\s+(?P<level>error|warning)\s+(?P<message>\S.*?)(?:\s{2,}(?P<rule>[\w@./-]+))?\s*$")
});

/// `✖ 4 problems (2 errors, 2 warnings)`
static SUMMARY: LazyLock<Regex> =
    LazyLock::new(|| constant(r"^\S+ (?P<all>\d+) problems? \(\d+ errors?, \d+ warnings?\)"));

/// `✖ 4 problems (2 errors, 2 warnings, 0 infos, 0 hints)`: Spectral, whose columns are others.
static OF_SPECTRAL: LazyLock<Regex> = LazyLock::new(|| constant(r"\d+ infos?, \d+ hints?\)"));

/// Whether a line is yamllint's, which names the rule in parentheses: `1:1  warning  missing start  (document-start)`.
fn is_of_yamllint(found: &Captures<'_>) -> bool {
    let message = found.name("message").map_or("", |message| message.as_str());
    message.ends_with(')') && message.contains("  (")
}

fn printed(line: &str) -> Option<Captures<'_>> {
    line.starts_with([' ', '\t']).then(|| PRINTED.captures(line)).flatten()
}

/// Whether a line names the file of what stands below it.
fn names_file(line: &str) -> bool {
    !line.starts_with(char::is_whitespace) && line.contains(['/', '\\', '.'])
}

fn is_text(head: &str) -> bool {
    if head.starts_with(['{', '[', '<']) || !head.contains("error") && !head.contains("warning") {
        return false;
    }
    let head = without_colours(head);
    let mut before = "";
    head.lines().any(|line| {
        let below = names_file(before) && printed(line).is_some_and(|found| !is_of_yamllint(&found));
        before = line;
        below
    }) && !OF_SPECTRAL.is_match(&head)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_text(input.text.trim_start()) {
        return parse_text(input);
    }
    let document: Tree<'_> = json::parse(input.text)?;
    let own = |file: &Tree<'_>| file.has("filePath") && file.has("messages");
    // With metadata, the list stands beside it.
    let (files, at) = match &document {
        Tree::Object(_) => (document.get("results"), "/results"),
        list => (list, ""),
    };
    if files.items().is_empty() && !document.has("metadata/rulesMeta") || !files.items().iter().all(own) {
        let remedy = "export it with `eslint . --format json --output-file eslint.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `filePath` with `messages`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (at, file) in scan.objects(files, at) {
        let path = file.text("filePath");
        for (list, suppressed) in [("messages", false), ("suppressedMessages", true)] {
            for (at, found) in scan.objects(file.get(list), &format!("{at}/{list}")) {
                if found.is_true("fatal") {
                    scan.add_error(&format!("{path}: {}", found.text("message")));
                }
                let issue = Issue {
                    rule: found.text("ruleId").to_owned(),
                    title: headline(found.text("message")),
                    message: found.text("message").to_owned(),
                    component: path.to_owned(),
                    location: path.to_owned(),
                    line: found.line(&["line"]),
                    suppressed,
                    at,
                    ..Issue::default()
                };
                scan.add(Class::Code, found.text("severity"), issue);
            }
        }
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut file, mut found, mut stated) = ("", 0_u64, None);
    for (line, number) in text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some(captures) = printed(line).filter(|_| !file.is_empty()) {
            let part = |name: &str| captures.name(name).map_or("", |part| part.as_str());
            let (rule, message) = (part("rule"), part("message"));
            if rule.is_empty() && message.starts_with("Parsing error") {
                scan.add_error(&format!("{file}: {message}"));
            }
            found += 1;
            let issue = Issue {
                rule: rule.to_owned(),
                title: headline(message),
                message: message.to_owned(),
                component: file.to_owned(),
                location: file.to_owned(),
                line: part("line").parse().ok().filter(|line| *line > 0),
                at: format!("line {number}"),
                ..Issue::default()
            };
            scan.add(Class::Code, if part("level") == "error" { "2" } else { "1" }, issue);
        } else if let Some(summary) = SUMMARY.captures(line.trim()) {
            stated = summary.name("all").and_then(|all| all.as_str().parse::<u64>().ok());
            file = "";
        } else if line.trim().is_empty() {
            file = "";
        } else if names_file(line) {
            file = line.trim_end();
        }
    }
    match stated {
        None => {
            scan.import.error(None, "the summary is missing: the file is truncated, more problems may have followed")
        }
        Some(stated) if stated != found => {
            scan.import.warn(None, format!("the summary states {stated} problems, {found} stand in the text"));
        }
        Some(_) => {}
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}
