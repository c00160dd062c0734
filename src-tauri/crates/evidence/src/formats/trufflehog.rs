//! TruffleHog's JSON: one object a line, of version 3 and version 2.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    mask::{Field, add_json_findings},
    scan::{SECRET_METRICS, Scan},
    severity::Severities,
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "trufflehog",
    title: "trufflehog --json",
    tool: "TruffleHog",
    note: "One issue a finding. TruffleHog knows no severity, but tries what it finds: a verified secret is Critical, \
           another High, assigned at import. What it found is masked.",
    metrics: SECRET_METRICS,
    severities: Severities::NONE.assigning(&[
        ("verified", Severity::Critical),
        ("unverified", Severity::High),
        ("", Severity::High),
    ]),
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(key) || probe.has(&format!("[]/{key}"));
    let current = has("SourceMetadata") && has("DetectorName") && has("Verified");
    let old = probe.is_object() && probe.has("stringsFound") && probe.has("reason");
    Confidence::certain_if(current || old)
}

fn secrets(text: &str, secrets: &mut Secrets) {
    add_json_findings(text, secrets, |path| match path.strip_prefix("[]/").unwrap_or(path) {
        "Raw" | "RawV2" => Field::Secret,
        "Redacted" | "stringsFound/[]" | "diff" | "printDiff" => Field::Line,
        "commit" => Field::Text,
        path if path.starts_with("ExtraData/") || path.starts_with("StructuredData/") => Field::Text,
        path if path.starts_with("SourceMetadata/") && path.ends_with("/link") => Field::Text,
        _ => Field::Other,
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let lines = tree::stream(input.text)?;
    let current = |line: &Tree<'_>| line.has("SourceMetadata") && line.has("Verified");
    let old = |line: &Tree<'_>| line.has("stringsFound") && line.has("reason");
    let own = |line: &Tree<'_>| current(line) || old(line);
    // With its log in the same file, lines of that stand between.
    if !lines.iter().any(|(_, line)| current(line)) && (lines.is_empty() || !lines.iter().all(|(_, line)| old(line)))
        || input.text.trim_start().starts_with('[') && !lines.iter().all(|(_, line)| current(line))
    {
        let remedy = "export it with `trufflehog git URL --json > trufflehog.json`";
        return Err(Refusal::not(FORMAT.title, "no `SourceMetadata` with `Verified` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, &[], input);
    let list = input.text.trim_start().starts_with('[');
    for (index, (line, found)) in lines.iter().enumerate() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if !own(found) {
            match found.text("level") {
                "error" => scan.add_error(found.text("msg")),
                _ => scan.import.note(Some(*line), "a line that is no finding: left out"),
            }
            continue;
        }
        let at = if list { format!("/{index}") } else { format!("line {line}") };
        let verified = found.is_true("Verified");
        let (severity, word) = match verified {
            true => (Severity::Critical, "verified"),
            false => (Severity::High, if current(found) { "unverified" } else { "" }),
        };
        scan.add_assigned(Class::Secret, severity, word, issue(found, at));
    }
    Ok(scan.finish(&[Class::Secret], "line 1"))
}

fn issue(found: &Tree<'_>, at: String) -> Issue {
    let nothing = Tree::Null;
    let source = found.get("SourceMetadata/Data").entries().first().map_or(&nothing, |(_, source)| source);
    let detector = found.first(&["DetectorName", "reason"]);
    let file = match source.first(&["file", "path", "link", "repository", "bucket"]) {
        "" => found.text("path"),
        file => file,
    };
    let commit = match source.text("commit") {
        "" => found.text("commitHash"),
        commit => commit,
    };
    let redacted = found.text("Redacted");
    Issue {
        rule: detector.to_owned(),
        title: format!("Secret found: {detector}"),
        message: match (commit, redacted) {
            ("", redacted) => redacted.to_owned(),
            (commit, "") => format!("commit {commit}"),
            (commit, redacted) => format!("{redacted} (commit {commit})"),
        },
        component: file.to_owned(),
        location: file.to_owned(),
        line: source.line(&["line"]),
        url: source.text("link").to_owned(),
        at,
        ..Issue::default()
    }
}
