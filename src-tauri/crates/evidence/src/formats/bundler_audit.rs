//! bundler-audit's text.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, distinct},
    severity::{Severities, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "bundler-audit",
    title: "bundle-audit check (text)",
    tool: "bundler-audit",
    note: "One issue a paragraph. Where the database says no criticality, bundler-audit writes Unknown: Medium is assigned \
           at import.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(WORDS).assigning(&[("Unknown", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `Unknown` is none.
const WORDS: Words = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("None", Severity::Info),
];

/// The last line, of a run that found something and one that did not.
const ENDINGS: &[&str] = &["Vulnerabilities found!", "No vulnerabilities found", "Unpatched versions found!"];

fn is_one(text: &str) -> bool {
    let advisory = text.starts_with("Name: ") && text.contains("\nVersion: ") && text.contains("\nCriticality: ");
    advisory || text.lines().take(20).any(|line| ENDINGS.contains(&line.trim())) && !text.starts_with(['{', '<', '['])
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(is_one(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !is_one(input.text.trim_start()) {
        let remedy = "export it with `bundle-audit check > bundler-audit.txt`";
        return Err(Refusal::not(FORMAT.title, "no `Name`, `Version` and `Criticality` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut fields, mut start, mut ended) = (Vec::new(), 1_u64, false);
    for (line, number) in input.text.lines().chain([""]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        ended |= ENDINGS.contains(&line.trim());
        match line.split_once(": ") {
            Some((name, value)) => {
                if fields.is_empty() {
                    start = number;
                }
                fields.push((name.trim(), value.trim()));
            }
            None if line.trim().is_empty() && !fields.is_empty() => add(&mut scan, &std::mem::take(&mut fields), start),
            None => {}
        }
    }
    if !ended {
        scan.import.error(None, "its last line is missing: the report breaks off");
    }
    Ok(scan.finish(&[Class::Dependency], "line 1"))
}

fn add(scan: &mut Scan<'_>, fields: &[(&str, &str)], line: u64) {
    let of = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    let ids = [of("CVE"), of("GHSA"), of("Advisory")];
    let rule = ids.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    if of("Name").is_empty() {
        let source = fields.first().map_or("", |(name, _)| *name);
        scan.import.warn(Some(line), format!("a paragraph on `{source}` names no gem: left out"));
        return;
    }
    let solution = of("Solution");
    let issue = Issue {
        rule: rule.to_owned(),
        title: of("Title").to_owned(),
        message: solution.to_owned(),
        component: of("Name").to_owned(),
        component_version: of("Version").to_owned(),
        fixed_version: solution.strip_prefix("upgrade to ").unwrap_or_default().replace('\'', ""),
        cve: distinct(ids),
        url: of("URL").to_owned(),
        at: format!("line {line}"),
        ..Issue::default()
    };
    match of("Criticality") {
        "Unknown" => scan.add_assigned(Class::Dependency, Severity::Medium, "Unknown", issue),
        word => scan.add(Class::Dependency, word, issue),
    }
}
