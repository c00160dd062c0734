//! `dotnet list package --vulnerable`, its JSON and what it prints for people.

use std::collections::HashSet;

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
    title: "dotnet list package --vulnerable, JSON or text",
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
    let json = keys.iter().all(|key| probe.has(key)) && probe.head().contains("--vulnerable");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// The verdict on a project: its name, and whether it has vulnerable packages.
fn verdict(line: &str) -> Option<(&str, bool)> {
    let line = line.trim();
    let rest = line.strip_prefix("Project ").or_else(|| line.strip_prefix("The given project "))?;
    let (name, verdict) = rest.strip_prefix(['`', '\''])?.split_once(['`', '\''])?;
    match verdict.trim() {
        verdict if verdict.starts_with("has the following vulnerable packages") => Some((name, true)),
        verdict if verdict.starts_with("has no vulnerable packages") => Some((name, false)),
        _ => None,
    }
}

fn is_text(text: &str) -> bool {
    // Scripts and documents speak of it as well.
    !text.trim_start().starts_with(['{', '[', '<', '#', '`'])
        && text.lines().take(200).any(|line| verdict(line).is_some())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `dotnet list package --vulnerable --include-transitive --format json`";
    if is_text(input.text) {
        return parse_text(input);
    }
    let document = tree::object(input.text, FORMAT.title, &["parameters", "projects"], remedy)?;
    if !document.text("parameters").contains("--vulnerable") {
        return Err(Refusal::not(FORMAT.title, "it was not asked for what is `--vulnerable`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let mut failed = HashSet::new();
    for problem in document.get("problems").items() {
        match problem.text("level") {
            "error" => {
                failed.insert(problem.text("project"));
                scan.add_error(problem.text("text"));
            }
            _ => scan.import.warn(None, problem.text("text")),
        }
    }
    if document.get("projects").items().iter().all(|project| failed.contains(project.text("path"))) {
        scan.looked_at_nothing("no project in it that could be looked at");
    }
    for (at, project) in scan.objects(document.get("projects"), "/projects") {
        for (at, framework) in scan.objects(project.get("frameworks"), &format!("{at}/frameworks")) {
            for list in ["topLevelPackages", "transitivePackages"] {
                for (at, package) in scan.objects(framework.get(list), &format!("{at}/{list}")) {
                    let found = package.get("vulnerabilities");
                    for (at, advisory) in scan.objects(found, &format!("{at}/vulnerabilities")) {
                        let issue = Found {
                            name: package.text("id"),
                            version: package.text("resolvedVersion"),
                            project: project.text("path"),
                            url: advisory.first(&["advisoryurl", "advisoryUrl"]),
                            transitive: list == "transitivePackages",
                        };
                        scan.add(Class::Dependency, advisory.text("severity"), issue.issue(at));
                    }
                }
            }
        }
    }
    Ok(scan.finish(&[Class::Dependency], "/projects"))
}

/// An advisory of a package.
struct Found<'a> {
    name: &'a str,
    version: &'a str,
    project: &'a str,
    url: &'a str,
    transitive: bool,
}

impl Found<'_> {
    fn issue(&self, at: String) -> Issue {
        let id = self.url.rsplit('/').next().unwrap_or_default();
        Issue {
            rule: id.to_owned(),
            title: format!("{id} in {}", self.name),
            message: if self.transitive { "A transitive package." } else { "" }.to_owned(),
            component: self.name.to_owned(),
            component_version: self.version.to_owned(),
            location: self.project.to_owned(),
            cve: cves([id]),
            url: self.url.to_owned(),
            at,
            ..Issue::default()
        }
    }
}

/// Reads what is printed for people: a line an advisory, the package's name in the first of them.
fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut project, mut name, mut version, mut transitive) = ("", "", "", false);
    for (line, number) in input.text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some((verdict_on, _)) = verdict(line) {
            (project, name) = (verdict_on, "");
            continue;
        }
        let line = line.trim();
        if line.starts_with("error") || line.contains("No assets file was found") || line.contains("Unable to load") {
            scan.add_error(line);
            continue;
        }
        match line.strip_prefix("Transitive Package").or_else(|| line.strip_prefix("Top-level Package")) {
            Some(rest) if rest.contains("Severity") => {
                (transitive, name) = (line.starts_with("Transitive"), "");
                continue;
            }
            _ => {}
        }
        let Some((before, url)) = line.rfind(" http").map(|at| (&line[..at], line[at..].trim())) else { continue };
        // The version asked for may be of several words: what counts stands at the end.
        let mut cells = before.strip_prefix('>').unwrap_or(before).split_whitespace();
        let severity = cells.next_back().unwrap_or_default();
        if line.starts_with('>') {
            (version, name) = (cells.next_back().unwrap_or_default(), cells.next().unwrap_or_default());
        } else if name.is_empty() || cells.next().is_some() {
            continue;
        }
        let found = Found { name, version, project, url, transitive };
        scan.add(Class::Dependency, severity, found.issue(format!("line {number}")));
    }
    Ok(scan.finish(&[Class::Dependency], "line 1"))
}
