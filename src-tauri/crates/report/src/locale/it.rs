//! Italian: four digits are not grouped.

use super::{IEC, Locale, Rule};

pub(super) const IT: Locale = Locale {
    language: "it",
    right_to_left: false,
    decimal: ',',
    group: ".",
    group_from: 5,
    minus: "\u{2212}",
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    months_short: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    day: "{d}\u{a0}{m}",
    first: "1",
    year: " {y}",
    money: "{a}\u{a0}{s}",
    percent: "%",
    bytes: IEC,
    plural: Rule::OneIsOne,
};
