//! Grype's JSON.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cwes, distinct},
    severity::{Severities, Words, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "grype",
    title: "Grype, JSON or JSON lines",
    tool: "Grype",
    note: "One issue a match, so that one vulnerability of two packages counts twice; matches that a rule ignored are \
           kept as suppressed. Distinct vulnerabilities are deps.advisories.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(WORDS).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `Negligible` and `Unknown` are Grype's own words.
const WORDS: Words = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Negligible", Severity::Info),
    ("Unknown", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let described = probe.has("matches") && probe.has("descriptor") && probe.has("source");
    let matched = probe.has("matches/[]/vulnerability/id") && probe.has("matches/[]/artifact/name");
    // One match a line, or, in its first versions, nothing but the list of them.
    let lines = ["", "[]/"].iter().any(|prefix| {
        let keys = ["vulnerability/id", "artifact/name", "matchDetails"];
        keys.iter().all(|key| probe.has(&format!("{prefix}{key}")))
    });
    Confidence::certain_if(probe.is_object() && (described || matched) || lines)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `grype TARGET -o json > grype.json`";
    let values = tree::stream(input.text)?;
    let [(_, document)] = &values[..] else { return parse_matches(input, &values, remedy) };
    let matched = |found: &Tree<'_>| found.has("vulnerability/id") && found.has("artifact");
    if matched(document) {
        return parse_matches(input, &values, remedy);
    }
    let matches = document.get("matches");
    if !document.has("matches") || !document.has("descriptor") && !matches.items().iter().any(matched) {
        return Err(Refusal::not(FORMAT.title, "no `matches` with `descriptor` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("descriptor/version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("descriptor/timestamp").parse().ok();
    document.first(&["source/target/userInput", "source/target"]).clone_into(&mut scan.import.subject);
    let mut advisories = HashSet::new();
    for (list, suppressed) in [("matches", false), ("ignoredMatches", true)] {
        for (at, found) in scan.objects(document.get(list), &format!("/{list}")) {
            advisories.insert(found.text("vulnerability/id"));
            let issue = Issue { suppressed, ..issue(found, at) };
            scan.add(Class::Dependency, found.text("vulnerability/severity"), issue);
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "/matches");
    import.measure_count("deps.advisories", advisories.len(), "", "/matches");
    Ok(import)
}

/// Reads matches without anything around them.
fn parse_matches(input: &Input<'_>, values: &[(u64, Tree<'_>)], remedy: &str) -> Result<Import, Refusal> {
    let own = |found: &Tree<'_>| found.has("vulnerability/id") && found.has("artifact");
    if values.is_empty() || !values.iter().all(|(_, found)| own(found)) {
        return Err(Refusal::not(FORMAT.title, "no `vulnerability` with `artifact` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let is_list = input.text.trim_start().starts_with('[');
    let mut advisories = HashSet::new();
    for (index, (line, found)) in values.iter().enumerate() {
        advisories.insert(found.text("vulnerability/id"));
        let issue = issue(found, if is_list { format!("/{index}") } else { format!("line {line}") });
        let word = found.text("vulnerability/severity");
        // Where there was no word for it yet.
        let score = found.first(&["vulnerability/cvssV3/baseScore", "vulnerability/cvssV2/baseScore"]);
        match score.parse().ok().and_then(of_score).filter(|_| word.is_empty()) {
            Some(severity) => scan.add_scored(Class::Dependency, severity, score, issue),
            None => scan.add(Class::Dependency, word, issue),
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "line 1");
    import.measure_count("deps.advisories", advisories.len(), "", "line 1");
    Ok(import)
}

fn issue(found: &Tree<'_>, at: String) -> Issue {
    let vulnerability = found.get("vulnerability");
    let related = found.get("relatedVulnerabilities").items();
    let weaknesses = vulnerability.get("cwes").items().iter().map(|cwe| cwe.text("cwe"));
    let description = related.iter().map(|related| related.text("description")).find(|text| !text.is_empty());
    Issue {
        rule: vulnerability.text("id").to_owned(),
        title: format!("{} in {}", vulnerability.text("id"), found.text("artifact/name")),
        message: match vulnerability.text("description") {
            "" => description.unwrap_or_default().to_owned(),
            own => own.to_owned(),
        },
        component: found.text("artifact/name").to_owned(),
        component_version: found.text("artifact/version").to_owned(),
        fixed_version: match &vulnerability.texts("fix/versions")[..] {
            [] => vulnerability.text("fixedInVersion").to_owned(),
            versions => versions.join(", "),
        },
        location: found.get("artifact/locations").items().first().map_or("", |place| place.text("path")).to_owned(),
        cwe: cwes(weaknesses),
        cve: distinct(std::iter::once(vulnerability.text("id")).chain(related.iter().map(|r| r.text("id")))),
        url: vulnerability.text("dataSource").to_owned(),
        at,
        ..Issue::default()
    }
}
