//! Which form of a word goes with a number: the plural categories of CLDR.

/// A plural category. What falls into it is the language's own affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plural {
    /// Arabic 0.
    Zero,
    /// 1, and what is said as 1.
    One,
    /// Arabic 2.
    Two,
    /// Polish 2–4, 22–24 …; Arabic 3–10, 103–110 …
    Few,
    /// Polish 5–21, 25–31 …; Arabic 11–99, 111–199 …
    Many,
    /// Everything else; the category that every language has.
    Other,
}

impl Plural {
    /// The name in label files: `one`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// How a language sorts numbers into categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// 1 is one (English, German, Spanish, Italian).
    OneIsOne,
    /// 0 and 1 are one, with whatever decimals (French).
    BelowTwo,
    /// Polish.
    Polish,
    /// Arabic.
    Arabic,
}

impl Rule {
    /// The category of a number by its whole part and whether it has decimals. Millions, which French, Spanish and Italian
    /// tell apart where they write them in words, are not: a report writes figures.
    pub(super) fn of(self, whole: u64, decimals: bool) -> Plural {
        let (tens, units) = (whole % 100, whole % 10);
        match self {
            Self::BelowTwo => {
                if whole < 2 {
                    Plural::One
                } else {
                    Plural::Other
                }
            }
            _ if decimals => Plural::Other,
            Self::OneIsOne => {
                if whole == 1 {
                    Plural::One
                } else {
                    Plural::Other
                }
            }
            Self::Polish => match (whole, units) {
                (1, _) => Plural::One,
                (_, 2..=4) if !(12..=14).contains(&tens) => Plural::Few,
                _ => Plural::Many,
            },
            Self::Arabic => match (whole, tens) {
                (0, _) => Plural::Zero,
                (1, _) => Plural::One,
                (2, _) => Plural::Two,
                (_, 3..=10) => Plural::Few,
                (_, 11..=99) => Plural::Many,
                _ => Plural::Other,
            },
        }
    }

    /// The categories that the language has, in order.
    pub(super) const fn categories(self) -> &'static [Plural] {
        use Plural::{Few, Many, One, Other, Two, Zero};
        match self {
            Self::OneIsOne | Self::BelowTwo => &[One, Other],
            Self::Polish => &[One, Few, Many, Other],
            Self::Arabic => &[Zero, One, Two, Few, Many, Other],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(rule: Rule, category: Plural, numbers: &[u64]) {
        for &number in numbers {
            assert_eq!(rule.of(number, false), category, "{rule:?} {number}");
        }
    }

    #[test]
    fn numbers_fall_into_the_categories_of_cldr() {
        says(Rule::OneIsOne, Plural::One, &[1]);
        says(Rule::OneIsOne, Plural::Other, &[0, 2, 11, 21, 101]);
        says(Rule::BelowTwo, Plural::One, &[0, 1]);
        says(Rule::BelowTwo, Plural::Other, &[2, 21, 101]);
        says(Rule::Polish, Plural::One, &[1]);
        says(Rule::Polish, Plural::Few, &[2, 4, 22, 34, 102, 1002]);
        says(Rule::Polish, Plural::Many, &[0, 5, 11, 12, 14, 21, 25, 100, 101, 111, 112]);
        says(Rule::Arabic, Plural::Zero, &[0]);
        says(Rule::Arabic, Plural::One, &[1]);
        says(Rule::Arabic, Plural::Two, &[2]);
        says(Rule::Arabic, Plural::Few, &[3, 10, 103, 110, 1003]);
        says(Rule::Arabic, Plural::Many, &[11, 22, 99, 111, 199]);
        says(Rule::Arabic, Plural::Other, &[100, 101, 102, 200, 1000]);
    }

    #[test]
    fn decimals_are_singular_below_two_in_french_alone() {
        assert_eq!(Rule::BelowTwo.of(1, true), Plural::One);
        assert_eq!(Rule::BelowTwo.of(2, true), Plural::Other);
        for rule in [Rule::OneIsOne, Rule::Polish, Rule::Arabic] {
            assert_eq!(rule.of(1, true), Plural::Other, "{rule:?}");
        }
    }

    #[test]
    fn every_category_met_is_one_that_the_language_has() {
        for rule in [Rule::OneIsOne, Rule::BelowTwo, Rule::Polish, Rule::Arabic] {
            for number in 0..300 {
                assert!(rule.categories().contains(&rule.of(number, false)), "{rule:?} {number}");
            }
        }
    }
}
