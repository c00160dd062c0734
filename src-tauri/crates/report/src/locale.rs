//! How a language writes numbers, dates and money.

use groma_model::{Date, Money};

/// A language's conventions. One constant a language.
#[derive(Debug, Clone, Copy)]
pub struct Locale {
    /// BCP 47 primary language.
    pub language: &'static str,
    decimal: char,
    group: &'static str,
    months: [&'static str; 12],
    months_short: [&'static str; 12],
    /// `{d}`, `{m}`, `{y}`.
    date: &'static str,
    /// `{a}` amount, `{s}` symbol.
    money: &'static str,
    percent: &'static str,
}

const EN: Locale = Locale {
    language: "en",
    decimal: '.',
    group: ",",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    date: "{d}\u{a0}{m} {y}",
    money: "{s}{a}",
    percent: "%",
};

const DE: Locale = Locale {
    language: "de",
    decimal: ',',
    group: ".",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    months_short: ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    date: "{d}.\u{a0}{m} {y}",
    money: "{a}\u{a0}{s}",
    percent: "\u{a0}%",
};

/// Every language that a report can be written in.
pub const LOCALES: &[Locale] = &[EN, DE];

impl Locale {
    /// The conventions of a language tag: `de-AT` finds `de`; a language that is not there is written the English way.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        LOCALES.iter().find(|locale| locale.language == primary).unwrap_or(&LOCALES[0])
    }

    /// A number with a fixed number of decimals and grouped thousands.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            out.push('\u{2212}');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// A number with as many decimals as it needs, at most `most`.
    #[must_use]
    pub fn short(&self, value: f64, most: usize) -> String {
        let step = 10f64.powi(i32::try_from(most).unwrap_or_default());
        let rounded = (value * step).round() / step;
        let decimals = (0..=most)
            .find(|&places| {
                let step = 10f64.powi(i32::try_from(places).unwrap_or_default());
                ((rounded * step).round() / step - rounded).abs() < 1e-9
            })
            .unwrap_or(most);
        self.number(rounded, decimals)
    }

    /// A percentage: `42.3` is 42.3 %.
    #[must_use]
    pub fn percent(&self, value: f64, decimals: usize) -> String {
        format!("{}{}", self.number(value, decimals), self.percent)
    }

    /// A date in full.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1];
        self.date.replace("{d}", &date.day().to_string()).replace("{m}", month).replace("{y}", &date.year().to_string())
    }

    /// A month with its year: `Jun 2026`.
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        format!("{}\u{a0}{year}", self.months_short[usize::from(month.unsigned_abs()).clamp(1, 12) - 1])
    }

    /// A period: both dates in full, the first shortened when the year is the same.
    #[must_use]
    pub fn period(&self, from: Option<Date>, to: Option<Date>) -> String {
        match (from, to) {
            (Some(from), Some(to)) if from.year() == to.year() => {
                let first = self.date(from);
                let year = format!(" {}", from.year());
                format!("{} – {}", first.strip_suffix(&year).unwrap_or(&first), self.date(to))
            }
            (Some(from), Some(to)) => format!("{} – {}", self.date(from), self.date(to)),
            (Some(date), None) | (None, Some(date)) => self.date(date),
            (None, None) => String::new(),
        }
    }

    /// An amount in whole units of the currency, rounded.
    #[must_use]
    pub fn money(&self, amount: Money, currency: &str) -> String {
        let symbol = symbol(currency);
        let units = self.number((amount.0 as f64 / 100.0).round(), 0);
        // A code such as CHF is set apart from the figure, a sign such as € is not in English.
        let apart =
            if symbol.chars().all(char::is_alphabetic) && self.money.starts_with("{s}") { "\u{a0}" } else { "" };
        self.money.replace("{s}", &format!("{symbol}{apart}")).replace("{a}", &units)
    }

    /// A size in bytes, in binary units.
    #[must_use]
    pub fn bytes(&self, bytes: u64) -> String {
        let value = bytes as f64;
        match bytes {
            0..1024 => format!("{}\u{a0}B", self.number(value, 0)),
            1024..1_048_576 => format!("{}\u{a0}KiB", self.number(value / 1024.0, 1)),
            _ => format!("{}\u{a0}MiB", self.number(value / 1_048_576.0, 1)),
        }
    }
}

/// The sign of a currency, or its code.
fn symbol(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn english_and_german_write_differently() {
        let (en, de) = (Locale::of("en-GB"), Locale::of("de"));
        assert_eq!(en.number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(de.number(1_234_567.891, 2), "1.234.567,89");
        assert_eq!(en.money(Money::whole(12_340), "EUR"), "€12,340");
        assert_eq!(de.money(Money(1_234_049), "EUR"), "12.340\u{a0}€");
        assert_eq!(en.money(Money::whole(-5), "CHF"), "CHF\u{a0}−5");
        assert_eq!(en.date(date(2026, 5, 29)), "29\u{a0}May 2026");
        assert_eq!(de.period(Some(date(2026, 5, 4)), Some(date(2026, 5, 29))), "4.\u{a0}Mai – 29.\u{a0}Mai 2026");
        assert_eq!(de.percent(47.887, 1), "47,9\u{a0}%");
        assert_eq!(Locale::of("xx").language, "en");
    }

    #[test]
    fn short_numbers_lose_their_zeros() {
        let en = Locale::of("en");
        assert_eq!(en.short(840.0, 2), "840");
        assert_eq!(en.short(0.125, 2), "0.13");
        assert_eq!(en.short(1.5, 2), "1.5");
        assert_eq!(en.number(-0.001, 1), "0.0");
    }
}
