//! osv-scanner's JSON.

use std::collections::{HashMap, HashSet};

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, Scan, cwes, distinct, headline, paragraphs},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "osv-scanner",
    title: "osv-scanner --format json",
    tool: "osv-scanner",
    note: "One issue a group of advisories that are one vulnerability of a package; those that osv-scanner found not to be \
           called, or of no importance, are kept as suppressed. Licences that are not allowed are counted. Its severity is the database's word, \
           else the highest score; where neither is given it is assigned at import.",
    metrics: &[
        "scan.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "deps.advisories",
        "deps.dependencies",
        "deps.skipped",
        "licenses.found",
    ],
    severities: Severities::of(COMMON).scored().assigning(&[("license violation", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Keys beside the results; each version has some of them.
const OWN: [&str; 6] = [
    "experimental_config",
    "image_metadata",
    "license_summary",
    "experimental_license_summary",
    "experimental_generic_findings",
    "experimental_plugin_status",
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let packages = probe.has("results/[]/packages/[]/package") || probe.has("results/[]/packages/[]/vulnerabilities");
    let own = OWN.iter().any(|key| probe.has(key)) && probe.only(&[&OWN[..], &["results"][..]].concat());
    match probe.is_object() && probe.has("results") {
        true if packages || own => Confidence::Certain,
        // So does tfsec.
        true if probe.only(&["results"]) && (probe.is_bare("results") || probe.has("results/[]/packages")) => {
            Confidence::Possible
        }
        _ => Confidence::No,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `osv-scanner scan --format json --output osv.json PATH`";
    let document = tree::object(input.text, FORMAT.title, &["results"], remedy)?;
    let results = document.get("results");
    let own = document.entries().iter().all(|(key, _)| key.as_str() == "results" || OWN.contains(&key.as_str()));
    let list = matches!(results, Tree::List(_) | Tree::Null);
    if !list || results.items().iter().any(|result| !result.has("packages")) || results.items().is_empty() && !own {
        return Err(Refusal::not(FORMAT.title, "its results have no `packages`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut ids, mut packages) = (HashSet::new(), 0);
    for (at, result) in scan.objects(results, "/results") {
        for (at, package) in scan.objects(result.get("packages"), &format!("{at}/packages")) {
            packages += 1;
            read_package(&mut scan, result.first(&["source/path", "packageSource/path"]), package, &at, &mut ids);
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
            suppressed: is_out_of_reach(group),
            url: if rule.is_empty() { String::new() } else { format!("https://osv.dev/{rule}") },
            at,
            ..Issue::default()
        };
        let (word, highest) = (first("database_specific/severity"), group.text("max_severity"));
        scan.add_rated(Class::Dependency, word, highest, issue);
    }
    let licenses = found.texts("license_violations");
    if !licenses.is_empty() {
        let (name, version) = (found.text("package/name"), found.text("package/version"));
        let issue = Issue {
            rule: "license violation".to_owned(),
            title: format!("{name} is licensed under {}", licenses.join(", ")),
            message: paragraphs([&format!("Licences: {}.", found.texts("licenses").join(", "))]),
            component: name.to_owned(),
            component_version: version.to_owned(),
            location: path.to_owned(),
            at: format!("{at}/license_violations"),
            ..Issue::default()
        };
        scan.add_assigned(Class::License, Severity::Medium, "license violation", issue);
    }
}

/// Whether osv-scanner looked if a group of advisories matters, and found that none does.
fn is_out_of_reach(group: &Tree<'_>) -> bool {
    let analyses = ["experimental_analysis", "experimentalAnalysis"].map(|key| group.get(key).entries());
    let analyses: Vec<&Tree<'_>> = analyses.into_iter().flatten().map(|(_, analysis)| analysis).collect();
    let never_called = analyses.iter().all(|analysis| analysis.text("called") == "false");
    !analyses.is_empty() && (never_called || analyses.iter().any(|analysis| analysis.is_true("unimportant")))
}
