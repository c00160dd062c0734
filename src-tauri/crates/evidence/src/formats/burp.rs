//! Burp's XML.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    scan::{RUNNING_METRICS, Scan, cwes, paragraphs, with_confidence},
    severity::{Severities, Words},
    xml::{self, Xml, attribute, children, text},
    zap::plain,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "burp",
    title: "Burp Suite XML (Report issues)",
    tool: "Burp",
    note: "One issue an issue of Burp's, its confidence in the message; false positives are kept as suppressed. Requests and \
           responses hold sessions and client data: they are masked whole.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[("false positive", Severity::Info)]),
    sniff,
    secrets,
    parse,
};

/// Severities.
const WORDS: Words =
    &[("High", Severity::High), ("Medium", Severity::Medium), ("Low", Severity::Low), ("Information", Severity::Info)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(xml::root(probe.head()) == "issues" && probe.head().contains("burpVersion"))
}

/// Marks the content of requests and responses.
fn secrets(text: &str, secrets: &mut Secrets) {
    for name in ["request", "response"] {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut position = 0;
        while let Some(found) = text[position..].find(&open) {
            position += found + open.len();
            // `<requestresponse>` begins alike.
            if !text[position..].starts_with([' ', '>']) {
                continue;
            }
            let Some(start) = text[position..].find('>').map(|at| position + at + 1) else { break };
            let Some(end) = text[start..].find(&close).map(|at| start + at) else { break };
            let content = &text[start..end];
            let inner = content.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>"));
            let start = if inner.is_some() { start + "<![CDATA[".len() } else { start };
            secrets.add(start..start + inner.unwrap_or(content).len());
            position = end;
        }
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let remedy = "export it in Burp with Report issues, format XML";
    let document = Xml::parse(&content, FORMAT.title, "issues", remedy)?;
    let root = document.root();
    if !root.has_attribute("burpVersion") {
        return Err(Refusal::not(FORMAT.title, "no `burpVersion` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    attribute(root, "burpVersion").clone_into(&mut scan.import.tool_version);
    for found in children(root, "issue") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let detail = plain(&text(found, "issueDetail"));
        let background = plain(&text(found, "issueBackground"));
        let remediation = plain(&xml::first(found, &["remediationDetail", "remediationBackground"]));
        let classified = plain(&text(found, "vulnerabilityClassifications"));
        let confidence = text(found, "confidence");
        let host = text(found, "host");
        let message = paragraphs([&detail, &background, &remediation]);
        let word = text(found, "severity");
        let issue = Issue {
            rule: text(found, "type"),
            title: text(found, "name"),
            message: with_confidence(&message, &confidence),
            location: format!("{host}{}", xml::first(found, &["location", "path"])),
            component: host,
            fingerprint: text(found, "serialNumber"),
            cwe: cwes(
                classified
                    .lines()
                    .map(|line| line.split(':').next().unwrap_or_default())
                    .filter(|line| line.contains("CWE-")),
            ),
            suppressed: word.eq_ignore_ascii_case("false positive"),
            at: document.at(found),
            ..Issue::default()
        };
        match issue.suppressed {
            true => scan.add_assigned(Class::Running, Severity::Info, &word, issue),
            false => scan.add(Class::Running, &word, issue),
        }
    }
    Ok(scan.finish(&[Class::Running], &document.at(root)))
}
