//! Reports that the Trivy operator keeps in a cluster, one or a list of them.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_json_findings},
    scan::{Scan, cves, paragraphs},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trivy-operator",
    title: "Reports of the Trivy operator (kubectl get … -o json)",
    tool: "Trivy operator",
    note: "One issue a vulnerability, a check that failed and a secret, of a summary of compliance one a control that \
           something counts against; checks that passed are counted.",
    metrics: &["scan.*", "deps.vulnerabilities", "deps.vulnerabilities.*", "config.*", "secrets.found"],
    severities: Severities::of(WORDS),
    sniff,
    secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("NONE", Severity::Info),
    ("UNKNOWN", Severity::Info),
];

/// Lists of a report, and of a report on compliance with a benchmark.
const LISTS: [(&str, Class); 3] =
    [("vulnerabilities", Class::Dependency), ("checks", Class::Config), ("secrets", Class::Secret)];
const COMPLIANCE: [&str; 2] = ["status/detailReport", "status/summaryReport"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let report = |prefix: &str| {
        let lists = LISTS.iter().any(|(list, _)| probe.has(&format!("{prefix}report/{list}")));
        let compliance = COMPLIANCE.iter().any(|report| probe.has(&format!("{prefix}{report}")));
        probe.has(&format!("{prefix}kind")) && (lists || compliance)
    };
    let alone = ["", "items/[]/", "[]/", "operatorObject/"].into_iter().any(report);
    // Lists of reports by the name of their kind.
    let by_kind = probe.is_object()
        && ["", "items/[]/"]
            .iter()
            .any(|at| probe.has(&format!("*/{at}[]/report")) || probe.has(&format!("*/{at}report")))
        && probe.head().contains("reports.aquasecurity.github.io\"");
    Confidence::certain_if(alone || by_kind)
}

fn secrets(text: &str, secrets: &mut Secrets) {
    let found = |path: &str| if path.ends_with("report/secrets/[]/match") { Field::Line } else { Field::Other };
    add_json_findings(text, secrets, found);
}

/// The reports of a document, each with its place: one, a list, a list of Kubernetes, lists by kind, or one that a
/// webhook was told of.
fn reports<'t, 'a>(document: &'t Tree<'a>) -> Vec<(String, &'t Tree<'a>)> {
    let listed = |at: &str, list: &'t Tree<'a>| {
        let list = if list.has("items") { list.get("items") } else { list };
        list.items().iter().enumerate().map(|(index, report)| (format!("{at}/{index}"), report)).collect::<Vec<_>>()
    };
    if matches!(document, Tree::List(_)) {
        return listed("", document);
    }
    if document.has("operatorObject") {
        return vec![("/operatorObject".to_owned(), document.get("operatorObject"))];
    }
    if document.has("items") {
        return listed("/items", document);
    }
    let by_kind = |key: &str| key.ends_with("reports.aquasecurity.github.io");
    if document.entries().iter().any(|(key, _)| by_kind(key.as_str())) {
        let lists = document.entries().iter().filter(|(key, _)| by_kind(key.as_str()));
        return lists.flat_map(|(key, list)| listed(&format!("/{}", json::pointer(key.as_str())), list)).collect();
    }
    vec![(String::new(), document)]
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let reports = reports(&document);
    let own = |report: &Tree<'_>| report.text("apiVersion").starts_with("aquasecurity.github.io/");
    // One of compliance is empty until it was made for the first time.
    let filled = |report: &Tree<'_>| report.has("report") || COMPLIANCE.iter().any(|part| report.has(part));
    if !reports.iter().any(|(_, report)| filled(report)) || !reports.iter().all(|(_, report)| own(report)) {
        let remedy = "export it with `kubectl get vulnerabilityreports -A -o json > reports.json`";
        return Err(Refusal::not(FORMAT.title, "no report of `aquasecurity.github.io` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut looked_at, mut passed) = (Vec::new(), 0);
    for (at, report) in &reports {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let labels = report.get("metadata/labels");
        let of = |name: &str| labels.key(&format!("trivy-operator.resource.{name}")).text_itself();
        let parts = [of("namespace"), of("kind"), of("name")];
        let resource = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
        for (list, class) in LISTS {
            if report.get("report").has(list) {
                looked_at.push(class);
            }
            for (at, found) in scan.objects(report.get("report").get(list), &format!("{at}/report/{list}")) {
                if found.is_true("success") {
                    passed += 1;
                    scan.add_other(found.text("severity"));
                    continue;
                }
                scan.add(class, found.text("severity"), issue(found, class, &resource, at));
            }
        }
        if COMPLIANCE.iter().any(|part| report.has(part)) {
            looked_at.push(Class::Config);
            passed += read_compliance(&mut scan, report, at);
        }
    }
    let mut import = scan.finish(&looked_at, "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
}

/// Reads a report on compliance with a benchmark, and says how many checks or controls passed.
fn read_compliance(scan: &mut Scan<'_>, report: &Tree<'_>, at: &str) -> usize {
    let mut passed = 0;
    let place = format!("{at}/status/detailReport/results");
    for (at, control) in scan.objects(report.get("status/detailReport/results"), &place) {
        for (at, check) in scan.objects(control.get("checks"), &format!("{at}/checks")) {
            // Not every check says a severity, the control it belongs to does.
            let word = match check.text("severity") {
                "" => control.text("severity"),
                word => word,
            };
            if check.is_true("success") {
                passed += 1;
                scan.add_other(word);
                continue;
            }
            let issue = Issue {
                title: [control.text("id"), check.first(&["title", "checkID"])].join(" ").trim().to_owned(),
                ..issue(check, Class::Config, "", at)
            };
            scan.add(Class::Config, word, issue);
        }
    }
    let controls = report.get("spec/compliance/controls").items().iter();
    let descriptions: HashMap<&str, &str> =
        controls.map(|control| (control.text("id"), control.text("description"))).collect();
    let place = format!("{at}/status/summaryReport/controlCheck");
    for (at, control) in scan.objects(report.get("status/summaryReport/controlCheck"), &place) {
        let failed = control.number("totalFail").unwrap_or_default();
        if failed <= 0.0 {
            passed += 1;
            scan.add_other(control.text("severity"));
            continue;
        }
        let issue = Issue {
            rule: control.text("id").to_owned(),
            title: control.text("name").to_owned(),
            message: paragraphs([
                descriptions.get(control.text("id")).copied().unwrap_or_default(),
                &format!("{failed} checks failed."),
            ]),
            component: report.text("metadata/name").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Config, control.text("severity"), issue);
    }
    passed
}

fn issue(found: &Tree<'_>, class: Class, resource: &str, at: String) -> Issue {
    let rule = found.first(&["vulnerabilityID", "checkID", "ruleID"]);
    let component = match class {
        Class::Dependency => found.text("resource"),
        _ if resource.is_empty() => found.text("target"),
        _ => resource,
    };
    Issue {
        rule: rule.to_owned(),
        title: found.text("title").to_owned(),
        message: match found.texts("messages").join("\n") {
            none if none.is_empty() => found.first(&["description", "match"]).to_owned(),
            messages => messages,
        },
        component: component.to_owned(),
        component_version: found.text("installedVersion").to_owned(),
        fixed_version: found.text("fixedVersion").to_owned(),
        location: match found.text("target") {
            "" => resource.to_owned(),
            target if resource.is_empty() => target.to_owned(),
            target => format!("{resource}: {target}"),
        },
        cve: cves([rule]),
        url: found.text("primaryLink").to_owned(),
        at,
        ..Issue::default()
    }
}
