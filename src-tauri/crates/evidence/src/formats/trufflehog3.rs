//! trufflehog3's JSON, current and old.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_json_findings},
    scan::{COMMON, SECRET_METRICS, Scan},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trufflehog3",
    title: "trufflehog3 --format JSON",
    tool: "trufflehog3",
    note: "One issue a finding. Old versions say no severity: High is assigned at import. What was found is masked.",
    metrics: SECRET_METRICS,
    severities: Severities::of(COMMON).assigning(&[("", Severity::High)]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let current = probe.has("[]/rule/id") && probe.has("[]/secret");
    Confidence::certain_if(probe.is_list() && (current || probe.has("[]/stringsFound") && probe.has("[]/reason")))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    add_json_findings(text, secrets, |path| match path {
        "[]/secret" => Field::Secret,
        "[]/stringsFound/[]" => Field::Line,
        "[]/message" | "[]/commit" => Field::Text,
        path if path.starts_with("[]/context/") => Field::Line,
        _ => Field::Other,
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let current = |item: &Tree<'_>| item.has("rule/id") && item.has("secret");
    let own = |item: &Tree<'_>| current(item) || item.has("stringsFound") && item.has("reason");
    if document.items().is_empty() || !document.items().iter().all(own) {
        let remedy = "export it with `trufflehog3 --format JSON --output trufflehog3.json`";
        return Err(Refusal::not(
            FORMAT.title,
            "its items have neither `rule` and `secret` nor `stringsFound`",
            remedy,
        ));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    for (at, found) in scan.objects(&document, "") {
        let commit = found.first(&["commitHash", "commit"]);
        let issue = Issue {
            rule: found.first(&["rule/id", "reason"]).to_owned(),
            title: found.first(&["rule/message", "reason"]).to_owned(),
            message: if commit.is_empty() { String::new() } else { format!("commit {commit}") },
            component: found.text("path").to_owned(),
            location: found.text("path").to_owned(),
            line: found.line(&["line"]),
            at,
            ..Issue::default()
        };
        match current(found) {
            true => scan.add(Class::Secret, found.text("rule/severity"), issue),
            false => scan.add_assigned(Class::Secret, Severity::High, "", issue),
        }
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}
