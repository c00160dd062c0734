//! Cache hits, misses and evictions, of an application's own cache and of redis_exporter.

use std::collections::BTreeMap;

use super::exposition::{Exposition, Sample};
use crate::Import;

/// Labels that name a cache.
const NAME: &[&str] = &["cache", "cache_name", "name", "cacheManager"];
/// Families that are a processor's or allocator's, not an application's.
const NOT_A_CACHE: &[&str] = &["go_memstats", "node_", "container_", "haproxy_", "process_"];

/// Hits, misses, and where they stand.
#[derive(Default)]
struct Lookups {
    hits: Option<f64>,
    misses: Option<f64>,
    line: u64,
}

/// The names of the families found: hits, evictions.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    pub hits: Option<&'a str>,
    pub evictions: Option<&'a str>,
}

/// What a sample counts: hit (true) or miss (false), and the rest of its name.
fn lookup<'a>(sample: &'a Sample<'_>) -> Option<(bool, &'a str)> {
    let name = sample.name.strip_suffix("_total").unwrap_or(sample.name);
    if NOT_A_CACHE.iter().any(|prefix| name.starts_with(prefix)) {
        return None;
    }
    for (ending, hit) in [("_hits", true), ("_hit", true), ("_misses", false), ("_miss", false)] {
        if let Some(stem) =
            name.strip_suffix(ending).filter(|stem| stem.ends_with("cache") || stem.ends_with("keyspace"))
        {
            return Some((hit, stem));
        }
    }
    // Micrometer: cache_gets_total{result="hit"}.
    let stem = name.strip_suffix("_gets").or(name.strip_suffix("_requests")).or(name.strip_suffix("_lookups"));
    let stem = stem.filter(|stem| stem.ends_with("cache"))?;
    match sample.any_label(&["result", "outcome", "status"]) {
        Some("hit") => Some((true, stem)),
        Some("miss") => Some((false, stem)),
        _ => None,
    }
}

/// Writes hit ratios by cache and overall counts of evictions and memory.
pub(crate) fn emit<'a>(import: &mut Import, exposition: &Exposition<'a>) -> Found<'a> {
    let mut found = Found::default();
    let mut caches: BTreeMap<String, Lookups> = BTreeMap::new();
    for sample in exposition.samples.iter().filter(|sample| sample.value.is_finite()) {
        if let Some((hit, stem)) = lookup(sample) {
            let subject = match (sample.any_label(NAME), stem) {
                (Some(name), _) => name.to_owned(),
                (None, "cache") => String::new(),
                (None, stem) => {
                    stem.trim_end_matches("cache").trim_end_matches("keyspace").trim_end_matches('_').to_owned()
                }
            };
            let lookups = caches.entry(subject).or_insert_with(|| Lookups { line: sample.line, ..Lookups::default() });
            let side = if hit { &mut lookups.hits } else { &mut lookups.misses };
            *side.get_or_insert(0.0) += sample.value;
            if hit {
                found.hits.get_or_insert(sample.name);
            }
        }
        let name = sample.name.strip_suffix("_total").unwrap_or(sample.name);
        if name.ends_with("cache_evictions") || name.ends_with("cache_evicted") || name.ends_with("evicted_keys") {
            found.evictions.get_or_insert(sample.name);
        }
    }
    for (subject, lookups) in caches {
        // Hits alone say nothing about the ratio.
        let (Some(hits), Some(misses)) = (lookups.hits, lookups.misses) else { continue };
        let at = format!("line {}", lookups.line);
        import.measure("cache.hits", hits, subject.clone(), at.clone());
        import.measure("cache.misses", misses, subject.clone(), at.clone());
        if hits + misses > 0.0 {
            import.measure("cache.hit_ratio", hits / (hits + misses), subject, at);
        }
    }
    if let Some(name) = found.evictions {
        let samples: Vec<_> = exposition.named(name).filter(|sample| sample.value.is_finite()).collect();
        if let Some(first) = samples.first() {
            let sum = samples.iter().map(|sample| sample.value).sum();
            import.measure("cache.evicted.keys", sum, "", format!("line {}", first.line));
        }
    }
    emit_redis(import, exposition);
    found
}

/// What redis_exporter says beyond that.
fn emit_redis(import: &mut Import, exposition: &Exposition<'_>) {
    for (name, metric) in [
        ("redis_memory_max_bytes", "cache.maxmemory"),
        ("redis_memory_used_bytes", "cache.memory.used"),
        ("redis_uptime_in_seconds", "cache.uptime"),
    ] {
        for sample in exposition.named(name) {
            let subject = sample.label("instance").unwrap_or_default();
            import.measure(metric, sample.value, subject, format!("line {}", sample.line));
        }
    }
    // The first of each database.
    let mut expiring_of: BTreeMap<[String; 2], &Sample<'_>> = BTreeMap::new();
    let of = |sample: &Sample<'_>| ["instance", "db"].map(|name| sample.label(name).unwrap_or_default().to_owned());
    for sample in exposition.named("redis_db_keys_expiring") {
        expiring_of.entry(of(sample)).or_insert(sample);
    }
    for sample in exposition.named("redis_db_keys") {
        let database = sample.label("db").unwrap_or_default();
        let expiring = expiring_of.get(&of(sample));
        let at = format!("line {}", sample.line);
        import.measure("cache.keys", sample.value, database, at.clone());
        if let Some(expiring) = expiring.filter(|_| sample.value > 0.0) {
            import.measure("cache.keys_with_ttl.ratio", expiring.value / sample.value, database, at);
        }
    }
}
