//! `dotnet list package --vulnerable --format json`.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{COMMON, DEPENDENCY_METRICS, Scan, cves},
    severity::Severities,
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "dotnet-vulnerable",
    title: "dotnet list package --vulnerable --format json",
    tool: "dotnet",
    note: "One issue an advisory of a package, of each project and framework.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::of(COMMON),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let keys = ["version", "parameters", "projects"];
    Confidence::certain_if(keys.iter().all(|key| probe.has(key)) && probe.head().contains("--vulnerable"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `dotnet list package --vulnerable --include-transitive --format json`";
    let document = tree::object(input.text, FORMAT.title, &["parameters", "projects"], remedy)?;
    if !document.text("parameters").contains("--vulnerable") {
        return Err(Refusal::not(FORMAT.title, "it was not asked for what is `--vulnerable`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    for problem in document.get("problems").items() {
        match problem.text("level") {
            "error" => scan.add_error(problem.text("text")),
            _ => scan.import.warn(None, problem.text("text")),
        }
    }
    for (at, project) in scan.objects(document.get("projects"), "/projects") {
        for (at, framework) in scan.objects(project.get("frameworks"), &format!("{at}/frameworks")) {
            for list in ["topLevelPackages", "transitivePackages"] {
                for (at, package) in scan.objects(framework.get(list), &format!("{at}/{list}")) {
                    let found = package.get("vulnerabilities");
                    for (at, advisory) in scan.objects(found, &format!("{at}/vulnerabilities")) {
                        let url = advisory.first(&["advisoryurl", "advisoryUrl"]);
                        let id = url.rsplit('/').next().unwrap_or_default();
                        let name = package.text("id");
                        let issue = Issue {
                            rule: id.to_owned(),
                            title: format!("{id} in {name}"),
                            message: if list == "transitivePackages" { "A transitive package." } else { "" }.to_owned(),
                            component: name.to_owned(),
                            component_version: package.text("resolvedVersion").to_owned(),
                            location: project.text("path").to_owned(),
                            cve: cves([id]),
                            url: url.to_owned(),
                            at,
                            ..Issue::default()
                        };
                        scan.add(Class::Dependency, advisory.text("severity"), issue);
                    }
                }
            }
        }
    }
    Ok(scan.finish(&[Class::Dependency], "/projects"))
}
