//! Redis `CONFIG GET` in the shapes that clients print it in, and `redis.conf`.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    formats::redis_info::evicts_by_use,
    json::{self, Entries, Text},
    mask::constant,
    severity::Severities,
    units,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "redis-config",
    title: "Redis CONFIG GET or redis.conf",
    tool: "Redis",
    note: "Parameters as plain alternating lines, numbered lines, `=>` pairs, a JSON object or list, the wire protocol, \
           or a configuration file. Passwords are masked.",
    metrics: &["cache.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Parameters that only Redis has; one of them must be there.
const TELLING: &[&str] = &[
    "maxmemory",
    "maxmemory-policy",
    "maxmemory-samples",
    "appendonly",
    "appendfsync",
    "protected-mode",
    "requirepass",
    "tcp-keepalive",
    "lazyfree-lazy-eviction",
    "slowlog-log-slower-than",
    "hash-max-listpack-entries",
    "maxclients",
    "timeout",
    "save",
    "databases",
];

/// Parameters that hold a secret.
const SECRET: &[&str] = &["requirepass", "masterauth", "primaryauth", "tls-key-file-pass", "tls-client-key-file-pass"];

/// How the file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    JsonObject,
    JsonList,
    Numbered,
    Arrow,
    Wire,
    Raw,
    File,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::JsonObject => "resp3-json",
            Self::JsonList => "json-list",
            Self::Numbered => "numbered-lines",
            Self::Arrow => "resp3-arrows",
            Self::Wire => "wire-protocol",
            Self::Raw => "raw-alternating-lines",
            Self::File => "configuration-file",
        }
    }
}

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| constant(r#"^\s*\d+\) "(.*)"\s*$"#));
static ARROW: LazyLock<Regex> = LazyLock::new(|| constant(r#"^\s*\d+# "([^"]+)" => "(.*)"\s*$"#));

struct Parameter {
    name: String,
    value: String,
    at: String,
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

/// Whether a line is of another kind of configuration, or of a script: `[section]`, `name = value`, `command \`.
fn is_foreign(line: &str) -> bool {
    let line = line.trim();
    let value = line.split_once(char::is_whitespace).map_or("", |(_, value)| value.trim_start());
    !line.starts_with('#') && (line.starts_with('[') || value == "=" || value.starts_with("= ") || line.ends_with('\\'))
}

fn shape(text: &str) -> Option<Shape> {
    let first = text.lines().find(|line| !line.trim().is_empty())?.trim();
    match first.chars().next()? {
        '{' => Some(Shape::JsonObject),
        '[' => Some(Shape::JsonList),
        '*' if first[1..].bytes().all(|byte| byte.is_ascii_digit()) => Some(Shape::Wire),
        _ if ARROW.is_match(first) => Some(Shape::Arrow),
        _ if NUMBERED.is_match(first) => Some(Shape::Numbered),
        '#' => Some(Shape::File),
        _ if is_name(first) => Some(Shape::Raw),
        _ if first.split_once(' ').is_some_and(|(name, _)| is_name(name)) => Some(Shape::File),
        _ => None,
    }
}

fn parameters(text: &str) -> Result<(Shape, Vec<Parameter>), Refusal> {
    let shape = shape(text).ok_or_else(|| {
        Refusal::new("this is no CONFIG GET output", "export it with `redis-cli --json CONFIG GET '*' > config.json`")
    })?;
    let pairs = |values: Vec<(String, u64)>| {
        let pair = |pair: &[(String, u64)]| Parameter {
            name: pair[0].0.clone(),
            value: pair[1].0.clone(),
            at: format!("line {}", pair[1].1),
        };
        values.chunks_exact(2).map(pair).collect::<Vec<_>>()
    };
    let lines = || (1_u64..).zip(text.lines());
    let parameters = match shape {
        Shape::JsonObject => {
            let entries: Entries<Text<'_>, Text<'_>> = json::parse(text)?;
            let at = |name: &str| format!("/{}", json::pointer(name));
            let entry = |(name, value): (Text<'_>, Text<'_>)| Parameter {
                at: at(name.as_str()),
                name: name.to_string(),
                value: value.to_string(),
            };
            entries.0.into_iter().map(entry).collect()
        }
        Shape::JsonList => {
            let values: Vec<Text<'_>> = json::parse(text)?;
            let pair = |(index, pair): (usize, &[Text<'_>])| Parameter {
                name: pair[0].to_string(),
                value: pair[1].to_string(),
                at: format!("/{}", index * 2 + 1),
            };
            values.chunks_exact(2).enumerate().map(pair).collect()
        }
        Shape::Numbered => pairs(
            lines().filter_map(|(n, line)| Some((unescape(NUMBERED.captures(line)?.get(1)?.as_str()), n))).collect(),
        ),
        Shape::Arrow => lines()
            .filter_map(|(number, line)| {
                let captures = ARROW.captures(line)?;
                let at = format!("line {number}");
                Some(Parameter { name: captures[1].to_owned(), value: unescape(&captures[2]), at })
            })
            .collect(),
        // Every value is preceded by its length; an empty value is an empty line.
        Shape::Wire => {
            let rest: Vec<_> = lines().skip_while(|(_, line)| !line.starts_with('*')).skip(1).collect();
            pairs(rest.chunks_exact(2).map(|pair| (pair[1].1.trim_end().to_owned(), pair[1].0)).collect())
        }
        Shape::Raw => {
            let start = lines().skip_while(|(_, line)| line.trim().is_empty());
            let mut values: Vec<_> = start.map(|(number, line)| (line.trim_end().to_owned(), number)).collect();
            // The last value may be an empty line that an editor or a copy took away.
            if values.len() % 2 == 1 && values.last().is_some_and(|(value, _)| is_name(value)) {
                values.push((String::new(), values.len() as u64 + 1));
            }
            pairs(values)
        }
        Shape::File if lines().any(|(_, line)| is_foreign(line)) => {
            return Err(Refusal::new(
                "this is no redis.conf: it has sections, assignments or lines that go on",
                "export it with `redis-cli --json CONFIG GET '*' > config.json`",
            ));
        }
        Shape::File => lines()
            .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
            .filter_map(|(number, line)| {
                let (name, value) = line.trim().split_once(char::is_whitespace)?;
                let value = value.trim().trim_matches('"').to_owned();
                Some(Parameter { name: name.to_ascii_lowercase(), value, at: format!("line {number}") })
            })
            .collect(),
    };
    Ok((shape, parameters))
}

fn unescape(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let text = probe.text();
    let Ok((shape, parameters)) = (if text.len() < 1024 * 1024 { parameters(text) } else { return Confidence::No })
    else {
        return Confidence::No;
    };
    let names = parameters.iter().filter(|parameter| is_name(&parameter.name)).count();
    let telling = parameters.iter().filter(|parameter| TELLING.contains(&&*parameter.name)).count();
    let shaped = !parameters.is_empty() && names * 10 >= parameters.len() * 9;
    match (shaped, telling, shape) {
        (false, ..) | (true, 0, _) => Confidence::No,
        (true, _, Shape::Numbered | Shape::Arrow | Shape::Wire) => Confidence::Certain,
        // One line of the kind `timeout 5` says little; several, or a name that is Redis's alone, say enough.
        (true, _, _) if telling >= 3 => Confidence::Certain,
        (true, _, _) => {
            match parameters.iter().any(|p| p.name.starts_with("maxmemory") || p.name.starts_with("append")) {
                true => Confidence::Certain,
                false => Confidence::Possible,
            }
        }
    }
}

fn secrets(text: &str, secrets: &mut Secrets) {
    static VALUES: LazyLock<Regex> = LazyLock::new(|| {
        let names = SECRET.join("|");
        constant(&format!(
            "(?im)\"(?:{names})\"\\s*(?:[:,]|=>)\\s*\"((?:[^\"\\\\]|\\\\.)+)\"\
             |\"(?:{names})\"\\s*\\n\\s*\\d+\\) \"((?:[^\"\\\\]|\\\\.)+)\"\
             |^(?:{names})\\r?\\n\\$\\d+\\r?\\n([^\\r\\n]+)\
             |^(?:{names})\\r?\\n([^\\r\\n]+)\
             |^[ \\t]*(?:{names}|sentinel[ \\t]+(?:auth-pass[ \\t]+\\S+|sentinel-pass))[ \\t]+\
             (?:\"((?:[^\"\\\\\\n]|\\\\.)+)\"|'([^'\\n]+)'|([^\\s\"']\\S*))"
        ))
    });
    for captures in VALUES.captures_iter(text) {
        // `$0` is the length of an empty value in the wire protocol.
        if let Some(value) = captures.iter().skip(1).flatten().next().filter(|value| value.as_str() != "$0") {
            secrets.add(value.range());
        }
    }
    add_users(text, secrets);
}

/// Access rules hold passwords (`>x`, removed ones `<x`) and their hashes (`#…`, `!…`), several a user.
fn add_users(text: &str, secrets: &mut Secrets) {
    static RULES: LazyLock<Regex> =
        LazyLock::new(|| constant(r"(?-u:\b)(?:on|off|nopass|resetpass|reset|user)(?-u:\b)"));
    static PASSWORD: LazyLock<Regex> =
        LazyLock::new(|| constant(r#"[\s"](?:[<>]|\\u003[ce])([^\s"\\]+)|[\s"][#!]([0-9a-fA-F]{64})(?-u:\b)"#));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.contains(['>', '<', '#', '!', '\\']) && !line.trim_start().starts_with('#') && RULES.is_match(line) {
            for captures in PASSWORD.captures_iter(line) {
                if let Some(value) = captures.iter().skip(1).flatten().next() {
                    secrets.add(start + value.start()..start + value.end());
                }
            }
        }
        start += line.len();
    }
}

/// A size as the server reads it: `1kb` is 1024, `1k` is 1000.
fn size(text: &str) -> Option<f64> {
    let lower = text.trim().to_ascii_lowercase();
    let decimal = [('k', 1e3), ('m', 1e6), ('g', 1e9)].into_iter().find_map(|(unit, factor)| {
        let number: f64 = lower.strip_suffix(unit)?.parse().ok()?;
        Some(number * factor)
    });
    decimal.filter(|bytes| bytes.is_finite()).or_else(|| units::bytes(&lower))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let (shape, parameters) = parameters(input.text)?;
    let find = |name: &str| parameters.iter().rev().find(|parameter| parameter.name == name);
    if parameters.is_empty() {
        return Err(Refusal::new(
            "no parameter in it",
            "export it with `redis-cli --json CONFIG GET '*' > config.json`",
        ));
    }
    if !parameters.iter().any(|parameter| TELLING.contains(&&*parameter.name)) {
        return Err(Refusal::not(
            FORMAT.title,
            "no parameter of Redis in it, such as maxmemory or appendonly",
            "export it with `redis-cli --json CONFIG GET '*' > config.json`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("cache.config.params", parameters.len() as f64, "", "line 1", shape.name());
    if let Some(limit) = find("maxmemory") {
        match size(&limit.value) {
            Some(bytes) => import.measure("cache.maxmemory", bytes, "", limit.at.clone()),
            None => import.warn(None, format!("maxmemory `{}` is no size", limit.value)),
        }
    }
    if let Some(policy) = find("maxmemory-policy") {
        import.measure_bool("cache.eviction_policy", evicts_by_use(&policy.value), "", &policy.at, &policy.value);
    }
    if let Some((timeout, seconds)) = find("timeout").and_then(|p| Some((p, p.value.parse().ok()?))) {
        import.measure("cache.config.timeout", seconds, "", timeout.at.clone());
    }
    for (name, metric) in [("appendonly", "cache.persistence.aof"), ("protected-mode", "cache.protected_mode")] {
        if let Some(switch) = find(name) {
            import.measure_bool(metric, switch.value == "yes", "", &switch.at, &switch.value);
        }
    }
    if let Some(save) = find("save") {
        import.measure_bool("cache.persistence.rdb", !save.value.is_empty(), "", &save.at, &save.value);
    }
    // The value is a secret: only whether there is one.
    if let Some(password) = find("requirepass") {
        import.measure_bool("cache.auth", !password.value.is_empty(), "", &password.at, "");
    }
    Ok(import)
}
