//! SpotBugs' XML, and that of FindBugs.

use std::collections::HashMap;

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, cwes},
    severity::{Severities, Words},
    xml::{self, Xml, attribute, children, find},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "spotbugs",
    title: "SpotBugs XML",
    tool: "SpotBugs",
    note: "One issue a bug instance. Its severity is SpotBugs' priority, 1 being the worst.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: priorities.
const WORDS: Words = &[
    ("1", Severity::High),
    ("2", Severity::Medium),
    ("3", Severity::Low),
    ("4", Severity::Info),
    ("5", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(xml::root(probe.head()) == "BugCollection")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let remedy = "export it with `spotbugs -textui -xml:withMessages -output bugs.xml CLASSES`";
    let document = Xml::parse(&content, FORMAT.title, "BugCollection", remedy)?;
    let root = document.root();
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    attribute(root, "version").clone_into(&mut scan.import.tool_version);
    find(root, "Project").map_or("", |project| attribute(project, "projectName")).clone_into(&mut scan.import.subject);
    for error in find(root, "Errors").into_iter().flat_map(|errors| errors.children().filter(Node::is_element)) {
        let name = error.tag_name().name();
        if name == "Error" {
            scan.add_error(&xml::text(error, "ErrorMessage"));
        } else {
            scan.import.warn(None, format!("{name}: {}", error.text().unwrap_or_default().trim()));
        }
    }
    let patterns: HashMap<&str, Node<'_, '_>> =
        children(root, "BugPattern").map(|pattern| (attribute(pattern, "type"), pattern)).collect();
    for found in children(root, "BugInstance") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let issue = issue(found, patterns.get(attribute(found, "type")).copied(), document.at(found));
        scan.add(Class::Code, attribute(found, "priority"), issue);
    }
    Ok(scan.finish(&[Class::Code], &document.at(root)))
}

fn issue(found: Node<'_, '_>, pattern: Option<Node<'_, '_>>, at: String) -> Issue {
    let rule = attribute(found, "type");
    let class = find(found, "Class");
    // The instance's own place, else that of the narrowest thing it names.
    let holders = ["Method", "Field", "Class"].into_iter().filter_map(|name| find(found, name));
    let line = find(found, "SourceLine").or_else(|| holders.filter_map(|holder| find(holder, "SourceLine")).next());
    let own = xml::first(found, &["ShortMessage"]);
    let described = pattern.map(|pattern| xml::text(pattern, "ShortDescription")).unwrap_or_default();
    Issue {
        rule: rule.to_owned(),
        title: [own, described].into_iter().find(|title| !title.is_empty()).unwrap_or_default(),
        message: xml::text(found, "LongMessage"),
        component: class.map_or("", |class| attribute(class, "classname")).to_owned(),
        location: line.map(path).unwrap_or_default().to_owned(),
        line: line.and_then(|line| attribute(line, "start").parse().ok()).filter(|line| *line > 0),
        cwe: cwes([attribute(found, "cweid")].into_iter().filter(|cwe| !matches!(*cwe, "" | "0"))),
        fingerprint: match (attribute(found, "instanceHash"), attribute(found, "instanceOccurrenceNum")) {
            ("", _) => String::new(),
            (hash, number) => format!("{hash}:{number}"),
        },
        at,
        ..Issue::default()
    }
}

/// The file of a place: below the project where the tool found it there, else below its package's root.
fn path<'a>(line: Node<'a, '_>) -> &'a str {
    let (package, project) = (attribute(line, "sourcepath"), attribute(line, "relSourcepath"));
    if package.is_empty() || project.ends_with(package) { project } else { package }
}
