//! Expected values are those of CLDR 48, but for the minus sign, which is the typographic one.

use groma_model::Money;
use jiff::civil::date;

use super::*;

/// How a language writes 1234.5, 1 234 567.891, −5 in francs, 12 340 euros, 47.887 %, two dates and a month.
#[track_caller]
fn writes(language: &str, expected: [&str; 8]) {
    let locale = Locale::of(language);
    let written = [
        locale.number(1234.5, 1),
        locale.number(1_234_567.891, 2),
        locale.money(Money::whole(-5), "CHF"),
        locale.money(Money(1_234_049), "EUR"),
        locale.percent(47.887, 1),
        locale.date(date(2026, 3, 1)),
        locale.period(Some(date(2026, 5, 4)), Some(date(2026, 5, 29))),
        locale.month(2026, 9),
    ];
    // Blanks are told apart by what they look like here.
    assert_eq!(written.map(|text| text.replace('\u{a0}', "~").replace('\u{202f}', "_")), expected, "{language}");
}

#[test]
fn each_language_writes_as_its_readers_do() {
    let en =
        ["1,234.5", "1,234,567.89", "CHF~−5", "€12,340", "47.9%", "1~March 2026", "4~May – 29~May 2026", "Sep~2026"];
    writes("en-GB", en);
    let de = [
        "1.234,5",
        "1.234.567,89",
        "−5~CHF",
        "12.340~€",
        "47,9~%",
        "1.~März 2026",
        "4.~Mai – 29.~Mai 2026",
        "Sep~2026",
    ];
    writes("de-AT", de);
    let fr = [
        "1_234,5",
        "1_234_567,89",
        "−5~CHF",
        "12_340~€",
        "47,9~%",
        "1er~mars 2026",
        "4~mai – 29~mai 2026",
        "sept.~2026",
    ];
    writes("fr", fr);
    let es = [
        "1234,5",
        "1.234.567,89",
        "−5~CHF",
        "12.340~€",
        "47,9~%",
        "1~de~marzo de~2026",
        "4~de~mayo – 29~de~mayo de~2026",
        "sept~2026",
    ];
    writes("es", es);
    let it = [
        "1234,5",
        "1.234.567,89",
        "−5~CHF",
        "12.340~€",
        "47,9%",
        "1~marzo 2026",
        "4~maggio – 29~maggio 2026",
        "set~2026",
    ];
    writes("it_CH", it);
    let pl =
        ["1234,5", "1~234~567,89", "−5~CHF", "12~340~€", "47,9%", "1~marca 2026", "4~maja – 29~maja 2026", "wrz~2026"];
    writes("pl", pl);
    let ar = [
        "1,234.5",
        "1,234,567.89",
        "\u{200e}−5~CHF",
        "12,340~€",
        "47.9%",
        "1~مارس 2026",
        "4~مايو – 29~مايو 2026",
        "سبتمبر~2026",
    ];
    writes("ar-SA", ar);
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

#[test]
fn signs_and_units_are_the_languages_own() {
    assert_eq!(Locale::of("pl").money(Money::whole(1234), "PLN"), "1234\u{a0}zł");
    assert_eq!(Locale::of("en").money(Money::whole(1234), "PLN"), "PLN\u{a0}1,234");
    assert_eq!(Locale::of("fr").bytes(1536), "1,5\u{a0}Kio");
    assert_eq!(Locale::of("ar").bytes(1536), "1.5\u{a0}KiB");
}

#[test]
fn a_written_number_chooses_its_form() {
    let of = |language: &str, number: &str| Locale::of(language).plural(number);
    assert_eq!(of("pl", "1\u{a0}002"), Plural::Few);
    assert_eq!(of("pl", "12\u{a0}012"), Plural::Many);
    assert_eq!(of("pl", "1,5"), Plural::Other);
    assert_eq!(of("fr", "1,5"), Plural::One);
    assert_eq!(of("fr", "2\u{202f}000"), Plural::Other);
    assert_eq!(of("en", "1"), Plural::One);
    assert_eq!(of("en", "1,000"), Plural::Other);
    assert_eq!(of("ar", "1,003"), Plural::Few);
    for text in ["", "one", "1.", "−1", "1 of 2"] {
        assert_eq!(of("en", text), Plural::Other, "{text:?}");
    }
}

#[test]
fn templates_are_told_the_same_forms() {
    for locale in LOCALES {
        let table = locale.plural_table();
        for number in [0_u64, 1, 2, 7, 11, 99, 100, 101, 102, 112, 199, 200, 201, 203, 212, 1002, 1111] {
            let at = if number < 200 { number } else { 100 + number % 100 };
            let told = table["of"][usize::try_from(at).unwrap()].as_str();
            assert_eq!(told, Some(locale.plural(&number.to_string()).name()), "{} {number}", locale.language);
        }
    }
}

#[test]
fn latin_words_are_isolated_among_arabic_ones_alone() {
    let ar = Locale::of("ar");
    assert_eq!(ar.isolated("GET /api/board"), "\u{2068}GET /api/board\u{2069}");
    assert_eq!(ar.isolated(&ar.isolated("840 ms")), "\u{2068}840 ms\u{2069}");
    assert_eq!(ar.isolated("12,340"), "12,340");
    assert_eq!(Locale::of("fr").isolated("840 ms"), "840 ms");
}
