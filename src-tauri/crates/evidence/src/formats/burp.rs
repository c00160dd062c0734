//! Burp's XML, and the JSON of its two interfaces.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json::{self, Event},
    scan::{RUNNING_METRICS, Scan, cwes, paragraphs, with_confidence},
    severity::{Severities, Words},
    tree::{self, Tree},
    xml::{self, Xml, attribute, children, text},
    zap::plain,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "burp",
    title: "Burp Suite XML (Report issues), JSON of its REST and GraphQL interfaces",
    tool: "Burp",
    note: "One issue an issue of Burp's, its confidence in the message; false positives are kept as suppressed. Requests and \
           responses hold sessions and client data: they are masked whole.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[
        ("false positive", Severity::Info),
        ("false_positive", Severity::Info),
        ("undefined", Severity::Info),
    ]),
    sniff,
    secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[
    ("High", Severity::High),
    ("Medium", Severity::Medium),
    ("Low", Severity::Low),
    ("Information", Severity::Info),
    ("info", Severity::Info),
];

/// Where the issues stand in the JSON, and the object of one in its item.
const LISTS: &[(&str, &str)] = &[("issue_events", "issue"), ("Issues", ""), ("data/scan/issues", ""), ("issues", "")];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let xml = xml::root(probe.head()) == "issues" && probe.head().contains("burpVersion");
    Confidence::certain_if(xml || probe.is_object() && is_json(|path| probe.has(path)))
}

/// Whether it is of one of the interfaces. A scan without issues is told by what else is said of it.
fn is_json(has: impl Fn(&str) -> bool) -> bool {
    let event = has("issue_events/[]/issue/type_index") || has("issue_events/[]/issue/serial_number");
    let status = has("issue_events") && has("task_id") && has("scan_status");
    let listed = LISTS.iter().any(|(list, _)| {
        let has = |key: &str| has(&format!("{list}/[]/{key}"));
        has("issue_type") && has("severity") && has("origin")
    });
    event || status || listed
}

/// Marks the content of requests and responses.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.trim_start().starts_with('{') {
        json::walk(text, |event| {
            let Event::String(path, range) = event else { return };
            let (parent, key) = path.rsplit_once('/').unwrap_or(("", path));
            let data = matches!(key, "data" | "highlight" | "data_html" | "highlight_html");
            if data && parent.contains("evidence/") && !range.is_empty() {
                secrets.add(range);
            }
        });
        return;
    }
    ["request", "response"].iter().flat_map(|name| xml::contents(text, name)).for_each(|range| secrets.add(range));
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if input.text.trim_start().starts_with('{') {
        return parse_json(input);
    }
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

fn parse_json(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "write what the REST interface answers to `GET /v0.1/scan/TASK`, or GraphQL's `issues` of a scan";
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    let Some((list, inner)) = LISTS.iter().find(|(list, _)| document.has(list)) else {
        return Err(Refusal::not(FORMAT.title, "no `issue_events` or `Issues` in it", remedy));
    };
    let items = document.get(list).items();
    let is_own = |item: &Tree<'_>| item.has("issue_type") && item.has("origin") || item.has("issue");
    if !items.iter().any(is_own) && !(items.is_empty() && (document.has("scan_status") || document.has("data/scan"))) {
        return Err(Refusal::not(FORMAT.title, "no issue of Burp's in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let status = document.text("scan_status");
    match status {
        "" | "succeeded" => {}
        "failed" => scan.add_error(document.first(&["message", "error_code"])),
        _ => {
            scan.import.warn(None, format!("the scan had not ended, it was `{status}`: more issues may have followed"))
        }
    }
    let at = format!("/{list}");
    for (at, item) in scan.objects(document.get(list), &at) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if !matches!(item.text("type"), "" | "issue_found") {
            scan.add_other(item.text("type"));
            continue;
        }
        let found = if inner.is_empty() { item } else { item.get(inner) };
        add_json(&mut scan, found, at);
    }
    if status == "failed" && scan.import.issues.is_empty() {
        scan.looked_at_nothing("the scan failed");
    }
    Ok(scan.finish(&[Class::Running], &at))
}

/// Adds an issue of either interface.
fn add_json(scan: &mut Scan<'_>, found: &Tree<'_>, at: String) {
    let some = |paths: &[&str]| plain(found.first(paths));
    let detail = some(&["description", "description_html"]);
    let background = some(&["issue_background", "issue_type/description_html"]);
    let more = ["remediation", "remediation_html", "remediation_background", "issue_type/remediation_html"];
    let classified = some(&["vulnerability_classifications", "issue_type/vulnerability_classifications_html"]);
    let message = paragraphs([&detail, &background, &some(&more)]);
    let word = found.text("severity");
    let issue = Issue {
        rule: found.first(&["type_index", "issue_type/type_index", "issue_type/name", "name"]).to_owned(),
        title: found.first(&["name", "issue_type/name"]).to_owned(),
        message: with_confidence(&message, found.text("confidence")),
        location: format!("{}{}", found.text("origin"), found.text("path")),
        component: found.text("origin").to_owned(),
        fingerprint: found.text("serial_number").to_owned(),
        cwe: cwes(classified.split([' ', ':', '\n', ',']).filter(|word| word.starts_with("CWE-"))),
        suppressed: word.eq_ignore_ascii_case("false_positive"),
        at,
        ..Issue::default()
    };
    match word {
        "false_positive" | "undefined" => scan.add_assigned(Class::Running, Severity::Info, word, issue),
        word => scan.add(Class::Running, word, issue),
    }
}
