//! CycloneDX as XML, and what it has in common with JSON.

use std::collections::HashMap;

use groma_model::{Issue, Severity};
use roxmltree::Node;

use crate::{
    Input, Refusal,
    class::Class,
    depcheck,
    scan::{Scan, cwes, distinct},
    severity::of_score,
    xml::{self, Xml, attribute, children, find, text},
};

/// Whether an analysis says that a vulnerability does not apply, or no longer.
pub(crate) fn is_settled(state: &str) -> bool {
    matches!(state, "not_affected" | "false_positive" | "resolved" | "resolved_with_pedigree")
}

/// Whether what is listed is something that is depended on. Files, data and the system around are listed beside that,
/// and Trivy lists the lock files that it read, as applications without version and address.
pub(crate) fn is_dependency(kind: &str, version: &str, purl: &str) -> bool {
    let kind: String = kind.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    match &*kind {
        "file" | "data" | "operatingsystem" | "cryptographicasset" => false,
        "application" => !(version.is_empty() && purl.is_empty()),
        _ => true,
    }
}

/// The first word for severity that says one; `unknown` only where no other is there.
pub(crate) fn severity<'a>(words: impl Iterator<Item = &'a str> + Clone) -> &'a str {
    let known = words.clone().find(|word| !word.is_empty() && !word.eq_ignore_ascii_case("unknown"));
    known.or_else(|| words.clone().find(|word| !word.is_empty())).unwrap_or_default()
}

/// Whether a rating says how grave a vulnerability is, up to 10: how likely it is to be used, or whether it is, is another
/// thing.
pub(crate) fn is_score(method: &str, source: &str) -> bool {
    let of_use = ["FIRST", "EPSS", "CISA"].iter().any(|name| source.contains(name));
    !(method.eq_ignore_ascii_case("SSVC") || method.eq_ignore_ascii_case("other") && of_use)
}

/// What a vulnerability is called, and what it is in, where that is said.
pub(crate) fn called(id: &str, name: &str) -> String {
    if name.is_empty() { id.to_owned() } else { format!("{id} in {name}") }
}

/// Name and version of what a reference names that stands in another file, or nowhere: a package's URL, or a link into
/// another bill of materials.
pub(crate) fn named(reference: &str) -> (String, String) {
    let inner =
        reference.strip_prefix("urn:cdx:").and_then(|link| link.split_once('#')).map_or(reference, |(_, inner)| inner);
    match inner.starts_with("pkg:") {
        true => depcheck::package(inner),
        false => (reference.to_owned(), String::new()),
    }
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
    // Tools and the component that the whole is about stand in the metadata; they are no dependencies.
    let holds = |node: Node<'_, '_>| matches!(node.tag_name().name(), "" | "bom" | "components" | "component");
    let own = |node: Node<'_, '_>| {
        node.ancestors().all(holds) && node.parent().is_some_and(|parent| parent.tag_name().name() == "components")
    };
    for component in document.all("component") {
        if own(component) {
            let (version, purl) = (text(component, "version"), text(component, "purl"));
            count += usize::from(is_dependency(attribute(component, "type"), &version, &purl));
            components.insert(attribute(component, "bom-ref"), component);
        } else {
            components.entry(attribute(component, "bom-ref")).or_insert(component);
        }
    }
    for service in document.all("service") {
        components.entry(attribute(service, "bom-ref")).or_insert(service);
    }
    components.remove("");
    // The first that Grype wrote are lists by their name, each of which is one vulnerability.
    let is_one = |node: &Node<'_, '_>| match node.tag_name().name() {
        "vulnerability" => true,
        "vulnerabilities" => find(*node, "id").is_some(),
        _ => false,
    };
    for found in root.descendants().filter(is_one) {
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
        let (named, version) = named(first);
        let range = find(found, "affects/target/versions").into_iter().flat_map(|list| children(list, "version"));
        let of_range = range.filter(|range| matches!(&*text(*range, "status"), "affected" | ""));
        let version = of_range.map(|range| text(range, "version")).find(|text| !text.is_empty()).unwrap_or(version);
        let name = component.map_or(named, |component| text(component, "name"));
        let list = find(found, "ratings");
        let ratings: Vec<_> = match list.filter(|list| find(*list, "rating").is_none()) {
            Some(rating) => vec![rating],
            None => list.into_iter().flat_map(|list| children(list, "rating")).collect(),
        };
        let scored =
            ratings.iter().filter(|rating| is_score(&text(**rating, "method"), &text(**rating, "source/name")));
        let score = scored.map(|rating| xml::first(*rating, &["score/base", "score"])).find(|text| !text.is_empty());
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
        let id = match text(found, "id") {
            id if id.is_empty() => {
                let other = references.iter().find(|id| !id.is_empty());
                other.map_or(attribute(found, "bom-ref"), String::as_str).to_owned()
            }
            id => id,
        };
        let issue = Issue {
            title: called(&id, &name),
            message: xml::first(found, &["description", "detail"]),
            component: name,
            component_version: component.map_or(version, |component| text(component, "version")),
            location: refs.join(", "),
            cwe: cwes(weak.iter().map(String::as_str)),
            cve: distinct(std::iter::once(&*text(found, "id")).chain(references.iter().map(String::as_str))),
            url: text(found, "source/url"),
            suppressed: is_settled(&text(found, "analysis/state")) || !text(found, "rejected").is_empty(),
            rule: id.clone(),
            at: document.at(found),
            ..Issue::default()
        };
        let words: Vec<String> = ratings.iter().map(|rating| text(*rating, "severity")).collect();
        let word = severity(words.iter().map(String::as_str));
        add(scan, word, score.as_deref().unwrap_or_default(), issue);
    }
    Ok(count)
}

/// Adds an issue with its word for severity, its score, or neither.
pub(crate) fn add(scan: &mut Scan<'_>, word: &str, score: &str, issue: Issue) {
    let unrated = word.is_empty() || word.eq_ignore_ascii_case("unknown");
    match score.parse().ok().and_then(of_score).filter(|_| unrated) {
        Some(severity) => scan.add_scored(Class::Dependency, severity, score, issue),
        None if word.is_empty() => scan.add(Class::Dependency, score, issue),
        // CycloneDX' own word where nobody rated it.
        None if word.eq_ignore_ascii_case("unknown") => {
            scan.add_assigned(Class::Dependency, Severity::Medium, word, issue)
        }
        None => scan.add(Class::Dependency, word, issue),
    }
}
