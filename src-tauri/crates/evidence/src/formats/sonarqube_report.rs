//! sonar-report's JSON: all issues and hotspots of a SonarQube project.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::{no_secrets, sonarqube::CLOSED},
    json,
    scan::{CODE_METRICS, Scan, cwes, headline, paragraphs},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "sonarqube-report",
    title: "sonar-report (JSON)",
    tool: "SonarQube",
    note: "One issue an issue or hotspot; closed and accepted ones are kept as suppressed. Hotspots are scan.kind \
           `SECURITY_HOTSPOT`. The severity is that of the report, which gives hotspots that of an issue.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[
    ("BLOCKER", Severity::Critical),
    ("CRITICAL", Severity::High),
    ("MAJOR", Severity::Medium),
    ("MINOR", Severity::Low),
    ("INFO", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = probe.has("sonarBaseURL") || probe.has("sonarComponent") || probe.has("hotspotKeys");
    Confidence::certain_if(probe.is_object() && probe.has("projectName") && own)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `sonar-report --sonarurl URL --sonarcomponent KEY --save-report-json report.json`";
    let document = tree::object(input.text, FORMAT.title, &["projectName", "issues", "summary"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("projectName").clone_into(&mut scan.import.subject);
    for (key, what) in [
        ("inNewCodePeriod", "it is about new code alone"),
        ("noSecurityHotspot", "hotspots were left out when it was exported"),
    ] {
        if document.is_true(key) {
            scan.import.warn(None, what);
        }
    }
    let hotspots: HashSet<&str> = document.texts("hotspotKeys").into_iter().collect();
    let names: HashMap<&str, &str> =
        document.get("rules").entries().iter().map(|(id, rule)| (id.as_str(), rule.text("name"))).collect();
    for (at, found) in scan.objects(document.get("issues"), "/issues") {
        let (key, rule) = (found.text("key"), found.text("rule"));
        scan.add_kind(match found.text("type") {
            _ if hotspots.contains(key) => "SECURITY_HOTSPOT",
            "" => "(none)",
            kind => kind,
        });
        let name = names.get(rule).copied().unwrap_or_default();
        let message = found.text("message");
        let base = document.text("sonarBaseURL");
        let issue = Issue {
            rule: rule.to_owned(),
            title: headline(match found.text("description") {
                "" if name.is_empty() => message,
                "" => name,
                description => description,
            }),
            message: paragraphs([message]),
            component: found.text("component").to_owned(),
            location: found.text("component").to_owned(),
            line: found.line(&["line"]),
            fingerprint: key.to_owned(),
            cwe: cwes(named_weaknesses(document.get("rules").key(rule).first(&["htmlDesc", "htmlDescription"]))),
            url: match base.is_empty() || rule.is_empty() {
                true => String::new(),
                false => format!("{}/coding_rules?open={rule}&rule_key={rule}", base.trim_end_matches('/')),
            },
            suppressed: CLOSED.contains(&found.first(&["resolution", "issueStatus", "status"])),
            at,
            ..Issue::default()
        };
        scan.add(Class::Code, found.text("severity"), issue);
    }
    // The report's own sums leave nothing out, or say that something is missing here.
    for (word, count) in document.get("summary").entries() {
        let issues = scan.import.issues.iter();
        let read = issues.filter(|issue| issue.native_severity.eq_ignore_ascii_case(word.as_str())).count();
        if count.text_itself().parse().is_ok_and(|count: usize| count != read) {
            let (word, count) = (json::pointer(word.as_str()), count.text_itself());
            scan.import.error(None, format!("its summary says {count} {word} issues, its list holds {read}"));
        }
    }
    Ok(scan.finish(&[Class::Code], "/issues"))
}

/// The weaknesses that the description of a rule links to: `<a href="…">CWE-79 - …</a>`.
fn named_weaknesses(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices(">CWE-").map(|(start, _)| {
        let name = &html[start + 1..];
        let end = name[4..].bytes().position(|byte| !byte.is_ascii_digit()).map_or(name.len(), |end| end + 4);
        &name[..end]
    })
}
