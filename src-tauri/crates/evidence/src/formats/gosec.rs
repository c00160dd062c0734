//! gosec's JSON.

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
    id: "gosec",
    title: "gosec -fmt json",
    tool: "gosec",
    note: "One issue a result, with gosec's severity; its confidence stands in the message. What `#nosec` accepts is kept \
           as suppressed. Code quoted by the check for credentials is masked.",
    metrics: CODE_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let stats = probe.has("Stats") && (probe.has("Stats/files") || probe.has("Stats/found"));
    let issues = probe.has("Issues/[]/rule_id") && probe.has("Issues/[]/details");
    let own = stats || issues || probe.has("Golang errors");
    Confidence::certain_if(probe.is_object() && probe.has("Issues") && own)
}

/// G101 is for credentials in the code.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.contains("\"G101\"") {
        let code = |path: &str| if path == "Issues/[]/code" { Field::Line } else { Field::Other };
        add_json_findings(text, secrets, code);
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `gosec -fmt json -out gosec.json ./...`";
    let document = tree::object(input.text, FORMAT.title, &["Issues"], remedy)?;
    let own = |issue: &Tree<'_>| issue.has("rule_id") && issue.has("details");
    let issues = document.get("Issues").items();
    // Old versions write no statistics.
    if !document.has("Stats") && !document.has("Golang errors") && (issues.is_empty() || !issues.iter().all(own)) {
        return Err(Refusal::not(FORMAT.title, "its issues have no `rule_id` with `details`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    document.text("GosecVersion").clone_into(&mut scan.import.tool_version);
    for (file, errors) in document.key("Golang errors").entries() {
        for error in errors.items() {
            scan.add_error(&format!("{file}: {}", error.text("error")));
        }
    }
    for (at, found) in scan.objects(document.get("Issues"), "/Issues") {
        // Where the code is of several lines: `12-14`.
        let line = found.text("line").split('-').next().and_then(|line| line.parse().ok());
        let suppressions = !found.get("suppressions").items().is_empty();
        let issue = Issue {
            rule: found.text("rule_id").to_owned(),
            title: found.text("details").to_owned(),
            message: with_confidence(found.text("details"), found.text("confidence")),
            component: found.text("file").to_owned(),
            location: found.text("file").to_owned(),
            line: line.filter(|line| *line > 0),
            cwe: cwes([found.first(&["cwe/id", "cwe/ID"])].into_iter().filter(|id| !id.is_empty())),
            url: found.first(&["cwe/url", "cwe/URL"]).to_owned(),
            suppressed: suppressions || found.is_true("nosec"),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("severity"), issue);
    }
    if document.number("Stats/files") == Some(0.0) {
        scan.import.warn(None, "gosec looked at no file: this is not a clean result");
    }
    Ok(scan.finish(&[Class::Code], "/Issues"))
}
