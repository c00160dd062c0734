//! The brand of the engagement's own: colours that can be read, fonts that are there.

use groma_model::Kind;

use super::{Problems, Subject};
use crate::brands;
use crate::contrast::{Pair, contrast};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let Some(brand) = brands::own(subject.contents, &subject.contents.engagement.brand) else { return };
    let mut at = problems.at(Kind::Brand, brand.id, format!("brand \"{}\"", brand.name));
    if brand.name.trim().is_empty() {
        at.error("brand.name", "name", "the brand has no name: it is the logo's text alternative");
    }
    let told = contrast(brand);
    for row in told.rows.iter().filter(|row| !row.enough) {
        let what = match row.pair {
            Pair::PrimaryOnPaper => "the primary colour on paper",
            Pair::TextOnPrimary => "text on the primary colour",
            Pair::SecondaryOnPaper => "the secondary colour on paper",
            Pair::SecondaryOnPrimary => "the secondary colour on the cover's field",
            Pair::InkOnPaper => "text on paper",
            Pair::InkOnBand => "text on a table's header",
        };
        let remedy = told.adjustments.iter().find(|adjustment| adjustment.field == row.field);
        let remedy = remedy.map_or_else(String::new, |adjustment| format!(": {} would do", adjustment.colour));
        let (ratio, least) = (row.ratio, row.least);
        at.warning(
            "brand.contrast",
            row.field,
            format!("{what} has a contrast of {ratio:.1}, AA asks for {least}{remedy}"),
        );
    }
    let Ok(fonts) = brands::fonts() else { return };
    for (field, font) in [
        ("heading_font", &brand.heading_font),
        ("body_font", &brand.body_font),
        ("label_font", &brand.label_font),
        ("mono_font", &brand.mono_font),
    ] {
        if !fonts.contains(font) {
            at.warning("brand.font", field, format!("there is no font \"{font}\": choose one of {}", fonts.join(", ")));
        }
    }
}
