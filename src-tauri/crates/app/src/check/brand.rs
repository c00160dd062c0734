//! The brand of the engagement's own: colours that can be read, fonts that are there with what texts need.

use std::collections::BTreeSet;

use groma_model::{Brand, BrandFont, Kind};
use groma_typeset::FontFile;
use serde_json::json;

use super::{At, Problems, Subject, Values, values};
use crate::contrast::{Pair, contrast};
use crate::{brand_fonts, brands};

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
    fonts(subject, brand, &mut at);
}

/// What a text is set in: a style of a family.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Regular,
    Bold,
    Italic,
}

impl Style {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Regular => "brand.font.regular",
            Self::Bold => "brand.font.bold",
            Self::Italic => "brand.font.italic",
        }
    }

    /// Whether a font serves for it, perhaps somewhat lighter or heavier.
    fn is(self, font: &BrandFont) -> bool {
        let weighs = |from, to| font.lightest <= to && font.heaviest >= from;
        match self {
            Self::Regular => font.upright && weighs(300, 500),
            Self::Bold => font.upright && weighs(550, 1000),
            Self::Italic => font.italic && weighs(300, 500),
        }
    }
}

/// Families that are there, with the styles and letters that texts need.
fn fonts(subject: &Subject<'_>, brand: &Brand, at: &mut At<'_>) {
    let Ok(built_in) = brands::fonts() else { return };
    let own: &[(BrandFont, Option<FontFile>)] = subject.fonts.map_or(&[], |fonts| fonts.own.as_slice());
    for (font, _) in own.iter().filter(|(_, file)| file.is_none()) {
        at.warning("brand.font.lost", "fonts", values([("file", json!(font.file))]));
    }
    let there: Vec<(&BrandFont, &FontFile)> =
        own.iter().filter_map(|(font, file)| Some((font, file.as_ref()?))).collect();
    let language = &subject.contents.engagement.language;
    let mut told = Vec::new();
    for (field, family, styles) in [
        ("body_font", &brand.body_font, &[Style::Regular, Style::Bold, Style::Italic][..]),
        ("heading_font", &brand.heading_font, &[Style::Bold]),
        ("label_font", &brand.label_font, &[Style::Regular, Style::Bold]),
        ("mono_font", &brand.mono_font, &[Style::Regular]),
    ] {
        let of_family: Vec<_> = there.iter().filter(|(font, _)| font.family.eq_ignore_ascii_case(family)).collect();
        if of_family.is_empty() {
            if !built_in.contains(family) {
                let families = there.iter().map(|(font, _)| font.family.clone()).chain(built_in.clone());
                let families: BTreeSet<String> = families.collect();
                let families: Vec<String> = families.into_iter().collect();
                at.warning(
                    "brand.font",
                    field,
                    values([("font", json!(family)), ("fonts", json!(families.join(", ")))]),
                );
            }
            continue;
        }
        for style in styles {
            let none = !of_family.iter().any(|(font, _)| style.is(font));
            if none && !told.contains(&(family, style.sentence())) {
                told.push((family, style.sentence()));
                at.warning(style.sentence(), field, values([("font", json!(family))]));
            }
        }
        let plain = of_family.iter().min_by_key(|(font, _)| (!font.upright, font.lightest.abs_diff(400)));
        let needed = match field {
            "mono_font" => brand_fonts::PLAIN.to_owned(),
            _ => [brand_fonts::PLAIN, brand_fonts::letters(language)].concat(),
        };
        let lacking = plain.map(|(_, file)| file.lacks(&needed)).unwrap_or_default();
        if !lacking.is_empty() && !told.contains(&(family, "brand.font.letters")) {
            told.push((family, "brand.font.letters"));
            let letters = brand_fonts::some(&lacking);
            at.warning("brand.font.letters", field, values([("font", json!(family)), ("letters", json!(letters))]));
        }
    }
}
