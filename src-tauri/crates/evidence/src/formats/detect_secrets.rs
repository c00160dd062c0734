//! The baseline of detect-secrets.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json::pointer,
    mask::{Field, add_json_findings},
    scan::{SECRET_METRICS, Scan},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "detect-secrets",
    title: "detect-secrets scan (baseline)",
    tool: "detect-secrets",
    note: "One issue an entry; what somebody marked as no secret is kept as suppressed. detect-secrets knows no severity: \
           High is assigned at import. Its hashes are masked, since a short secret can be guessed from one.",
    metrics: SECRET_METRICS,
    severities: Severities::NONE.assigning(&[("", Severity::High)]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("plugins_used") && probe.has("results"))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    let hash = |path: &str| if path.ends_with("/[]/hashed_secret") { Field::Secret } else { Field::Other };
    add_json_findings(text, secrets, hash);
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `detect-secrets scan > .secrets.baseline`";
    let document = tree::object(input.text, FORMAT.title, &["plugins_used", "results"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("generated_at").parse().ok();
    for (file, list) in document.get("results").entries() {
        for (at, found) in scan.objects(list, &format!("/results/{}", pointer(file.as_str()))) {
            let kind = found.text("type");
            let issue = Issue {
                rule: kind.to_owned(),
                title: format!("Secret found: {kind}"),
                component: file.to_string(),
                location: file.to_string(),
                line: found.line(&["line_number"]),
                suppressed: found.text("is_secret") == "false",
                at,
                ..Issue::default()
            };
            scan.add_assigned(Class::Secret, Severity::High, "", issue);
        }
    }
    Ok(scan.finish(&[Class::Secret], "/results"))
}
