//! memcached `stats`.

use std::collections::HashMap;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities};

/// The format.
pub const FORMAT: Format = Format {
    id: "memcached",
    title: "memcached, stats",
    tool: "memcached",
    note: "The general statistics since the start of the server; one server a file.",
    metrics: &["cache.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Statistics and the metrics they are.
const PLAIN: &[(&str, &str)] = &[
    ("get_hits", "cache.hits"),
    ("get_misses", "cache.misses"),
    ("evictions", "cache.evicted.keys"),
    ("limit_maxbytes", "cache.maxmemory"),
    ("bytes", "cache.memory.used"),
    ("curr_items", "cache.keys"),
    ("curr_connections", "cache.clients"),
    ("uptime", "cache.uptime"),
];

fn stat(line: &str) -> Option<(&str, &str)> {
    line.trim().strip_prefix("STAT ")?.split_once(' ')
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let stats = probe.lines(40).filter(|line| stat(line).is_some()).count();
    Confidence::certain_if(stats >= 3 && probe.head().contains("STAT version "))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut stats: HashMap<&str, (&str, u64)> = HashMap::new();
    let mut import = Import::of(FORMAT.tool);
    let mut ended = false;
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        match stat(line) {
            Some((name, value)) => {
                stats.insert(name, (value.trim(), number));
            }
            None if line.trim() == "END" => ended = true,
            None if line.starts_with("ERROR") || line.starts_with("SERVER_ERROR") => {
                import.error(Some(number), format!("the server answered: {}", line.trim()));
            }
            None => {}
        }
    }
    if !stats.contains_key("version") {
        let lacks = "no line `STAT version` in it";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `printf 'stats\\r\\nquit\\r\\n' | nc HOST 11211`",
        ));
    }
    if !ended {
        import.note(None, "no `END`: the text may not be whole");
    }
    import.tool_version = stats.get("version").map(|(value, _)| (*value).to_owned()).unwrap_or_default();
    import.measure_count("cache.info.fields", stats.len(), "", "STAT");
    let value = |name: &str| stats.get(name).and_then(|(value, _)| value.parse().ok()).filter(|n: &f64| n.is_finite());
    let at = |name: &str| stats.get(name).map_or_else(String::new, |(_, line)| format!("line {line}"));
    for (name, metric) in PLAIN {
        match (value(name), stats.contains_key(name)) {
            (Some(value), _) => import.measure(metric, value, "", at(name)),
            (None, true) => import.warn(None, format!("`{name}` is no number: it is left out")),
            (None, false) => import.note(None, format!("no `{name}` in the file")),
        }
    }
    if let (Some(hits), Some(misses)) = (value("get_hits"), value("get_misses")) {
        match hits + misses > 0.0 {
            true => import.measure("cache.hit_ratio", hits / (hits + misses), "", at("get_hits")),
            false => import.note(None, "neither hits nor misses yet: there is no hit ratio"),
        }
    }
    if let (Some(evicted), Some(keys), Some(uptime)) = (value("evictions"), value("curr_items"), value("uptime"))
        && keys > 0.0
        && uptime > 0.0
    {
        import.measure("cache.evicted.ratio_per_hour", evicted / (uptime / 3600.0) / keys, "", at("evictions"));
    }
    Ok(import)
}
