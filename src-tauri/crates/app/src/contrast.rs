//! How well a brand's colours read, by the reckoning of WCAG 2.2, and the nearest colours that do.

use groma_model::{Brand, BrandCover, BrandTables};
use serde::Serialize;

/// Text that reads well enough (AA).
const TEXT: f64 = 4.5;
/// Rules, fields and marks that are seen well enough (AA).
const MARK: f64 = 3.0;
/// The templates' own text colour on colours that bear text.
const PAPER: Colour = Colour([255.0; 3]);

/// Two colours that meet on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Pair {
    /// Rules and fields of the primary colour on paper.
    PrimaryOnPaper,
    /// Text on a field of the primary colour: white or the text colour, whichever reads better.
    TextOnPrimary,
    /// Signals on paper.
    SecondaryOnPaper,
    /// Signals on the cover's field.
    SecondaryOnPrimary,
    /// Text on paper.
    InkOnPaper,
    /// Text on a table's shaded header.
    InkOnBand,
}

/// How well two colours can be told apart.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ContrastRow {
    /// What meets.
    pub pair: Pair,
    /// The brand's field that would be adjusted.
    pub field: &'static str,
    /// The ratio, 1 to 21.
    pub ratio: f64,
    /// The least that AA asks for.
    pub least: f64,
    /// Whether it is enough.
    pub enough: bool,
}

/// A field's nearest colour that reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Adjustment {
    /// The brand's field.
    pub field: &'static str,
    /// The colour, `#rrggbb`.
    pub colour: String,
}

/// What is to be known of a brand's colours.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ContrastReply {
    /// Every pair that the brand prints.
    pub rows: Vec<ContrastRow>,
    /// For each field of a pair that is not enough, the nearest colour with which all its pairs are.
    pub adjustments: Vec<Adjustment>,
    /// Text of the primary colour is printed in this one, dark enough for paper.
    pub primary_text: String,
    /// Text of the secondary colour is printed in this one.
    pub secondary_text: String,
}

/// Red, green and blue from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour([f64; 3]);

impl Colour {
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(f64::from);
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn hex(self) -> String {
        let [red, green, blue] = self.0.map(|part| part.round().clamp(0.0, 255.0) as u8);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let value = part / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn against(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// `share` of the other colour in this one.
    fn mixed(self, other: Self, share: f64) -> Self {
        let part = |at: usize| self.0[at] + (other.0[at] - self.0[at]) * share;
        Self([part(0), part(1), part(2)])
    }
}

/// How well a brand's colours read. Colours that are none are passed over: they are told where they are written.
#[must_use]
pub fn contrast(brand: &Brand) -> ContrastReply {
    let rows = rows(brand);
    let mut adjustments: Vec<Adjustment> = Vec::new();
    for row in rows.iter().filter(|row| !row.enough) {
        if adjustments.iter().all(|known| known.field != row.field)
            && let Some(colour) = adjusted(brand, row.field)
        {
            adjustments.push(Adjustment { field: row.field, colour });
        }
    }
    let readable = |colour: &str| Colour::read(colour).map(|colour| printed(colour).hex()).unwrap_or_default();
    let (primary_text, secondary_text) = (readable(&brand.primary), readable(&brand.secondary));
    ContrastReply { rows, adjustments, primary_text, secondary_text }
}

fn rows(brand: &Brand) -> Vec<ContrastRow> {
    let colours = (Colour::read(&brand.primary), Colour::read(&brand.secondary), Colour::read(&brand.ink));
    let (Some(primary), Some(secondary), Some(ink)) = colours else { return Vec::new() };
    let row = |pair, field, ratio: f64, least| ContrastRow { pair, field, ratio, least, enough: ratio >= least };
    let on_primary = PAPER.against(primary).max(ink.against(primary));
    let mut rows = vec![
        row(Pair::PrimaryOnPaper, "primary", primary.against(PAPER), MARK),
        row(Pair::SecondaryOnPaper, "secondary", secondary.against(PAPER), MARK),
        row(Pair::InkOnPaper, "ink", ink.against(PAPER), TEXT),
    ];
    if brand.cover == BrandCover::Band {
        rows.insert(1, row(Pair::TextOnPrimary, "primary", on_primary, TEXT));
        rows.push(row(Pair::SecondaryOnPrimary, "secondary", secondary.against(primary), MARK));
    }
    if brand.tables == BrandTables::Bands {
        // As the templates mix it.
        rows.push(row(Pair::InkOnBand, "ink", ink.against(PAPER.mixed(primary, 0.07)), TEXT));
    }
    rows
}

/// The nearest darker or lighter colour with which all pairs of a field are enough.
fn adjusted(brand: &Brand, field: &str) -> Option<String> {
    let with = |colour: String| {
        let mut other = brand.clone();
        match field {
            "primary" => other.primary = colour,
            "secondary" => other.secondary = colour,
            _ => other.ink = colour,
        }
        other
    };
    let now = Colour::read(match field {
        "primary" => &brand.primary,
        "secondary" => &brand.secondary,
        _ => &brand.ink,
    })?;
    let fits = |colour: &String| {
        let rows = rows(&with(colour.clone()));
        rows.iter().filter(|row| row.field == field).all(|row| row.enough)
    };
    let steps = (1..=50).flat_map(|step| [(Colour([0.0; 3]), step), (PAPER, step)]);
    steps.map(|(end, step)| now.mixed(end, f64::from(step) / 50.0).hex()).find(fits)
}

/// A colour made dark enough for text on paper, as the templates do it.
fn printed(colour: Colour) -> Colour {
    let mut result = colour;
    for _ in 0..60 {
        if result.against(PAPER) >= TEXT {
            break;
        }
        result = result.mixed(Colour([0.0; 3]), 0.04);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brand(primary: &str, secondary: &str, ink: &str) -> Brand {
        Brand { primary: primary.into(), secondary: secondary.into(), ink: ink.into(), ..Brand::default() }
    }

    #[test]
    fn ratios_are_those_of_the_standard() {
        let read = |text| Colour::read(text).unwrap();
        assert!((read("#000000").against(read("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((read("#777777").against(read("#ffffff")) - 4.48).abs() < 0.01);
        assert_eq!(Colour::read("#12345é"), None);
    }

    #[test]
    fn the_usual_brand_reads() {
        let told = contrast(&Brand::default());
        assert!(told.rows.len() == 6 && told.rows.iter().all(|row| row.enough), "{told:?}");
        assert!(told.adjustments.is_empty());
    }

    #[test]
    fn what_does_not_read_is_told_with_a_colour_that_does() {
        let pale = brand("#cfe3ff", "#ffe08a", "#9aa0a6");
        let told = contrast(&pale);
        let fields: Vec<_> = told.adjustments.iter().map(|each| each.field).collect();
        assert_eq!(fields, ["primary", "secondary", "ink"]);
        for Adjustment { field, colour } in &told.adjustments {
            let mut other = pale.clone();
            match *field {
                "primary" => other.primary.clone_from(colour),
                "secondary" => other.secondary.clone_from(colour),
                _ => other.ink.clone_from(colour),
            }
            let rows = contrast(&other).rows;
            assert!(rows.iter().filter(|row| row.field == *field).all(|row| row.enough), "{field} {colour} {rows:?}");
        }
        assert!(Colour::read(&told.primary_text).unwrap().against(PAPER) >= TEXT);
    }

    #[test]
    fn only_what_is_printed_counts() {
        let pairs = |brand: &Brand| contrast(brand).rows.iter().map(|row| row.pair).collect::<Vec<_>>();
        let quiet = Brand { cover: BrandCover::Minimal, tables: BrandTables::Rules, ..Brand::default() };
        assert_eq!(pairs(&quiet), [Pair::PrimaryOnPaper, Pair::SecondaryOnPaper, Pair::InkOnPaper]);
        assert!(pairs(&brand("blue", "#ffffff", "#000000")).is_empty());
    }
}
