//! SPDX 2, as JSON and as tag and value, and SPDX 3, as JSON.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cves},
    severity::{Severities, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "spdx",
    title: "SPDX 2 (JSON, tag-value), SPDX 3 (JSON)",
    tool: "SPDX",
    note: "One issue a security advisory that a package refers to; of SPDX 3 a vulnerability that is said to be in one, \
           suppressed where the last word is that it is fixed or does no harm. SPDX 2 knows no severity: Medium is \
           assigned at import, as it is where SPDX 3 has no CVSS score. A bill of materials without advisories says \
           what is used, not that it is safe.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.scored().assigning(&[("", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let tags = probe.lines(50).any(|line| line.starts_with("SPDXVersion: SPDX-2"));
    let own = probe.has("SPDXID") && (probe.has("creationInfo") || probe.has("packages/[]/SPDXID"));
    // So answers the API of GitHub.
    let wrapped = probe.has("sbom/spdxVersion");
    let graph = probe.has("@graph") && probe.head().contains("spdx.org/rdf/3");
    Confidence::certain_if(probe.is_object() && (probe.has("spdxVersion") || own || wrapped || graph) || tags)
}

/// A package and the place it stands at.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    packages: usize,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it as SPDX 2.3, JSON or tag-value";
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let packages = if input.text.trim_start().starts_with('{') {
        let whole = tree::object(input.text, FORMAT.title, &[], remedy)?;
        if whole.has("@graph") {
            return read_graph(scan, &whole, remedy);
        }
        let (document, base) = match whole.has("sbom") {
            true => (whole.get("sbom"), "/sbom"),
            false => (&whole, ""),
        };
        if let Some(lacks) = ["spdxVersion", "SPDXID"].into_iter().find(|key| !document.has(key)) {
            return Err(Refusal::not(FORMAT.title, &format!("no `{lacks}` in it"), remedy));
        }
        if !document.text("spdxVersion").starts_with("SPDX-2") {
            return Err(Refusal::not(FORMAT.title, "its version is another", remedy));
        }
        document.text("name").clone_into(&mut scan.import.subject);
        scan.import.captured_at = document.text("creationInfo/created").parse().ok();
        for (at, found) in scan.objects(document.get("packages"), &format!("{base}/packages")) {
            let package = Package { name: found.text("name"), version: found.text("versionInfo"), packages: 0 };
            for (at, reference) in scan.objects(found.get("externalRefs"), &format!("{at}/externalRefs")) {
                if reference.text("referenceCategory") == "SECURITY" && reference.text("referenceType") == "advisory" {
                    add(&mut scan, &package, reference.text("referenceLocator"), at);
                }
            }
        }
        document.get("packages").items().len()
    } else {
        read_tags(&mut scan, input.text).ok_or_else(|| Refusal::not(FORMAT.title, "no `SPDXVersion` in it", remedy))?
    };
    Ok(finish(scan, packages))
}

fn finish(mut scan: Scan<'_>, packages: usize) -> Import {
    if scan.import.issues.is_empty() {
        scan.import.note(None, "no advisory in it: a bill of materials says what is used, not that it is safe");
    }
    let mut import = scan.finish(&[], "line 1");
    import.measure_count("deps.dependencies", packages, "", "line 1");
    import
}

/// Reads a graph of version 3: packages, and the vulnerabilities that relationships tie to them.
fn read_graph(mut scan: Scan<'_>, whole: &Tree<'_>, remedy: &str) -> Result<Import, Refusal> {
    let graph = whole.get("@graph");
    let context = whole.texts("@context");
    if !context.iter().any(|context| context.contains("spdx.org/rdf/3")) {
        return Err(Refusal::not(FORMAT.title, "its `@context` is another", remedy));
    }
    let (mut by_id, mut packages) = (HashMap::new(), 0);
    for element in graph.items() {
        by_id.insert(element.first(&["spdxId", "@id"]), element);
        match element.first(&["type", "@type"]) {
            "software_Package" => packages += 1,
            "SpdxDocument" => element.text("name").clone_into(&mut scan.import.subject),
            "CreationInfo" => scan.import.captured_at = element.text("created").parse().ok(),
            _ => {}
        }
    }
    // What is said of a vulnerability in a package, the last word counting.
    let (mut said, mut numbers) = (Vec::<([&str; 2], Said)>::new(), HashMap::new());
    for (at, element) in scan.objects(graph, "/@graph") {
        let kind = element.text("relationshipType");
        let (from, score) = (element.text("from"), element.number("security_score").unwrap_or(-1.0));
        for to in element.texts("to") {
            // All but this one go from the vulnerability to the package.
            let pair = if kind == "hasAssociatedVulnerability" { [to, from] } else { [from, to] };
            // That a package has one at all, and how bad it is, is no word on what it does to it.
            let harmless = match kind {
                "affects" | "underInvestigationFor" => Some(false),
                "doesNotAffect" | "fixedIn" => Some(true),
                "hasAssociatedVulnerability" => None,
                "hasAssessmentFor" if of_score(score).is_some() => None,
                _ => continue,
            };
            let number = *numbers.entry(pair).or_insert(said.len());
            if number == said.len() {
                said.push((pair, Said { at: at.clone(), harmless: false, score: -1.0 }));
            }
            let said = &mut said[number].1;
            said.harmless = harmless.unwrap_or(said.harmless);
            said.score = said.score.max(score);
        }
    }
    for (pair, said) in said {
        let [vulnerability, package] = pair.map(|id| by_id.get(id).copied().unwrap_or(&Tree::Null));
        let name = vulnerability.get("externalIdentifier").items().iter().map(|id| id.text("identifier"));
        let id = name.chain([vulnerability.text("name")]).find(|name| !name.is_empty()).unwrap_or_default();
        let package =
            Package { name: package.text("name"), version: package.text("software_packageVersion"), packages: 0 };
        let issue = Issue { suppressed: said.harmless, ..issue(&package, id, said.at) };
        match of_score(said.score) {
            Some(severity) => scan.add_scored(Class::Dependency, severity, &said.score.to_string(), issue),
            None => scan.add_assigned(Class::Dependency, Severity::Medium, "", issue),
        }
    }
    Ok(finish(scan, packages))
}

/// What a graph says of one vulnerability in one package.
struct Said {
    at: String,
    /// Whether it does not affect the package, or is fixed in it.
    harmless: bool,
    /// The worst of its scores, or less than none.
    score: f64,
}

/// Reads lines of tag and value; the number of packages, or nothing when it is something else.
fn read_tags(scan: &mut Scan<'_>, text: &str) -> Option<usize> {
    text.lines().take(50).find(|line| line.starts_with("SPDXVersion: SPDX-2"))?;
    let mut package = Package::default();
    for (line, number) in text.lines().zip(1_u64..) {
        let Some((tag, value)) = line.split_once(": ") else { continue };
        match tag {
            "DocumentName" => value.trim().clone_into(&mut scan.import.subject),
            "PackageName" => package = Package { name: value.trim(), version: "", packages: package.packages + 1 },
            "PackageVersion" => package.version = value.trim(),
            "ExternalRef" => {
                if let Some(locator) = value.trim().strip_prefix("SECURITY advisory ") {
                    add(scan, &package, locator.trim(), format!("line {number}"));
                }
            }
            _ => {}
        }
    }
    Some(package.packages)
}

fn add(scan: &mut Scan<'_>, package: &Package<'_>, locator: &str, at: String) {
    scan.add_assigned(Class::Dependency, Severity::Medium, "", issue(package, locator, at));
}

fn issue(package: &Package<'_>, locator: &str, at: String) -> Issue {
    let last = locator.trim_end_matches('/').rsplit('/').next().unwrap_or(locator);
    Issue {
        rule: last.to_owned(),
        title: format!("{last} in {}", package.name),
        component: package.name.to_owned(),
        component_version: package.version.to_owned(),
        cve: cves([last]),
        url: if locator.contains("://") { locator.to_owned() } else { String::new() },
        at,
        ..Issue::default()
    }
}
