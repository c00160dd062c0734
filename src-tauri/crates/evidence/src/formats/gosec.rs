//! gosec's JSON, and what it prints.

use std::sync::LazyLock;

use groma_model::Issue;
use regex::{Captures, Regex};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    bench::without_colours,
    class::Class,
    mask::{Field, add_findings, add_json_findings, constant},
    scan::{CODE_METRICS, COMMON, Scan, cwes, with_confidence},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gosec",
    title: "gosec -fmt json, text",
    tool: "gosec",
    note: "One issue a result, with gosec's severity; its confidence stands in the message. What `#nosec` accepts is kept \
           as suppressed. Code quoted by the check for credentials is masked.",
    metrics: CODE_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let stats = probe.has("Stats") && (probe.has("Stats/files") || probe.has("Stats/found"));
    let issues = probe.has("Issues/[]/rule_id") && probe.has("Issues/[]/details");
    let own = stats || issues || probe.has("Golang errors");
    Confidence::certain_if(probe.is_object() && probe.has("Issues") && own || is_text(probe.head()))
}

/// `[/src/main.go:12-14] - G104 (CWE-703): Errors unhandled (Confidence: HIGH, Severity: LOW)`; with colours, each may
/// have its own.
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^\[(?P<file>.+):(?P<line>\d+)(?:-\d+)?\] - (?P<rule>G\d+)(?P<nosec> \(NoSec\))?",
        r"(?: \(\s*(?P<cwe>[^()]*?)\s*\))?: (?P<what>.*) \(Confidence: (?P<sure>\w+), Severity: (?P<word>\w+)\)$",
    ))
});

fn printed(line: &str) -> Option<Captures<'_>> {
    line.starts_with('[').then(|| PRINTED.captures(line)).flatten()
}

/// What it prints. A run without issues is told by its summary, which names the tool.
fn is_text(head: &str) -> bool {
    if head.starts_with(['{', '<']) || !head.contains("Severity: ") && !head.contains("Summary:") {
        return false;
    }
    let head = without_colours(head);
    head.lines().any(|line| printed(line.trim_end()).is_some())
        || ["Summary:", "Gosec ", "Nosec ", "Issues "]
            .iter()
            .all(|start| head.lines().any(|line| line.trim().starts_with(start)))
}

/// G101 is for credentials in the code.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.contains("\"G101\"") {
        let code = |path: &str| if path == "Issues/[]/code" { Field::Line } else { Field::Other };
        add_json_findings(text, secrets, code);
    } else if text.contains("- G101 ") && is_text(text) {
        let (mut at, mut inside, mut lines) = (0, false, Vec::new());
        for line in text.split_inclusive('\n') {
            let start = line.len() - line.trim_start_matches(['>', ' ']).len();
            match line.trim() {
                "" => inside = false,
                _ if line.contains("- G101 ") => inside = true,
                // `  > 12: password := "…"`
                text if inside => lines.extend(text.split_once(": ").map(|(_, code)| {
                    let end = at + line.trim_end().len();
                    (Field::Line, (end - code.len()).max(at + start)..end)
                })),
                _ => {}
            }
            at += line.len();
        }
        add_findings(text, secrets, lines);
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !input.text.trim_start().starts_with('{') && is_text(input.text) {
        return parse_text(input);
    }
    let remedy = "export it with `gosec -fmt json -out gosec.json ./...`";
    let document = tree::object(input.text, FORMAT.title, &["Issues"], remedy)?;
    let own = |issue: &Tree<'_>| issue.has("rule_id") && issue.has("details");
    let issues = document.get("Issues").items();
    // Old versions write no statistics.
    if !document.has("Stats") && !document.has("Golang errors") && (issues.is_empty() || !issues.iter().all(own)) {
        return Err(Refusal::not(FORMAT.title, "its issues have no `rule_id` with `details`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    document.text("GosecVersion").clone_into(&mut scan.import.tool_version);
    for (file, errors) in document.key("Golang errors").entries() {
        for error in errors.items() {
            scan.add_error(&format!("{file}: {}", error.text("error")));
        }
    }
    for (at, found) in scan.objects(document.get("Issues"), "/Issues") {
        // Where the code is of several lines: `12-14`.
        let line = found.text("line").split('-').next().and_then(|line| line.parse().ok());
        let suppressions = !found.get("suppressions").items().is_empty();
        let issue = Issue {
            rule: found.text("rule_id").to_owned(),
            title: found.text("details").to_owned(),
            message: with_confidence(found.text("details"), found.text("confidence")),
            component: found.text("file").to_owned(),
            location: found.text("file").to_owned(),
            line: line.filter(|line| *line > 0),
            cwe: cwes([found.first(&["cwe/id", "cwe/ID"])].into_iter().filter(|id| !id.is_empty())),
            url: found.first(&["cwe/url", "cwe/URL"]).to_owned(),
            suppressed: suppressions || found.is_true("nosec"),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("severity"), issue);
    }
    if document.number("Stats/files") == Some(0.0) {
        scan.looked_at_nothing("gosec looked at no file");
    }
    Ok(scan.finish(&[Class::Code], "/Issues"))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut file, mut found, mut stated, mut files) = ("", 0_u64, None, None);
    for (line, number) in text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let line = line.trim_end();
        if let Some(captures) = printed(line) {
            let part = |name: &str| captures.name(name).map_or("", |part| part.as_str());
            let suppressed = !part("nosec").is_empty();
            found += u64::from(!suppressed);
            let issue = Issue {
                rule: part("rule").to_owned(),
                title: part("what").to_owned(),
                message: with_confidence(part("what"), part("sure")),
                component: part("file").to_owned(),
                location: part("file").to_owned(),
                line: part("line").parse().ok().filter(|line| *line > 0),
                cwe: cwes([part("cwe")].into_iter().filter(|id| id.starts_with("CWE-"))),
                suppressed,
                at: format!("line {number}"),
                ..Issue::default()
            };
            scan.add(Class::Code, part("word"), issue);
            continue;
        }
        let line = line.trim();
        if let Some(name) = line.strip_prefix("Golang errors in file: [") {
            file = name.trim_end_matches("]:");
        } else if let Some(error) = line.strip_prefix("> [line ").filter(|_| !file.is_empty()) {
            scan.add_error(&format!("{file}: line {}", error.replacen("] - ", ": ", 1)));
        } else if let Some((name, value)) = line.split_once(" : ").filter(|(name, _)| !name.contains(['[', '"'])) {
            match name.trim() {
                "Gosec" => value.trim().clone_into(&mut scan.import.tool_version),
                "Issues" => stated = value.trim().parse::<u64>().ok(),
                "Files" => files = value.trim().parse::<u64>().ok(),
                _ => {}
            }
        }
    }
    match stated {
        None => scan.import.error(None, "the summary is missing: the file is truncated, more issues may have followed"),
        Some(stated) if found == 0 && stated > 0 => {
            let lacks = format!("it counts {stated} issues and tells none of them");
            return Err(Refusal::not(FORMAT.title, &lacks, "export it with `gosec -fmt json`"));
        }
        Some(stated) if stated != found => {
            scan.import.warn(None, format!("the summary states {stated} issues, {found} stand in the text"));
        }
        Some(_) => {}
    }
    if files == Some(0) {
        scan.looked_at_nothing("gosec looked at no file");
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}
