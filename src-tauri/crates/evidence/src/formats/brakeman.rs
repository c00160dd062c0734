//! Brakeman's JSON, and what it prints.

use groma_model::{Issue, Severity, Timestamp};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, cwes, paragraphs},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "brakeman",
    title: "brakeman --format json, text",
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
    let json = probe.is_object() && probe.has("scan_info/brakeman_version") && probe.has("warnings");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// What it prints; without the summary, it begins with the warnings.
fn is_text(head: &str) -> bool {
    if head.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let head = without_colours(head);
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let warnings = lines.clone().zip(lines.clone().skip(1));
    lines.any(|line| line == "== Brakeman Report ==")
        || warnings.into_iter().any(|(a, b)| a.starts_with("Confidence: ") && b.starts_with("Category: "))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_text(input.text) {
        return parse_text(input);
    }
    let remedy = "export it with `brakeman --format json --output brakeman.json`";
    let document = tree::object(input.text, FORMAT.title, &["scan_info/brakeman_version", "warnings"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("scan_info/brakeman_version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = stamp(document.first(&["scan_info/end_time", "scan_info/start_time"]));
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

/// `2026-03-01 10:00:00 +0100`
fn stamp(time: &str) -> Option<Timestamp> {
    match time.split(' ').collect::<Vec<_>>()[..] {
        [date, time, zone] => format!("{date}T{time}{zone}").parse().ok(),
        _ => time.parse().ok(),
    }
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut fields, mut start, mut found, mut stated): (Vec<(&str, &str)>, _, _, _) = (Vec::new(), 1, 0_u64, None);
    for (line, number) in text.lines().chain([""]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let Some((key, value)) = line.split_once(": ").map(|(key, value)| (key, value.trim())) else {
            if line.trim().is_empty() && !fields.is_empty() {
                found += u64::from(add_printed(&mut scan, &fields, start));
                fields.clear();
            }
            continue;
        };
        match key {
            "Brakeman Version" => value.clone_into(&mut scan.import.tool_version),
            "Scan Date" => scan.import.captured_at = stamp(value),
            "Security Warnings" => stated = value.parse::<u64>().ok(),
            "Error" => scan.add_error(value),
            "Confidence" | "Category" | "Check" | "Message" | "Code" | "File" | "Line" | "CWE" => {
                if fields.is_empty() {
                    start = number;
                }
                fields.push((key, value));
            }
            _ => {}
        }
    }
    if let Some(stated) = stated.filter(|stated| *stated > 0 && found == 0) {
        let lacks = format!("it counts {stated} warnings and tells none of them");
        return Err(Refusal::not(FORMAT.title, &lacks, "export it with `brakeman --format json`"));
    }
    if let Some(stated) = stated.filter(|stated| *stated != found) {
        scan.import.warn(None, format!("the summary states {stated} warnings, {found} stand in the text"));
    }
    if stated.is_none() && !text.contains("No warnings found") && found == 0 {
        scan.import.error(None, "neither warnings nor a word that there are none: the file is truncated");
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

/// Adds a warning, and says whether it was one.
fn add_printed(scan: &mut Scan<'_>, fields: &[(&str, &str)], line: u64) -> bool {
    let field = |key: &str| fields.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| value);
    if field("Confidence").is_empty() {
        return false;
    }
    let issue = Issue {
        rule: match field("Check") {
            "" => field("Category").to_owned(),
            check => check.to_owned(),
        },
        title: field("Category").to_owned(),
        message: paragraphs([field("Message"), field("Code")]),
        component: field("File").to_owned(),
        location: field("File").to_owned(),
        line: field("Line").parse().ok().filter(|line| *line > 0),
        cwe: cwes(field("CWE").split([' ', ',']).filter(|id| !id.is_empty())),
        at: format!("line {line}"),
        ..Issue::default()
    };
    scan.add(Class::Code, field("Confidence"), issue);
    true
}
