//! SSL Labs' JSON, of ssllabs-scan or the API.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{RUNNING_METRICS, Scan},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "ssllabs",
    title: "SSL Labs (ssllabs-scan, API)",
    tool: "SSL Labs",
    note: "One issue an endpoint whose grade is below A; better ones are counted. The severity is that of the grade.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[
        ("", Severity::Critical),
        ("", Severity::High),
        ("", Severity::Medium),
        ("", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: grades. `T` is a certificate that nobody trusts, `M` one of another name.
const WORDS: Words = &[
    ("A-", Severity::Info),
    ("B", Severity::Low),
    ("C", Severity::Medium),
    ("D", Severity::Medium),
    ("E", Severity::High),
    ("F", Severity::High),
    ("T", Severity::High),
    ("M", Severity::High),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    Confidence::certain_if(has("host") && has("criteriaVersion") && has("engineVersion"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let is_list = matches!(document, Tree::List(_));
    let hosts = if is_list { document.items() } else { std::slice::from_ref(&document) };
    if hosts.is_empty() || !hosts.iter().all(|host| host.has("host") && host.has("criteriaVersion")) {
        let remedy = "export it with `ssllabs-scan HOST > ssllabs.json`";
        return Err(Refusal::not(FORMAT.title, "no `host` with `criteriaVersion` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (index, host) in hosts.iter().enumerate() {
        let at = if is_list { format!("/{index}/endpoints") } else { "/endpoints".to_owned() };
        host.text("engineVersion").clone_into(&mut scan.import.tool_version);
        let name = host.text("host");
        if host.text("status") != "READY" {
            scan.add_error(&format!("{name}: {} {}", host.text("status"), host.text("statusMessage")));
        }
        for (at, endpoint) in scan.objects(host.get("endpoints"), &at) {
            let (grade, address) = (endpoint.text("grade"), endpoint.text("ipAddress"));
            match grade {
                "A" | "A+" => scan.add_other(grade),
                "" => scan.add_error(&format!("{name} {address} has no grade: {}", endpoint.text("statusMessage"))),
                grade => {
                    let issue = Issue {
                        rule: format!("grade {grade}"),
                        title: format!("TLS of {name} is graded {grade}"),
                        component: name.to_owned(),
                        location: format!("{name}:{} ({address})", host.text("port")),
                        at,
                        ..Issue::default()
                    };
                    scan.add(Class::Running, grade, issue);
                }
            }
        }
    }
    Ok(scan.finish(&[Class::Running], "line 1"))
}
