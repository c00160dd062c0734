//! Writes to caches, and whether what is written ends by itself.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::Notes;
use crate::shape::Call;
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

/// What a cache or its client is called.
static CACHE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:redis|cache|rdb|valkey|memcache|\bmc\b|jedis|stringoperations|opsForValue)"));
static TTL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bttl\b|expir|\bEX\b|\bPX\b|\bEXAT\b|\bex\s*[=:]|\bpx\s*[=:]|timeout\s*=|Duration|TimeSpan|TimeUnit|time\.(?:Second|Minute|Hour)|\bseconds\b|\bminutes\b|\bhours?\b|now\(\)->|addMinutes|addSeconds|maxAge|SetParams|AbsoluteExpiration|SlidingExpiration"#,
    )
});

/// Notes the cache writes of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    for call in &source.shape.calls {
        let Some(ends) = write(source, call, lang) else { continue };
        let line = source.line(call.whole.start);
        notes.see("code.cache.writes", line, "");
        if !ends {
            notes.see("code.cache.writes_no_ttl", line, call.callee.clone());
        }
    }
}

/// None where a call is no write to a cache, else whether it ends by itself.
fn write(source: &Source, call: &Call, lang: Lang) -> Option<bool> {
    let (name, receiver) = (call.name(), call.receiver());
    if !has(CACHE.as_ref(), receiver) {
        return None;
    }
    let args = source.code().get(call.args.clone())?;
    let count = arguments(source.bare().get(call.args.clone())?);
    let ttl = has(TTL.as_ref(), args);
    let is = |names: &[&str]| names.contains(&name);
    if is(&["setex", "setEx", "SetEx", "setEX", "psetex", "set_ex", "SetEX"]) {
        return Some(true);
    }
    let follows = || expires_behind(source, call);
    match lang {
        Lang::Java | Lang::Kotlin if receiver.contains("opsForValue") && is(&["set", "setIfAbsent"]) => {
            Some(count >= 3 || follows())
        }
        Lang::Java | Lang::Kotlin if receiver.to_lowercase().contains("jedis") && is(&["set"]) => {
            Some(ttl || count >= 3 || follows())
        }
        Lang::JavaScript | Lang::TypeScript if is(&["set"]) && count >= 2 => Some(ttl || count >= 3 || follows()),
        // Django's cache ends after five minutes by itself; `timeout=None` never does.
        Lang::Python if is(&["set", "add"]) && count >= 2 => {
            let redis = !receiver.ends_with("cache");
            Some(if redis { ttl || count >= 3 || follows() } else { !args.contains("timeout=None") })
        }
        Lang::Go if is(&["Set", "SetNX"]) && count >= 4 => Some(!ends_with_zero(args)),
        Lang::CSharp if is(&["StringSet", "StringSetAsync"]) => Some(count >= 3 || follows()),
        Lang::CSharp if is(&["Set", "SetAsync", "SetString", "SetStringAsync"]) && count >= 2 => Some(count >= 3),
        Lang::Php if is(&["forever", "rememberForever"]) => Some(false),
        Lang::Php if is(&["put", "set", "add", "remember"]) && count >= 2 => Some(count >= 3 || ttl || follows()),
        Lang::Ruby if is(&["write", "fetch"]) && receiver.ends_with("cache") => Some(ttl),
        Lang::Ruby if is(&["set"]) && count >= 2 => Some(ttl || follows()),
        Lang::Rust if name.starts_with("set") && count >= 2 => Some(follows()),
        _ => None,
    }
}

/// How many arguments there are.
fn arguments(args: &str) -> usize {
    if args.trim().is_empty() {
        return 0;
    }
    let (mut depth, mut count) = (0_i32, 1);
    for byte in args.trim().trim_end_matches(',').bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

/// Go's last argument: `0` is never.
fn ends_with_zero(args: &str) -> bool {
    matches!(args.rsplit(',').next().map(str::trim), Some("0" | "redis.KeepTTL"))
}

/// Whether the time to live is set right behind: `redis.expire(key, 60)`.
fn expires_behind(source: &Source, call: &Call) -> bool {
    let Some(function) = source.shape.function_at(call.whole.start) else { return false };
    let code = source.code();
    let end = code.floor_char_boundary(function.whole.end.min(call.whole.end + 2_000));
    let rest = code.get(call.whole.end..end).unwrap_or_default();
    ["expire(", "Expire(", "pexpire(", "KeyExpire"].iter().any(|word| rest.contains(word))
}
