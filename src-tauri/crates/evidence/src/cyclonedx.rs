//! CycloneDX as XML, and what it has in common with JSON.

use std::collections::HashMap;

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Input, Refusal,
    class::Class,
    scan::{Scan, cwes, distinct},
    severity::of_score,
    xml::{self, Xml, attribute, children, find, text},
};

/// Whether an analysis says that a vulnerability does not apply, or no longer.
pub(crate) fn is_settled(state: &str) -> bool {
    matches!(state, "not_affected" | "false_positive" | "resolved" | "resolved_with_pedigree")
}

/// Reads XML, of the vulnerabilities of version 1.4 and of the extension before it; the number of components.
pub(crate) fn read_xml(scan: &mut Scan<'_>, input: &Input<'_>, title: &str, remedy: &str) -> Result<usize, Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, title, "bom", remedy)?;
    let root = document.root();
    if !root.tag_name().namespace().unwrap_or_default().contains("cyclonedx.org") {
        return Err(Refusal::not(title, "its namespace is another", remedy));
    }
    scan.import.subject = text(root, "metadata/component/name");
    scan.import.captured_at = text(root, "metadata/timestamp").parse().ok();
    let mut components: HashMap<&str, Node<'_, '_>> = HashMap::new();
    let mut count = 0;
    // The component that the whole is about stands in the metadata.
    let own = |node: &Node<'_, '_>| node.parent().is_some_and(|parent| parent.tag_name().name() == "components");
    for component in document.all("component").filter(own) {
        count += 1;
        components.insert(attribute(component, "bom-ref"), component);
    }
    for found in document.all("vulnerability") {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let inside = found.ancestors().find(|node| node.tag_name().name() == "component");
        let targets = find(found, "affects").into_iter().flat_map(|affects| children(affects, "target"));
        let mut refs: Vec<String> = targets.map(|target| text(target, "ref")).collect();
        if !attribute(found, "ref").is_empty() {
            refs.push(attribute(found, "ref").to_owned());
        }
        let first = refs.first().map_or("", String::as_str);
        let component = components.get(first).copied().or(inside);
        let name = component.map_or_else(|| first.to_owned(), |component| text(component, "name"));
        let ratings: Vec<_> = find(found, "ratings").into_iter().flat_map(|list| children(list, "rating")).collect();
        let of = |paths: &[&str]| ratings.iter().map(|rating| xml::first(*rating, paths)).find(|text| !text.is_empty());
        let weak: Vec<String> = find(found, "cwes")
            .into_iter()
            .flat_map(|list| children(list, "cwe"))
            .filter_map(|cwe| cwe.text().map(str::to_owned))
            .collect();
        let references: Vec<String> = find(found, "references")
            .into_iter()
            .flat_map(|list| children(list, "reference"))
            .map(|reference| text(reference, "id"))
            .collect();
        let id = text(found, "id");
        let issue = Issue {
            title: format!("{id} in {name}"),
            message: xml::first(found, &["description", "detail"]),
            component: name,
            component_version: component.map(|component| text(component, "version")).unwrap_or_default(),
            location: refs.join(", "),
            cwe: cwes(weak.iter().map(String::as_str)),
            cve: distinct(std::iter::once(&*id).chain(references.iter().map(String::as_str))),
            url: text(found, "source/url"),
            suppressed: is_settled(&text(found, "analysis/state")),
            rule: id.clone(),
            at: document.at(found),
            ..Issue::default()
        };
        let word = of(&["severity"]).unwrap_or_default();
        let score = of(&["score/base", "score"]).unwrap_or_default();
        add(scan, &word, &score, issue);
    }
    Ok(count)
}

/// Adds an issue with its word for severity, its score, or neither.
pub(crate) fn add(scan: &mut Scan<'_>, word: &str, score: &str, issue: Issue) {
    match score.parse().ok().and_then(of_score).filter(|_| word.is_empty()) {
        Some(severity) => scan.add_scored(Class::Dependency, severity, score, issue),
        None if word.is_empty() => scan.add(Class::Dependency, score, issue),
        // CycloneDX' own word where nobody rated it.
        None if word == "unknown" => scan.add_assigned(Class::Dependency, Severity::Medium, word, issue),
        None => scan.add(Class::Dependency, word, issue),
    }
}
