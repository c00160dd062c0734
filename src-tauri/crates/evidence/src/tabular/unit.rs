//! Units of columns, and what turns them into the unit of a metric.

/// Unit of a metric, unit of a column, and the factor from the one to the other.
const FACTORS: &[(&str, &str, f64)] = &[
    ("ms", "ms", 1.0),
    ("ms", "s", 1e3),
    ("ms", "µs", 1e-3),
    ("ms", "ns", 1e-6),
    ("ms", "min", 60e3),
    ("ms", "h", 3600e3),
    ("s", "s", 1.0),
    ("s", "ms", 1e-3),
    ("s", "min", 60.0),
    ("s", "h", 3600.0),
    ("s", "d", 86_400.0),
    ("ratio", "ratio", 1.0),
    ("ratio", "%", 0.01),
    ("1/s", "1/s", 1.0),
    ("1/s", "1/min", 1.0 / 60.0),
    ("1/s", "1/h", 1.0 / 3600.0),
    ("count", "count", 1.0),
    ("count", "thousand", 1e3),
    ("count", "million", 1e6),
    ("bytes", "bytes", 1.0),
    ("bytes", "kB", 1e3),
    ("bytes", "MB", 1e6),
    ("bytes", "GB", 1e9),
    ("bytes", "TB", 1e12),
    ("bytes", "KiB", 1024.0),
    ("bytes", "MiB", 1_048_576.0),
    ("bytes", "GiB", 1_073_741_824.0),
    ("bytes", "TiB", 1_099_511_627_776.0),
    ("bool", "bool", 1.0),
    ("factor", "factor", 1.0),
    ("factor", "%", 0.01),
];

/// Words for units, as names of columns and cells have them.
const WORDS: &[(&str, &str)] = &[
    ("ms", "ms"),
    ("msec", "ms"),
    ("millis", "ms"),
    ("milliseconds", "ms"),
    ("s", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("seconds", "s"),
    ("us", "µs"),
    ("µs", "µs"),
    ("μs", "µs"),
    ("microseconds", "µs"),
    ("ns", "ns"),
    ("nanoseconds", "ns"),
    ("min", "min"),
    ("mins", "min"),
    ("minutes", "min"),
    ("h", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("d", "d"),
    ("day", "d"),
    ("days", "d"),
    ("%", "%"),
    ("percent", "%"),
    ("pct", "%"),
    ("ratio", "ratio"),
    ("1/s", "1/s"),
    ("/s", "1/s"),
    ("req/s", "1/s"),
    ("reqps", "1/s"),
    ("rps", "1/s"),
    ("ops/s", "1/s"),
    ("ops", "1/s"),
    ("qps", "1/s"),
    ("rpm", "1/min"),
    ("req/min", "1/min"),
    ("1/min", "1/min"),
    ("b", "bytes"),
    ("byte", "bytes"),
    ("bytes", "bytes"),
    ("kb", "kB"),
    ("mb", "MB"),
    ("gb", "GB"),
    ("tb", "TB"),
    ("kib", "KiB"),
    ("mib", "MiB"),
    ("gib", "GiB"),
    ("tib", "TiB"),
    ("k", "thousand"),
    ("mil", "million"),
];

/// The unit that a word means.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit)
}

/// The units that convert to a metric's own.
pub(super) fn convertible(own: &str) -> Vec<&'static str> {
    FACTORS.iter().filter(|(to, ..)| *to == own).map(|(_, from, _)| *from).collect()
}

/// What a number in a unit is multiplied by to be in a metric's own; `None` where one is not the other.
pub(super) fn factor(own: &str, unit: &str) -> Option<f64> {
    let unit = if unit.is_empty() { own } else { unit };
    FACTORS.iter().find(|(to, from, _)| *to == own && *from == unit).map(|(.., factor)| *factor)
}

/// The unit that a column's name ends with: `latency (ms)`, `duration_seconds`, `cpu %`, `heap [MiB]`.
pub(super) fn of_name(name: &str) -> Option<&'static str> {
    let name = name.trim();
    if let Some(inner) = name.strip_suffix([')', ']']) {
        return of_word(inner.rsplit(['(', '[']).next()?);
    }
    let last = name.rsplit([' ', '_', '.', '-']).next()?;
    // A single letter is a unit in brackets only, else it may be the end of any name.
    let telling = last.chars().count() > 1 || last == "%";
    of_word(last).filter(|_| telling && last.len() < name.len())
}
