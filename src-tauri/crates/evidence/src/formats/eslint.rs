//! ESLint's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CODE_METRICS, Scan, headline},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "eslint",
    title: "eslint --format json, json-with-metadata",
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
    Confidence::certain_if(probe.is_list() && files("") || described || probe.is_object() && files("results/"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
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
