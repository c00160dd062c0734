//! Units: conversion within a kind, and how a value is written in a sentence.

/// Kind and factor to the kind's base unit.
fn base(unit: &str) -> Option<(&'static str, f64)> {
    Some(match unit {
        "" | "count" => ("count", 1.0),
        "factor" => ("factor", 1.0),
        "bool" => ("bool", 1.0),
        "ns" => ("time", 1e-6),
        "us" | "µs" => ("time", 1e-3),
        "ms" => ("time", 1.0),
        "s" => ("time", 1e3),
        "min" => ("time", 6e4),
        "h" => ("time", 3.6e6),
        "ratio" => ("ratio", 1.0),
        "%" | "percent" => ("ratio", 0.01),
        "bytes" | "B" => ("bytes", 1.0),
        "kB" => ("bytes", 1e3),
        "KiB" => ("bytes", 1024.0),
        "MB" => ("bytes", 1e6),
        "MiB" => ("bytes", 1_048_576.0),
        "GiB" => ("bytes", 1_073_741_824.0),
        "1/s" => ("rate", 1.0),
        "1/min" => ("rate", 1.0 / 60.0),
        "1/h" => ("rate", 1.0 / 3600.0),
        _ => return None,
    })
}

/// Whether a unit is known.
pub(crate) fn known(unit: &str) -> bool {
    base(unit).is_some()
}

/// A value in another unit of the same kind; `None` when the kinds differ or a unit is unknown.
pub(crate) fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let ((kind, factor), (wanted, divisor)) = (base(from)?, base(to)?);
    (kind == wanted).then(|| value * factor / divisor)
}

/// A value with its unit as it stands in a sentence: `840 ms`, `62 %`, `1.5 s`, `8 MiB`, `yes`.
#[must_use]
pub(crate) fn show(value: f64, unit: &str) -> String {
    match unit {
        "bool" => if value == 0.0 { "no" } else { "yes" }.to_owned(),
        "ratio" => format!("{} %", number(value * 100.0)),
        "percent" => format!("{} %", number(value)),
        "" | "count" => number(value),
        "factor" => format!("{} ×", number(value)),
        "ms" if value.abs() >= 60_000.0 => format!("{} min", number(value / 60_000.0)),
        "ms" if value.abs() >= 10_000.0 => format!("{} s", number(value / 1000.0)),
        "bytes" if value.abs() >= 1_048_576.0 => format!("{} MiB", number(value / 1_048_576.0)),
        "bytes" if value.abs() >= 1024.0 => format!("{} KiB", number(value / 1024.0)),
        _ => format!("{} {unit}", number(value)),
    }
}

/// A number with three significant digits, more where the integer part has them, without trailing zeros.
pub(crate) fn number(value: f64) -> String {
    let magnitude = value.abs();
    let decimals = if magnitude >= 100.0 || magnitude == 0.0 {
        0
    } else {
        // 3 significant digits: 12.3, 1.23, 0.123, 0.0123.
        (2 - magnitude.log10().floor() as i32).clamp(0, 9) as usize
    };
    let text = format!("{value:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_within_a_kind_only() {
        assert_eq!(convert(1.5, "s", "ms"), Some(1500.0));
        assert_eq!(convert(20.0, "%", "ratio"), Some(0.2));
        assert_eq!(convert(2.0, "MiB", "KiB"), Some(2048.0));
        assert_eq!(convert(1.0, "ms", "bytes"), None);
        assert_eq!(convert(1.0, "furlong", "ms"), None);
    }

    #[test]
    fn writes_values_as_people_do() {
        assert_eq!(show(840.0, "ms"), "840 ms");
        assert_eq!(show(0.62, "ratio"), "62 %");
        assert_eq!(show(0.004, "ratio"), "0.4 %");
        assert_eq!(show(1234.4, "ms"), "1234 ms");
        assert_eq!(show(4.236, "factor"), "4.24 ×");
        assert_eq!(show(8_388_608.0, "bytes"), "8 MiB");
        assert_eq!(show(0.0, "count"), "0");
        assert_eq!(show(99.96, "ms"), "100 ms");
        assert_eq!(show(1_800_000.0, "ms"), "30 min");
        assert_eq!(show(1.0, "bool"), "yes");
    }
}
