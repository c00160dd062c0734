//! humble, JSON.

use groma_model::{Issue, Severity};
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::{Class, count_class, count_results},
    fields,
    formats::no_secrets,
    json,
    severity::{Mapper, Severities, assigned},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "humble",
    title: "humble, JSON",
    tool: "humble",
    note: "Every entry of its lists is an issue: missing, fingerprinting, deprecated or empty headers. The tool has no \
           severity: Medium for missing headers, Low for the rest, assigned at import.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::NONE.assigning(&[("", Severity::Medium), ("", Severity::Low)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Sections of the report, whose numbers change with the version, and the issues in them.
const SECTIONS: &[(&str, &str, Severity)] = &[
    ("Missing", "Missing header", Severity::Medium),
    ("Fingerprint", "Header that tells the software", Severity::Low),
    ("Deprecated", "Deprecated header or insecure value", Severity::Low),
    ("Empty", "Empty header", Severity::Low),
];

/// Sections that are no issues.
const WITHOUT_ISSUES: &[&str] = &["Info", "HTTP Response Headers", "Enabled", "Browser Compatibility", "Analysis"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("[0. Info]"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    if root.get("[0. Info]").is_none() {
        let lacks = "no section `[0. Info]` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `humble.py -u URL -o json`"));
    }
    let mut import = Import::of(FORMAT.tool);
    let mapper = Mapper::new(FORMAT.tool, &[], input);
    fields::text(&root, "/[0. Info]/URL").clone_into(&mut import.subject);
    for (section, list) in fields::entries(&root, "") {
        // `[1. Missing HTTP Security Headers]`
        let name = section.trim_start_matches(|c: char| matches!(c, '[' | '.' | ' ') || c.is_ascii_digit());
        let Some((_, kind, severity)) = SECTIONS.iter().find(|(start, ..)| name.starts_with(start)) else {
            if !WITHOUT_ISSUES.iter().any(|start| name.starts_with(start)) {
                import.warn(None, format!("section `{section}` is not known: nothing of it was read"));
            }
            continue;
        };
        let at = format!("/{}", json::pointer(section));
        let mut count = 0;
        let Some(items) = list.as_array() else {
            import.warn(None, format!("`{at}` is no list: nothing of it was read"));
            continue;
        };
        for (index, item) in items.iter().enumerate() {
            // With details, an entry is an object.
            let named =
                ["/Header", "/header"].map(|key| fields::text(item, key)).into_iter().find(|name| !name.is_empty());
            let details = ["/Details", "/details", "/Value"].map(|key| fields::text(item, key));
            let details = details.into_iter().find(|details| !details.is_empty()).unwrap_or_default();
            let Some(text) = item.as_str().or(named) else {
                import.warn(None, format!("`{at}/{index}` is no text: it is left out"));
                continue;
            };
            if text.starts_with("Nothing to report") {
                continue;
            }
            count += 1;
            let header = text.split(" (").next().unwrap_or(text);
            let (severity, severity_origin) = mapper.assign(*severity, "");
            import.issues.push(Issue {
                rule: (*kind).to_owned(),
                title: format!("{kind}: {text}"),
                message: details.to_owned(),
                severity,
                severity_origin,
                component: header.to_owned(),
                location: fields::text(&root, "/[0. Info]/URL").to_owned(),
                fingerprint: format!("{kind}:{text}"),
                at: format!("{at}/{index}"),
                ..Issue::default()
            });
        }
        import.measure_count("scan.kind", count, kind, &at);
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
