//! Checkov's JSON, and what it prints.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    json,
    scan::{COMMON, Scan},
    severity::Severities,
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "checkov",
    title: "checkov --output json, cli",
    tool: "Checkov",
    note: "One issue a failed check of a resource; skipped ones are kept as suppressed, passed ones counted. Without an API \
           key Checkov says no severity: Medium is assigned at import.",
    metrics: &[
        "scan.*",
        "config.*",
        "sast.*",
        "deps.vulnerabilities",
        "deps.vulnerabilities.*",
        "licenses.found",
        "secrets.found",
    ],
    severities: Severities::of(COMMON),
    sniff,
    secrets: no_secrets,
    parse,
};

/// What Checkov writes between its outputs.
const DELIMITER: &str = "--- OUTPUT DELIMITER ---";

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    let json = has("check_type") && has("results") || probe.is_object() && has("checkov_version");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// `Passed checks: 4, Failed checks: 3, Skipped checks: 0, Parsing errors: 1`; of packages it does not tell what passed.
fn summary(line: &str) -> Option<[u32; 2]> {
    let of = |name: &str| line.trim().split(", ").find_map(|part| part.strip_prefix(name)?.parse().ok());
    let (failed, _skipped): (u32, u32) = (of("Failed checks: ")?, of("Skipped checks: ")?);
    let begins = ["Passed checks: ", "Failed checks: "].iter().any(|start| line.trim().starts_with(start));
    begins.then(|| [of("Passed checks: ").unwrap_or_default(), failed])
}

/// What became of a check, and of which resource: `FAILED for resource: aws_s3_bucket.a`.
fn outcome(line: &str) -> Option<(&str, &str)> {
    line.trim().split_once(" for resource: ").filter(|(word, _)| matches!(*word, "FAILED" | "PASSED" | "SKIPPED"))
}

fn is_text(head: &str) -> bool {
    if head.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let head = without_colours(head);
    let checks = head.lines().zip(head.lines().skip(1));
    head.lines().any(|line| summary(line).is_some())
        || checks.into_iter().any(|(check, below)| check.starts_with("Check: ") && outcome(below).is_some())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_text(input.text) {
        return parse_text(input);
    }
    // Where several outputs are asked for at once, the others stand behind a line.
    let (text, others) = input.text.split_once(DELIMITER).map_or((input.text, ""), |(text, others)| (text, others));
    let document: Tree<'_> = json::parse(text)?;
    let is_list = matches!(document, Tree::List(_));
    let reports = if is_list { document.items() } else { std::slice::from_ref(&document) };
    // Where nothing at all was there to check, only the summary is written.
    let own = |report: &Tree<'_>| report.has("check_type") && report.has("results") || report.has("checkov_version");
    if reports.is_empty() || !reports.iter().all(own) {
        let remedy = "export it with `checkov --directory . --output json > checkov.json`";
        return Err(Refusal::not(FORMAT.title, "no `check_type` with `results` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    if !others.trim().is_empty() {
        scan.import.note(None, "what stands behind the JSON is the same in another format: left out");
    }
    let (mut passed, mut looked_at) = (0.0, Vec::new());
    for (index, report) in reports.iter().enumerate() {
        let at = if is_list { format!("/{index}/results") } else { "/results".to_owned() };
        report.first(&["summary/checkov_version", "checkov_version"]).clone_into(&mut scan.import.tool_version);
        passed += report.number("summary/passed").unwrap_or_default();
        report.texts("results/parsing_errors").iter().for_each(|file| scan.add_error(file));
        let class = class(report.text("check_type"));
        if report.has("results") && !is_idle(report, class) {
            looked_at.push(class);
        }
        for (list, suppressed) in [("failed_checks", false), ("skipped_checks", true)] {
            for (at, found) in scan.objects(report.get("results").get(list), &format!("{at}/{list}")) {
                // What a package is licensed under is checked with what is known against it.
                let class = match found.has("vulnerability_details/license") {
                    true => Class::License,
                    false => class,
                };
                let word = found.first(&["severity", "vulnerability_details/severity"]);
                scan.add(class, word, Issue { suppressed, ..issue(found, at) });
            }
        }
    }
    if looked_at.is_empty() {
        scan.looked_at_nothing("Checkov found nothing to check");
    }
    let mut import = scan.finish(&looked_at, "line 1");
    import.measure("scan.passed", passed, "", "line 1");
    Ok(import)
}

/// Whether a report says that nothing was there to check. Those of code and secrets count no resources.
fn is_idle(report: &Tree<'_>, class: Class) -> bool {
    let none = |key: &str| report.number(&format!("summary/{key}")) == Some(0.0);
    class == Class::Config && ["passed", "failed", "skipped", "resource_count"].into_iter().all(none)
}

fn issue(found: &Tree<'_>, at: String) -> Issue {
    let vulnerability = found.get("vulnerability_details");
    let file = found.first(&["repo_file_path", "file_path"]);
    let resource = match vulnerability.text("package_name") {
        "" => found.text("resource"),
        package => package,
    };
    Issue {
        rule: found.first(&["check_id", "bc_check_id"]).to_owned(),
        title: found.text("check_name").to_owned(),
        message: found.first(&["check_result/suppress_comment", "description", "short_description"]).to_owned(),
        component: if resource.is_empty() { file } else { resource }.to_owned(),
        component_version: vulnerability.text("package_version").to_owned(),
        fixed_version: match &vulnerability.texts("fixed_versions")[..] {
            [] => vulnerability.text("lowest_fixed_version").trim_start_matches("N/A").to_owned(),
            versions => versions.join(", "),
        },
        location: file.to_owned(),
        line: found.texts("file_line_range").first().and_then(|line| line.parse().ok()).filter(|line| *line > 0),
        cve: crate::scan::cves([vulnerability.text("id")]),
        url: found.first(&["guideline", "vulnerability_details/link"]).to_owned(),
        at,
        ..Issue::default()
    }
}

fn class(kind: &str) -> Class {
    match kind {
        "sca_package" | "sca_image" => Class::Dependency,
        "secrets" => Class::Secret,
        kind if kind.starts_with("sast") => Class::Code,
        _ => Class::Config,
    }
}

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, COMMON, input);
    let (mut looked_at, mut current) = (Vec::new(), Class::Config);
    let (mut passed, mut failed, mut found) = (0, None, 0);
    let mut open: Option<(Issue, String)> = None;
    let mut check = ("", 0);
    for (line, number) in text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let told = line.trim();
        if let Some(name) = line.strip_prefix("Check: ") {
            close(&mut scan, current, open.take());
            check = (name, number);
        } else if let Some((word, resource)) = outcome(line) {
            close(&mut scan, current, open.take());
            found += u32::from(word == "FAILED");
            if word != "PASSED" {
                // `CKV_AWS_20: "S3 Bucket has …"`; old versions do not say the id.
                let (id, name) = check.0.split_once(": ").filter(|(id, _)| !id.contains('"')).unwrap_or(("", check.0));
                let issue = Issue {
                    rule: id.to_owned(),
                    title: name.trim().trim_matches('"').to_owned(),
                    component: resource.to_owned(),
                    suppressed: word == "SKIPPED",
                    at: format!("line {}", check.1),
                    ..Issue::default()
                };
                open = Some((issue, String::new()));
            }
        } else if let Some(kind) = told.strip_suffix(" scan results:") {
            close(&mut scan, current, open.take());
            current = class(kind);
        } else if let Some([some, more]) = summary(line) {
            // Packages stand in tables of their own, which are not read.
            looked_at.extend(Some(current).filter(|class| *class != Class::Dependency));
            passed = some.saturating_add(passed);
            failed = Some(more.saturating_add(failed.unwrap_or_default()));
        } else if let Some((_, version)) = told.split_once("| version: ") {
            version.trim().clone_into(&mut scan.import.tool_version);
        } else if let Some(file) = told.strip_prefix("Error parsing file ") {
            scan.add_error(file);
        } else if let Some((issue, word)) = &mut open {
            match told.split_once(": ") {
                Some(("Severity", severity)) => severity.clone_into(word),
                Some(("Suppress comment", comment)) => comment.clone_into(&mut issue.message),
                Some(("Guide", url)) => url.clone_into(&mut issue.url),
                // `/main.tf:1-10`
                Some(("File", place)) if issue.location.is_empty() => {
                    let (file, lines) = place.rsplit_once(':').unwrap_or((place, ""));
                    file.clone_into(&mut issue.location);
                    issue.line = lines.split('-').next().and_then(|line| line.parse().ok()).filter(|line| *line > 0);
                }
                _ => {}
            }
        }
    }
    close(&mut scan, current, open.take());
    match failed {
        None => scan.import.error(None, "no count of passed and failed checks: the file is not complete"),
        Some(failed) if found == 0 && failed > 0 => {
            let lacks = format!("it counts {failed} failed checks and tells none of them");
            return Err(Refusal::not(FORMAT.title, &lacks, "export it with `checkov --output json`"));
        }
        Some(failed) if failed != found => {
            scan.import.warn(None, format!("{failed} checks failed by the count, {found} stand in the text"));
        }
        Some(_) => {}
    }
    let mut import = scan.finish(&looked_at, "line 1");
    import.measure("scan.passed", f64::from(passed), "", "line 1");
    Ok(import)
}

fn close(scan: &mut Scan<'_>, class: Class, found: Option<(Issue, String)>) {
    if let Some((issue, word)) = found {
        scan.add(class, &word, issue);
    }
}
