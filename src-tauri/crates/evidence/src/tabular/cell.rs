//! Cells: numbers with the commas and units of people, and times.

use groma_model::Timestamp;

use super::unit;

/// Words for no value at all.
const NOTHING: &[&str] = &["", "-", "--", "—", "n/a", "na", "nan", "null", "none", "undefined", "no data", "#n/a"];
/// Seconds since 1970 of a time that somebody measures today: the years 2001 to 2286.
const SECONDS: std::ops::Range<f64> = 1e9..1e10;

/// Whether a cell says that there is no value.
pub(super) fn is_nothing(cell: &str) -> bool {
    let cell = cell.trim();
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(cell))
}

/// A number, and the unit behind it where there is one: `1,234.5`, `12.5 ms`, `97 %`, `1.2 K`.
pub(super) fn number(cell: &str, decimal_comma: bool) -> Option<(f64, Option<&'static str>)> {
    let cell = cell.trim();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '\'' | '\u{a0}' | '\u{202f}');
    let mut end = cell.find(|c: char| !digits(c)).unwrap_or(cell.len());
    // `1.5e-3`, but not the `e` of a word.
    if let Some(exponent) = cell[end..].strip_prefix(['e', 'E']) {
        let signed = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let length = signed.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            end = cell.len() - signed.len() + length;
        }
    }
    let (plain, rest) = cell.split_at(end);
    let unit = match rest.trim() {
        "" => None,
        word => Some(unit::of_word(word)?),
    };
    let plain = plain.replace(['\'', '\u{a0}', '\u{202f}'], "");
    let (group, point) = if decimal_comma { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = plain.split_once(point).unwrap_or((&plain, ""));
    if fraction.contains([group, point]) || !is_grouped(whole, group) {
        return None;
    }
    let whole = whole.replace(group, "");
    let text = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| (number, unit))
}

/// Whether separators stand between groups of three digits alone: `1,234,567`, not `1,23`.
fn is_grouped(whole: &str, separator: char) -> bool {
    let mut groups = whole.trim_start_matches(['-', '+']).split(separator);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_none() || (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3)
}

/// When something was, and whether the cell says in which time zone. Times without one are taken as UTC: they are for
/// putting rows in order.
pub(super) fn time(cell: &str) -> Option<(Timestamp, bool)> {
    let cell = cell.trim();
    if let Ok(time) = cell.parse::<Timestamp>() {
        return Some((time, true));
    }
    if let Ok(number) = cell.parse::<f64>() {
        let scale = [1.0, 1e3, 1e6, 1e9].into_iter().find(|scale| SECONDS.contains(&(number / scale)))?;
        #[allow(clippy::cast_possible_truncation)] // within the range above
        let millis = (number / scale * 1e3) as i64;
        return Timestamp::from_millisecond(millis).ok().map(|time| (time, true));
    }
    let civil = |text: &str| text.parse::<jiff::civil::DateTime>().ok();
    let found = civil(cell).or_else(|| {
        ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M:%S"]
            .iter()
            .find_map(|format| jiff::civil::DateTime::strptime(format, cell).ok())
    })?;
    found.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| (zoned.timestamp(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_commas_and_units() {
        for (cell, comma, want) in [
            ("1,234.5", false, Some((1234.5, None))),
            ("1.234,5", true, Some((1234.5, None))),
            ("1'234", false, Some((1234.0, None))),
            ("0,5", true, Some((0.5, None))),
            ("0,5", false, None),
            ("12.5 ms", false, Some((12.5, Some("ms")))),
            ("97 %", false, Some((97.0, Some("%")))),
            ("1.5e-3", false, Some((0.0015, None))),
            ("-2", false, Some((-2.0, None))),
            ("3 apples", false, None),
            ("1.2.3", false, None),
            ("12:30", false, None),
            ("", false, None),
        ] {
            assert_eq!(number(cell, comma), want, "{cell}");
        }
        assert!(is_nothing(" N/A ") && is_nothing("") && !is_nothing("0"));
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        for cell in [
            "2026-09-14T07:31:02Z",
            "2026-09-14T09:31:02+02:00",
            "1789371062",
            "1789371062000",
            "1789371062000000000",
            "2026-09-14 07:31:02",
            "14.09.2026 07:31:02",
            "2026/09/14 07:31:02",
        ] {
            assert_eq!(time(cell).map(|(time, _)| time.to_string()).as_deref(), Some("2026-09-14T07:31:02Z"), "{cell}");
        }
        assert_eq!(time("2026-09-14 07:31").map(|(_, zoned)| zoned), Some(false));
        for cell in ["12", "yesterday", "", "07:31"] {
            assert_eq!(time(cell), None, "{cell}");
        }
    }
}
