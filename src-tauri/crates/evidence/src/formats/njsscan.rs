//! njsscan's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::Class,
    json,
    mask::{Field, add_json_findings},
    scan::{CODE_METRICS, Scan, cwes, headline},
    severity::{Severities, Words},
    tree::{self, Tree},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "njsscan",
    title: "njsscan --json",
    tool: "njsscan",
    note: "One issue a place that a rule found, and one a control that is missing in the whole code. Rules that found \
           something are scan.rules. Code quoted by rules for credentials is masked.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[("ERROR", Severity::High), ("WARNING", Severity::Medium), ("INFO", Severity::Low)];

/// Where njsscan lists what it found.
const PARTS: [&str; 2] = ["nodejs", "templates"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let parts = probe.has("nodejs") && probe.has("templates");
    Confidence::certain_if(probe.is_object() && parts && (probe.has("njsscan_version") || probe.has("errors")))
}

/// Rules for credentials quote them.
fn secrets(text: &str, secrets: &mut Secrets) {
    add_json_findings(text, secrets, |path| {
        let mut parts = path.split('/').skip(1);
        let rule = parts.next().unwrap_or_default();
        let telling = ["password", "secret", "hardcod", "api_key", "token", "username", "credential", "_iv", "aes"];
        match telling.iter().any(|word| rule.contains(word)) && path.ends_with("/match_string") {
            true => Field::Line,
            false => Field::Other,
        }
    });
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `njsscan --json --output njsscan.json FOLDER`";
    let document = tree::object(input.text, FORMAT.title, &["nodejs", "templates"], remedy)?;
    if !document.has("njsscan_version") && !document.has("errors") {
        return Err(Refusal::not(FORMAT.title, "no `njsscan_version` in it", remedy));
    }
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("njsscan_version").clone_into(&mut scan.import.tool_version);
    for error in document.get("errors").items() {
        scan.add_error(match error.first(&["message", "long_msg", "short_msg", "type"]) {
            "" => error.text_itself(),
            message => message,
        });
    }
    let mut rules = 0;
    for part in PARTS {
        for (rule, found) in document.get(part).entries() {
            rules += 1;
            let rule = rule.as_str();
            let at = format!("/{part}/{}", json::pointer(rule));
            let word = found.text("metadata/severity");
            if !found.has("files") {
                scan.add(Class::Code, word, issue(rule, found, at));
                continue;
            }
            for (at, file) in scan.objects(found.get("files"), &format!("{at}/files")) {
                let issue = Issue {
                    component: file.text("file_path").to_owned(),
                    location: file.text("file_path").to_owned(),
                    line: file.get("match_lines").items().first().and_then(|line| line.text_itself().parse().ok()),
                    ..issue(rule, found, at)
                };
                scan.add(Class::Code, word, issue);
            }
        }
    }
    let mut import = scan.finish(&[Class::Code], "line 1");
    import.measure_count("scan.rules", rules, "", "line 1");
    Ok(import)
}

fn issue(rule: &str, found: &Tree<'_>, at: String) -> Issue {
    let description = found.text("metadata/description");
    Issue {
        rule: rule.to_owned(),
        title: headline(description),
        message: description.to_owned(),
        cwe: cwes(found.texts("metadata/cwe")),
        at,
        ..Issue::default()
    }
}
