//! English, as in Britain.

use super::{IEC, Locale, Rule};

pub(super) const EN: Locale = Locale {
    language: "en",
    right_to_left: false,
    decimal: '.',
    group: ",",
    group_from: 4,
    minus: "\u{2212}",
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
    day: "{d}\u{a0}{m}",
    first: "1",
    year: " {y}",
    money: "{s}{a}",
    percent: "%",
    bytes: IEC,
    plural: Rule::OneIsOne,
};
