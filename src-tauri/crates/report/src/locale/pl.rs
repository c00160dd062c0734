//! Polish: four digits are not grouped; months stand in the genitive in a date.

use super::{IEC, Locale, Rule};

pub(super) const PL: Locale = Locale {
    language: "pl",
    right_to_left: false,
    decimal: ',',
    group: "\u{a0}",
    group_from: 5,
    minus: "\u{2212}",
    months: [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    months_short: ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
    day: "{d}\u{a0}{m}",
    first: "1",
    year: " {y}",
    money: "{a}\u{a0}{s}",
    percent: "%",
    bytes: IEC,
    plural: Rule::Polish,
};
