//! Times and sizes as tools write them.

/// A time with its unit to milliseconds: `12.5ms`, `163.00us`, `1.66s`, `2.5m`, `1h`, `5min`, `-nan` is `None`.
pub(crate) fn millis(text: &str) -> Option<f64> {
    let (number, unit) = split(text)?;
    // Divided where the unit is smaller and rounded to a picosecond, so that `4.1m` is 246000 and not its neighbour.
    let millis = match unit {
        "ns" => number / 1e6,
        "us" | "µs" | "μs" => number / 1e3,
        "ms" => number,
        "s" | "sec" | "secs" => number * 1e3,
        "m" | "min" | "mins" => number * 60e3,
        "h" | "hour" | "hours" => number * 3600e3,
        "d" | "day" | "days" => number * 86_400e3,
        _ => return None,
    };
    Some((millis * 1e9).round() / 1e9)
}

/// A size with a binary unit to bytes: `8kB`, `64MB`, `100mb`, `1g`, `8388608`.
pub(crate) fn bytes(text: &str) -> Option<f64> {
    let (number, unit) = split(text)?;
    let exponent = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "ki" | "kib" => 1,
        "m" | "mb" | "mi" | "mib" => 2,
        "g" | "gb" | "gi" | "gib" => 3,
        "t" | "tb" | "ti" | "tib" => 4,
        _ => return None,
    };
    Some(number * 1024_f64.powi(exponent))
}

/// A finite number and what follows it.
fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    number.is_finite().then(|| (number, text[end..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert() {
        assert_eq!(millis("163.00us"), Some(0.163));
        assert_eq!(millis("83.33m"), Some(4_999_800.0));
        assert_eq!(millis("5min"), Some(300_000.0));
        assert_eq!(millis("-nan"), None);
        assert_eq!(millis("30"), None);
        assert_eq!(bytes("8kB"), Some(8192.0));
        assert_eq!(bytes("100mb"), Some(104_857_600.0));
    }
}
