//! kube-linter's JSON, and what it prints for people.

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
    title: "kube-linter lint, JSON or text",
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
    Confidence::certain_if(
        probe.is_object() && (probe.has("Checks") && probe.has("Reports") && own || old) || is_text(probe.head()),
    )
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_text(input.text.trim_start()) {
        return parse_text(input);
    }
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

/// A report as it is printed: `a.yaml: (object: shop/web apps/v1, Kind=Deployment) … (check: …, remediation: …)`.
fn printed(line: &str) -> Option<(&str, &str, &str, &str, &str)> {
    let (file, rest) = line.split_once(": (object: ")?;
    let (object, rest) = rest.split_once(") ")?;
    let (message, rest) = rest.rsplit_once(" (check: ")?;
    let (check, remediation) = rest.split_once(", remediation: ")?;
    Some((file, object, message, check, remediation.strip_suffix(')').unwrap_or(remediation)))
}

/// How a text ends that lists nothing.
const CLEAN: &str = "No lint errors found!";

fn is_text(text: &str) -> bool {
    if text.starts_with(['{', '[', '<', '#']) {
        return false;
    }
    let mut lines = text.lines().take(20).map(str::trim);
    lines.any(|line| printed(line).is_some() || line == CLEAN && text.starts_with("KubeLinter "))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let (mut ended, mut listed) = (false, 0_usize);
    for (line, number) in input.text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let line = line.trim();
        if let Some(version) = line.strip_prefix("KubeLinter ") {
            version.clone_into(&mut scan.import.tool_version);
        } else if let Some(stated) =
            line.strip_prefix("Error: found ").and_then(|rest| rest.strip_suffix(" lint errors"))
        {
            ended = true;
            if stated.parse() != Ok(listed) {
                scan.import.error(Some(number), format!("kube-linter found {stated} errors, {listed} are listed"));
            }
        } else if let Some((file, object, message, check, remediation)) = printed(line) {
            listed += 1;
            // `shop/web apps/v1, Kind=Deployment`, or `<no namespace>/web /v1, Kind=Service`
            let (name, kind) = object.rsplit_once(", Kind=").unwrap_or((object, ""));
            let name = name.rsplit_once(' ').map_or(name, |(name, _)| name);
            let (namespace, name) = name.rsplit_once('/').unwrap_or(("", name));
            let parts = [if namespace.starts_with('<') { "" } else { namespace }, kind, name];
            let issue = Issue {
                rule: check.to_owned(),
                title: check.replace('-', " "),
                message: paragraphs([message, remediation]),
                component: parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/"),
                location: file.to_owned(),
                at: format!("line {number}"),
                ..Issue::default()
            };
            scan.add_assigned(Class::Config, Severity::Medium, "", issue);
        }
        ended |= line == CLEAN;
    }
    if !ended {
        scan.import.warn(None, "the line that counts the errors is missing: the text may break off");
    }
    Ok(scan.finish(&[Class::Config], "line 1"))
}
