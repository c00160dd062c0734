//! Brands: the built-in ones, those of the engagement's own, and a brand as one file.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use groma_model::{Brand, BrandFont, Contents, Id, Image};
use groma_report::Brand as Look;
use serde::{Deserialize, Serialize};

use crate::{AppError, Entry, assets, brand_fonts};

/// A brand's colours, fonts and words, as its file holds them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
struct BrandFile {
    name: String,
    primary: String,
    secondary: String,
    ink: String,
    heading_font: String,
    body_font: String,
    label_font: String,
    mono_font: String,
    cover: String,
    tables: String,
    footer: String,
    legal: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_data: Option<LogoData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_dark_data: Option<LogoData>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    font_data: Vec<FontData>,
}

/// A logo within a brand's file.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LogoData {
    media_type: String,
    base64: String,
}

/// A font within a brand's file; what it is, it says itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct FontData {
    file: String,
    base64: String,
}

impl Default for BrandFile {
    fn default() -> Self {
        Self::of(&Brand::default())
    }
}

impl BrandFile {
    fn of(brand: &Brand) -> Self {
        let Brand { name, primary, secondary, ink, heading_font, body_font, label_font, mono_font, .. } = brand.clone();
        let (cover, tables) = (brand.cover.to_string(), brand.tables.to_string());
        let (footer, legal) = (brand.footer.clone(), brand.legal.clone());
        Self {
            name,
            primary,
            secondary,
            ink,
            heading_font,
            body_font,
            label_font,
            mono_font,
            cover,
            tables,
            footer,
            legal,
            logo_data: None,
            logo_dark_data: None,
            font_data: Vec::new(),
        }
    }

    fn brand(&self) -> Result<Brand, AppError> {
        let wrong = |field: &'static str, error: String| AppError::refused(format!("{field}: {error}")).field(field);
        let it = self.clone();
        let brand = Brand {
            name: it.name,
            primary: it.primary,
            secondary: it.secondary,
            ink: it.ink,
            heading_font: it.heading_font,
            body_font: it.body_font,
            label_font: it.label_font,
            mono_font: it.mono_font,
            cover: it.cover.parse().map_err(|error: groma_model::UnknownChoice| wrong("cover", error.to_string()))?,
            tables: it
                .tables
                .parse()
                .map_err(|error: groma_model::UnknownChoice| wrong("tables", error.to_string()))?,
            footer: it.footer,
            legal: it.legal,
            ..Brand::default()
        };
        match groma_model::Object::out_of_range(&brand).into_iter().next() {
            Some(out) => Err(wrong(out.field, out.reason)),
            None => Ok(brand),
        }
    }
}

/// A brand to be copied: its data, its logos' bytes, and those of its fonts in their order.
#[derive(Debug)]
pub(crate) struct Copied {
    pub(crate) brand: Brand,
    pub(crate) logo: Option<Vec<u8>>,
    pub(crate) logo_dark: Option<Vec<u8>>,
    pub(crate) fonts: Vec<Vec<u8>>,
}

/// A built-in brand as one to be edited.
///
/// # Errors
/// When there is none of that id; names those there are.
pub(crate) fn built_in(id: &str) -> Result<Copied, AppError> {
    let look = assets::brand(id)?;
    let file: BrandFile = look.data.try_into().map_err(|error| AppError::failed(format!("{id}: {error}")))?;
    let bytes = |logo: Option<(String, Vec<u8>)>| logo.map(|(_, bytes)| bytes);
    Ok(Copied { brand: file.brand()?, logo: bytes(look.logo), logo_dark: bytes(look.logo_dark), fonts: Vec::new() })
}

/// The two colours of the engagement's brand; the house's when it has none that is known.
///
/// # Errors
/// When the built-in brands are not readable, which is a fault of the build.
pub(crate) fn colours(contents: &Contents) -> Result<(String, String), AppError> {
    let id = &contents.engagement.brand;
    let brand = match own(contents, id) {
        Some(own) => own.clone(),
        None => built_in(id).or_else(|_| built_in("groma"))?.brand,
    };
    Ok((brand.primary, brand.secondary))
}

/// A brand from its one file.
///
/// # Errors
/// When it is not TOML, a colour or choice is none, the logo's bytes are damaged, or a font is refused.
pub(crate) fn from_file(shown: &str, bytes: &[u8]) -> Result<Copied, AppError> {
    let refused = |reason: String| AppError::refused(format!("{shown} is not a brand: {reason}"));
    let text = std::str::from_utf8(bytes).map_err(|_| refused("it is not UTF-8".to_owned()))?;
    let file: BrandFile =
        toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| refused(error.to_string()))?;
    if file.name.trim().is_empty() {
        return Err(refused("it has no name".to_owned()));
    }
    let mut brand =
        file.brand().map_err(|error| AppError { message: format!("{shown}: {}", error.message), ..error })?;
    let decoded = |base64: &str| STANDARD.decode(base64.split_whitespace().collect::<String>());
    let logo = |data: Option<LogoData>| {
        let bytes = data.map(|data| decoded(&data.base64)).transpose();
        bytes.map_err(|error| refused(format!("its logo is damaged: {error}")))
    };
    let (logo, logo_dark) = (logo(file.logo_data)?, logo(file.logo_dark_data)?);
    let mut fonts = Vec::new();
    for data in file.font_data {
        let within = |reason: String| refused(format!("its font {}: {reason}", data.file));
        let bytes = decoded(&data.base64).map_err(|error| within(format!("its bytes are damaged: {error}")))?;
        let (font, _) = brand_fonts::checked(&data.file, &bytes)
            .map_err(|error| AppError { message: within(error.message).message, ..error })?;
        brand_fonts::add(&mut brand.fonts, font)?;
        fonts.push(bytes);
    }
    Ok(Copied { brand, logo, logo_dark, fonts })
}

/// A brand as its one file.
///
/// # Errors
/// When it cannot be written as TOML, which is a fault of the program.
pub(crate) fn to_file(
    brand: &Brand,
    logos: [Option<(&Image, &[u8])>; 2],
    fonts: &[Vec<u8>],
) -> Result<Vec<u8>, AppError> {
    let mut file = BrandFile::of(brand);
    let named =
        |(font, bytes): (&BrandFont, &Vec<u8>)| FontData { file: font.file.clone(), base64: STANDARD.encode(bytes) };
    file.font_data = brand.fonts.iter().zip(fonts).map(named).collect();
    [file.logo_data, file.logo_dark_data] = logos.map(|logo| {
        logo.map(|(image, bytes)| LogoData { media_type: image.media_type.clone(), base64: STANDARD.encode(bytes) })
    });
    let text = toml::to_string(&file).map_err(|error| AppError::failed(format!("{}: {error}", brand.name)))?;
    Ok(format!("# A brand for reports of Groma, with its logos and its fonts.\n{text}").into_bytes())
}

/// The engagement's own brand of an id.
pub(crate) fn own<'a>(contents: &'a Contents, id: &str) -> Option<&'a Brand> {
    let id: Id = id.parse().ok()?;
    contents.brands.iter().find(|brand| brand.id == id)
}

/// A brand as the report takes it: built in, or of the engagement's own. One of its own that was removed is printed as
/// the usual one, and told by the check.
///
/// # Errors
/// When there is no built-in brand of that id.
pub(crate) fn look(contents: &Contents, pictures: &BTreeMap<String, Vec<u8>>, id: &str) -> Result<Look, AppError> {
    let Some(brand) = own(contents, id) else {
        let gone = id.is_empty() || id.parse::<Id>().is_ok();
        return assets::brand(if gone { USUAL } else { id });
    };
    let logo = |id: Option<Id>| {
        let image = contents.images.iter().find(|image| id == Some(image.id))?;
        Some((ending(&image.media_type).to_owned(), pictures.get(&image.sha256)?.clone()))
    };
    let (logo, logo_dark) = (logo(brand.logo), logo(brand.logo_dark));
    let data = toml::Table::try_from(BrandFile::of(brand)).map_err(|error| AppError::failed(error.to_string()))?;
    Ok(Look { id: id.to_owned(), data, logo, logo_dark })
}

/// The brand where none is chosen.
const USUAL: &str = "groma";

fn ending(media_type: &str) -> &str {
    match media_type {
        "image/svg+xml" => "svg",
        "image/jpeg" => "jpg",
        other => other.strip_prefix("image/").unwrap_or("png"),
    }
}

/// The engagement's own brands, for lists.
pub(crate) fn entries(brands: &[Brand]) -> Vec<Entry> {
    brands.iter().map(|brand| Entry::new(brand.id.to_string(), brand.name.clone(), "")).collect()
}

/// Families of the bundled fonts that whole texts can be set in; the others stand in for letters that these lack.
///
/// # Errors
/// When a bundled font is not readable, which is a fault of the build.
pub(crate) fn fonts() -> Result<Vec<String>, AppError> {
    let set = assets::fonts()?;
    let whole = |name: &&str| {
        !["Noto ", "WenQuanYi "].iter().any(|family| name.starts_with(family)) && !name.ends_with("Arabic")
    };
    Ok(set.families().into_iter().filter(whole).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_brand_can_be_copied() {
        for id in assets::brand_ids() {
            let Copied { brand, logo, .. } = built_in(&id).unwrap();
            assert!(!brand.name.is_empty() && logo.is_some(), "{id}");
            assert!(crate::contrast::contrast(&brand).rows.iter().all(|row| row.enough), "{id} reads");
        }
    }

    #[test]
    fn a_brand_comes_back_from_its_file() {
        let Copied { brand, logo, .. } = built_in("atelier").unwrap();
        let brand = Brand { name: "Müller \"&\" Co".into(), legal: "Two\nlines".into(), ..brand };
        let image = Image { media_type: "image/svg+xml".into(), ..Image::default() };
        let bytes = to_file(&brand, [logo.as_deref().map(|logo| (&image, logo)), None], &[]).unwrap();
        let back = from_file("b.toml", &bytes).unwrap();
        assert_eq!((back.brand, back.logo), (brand, logo));
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_reason() {
        let told = |text: &str| from_file("b.toml", text.as_bytes()).unwrap_err().message;
        assert!(told("name = ").contains("b.toml"));
        assert!(told("primary = '#000000'").contains("no name"));
        assert!(told("name = 'A'\nprimary = 'red'").contains("hexadecimal"));
        assert!(told("name = 'A'\ncover = 'round'").contains("cover"));
        let font = told("name = 'A'\n[[font_data]]\nfile = 'a.ttf'\nbase64 = 'AAAA'");
        assert!(font.contains("b.toml") && font.contains("a.ttf") && font.contains("TrueType"), "{font}");
        assert!(told("name = 'A'\n[logo_data]\nmedia_type = 'image/png'\nbase64 = '***'").contains("logo"));
    }

    #[test]
    fn a_removed_brand_is_printed_as_the_usual_one() {
        let none = BTreeMap::new();
        let gone = Id::from_parts(1, 1).to_string();
        assert_eq!(look(&Contents::default(), &none, &gone).unwrap().id, "groma");
        assert!(look(&Contents::default(), &none, "nowhere").is_err());
    }

    #[test]
    fn fonts_to_choose_from_are_whole() {
        assert_eq!(fonts().unwrap(), ["IBM Plex Mono", "IBM Plex Sans", "Source Serif 4"]);
    }
}
