//! Arabic, with Western digits: identifiers, versions and measured values of tools are full of them, technical and
//! financial reports of most Arab countries use them, and a page with both kinds is harder to read and to search.
//!
//! Amounts have none of the direction marks of CLDR: a report's text knows its direction, and what is copied stays bare.

use super::{IEC, Locale, Rule};

/// By the names used from Egypt to the Gulf, which CLDR has for Arabic without a region.
const MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

pub(super) const AR: Locale = Locale {
    language: "ar",
    right_to_left: true,
    decimal: '.',
    group: ",",
    group_from: 4,
    // The mark keeps the sign before its figure.
    minus: "\u{200e}\u{2212}",
    months: MONTHS,
    months_short: MONTHS,
    day: "{d}\u{a0}{m}",
    first: "1",
    year: " {y}",
    money: "{a}\u{a0}{s}",
    percent: "%",
    bytes: IEC,
    plural: Rule::Arabic,
};
