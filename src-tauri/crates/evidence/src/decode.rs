//! Bytes to text: gzip, byte order marks, UTF-16, stray bytes.

use std::{borrow::Cow, io::Read as _};

use groma_model::{Diagnostic, DiagnosticLevel};

use crate::Refusal;

/// The most bytes a gzipped file may unpack to: 200 MiB.
pub const INFLATED_LIMIT: u64 = 200 * 1024 * 1024;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without BOM.
    pub text: Cow<'a, str>,
    /// What had to be done to it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Files that are no text, by their first bytes, and what to do with them.
const BINARIES: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a ZIP archive", "unpack it and import what is inside"),
    (b"%PDF-", "a PDF", "export the tool's machine-readable output instead"),
    (b"\x89PNG", "an image", "add it as an image of the engagement"),
    (b"\xFF\xD8\xFF", "an image", "add it as an image of the engagement"),
    (b"SQLite format 3\0", "an SQLite database", "export a table or query as text"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed", "unpack it with `zstd -d` and import what is inside"),
    (b"\xFD7zXZ\0", "xz-compressed", "unpack it with `xz -d` and import what is inside"),
    (b"BZh", "bzip2-compressed", "unpack it with `bunzip2` and import what is inside"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it and import what is inside"),
    (b"\x7FELF", "a program", "import the tool's output, not the tool"),
];

/// Decodes a file to text.
///
/// # Errors
/// Refuses binary files by name, a damaged gzip stream, and one that unpacks to more than [`INFLATED_LIMIT`].
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    let mut diagnostics = Vec::new();
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let inflated = inflate(bytes)?;
        diagnostics.push(remark(DiagnosticLevel::Note, "unpacked from gzip; places refer to the unpacked text"));
        let Decoded { text, diagnostics: more } = decode_plain(&inflated)?;
        diagnostics.extend(more);
        return Ok(Decoded { text: Cow::Owned(text.into_owned()), diagnostics });
    }
    decode_plain(bytes)
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut inflated = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).take(INFLATED_LIMIT + 1).read_to_end(&mut inflated).map_err(|error| {
        Refusal::new(format!("the gzip stream is damaged: {error}"), "copy or export the file again")
    })?;
    if inflated.len() as u64 > INFLATED_LIMIT {
        return Err(Refusal::new(
            format!("unpacks to more than {} MiB", INFLATED_LIMIT / 1024 / 1024),
            "unpack it and import the part that matters",
        ));
    }
    Ok(inflated)
}

fn decode_plain(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    let mut diagnostics = Vec::new();
    if let Some((_, what, remedy)) = BINARIES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(Refusal::new(format!("this is {what}, not text"), *remedy));
    }
    if let Some((big_endian, rest)) = utf16(bytes) {
        let units = rest.chunks_exact(2).map(|pair| match big_endian {
            true => u16::from_be_bytes([pair[0], pair[1]]),
            false => u16::from_le_bytes([pair[0], pair[1]]),
        });
        let mut replaced = usize::from(rest.len() % 2 == 1);
        let mut text = String::with_capacity(rest.len() / 2 + rest.len() / 8);
        for unit in char::decode_utf16(units) {
            text.push(unit.unwrap_or_else(|_| {
                replaced += 1;
                char::REPLACEMENT_CHARACTER
            }));
        }
        if replaced > 0 {
            diagnostics.push(remark(
                DiagnosticLevel::Warning,
                format!("{replaced} units are not valid UTF-16 and were replaced by U+FFFD"),
            ));
        }
        return Ok(Decoded { text: Cow::Owned(text), diagnostics });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    if let Cow::Owned(lossy) = &text {
        let start = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        let line = 1 + bytes[..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        let count = lossy.matches(char::REPLACEMENT_CHARACTER).count();
        diagnostics.push(Diagnostic {
            level: DiagnosticLevel::Warning,
            message: format!("not valid UTF-8: {count} places were replaced by U+FFFD, the first in this line"),
            line: Some(line),
        });
    }
    Ok(Decoded { text, diagnostics })
}

/// Whether the bytes are UTF-16 (big-endian?), and the rest behind the BOM. Without a BOM every other of the first
/// bytes must be NUL, as in ASCII text.
fn utf16(bytes: &[u8]) -> Option<(bool, &[u8])> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((false, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((true, rest)),
        _ => {
            let head = &bytes[..bytes.len().min(64) & !1];
            let nul = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
            let (even, odd, pairs) = (nul(0), nul(1), head.len() / 2);
            match pairs >= 4 {
                true if odd * 10 >= pairs * 9 && even == 0 => Some((false, bytes)),
                true if even * 10 >= pairs * 9 && odd == 0 => Some((true, bytes)),
                _ => None,
            }
        }
    }
}

fn remark(level: DiagnosticLevel, message: impl Into<String>) -> Diagnostic {
    Diagnostic { level, message: message.into(), line: None }
}
