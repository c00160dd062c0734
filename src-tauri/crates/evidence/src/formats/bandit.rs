//! Bandit's JSON, CSV, XML and what it prints.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    bench::without_colours,
    class::Class,
    mask::{Field, add_findings, add_json_findings},
    scan::{CODE_METRICS, COMMON, Scan, cwes, with_confidence},
    severity::Severities,
    table::csv_table,
    tree::{self, Tree},
    xml::{self, Xml, attribute, children},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "bandit",
    title: "bandit --format json, csv, xml, txt",
    tool: "Bandit",
    note: "One issue a result, with Bandit's severity; its confidence stands in the message. Code quoted by the checks for \
           passwords is masked.",
    metrics: CODE_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets,
    parse,
};

/// Why a report without issues tells nothing.
const NO_LINE: &str = "Bandit looked at no line of code";

fn sniff(probe: &Probe<'_>) -> Confidence {
    let metrics = probe.has("metrics/*/CONFIDENCE.HIGH") || probe.has("metrics/_totals");
    let results = probe.has("results/[]/test_id") && probe.has("results/[]/issue_severity");
    let json = probe.is_object() && (metrics && probe.has("errors") || results);
    Confidence::certain_if(json || is_csv(probe.head()) || is_xml(probe.head()) || is_text(probe.head()))
}

/// Whether the first line is the header of the CSV.
fn is_csv(text: &str) -> bool {
    text.trim_start().lines().next().unwrap_or_default().starts_with("filename,test_name,test_id,issue_severity,")
}

/// Whether it is what Bandit prints.
fn is_text(text: &str) -> bool {
    if text.trim_start().starts_with(['{', '<']) || !text.contains("Test results:") {
        return false;
    }
    let text = without_colours(text);
    text.contains(">> Issue: [B")
        || text.contains("No issues identified.")
        || text.contains("Run started:") && text.contains("Total lines of code:")
}

/// Whether it is the XML, which has the form of test results.
pub(crate) fn is_xml(text: &str) -> bool {
    let start = text.find("<testsuite").map_or("", |at| &text[at..]);
    let tag = start.split('>').next().unwrap_or_default();
    tag.starts_with("<testsuite ") && (tag.contains("name=\"bandit\"") || tag.contains("name='bandit'"))
}

/// The checks B105 to B107 are for passwords in the code; what they tell is the password.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.contains("hardcoded_password") && (is_csv(text) || is_xml(text)) {
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            at += line.len();
            (Field::Told, at - line.len()..at)
        });
        let told: Vec<_> = lines.filter(|(_, line)| text[line.clone()].contains("password")).collect();
        add_findings(text, secrets, told);
    } else if text.contains("hardcoded_password") && is_text(text) {
        let (mut at, mut inside, mut fields) = (0, false, Vec::new());
        for line in text.split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            at += line.len();
            if line.contains(">> Issue: ") {
                inside = line.contains(":hardcoded_password");
                fields.extend(inside.then_some((Field::Told, range)));
            } else if inside && let Some((_, code)) = line.split_once('\t').filter(|(number, _)| is_number(number)) {
                let start = range.end - code.trim_end().len();
                fields.push((Field::Line, start..range.end));
            }
        }
        add_findings(text, secrets, fields);
    } else if text.contains("hardcoded_password") {
        add_json_findings(text, secrets, |path| match path {
            "results/[]/code" => Field::Line,
            "results/[]/issue_text" => Field::Told,
            _ => Field::Other,
        });
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    match input.text.trim_start() {
        text if is_csv(text) => return parse_csv(input),
        text if text.starts_with('<') => return parse_xml(input),
        text if is_text(text) => return parse_text(input),
        _ => {}
    }
    let remedy = "export it with `bandit -r . --format json --output bandit.json`";
    let document = tree::object(input.text, FORMAT.title, &["results", "metrics", "errors"], remedy)?;
    if !document.get("results").items().iter().all(|result: &Tree<'_>| result.has("test_id")) {
        return Err(Refusal::not(FORMAT.title, "its results have no `test_id`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    scan.import.captured_at = document.text("generated_at").parse().ok();
    for error in document.get("errors").items() {
        scan.add_error(&format!("{}: {}", error.text("filename"), error.text("reason")));
    }
    for (at, found) in scan.objects(document.get("results"), "/results") {
        let issue = Issue {
            rule: found.text("test_id").to_owned(),
            title: format!("{}: {}", found.text("test_name"), found.text("issue_text")),
            message: with_confidence(found.text("issue_text"), found.text("issue_confidence")),
            component: found.text("filename").to_owned(),
            location: found.text("filename").to_owned(),
            line: found.line(&["line_number"]),
            cwe: cwes([found.text("issue_cwe/id")].into_iter().filter(|id| !id.is_empty())),
            url: found.text("more_info").to_owned(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("issue_severity"), issue);
    }
    if scan.import.issues.is_empty() && document.number("metrics/_totals/loc") == Some(0.0) {
        scan.looked_at_nothing(NO_LINE);
    }
    Ok(scan.finish(&[Class::Code], "/results"))
}

fn parse_csv(input: &Input<'_>) -> Result<Import, Refusal> {
    let broken = || Refusal::not(FORMAT.title, "it is no CSV", "export it as JSON");
    let table = csv_table(input.text).ok_or_else(broken)?;
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let names = ["filename", "test_name", "test_id", "issue_severity", "issue_confidence", "issue_cwe", "issue_text"];
    let columns = names.map(|name| table.column(name));
    let more = ["line_number", "more_info"].map(|name| table.column(name));
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim());
        let [file, name, id, severity, confidence, weakness, text] = columns.map(cell);
        let [number, url] = more.map(cell);
        // `https://cwe.mitre.org/data/definitions/502.html`
        let weakness = weakness.rsplit('/').next().unwrap_or_default().trim_end_matches(".html");
        let issue = Issue {
            rule: id.to_owned(),
            title: format!("{name}: {text}"),
            message: with_confidence(text, confidence),
            component: file.to_owned(),
            location: file.to_owned(),
            line: number.parse().ok().filter(|number| *number > 0),
            cwe: cwes([weakness].into_iter().filter(|id| !id.is_empty())),
            url: url.to_owned(),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add(Class::Code, severity, issue);
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

fn parse_xml(input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "testsuite", "export it as JSON")?;
    if !is_xml(input.text) {
        return Err(Refusal::not(FORMAT.title, "its suite has another name", "export it as JSON"));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    for case in children(document.root(), "testcase") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        for error in children(case, "error") {
            let told = error.text().unwrap_or_default();
            // `Test ID: B301 Severity: MEDIUM Confidence: HIGH`, the weakness, the text, `Location a.py:3`
            let after = |start: &str| told.split_once(start).map_or("", |(_, rest)| rest);
            let word = |start: &str| after(start).split_whitespace().next().unwrap_or_default();
            let file = attribute(case, "classname");
            let line = after(&format!("Location {file}:"));
            let text = attribute(error, "message");
            let issue = Issue {
                rule: word("Test ID: ").to_owned(),
                title: format!("{}: {text}", attribute(case, "name")),
                message: with_confidence(text, word("Confidence: ")),
                component: file.to_owned(),
                location: file.to_owned(),
                line: line.split(|c: char| !c.is_ascii_digit()).next().and_then(|line| line.parse().ok()),
                cwe: cwes([word("CWE: ")].into_iter().filter(|id| !id.is_empty())),
                url: attribute(error, "more_info").to_owned(),
                at: document.at(error),
                ..Issue::default()
            };
            scan.add(Class::Code, attribute(error, "type"), issue);
        }
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `a.py:8:0`, or `a.py:8` of old versions.
fn place(text: &str) -> (&str, Option<u64>) {
    let (before, last) = text.rsplit_once(':').filter(|(_, last)| is_number(last)).unwrap_or((text, ""));
    let (file, line) = before.rsplit_once(':').filter(|(_, line)| is_number(line)).unwrap_or((before, last));
    (file, line.parse().ok().filter(|line| *line > 0))
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut found, mut skipped, mut started): (Option<(Issue, &str)>, bool, bool) = (None, false, false);
    for (line, number) in text.lines().chain([">> "]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let told = line.trim();
        if line.starts_with(">> ") {
            if let Some((issue, word)) = found.take() {
                scan.add(Class::Code, word, issue);
            }
            let Some(told) = line.strip_prefix(">> Issue: ") else { continue };
            // `[B301:blacklist] Pickle …`
            let named = told.strip_prefix('[').and_then(|told| told.split_once("] "));
            let (id, name, text) = match named.and_then(|(rule, text)| Some((rule.split_once(':')?, text))) {
                Some(((id, name), text)) => (id, name, text),
                None => ("", "", told),
            };
            let title = if name.is_empty() { text.to_owned() } else { format!("{name}: {text}") };
            let at = format!("line {number}");
            let issue = Issue { rule: id.to_owned(), title, message: text.to_owned(), at, ..Issue::default() };
            found = Some((issue, ""));
            (skipped, started) = (false, false);
        } else if line.starts_with("Files skipped") {
            skipped = true;
        } else if let Some(time) = line.strip_prefix("Run started:") {
            started = true;
            scan.import.captured_at = stamp(time);
        } else if started && !told.is_empty() && scan.import.captured_at.is_none() {
            started = false;
            scan.import.captured_at = stamp(told);
        } else if skipped && !told.is_empty() && line.starts_with(['\t', ' ']) {
            scan.add_error(told);
        } else if let Some((issue, word)) = &mut found {
            let Some((key, value)) = told.split_once(": ").filter(|_| line.starts_with("   ")) else { continue };
            match key {
                "Severity" => {
                    let (severity, confidence) = value.split_once("Confidence:").unwrap_or((value, ""));
                    *word = severity.trim();
                    issue.message = with_confidence(&issue.message, confidence.trim());
                }
                "CWE" => issue.cwe = cwes(value.split(' ').filter(|id| id.starts_with("CWE-"))),
                "More Info" => value.clone_into(&mut issue.url),
                "Location" if issue.location.is_empty() => {
                    let (file, line) = place(value);
                    (issue.component, issue.location, issue.line) = (file.to_owned(), file.to_owned(), line);
                }
                _ => {}
            }
        }
    }
    if !text.contains("Files skipped") {
        scan.import.error(None, "the end is missing: the file is truncated, more issues may have followed");
    }
    if scan.import.issues.is_empty() && text.lines().any(|line| line.trim() == "Total lines of code: 0") {
        scan.looked_at_nothing(NO_LINE);
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

/// `2026-03-01 10:00:00.123456`, in UTC.
fn stamp(text: &str) -> Option<groma_model::Timestamp> {
    let time = text.trim().split('+').next()?.trim().replacen(' ', "T", 1);
    format!("{time}Z").parse().ok()
}
