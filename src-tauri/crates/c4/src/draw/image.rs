//! Image views: a picture in place of a drawing.

use super::drawing::DrawingWarning;
use super::shape::Shape;
use super::wording::Text;
use crate::model::View;

/// The picture of an image view, as wide as there is room or as it is. Answers its width and height too.
pub(crate) fn picture(
    view: &View,
    text: &Text<'_>,
    width: f64,
    height: Option<f64>,
) -> Result<(f64, f64, Shape), DrawingWarning> {
    let name = view.image.content.clone().unwrap_or_default();
    let missing = |remedy: &str| DrawingWarning::MissingImage {
        name: if name.starts_with("data:") { "data URI".to_owned() } else { name.chars().take(200).collect() },
        remedy: remedy.to_owned(),
    };
    let Some(data) = text.picture(&name) else {
        return Err(missing(
            "give a PNG, JPEG, GIF or WebP beside the workspace; addresses are not fetched, SVG is not drawn",
        ));
    };
    let (w, h) = pixels(&data).ok_or_else(|| missing("the picture cannot be read: save it again as PNG"))?;
    // 96 pixels to the inch.
    let natural = f64::from(w) * 0.75;
    let mut scale = width / natural;
    if let Some(height) = height {
        scale = scale.min(height / (f64::from(h) * 0.75));
    }
    let (w, h) = (natural * scale.min(1.0), f64::from(h) * 0.75 * scale.min(1.0));
    Ok((w, h, Shape::Image { x: 0.0, y: 0.0, w, h, data, opacity: 1.0 }))
}

/// Width and height of a picture in a data URI.
fn pixels(data: &str) -> Option<(u32, u32)> {
    let (_, base64) = data.split_once(',')?;
    let bytes = decode(base64);
    let big = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let found = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (big(16)?, big(20)?)
    } else if bytes.starts_with(b"GIF8") {
        let little = |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
        (little(6)?, little(8)?)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(&bytes)?
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(&bytes)?
    } else {
        return None;
    };
    (found.0 > 0 && found.1 > 0 && found.0 <= 100_000 && found.1 <= 100_000).then_some(found)
}

/// The frame header of a JPEG says how large it is (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        while *bytes.get(at)? != 0xff {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        if matches!(marker, 0x01 | 0xff | 0xd0..=0xd9) {
            continue;
        }
        let pair = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((pair(at + 5)?, pair(at + 3)?));
        }
        at += (pair(at)? as usize).max(2);
    }
}

/// The three kinds of WebP (RFC 9649).
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = |from: usize, count: usize| {
        bytes.get(from..from + count).map(|part| part.iter().rev().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    match bytes.get(12..16)? {
        b"VP8X" => Some((at(24, 3)? + 1, at(27, 3)? + 1)),
        b"VP8L" => at(21, 4).map(|bits| ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)),
        b"VP8 " => Some((at(26, 2)? & 0x3fff, at(28, 2)? & 0x3fff)),
        _ => None,
    }
}

/// Base64, as far as headers go.
fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().take(400_000) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::pixels;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_header() {
        let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAA";
        assert_eq!(pixels(png), Some((3, 2)));
        assert_eq!(pixels("data:image/gif;base64,R0lGODlhBQAHAIAA"), Some((5, 7)));
        assert_eq!(pixels("data:image/jpeg;base64,/9j/wAARCAAFAAYDAREA"), Some((6, 5)));
        assert_eq!(pixels("data:image/jpeg;base64,/9j/"), None);
        assert_eq!(pixels("data:image/png;base64,AAAA"), None);
    }
}
