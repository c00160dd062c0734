//! Safety's JSON: the list of lists of version 1, the object of versions 2 and 3, and that of `safety scan`.

use std::collections::HashSet;

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{DEPENDENCY_METRICS, Scan, distinct, headline},
    severity::{Severities, of_score},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "safety",
    title: "safety check --json, safety scan --output json",
    tool: "Safety",
    note: "One issue a vulnerability of a package; those that a policy ignores are kept as suppressed. Without an API key \
           Safety says no severity: Medium is assigned at import.",
    metrics: DEPENDENCY_METRICS,
    severities: Severities::NONE.scored().assigning(&[("", Severity::Medium)]),
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let object = probe.has("report_meta") && (probe.has("vulnerabilities") || probe.has("scanned_packages"));
    let scanned = probe.has("meta/schema_version") && probe.has("scan_results");
    Confidence::certain_if(probe.is_object() && (object || scanned) || starts_like_version_1(probe.text()))
}

/// Whether a list begins with a list of name, affected versions, version, advisory and number.
fn starts_like_version_1(text: &str) -> bool {
    let Some(inner) = text.trim_start().strip_prefix('[').map(str::trim_start).filter(|rest| rest.starts_with('['))
    else {
        return false;
    };
    json::parse::<Tree<'_>>(&inner[..json::length(inner)]).is_ok_and(|first| is_version_1(&first))
}

fn is_version_1(item: &Tree<'_>) -> bool {
    let cell = |index: usize| if let Some(Tree::Scalar(text)) = item.items().get(index) { text.as_str() } else { "" };
    let id = cell(4);
    !cell(0).is_empty() && !cell(2).is_empty() && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `safety check --json > safety.json`";
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    if input.text.trim_start().starts_with('[') {
        let rows: Vec<Tree<'_>> = json::parse(input.text)?;
        if rows.is_empty() {
            scan.import.note(Some(1), "`[]`, read as Safety 1's word for nothing found");
        }
        if !rows.iter().all(is_version_1) {
            return Err(Refusal::not(FORMAT.title, "its items are no lists of name, versions and advisory", remedy));
        }
        for (index, row) in rows.iter().enumerate() {
            if input.stop.now() {
                return Err(Refusal::stopped());
            }
            let cells = if let Tree::List(cells) = row { &cells[..] } else { &[] };
            let cell = |at: usize| if let Some(Tree::Scalar(text)) = cells.get(at) { text.as_str() } else { "" };
            let issue = issue([cell(4), cell(0), cell(2), cell(3)], format!("/{index}"));
            let score = [6, 5].iter().find_map(|at| cells.get(*at)?.number("base_score"));
            add(&mut scan, score, issue);
        }
        return Ok(scan.finish(&[Class::Dependency], "line 1"));
    }
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    if document.has("scan_results") {
        return Ok(read_scan(scan, &document));
    }
    if let Some(lacks) = ["report_meta", "vulnerabilities"].into_iter().find(|key| !document.has(key)) {
        return Err(Refusal::not(FORMAT.title, &format!("no `{lacks}` in it"), remedy));
    }
    document.text("report_meta/safety_version").clone_into(&mut scan.import.tool_version);
    let mut advisories = HashSet::new();
    for (list, suppressed) in [("vulnerabilities", false), ("ignored_vulnerabilities", true)] {
        for (at, found) in scan.objects(document.get(list), &format!("/{list}")) {
            let id = found.first(&["vulnerability_id", "advisory_id"]);
            advisories.insert(id);
            let of = [id, found.text("package_name"), found.text("analyzed_version"), found.text("advisory")];
            let mut issue = issue(of, at);
            issue.suppressed = suppressed || found.is_true("ignored");
            issue.fixed_version = found.texts("fixed_versions").join(", ");
            issue.cve = distinct(found.texts("CVE").into_iter().chain([found.text("CVE/name")]));
            found.text("more_info_url").clone_into(&mut issue.url);
            let scores = ["severity/cvssv3/base_score", "severity/cvssv2/base_score"];
            let score = scores.iter().find_map(|path| found.number(path));
            add(&mut scan, score, issue);
        }
    }
    let total = document.number("report_meta/packages_found");
    if total == Some(0.0) {
        scan.looked_at_nothing("Safety looked at no package");
    }
    let mut import = scan.finish(&[Class::Dependency], "/vulnerabilities");
    if total != Some(0.0) {
        import.measure_count("deps.advisories", advisories.len(), "", "/vulnerabilities");
    }
    if let Some(total) = total {
        import.measure("deps.dependencies", total, "", "/report_meta/packages_found");
    }
    Ok(import)
}

/// Reads what `safety scan` writes: it names advisories by their number alone.
fn read_scan(mut scan: Scan<'_>, document: &Tree<'_>) -> Import {
    document.text("meta/telemetry/safety_version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.text("meta/timestamp").parse().ok();
    let results = document.get("scan_results");
    let mut files = vec![("/scan_results/files".to_owned(), results.get("files"))];
    for (index, project) in results.get("projects").items().iter().enumerate() {
        files.push((format!("/scan_results/projects/{index}/files"), project.get("files")));
    }
    let idle = files.iter().all(|(_, list)| list.items().is_empty());
    if idle {
        scan.looked_at_nothing("no file in it: nothing was looked at");
    }
    let mut advisories = HashSet::new();
    for (at, list) in files {
        for (at, file) in scan.objects(list, &at) {
            let at = format!("{at}/results/dependencies");
            for (at, package) in scan.objects(file.get("results/dependencies"), &at) {
                for (at, version) in scan.objects(package.get("specifications"), &format!("{at}/specifications")) {
                    let at = format!("{at}/vulnerabilities/known_vulnerabilities");
                    for (at, found) in scan.objects(version.get("vulnerabilities/known_vulnerabilities"), &at) {
                        let (id, name) = (found.text("id"), package.text("name"));
                        advisories.insert(id);
                        let raw = version.text("raw");
                        let pinned = raw.split_once("==").map_or(raw, |(_, version)| version);
                        let title = format!("{id} in {name}");
                        let issue = Issue {
                            fixed_version: version.text("vulnerabilities/remediation/recommended").to_owned(),
                            location: file.text("location").to_owned(),
                            suppressed: !matches!(found.get("ignored"), Tree::Null) && found.text("ignored") != "false",
                            ..issue([id, name, pinned, &title], at)
                        };
                        add(&mut scan, None, issue);
                    }
                }
            }
        }
    }
    let mut import = scan.finish(&[Class::Dependency], "/scan_results");
    if !idle {
        import.measure_count("deps.advisories", advisories.len(), "", "/scan_results");
    }
    import
}

fn add(scan: &mut Scan<'_>, score: Option<f64>, issue: Issue) {
    match score.map(|score| (score.to_string(), of_score(score))) {
        Some((word, Some(severity))) => scan.add_scored(Class::Dependency, severity, &word, issue),
        Some((word, None)) => scan.add(Class::Dependency, &word, issue),
        None => scan.add_assigned(Class::Dependency, Severity::Medium, "", issue),
    }
}

fn issue([id, name, version, advisory]: [&str; 4], at: String) -> Issue {
    Issue {
        rule: id.to_owned(),
        title: headline(advisory),
        message: advisory.to_owned(),
        component: name.to_owned(),
        component_version: version.to_owned(),
        at,
        ..Issue::default()
    }
}
