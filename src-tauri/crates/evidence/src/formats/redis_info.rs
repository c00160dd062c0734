//! Redis `INFO`, whole or one section, also as piped through `grep`.

use groma_model::Timestamp;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities};

/// The format.
pub const FORMAT: Format = Format {
    id: "redis-info",
    title: "Redis INFO",
    tool: "Redis",
    note: "Counters run since the start of the server. Hit ratio only when there was a hit or a miss; evictions per \
           hour over the whole uptime.",
    metrics: &["cache.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Fields that only INFO has.
const TELLING: &[&str] = &[
    "redis_version",
    "valkey_version",
    "pika_version",
    "keyspace_hits",
    "keyspace_misses",
    "evicted_keys",
    "expired_keys",
    "used_memory",
    "maxmemory_human",
    "connected_clients",
    "total_commands_processed",
    "mem_fragmentation_ratio",
];

/// Policies that make room by what is used least.
pub(crate) fn evicts_by_use(policy: &str) -> bool {
    matches!(policy.strip_prefix("allkeys-").or(policy.strip_prefix("volatile-")), Some("lru" | "lfu" | "lrm"))
}

struct Field<'a> {
    name: &'a str,
    value: &'a str,
    line: u64,
}

/// The fields, and the number of section headings.
fn fields(text: &str) -> (Vec<Field<'_>>, usize) {
    let mut sections = 0;
    let mut fields = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.starts_with('#') {
            sections += 1;
        } else if let Some((name, value)) = line.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.|".contains(&byte))
        {
            fields.push(Field { name, value, line: number });
        }
    }
    (fields, sections)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let lines = probe.lines(2000).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let first_is_bulk =
        lines.first().is_some_and(|line| line.starts_with('$') && line[1..].bytes().all(|b| b.is_ascii_digit()));
    let lines = &lines[usize::from(first_is_bulk)..];
    let shaped = lines.iter().filter(|line| line.starts_with("# ") || line.contains(':')).count();
    let telling = lines
        .iter()
        .filter_map(|line| line.split_once(':'))
        .any(|(name, value)| TELLING.contains(&name) && !value.starts_with(' '));
    Confidence::certain_if(telling && shaped * 10 >= lines.len() * 9)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let (fields, sections) = fields(input.text);
    let find = |name: &str| fields.iter().find(|field| field.name == name);
    let number = |name: &str| find(name).and_then(|field| Some((field.value.parse::<f64>().ok()?, field.line)));
    if fields.is_empty() {
        return Err(Refusal::new("no `name:value` line in it", "export it with `redis-cli INFO > info.txt`"));
    }
    if !fields.iter().any(|field| TELLING.contains(&field.name) && !field.value.starts_with(' ')) {
        return Err(Refusal::not(
            FORMAT.title,
            "no field of INFO in it, such as redis_version or used_memory",
            "export it with `redis-cli INFO > info.txt`",
        ));
    }
    let mut import = Import::of(match () {
        () if find("valkey_version").is_some() => "Valkey",
        () if find("pika_version").is_some() => "Pika",
        () if find("dragonfly_version").is_some() => "Dragonfly",
        () => FORMAT.tool,
    });
    let version =
        ["valkey_version", "dragonfly_version", "redis_version", "pika_version"].iter().find_map(|name| find(name));
    import.tool_version = version.map(|field| field.value.to_owned()).unwrap_or_default();
    import.captured_at =
        find("server_time_usec").and_then(|field| Timestamp::from_microsecond(field.value.parse().ok()?).ok());
    let at = |line: u64| format!("line {line}");
    import.measure_count("cache.info.sections", sections, "", "line 1");
    import.measure_count("cache.info.fields", fields.len(), "", "line 1");
    for (name, metric) in [
        ("uptime_in_seconds", "cache.uptime"),
        ("connected_clients", "cache.clients"),
        ("used_memory", "cache.memory.used"),
        ("mem_fragmentation_ratio", "cache.memory.fragmentation"),
        ("maxmemory", "cache.maxmemory"),
        ("keyspace_hits", "cache.hits"),
        ("keyspace_misses", "cache.misses"),
        ("evicted_keys", "cache.evicted.keys"),
        ("expired_keys", "cache.expired.keys"),
    ] {
        if let Some((value, line)) = number(name) {
            import.measure(metric, value, "", at(line));
        }
    }
    if let Some((value, line)) = number("aof_enabled").filter(|(value, _)| [0.0, 1.0].contains(value)) {
        import.measure("cache.persistence.aof", value, "", at(line));
    }
    if let Some(field) = find("maxmemory_policy") {
        let by_use = evicts_by_use(field.value);
        import.measure_bool("cache.eviction_policy", by_use, "", &at(field.line), field.value);
    }
    if let Some(field) = find("role") {
        import.measure_bool("cache.replica", field.value != "master", "", &at(field.line), field.value);
    }
    if let (Some((hits, line)), Some((misses, _))) = (number("keyspace_hits"), number("keyspace_misses")) {
        match hits + misses > 0.0 {
            true => import.measure("cache.hit_ratio", hits / (hits + misses), "", at(line)),
            false => import.warn(Some(line), "no lookup yet: there is no hit ratio to judge"),
        }
    }
    emit_keyspace(&mut import, &fields, number("evicted_keys"), number("uptime_in_seconds"));
    Ok(import)
}

/// `db0:keys=12,expires=10,avg_ttl=0`.
fn emit_keyspace(import: &mut Import, fields: &[Field<'_>], evicted: Option<(f64, u64)>, uptime: Option<(f64, u64)>) {
    let (mut keys, mut expires, mut at) = (0.0, 0.0, None);
    for field in fields {
        let database =
            field.name.strip_prefix("db").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        let part = |name: &str| {
            let mut parts = field.value.split(',').filter_map(|part| part.split_once('='));
            parts.find(|(key, _)| *key == name).and_then(|(_, value)| value.parse::<f64>().ok())
        };
        if let (true, Some(held), Some(expiring)) = (database, part("keys"), part("expires")) {
            let line = format!("line {}", field.line);
            import.measure("cache.keys", held, field.name, line.clone());
            if held > 0.0 {
                import.measure("cache.keys_with_ttl.ratio", expiring / held, field.name, line.clone());
            }
            keys += held;
            expires += expiring;
            at.get_or_insert(line);
        }
    }
    if let Some(at) = at {
        import.measure("cache.keys", keys, "", at.clone());
        if keys > 0.0 {
            import.measure("cache.keys_with_ttl.ratio", expires / keys, "", at);
        }
    }
    if let (Some((evicted, line)), Some((uptime, _))) = (evicted, uptime) {
        let hours = uptime / 3600.0;
        if hours > 0.0 && (keys > 0.0 || evicted == 0.0) {
            let per_hour = if evicted == 0.0 { 0.0 } else { evicted / hours / keys };
            import.measure("cache.evicted.ratio_per_hour", per_hour, "", format!("line {line}"));
            if hours < 1.0 {
                import.note(Some(line), "the server is up for less than an hour: evictions per hour are extrapolated");
            }
        }
    }
}
