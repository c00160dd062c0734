//! Brakeman's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, cwes, paragraphs},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "brakeman",
    title: "brakeman --format json",
    tool: "Brakeman",
    note: "One issue a warning, ignored ones kept as suppressed. Brakeman has no severity; its confidence stands for it.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: how sure Brakeman is.
const WORDS: Words =
    &[("High", Severity::High), ("Medium", Severity::Medium), ("Weak", Severity::Low), ("Low", Severity::Low)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("scan_info/brakeman_version") && probe.has("warnings"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `brakeman --format json --output brakeman.json`";
    let document = tree::object(input.text, FORMAT.title, &["scan_info/brakeman_version", "warnings"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("scan_info/brakeman_version").clone_into(&mut scan.import.tool_version);
    // `2026-03-01 10:00:00 +0100`
    let time = document.first(&["scan_info/end_time", "scan_info/start_time"]);
    scan.import.captured_at = match time.split(' ').collect::<Vec<_>>()[..] {
        [date, time, zone] => format!("{date}T{time}{zone}").parse().ok(),
        _ => time.parse().ok(),
    };
    for error in document.get("errors").items() {
        scan.add_error(&format!("{} {}", error.text("error"), error.text("location")));
    }
    for (list, suppressed) in [("warnings", false), ("ignored_warnings", true)] {
        for (at, found) in scan.objects(document.get(list), &format!("/{list}")) {
            let issue = Issue {
                rule: found.first(&["check_name", "warning_type"]).to_owned(),
                title: found.text("warning_type").to_owned(),
                message: paragraphs([found.text("message"), found.text("code"), found.text("user_input")]),
                component: found.text("file").to_owned(),
                location: found.text("file").to_owned(),
                line: found.line(&["line"]),
                fingerprint: found.text("fingerprint").to_owned(),
                cwe: cwes(found.texts("cwe_id")),
                url: found.text("link").to_owned(),
                suppressed,
                at,
                ..Issue::default()
            };
            scan.add(Class::Code, found.text("confidence"), issue);
        }
    }
    Ok(scan.finish(&[Class::Code], "/warnings"))
}
