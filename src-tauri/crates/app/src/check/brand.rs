//! The brand of the engagement's own: colours that can be read, fonts that are there.

use groma_model::Kind;
use serde_json::json;

use super::{Problems, Subject, Values, values};
use crate::brands;
use crate::contrast::{Pair, contrast};

pub(super) fn check(subject: &Subject<'_>, problems: &mut Problems) {
    let Some(brand) = brands::own(subject.contents, &subject.contents.engagement.brand) else { return };
    let mut at = problems.at(Kind::Brand, brand.id, format!("brand \"{}\"", brand.name));
    if brand.name.trim().is_empty() {
        at.error("brand.name", "name", Values::new());
    }
    let told = contrast(brand);
    for row in told.rows.iter().filter(|row| !row.enough) {
        let sentence = match row.pair {
            Pair::PrimaryOnPaper => "brand.contrast.primary_on_paper",
            Pair::TextOnPrimary => "brand.contrast.text_on_primary",
            Pair::SecondaryOnPaper => "brand.contrast.secondary_on_paper",
            Pair::SecondaryOnPrimary => "brand.contrast.secondary_on_primary",
            Pair::InkOnPaper => "brand.contrast.ink_on_paper",
            Pair::InkOnBand => "brand.contrast.ink_on_band",
        };
        let remedy = told.adjustments.iter().find(|adjustment| adjustment.field == row.field);
        let colour = remedy.map_or("–", |adjustment| adjustment.colour.as_str());
        let ratio = (row.ratio * 10.0).floor() / 10.0;
        let told = [("ratio", json!(ratio)), ("least", json!(row.least)), ("colour", json!(colour))];
        at.warning(sentence, row.field, values(told));
    }
    let Ok(fonts) = brands::fonts() else { return };
    for (field, font) in [
        ("heading_font", &brand.heading_font),
        ("body_font", &brand.body_font),
        ("label_font", &brand.label_font),
        ("mono_font", &brand.mono_font),
    ] {
        if !fonts.contains(font) {
            let told = [("font", json!(font)), ("fonts", json!(fonts.join(", ")))];
            at.warning("brand.font", field, values(told));
        }
    }
}
