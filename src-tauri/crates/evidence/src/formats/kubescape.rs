//! Kubescape's JSON.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, CONFIG_METRICS, Scan},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kubescape",
    title: "kubescape scan --format json",
    tool: "Kubescape",
    note: "One issue a control that a resource fails; what passes is counted. The severity is that of Kubescape's score \
           factor: up to 3 low, 6 medium, 8 high, above critical.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(COMMON).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    // In a large report the results come late.
    let begins = probe.has("customerGUID") && probe.has("clusterAPIServerInfo");
    let whole = probe.has("summaryDetails") && probe.has("results");
    Confidence::certain_if(probe.is_object() && (begins || whole))
}

/// Kubescape's own bands; `None` of what is no score factor.
fn severity(factor: f64) -> Option<Severity> {
    match factor {
        f if !(0.0..=10.0).contains(&f) => None,
        f if f >= 9.0 => Some(Severity::Critical),
        f if f >= 7.0 => Some(Severity::High),
        f if f >= 4.0 => Some(Severity::Medium),
        f if f >= 1.0 => Some(Severity::Low),
        _ => Some(Severity::Info),
    }
}

/// The status of a control, which stands on it or only on its rules.
fn status<'t>(control: &'t Tree<'_>) -> &'t str {
    match control.first(&["status/status", "status"]) {
        "" => {
            let of = || control.get("rules").items().iter().map(|rule| rule.text("status"));
            ["failed", "skipped", "passed"].into_iter().find(|word| of().any(|status| status == *word)).unwrap_or("")
        }
        own => own,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `kubescape scan --format json --output kubescape.json`";
    let document = tree::object(input.text, FORMAT.title, &["summaryDetails", "results"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    document.text("clusterName").clone_into(&mut scan.import.subject);
    scan.import.captured_at = document.text("generationTime").parse().ok();
    let controls = document.get("summaryDetails/controls");
    let factors: HashMap<&str, &Tree<'_>> =
        controls.entries().iter().map(|(id, control)| (id.as_str(), control)).collect();
    let files: HashMap<&str, &str> = {
        let all = document.get("resources").items().iter();
        all.map(|resource| (resource.text("resourceID"), resource.text("source/relativePath"))).collect()
    };
    let mut passed = 0;
    for (at, result) in scan.objects(document.get("results"), "/results") {
        let resource = result.text("resourceID");
        for (at, control) in scan.objects(result.get("controls"), &format!("{at}/controls")) {
            let id = control.text("controlID");
            let status = status(control);
            scan.add_kind(if status.is_empty() { "(none)" } else { status });
            if status != "failed" {
                passed += usize::from(status == "passed");
                scan.import.not_issues += 1;
                if !matches!(status, "passed" | "skipped" | "irrelevant" | "excluded") {
                    scan.set_aside(status);
                }
                continue;
            }
            let paths = control.get("rules").items().iter().flat_map(|rule| rule.get("paths").items());
            let fixes = paths.map(|path| path.first(&["fixPath/path", "failedPath", "reviewPath"]));
            let issue = Issue {
                rule: id.to_owned(),
                title: control.text("name").to_owned(),
                message: fixes.filter(|path| !path.is_empty()).collect::<Vec<_>>().join("\n"),
                component: resource.to_owned(),
                location: files.get(resource).copied().unwrap_or_default().to_owned(),
                url: format!("https://kubescape.io/docs/controls/{}/", id.to_ascii_lowercase()),
                at,
                ..Issue::default()
            };
            let factor = factors.get(id).map_or("", |control| control.text("scoreFactor"));
            match (factor.parse().ok().and_then(severity), control.text("severity")) {
                (Some(severity), _) => scan.add_scored(Class::Config, severity, factor, issue),
                (None, "") => scan.add(Class::Config, factor, issue),
                (None, word) => scan.add(Class::Config, word, issue),
            }
        }
    }
    let mut import = scan.finish(&[Class::Config], "/results");
    import.measure_count("scan.passed", passed, "", "/results");
    Ok(import)
}
