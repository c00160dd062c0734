//! humble's JSON, CSV and XML.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::{Class, count_class, count_results},
    humble::{TITLE, from_csv, from_json, from_xml, kind},
    mask::add_cookies,
    severity::{Mapper, Severities, assigned},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "humble",
    title: TITLE,
    tool: "humble",
    note: "Every entry of its lists is an issue: missing, fingerprinting, deprecated or empty headers. The tool has no \
           severity: Medium for missing headers, Low for the rest, assigned at import. Values of cookies are masked.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::NONE.assigning(&[("", Severity::Medium), ("", Severity::Low)]),
    sniff,
    secrets,
    parse,
};

/// What it writes where it found nothing.
const NOTHING: &[&str] = &["Nothing to report", "Nada que reportar", "Todo parece"];

fn is_csv(text: &str) -> bool {
    let start = text.trim_start().split_once('\n').map_or("", |(_, rest)| rest);
    start.trim_start_matches(['"', '[']).starts_with("0. Info")
}

fn is_xml(text: &str) -> bool {
    text.starts_with('<') && text.contains("<analysis") && text.contains("[0. Info")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head().trim_start();
    Confidence::certain_if(probe.is_object() && probe.has("[0. Info]") || is_csv(head) || is_xml(head))
}

/// It quotes the cookies of the response.
fn secrets(text: &str, secrets: &mut Secrets) {
    add_cookies(text, secrets);
}

/// Without the mark of what is experimental.
fn plain(text: &str) -> &str {
    text.trim().trim_start_matches("(*)").trim_start()
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let start = input.text.trim_start();
    let sections = match start {
        text if text.starts_with('<') => from_xml(input, &mut import)?,
        text if is_csv(text) => from_csv(input, &mut import)?,
        _ => from_json(input, &mut import)?,
    };
    let mapper = Mapper::new(FORMAT.tool, &[], input);
    for section in sections {
        let Some((_, kind, severity)) = kind(&section.name) else { continue };
        let mut count = 0;
        for entry in section.entries {
            let text = plain(&entry.text);
            if text.is_empty() || NOTHING.iter().any(|nothing| text.starts_with(nothing)) {
                continue;
            }
            count += 1;
            let header = text.split(" (").next().unwrap_or(text);
            let (severity, severity_origin) = mapper.assign(*severity, "");
            import.issues.push(Issue {
                rule: (*kind).to_owned(),
                title: format!("{kind}: {text}"),
                message: entry.details,
                severity,
                severity_origin,
                component: header.to_owned(),
                location: import.subject.clone(),
                fingerprint: format!("{kind}:{text}"),
                at: entry.at,
                ..Issue::default()
            });
        }
        import.measure_count("scan.kind", count, kind, &section.at);
    }
    let count = assigned(&import);
    if count > 0 {
        import.note(
            None,
            format!(
                "humble says no severity of {count} issues: Medium for missing headers, Low for the rest, assigned at import"
            ),
        );
    }
    count_results(&mut import, "/");
    count_class(&mut import, Class::Config, "/", |_| true);
    Ok(import)
}
