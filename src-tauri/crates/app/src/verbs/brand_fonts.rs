//! Font files for a brand of the engagement's own.

use std::path::PathBuf;

use groma_model::{Brand, BrandFont, Id, Kind};
use groma_store::{Changes, Op, Read};
use groma_typeset::FontFile;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, brand_fonts, files};

/// Imports font files into a brand.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AddFonts {
    /// The brand, one of the engagement's own.
    pub brand: Id,
    /// Font files, or folders that hold some.
    pub paths: Vec<PathBuf>,
    /// Whether text, headings and labels are set in the family at once, when the files are of one.
    #[serde(default)]
    pub take: bool,
}

/// What became of the files.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AddFontsReply {
    /// The brand as kept.
    pub brand: Brand,
    /// The fonts that came in.
    pub added: Vec<AddedFont>,
    /// The files that did not.
    pub refused: Vec<RefusedFont>,
    /// What changed; nothing when no font came in.
    pub changes: Option<Changes>,
}

/// A font that came in.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AddedFont {
    /// The font.
    pub font: BrandFont,
    /// Letters of the report's language that it lacks, the first of them; empty when it has all.
    pub lacks: String,
}

/// A file that is no font to print with.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RefusedFont {
    /// The file's name.
    pub file: String,
    /// Why.
    pub reason: String,
    /// What can be done.
    pub hint: String,
}

impl Verb for AddFonts {
    type Reply = AddFontsReply;

    fn run(self, app: &mut App) -> Result<AddFontsReply, AppError> {
        if self.paths.is_empty() {
            return Err(AppError::usage("name the font files").field("paths"));
        }
        let author = app.environment.author.clone();
        let store = app.store()?;
        let mut brand: Brand = store.get(self.brand)?;
        let language = store.engagement()?.language;
        let (mut added, mut bytes, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for path in font_files(&self.paths) {
            match read(&path, &mut brand.fonts) {
                Ok((font, file, content)) => {
                    let needed = [brand_fonts::PLAIN, brand_fonts::letters(&language)].concat();
                    added.push(AddedFont { font, lacks: brand_fonts::some(&file.lacks(&needed)) });
                    bytes.push(content);
                }
                Err(error) => {
                    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    let (reason, hint) = (error.message, error.hint.unwrap_or_default());
                    refused.push(RefusedFont { file, reason, hint });
                }
            }
        }
        if added.is_empty() {
            return Ok(AddFontsReply { brand: store.get(self.brand)?, added, refused, changes: None });
        }
        let family = added[0].font.family.clone();
        let one = self.take && added.iter().all(|one| one.font.family == family);
        let (brand, changes) = store.transact(Op::Update(Kind::Brand), &author, |tx| {
            let kept = tx.put_fonts(brand.id, &brand.fonts, &bytes)?;
            if !one {
                return Ok(kept);
            }
            let fields = ["body_font", "heading_font", "label_font"];
            tx.patch(brand.id, fields.map(|field| (field.to_owned(), family.clone().into())).into_iter().collect())
        })?;
        Ok(AddFontsReply { brand, added, refused, changes: Some(changes) })
    }
}

/// The files that are named, and the fonts in folders that are: licences and specimens beside them are passed over.
fn font_files(paths: &[PathBuf]) -> Vec<PathBuf> {
    const ENDINGS: [&str; 5] = ["ttf", "otf", "ttc", "woff", "woff2"];
    let in_folder = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    let of = |path: &PathBuf| -> Vec<PathBuf> {
        if !files::is_folder(path) {
            return vec![path.clone()];
        }
        let all = files::walk(std::slice::from_ref(path)).into_iter().map(|found| found.path);
        let fonts: Vec<PathBuf> = all.filter(in_folder).collect();
        // A folder without fonts is refused like a file that is none.
        if fonts.is_empty() { vec![path.clone()] } else { fonts }
    };
    paths.iter().flat_map(of).collect()
}

fn read(path: &std::path::Path, fonts: &mut Vec<BrandFont>) -> Result<(BrandFont, FontFile, Vec<u8>), AppError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if files::is_longer(path, brand_fonts::MOST_BYTES as u64) {
        return Err(brand_fonts::too_large(&name));
    }
    let bytes = files::read(path)?;
    let (font, file) = brand_fonts::checked(&name, &bytes)?;
    brand_fonts::add(fonts, font.clone())?;
    Ok((font, file, bytes))
}
