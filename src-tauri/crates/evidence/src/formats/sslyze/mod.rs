//! sslyze's XML, of its versions before 3, and JSON, of all.

mod json;
mod xml;

use groma_model::Severity;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan},
    severity::Severities,
    tls::{self, Endpoint, Fault},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sslyze",
    title: "sslyze --json_out, --xml_out",
    tool: "sslyze",
    note: "One issue a fault: a protocol, a kind of weak cipher suite that a protocol accepts, a bug, a property of the \
           certificate; what is in order is counted. sslyze knows no severity: it is assigned at import.",
    metrics: RUNNING_METRICS,
    severities: Severities::NONE.assigning(&[
        ("", Severity::Critical),
        ("", Severity::High),
        ("", Severity::Medium),
        ("", Severity::Low),
    ]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = crate::xml::root(head) == "document" && head.contains("SSLyzeVersion");
    let old = probe.has("accepted_targets") && (probe.has("invalid_targets") || probe.has("sslyze_version"));
    let json = probe.is_object() && (probe.has("server_scan_results") || old);
    Confidence::certain_if(xml || json)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if input.text.trim_start().starts_with('<') { xml::read(input) } else { json::read(input) }
}

/// Tells where all that sslyze asked of the servers ended in errors.
fn tell_unanswered(scan: &mut Scan<'_>) {
    if scan.has_errors() && scan.import.issues.is_empty() && scan.import.not_issues == 0 {
        scan.looked_at_nothing("no question to a server has an answer");
    }
}

/// Adds a fault, or counts that there is none.
fn judge(scan: &mut Scan<'_>, endpoint: &Endpoint, bad: bool, fault: Fault, message: impl Into<String>, at: &str) {
    match bad {
        true => tls::add(scan, endpoint, fault, message.into(), at),
        false => scan.add_other("passed"),
    }
}

/// A protocol that is on, and its cipher suites: one issue for each thing that is wrong with some of them.
fn protocol(scan: &mut Scan<'_>, endpoint: &Endpoint, name: &str, accepted: &[&str], at: &str) {
    let on = !accepted.is_empty();
    let old = tls::old_protocol(name).filter(|_| on);
    judge(scan, endpoint, old.is_some(), old.unwrap_or(tls::OLD_TLS), format!("{name} is on"), at);
    if !on {
        return;
    }
    let mut faults: Vec<(Fault, Vec<&str>)> = Vec::new();
    for suite in accepted {
        let Some(fault) = tls::weak_suite(suite) else { continue };
        match faults.iter_mut().find(|(known, _)| known.rule() == fault.rule()) {
            Some((_, suites)) => suites.push(suite),
            None => faults.push((fault, vec![suite])),
        }
    }
    if faults.is_empty() {
        scan.add_other("passed");
    }
    for (fault, suites) in faults {
        tls::add(scan, endpoint, fault, format!("{name}: {}", suites.join(", ")), at);
    }
}

/// ROBOT's result.
fn robot(scan: &mut Scan<'_>, endpoint: &Endpoint, result: &str, at: &str) {
    match result {
        "VULNERABLE_STRONG_ORACLE" => tls::add(scan, endpoint, tls::ROBOT, String::new(), at),
        "VULNERABLE_WEAK_ORACLE" => tls::add(scan, endpoint, tls::ROBOT_WEAK, String::new(), at),
        "NOT_VULNERABLE_NO_ORACLE" | "NOT_VULNERABLE_RSA_NOT_SUPPORTED" => scan.add_other("passed"),
        "" => {}
        other => scan.import.warn(None, format!("{}: ROBOT was not told: {other}", endpoint.host)),
    }
}
