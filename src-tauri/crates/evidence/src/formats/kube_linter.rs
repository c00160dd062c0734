//! kube-linter's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kube-linter",
    title: "kube-linter lint --format json",
    tool: "kube-linter",
    note: "One issue a report. kube-linter knows no severity: Medium is assigned at import.",
    metrics: CONFIG_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let summary = probe.has("Summary/KubeLinterVersion") || probe.has("Summary/ChecksStatus");
    let own = summary || probe.has("Reports/[]/Diagnostic");
    // Old versions write neither the checks nor a summary.
    let old = probe.has("Reports/[]/Diagnostic/Message") && probe.has("Reports/[]/Object/K8sObject");
    Confidence::certain_if(probe.is_object() && (probe.has("Checks") && probe.has("Reports") && own || old))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `kube-linter lint . --format json > kube-linter.json`";
    let document = tree::object(input.text, FORMAT.title, &["Reports"], remedy)?;
    let own = |report: &Tree<'_>| report.has("Diagnostic") && report.has("Check");
    let reports = document.get("Reports").items();
    if !(document.has("Summary") && document.has("Checks")) && (reports.is_empty() || !reports.iter().all(own)) {
        return Err(Refusal::not(FORMAT.title, "its reports have no `Check` with `Diagnostic`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("Summary/KubeLinterVersion").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("Summary/CheckEndTime").parse().ok();
    for (at, found) in scan.objects(document.get("Reports"), "/Reports") {
        let object = found.get("Object/K8sObject");
        let parts = [object.text("Namespace"), object.text("GroupVersionKind/Kind"), object.text("Name")];
        let component = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
        let issue = Issue {
            rule: found.text("Check").to_owned(),
            title: found.text("Check").replace('-', " "),
            message: paragraphs([found.text("Diagnostic/Message"), found.text("Remediation")]),
            component,
            location: found.text("Object/Metadata/FilePath").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add_assigned(Class::Config, Severity::Medium, "", issue);
    }
    Ok(scan.finish(&[Class::Config], "/Reports"))
}
