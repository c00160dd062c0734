//! ZIP: what its directory lists, stored or deflated; ZIP64 included.

use flate2::{Crc, read::DeflateDecoder};

use super::{Walk, damaged, too_large, unpack};
use crate::Refusal;

/// The end of the directory stands within so many bytes before the end of the file: itself and a comment.
const END_WITHIN: usize = 22 + 65_535;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Of the upper half of the external attributes, as Unix writes them.
const FILE_TYPE: u32 = 0o170_000;
const LINK: u32 = 0o120_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(field.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    number(bytes, at, 2).and_then(|number| u16::try_from(number).ok())
}

fn index(number: u64) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Where the directory begins, and how many entries it says it has.
fn directory(bytes: &[u8]) -> Option<(usize, u64)> {
    let from = bytes.len().saturating_sub(END_WITHIN);
    let end = from + bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (count, size, offset) = (number(bytes, end + 10, 2)?, number(bytes, end + 12, 4)?, number(bytes, end + 16, 4)?);
    // ZIP64 puts the true numbers before it and marks these as full.
    let large = count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF;
    let locator = end.checked_sub(20).filter(|at| bytes[*at..].starts_with(b"PK\x06\x07"));
    if let Some(locator) = locator.filter(|_| large) {
        let record = index(number(bytes, locator + 8, 8)?)?;
        if !bytes.get(record..)?.starts_with(b"PK\x06\x06") {
            return None;
        }
        return Some((index(number(bytes, record + 48, 8)?)?, number(bytes, record + 32, 8)?));
    }
    Some((index(offset)?, count))
}

/// An entry of the directory.
struct Listed {
    name: String,
    encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    unpacked: u64,
    mode: u32,
    header: u64,
    /// Where the next one begins.
    next: usize,
}

fn listed(bytes: &[u8], at: usize) -> Option<Listed> {
    if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = |offset: usize| short(bytes, at + offset).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let (made_by, flags) = (short(bytes, at + 4)?, short(bytes, at + 8)?);
    let attributes = u32::try_from(number(bytes, at + 38, 4)?).ok()?;
    let raw = bytes.get(at + 46..at + 46 + name)?;
    let mut entry = Listed {
        name: String::from_utf8_lossy(raw).into_owned(),
        encrypted: flags & 1 != 0,
        method: short(bytes, at + 10)?,
        crc: u32::try_from(number(bytes, at + 16, 4)?).ok()?,
        packed: number(bytes, at + 20, 4)?,
        unpacked: number(bytes, at + 24, 4)?,
        // Only Unix and macOS write the mode there.
        mode: if matches!(made_by >> 8, 3 | 19) { attributes >> 16 } else { 0 },
        header: number(bytes, at + 42, 4)?,
        next: at + 46 + name + extra + comment,
    };
    wide(&mut entry, bytes.get(at + 46 + name..at + 46 + name + extra)?);
    Some(entry)
}

/// Sizes that need more than four bytes stand in an extra field, in this order and only those that are marked.
fn wide(entry: &mut Listed, mut extra: &[u8]) {
    while let (Some(tag), Some(length)) = (short(extra, 0), short(extra, 2)) {
        let Some(field) = extra.get(4..4 + usize::from(length)) else { return };
        if tag == 1 {
            let mut at = 0;
            for value in [&mut entry.unpacked, &mut entry.packed, &mut entry.header] {
                if *value == 0xFFFF_FFFF
                    && let Some(true_value) = number(field, at, 8)
                {
                    *value = true_value;
                    at += 8;
                }
            }
        }
        extra = &extra[4 + usize::from(length)..];
    }
}

/// The packed bytes of an entry.
fn packed<'a>(bytes: &'a [u8], entry: &Listed) -> Option<&'a [u8]> {
    let header = index(entry.header)?;
    if !bytes.get(header..)?.starts_with(b"PK\x03\x04") {
        return None;
    }
    let (name, extra) = (short(bytes, header + 26)?, short(bytes, header + 28)?);
    let start = header + 30 + usize::from(name) + usize::from(extra);
    bytes.get(start..start.checked_add(index(entry.packed)?)?)
}

pub(super) fn walk(walk: &mut Walk<'_>, bytes: &[u8], below: &str, depth: usize) -> Result<(), Refusal> {
    let Some((mut at, count)) = directory(bytes) else {
        return Err(damaged("the end with its directory is missing, so that the download may have broken off"));
    };
    for number in 0..count {
        if !walk.goes_on() {
            return Ok(());
        }
        let Some(entry) = listed(bytes, at) else { return Err(damaged("its directory breaks off")) };
        at = entry.next;
        if entry.name == "[Content_Types].xml" || number == 0 && entry.name == "mimetype" {
            return Err(Refusal::new(
                "this is an office document, not an archive of tool outputs",
                "keep it as an attachment, or export its table as CSV",
            ));
        }
        if entry.name == "META-INF/MANIFEST.MF" && number < 2 {
            return Err(Refusal::new(
                "this is a Java archive, not one of tool outputs",
                "scan it, and import the scanner's output",
            ));
        }
        if entry.name.ends_with(['/', '\\']) || entry.mode & FILE_TYPE == FOLDER {
            continue;
        }
        walk.count()?;
        let content = content(walk, bytes, &entry);
        walk.meter.check()?;
        walk.entry(below, &entry.name, content, depth)?;
    }
    Ok(())
}

fn content(walk: &Walk<'_>, bytes: &[u8], entry: &Listed) -> Result<Vec<u8>, Refusal> {
    let limit = walk.bounds.entry_bytes;
    match entry.mode & FILE_TYPE {
        0 | REGULAR => {}
        LINK => return Err(Refusal::new("a link is not read", "put the file itself into the archive")),
        _ => return Err(Refusal::new("a device or pipe is not read", "put the output of the tool into the archive")),
    }
    if entry.encrypted {
        return Err(Refusal::new(
            "the entry is encrypted",
            "unpack the archive with its password and import what is inside",
        ));
    }
    if entry.unpacked > limit {
        return Err(too_large(entry.unpacked, limit));
    }
    let packed = packed(bytes, entry).ok_or_else(|| damaged("an entry lies outside of it"))?;
    let content = match entry.method {
        STORED => unpack::whole(unpack::Metered::new(packed, &walk.meter), limit)?,
        DEFLATED => unpack::whole(unpack::Metered::new(DeflateDecoder::new(packed), &walk.meter), limit)?,
        method => {
            return Err(Refusal::new(
                format!("the entry is packed by method {method}: stored and deflated ones are read"),
                "pack it again with `zip`, or unpack it and import what is inside",
            ));
        }
    };
    let mut crc = Crc::new();
    crc.update(&content);
    if crc.sum() != entry.crc {
        return Err(damaged("the entry's checksum is wrong"));
    }
    Ok(content)
}
