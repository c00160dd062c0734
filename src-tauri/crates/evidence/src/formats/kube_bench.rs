//! kube-bench's JSON, and what it prints for people.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::{Check, checks, parts, without_colours},
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, paragraphs},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kube-bench",
    title: "kube-bench, JSON or text",
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
    Confidence::certain_if(has("") || has("[]/") || has("Controls/[]/") || is_text(probe.head()))
}

/// Headings between the checks name the kind of node; a summary counts them.
fn is_text(text: &str) -> bool {
    if !text.contains("== Summary") && !text.contains("== Remediations ") {
        return false;
    }
    let plain = without_colours(text);
    let begins = |start: &str| plain.starts_with(start) || plain.contains(&format!("\n{start}"));
    // In JSON no line begins like this.
    let headed = begins("== Summary") && plain.contains(" checks FAIL") || begins("== Remediations ");
    // Documents quote what it prints, further below.
    headed && plain.lines().take(10).any(|line| parts(line).is_some_and(|(_, id, _)| !id.is_empty()))
}

const REMEDY: &str = "export it with `kube-bench --json > kube-bench.json`";

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !input.text.trim_start().starts_with(['{', '[']) || is_text(input.text) {
        return parse_text(input);
    }
    // Old versions write one object a kind of node, one behind the other.
    let documents = tree::stream(input.text)?;
    let mut controls: Vec<(String, &Tree<'_>)> = Vec::new();
    for (index, (line, document)) in documents.iter().enumerate() {
        match document.get("Controls") {
            Tree::List(list) => {
                controls.extend(list.iter().enumerate().map(|(index, one)| (format!("/Controls/{index}"), one)));
            }
            _ if input.text.trim_start().starts_with('[') => controls.push((format!("/{index}"), document)),
            _ if documents.len() == 1 => controls.push((String::new(), document)),
            _ => controls.push((format!("line {line}: "), document)),
        }
    }
    if controls.is_empty() || !controls.iter().all(|(_, control)| control.has("node_type") && control.has("tests")) {
        return Err(Refusal::not(FORMAT.title, "no `node_type` with `tests` in it", REMEDY));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut passed = 0;
    for (at, control) in controls {
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

/// Reads what is printed for people: the checks, how to mend what failed, and a summary, of each kind of node.
fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let checks = checks(&text);
    if checks.is_empty() || !is_text(&text) {
        return Err(Refusal::not(FORMAT.title, "no check in it, or no summary", REMEDY));
    }
    let sections = sections(&text, &checks);
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for check in &checks {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        *counts.entry(check.word).or_default() += 1;
        let severity = match check.word {
            "FAIL" => Severity::Medium,
            "WARN" => Severity::Low,
            _ => {
                scan.add_other(check.word);
                continue;
            }
        };
        // The sections of a kind of node stand behind its checks.
        let section = sections.get(sections.partition_point(|section| section.line <= check.line));
        let remediation = section.and_then(|section| section.remedies.get(check.id)).map_or("", String::as_str);
        let node = section.map_or("", |section| section.node);
        let control = check.headings.first().copied().unwrap_or_default();
        let issue = Issue {
            rule: check.id.to_owned(),
            title: check.text.to_owned(),
            message: paragraphs([check.headings.last().copied().unwrap_or_default(), remediation]),
            component: if node.is_empty() { control } else { node }.to_owned(),
            location: control.to_owned(),
            at: format!("line {}", check.line),
            ..Issue::default()
        };
        scan.add_assigned(Class::Config, severity, check.word, issue);
    }
    for (word, stated) in stated(&text) {
        let listed = counts.get(word).copied().unwrap_or_default();
        if stated != listed {
            let message =
                format!("the summary states {stated} checks {word}, {listed} are listed: the text may be cut");
            scan.import.error(None, message);
        }
    }
    let mut import = scan.finish(&[Class::Config], "line 1");
    import.measure_count("scan.passed", counts.get("PASS").copied().unwrap_or_default(), "", "line 1");
    Ok(import)
}

/// What is told of one kind of node behind its checks.
struct Section<'a> {
    node: &'a str,
    line: u64,
    /// How to mend what failed, by the check's number.
    remedies: HashMap<&'a str, String>,
}

/// What a heading stands over, and the kind of node that it names, which old versions do not: `== Remediations master ==`.
fn heading(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim().strip_prefix("== ")?.strip_suffix(" ==")?;
    Some(inner.split_once(' ').unwrap_or((inner, "")))
}

fn sections<'t>(text: &'t str, checks: &[Check<'t>]) -> Vec<Section<'t>> {
    let ids: HashSet<&str> = checks.iter().map(|check| check.id).collect();
    let (mut sections, mut open, mut fresh): (Vec<Section<'t>>, Option<&str>, bool) = (Vec::new(), None, true);
    for (line, number) in text.lines().zip(1_u64..) {
        if parts(line).is_some() {
            (open, fresh) = (None, true);
        } else if let Some((kind, node)) = heading(line) {
            open = (kind == "Remediations").then_some("");
            if std::mem::take(&mut fresh) {
                sections.push(Section { node, line: number, remedies: HashMap::new() });
            }
        } else if let (Some(id), Some(section)) = (&mut open, sections.last_mut()) {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let numbered = ids.contains(first);
            if numbered {
                *id = first;
            }
            let remedy = section.remedies.entry(*id).or_default();
            remedy.push_str(if numbered { rest } else { line });
            remedy.push('\n');
        }
    }
    sections
}

/// How many checks the summary states by their words: that of the whole, or else those of each kind of node.
fn stated(text: &str) -> Vec<(&str, usize)> {
    let (mut of_nodes, mut of_all, mut open) = (Vec::new(), Vec::new(), "");
    for line in text.lines() {
        match heading(line) {
            Some(("Summary", node)) => open = node,
            Some(_) => open = "",
            None => {
                let mut words = line.split_whitespace();
                let (count, checks, word) = (words.next(), words.next(), words.next());
                if let (Some(Ok(count)), Some("checks"), Some(word)) = (count.map(str::parse::<usize>), checks, word) {
                    let list = if open == "total" { &mut of_all } else { &mut of_nodes };
                    match list.iter_mut().find(|(known, _)| *known == word) {
                        Some((_, sum)) => *sum += count,
                        None => list.push((word, count)),
                    }
                }
            }
        }
    }
    if of_all.is_empty() { of_nodes } else { of_all }
}
