//! A font file of somebody's own, looked at before it is kept: whether it may and can be printed, and what it holds.

use ttf_parser::{Face, Permissions, name_id};
use typst::text::{FontInfo, FontStyle};

use crate::font::FontSet;
use crate::pdf::PdfOptions;
use crate::project::Project;
use crate::typesetter::Typesetter;

/// Why a file is no font to print with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FontFault {
    /// A font packed for web pages.
    #[error("it is a font packed for web pages")]
    Web,
    /// Several fonts in one file.
    #[error("it holds several fonts in one file")]
    Collection,
    /// Neither TrueType nor OpenType, or damaged.
    #[error("it is no TrueType or OpenType font, or it is damaged")]
    Damaged,
    /// No name of a family.
    #[error("its name table has no family")]
    Nameless,
    /// Its maker forbids to embed it (fsType 2).
    #[error("its maker forbids to embed it: its licence is marked as restricted")]
    Restricted,
    /// Its maker forbids to embed a part of it (fsType bit 8), which is how a PDF carries a font.
    #[error("its maker forbids to embed only the letters that are used, and a PDF carries no others")]
    WholeOnly,
    /// Its maker allows bitmaps only (fsType bit 9).
    #[error("its maker allows to embed bitmaps only, and a PDF needs its outlines")]
    BitmapsOnly,
    /// It parses, and a page cannot be set in it.
    #[error("no page can be set in it")]
    Unprintable,
}

/// What a font file holds.
#[derive(Debug, Clone)]
pub struct FontFile {
    info: FontInfo,
    style: String,
}

impl FontFile {
    /// Reads a font that is in use already: what it is, not whether it may be.
    ///
    /// # Errors
    /// [`FontFault::Damaged`], [`FontFault::Nameless`].
    pub fn parse(bytes: &[u8]) -> Result<Self, FontFault> {
        let face = Face::parse(bytes, 0).map_err(|_| FontFault::Damaged)?;
        let info = FontInfo::new(bytes, 0).filter(|info| !info.family.trim().is_empty()).ok_or(FontFault::Nameless)?;
        Ok(Self { style: style(&face), info })
    }

    /// Reads a font that is to be kept; sets a line in it and makes a PDF of that, so that a font which breaks then
    /// never comes into a report.
    ///
    /// # Errors
    /// Any [`FontFault`].
    pub fn check(bytes: &[u8]) -> Result<Self, FontFault> {
        match bytes.get(..4) {
            Some(b"wOFF" | b"wOF2") => return Err(FontFault::Web),
            Some(b"ttcf") => return Err(FontFault::Collection),
            _ => {}
        }
        let face = Face::parse(bytes, 0).map_err(|_| FontFault::Damaged)?;
        if face.permissions() == Some(Permissions::Restricted) {
            return Err(FontFault::Restricted);
        }
        if !face.is_outline_embedding_allowed() {
            return Err(FontFault::BitmapsOnly);
        }
        if !face.is_subsetting_allowed() {
            return Err(FontFault::WholeOnly);
        }
        let tables = face.tables();
        if tables.glyf.is_none() && tables.cff.is_none() && tables.cff2.is_none() {
            return Err(FontFault::Unprintable);
        }
        let file = Self::parse(bytes)?;
        file.try_out(bytes)?;
        Ok(file)
    }

    /// The family, as a document asks for it.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.info.family
    }

    /// The style as the font names it: `SemiBold Italic`.
    #[must_use]
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The lightest and the heaviest weight, 100 to 900; other than each other only in a variable font.
    #[must_use]
    pub fn weights(&self) -> (u16, u16) {
        let axis = self.info.axes.iter().find(|axis| axis.tag.to_str_lossy() == "wght");
        let own = self.info.variant.weight.to_number();
        axis.map_or((own, own), |axis| (number(axis.min.0, own), number(axis.max.0, own)))
    }

    /// Whether it has slanted letters, and whether it has upright ones.
    #[must_use]
    pub fn slants(&self) -> (bool, bool) {
        let axis = self.info.axes.iter().any(|axis| ["ital", "slnt"].contains(&axis.tag.to_str_lossy().as_ref()));
        let slanted = self.info.variant.style != FontStyle::Normal;
        (slanted || axis, !slanted || axis)
    }

    /// The letters of a text that it does not have, each once, in the text's order.
    #[must_use]
    pub fn lacks(&self, text: &str) -> String {
        let mut lacking = String::new();
        for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
            if !self.info.coverage.contains(letter.into()) && !lacking.contains(letter) {
                lacking.push(letter);
            }
        }
        lacking
    }

    fn try_out(&self, bytes: &[u8]) -> Result<(), FontFault> {
        let letters: String = self.info.coverage.iter().filter_map(char::from_u32).filter(drawn).take(64).collect();
        let fonts = FontSet::from_bytes([bytes.to_vec()]).map_err(|_| FontFault::Unprintable)?;
        // Its names come as data: what a font says of itself is no code.
        let data = json_strings(&[&self.info.family, &letters]);
        let main = "#let (family, letters) = json(\"/font.json\")\n#set text(font: family, fallback: false)\n#letters";
        let project = Project::new("/main.typ").with("/main.typ", main).with("/font.json", data);
        let compiled = Typesetter::new(fonts, project).and_then(|mut typesetter| typesetter.compile_beside());
        let pdf = compiled.and_then(|compiled| compiled.pdf(&PdfOptions::default()));
        pdf.map(drop).map_err(|_| FontFault::Unprintable)
    }
}

/// The name of the style; that of the full family where it has one, for it tells more.
fn style(face: &Face<'_>) -> String {
    let named = |wanted| {
        let names = face.names().into_iter().filter(|name| name.name_id == wanted);
        names.filter_map(|name| name.to_string()).find(|name| !name.trim().is_empty())
    };
    named(name_id::TYPOGRAPHIC_SUBFAMILY).or_else(|| named(name_id::SUBFAMILY)).unwrap_or_default()
}

/// A weight of an axis.
fn number(value: f32, or: u16) -> u16 {
    if value.is_finite() { value.clamp(1.0, 1000.0).round() as u16 } else { or }
}

/// A letter that is drawn by itself.
fn drawn(letter: &char) -> bool {
    letter.is_alphanumeric()
}

fn json_strings(texts: &[&str]) -> Vec<u8> {
    let mut json = String::from("[");
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        json.push('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => json.extend(['\\', letter]),
                letter if letter.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(letter))),
                letter => json.push(letter),
            }
        }
        json.push('"');
    }
    json.push(']');
    json.into_bytes()
}
