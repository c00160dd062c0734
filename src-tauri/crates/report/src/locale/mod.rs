//! How a language writes numbers, dates and money, after CLDR 48, and which way it runs. One file a language.

mod ar;
mod collate;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod pl;
mod plural;

use std::borrow::Cow;

use groma_model::{Date, Money};

pub use plural::Plural;
use plural::Rule;

/// A language's conventions.
#[derive(Debug, Clone, Copy)]
pub struct Locale {
    /// BCP 47 primary language.
    pub language: &'static str,
    /// Whether the language is written from right to left.
    pub right_to_left: bool,
    decimal: char,
    group: &'static str,
    /// The shortest number that is grouped, in digits: 4, or 5 where `1234` stays whole.
    group_from: usize,
    /// Before what is negative.
    minus: &'static str,
    /// As they stand in a date.
    months: [&'static str; 12],
    /// As they stand alone, before a year.
    months_short: [&'static str; 12],
    /// A day of the year: `{d}`, `{m}`.
    day: &'static str,
    /// How the first of a month is written.
    first: &'static str,
    /// What follows the day: `{y}`.
    year: &'static str,
    /// `{a}` amount, `{s}` symbol.
    money: &'static str,
    percent: &'static str,
    /// Bytes, 1024 of them, and 1024 of those.
    bytes: [&'static str; 3],
    plural: Rule,
}

/// Every language that a report can be written in; the first is written where a language is not there.
pub const LOCALES: &[Locale] = &[en::EN, de::DE, fr::FR, es::ES, it::IT, pl::PL, ar::AR];

/// Units of size as most languages write them.
const IEC: [&str; 3] = ["B", "KiB", "MiB"];

/// U+2068 and U+2069: what stands between them is ordered by its own first letter and does not disturb what is around it.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

impl Locale {
    /// The conventions of a language tag: `de-AT` finds `de`; a language that is not there is written the English way.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        LOCALES.iter().find(|locale| locale.language == primary).unwrap_or(&LOCALES[0])
    }

    /// What stands before the decimals of a number.
    #[must_use]
    pub const fn decimal(&self) -> char {
        self.decimal
    }

    /// A number with a fixed number of decimals and grouped thousands.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            out.push_str(self.minus);
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len() >= self.group_from && (whole.len() - index).is_multiple_of(3) {
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
        self.day(date) + &self.year.replace("{y}", &date.year().to_string())
    }

    fn day(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1];
        let day = if date.day() == 1 { self.first.to_owned() } else { date.day().to_string() };
        self.day.replace("{d}", &day).replace("{m}", month)
    }

    /// A month with its year: `Jun 2026`.
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        format!("{}\u{a0}{year}", self.months_short[usize::from(month.unsigned_abs()).clamp(1, 12) - 1])
    }

    /// A period: both dates in full, the first without its year when that is the same.
    #[must_use]
    pub fn period(&self, from: Option<Date>, to: Option<Date>) -> String {
        match (from, to) {
            (Some(from), Some(to)) if from.year() == to.year() => format!("{} – {}", self.day(from), self.date(to)),
            (Some(from), Some(to)) => format!("{} – {}", self.date(from), self.date(to)),
            (Some(date), None) | (None, Some(date)) => self.date(date),
            (None, None) => String::new(),
        }
    }

    /// An amount in whole units of the currency, rounded.
    #[must_use]
    pub fn money(&self, amount: Money, currency: &str) -> String {
        let symbol = self.symbol(currency);
        let units = self.number((amount.0 as f64 / 100.0).round(), 0);
        // A code such as CHF is set apart from the figure, a sign such as € is not in English.
        let apart =
            if symbol.chars().all(char::is_alphabetic) && self.money.starts_with("{s}") { "\u{a0}" } else { "" };
        self.money.replace("{s}", &format!("{symbol}{apart}")).replace("{a}", &units)
    }

    /// The sign of a currency, or its code.
    fn symbol<'a>(&self, currency: &'a str) -> &'a str {
        match currency {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "JPY" => "¥",
            "PLN" if self.language == "pl" => "zł",
            other => other,
        }
    }

    /// A size in bytes, in binary units.
    #[must_use]
    pub fn bytes(&self, bytes: u64) -> String {
        let value = bytes as f64;
        let (value, decimals, unit) = match bytes {
            0..1024 => (value, 0, self.bytes[0]),
            1024..1_048_576 => (value / 1024.0, 1, self.bytes[1]),
            _ => (value / 1_048_576.0, 1, self.bytes[2]),
        };
        format!("{}\u{a0}{unit}", self.number(value, decimals))
    }

    /// The form of a word beside a number as this language writes it; beside what is not a number, the usual one.
    #[must_use]
    pub fn plural(&self, number: &str) -> Plural {
        let bare = number.replace(self.group, "");
        let (whole, fraction) = bare.split_once(self.decimal).map_or((bare.as_str(), None), |(a, b)| (a, Some(b)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match whole.parse() {
            Ok(value) if digits(whole) && fraction.is_none_or(digits) => self.plural.of(value, fraction.is_some()),
            _ => Plural::Other,
        }
    }

    /// The categories of the language's plurals, in order.
    #[must_use]
    pub fn plurals(&self) -> &'static [Plural] {
        self.plural.categories()
    }

    /// What templates need in order to choose among plural forms as [`Self::plural`] does: the category of each number from 0
    /// to 199, after which those from 100 on come again, that of a number with decimals (null: that of its whole part), and
    /// the marks of a number.
    pub(crate) fn plural_table(&self) -> serde_json::Value {
        let of: Vec<_> = (0..200).map(|number| self.plural.of(number, false).name()).collect();
        let decimals = self.plural.of(1, true) == Plural::Other;
        serde_json::json!({
            "of": of, "decimals": decimals.then_some("other"), "group": self.group, "decimal": self.decimal,
        })
    }

    /// What fills a place of a sentence: in a language from right to left, Latin words and what stands with them (units,
    /// codes, paths) keep their own order.
    #[must_use]
    pub fn isolated<'a>(&self, value: &'a str) -> Cow<'a, str> {
        if self.right_to_left && value.contains(|c: char| c.is_ascii_alphabetic()) && !value.starts_with(ISOLATE[0]) {
            Cow::Owned(format!("{}{value}{}", ISOLATE[0], ISOLATE[1]))
        } else {
            Cow::Borrowed(value)
        }
    }
}

#[cfg(test)]
mod tests;
