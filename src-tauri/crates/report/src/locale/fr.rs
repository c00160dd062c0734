//! French. The first of a month is an ordinal, as people write it; CLDR leaves that out.

use super::{Locale, Rule};

pub(super) const FR: Locale = Locale {
    language: "fr",
    right_to_left: false,
    decimal: ',',
    group: "\u{202f}",
    group_from: 4,
    minus: "\u{2212}",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    months_short: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    day: "{d}\u{a0}{m}",
    first: "1er",
    year: " {y}",
    money: "{a}\u{a0}{s}",
    percent: "\u{a0}%",
    bytes: ["o", "Kio", "Mio"],
    plural: Rule::BelowTwo,
};
