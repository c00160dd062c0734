//! Grype's JSON.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cwes, distinct},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "grype",
    title: "Grype JSON",
    tool: "Grype",
    note: "One issue a match, so that one vulnerability of two packages counts twice; matches that a rule ignored are \
           kept as suppressed. Distinct vulnerabilities are deps.advisories.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(WORDS),
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
    Confidence::certain_if(probe.is_object() && (described || matched))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `grype TARGET -o json > grype.json`";
    let document = tree::object(input.text, FORMAT.title, &["matches", "descriptor"], remedy)?;
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
        fixed_version: vulnerability.texts("fix/versions").join(", "),
        location: found.get("artifact/locations").items().first().map_or("", |place| place.text("path")).to_owned(),
        cwe: cwes(weaknesses),
        cve: distinct(std::iter::once(vulnerability.text("id")).chain(related.iter().map(|r| r.text("id")))),
        url: vulnerability.text("dataSource").to_owned(),
        at,
        ..Issue::default()
    }
}
