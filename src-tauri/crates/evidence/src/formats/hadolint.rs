//! hadolint's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CONFIG_METRICS, Scan, headline},
    severity::{Severities, Words},
    tree::Tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "hadolint",
    title: "hadolint --format json",
    tool: "hadolint",
    note: "One issue a result.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities.
const WORDS: Words =
    &[("error", Severity::High), ("warning", Severity::Medium), ("info", Severity::Low), ("style", Severity::Info)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let keys = ["[]/code", "[]/level", "[]/file", "[]/column"];
    Confidence::certain_if(probe.is_list() && keys.iter().all(|key| probe.has(key)))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Tree<'_> = json::parse(input.text)?;
    let own = |item: &Tree<'_>| item.has("code") && item.has("level");
    if !matches!(document, Tree::List(_)) || !document.items().iter().all(own) {
        let remedy = "export it with `hadolint --format json Dockerfile > hadolint.json`";
        return Err(Refusal::not(FORMAT.title, "its items have no `code` with `level`", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if document.items().is_empty() {
        scan.import.note(Some(1), "`[]`, read as hadolint's word for nothing found");
    }
    for (at, found) in scan.objects(&document, "") {
        let code = found.text("code");
        let wiki = code.starts_with("DL").then(|| format!("https://github.com/hadolint/hadolint/wiki/{code}"));
        let issue = Issue {
            rule: code.to_owned(),
            title: headline(found.text("message")),
            message: found.text("message").to_owned(),
            component: found.text("file").to_owned(),
            location: found.text("file").to_owned(),
            line: found.line(&["line"]),
            url: wiki.unwrap_or_default(),
            at,
            ..Issue::default()
        };
        scan.add(Class::Config, found.text("level"), issue);
    }
    Ok(scan.finish(&[Class::Config], "line 1"))
}
