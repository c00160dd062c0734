//! OWASP Dependency-Check's XML.

use groma_model::Issue;
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, cves, cwes},
    severity::{Severities, of_score},
    xml::{self, Xml, attribute, children, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "dependency-check",
    title: "OWASP Dependency-Check XML",
    tool: "Dependency-Check",
    note: "One issue a vulnerability of a dependency, suppressed ones kept and marked.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let namespace = probe.head().contains("DependencyCheck/dependency-check.");
    Confidence::certain_if(namespace && xml::root(probe.head()) == "analysis")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `dependency-check --format XML --scan PATH`";
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "analysis", remedy)?;
    if !document.root().tag_name().namespace().unwrap_or_default().contains("dependency-check") {
        return Err(Refusal::not(FORMAT.title, "its namespace is another", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    scan.import.tool_version = text(document.root(), "scanInfo/engineVersion");
    scan.import.subject = text(document.root(), "projectInfo/name");
    scan.import.captured_at = text(document.root(), "projectInfo/reportDate").parse().ok();
    for failure in document.all("analysisException") {
        scan.add_error(&xml::first(failure, &["exception/message", "message"]));
    }
    let mut dependencies = 0;
    for dependency in document.all("dependency").filter(|node| xml::find(*node, "fileName").is_some()) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        dependencies += 1;
        for (name, suppressed) in [("vulnerability", false), ("suppressedVulnerability", true)] {
            for found in xml::find(dependency, "vulnerabilities").into_iter().flat_map(|list| children(list, name)) {
                let issue = Issue { suppressed, ..issue(dependency, found, document.at(found)) };
                let word = xml::first(found, &["severity", "cvssV3/baseSeverity", "cvssV2/severity"]);
                let score = xml::first(found, &["cvssV3/baseScore", "cvssV2/score", "cvssScore"]);
                match score.parse().ok().and_then(of_score) {
                    Some(severity) if word.is_empty() => scan.add_scored(Class::Dependency, severity, &score, issue),
                    None if word.is_empty() => scan.add(Class::Dependency, &score, issue),
                    _ => scan.add(Class::Dependency, &word, issue),
                }
            }
        }
    }
    let at = document.at(document.root());
    let mut import = scan.finish(&[Class::Dependency], &at);
    import.measure_count("deps.dependencies", dependencies, "", &at);
    Ok(import)
}

fn issue(dependency: Node<'_, '_>, found: Node<'_, '_>, at: String) -> Issue {
    let id = text(found, "name");
    let package = xml::find(dependency, "identifiers").and_then(|list| list.children().find(|node| node.is_element()));
    let package = package.map(|package| xml::first(package, &["id", "name"])).unwrap_or_default();
    // `pkg:maven/group/name@1.2.3`, or `group:name:1.2.3`.
    let (name, version) = package.rsplit_once(['@', ':']).unwrap_or((&package, ""));
    let file = text(dependency, "fileName");
    let listed = xml::find(found, "cwes").into_iter().flat_map(|list| children(list, "cwe"));
    let weak: Vec<String> =
        listed.filter_map(|cwe| cwe.text().map(str::to_owned)).chain([text(found, "cwe")]).collect();
    let link = found.descendants().find(|node| node.tag_name().name() == "url");
    Issue {
        title: format!("{id} in {file}"),
        message: text(found, "description"),
        component: if name.is_empty() { file } else { name.to_owned() },
        component_version: version.to_owned(),
        location: text(dependency, "filePath"),
        cwe: cwes(weak.iter().map(String::as_str).filter(|cwe| !cwe.is_empty())),
        cve: cves([&*id]),
        url: link.and_then(|url| url.text()).unwrap_or_default().trim().to_owned(),
        fingerprint: match attribute(found, "source") {
            "" => String::new(),
            source => format!("{source}:{id}:{}", text(dependency, "sha256")),
        },
        rule: id,
        at,
        ..Issue::default()
    }
}
