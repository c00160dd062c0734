//! Spanish, as in Spain: four digits are not grouped.

use super::{IEC, Locale, Rule};

pub(super) const ES: Locale = Locale {
    language: "es",
    right_to_left: false,
    decimal: ',',
    group: ".",
    group_from: 5,
    minus: "\u{2212}",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    months_short: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    day: "{d}\u{a0}de\u{a0}{m}",
    first: "1",
    year: " de\u{a0}{y}",
    money: "{a}\u{a0}{s}",
    percent: "\u{a0}%",
    bytes: IEC,
    plural: Rule::OneIsOne,
};
