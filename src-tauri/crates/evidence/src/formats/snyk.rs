//! `snyk test --json`, `snyk container test --json` and `snyk iac test --json`, one project or several.

use std::collections::HashSet;

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{COMMON, Scan, cwes, distinct, paragraphs},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "snyk",
    title: "snyk test --json (open source, container, infrastructure as code)",
    tool: "Snyk",
    note: "One issue a path to a vulnerable package, as Snyk writes them; distinct vulnerabilities are deps.advisories. \
           Licence issues and those of infrastructure as code are counted apart; what a policy ignores or patches is kept \
           as suppressed. Snyk Code writes SARIF.",
    metrics: &[
        "scan.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "deps.advisories",
        "deps.dependencies",
        "licenses.found",
        "config.*",
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
    let iac = has("infrastructureAsCodeIssues");
    Confidence::certain_if((has("vulnerabilities") || iac) && has("ok") && (known || iac) || begins || failed)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let remedy = "export it with `snyk test --all-projects --json-file-output=snyk.json`";
    let is_list = matches!(document, Tree::List(_));
    let projects = if is_list { document.items() } else { std::slice::from_ref(&document) };
    let failed = |project: &Tree<'_>| project.has("ok") && project.has("error");
    let read = |project: &Tree<'_>| {
        project.has("ok") && (project.has("vulnerabilities") || project.has("infrastructureAsCodeIssues"))
    };
    if projects.is_empty() || !projects.iter().all(|project| failed(project) || read(project)) {
        return Err(Refusal::not(FORMAT.title, "no `vulnerabilities` with `ok` in it", remedy));
    }
    if let Some(project) = projects.first().filter(|_| projects.iter().all(failed)) {
        let reason = format!("snyk failed: {}: this is not \"no vulnerabilities\"", project.text("error"));
        return Err(Refusal::new(reason, "remove the cause and run snyk again"));
    }
    let mut found = Found {
        scan: Scan::new(FORMAT.tool, COMMON, input),
        ids: HashSet::new(),
        dependencies: 0.0,
        looked_at: Vec::new(),
    };
    for (index, project) in projects.iter().enumerate() {
        let at = if is_list { format!("/{index}") } else { String::new() };
        if failed(project) {
            found.scan.add_error(&format!("{}: {}", project.text("path"), project.text("error")));
            continue;
        }
        read_project(&mut found, project, &at);
        // What the applications in an image depend on.
        for (number, application) in project.get("applications").items().iter().enumerate() {
            read_project(&mut found, application, &format!("{at}/applications/{number}"));
        }
    }
    let Found { mut scan, ids, dependencies, looked_at } = found;
    if let [project] = projects {
        project.text("projectName").clone_into(&mut scan.import.subject);
    }
    let packages = looked_at.contains(&Class::Dependency);
    let at = if packages { "/vulnerabilities" } else { "/infrastructureAsCodeIssues" };
    let mut import = scan.finish(&looked_at, at);
    if packages {
        import.measure_count("deps.advisories", ids.len(), "", "/vulnerabilities");
        import.measure("deps.dependencies", dependencies, "", "/dependencyCount");
    }
    Ok(import)
}

/// What was found in all projects.
struct Found<'s, 't> {
    scan: Scan<'s>,
    ids: HashSet<&'t str>,
    dependencies: f64,
    looked_at: Vec<Class>,
}

fn read_project<'t>(found: &mut Found<'_, 't>, project: &'t Tree<'_>, at: &str) {
    let Found { scan, ids, dependencies, looked_at } = found;
    let place = project.first(&["displayTargetFile", "targetFile", "projectName", "path"]);
    if project.has("infrastructureAsCodeIssues") {
        looked_at.push(Class::Config);
        let list = project.get("infrastructureAsCodeIssues");
        for (at, found) in scan.objects(list, &format!("{at}/infrastructureAsCodeIssues")) {
            scan.add(Class::Config, found.text("severity"), fault(found, place, at));
        }
        return;
    }
    looked_at.push(Class::Dependency);
    *dependencies += project.number("dependencyCount").unwrap_or_default();
    for (list, taken_out) in [("vulnerabilities", false), ("filtered/ignore", true), ("filtered/patch", true)] {
        for (at, found) in scan.objects(project.get(list), &format!("{at}/{list}")) {
            let class = if found.text("type") == "license" { Class::License } else { Class::Dependency };
            let issue = issue(found, place, at);
            let suppressed = taken_out || issue.suppressed;
            if class == Class::Dependency {
                ids.insert(found.text("id"));
            }
            scan.add(class, found.first(&["severityWithCritical", "severity"]), Issue { suppressed, ..issue });
        }
    }
}

/// An issue of infrastructure as code.
fn fault(found: &Tree<'_>, place: &str, at: String) -> Issue {
    let id = found.first(&["publicId", "id"]);
    let resource = found.text("msg");
    Issue {
        rule: id.to_owned(),
        title: found.text("title").to_owned(),
        message: paragraphs([
            found.first(&["issue", "iacDescription/issue"]),
            found.first(&["impact", "iacDescription/impact"]),
            found.first(&["resolve", "iacDescription/resolve"]),
        ]),
        component: if resource.is_empty() { place } else { resource }.to_owned(),
        location: place.to_owned(),
        line: found.line(&["lineNumber"]),
        url: found.text("documentation").to_owned(),
        suppressed: found.is_true("isIgnored"),
        at,
        ..Issue::default()
    }
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
