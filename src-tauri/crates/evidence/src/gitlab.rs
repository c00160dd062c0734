//! What GitLab's security reports have in common.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Import, Input, Probe, Refusal,
    class::Class,
    scan::{Scan, cwes, distinct, headline},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// Severities. `Undefined` is of old versions.
const WORDS: Words = &[
    ("Critical", Severity::Critical),
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Info", Severity::Info),
];

/// How every report of GitLab's is rated: `Unknown` and `Undefined` say that nobody did.
pub(crate) const SEVERITIES: Severities =
    Severities::of(WORDS).assigning(&[("Unknown", Severity::Medium), ("Undefined", Severity::Medium)]);

/// Whether it is a report of one of these types.
pub(crate) fn sniff(probe: &Probe<'_>, types: &[&str]) -> Confidence {
    // First of all: the whole text is looked through below.
    if !(probe.is_object() && probe.has("version") && probe.has("vulnerabilities")) {
        return Confidence::No;
    }
    let text = probe.text();
    let scan = text.rfind("\"scan\"").map_or("", |at| &text[at..]);
    // Old versions say it of each vulnerability only.
    let text = if scan.contains("\"type\"") { scan } else { probe.head() };
    let typed = probe.has("vulnerabilities/[]/category") || !scan.is_empty();
    Confidence::certain_if(typed && types.iter().any(|kind| text.contains(kind)))
}

/// Reads a report of one of these types, each in quotes.
pub(crate) fn parse(input: &Input<'_>, title: &str, types: &[&str], class: Class) -> Result<Import, Refusal> {
    let remedy = "take the report from the artifacts of the pipeline";
    let document = tree::object(input.text, title, &["version", "vulnerabilities"], remedy)?;
    let vulnerabilities = document.get("vulnerabilities");
    let first = vulnerabilities.items().first().map_or("", |first| first.text("category"));
    let kind = document.first(&["scan/type"]);
    let kind = format!("\"{}\"", if kind.is_empty() { first } else { kind });
    if !types.contains(&&*kind) {
        return Err(Refusal::not(title, &format!("its type is {kind}"), remedy));
    }
    let tool = document.first(&["scan/scanner/name"]);
    let mut scan = Scan::new(if tool.is_empty() { "GitLab" } else { tool }, WORDS, input);
    document.text("scan/scanner/version").clone_into(&mut scan.import.tool_version);
    // By its schema these are of UTC, without saying so.
    let time = document.first(&["scan/end_time", "scan/start_time"]);
    scan.import.captured_at = format!("{time}Z").parse().or_else(|_| time.parse()).ok();
    if let status @ ("failure" | "failed") = document.text("scan/status") {
        scan.add_error(&format!("the status of the scan is {status}"));
        if vulnerabilities.items().is_empty() {
            scan.looked_at_nothing("the scan failed");
        }
    }
    for message in document.get("scan/messages").items() {
        match message.text("level") {
            "fatal" | "error" => scan.add_error(message.text("value")),
            "warn" => scan.import.warn(None, message.text("value")),
            _ => {}
        }
    }
    for (at, found) in scan.objects(vulnerabilities, "/vulnerabilities") {
        match found.text("severity") {
            // What the scanner itself says where it does not know.
            word if ["Unknown", "Undefined"].iter().any(|none| none.eq_ignore_ascii_case(word)) => {
                scan.add_assigned(class, Severity::Medium, word, issue(found, at));
            }
            word => scan.add(class, word, issue(found, at)),
        }
    }
    Ok(scan.finish(&[class], "/vulnerabilities"))
}

fn issue(found: &Tree<'_>, at: String) -> Issue {
    let identifiers = || found.get("identifiers").items().iter();
    let of = |kind: &'static str| {
        identifiers().filter(move |id| id.text("type").eq_ignore_ascii_case(kind)).map(|id| id.text("value"))
    };
    // Some scanners write a sentence where the number or the rule belongs, and that as the name.
    let weak = || identifiers().filter(|id| id.text("type").eq_ignore_ascii_case("cwe"));
    let weaknesses = weak().map(|id| match id.text("value") {
        value if value.bytes().all(|byte| byte.is_ascii_digit()) || value.contains("CWE-") => value,
        _ => id.text("name"),
    });
    let rule = identifiers().next().map_or("", |id| match id.text("value") {
        value if value.contains(' ') => id.first(&["name", "value"]),
        value => value,
    });
    let location = found.get("location");
    let package = location.text("dependency/package/name");
    let place = location.first(&["file", "image"]);
    Issue {
        rule: rule.to_owned(),
        title: match found.first(&["name", "message"]) {
            "" => headline(found.text("description")),
            name => name.to_owned(),
        },
        message: found.text("description").to_owned(),
        component: if package.is_empty() { place } else { package }.to_owned(),
        component_version: location.text("dependency/version").to_owned(),
        fixed_version: fixed_version(found.text("solution")).to_owned(),
        location: place.to_owned(),
        line: location.line(&["start_line"]),
        fingerprint: found.first(&["id", "cve"]).to_owned(),
        cwe: cwes(weaknesses),
        cve: distinct(of("cve").chain(of("ghsa"))),
        url: identifiers().next().map_or("", |id| id.text("url")).to_owned(),
        suppressed: !found.get("flags").items().is_empty()
            && found.get("flags").items().iter().all(|flag| flag.text("type") == "flagged-as-likely-false-positive"),
        at,
        ..Issue::default()
    }
}

/// The versions in `Upgrade to version 1.2.3, 1.3.0 or above.` or `Upgrade curl to 7.80.0-r1`; empty in any other sentence.
fn fixed_version(solution: &str) -> &str {
    match solution.strip_prefix("Upgrade to version ") {
        Some(version) => version.trim_end_matches('.').trim_end_matches(" or above"),
        None => {
            let named = solution.strip_prefix("Upgrade ").and_then(|rest| rest.split_once(" to "));
            named
                .map(|(_, version)| version)
                .filter(|version| !version.contains(char::is_whitespace))
                .unwrap_or_default()
        }
    }
}
