//! Metadata taken out of PNG and JPEG without touching the pixels: only what a decoder needs to draw them is copied.

/// A PNG's chunks that say how pixels look; everything else (text, EXIF, time, further frames, what programs add) goes,
/// and so does what stands behind the end. A colour profile is not among them: it is applied, and may name the device.
const CHUNKS: &[&[u8; 4]] =
    &[b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"sBIT", b"pHYs"];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG with nothing but its pixels. None when it is not built as it must be.
pub(crate) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(PNG)?;
    let mut out = PNG.to_vec();
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let name = rest.get(4..8)?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        if CHUNKS.iter().any(|kept| kept.as_slice() == name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        rest = rest.get(chunk.len()..)?;
    }
}

/// A JPEG with nothing but its pixels. None when it is not built as it must be.
///
/// Application segments and comments go, except Adobe's, which says how colours are coded; so does what stands behind
/// the end: phones keep further pictures and films there.
pub(crate) fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut out = vec![0xff, 0xd8];
    loop {
        // Any number of fill bytes may stand before a marker.
        while rest.first() == Some(&0xff) && rest.get(1) == Some(&0xff) {
            rest = rest.get(1..)?;
        }
        let (&[0xff, marker], behind) = rest.split_first_chunk::<2>()? else { return None };
        if marker == 0xd9 {
            out.extend_from_slice(&[0xff, 0xd9]);
            return Some(out);
        }
        // Markers without content have no place between segments.
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes(*behind.first_chunk()?));
        let segment = rest.get(..length.checked_add(2)?)?;
        let adobe = marker == 0xee && segment.get(4..9) == Some(b"Adobe") && length == 14;
        if adobe || !matches!(marker, 0xe0..=0xfe) {
            out.extend_from_slice(segment);
        }
        rest = rest.get(segment.len()..)?;
        if marker == 0xda {
            let data = entropy_coded(rest);
            out.extend_from_slice(rest.get(..data)?);
            rest = rest.get(data..)?;
        }
    }
}

/// How long a scan's data is: it ends before the first marker that is no restart.
fn entropy_coded(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            [0xff, 0x00 | 0xd0..=0xd7] => at += 2,
            [0xff, _] => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}
