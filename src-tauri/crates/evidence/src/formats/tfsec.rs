//! tfsec's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, headline, paragraphs},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "tfsec",
    title: "tfsec --format json",
    tool: "tfsec",
    note: "One issue a result; results that passed or are ignored are kept as suppressed.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities, and those of versions before 0.40.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("ERROR", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("WARNING", Severity::Medium),
    ("LOW", Severity::Low),
    ("INFO", Severity::Info),
    ("NONE", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let results = probe.has("results/[]/rule_id") && probe.has("results/[]/location");
    match probe.is_object() && probe.has("results") {
        true if results => Confidence::Certain,
        // So does osv-scanner.
        true if probe.only(&["results"]) && probe.is_bare("results") => Confidence::Possible,
        _ => Confidence::No,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `tfsec --format json --out tfsec.json`";
    let document = tree::object(input.text, FORMAT.title, &["results"], remedy)?;
    let results = document.get("results");
    let own = |result: &Tree<'_>| result.has("rule_id") && result.has("location");
    let empty = results.items().is_empty() && document.entries().len() > 1;
    if empty || !matches!(results, Tree::List(_) | Tree::Null) || !results.items().iter().all(own) {
        return Err(Refusal::not(FORMAT.title, "its results have no `rule_id` with `location`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (at, found) in scan.objects(results, "/results") {
        let issue = Issue {
            rule: found.first(&["long_id", "rule_id"]).to_owned(),
            title: match found.text("rule_description") {
                "" => headline(found.text("description")),
                description => description.to_owned(),
            },
            message: paragraphs([found.text("description"), found.text("impact"), found.text("resolution")]),
            component: found.first(&["resource", "location/filename"]).to_owned(),
            location: found.text("location/filename").to_owned(),
            line: found.line(&["location/start_line"]),
            url: found.texts("links").first().copied().unwrap_or(found.text("link")).to_owned(),
            // Numbers in new versions, where 0 is failed.
            suppressed: matches!(found.text("status"), "passed" | "ignored" | "1" | "2"),
            at,
            ..Issue::default()
        };
        scan.add(Class::Config, found.text("severity"), issue);
    }
    Ok(scan.finish(&[Class::Config], "/results"))
}
