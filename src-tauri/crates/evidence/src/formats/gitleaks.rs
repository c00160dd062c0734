//! Gitleaks' JSON, of version 8 and before.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_json_findings},
    scan::{SECRET_METRICS, Scan},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gitleaks",
    title: "gitleaks --report-format json",
    tool: "Gitleaks",
    note: "One issue a finding. Gitleaks knows no severity: High is assigned at import. What it found is masked wherever \
           the file holds it; author and address of a commit are not taken over.",
    metrics: SECRET_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::High)]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let current = probe.has("[]/RuleID") && (probe.has("[]/Secret") || probe.has("[]/Match"));
    Confidence::certain_if(probe.is_list() && (current || probe.has("[]/rule") && probe.has("[]/offender")))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    add_json_findings(text, secrets, |path| match path {
        "[]/Secret" | "[]/offender" => Field::Secret,
        "[]/Match" | "[]/Line" | "[]/line" => Field::Line,
        "[]/Message" | "[]/commitMessage" | "[]/Description" | "[]/Link" | "[]/leakURL" => Field::Text,
        _ => Field::Other,
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let own = |item: &Tree<'_>| item.has("RuleID") || item.has("rule") && item.has("offender");
    if !matches!(document, Tree::List(_) | Tree::Null) || !document.items().iter().all(own) {
        let remedy = "export it with `gitleaks git --report-format json --report-path gitleaks.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `RuleID`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if document.items().is_empty() {
        scan.import.note(Some(1), "nothing in it, read as Gitleaks' word for nothing found");
    }
    for (at, found) in scan.objects(&document, "") {
        let rule = found.first(&["RuleID", "rule"]);
        let file = found.first(&["File", "file"]);
        let issue = Issue {
            rule: rule.to_owned(),
            title: match found.text("Description") {
                "" => rule.to_owned(),
                text => text.to_owned(),
            },
            message: match found.first(&["Commit", "commit"]) {
                "" => found.first(&["Match", "line"]).to_owned(),
                commit => format!("{} (commit {commit})", found.first(&["Match", "line"])),
            },
            component: file.to_owned(),
            location: file.to_owned(),
            line: found.line(&["StartLine", "lineNumber"]),
            url: found.first(&["Link", "leakURL"]).to_owned(),
            at,
            ..Issue::default()
        };
        scan.add_assigned(Class::Secret, Severity::High, "", issue);
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}
