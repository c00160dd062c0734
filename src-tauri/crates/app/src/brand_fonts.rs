//! Font files of a brand's own: read, refused with their reason, and put behind the bundled ones.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use groma_model::limits::MOST_FONTS;
use groma_model::{Brand, BrandFont, Contents};
use groma_store::{Read, sha256_hex};
use groma_typeset::{FontFault, FontFile, FontSet};

use crate::{AppError, assets, brands};

/// Bytes of a font file at most: 12 MiB, room for a large Chinese font.
pub(crate) const MOST_BYTES: usize = 12 << 20;
/// Bytes of all fonts of a brand at most: its one file is still one that can be sent.
const MOST_BYTES_ALL: u64 = 32 << 20;

/// A font file as a brand keeps it, with what it holds.
///
/// # Errors
/// When it is too large, no single font, one that may not be embedded, or of a family that is built in.
pub(crate) fn checked(file: &str, bytes: &[u8]) -> Result<(BrandFont, FontFile), AppError> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(file));
    }
    let font = FontFile::check(bytes)
        .map_err(|fault| AppError::refused(format!("{file}: {fault}")).hint(remedy(fault)).field("fonts"))?;
    let built_in = assets::fonts()?;
    if let Some(family) = built_in.families().into_iter().find(|family| family.eq_ignore_ascii_case(font.family())) {
        // Diagrams and fallbacks are measured in the bundled files.
        return Err(AppError::refused(format!("{file}: {family} is built in already"))
            .hint("choose it from the list of families")
            .field("fonts"));
    }
    let ((lightest, heaviest), (italic, upright)) = (font.weights(), font.slants());
    let kept = BrandFont {
        sha256: sha256_hex(bytes),
        file: file.to_owned(),
        family: font.family().to_owned(),
        style: font.style().to_owned(),
        lightest,
        heaviest,
        upright,
        italic,
        bytes: bytes.len() as u64,
    };
    Ok((kept, font))
}

/// Why a file is not even read.
pub(crate) fn too_large(file: &str) -> AppError {
    AppError::refused(format!("{file}: it is larger than {} MiB", MOST_BYTES >> 20))
        .hint("take a font with the letters of the report's language alone")
        .field("fonts")
}

fn remedy(fault: FontFault) -> &'static str {
    match fault {
        FontFault::Web => "give the TrueType (.ttf) or OpenType (.otf) file of the same font",
        FontFault::Collection => "give its single fonts as .ttf or .otf files",
        FontFault::Damaged | FontFault::Nameless => {
            "give a TrueType (.ttf) or OpenType (.otf) file, as its maker delivers it"
        }
        FontFault::Restricted | FontFault::WholeOnly | FontFault::BitmapsOnly => {
            "ask its maker for a licence and a file that may be embedded in documents, or take another font"
        }
        FontFault::Unprintable => "take another file of this font, one with outlines",
    }
}

/// Puts a font into a brand's list, in place of the one of the same family, weight and slant.
///
/// # Errors
/// When the brand has it already, or would have too many.
pub(crate) fn add(fonts: &mut Vec<BrandFont>, font: BrandFont) -> Result<(), AppError> {
    let file = &font.file;
    if fonts.iter().any(|known| known.sha256 == font.sha256) {
        return Err(AppError::refused(format!("{file}: the brand has it already")).field("fonts"));
    }
    let face = |one: &BrandFont| {
        (one.family.to_lowercase(), one.lightest, one.heaviest, one.italic, one.upright, one.style.to_lowercase())
    };
    fonts.retain(|known| face(known) != face(&font));
    let bytes: u64 = fonts.iter().map(|known| known.bytes).sum::<u64>() + font.bytes;
    if fonts.len() >= MOST_FONTS || bytes > MOST_BYTES_ALL {
        let most = MOST_BYTES_ALL >> 20;
        return Err(AppError::refused(format!("{file}: a brand has at most {MOST_FONTS} fonts, together {most} MiB"))
            .hint("take out fonts that no text is set in")
            .field("fonts"));
    }
    fonts.push(font);
    Ok(())
}

/// The fonts of a report: the bundled ones, and those of its brand behind them.
#[derive(Clone)]
pub(crate) struct ReportFonts {
    pub set: FontSet,
    /// Those of the brand, with what they hold; none where the bytes are missing, damaged or no font.
    pub own: Arc<Vec<(BrandFont, Option<FontFile>)>>,
}

impl ReportFonts {
    /// The bundled fonts alone.
    ///
    /// # Errors
    /// When one is not readable, which is a fault of the build.
    pub fn bundled() -> Result<Self, AppError> {
        Ok(Self { set: assets::fonts()?, own: Arc::default() })
    }
}

/// How many brands' fonts stay parsed: those of the engagements that a person goes to and fro between.
const MOST_KNOWN: usize = 3;

static KNOWN: Mutex<VecDeque<(Vec<BrandFont>, ReportFonts)>> = Mutex::new(VecDeque::new());

/// The fonts that an engagement's report is set in. A font that cannot be read is left out, and told by the check.
///
/// # Errors
/// When a bundled font is not readable, which is a fault of the build.
pub(crate) fn of_report(store: &impl Read, contents: &Contents) -> Result<ReportFonts, AppError> {
    let listed = brands::own(contents, &contents.engagement.brand).map_or(&[][..], |brand| &brand.fonts);
    if listed.is_empty() {
        return ReportFonts::bundled();
    }
    if let Ok(known) = KNOWN.lock()
        && let Some((_, fonts)) = known.iter().find(|(list, _)| list == listed)
    {
        return Ok(fonts.clone());
    }
    let (mut own, mut files) = (Vec::new(), Vec::new());
    for font in listed.iter().take(MOST_FONTS) {
        let bytes = store.blob(&font.sha256).ok();
        let read = bytes.and_then(|bytes| Some((FontFile::parse(&bytes).ok()?, bytes)));
        let (file, bytes) = read.unzip();
        files.extend(bytes);
        own.push((font.clone(), file));
    }
    let whole = own.iter().all(|(_, file)| file.is_some());
    let built_in = assets::fonts()?;
    let set = built_in.with(files).unwrap_or(built_in);
    let fonts = ReportFonts { set, own: Arc::new(own) };
    // What is missing here may be there in another file.
    if let Some(mut known) = KNOWN.lock().ok().filter(|_| whole) {
        known.push_back((listed.to_vec(), fonts.clone()));
        if known.len() > MOST_KNOWN {
            known.pop_front();
        }
    }
    Ok(fonts)
}

/// The bytes of a brand's fonts in their order.
///
/// # Errors
/// When those of one are missing or damaged.
pub(crate) fn bytes(store: &impl Read, brand: &Brand) -> Result<Vec<Vec<u8>>, AppError> {
    let read = |font: &BrandFont| {
        store.blob(&font.sha256).map_err(|error| {
            AppError::refused(format!("the font {} of the brand \"{}\": {error}", font.file, brand.name))
                .hint("take the font out of the brand, or import it anew")
                .field("fonts")
        })
    };
    brand.fonts.iter().map(read).collect()
}

/// Letters and marks that a text in a language needs, beside those of ASCII.
pub(crate) fn letters(language: &str) -> &'static str {
    match language.split(['-', '_']).next().unwrap_or_default() {
        "de" => "ÄÖÜäöüßẞ„“‚‘–€§",
        "fr" => "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜàâæçèéêëîïôœùûü«»’–€",
        "es" => "ÁÉÍÑÓÚÜáéíñóúü¿¡«»–€",
        "it" => "ÀÈÉÌÒÙàèéìòù«»’–€",
        "pl" => "ĄĆĘŁŃÓŚŹŻąćęłńóśźż„”–€",
        "ar" => "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة،؛؟٪",
        _ => "‘’“”–—…€£",
    }
}

/// ASCII that every report prints.
pub(crate) const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?()[]/-+%&@#*'\"";

/// The first letters of those that are missing.
pub(crate) fn some(letters: &str) -> String {
    const MOST: usize = 16;
    let mut some: Vec<String> = letters.chars().take(MOST).map(String::from).collect();
    if letters.chars().count() > MOST {
        some.push("…".to_owned());
    }
    some.join(" ")
}
