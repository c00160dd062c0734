//! `drHEADer`, JSON.

use groma_model::{Issue, Severity};
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    class::{Class, count_class, count_results},
    fields,
    json::{self, Event},
    severity::{Mapper, Severities, Words},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "drheader",
    title: "drHEADer, JSON",
    tool: "drHEADer",
    note: "Every rule that was broken is an issue, of one address or of several. Values of cookies are masked.",
    metrics: &["scan.*", "config.*"],
    severities: Severities::of(WORDS),
    sniff,
    secrets,
    parse,
};

const WORDS: Words =
    &[("high", Severity::High), ("medium", Severity::Medium), ("low", Severity::Low), ("info", Severity::Info)];

/// Keys by which a rule says what it wants or found, of which not every kind of rule has one.
const KEYS: [&str; 5] = ["expected", "avoid", "anomaly", "anomalies", "delimiter"];
/// What it says of a rule that has none of them.
const ERRORS: [&str; 2] = ["not included in response", "should not be returned"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let has = |key: &str| probe.has(&format!("[]/{key}")) || probe.has(&format!("[]/report/[]/{key}"));
    let many = probe.has("[]/url") && probe.has("[]/report/[]/rule");
    let own = KEYS.iter().any(|key| has(key)) || ERRORS.iter().any(|error| probe.head().contains(error));
    let rules = has("rule") && has("severity") && has("message");
    Confidence::certain_if(probe.is_list() && rules && (own || many) && !has("file"))
}

/// A cookie that breaks a rule is quoted with its value, which may be a session.
fn secrets(text: &str, secrets: &mut Secrets) {
    let mut cookie = false;
    json::walk(text, |event| {
        let Event::String(path, range) = event else { return };
        match path.rsplit('/').next() {
            Some("rule") => cookie = text[range].starts_with("Set-Cookie"),
            Some("value") if cookie => {
                let quoted = &text[range.clone()];
                let end = quoted.find(';').unwrap_or(quoted.len());
                let start = quoted[..end].find('=').map_or(0, |at| at + 1);
                secrets.add(range.start + start..range.start + end);
            }
            _ => {}
        }
    });
}

/// A rule on a header says so by what it expects, or by what it found missing.
fn is_rule(item: &Value) -> bool {
    let has = |key: &str| item.get(key).is_some();
    has("rule") && has("severity") && fields::text(item, "/message").len() > 1 && !has("file") && !has("offender")
}

/// The list of what was broken at one address, or several of them, each with its address.
fn reports(root: &Value) -> Vec<(&str, String, &[Value])> {
    let items = fields::items(root, "");
    match items.iter().any(|item| item.get("report").is_some()) {
        true => {
            let of = |(index, item)| {
                (fields::text(item, "/url"), format!("/{index}/report"), fields::items(item, "/report"))
            };
            items.iter().enumerate().map(of).collect()
        }
        false => vec![("", String::new(), items)],
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let reports = reports(&root);
    let own = |item: &Value| {
        let message = fields::text(item, "/message");
        KEYS.iter().any(|key| item.get(key).is_some()) || ERRORS.iter().any(|error| message.contains(error))
    };
    if !reports.iter().any(|(_, _, items)| items.iter().any(|item| is_rule(item) && own(item))) {
        let lacks = "no list of broken rules with `rule`, `severity` and `message`";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `drheader scan single --json URL > drheader.json`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut mapper = Mapper::new(FORMAT.tool, WORDS, input);
    for (url, at, items) in reports {
        for (index, item) in items.iter().enumerate() {
            let at = format!("{at}/{index}");
            if is_rule(item) {
                import.issues.push(issue(&mut mapper, item, url, at));
            } else {
                import.error(None, format!("`{at}` is no rule: it is left out"));
            }
        }
    }
    mapper.report(&mut import);
    count_results(&mut import, "/");
    count_class(&mut import, Class::Config, "/", |_| true);
    Ok(import)
}

fn issue(mapper: &mut Mapper, item: &Value, url: &str, at: String) -> Issue {
    let list = |key: &str| match item.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let (rule, message) = (fields::text(item, "/rule"), fields::text(item, "/message"));
    let word = fields::text(item, "/severity");
    let (severity, severity_origin) = mapper.map(word);
    let parts = ["expected", "value", "anomaly", "anomalies"].map(|name| (name, list(name)));
    let parts = parts.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}: {text}"));
    Issue {
        rule: rule.to_owned(),
        title: format!("{rule}: {message}"),
        message: parts.collect::<Vec<_>>().join("\n"),
        severity,
        severity_origin,
        native_severity: word.to_owned(),
        component: rule.to_owned(),
        location: url.to_owned(),
        fingerprint: match url {
            "" => format!("{rule}:{message}"),
            url => format!("{url}:{rule}:{message}"),
        },
        at,
        ..Issue::default()
    }
}
