//! Popeye's JSON.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    json,
    scan::{CONFIG_METRICS, Scan},
    severity::{Severities, Words},
    tree,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "popeye",
    title: "popeye -o json",
    tool: "Popeye",
    note: "One issue a remark on a resource; resources without one are scan.passed. The severity is Popeye's level, 1 to 3.",
    metrics: CONFIG_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: information, warning, error.
const WORDS: Words = &[("3", Severity::High), ("2", Severity::Medium), ("1", Severity::Low)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let lists = probe.has("popeye/sanitizers") || probe.has("popeye/sections");
    Confidence::certain_if(probe.is_object() && (lists || probe.has("popeye/grade")))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let remedy = "export it with `popeye -o json > popeye.json`";
    let document = tree::object(input.text, FORMAT.title, &["popeye"], remedy)?;
    let report = document.get("popeye");
    // Sanitizers until version 0.11, sections since.
    let Some(list) = ["sections", "sanitizers"].into_iter().find(|list| report.has(list)) else {
        return Err(Refusal::not(FORMAT.title, "neither `sections` nor `sanitizers` in it", remedy));
    };
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    document.first(&["ClusterName", "ContextName"]).clone_into(&mut scan.import.subject);
    scan.import.captured_at = report.text("report_time").parse().ok();
    for error in report.get("errors").items() {
        scan.add_error(match error.text_itself() {
            "" => error.first(&["message", "error"]),
            text => text,
        });
    }
    let mut passed = 0.0;
    for (at, section) in scan.objects(report.get(list), &format!("/popeye/{list}")) {
        passed += section.number("tally/ok").unwrap_or_default();
        let kind = section.first(&["linter", "sanitizer"]);
        for (resource, found) in section.get("issues").entries() {
            let at = format!("{at}/issues/{}", json::pointer(resource.as_str()));
            for (at, remark) in scan.objects(found, &at) {
                let level = remark.text("level");
                if level == "0" {
                    scan.add_other(level);
                    continue;
                }
                scan.add_kind(kind);
                // `[POP-106] No resources requests/limits defined`.
                let message = remark.text("message");
                let code = message.strip_prefix('[').and_then(|rest| rest.split_once(']'));
                let (rule, text) = code.map_or(("", message), |(code, text)| (code, text.trim()));
                let group = remark.text("group");
                let issue = Issue {
                    rule: if rule.is_empty() { kind.to_owned() } else { rule.to_owned() },
                    title: text.to_owned(),
                    message: message.to_owned(),
                    component: format!("{kind} {}", resource.as_str()),
                    // The container, or `__root__` for the resource itself.
                    location: match group {
                        "" | "__root__" => resource.as_str().to_owned(),
                        group => format!("{} {group}", resource.as_str()),
                    },
                    at,
                    ..Issue::default()
                };
                scan.add(Class::Config, level, issue);
            }
        }
    }
    if report.get(list).items().is_empty() {
        scan.looked_at_nothing("no kind of resource in it: nothing was looked at");
    }
    let at = format!("/popeye/{list}");
    let mut import = scan.finish(&[Class::Config], &at);
    import.measure("scan.passed", passed, "", at);
    if let Some(score) = report.number("score") {
        import.measure_text("scan.score", score, "", "/popeye/score", report.text("grade"));
    }
    Ok(import)
}
