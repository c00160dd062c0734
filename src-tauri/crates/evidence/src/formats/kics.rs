//! KICS' JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan, cwes, paragraphs},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "kics",
    title: "kics scan --report-formats json",
    tool: "KICS",
    note: "One issue a place that a query found.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `TRACE` is KICS' own word.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("INFO", Severity::Info),
    ("TRACE", Severity::Info),
];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let counted = probe.has("queries_total") && probe.has("files_scanned");
    // Excerpts lack what is counted.
    let found =
        ["query_name", "severity", "files/[]/file_name"].iter().all(|key| probe.has(&format!("queries/[]/{key}")));
    Confidence::certain_if(probe.is_object() && (counted || found))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `kics scan --path . --report-formats json`";
    let document = tree::object(input.text, FORMAT.title, &[], remedy)?;
    let queries = document.get("queries").items();
    let own = |query: &Tree<'_>| query.has("query_name") && query.has("files");
    let counted = document.has("queries_total") && document.has("files_scanned");
    if !counted && (queries.is_empty() || !queries.iter().all(own)) {
        return Err(Refusal::not(FORMAT.title, "no `queries_total` with `files_scanned` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("kics_version").clone_into(&mut scan.import.tool_version);
    scan.import.captured_at = document.first(&["end", "start"]).parse().ok();
    for (key, what) in [("files_failed_to_scan", "files"), ("queries_failed_to_execute", "queries")] {
        if let Some(count) = document.number(key).filter(|count| *count > 0.0) {
            scan.add_error(&format!("{count} {what} failed"));
        }
    }
    for (at, query) in scan.objects(document.get("queries"), "/queries") {
        for (at, file) in scan.objects(query.get("files"), &format!("{at}/files")) {
            let issue = Issue {
                rule: query.first(&["query_id", "query_name"]).to_owned(),
                title: query.text("query_name").to_owned(),
                message: paragraphs([
                    query.text("description"),
                    file.text("expected_value"),
                    file.text("actual_value"),
                ]),
                component: file.first(&["resource_name", "file_name"]).to_owned(),
                location: file.text("file_name").to_owned(),
                line: file.line(&["line"]),
                fingerprint: file.text("similarity_id").to_owned(),
                cwe: cwes([query.text("cwe")].into_iter().filter(|cwe| !cwe.is_empty())),
                url: query.text("query_url").to_owned(),
                at,
                ..Issue::default()
            };
            scan.add(Class::Config, query.text("severity"), issue);
        }
    }
    if document.number("files_scanned") == Some(0.0) {
        scan.looked_at_nothing("KICS looked at no file");
    }
    Ok(scan.finish(&[Class::Config], "/queries"))
}
