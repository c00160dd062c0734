//! Checkov's JSON.

use groma_model::Issue;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
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
    title: "checkov --output json",
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
    Confidence::certain_if(has("check_type") && has("results") || probe.is_object() && has("checkov_version"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
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
    let (mut passed, mut looked_at) = (0.0, vec![Class::Config]);
    for (index, report) in reports.iter().enumerate() {
        let at = if is_list { format!("/{index}/results") } else { "/results".to_owned() };
        report.first(&["summary/checkov_version", "checkov_version"]).clone_into(&mut scan.import.tool_version);
        if !report.has("results") {
            scan.import.warn(None, "only a summary: Checkov found nothing to check, which is not a clean result");
        }
        passed += report.number("summary/passed").unwrap_or_default();
        report.texts("results/parsing_errors").iter().for_each(|file| scan.add_error(file));
        let class = match report.text("check_type") {
            "sca_package" | "sca_image" => Class::Dependency,
            "secrets" => Class::Secret,
            kind if kind.starts_with("sast") => Class::Code,
            _ => Class::Config,
        };
        looked_at.push(class);
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
    let mut import = scan.finish(&looked_at, "line 1");
    import.measure("scan.passed", passed, "", "line 1");
    Ok(import)
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
