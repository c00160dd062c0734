//! Dockle's JSON and its list.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    bench::without_colours,
    class::Class,
    formats::no_secrets,
    scan::{CONFIG_METRICS, Scan},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "dockle",
    title: "dockle --format json, list",
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
    let json = probe.is_object() && probe.has("summary/fatal") && probe.has("summary/pass");
    Confidence::certain_if(json || is_text(probe.head()))
}

/// `WARN - CIS-DI-0005: Enable Content trust for Docker`
fn printed(line: &str) -> Option<(&str, &str, &str)> {
    let (level, rest) = line.split_once(char::is_whitespace)?;
    let known = matches!(level, "FATAL" | "WARN" | "INFO" | "PASS" | "SKIP" | "IGNORE");
    let (code, title) = rest.trim_start().strip_prefix("- ")?.split_once(": ")?;
    (known && (code.starts_with("CIS-DI-") || code.starts_with("DKL-"))).then(|| (level, code, title.trim()))
}

fn is_text(head: &str) -> bool {
    !head.starts_with(['{', '[', '<']) && without_colours(head).lines().any(|line| printed(line).is_some())
}

fn address(code: &str) -> String {
    format!("https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#{}", code.to_ascii_lowercase())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_text(input.text) {
        return parse_text(input);
    }
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
            url: address(found.text("code")),
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

fn parse_text(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = without_colours(input.text);
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    let (mut found, mut passed): (Option<(Issue, &str)>, u32) = (None, 0);
    for (line, number) in text.lines().zip(1_u64..) {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        if let Some((level, code, title)) = printed(line) {
            if let Some((issue, level)) = found.take() {
                scan.add(Class::Config, level, issue);
            }
            match level {
                "PASS" | "SKIP" | "IGNORE" => {
                    passed += u32::from(level == "PASS");
                    scan.add_other(level);
                }
                _ => {
                    let issue = Issue {
                        rule: code.to_owned(),
                        title: title.to_owned(),
                        url: address(code),
                        at: format!("line {number}"),
                        ..Issue::default()
                    };
                    found = Some((issue, level));
                }
            }
        } else if let (Some((issue, _)), Some(alert)) = (&mut found, line.trim().strip_prefix("* ")) {
            issue.message = [issue.message.as_str(), alert].join("\n").trim().to_owned();
        }
    }
    if let Some((issue, level)) = found {
        scan.add(Class::Config, level, issue);
    }
    let mut import = scan.finish(&[Class::Config], "line 1");
    import.measure("scan.passed", f64::from(passed), "", "line 1");
    Ok(import)
}
