//! Reports that the Trivy operator keeps in a cluster, one or a list of them.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_json_findings},
    scan::{Scan, cves},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trivy-operator",
    title: "Reports of the Trivy operator (kubectl get … -o json)",
    tool: "Trivy operator",
    note: "One issue a vulnerability, a check that failed and a secret; checks that passed are counted.",
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

fn sniff(probe: &Probe<'_>) -> Confidence {
    let report = |prefix: &str| {
        let lists = ["vulnerabilities", "checks", "secrets"];
        probe.has(&format!("{prefix}kind")) && lists.iter().any(|list| probe.has(&format!("{prefix}report/{list}")))
    };
    Confidence::certain_if(report("") || report("items/[]/") || report("[]/"))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    let found = |path: &str| if path.ends_with("report/secrets/[]/match") { Field::Line } else { Field::Other };
    add_json_findings(text, secrets, found);
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let (reports, at): (&[Tree<'_>], &str) = match &document {
        Tree::List(list) => (list, ""),
        object if object.has("items") => (object.get("items").items(), "/items"),
        object => (std::slice::from_ref(object), "-"),
    };
    let own =
        |report: &Tree<'_>| report.text("apiVersion").starts_with("aquasecurity.github.io/") && report.has("report");
    if reports.is_empty() || !reports.iter().all(own) {
        let remedy = "export it with `kubectl get vulnerabilityreports -A -o json > reports.json`";
        return Err(Refusal::not(FORMAT.title, "no report of `aquasecurity.github.io` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut looked_at, mut passed) = (Vec::new(), 0);
    for (index, report) in reports.iter().enumerate() {
        let at = if at == "-" { "/report".to_owned() } else { format!("{at}/{index}/report") };
        let labels = report.get("metadata/labels");
        let of = |name: &str| labels.key(&format!("trivy-operator.resource.{name}")).text_itself();
        let parts = [of("namespace"), of("kind"), of("name")];
        let resource = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/");
        for (list, class) in
            [("vulnerabilities", Class::Dependency), ("checks", Class::Config), ("secrets", Class::Secret)]
        {
            if report.get("report").has(list) {
                looked_at.push(class);
            }
            for (at, found) in scan.objects(report.get("report").get(list), &format!("{at}/{list}")) {
                if found.is_true("success") {
                    passed += 1;
                    scan.add_other(found.text("severity"));
                    continue;
                }
                scan.add(class, found.text("severity"), issue(found, class, &resource, at));
            }
        }
    }
    let mut import = scan.finish(&looked_at, "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
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
