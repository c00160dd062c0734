//! Nuclei's JSON, one object a line or a list.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, cves, cwes, paragraphs},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nuclei",
    title: "nuclei -jsonl, nuclei -json-export",
    tool: "Nuclei",
    note: "One issue a match. Distinct templates are scan.rules.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `unknown` is Nuclei's own word.
const WORDS: Words = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("medium", Severity::Medium),
    ("low", Severity::Low),
    ("info", Severity::Info),
    ("unknown", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    Confidence::certain_if((has("template-id") || has("templateID")) && has("info"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let matches = tree::stream(input.text)?;
    let own = |found: &Tree<'_>| (found.has("template-id") || found.has("templateID")) && found.has("info");
    if matches.is_empty() || !matches.iter().all(|(_, found)| own(found)) {
        let remedy = "export it with `nuclei -u URL -jsonl -o nuclei.jsonl`";
        return Err(Refusal::not(FORMAT.title, "no `template-id` with `info` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let list = input.text.trim_start().starts_with('[');
    let mut templates = HashSet::new();
    for (index, (line, found)) in matches.iter().enumerate() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let at = if list { format!("/{index}") } else { format!("line {line}") };
        let info = found.get("info");
        let template = found.first(&["template-id", "templateID"]);
        templates.insert(template);
        let matcher = found.first(&["matcher-name", "matcher_name"]);
        let host = found.first(&["host", "ip"]);
        let place = found.first(&["matched-at", "matched", "host"]);
        let extracted = [found.texts("extracted-results"), found.texts("extracted_results")].concat();
        let ids: Vec<String> = info.texts("classification/cve-id").iter().map(|id| id.to_ascii_uppercase()).collect();
        let reference = info.texts("reference").first().copied().unwrap_or_default();
        let issue = Issue {
            rule: if matcher.is_empty() { template.to_owned() } else { format!("{template}:{matcher}") },
            title: info.text("name").to_owned(),
            message: paragraphs([info.text("description"), &extracted.join(", ")]),
            component: host.to_owned(),
            location: place.to_owned(),
            cwe: cwes(info.texts("classification/cwe-id")),
            cve: cves(ids.iter().map(String::as_str)),
            url: reference.lines().next().unwrap_or_default().trim_start_matches("- ").to_owned(),
            suppressed: found.text("matcher-status") == "false",
            at,
            ..Issue::default()
        };
        scan.add(Class::Running, info.text("severity"), issue);
    }
    let mut import = scan.finish(&[Class::Running], "line 1");
    import.measure_count("scan.rules", templates.len(), "", "line 1");
    Ok(import)
}
