//! tar: ustar, with the long names of GNU and of POSIX (pax).

use std::io::Read;

use super::{Walk, damaged, too_large, unpack};
use crate::Refusal;

/// Headers and contents come in blocks of so many bytes.
pub(super) const BLOCK: usize = 512;
/// A name or an extended header longer than this is nobody's.
const LONGEST: u64 = 64 << 10;

/// Whether bytes begin with a header: the magic of ustar, or the checksum of older ones.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.first_chunk::<BLOCK>() else { return false };
    header[0] != 0 && checksum_holds(header) && (header[257..262] == *b"ustar" || size(header).is_some())
}

fn checksum_holds(header: &[u8; BLOCK]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte }))
        .sum();
    octal(&header[148..156]) == Some(sum)
}

/// A number in octal digits, or in binary where the first bit is set, as GNU writes what is large.
fn octal(field: &[u8]) -> Option<u64> {
    if field.first().is_some_and(|byte| byte & 0x80 != 0) {
        let (high, low) = field.split_at(field.len().saturating_sub(8));
        let plain = high.iter().skip(1).all(|byte| *byte == 0) && high.first().is_none_or(|byte| *byte == 0x80);
        return plain.then(|| low.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    u64::from_str_radix(text, 8).ok()
}

fn size(header: &[u8; BLOCK]) -> Option<u64> {
    let field = &header[124..136];
    if field.iter().all(|byte| matches!(byte, 0 | b' ')) { Some(0) } else { octal(field) }
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn name(header: &[u8; BLOCK]) -> String {
    let (name, prefix) = (text(&header[..100]), text(&header[345..500]));
    let posix = header[257..263] == *b"ustar\0" && !prefix.is_empty();
    if posix { format!("{prefix}/{name}") } else { name }
}

/// Fills a block; `None` at the end of the stream.
fn block(reader: &mut impl Read) -> Result<Option<[u8; BLOCK]>, Refusal> {
    let (mut header, mut filled) = ([0; BLOCK], 0);
    while let Some(rest) = header.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(damaged("it breaks off within a header")),
            Ok(read) => filled += read,
            Err(error) => return Err(damaged(&error.to_string())),
        }
    }
    Ok(Some(header))
}

/// Reads over the content of an entry, its padding included.
fn skip(reader: &mut impl Read, bytes: u64) -> Result<(), Refusal> {
    let skipped =
        std::io::copy(&mut reader.take(bytes), &mut std::io::sink()).map_err(|error| damaged(&error.to_string()))?;
    if skipped < bytes { Err(damaged("it breaks off within an entry")) } else { Ok(()) }
}

fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

/// Records of an extended header: `27 path=some/long/name\n`.
fn pax(bytes: &[u8], mut record: impl FnMut(&str, &str)) {
    let mut rest = bytes;
    while let Some(space) = rest.iter().position(|byte| *byte == b' ') {
        let length: Option<usize> = std::str::from_utf8(&rest[..space]).ok().and_then(|digits| digits.parse().ok());
        let Some(length) = length.filter(|length| *length > space + 1 && *length <= rest.len()) else { return };
        if let Ok(line) = std::str::from_utf8(&rest[space + 1..length])
            && let Some((key, value)) = line.trim_end_matches('\n').split_once('=')
        {
            record(key, value);
        }
        rest = &rest[length..];
    }
}

/// What an extended header says of the entry behind it.
#[derive(Default)]
struct Extended {
    path: Option<String>,
    size: Option<u64>,
}

pub(super) fn walk(walk: &mut Walk<'_>, mut reader: impl Read, below: &str, depth: usize) -> Result<(), Refusal> {
    let mut extended = Extended::default();
    while walk.goes_on() {
        let header = block(&mut reader);
        walk.meter.check()?;
        let Some(header) = header? else { return Ok(()) };
        if header.iter().all(|byte| *byte == 0) {
            // The end; what follows is filling.
            return Ok(());
        }
        if !checksum_holds(&header) {
            return Err(damaged("a header's checksum is wrong"));
        }
        let Some(own) = size(&header) else { return Err(damaged("an entry's size is no number")) };
        let kind = header[156];
        if matches!(kind, b'L' | b'K' | b'x' | b'g') {
            if own > LONGEST {
                return Err(damaged("an extended header is longer than any name"));
            }
            let content = unpack::whole((&mut reader).take(own), LONGEST);
            walk.meter.check()?;
            let content = content?;
            skip(&mut reader, padding(own))?;
            match kind {
                b'L' => extended.path = Some(text(&content)),
                b'x' => pax(&content, |key, value| match key {
                    "path" => extended.path = Some(value.to_owned()),
                    "size" => extended.size = value.parse().ok(),
                    _ => {}
                }),
                _ => {}
            }
            continue;
        }
        let Extended { path, size } = std::mem::take(&mut extended);
        let (path, size) = (path.unwrap_or_else(|| name(&header)), size.unwrap_or(own));
        if kind == b'5' {
            skip(&mut reader, size.saturating_add(padding(size)))?;
            continue;
        }
        walk.count()?;
        let no = |what: &str, remedy: &str| Err(Refusal::new(format!("{what} is not read"), remedy));
        let is_file = matches!(kind, b'0' | 0 | b'7');
        let content = match kind {
            _ if is_file && size > walk.bounds.entry_bytes => Err(too_large(size, walk.bounds.entry_bytes)),
            _ if is_file => {
                let content = unpack::whole((&mut reader).take(size), walk.bounds.entry_bytes);
                walk.meter.check()?;
                let content = content?;
                if (content.len() as u64) < size {
                    return Err(damaged("it breaks off within an entry"));
                }
                Ok(content)
            }
            b'1' | b'2' => no("a link", "put the file itself into the archive"),
            b'3' | b'4' | b'6' => no("a device or pipe", "put the output of the tool into the archive"),
            b'S' => no("a sparse file", "pack it again without --sparse"),
            _ => no("an entry of an unknown kind", "pack it again with `tar -czf`"),
        };
        // What was read has only its padding left; links have no content, whatever their size says.
        let left = match (&content, kind) {
            (Ok(_), _) => padding(size),
            (Err(_), b'1' | b'2' | b'3' | b'4' | b'6') => 0,
            (Err(_), _) => size.saturating_add(padding(size)),
        };
        let skipped = skip(&mut reader, left);
        walk.meter.check()?;
        walk.entry(below, &path, content, depth)?;
        skipped?;
    }
    Ok(())
}
