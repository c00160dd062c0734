//! Nancy's JSON.

use std::collections::HashSet;

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    cvss::base_score,
    formats::no_secrets,
    scan::{DEPENDENCY_METRICS, Scan, cves, cwes},
    severity::{Severities, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "nancy",
    title: "nancy sleuth --output json",
    tool: "Nancy",
    note: "One issue a vulnerability of a package; excluded ones are kept as suppressed. The severity is that of the CVSS \
           score. Packages whose version cannot be looked up are deps.skipped.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let counts = probe.has("num_audited") && probe.has("num_vulnerable");
    Confidence::certain_if(probe.is_object() && (counts || probe.has("audited/[]/Coordinates")))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `go list -json -deps ./... | nancy sleuth --output json`";
    let document = tree::object(input.text, FORMAT.title, &["audited", "vulnerable"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    document.text("version").clone_into(&mut scan.import.tool_version);
    let mut listed = HashSet::new();
    for (at, package) in scan.objects(document.get("vulnerable"), "/vulnerable") {
        for (at, found) in scan.objects(package.get("Vulnerabilities"), &format!("{at}/Vulnerabilities")) {
            listed.insert((package.text("Coordinates"), found.text("Id")));
            add(&mut scan, package, found, at);
        }
    }
    // A package of which all is excluded is not among the vulnerable ones.
    let mut missing = 0;
    for (at, package) in scan.objects(document.get("audited"), "/audited") {
        for (at, found) in scan.objects(package.get("Vulnerabilities"), &format!("{at}/Vulnerabilities")) {
            if !listed.insert((package.text("Coordinates"), found.text("Id"))) {
                continue;
            }
            match found.is_true("Excluded") {
                true => add(&mut scan, package, found, at),
                false => missing += 1,
            }
        }
    }
    if missing > 0 {
        scan.import.error(
            None,
            format!("{missing} vulnerabilities stand among what was audited, but not among the vulnerable: left out"),
        );
    }
    let audited = document.get("audited").items().len();
    let invalid = document.get("invalid").items();
    for package in invalid {
        let name = package.text("Coordinates");
        scan.import.warn(None, format!("{name} was not looked at: its version is no semantic version"));
    }
    if audited == 0 {
        scan.looked_at_nothing("no package in it: nothing was looked at");
    }
    let mut import = scan.finish(&[Class::Dependency], "/vulnerable");
    import.measure_count("deps.dependencies", audited, "", "/audited");
    import.measure_count("deps.skipped", invalid.len(), "", "/invalid");
    Ok(import)
}

fn add(scan: &mut Scan<'_>, package: &Tree<'_>, found: &Tree<'_>, at: String) {
    // `pkg:golang/github.com/owner/name@1.2.3`.
    let name = package.text("Coordinates");
    let name = name.strip_prefix("pkg:golang/").unwrap_or(name);
    let (component, version) = name.rsplit_once('@').unwrap_or((name, ""));
    let (id, title) = (found.first(&["Cve", "Id"]), found.text("Title"));
    let issue = Issue {
        rule: id.to_owned(),
        title: match title {
            "" => format!("{id} in {component}"),
            title => title.to_owned(),
        },
        message: found.text("Description").to_owned(),
        component: component.to_owned(),
        component_version: version.to_owned(),
        cwe: cwes([title.split(':').next().unwrap_or_default()].into_iter().filter(|id| id.starts_with("CWE-"))),
        cve: cves([found.text("Cve")]),
        url: found.text("Reference").to_owned(),
        suppressed: found.is_true("Excluded"),
        at,
        ..Issue::default()
    };
    let (word, vector) = (found.text("CvssScore"), found.text("CvssVector"));
    let (word, score) = if word.is_empty() { (vector, base_score(vector)) } else { (word, word.parse().ok()) };
    match score.and_then(of_score) {
        Some(severity) => scan.add_scored(Class::Dependency, severity, word, issue),
        None => scan.add(Class::Dependency, word, issue),
    }
}
