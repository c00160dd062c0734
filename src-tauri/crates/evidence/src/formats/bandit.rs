//! Bandit's JSON.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    mask::{Field, add_json_findings},
    scan::{CODE_METRICS, COMMON, Scan, cwes, with_confidence},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "bandit",
    title: "bandit --format json",
    tool: "Bandit",
    note: "One issue a result, with Bandit's severity; its confidence stands in the message. Code quoted by the checks for \
           passwords is masked.",
    metrics: CODE_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let metrics = probe.has("metrics/*/CONFIDENCE.HIGH") || probe.has("metrics/_totals");
    let results = probe.has("results/[]/test_id") && probe.has("results/[]/issue_severity");
    Confidence::certain_if(probe.is_object() && (metrics && probe.has("errors") || results))
}

/// The checks B105 to B107 are for passwords in the code; what they tell is the password.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.contains("hardcoded_password") {
        add_json_findings(text, secrets, |path| match path {
            "results/[]/code" => Field::Line,
            "results/[]/issue_text" => Field::Told,
            _ => Field::Other,
        });
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `bandit -r . --format json --output bandit.json`";
    let document = tree::object(input.text, FORMAT.title, &["results", "metrics", "errors"], remedy)?;
    if !document.get("results").items().iter().all(|result: &Tree<'_>| result.has("test_id")) {
        return Err(Refusal::not(FORMAT.title, "its results have no `test_id`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    scan.import.captured_at = document.text("generated_at").parse().ok();
    for error in document.get("errors").items() {
        scan.add_error(&format!("{}: {}", error.text("filename"), error.text("reason")));
    }
    for (at, found) in scan.objects(document.get("results"), "/results") {
        let issue = Issue {
            rule: found.text("test_id").to_owned(),
            title: format!("{}: {}", found.text("test_name"), found.text("issue_text")),
            message: with_confidence(found.text("issue_text"), found.text("issue_confidence")),
            component: found.text("filename").to_owned(),
            location: found.text("filename").to_owned(),
            line: found.line(&["line_number"]),
            cwe: cwes([found.text("issue_cwe/id")].into_iter().filter(|id| !id.is_empty())),
            url: found.text("more_info").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("issue_severity"), issue);
    }
    Ok(scan.finish(&[Class::Code], "/results"))
}
