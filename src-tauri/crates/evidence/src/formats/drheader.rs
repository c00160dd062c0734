//! `drHEADer`, JSON.

use groma_model::{Issue, Severity};
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::{Class, count_class, count_results},
    fields,
    formats::no_secrets,
    json,
    severity::{Mapper, Severities, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "drheader",
    title: "drHEADer, JSON",
    tool: "drHEADer",
    note: "Every rule that was broken is an issue.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

const WORDS: Words =
    &[("high", Severity::High), ("medium", Severity::Medium), ("low", Severity::Low), ("info", Severity::Info)];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(&format!("[]/{key}"));
    let own = has("expected") || has("anomaly") || has("delimiter") || probe.head().contains("Header not included");
    Confidence::certain_if(probe.is_list() && has("rule") && has("severity") && has("message") && own && !has("file"))
}

/// A rule on a header says so by what it expects, or by what it found missing.
fn is_rule(item: &Value) -> bool {
    let has = |key: &str| item.get(key).is_some();
    has("rule") && has("severity") && fields::text(item, "/message").len() > 1 && !has("file") && !has("offender")
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let items = fields::items(&root, "");
    let own = |item: &Value| item.get("expected").is_some() || fields::text(item, "/message").contains("eader");
    if !items.iter().any(|item| is_rule(item) && own(item)) {
        let lacks = "no list of broken rules with `rule`, `severity` and `message`";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `drheader scan single --json URL > drheader.json`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut mapper = Mapper::new(FORMAT.tool, WORDS, input);
    let list = |item: &Value, key: &str| match item.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    for (index, item) in items.iter().enumerate() {
        if !is_rule(item) {
            import.error(None, format!("item {index} is no rule: it is left out"));
            continue;
        }
        let (rule, message) = (fields::text(item, "/rule"), fields::text(item, "/message"));
        let word = fields::text(item, "/severity");
        let (severity, severity_origin) = mapper.map(word);
        let parts =
            [("expected", list(item, "expected")), ("value", list(item, "value")), ("anomaly", list(item, "anomaly"))];
        let parts = parts.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}: {text}"));
        import.issues.push(Issue {
            rule: rule.to_owned(),
            title: format!("{rule}: {message}"),
            message: parts.collect::<Vec<_>>().join("\n"),
            severity,
            severity_origin,
            native_severity: word.to_owned(),
            component: rule.to_owned(),
            fingerprint: format!("{rule}:{message}"),
            at: format!("/{index}"),
            ..Issue::default()
        });
    }
    mapper.report(&mut import);
    count_results(&mut import, "/");
    count_class(&mut import, Class::Config, "/", |_| true);
    Ok(import)
}
