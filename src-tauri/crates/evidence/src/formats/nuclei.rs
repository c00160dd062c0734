//! Nuclei's JSON, one object a line or a list.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json::{self, Event},
    mask::is_secret_name,
    scan::{RUNNING_METRICS, Scan, cves, cwes, paragraphs},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nuclei",
    title: "nuclei -jsonl, nuclei -json-export",
    tool: "Nuclei",
    note: "One issue a match; what `-matcher-status` says of templates that did not match is counted. Distinct templates \
           are scan.rules. Requests and responses hold sessions and client data: they are masked whole.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets,
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

/// Fields that repeat what was sent and answered.
const TRAFFIC: [&str; 3] = ["request", "response", "curl-command"];

/// Marks what was sent and answered, and the credentials that a template tried.
fn secrets(text: &str, secrets: &mut Secrets) {
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let path = path.strip_prefix("[]/").unwrap_or(path);
            let traffic = TRAFFIC.contains(&path) || path.starts_with("interaction/raw-");
            let tried = path.strip_prefix("meta/").is_some_and(|name| is_secret_name(name) || name.contains("pass"));
            if traffic || tried {
                secrets.add(range);
            }
        }
    });
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
        if found.text("matcher-status") == "false" {
            if !found.text("error").is_empty() {
                scan.add_error(&format!("{template}: {}", found.text("error")));
            }
            scan.add_passed(info.text("severity"));
            continue;
        }
        let host = found.first(&["host", "ip", "url"]);
        let place = found.first(&["matched-at", "matched", "host", "url"]);
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
            // Templates for one vulnerability are named after it.
            cve: cves(ids.iter().map(String::as_str).chain([template])),
            url: reference.lines().next().unwrap_or_default().trim_start_matches("- ").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Running, info.text("severity"), issue);
    }
    let mut import = scan.finish(&[Class::Running], "line 1");
    import.measure_count("scan.rules", templates.len(), "", "line 1");
    Ok(import)
}
