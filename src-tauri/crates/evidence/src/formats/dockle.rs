//! Dockle's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "dockle",
    title: "dockle --format json",
    tool: "Dockle",
    note: "One issue a check, its alerts in the message; passed, skipped and ignored checks are counted.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities.
const WORDS: Words = &[("FATAL", Severity::High), ("WARN", Severity::Medium), ("INFO", Severity::Low)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("summary/fatal") && probe.has("summary/pass"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `dockle --format json --output dockle.json IMAGE`";
    let document = tree::object(input.text, FORMAT.title, &["summary/fatal", "summary/pass", "details"], remedy)?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.text("image").clone_into(&mut scan.import.subject);
    for (at, found) in scan.objects(document.get("details"), "/details") {
        let level = found.text("level");
        if matches!(level, "PASS" | "SKIP" | "IGNORE") {
            scan.add_other(level);
            continue;
        }
        let alerts = found.texts("alerts");
        let issue = Issue {
            rule: found.text("code").to_owned(),
            title: found.text("title").to_owned(),
            message: alerts.join("\n"),
            component: document.text("image").to_owned(),
            url: format!(
                "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#{}",
                found.text("code").to_ascii_lowercase()
            ),
            at,
            ..Issue::default()
        };
        scan.add(Class::Config, level, issue);
    }
    let mut import = scan.finish(&[Class::Config], "/details");
    if let Some(passed) = document.number("summary/pass") {
        import.measure("scan.passed", passed, "", "/summary/pass");
    }
    Ok(import)
}
