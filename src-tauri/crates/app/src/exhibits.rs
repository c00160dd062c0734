//! The bytes of exhibits: read, masked and measured when they come in; made ready for print when a report is made.

use groma_model::{Contents, Exhibit, ExhibitKind, chosen};
use groma_picture::{Document, PictureError, StandIns};
use groma_report::{ExhibitFile, ExhibitPage, Exhibits};
use groma_store::Read;

use crate::{AppError, assets, files};

/// What a file is as an exhibit, with the bytes to keep.
///
/// # Errors
/// When it is empty, damaged, locked, or neither a PDF nor text.
pub(crate) fn taken(shown: &str, name: &str, bytes: &[u8]) -> Result<(Exhibit, Vec<u8>), AppError> {
    if Document::claims(bytes) {
        let pages = Document::read(bytes).map_err(|error| unreadable(shown, &error))?.pages().len();
        let exhibit = Exhibit {
            kind: ExhibitKind::Pages,
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            length: u32::try_from(pages).unwrap_or(u32::MAX),
            ..Exhibit::default()
        };
        return Ok((exhibit, bytes.to_vec()));
    }
    let read = groma_evidence::plain_text(bytes)
        .map_err(|refusal| AppError::refused(format!("{shown}: {}", refusal.reason)).hint(refusal.remedy))?;
    let exhibit = Exhibit {
        kind: kind(name, &read.text),
        name: name.to_owned(),
        media_type: "text/plain".to_owned(),
        length: u32::try_from(read.text.lines().count()).unwrap_or(u32::MAX),
        masked: read.masked,
        ..Exhibit::default()
    };
    Ok((exhibit, read.text.into_bytes()))
}

/// What a text is at first sight; the consultant may know better.
fn kind(name: &str, text: &str) -> ExhibitKind {
    const CODE: &[&str] = &[
        "java",
        "kt",
        "kts",
        "scala",
        "groovy",
        "js",
        "mjs",
        "cjs",
        "jsx",
        "ts",
        "tsx",
        "py",
        "go",
        "rs",
        "cs",
        "php",
        "rb",
        "swift",
        "c",
        "h",
        "cpp",
        "sql",
        "sh",
        "bash",
        "ps1",
        "xml",
        "yaml",
        "yml",
        "toml",
        "json",
        "tf",
        "html",
        "css",
        "properties",
        "ini",
        "conf",
        "gradle",
    ];
    let frames = text.lines().filter(|line| {
        let line = line.trim_start();
        line.starts_with("at ") && line.contains(['(', ':']) || line.starts_with("File \"") && line.contains(", line ")
    });
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if text.contains("(cost=") && text.contains("rows=") || text.contains("\"Node Type\"") {
        ExhibitKind::Plan
    } else if frames.take(2).count() == 2 && !CODE.contains(&ending.as_str()) {
        ExhibitKind::Trace
    } else if CODE.contains(&ending.as_str()) || ["Dockerfile", "Makefile"].contains(&name) {
        ExhibitKind::Code
    } else {
        ExhibitKind::Text
    }
}

fn unreadable(shown: &str, error: &PictureError) -> AppError {
    let hint = match error {
        PictureError::Locked => "save a copy without the password, and add that",
        _ => "open it in a viewer and print it to a PDF again",
    };
    AppError::refused(format!("{shown}: {error}")).hint(hint)
}

/// The exhibits' files as a report needs them, documents page by page.
pub(crate) fn kept(store: &impl Read, contents: &Contents) -> Result<Exhibits, AppError> {
    let mut kept = Exhibits::new();
    for exhibit in contents.exhibits.iter().filter(|exhibit| exhibit.printed || exhibit.attached) {
        let bytes = store.blob(&exhibit.sha256)?;
        let pages = if exhibit.is_document() { pages(exhibit, &bytes) } else { Vec::new() };
        kept.insert(exhibit.id, ExhibitFile { bytes, pages });
    }
    Ok(kept)
}

fn pages(exhibit: &Exhibit, bytes: &[u8]) -> Vec<ExhibitPage> {
    // It was read when it came in: what cannot be read now is printed as missing.
    let Ok(document) = Document::read(bytes) else { return Vec::new() };
    let sizes = document.pages();
    let most = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
    let numbers = chosen(&exhibit.range, most).unwrap_or_else(|_| (1..=most).collect());
    let page = |number: u32| {
        let size = sizes.get(number as usize - 1)?;
        Some(ExhibitPage { number, width: size.width, height: size.height, svg: None })
    };
    numbers.into_iter().filter_map(page).collect()
}

/// Draws the documents' pages anew as shapes, for standards that take no document within another.
///
/// # Errors
/// When a bundled font is not there, which is a fault of the build.
pub(crate) fn drawn(exhibits: &mut Exhibits) -> Result<(), AppError> {
    let font = |path: &str| assets::font(path).ok_or_else(|| AppError::failed(format!("the font {path} is not there")));
    let fonts = StandIns {
        sans: font("ibm-plex-sans/IBMPlexSans-Regular.ttf")?,
        sans_bold: font("ibm-plex-sans/IBMPlexSans-SemiBold.ttf")?,
        serif: font("source-serif-4/SourceSerif4-Regular.ttf")?,
        serif_bold: font("source-serif-4/SourceSerif4-SemiBold.ttf")?,
        mono: font("ibm-plex-mono/IBMPlexMono-Regular.ttf")?,
        symbols: font("noto-sans-symbols-2/NotoSansSymbols2-Regular.ttf")?,
    };
    for file in exhibits.values_mut().filter(|file| !file.pages.is_empty()) {
        let Ok(document) = Document::read(&file.bytes) else { continue };
        for page in &mut file.pages {
            page.svg = document.svg(page.number as usize, fonts);
        }
    }
    Ok(())
}

/// The file of an exhibit, read.
pub(crate) fn read(path: &std::path::Path) -> Result<(Exhibit, Vec<u8>), AppError> {
    let bytes = files::read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    taken(&path.display().to_string(), &name, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_texts_kind_is_told_at_first_sight() {
        let kind = |name: &str, text: &str| taken(name, name, text.as_bytes()).unwrap().0.kind;
        assert_eq!(kind("a.txt", " Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n"), ExhibitKind::Plan);
        assert_eq!(kind("a.json", "[{\"Plan\": {\"Node Type\": \"Seq Scan\"}}]"), ExhibitKind::Plan);
        assert_eq!(kind("a.log", "E: x\n\tat a.B.c(B.java:1)\n\tat a.D.e(D.java:2)\n"), ExhibitKind::Trace);
        assert_eq!(kind("Pool.java", "class Pool {}\n"), ExhibitKind::Code);
        assert_eq!(kind("Dockerfile", "FROM x\n"), ExhibitKind::Code);
        assert_eq!(kind("notes.txt", "we looked at it\n"), ExhibitKind::Text);
    }

    #[test]
    fn what_is_no_exhibit_is_refused_with_what_to_do() {
        for bytes in [&b""[..], b"%PDF-1.7 broken"] {
            let error = taken("x.pdf", "x.pdf", bytes).unwrap_err();
            assert!(error.message.starts_with("x.pdf: ") && error.hint.is_some(), "{error}");
        }
    }
}
