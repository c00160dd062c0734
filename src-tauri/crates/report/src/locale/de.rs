//! German.

use super::{IEC, Locale, Rule};

pub(super) const DE: Locale = Locale {
    language: "de",
    right_to_left: false,
    decimal: ',',
    group: ".",
    group_from: 4,
    minus: "\u{2212}",
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
    day: "{d}.\u{a0}{m}",
    first: "1",
    year: " {y}",
    money: "{a}\u{a0}{s}",
    percent: "\u{a0}%",
    bytes: IEC,
    plural: Rule::OneIsOne,
};
