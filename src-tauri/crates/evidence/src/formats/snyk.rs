//! `snyk test --json`, one project or several.

use std::collections::HashSet;

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{COMMON, Scan, cwes, distinct},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "snyk",
    title: "snyk test --json (open source and container)",
    tool: "Snyk",
    note: "One issue a path to a vulnerable package, as Snyk writes them; distinct vulnerabilities are deps.advisories. \
           Licence issues are counted apart; what a policy ignores is kept as suppressed. Snyk Code writes SARIF.",
    metrics: &[
        "scan.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "deps.advisories",
        "deps.dependencies",
        "licenses.found",
    ],
    severities: Severities::of(COMMON),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    let known = has("packageManager") || has("vulnerabilities/[]/packageManager") || has("dependencyCount");
    // In a large report the rest comes late.
    let begins = has("vulnerabilities/[]/semver") && has("vulnerabilities/[]/from");
    let failed = has("ok") && has("error") && has("path");
    Confidence::certain_if(has("vulnerabilities") && has("ok") && known || begins || failed)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let remedy = "export it with `snyk test --all-projects --json-file-output=snyk.json`";
    let is_list = matches!(document, Tree::List(_));
    let projects = if is_list { document.items() } else { std::slice::from_ref(&document) };
    let failed = |project: &Tree<'_>| project.has("ok") && project.has("error");
    let read = |project: &Tree<'_>| project.has("vulnerabilities") && project.has("ok");
    if projects.is_empty() || !projects.iter().all(|project| failed(project) || read(project)) {
        return Err(Refusal::not(FORMAT.title, "no `vulnerabilities` with `ok` in it", remedy));
    }
    if let Some(project) = projects.first().filter(|_| projects.iter().all(failed)) {
        let reason = format!("snyk failed: {}: this is not \"no vulnerabilities\"", project.text("error"));
        return Err(Refusal::new(reason, "remove the cause and run snyk again"));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let mut ids = HashSet::new();
    let mut dependencies = 0.0;
    for (index, project) in projects.iter().enumerate() {
        let at = if is_list { format!("/{index}") } else { String::new() };
        if failed(project) {
            scan.add_error(&format!("{}: {}", project.text("path"), project.text("error")));
            continue;
        }
        dependencies += project.number("dependencyCount").unwrap_or_default();
        let place = project.first(&["displayTargetFile", "targetFile", "projectName", "path"]);
        for (at, found) in scan.objects(project.get("vulnerabilities"), &format!("{at}/vulnerabilities")) {
            let class = if found.text("type") == "license" { Class::License } else { Class::Dependency };
            ids.insert(found.text("id"));
            scan.add(class, found.first(&["severityWithCritical", "severity"]), issue(found, place, at));
        }
    }
    if let [project] = projects {
        project.text("projectName").clone_into(&mut scan.import.subject);
    }
    let mut import = scan.finish(&[Class::Dependency], "/vulnerabilities");
    import.measure_count("deps.advisories", ids.len(), "", "/vulnerabilities");
    import.measure("deps.dependencies", dependencies, "", "/dependencyCount");
    Ok(import)
}

fn issue(found: &Tree<'_>, place: &str, at: String) -> Issue {
    let (id, path) = (found.text("id"), found.texts("from").join(" > "));
    // The first item is the project itself, `false`.
    let upgrade = found.texts("upgradePath").into_iter().rfind(|step| *step != "false");
    let name = found.first(&["packageName", "moduleName", "name"]);
    Issue {
        fingerprint: format!("{id}:{name}@{}:{place}:{path}", found.text("version")),
        rule: id.to_owned(),
        title: found.text("title").to_owned(),
        message: found.text("description").to_owned(),
        component: name.to_owned(),
        component_version: found.text("version").to_owned(),
        fixed_version: match found.texts("fixedIn").join(", ") {
            none if none.is_empty() => upgrade.unwrap_or_default().to_owned(),
            fixed => fixed,
        },
        location: match path.as_str() {
            "" => place.to_owned(),
            path => format!("{place}: {path}"),
        },
        cwe: cwes(found.texts("identifiers/CWE")),
        cve: distinct(found.texts("identifiers/CVE").into_iter().chain(found.texts("identifiers/GHSA"))),
        url: if id.starts_with("SNYK-") { format!("https://security.snyk.io/vuln/{id}") } else { String::new() },
        suppressed: found.is_true("isIgnored"),
        at,
        ..Issue::default()
    }
}
