//! Amounts as code and configuration write them: `5 * time.Minute`, `Duration.ofSeconds(5)`, `30s`, `10mb`, `1_000`.

use regex::Regex;
use std::sync::LazyLock;

static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?: (?P<milli>ofMillis|from_millis|FromMilliseconds|time\.Millisecond|milliseconds|TimeUnit\.MILLISECONDS|millis)
        | (?P<second>ofSeconds|from_secs(?:_f64)?|FromSeconds|time\.Second|seconds|TimeUnit\.SECONDS)
        | (?P<minute>ofMinutes|from_mins|FromMinutes|time\.Minute|minutes?|TimeUnit\.MINUTES)
        | (?P<hour>ofHours|from_hours|FromHours|time\.Hour|hours?|TimeUnit\.HOURS)
        | (?P<day>ofDays|FromDays|days?|TimeUnit\.DAYS) )\b",
    )
    .ok()
});
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d[\d_]*(?:\.\d+)?").ok());
static SHORT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(\d+(?:\.\d+)?)\s*(ms|s|sec|m|min|h|d|us)?\s*$").ok());
static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^\s*(\d+(?:\.\d+)?)\s*([kmg]?)i?b?\s*$").ok());

/// What stands within `${NAME:default}` or `${NAME:-default}`, and no quotes.
fn settled(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'', '`', ';']).trim();
    match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        Some(inner) => inner.split_once(":-").or_else(|| inner.split_once(':')).map_or("", |(_, default)| default),
        None => text,
    }
}

/// A plain number, or a product of numbers.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = settled(text);
    let mut product = 1.0;
    for factor in text.split('*') {
        let factor: String =
            factor.trim().trim_end_matches(['L', 'l', 'f', 'd', 'u']).chars().filter(|char| *char != '_').collect();
        let shifted = factor.split_once("<<");
        product *= match shifted {
            Some((base, by)) => {
                base.trim().parse::<f64>().ok()?
                    * 2_f64.powi(by.trim().parse::<i32>().ok().filter(|by| (0..60).contains(by))?)
            }
            None => factor.trim().parse::<f64>().ok()?,
        };
    }
    (product.is_finite() && product >= 0.0).then_some(product)
}

/// A time in milliseconds; `unit` is what a number without a unit counts in milliseconds.
pub(crate) fn millis(text: &str, unit: f64) -> Option<f64> {
    let text = settled(text);
    if let Some(captures) = SHORT.as_ref()?.captures(text) {
        let value: f64 = captures.get(1)?.as_str().parse().ok()?;
        let factor = match captures.get(2).map(|unit| unit.as_str().to_ascii_lowercase()).as_deref() {
            Some("us") => 0.001,
            Some("ms") => 1.0,
            Some("s" | "sec") => 1_000.0,
            Some("m" | "min") => 60_000.0,
            Some("h") => 3_600_000.0,
            Some("d") => 86_400_000.0,
            _ => unit,
        };
        return Some(value * factor);
    }
    // ISO 8601: `PT30S`.
    if let Some(rest) = text.strip_prefix("PT") {
        return millis(&rest.to_ascii_lowercase(), unit);
    }
    if let Some(captures) = UNIT.as_ref()?.captures(text) {
        let factor = [("milli", 1.0), ("second", 1e3), ("minute", 60e3), ("hour", 3_600e3), ("day", 86_400e3)]
            .into_iter()
            .find_map(|(name, factor)| captures.name(name).map(|_| factor))?;
        let value =
            NUMBER.as_ref()?.find(text).map_or(Some(1.0), |found| found.as_str().replace('_', "").parse().ok())?;
        return Some(value * factor);
    }
    number(text).map(|value| value * unit)
}

/// A size in bytes.
pub(crate) fn bytes(text: &str) -> Option<f64> {
    let text = settled(text);
    if let Some(captures) = SIZE.as_ref()?.captures(text) {
        let value: f64 = captures.get(1)?.as_str().parse().ok()?;
        let factor = match captures.get(2)?.as_str().to_ascii_lowercase().as_str() {
            "k" => 1024.0,
            "m" => 1024.0 * 1024.0,
            "g" => 1024.0 * 1024.0 * 1024.0,
            _ => 1.0,
        };
        return Some(value * factor);
    }
    number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_written() {
        for (text, unit, wanted) in [
            ("30s", 1.0, Some(30_000.0)),
            ("5000", 1.0, Some(5_000.0)),
            ("5", 1_000.0, Some(5_000.0)),
            ("5 * time.Minute", 1.0, Some(300_000.0)),
            ("time.Second", 1.0, Some(1_000.0)),
            ("Duration.ofSeconds(5)", 1.0, Some(5_000.0)),
            ("std::time::Duration::from_millis(250)", 1.0, Some(250.0)),
            ("TimeSpan.FromMinutes(2)", 1.0, Some(120_000.0)),
            ("PT30S", 1.0, Some(30_000.0)),
            ("30 * 1_000", 1.0, Some(30_000.0)),
            ("${POOL_WAIT:2000}", 1.0, Some(2_000.0)),
            ("${POOL_WAIT}", 1.0, None),
            ("timeout", 1.0, None),
        ] {
            assert_eq!(millis(text, unit), wanted, "{text}");
        }
        for (text, wanted) in [
            ("10mb", Some(10_485_760.0)),
            ("1m", Some(1_048_576.0)),
            ("100kb", Some(102_400.0)),
            ("5 * 1024 * 1024", Some(5_242_880.0)),
            ("8 << 20", Some(8_388_608.0)),
            ("0", Some(0.0)),
            ("big", None),
        ] {
            assert_eq!(bytes(text), wanted, "{text}");
        }
    }
}
