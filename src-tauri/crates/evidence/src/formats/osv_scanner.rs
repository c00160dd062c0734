//! osv-scanner's JSON.

use std::collections::{HashMap, HashSet};

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, cwes, distinct, headline},
    severity::{Severities, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "osv-scanner",
    title: "osv-scanner --format json",
    tool: "osv-scanner",
    note: "One issue a group of advisories that are one vulnerability of a package. Its severity is the database's word, \
           else the highest score; where neither is given it is assigned at import.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON).scored(),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let packages = probe.has("results/[]/packages/[]/package") || probe.has("results/[]/packages/[]/vulnerabilities");
    match probe.is_object() && probe.has("results") {
        true if packages || probe.has("experimental_config") => Confidence::Certain,
        // So does tfsec.
        true if probe.only(&["results"]) => Confidence::Possible,
        _ => Confidence::No,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `osv-scanner scan --format json --output osv.json PATH`";
    let document = tree::object(input.text, FORMAT.title, &["results"], remedy)?;
    let results = document.get("results");
    let own = document.entries().iter().all(|(key, _)| matches!(key.as_str(), "results" | "experimental_config"));
    if results.items().iter().any(|result| !result.has("packages")) || results.items().is_empty() && !own {
        return Err(Refusal::not(FORMAT.title, "its results have no `packages`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut ids, mut packages) = (HashSet::new(), 0);
    for (at, result) in scan.objects(results, "/results") {
        for (at, package) in scan.objects(result.get("packages"), &format!("{at}/packages")) {
            packages += 1;
            read_package(&mut scan, result.text("source/path"), package, &at, &mut ids);
        }
    }
    if packages == 0 {
        scan.import.note(None, "no package with a finding in it; how many were looked at osv-scanner does not say");
    }
    let mut import = scan.finish(&[Class::Dependency], "/results");
    import.measure_count("deps.advisories", ids.len(), "", "/results");
    Ok(import)
}

fn read_package<'t>(scan: &mut Scan<'_>, path: &str, found: &'t Tree<'_>, at: &str, ids: &mut HashSet<&'t str>) {
    let vulnerabilities = found.get("vulnerabilities");
    let by_id: HashMap<&str, &Tree<'_>> =
        vulnerabilities.items().iter().map(|vulnerability| (vulnerability.text("id"), vulnerability)).collect();
    ids.extend(by_id.keys());
    // Old versions write no groups.
    let (list, key) = if found.has("groups") { ("groups", "ids") } else { ("vulnerabilities", "id") };
    for (at, group) in scan.objects(found.get(list), &format!("{at}/{list}")) {
        let names = group.texts(key);
        let of: Vec<&Tree<'_>> = names.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let first = |path: &str| of.iter().map(|v| v.text(path)).find(|text| !text.is_empty()).unwrap_or_default();
        let affected = || of.iter().flat_map(|v| v.get("affected").items());
        let listed = of.iter().flat_map(|v| v.texts("database_specific/cwe_ids"));
        let weak = affected().flat_map(|a| a.get("database_specific/cwes").items()).map(|cwe| cwe.text("cweId"));
        let name = found.text("package/name");
        let fixed = affected()
            .filter(|affected| affected.text("package/name") == name)
            .flat_map(|affected| affected.get("ranges").items())
            .flat_map(|range| range.get("events").items())
            .map(|event| event.text("fixed"));
        let rule = names.first().copied().unwrap_or_default();
        let aliases = of.iter().flat_map(|v| v.texts("aliases"));
        let issue = Issue {
            rule: rule.to_owned(),
            title: match first("summary") {
                "" => format!("{rule} in {name}"),
                summary => headline(summary),
            },
            message: first("details").to_owned(),
            component: name.to_owned(),
            component_version: found.text("package/version").to_owned(),
            fixed_version: distinct(fixed).join(", "),
            location: path.to_owned(),
            cwe: cwes(listed.chain(weak)),
            cve: distinct(names.iter().copied().chain(group.texts("aliases")).chain(aliases)),
            url: if rule.is_empty() { String::new() } else { format!("https://osv.dev/{rule}") },
            at,
            ..Issue::default()
        };
        let highest = group.text("max_severity");
        match (first("database_specific/severity"), group.number("max_severity").and_then(of_score)) {
            ("", Some(severity)) => scan.add_scored(Class::Dependency, severity, highest, issue),
            ("", None) => scan.add(Class::Dependency, highest, issue),
            (word, _) => scan.add(Class::Dependency, word, issue),
        }
    }
}
