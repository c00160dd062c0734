//! SPDX 2, as JSON and as tag and value, and SPDX 3, as JSON.

use std::collections::HashMap;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    cyclonedx::is_dependency,
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
           assigned at import, as it is where SPDX 3 has no CVSS score. Dependencies are the packages without the \
           one that the document is about, files and operating systems. A bill of materials without advisories says \
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
    id: &'a str,
    purpose: &'a str,
    purl: &'a str,
}

/// The number of packages that are dependencies: not the one that the document is about, where it is about one.
fn dependencies(packages: &[Package<'_>], about: &[&str]) -> usize {
    let is_about = |package: &&Package<'_>| !package.id.is_empty() && about.contains(&package.id);
    let one = packages.iter().filter(is_about).count() == 1;
    let listed = packages.iter().filter(|package| !(one && is_about(package)));
    listed.filter(|package| is_dependency(package.purpose, package.version, package.purl)).count()
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
        let mut packages = Vec::new();
        for (at, found) in scan.objects(document.get("packages"), &format!("{base}/packages")) {
            let mut package = Package {
                name: found.text("name"),
                version: found.text("versionInfo"),
                id: found.text("SPDXID"),
                purpose: found.text("primaryPackagePurpose"),
                purl: "",
            };
            for (at, reference) in scan.objects(found.get("externalRefs"), &format!("{at}/externalRefs")) {
                let locator = reference.text("referenceLocator");
                match (reference.text("referenceCategory"), reference.text("referenceType")) {
                    ("SECURITY", "advisory") => add(&mut scan, &package, locator, at),
                    (_, "purl") => package.purl = locator,
                    _ => {}
                }
            }
            packages.push(package);
        }
        let mut about = document.texts("documentDescribes");
        about.extend(document.get("relationships").items().iter().filter_map(|one| {
            let [from, to] = ["spdxElementId", "relatedSpdxElement"].map(|key| one.text(key));
            described([from, one.text("relationshipType"), to])
        }));
        dependencies(&packages, &about)
    } else {
        read_tags(&mut scan, input.text).ok_or_else(|| Refusal::not(FORMAT.title, "no `SPDXVersion` in it", remedy))?
    };
    Ok(finish(scan, packages))
}

/// What a relationship says that the document is about.
fn described([from, kind, to]: [&str; 3]) -> Option<&str> {
    match kind {
        "DESCRIBES" if from == "SPDXRef-DOCUMENT" => Some(to),
        "DESCRIBED_BY" if to == "SPDXRef-DOCUMENT" => Some(from),
        _ => None,
    }
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
    let (mut by_id, mut packages, mut about) = (HashMap::new(), Vec::new(), Vec::new());
    for element in graph.items() {
        let id = element.first(&["spdxId", "@id"]);
        by_id.insert(id, element);
        match element.first(&["type", "@type"]) {
            "software_Package" => packages.push(Package {
                id,
                purpose: element.text("software_primaryPurpose"),
                purl: element.text("software_packageUrl"),
                ..of_graph(element)
            }),
            "SpdxDocument" => {
                element.text("name").clone_into(&mut scan.import.subject);
                about.extend(element.texts("rootElement"));
            }
            "software_Sbom" => about.extend(element.texts("rootElement")),
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
        let issue = Issue { suppressed: said.harmless, ..issue(&of_graph(package), id, said.at) };
        match of_score(said.score) {
            Some(severity) => scan.add_scored(Class::Dependency, severity, &said.score.to_string(), issue),
            None => scan.add_assigned(Class::Dependency, Severity::Medium, "", issue),
        }
    }
    Ok(finish(scan, dependencies(&packages, &about)))
}

/// Name and version of an element of a graph.
fn of_graph<'a>(element: &'a Tree<'_>) -> Package<'a> {
    Package { name: element.text("name"), version: element.text("software_packageVersion"), ..Package::default() }
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
    let (mut packages, mut about) = (Vec::<Package<'_>>::new(), Vec::new());
    for (line, number) in text.lines().zip(1_u64..) {
        let Some((tag, value)) = line.split_once(": ") else { continue };
        let value = value.trim();
        match (tag, packages.last_mut()) {
            ("DocumentName", _) => value.clone_into(&mut scan.import.subject),
            ("PackageName", _) => packages.push(Package { name: value, ..Package::default() }),
            ("Relationship", _) => {
                let words: Vec<&str> = value.split_whitespace().collect();
                about.extend(<[&str; 3]>::try_from(words).ok().and_then(described));
            }
            ("PackageVersion", Some(package)) => package.version = value,
            // Those of files and of snippets stand behind the packages.
            ("SPDXID", Some(package)) if package.id.is_empty() => package.id = value,
            ("PrimaryPackagePurpose", Some(package)) => package.purpose = value,
            ("ExternalRef", Some(package)) => {
                if let Some(locator) = value.strip_prefix("SECURITY advisory ") {
                    add(scan, package, locator.trim(), format!("line {number}"));
                } else if let Some((_, purl)) = value.split_once(" purl ") {
                    package.purl = purl;
                }
            }
            _ => {}
        }
    }
    Some(dependencies(&packages, &about))
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
