//! OWASP Dependency-Check's XML, JSON and CSV.

use groma_model::Issue;
use roxmltree::Node;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    depcheck,
    formats::no_secrets,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, cves, cwes},
    severity::Severities,
    tree,
    xml::{self, Xml, attribute, children, text},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "dependency-check",
    title: "OWASP Dependency-Check XML, JSON or CSV",
    tool: "Dependency-Check",
    note: "One issue a vulnerability of a dependency, suppressed ones kept and marked; the CSV has neither these nor the \
           dependencies without any.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

const REMEDY: &str = "export it with `dependency-check --format XML --scan PATH`";

/// Why a report without dependencies tells nothing.
const NOTHING: &str = "no dependency in it: nothing was looked at";

/// What its namespaces have in common, those of version 1 being the second.
const NAMESPACES: [&str; 2] = ["DependencyCheck/dependency-check.", "OWASP_Dependency_Check"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let named = NAMESPACES.iter().any(|namespace| probe.head().contains(namespace));
    let xml = named && xml::root(probe.head()) == "analysis";
    let described = probe.has("reportSchema") && probe.has("dependencies");
    let json = probe.is_object() && described && (probe.has("scanInfo") || probe.has("projectInfo"));
    Confidence::certain_if(xml || json || depcheck::is_csv(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    match input.text.trim_start().as_bytes().first() {
        Some(b'{') => {
            let keys = ["reportSchema", "dependencies"];
            let document = tree::object(input.text, FORMAT.title, &keys, REMEDY)?;
            let dependencies = depcheck::read_json(&mut scan, &document);
            if dependencies == 0 {
                scan.looked_at_nothing(NOTHING);
            }
            let mut import = scan.finish(&[Class::Dependency], "/dependencies");
            import.measure_count("deps.dependencies", dependencies, "", "/dependencies");
            Ok(import)
        }
        Some(b'<') => read_xml(scan, input),
        _ => {
            let broken = Refusal::not(FORMAT.title, "it has no column `DependencyName` with `CVE`", REMEDY);
            if !depcheck::is_csv(input.text) {
                return Err(broken);
            }
            depcheck::read_csv(&mut scan, input, broken)?;
            Ok(scan.finish(&[Class::Dependency], "line 1"))
        }
    }
}

fn read_xml(mut scan: Scan<'_>, input: &Input<'_>) -> Result<Import, Refusal> {
    let content = xml::without_doctype(input.text);
    let document = Xml::parse(&content, FORMAT.title, "analysis", REMEDY)?;
    let namespace = document.root().tag_name().namespace().unwrap_or_default();
    if !NAMESPACES.iter().any(|known| namespace.contains(known)) {
        return Err(Refusal::not(FORMAT.title, "its namespace is another", REMEDY));
    }
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
                let words = ["severity", "cvssV3/baseSeverity", "cvssV4/baseSeverity", "cvssV2/severity"];
                let scores = ["cvssV3/baseScore", "cvssV4/baseScore", "cvssV2/score", "cvssScore"];
                let (word, score) = (xml::first(found, &words), xml::first(found, &scores));
                scan.add_rated(Class::Dependency, &word, &score, issue);
            }
        }
    }
    if dependencies == 0 {
        scan.looked_at_nothing(NOTHING);
    }
    let at = document.at(document.root());
    let mut import = scan.finish(&[Class::Dependency], &at);
    import.measure_count("deps.dependencies", dependencies, "", &at);
    Ok(import)
}

fn issue(dependency: Node<'_, '_>, found: Node<'_, '_>, at: String) -> Issue {
    let id = text(found, "name");
    let identifiers = || xml::find(dependency, "identifiers").into_iter().flat_map(|list| list.children());
    // A CPE is a guess: only where nothing better names the dependency.
    let kind = |node: &Node<'_, '_>| match node.tag_name().name() {
        "package" => 0,
        "identifier" if attribute(*node, "type") != "cpe" => 1,
        "identifier" | "vulnerabilityIds" => 2,
        _ => 3,
    };
    let best = identifiers().filter(|node| node.is_element() && kind(node) < 3).min_by_key(kind);
    let named = best.map(|package| xml::first(package, &["id", "name"])).unwrap_or_default();
    let (name, version) = depcheck::package(&named);
    let file = text(dependency, "fileName");
    let listed = xml::find(found, "cwes").into_iter().flat_map(|list| children(list, "cwe"));
    let weak: Vec<String> =
        listed.filter_map(|cwe| cwe.text().map(str::to_owned)).chain([text(found, "cwe")]).collect();
    let link = found.descendants().find(|node| node.tag_name().name() == "url");
    Issue {
        title: format!("{id} in {file}"),
        message: text(found, "description"),
        component: if name.is_empty() { file } else { name },
        component_version: version,
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
