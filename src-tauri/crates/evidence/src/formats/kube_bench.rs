//! kube-bench's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kube-bench",
    title: "kube-bench --json",
    tool: "kube-bench",
    note: "One issue a check that failed or must be looked at by hand; passed ones are counted. kube-bench knows no \
           severity: FAIL is Medium and WARN Low, assigned at import.",
    metrics: CONFIG_METRICS,
    severities: Severities::NONE.assigning(&[("FAIL", Severity::Medium), ("WARN", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |prefix: &str| {
        probe.has(&format!("{prefix}node_type")) && (probe.has(&format!("{prefix}tests")) || probe.has("Totals"))
    };
    Confidence::certain_if(has("") || has("[]/") || has("Controls/[]/"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let (controls, at): (&[Tree<'_>], &str) = match &document {
        Tree::List(list) => (list, ""),
        object if object.has("Controls") => (object.get("Controls").items(), "/Controls"),
        object => (std::slice::from_ref(object), "-"),
    };
    if controls.is_empty() || !controls.iter().all(|control| control.has("node_type") && control.has("tests")) {
        let remedy = "export it with `kube-bench --json > kube-bench.json`";
        return Err(Refusal::not(FORMAT.title, "no `node_type` with `tests` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut passed = 0;
    for (index, control) in controls.iter().enumerate() {
        let at = if at == "-" { String::new() } else { format!("{at}/{index}") };
        for (at, section) in scan.objects(control.get("tests"), &format!("{at}/tests")) {
            for (at, found) in scan.objects(section.get("results"), &format!("{at}/results")) {
                let status = found.text("status");
                let severity = match status {
                    "FAIL" => Severity::Medium,
                    "WARN" => Severity::Low,
                    "PASS" | "INFO" => {
                        passed += usize::from(status == "PASS");
                        scan.add_other(status);
                        continue;
                    }
                    // A word of a version to come may be a failure: it is no pass, and it is told.
                    other => {
                        let issue = issue(control, section, found, at);
                        scan.add(Class::Config, other, issue);
                        continue;
                    }
                };
                let issue = issue(control, section, found, at);
                scan.add_assigned(Class::Config, severity, status, issue);
            }
        }
    }
    let mut import = scan.finish(&[Class::Config], "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
}

fn issue(control: &Tree<'_>, section: &Tree<'_>, found: &Tree<'_>, at: String) -> Issue {
    let reason = found.first(&["reason", "actual_value"]);
    Issue {
        rule: found.text("test_number").to_owned(),
        title: found.text("test_desc").to_owned(),
        message: paragraphs([section.text("desc"), reason, found.text("remediation")]),
        component: control.text("node_type").to_owned(),
        location: control.text("text").to_owned(),
        at,
        ..Issue::default()
    }
}
