//! bundler-audit's text and JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, distinct},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "bundler-audit",
    title: "bundle-audit check (text, JSON)",
    tool: "bundler-audit",
    note: "One issue an advisory of a gem. Where the database says no criticality, bundler-audit writes Unknown or nothing: \
           Medium is assigned at import. A source of gems without encryption is an issue of its own, Medium, and no \
           vulnerability.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(WORDS).assigning(&[("Unknown", Severity::Medium), ("", Severity::Medium)]),
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

/// What stands before the address of a source that is not encrypted.
const INSECURE: &str = "Insecure Source URI found";

const REMEDY: &str = "export it with `bundle-audit check > bundler-audit.txt`";

fn is_one(text: &str) -> bool {
    if text.starts_with(['{', '<', '[']) {
        return false;
    }
    // What an update of the database tells may stand before.
    let advisory = (text.starts_with("Name: ") || text.contains("\nName: "))
        && ["\nVersion: ", "\nCriticality: ", "\nSolution: "].iter().all(|field| text.contains(field));
    advisory || text.lines().take(40).any(|line| ENDINGS.contains(&line.trim()))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let found = probe.has("results/[]/gem/name") && probe.has("results/[]/advisory/id");
    let bare = probe.has("created_at") && probe.only(&["version", "created_at", "results"]);
    let json = probe.is_object() && probe.has("results") && (found || bare);
    match json || is_one(probe.head()) {
        // So does Grype.
        true if !json && probe.text().trim_end() == ENDINGS[1] => Confidence::Possible,
        found => Confidence::certain_if(found),
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if input.text.trim_start().starts_with('{') {
        return read_json(input);
    }
    if !is_one(input.text.trim_start()) {
        return Err(Refusal::not(FORMAT.title, "no `Name`, `Version` and `Criticality` in it", REMEDY));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut fields, mut start, mut ended) = (Vec::new(), 1_u64, false);
    for (line, number) in input.text.lines().chain([""]).zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        ended |= ENDINGS.contains(&line.trim());
        match line.split_once(": ") {
            // Several follow each other without a line between.
            Some((INSECURE, source)) => {
                scan.add_kind("insecure source");
                add_source(&mut scan, source.trim(), format!("line {number}"));
            }
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
    // `ruby-advisory-db` and how many advisories it holds.
    if of("Name").is_empty() && fields.iter().any(|(name, _)| *name == "last updated" || *name == "commit") {
        return;
    }
    if of("Name").is_empty() {
        let source = fields.first().map_or("", |(name, _)| *name);
        scan.import.warn(Some(line), format!("a paragraph on `{source}` names no gem: left out"));
        return;
    }
    scan.add_kind("advisory");
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
        word @ ("Unknown" | "") => scan.add_assigned(Class::Dependency, Severity::Medium, word, issue),
        word => scan.add(Class::Dependency, word, issue),
    }
}

/// Adds a source of gems that is not encrypted.
fn add_source(scan: &mut Scan<'_>, source: &str, at: String) {
    let issue = Issue {
        rule: "insecure-source".to_owned(),
        title: format!("Gems come from {source}, which is not encrypted"),
        component: source.to_owned(),
        at,
        ..Issue::default()
    };
    scan.add_assigned(None, Severity::Medium, "", issue);
}

fn read_json(input: &Input<'_>) -> Result<Import, Refusal> {
    let document = tree::object(input.text, FORMAT.title, &["results"], REMEDY)?;
    let results = document.get("results");
    let own = |item: &Tree<'_>| item.has("advisory") && item.has("gem") || !item.text("source").is_empty();
    if !results.items().iter().all(own) || results.items().is_empty() && !document.has("created_at") {
        return Err(Refusal::not(FORMAT.title, "its results have no `gem` with `advisory`", REMEDY));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("version").clone_into(&mut scan.import.tool_version);
    // `2026-03-01 10:00:00 +0100`
    let written: Vec<&str> = document.text("created_at").split(' ').collect();
    scan.import.captured_at = match written[..] {
        [date, time, zone] => format!("{date}T{time}{zone}").parse().ok(),
        _ => document.text("created_at").parse().ok(),
    };
    for (at, found) in scan.objects(results, "/results") {
        if !found.has("advisory") {
            scan.add_kind("insecure source");
            add_source(&mut scan, found.text("source"), at);
            continue;
        }
        scan.add_kind("advisory");
        let advisory = found.get("advisory");
        let prefixed = |key: &str, prefix: &str| match advisory.text(key) {
            "" => String::new(),
            id if id.starts_with(prefix) => id.to_owned(),
            id => format!("{prefix}{id}"),
        };
        let (id, cve, ghsa) = (advisory.text("id"), prefixed("cve", "CVE-"), prefixed("ghsa", "GHSA-"));
        let issue = Issue {
            rule: id.to_owned(),
            title: advisory.text("title").to_owned(),
            message: advisory.text("description").trim().to_owned(),
            component: found.text("gem/name").to_owned(),
            component_version: found.text("gem/version").to_owned(),
            fixed_version: advisory.texts("patched_versions").join(", "),
            cve: distinct([cve.as_str(), ghsa.as_str(), id]),
            url: advisory.text("url").to_owned(),
            at,
            ..Issue::default()
        };
        match advisory.text("criticality") {
            word @ ("" | "unknown" | "Unknown") => {
                scan.add_assigned(Class::Dependency, Severity::Medium, word, issue);
            }
            word => scan.add(Class::Dependency, word, issue),
        }
    }
    Ok(scan.finish(&[Class::Dependency], "/results"))
}
