//! Semgrep's JSON, of code and of dependencies.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    mask::{Field, add_json_findings},
    scan::{Scan, cwes, distinct, headline},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "semgrep",
    title: "semgrep --json",
    tool: "Semgrep",
    note: "One issue a result, or a vulnerability that its API lists; what a comment ignores, or somebody dismissed, is \
           kept as suppressed. Errors that Semgrep reports of its own run are scan.errors: the files they are about \
           were not looked at. Quoted lines are not kept of rules for secrets.",
    metrics: &["scan.*", "sast.*", "deps.vulnerabilities", "deps.vulnerabilities.*"],
    severities: Severities::of(WORDS),
    sniff,
    secrets,
    parse,
};

/// Severities: of rules up to 2024, and since.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("ERROR", Severity::High),
    ("HIGH", Severity::High),
    ("WARNING", Severity::Medium),
    ("MEDIUM", Severity::Medium),
    ("MODERATE", Severity::Medium),
    ("INFO", Severity::Low),
    ("LOW", Severity::Low),
    ("INVENTORY", Severity::Info),
    ("EXPERIMENT", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let results = probe.has("results/[]/check_id") && probe.has("results/[]/extra");
    let clean = probe.has("results") && probe.has("errors") && (probe.has("paths") || probe.has("version"));
    let clean = clean || probe.has("results") && probe.has("errors") && probe.only(&["results", "errors"]);
    let other = probe.has("metrics") || probe.has("plugins_used") || probe.has("results/[]/test_id");
    let listed = probe.has("vulns/[]/advisory") && probe.has("vulns/[]/matchedDependency");
    Confidence::certain_if(probe.is_object() && ((results || clean) && !other || listed))
}

/// Rules for secrets quote what they found.
fn secrets(text: &str, secrets: &mut Secrets) {
    if text.contains("secrets.") {
        add_json_findings(text, secrets, |path| match path.strip_prefix("results/[]/extra/") {
            Some("lines" | "fix") => Field::Line,
            Some("message") => Field::Text,
            Some(path) if path.ends_with("/abstract_content") => Field::Line,
            _ => Field::Other,
        });
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `semgrep scan --json --output semgrep.json`";
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    if document.has("vulns") && !document.has("results") {
        return read_listed(&document, input);
    }
    let results = document.get("results");
    let lacks = |key: &str| Refusal::not(FORMAT.title, &format!("no `{key}` in it"), remedy);
    if !document.has("results") {
        return Err(lacks("results"));
    }
    // What takes results out of a report often leaves nothing else in it.
    if !document.has("errors") && results.items().is_empty() {
        return Err(lacks("errors"));
    }
    let own = |result: &Tree<'_>| result.has("check_id") && result.has("extra");
    let bare = document.entries().len() == 2;
    let empty = results.items().is_empty() && !bare && !document.has("paths") && !document.has("version");
    if empty || document.has("metrics") || !results.items().iter().all(own) {
        return Err(Refusal::not(FORMAT.title, "its results have no `check_id`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("version").clone_into(&mut scan.import.tool_version);
    for error in document.get("errors").items() {
        scan.add_error(&match error.first(&["message", "long_msg", "short_msg"]) {
            "" => format!("{} {}", error.text("type"), error.text("path")),
            message => message.to_owned(),
        });
    }
    for (at, found) in scan.objects(results, "/results") {
        let extra = found.get("extra");
        let dependency = extra.get("sca_info/dependency_match/found_dependency");
        let class = if extra.has("sca_info") { Class::Dependency } else { Class::Code };
        let mut issue = issue(found, extra, at);
        if class == Class::Dependency {
            dependency.text("package").clone_into(&mut issue.component);
            dependency.text("version").clone_into(&mut issue.component_version);
        }
        scan.add(class, extra.text("severity"), issue);
    }
    if results.items().is_empty() && *document.get("paths/scanned") == Tree::List(Vec::new()) {
        scan.looked_at_nothing("Semgrep looked at no file");
    }
    Ok(scan.finish(&[Class::Code], "/results"))
}

/// Reads what the API lists of vulnerable dependencies.
fn read_listed(document: &Tree<'_>, input: &Input<'_>) -> Result<Import, Refusal> {
    let list = document.get("vulns");
    if !list.items().iter().all(|found| found.has("advisory")) {
        return Err(Refusal::not(FORMAT.title, "its `vulns` have no `advisory`", "export it again"));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    for (at, found) in scan.objects(list, "/vulns") {
        let advisory = found.get("advisory");
        let cve = advisory.texts("references/cveIds");
        let issue = Issue {
            rule: match cve.first() {
                Some(id) => (*id).to_owned(),
                None => advisory.text("ruleId").to_owned(),
            },
            title: found.first(&["title", "advisory/title"]).to_owned(),
            message: advisory.text("description").to_owned(),
            component: found.text("matchedDependency/name").to_owned(),
            component_version: found.text("matchedDependency/versionSpecifier").to_owned(),
            fixed_version: found.text("closestSafeDependency/versionSpecifier").to_owned(),
            location: found.text("dependencyFileLocation/path").to_owned(),
            line: found.line(&["dependencyFileLocation/startLine"]),
            fingerprint: match found.text("groupKey") {
                "" => String::new(),
                key => format!("{key}:{}", found.text("matchedDependency/versionSpecifier")),
            },
            cwe: cwes(advisory.texts("references/cweIds")),
            cve: distinct(cve),
            url: advisory.texts("references/urls").first().copied().unwrap_or_default().to_owned(),
            suppressed: matches!(found.text("triage/status"), "DISMISSED" | "IGNORED" | "FIXED"),
            at,
            ..Issue::default()
        };
        scan.add(Class::Dependency, advisory.text("severity"), issue);
    }
    Ok(scan.finish(&[Class::Dependency], "/vulns"))
}

fn issue(found: &Tree<'_>, extra: &Tree<'_>, at: String) -> Issue {
    let (path, rule) = (found.text("path"), found.text("check_id"));
    let metadata = extra.get("metadata");
    // Without an account this is all that stands there.
    let fingerprint = match extra.text("fingerprint") {
        "requires login" => String::new(),
        print => print.to_owned(),
    };
    Issue {
        rule: rule.to_owned(),
        title: headline(extra.text("message")),
        message: extra.text("message").to_owned(),
        component: path.to_owned(),
        location: path.to_owned(),
        line: found.line(&["start/line"]),
        fingerprint,
        cwe: cwes(metadata.texts("cwe")),
        cve: distinct(metadata.texts("sca-vuln-database-identifier").into_iter().chain(metadata.texts("cve"))),
        url: metadata.first(&["shortlink", "source", "source-rule-url"]).to_owned(),
        suppressed: extra.is_true("is_ignored"),
        at,
        ..Issue::default()
    }
}
