//! Kubescape's JSON.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{COMMON, CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kubescape",
    title: "kubescape scan --format json",
    tool: "Kubescape",
    note: "One issue a control that a resource fails, of version 1 an object in which a rule found something; what passes is \
           counted. The severity is that of Kubescape's score \
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
    Confidence::certain_if(probe.is_object() && (begins || whole) || is_first(|path| probe.has(path)))
}

/// Whether it is of version 1: reports of controls, of a framework, of several, or of several within an object.
fn is_first(has: impl Fn(&str) -> bool) -> bool {
    ["", "[]/", "frameworks/[]/"].iter().any(|prefix| {
        let rules = ["ruleReports", "ruleReports/[]/ruleStatus"].map(|key| format!("{prefix}controlReports/[]/{key}"));
        rules.iter().any(|path| has(path))
    })
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
    let first = Probe::new(input.text);
    if is_first(|path| first.has(path)) {
        return parse_first(input);
    }
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
    if document.get("results").items().is_empty() {
        scan.looked_at_nothing("no resource in it: nothing was looked at");
    }
    let mut import = scan.finish(&[Class::Config], "/results");
    import.measure_count("scan.passed", passed, "", "/results");
    Ok(import)
}

/// Reads version 1: what each rule of a control found, with the objects it found it in. A control that is part of two
/// frameworks is listed twice, and its findings are the same.
fn parse_first(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let (frameworks, at): (&[Tree<'_>], _) = match &document {
        Tree::List(list) => (list, ""),
        object if object.has("frameworks") => (object.get("frameworks").items(), "/frameworks"),
        object => (std::slice::from_ref(object), "-"),
    };
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    document.text("clusterName").clone_into(&mut scan.import.subject);
    scan.import.captured_at = document.first(&["generationTime", "reportGenerationTime"]).parse().ok();
    let (mut passed, mut seen) = (0, HashSet::new());
    for (index, framework) in frameworks.iter().enumerate() {
        let at = if at == "-" { "/controlReports".to_owned() } else { format!("{at}/{index}/controlReports") };
        for (at, control) in scan.objects(framework.get("controlReports"), &at) {
            if !seen.insert(control.first(&["controlID", "id", "name"])) {
                continue;
            }
            let found = scan.import.issues.len();
            for (at, rule) in scan.objects(control.get("ruleReports"), &format!("{at}/ruleReports")) {
                if rule.text("ruleStatus/status") == "error" {
                    scan.add_error(&format!("{}: {}", rule.text("name"), rule.text("ruleStatus/message")));
                }
                for (at, response) in scan.objects(rule.get("ruleResponses"), &format!("{at}/ruleResponses")) {
                    add_response(&mut scan, control, response, &at);
                }
            }
            if found == scan.import.issues.len() {
                passed += 1;
                scan.import.not_issues += 1;
                scan.add_kind("passed");
            }
        }
    }
    let mut import = scan.finish(&[Class::Config], "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
}

/// Adds what a rule found, once for each object it found it in.
fn add_response(scan: &mut Scan<'_>, control: &Tree<'_>, response: &Tree<'_>, at: &str) {
    let id = control.first(&["controlID", "id"]);
    let places = response.texts("failedPaths").join("\n");
    let objects = response.get("alertObject/k8sApiObjects").items();
    let nothing = Tree::Null;
    let objects = if objects.is_empty() { std::slice::from_ref(&nothing) } else { objects };
    for object in objects {
        let parts = [object.text("metadata/namespace"), object.text("kind"), object.first(&["metadata/name", "name"])];
        let issue = Issue {
            rule: id.to_owned(),
            title: control.text("name").to_owned(),
            message: paragraphs([response.text("alertMessage"), &places, control.text("remediation")]),
            component: parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/"),
            url: format!("https://kubescape.io/docs/controls/{}/", id.to_ascii_lowercase()),
            suppressed: !response.get("exception").is_null(),
            at: at.to_owned(),
            ..Issue::default()
        };
        scan.add_kind("failed");
        let factor = control.first(&["baseScore", "scoreFactor"]);
        match factor.parse().ok().and_then(severity) {
            Some(severity) => scan.add_scored(Class::Config, severity, factor, issue),
            None => scan.add(Class::Config, factor, issue),
        }
    }
}
