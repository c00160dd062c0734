//! SonarQube: pages of its API for issues and hotspots.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, cwes, headline},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sonarqube",
    title: "SonarQube API: issues/search, hotspots/search",
    tool: "SonarQube",
    note: "One issue an issue or hotspot, of the page that was exported alone; closed and accepted ones are kept as \
           suppressed. Types are scan.kind. A hotspot's severity is its probability.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities of issues, and probabilities of hotspots.
const WORDS: Words = &[
    ("BLOCKER", Severity::Critical),
    ("CRITICAL", Severity::High),
    ("MAJOR", Severity::Medium),
    ("MINOR", Severity::Low),
    ("INFO", Severity::Info),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
];

/// States and resolutions of what nobody works on any more.
pub(super) const CLOSED: [&str; 11] = [
    "CLOSED",
    "RESOLVED",
    "REMOVED",
    "WONTFIX",
    "ACCEPTED",
    "FALSE-POSITIVE",
    "FALSE_POSITIVE",
    "FIXED",
    "SAFE",
    "REVIEWED",
    "ACKNOWLEDGED",
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let lists = probe.has("issues") || probe.has("hotspots");
    Confidence::certain_if(probe.is_object() && probe.has("paging/total") && lists)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it from `api/issues/search` or `api/hotspots/search`";
    let document = tree::object(input.text, FORMAT.title, &["paging"], remedy)?;
    if !document.has("issues") && !document.has("hotspots") {
        return Err(Refusal::not(FORMAT.title, "neither `issues` nor `hotspots` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let components = document.get("components").items();
    let paths: HashMap<&str, &str> = components.iter().map(|c| (c.text("key"), c.first(&["path", "name"]))).collect();
    for (list, word) in [("issues", "severity"), ("hotspots", "vulnerabilityProbability")] {
        for (at, found) in scan.objects(document.get(list), &format!("/{list}")) {
            scan.add_kind(match found.text("type") {
                _ if list == "hotspots" => "SECURITY_HOTSPOT",
                "" => "(none)",
                kind => kind,
            });
            let place = paths.get(found.text("component")).copied().filter(|path| !path.is_empty());
            let issue = issue(found, place.unwrap_or(found.text("component")), at);
            scan.add(Class::Code, severity(found, word), issue);
        }
        let read = document.get(list).items().len();
        let total = ["total", "paging/total"].iter().filter_map(|path| document.number(path)).fold(0.0, f64::max);
        #[allow(clippy::cast_precision_loss)] // a page has at most a few hundred
        if document.has(list) && total > read as f64 {
            scan.import.error(None, format!("SonarQube has {total} {list}, of which this page holds {read}"));
        }
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}

/// The word for the severity of an issue: its own, else the worst of its impacts on the qualities of software.
fn severity<'t>(found: &'t Tree<'_>, word: &str) -> &'t str {
    let own = found.text(word);
    if !own.is_empty() {
        return own;
    }
    let impacts: Vec<&str> = found.get("impacts").items().iter().map(|impact| impact.text("severity")).collect();
    let worst = ["BLOCKER", "HIGH", "MEDIUM", "LOW", "INFO"].into_iter().find(|word| impacts.contains(word));
    worst.unwrap_or_else(|| impacts.first().copied().unwrap_or_default())
}

fn issue(found: &Tree<'_>, place: &str, at: String) -> Issue {
    let status = found.first(&["resolution", "issueStatus", "status"]);
    let tags = found.texts("tags").into_iter().filter(|tag| tag.starts_with("cwe"));
    Issue {
        rule: found.first(&["rule", "ruleKey"]).to_owned(),
        title: headline(found.text("message")),
        message: found.text("message").to_owned(),
        component: found.text("component").to_owned(),
        location: place.to_owned(),
        line: found.line(&["line", "textRange/startLine"]),
        fingerprint: found.text("key").to_owned(),
        cwe: cwes(tags.filter(|tag| *tag != "cwe")),
        suppressed: CLOSED.contains(&status),
        at,
        ..Issue::default()
    }
}
