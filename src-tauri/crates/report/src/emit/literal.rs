//! Typst string literals: the one door through which client text enters a file.

use crate::clean::clean;

/// `text` as a Typst string literal with its quotes; safe in code and after `#` in markup.
///
/// Escapes quotes, backslashes, and every character that could hide what stands in the file. Control characters, and
/// marks that turn the direction of text around, are left out.
#[must_use]
pub fn string_literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_literal(&mut out, &clean(text));
    out
}

/// Appends `text` as a literal; what is left out of a report is left out already.
pub(super) fn push_literal(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c if is_unseen(c) => {
                out.push_str("\\u{");
                out.push_str(&format!("{:x}", u32::from(c)));
                out.push('}');
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Format characters: marks of direction, zero-width characters, separators of lines.
const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Bytes into the value of a literal for `at` bytes into its text, quotes included. Zero for what is not a literal.
pub(super) fn value_offset(literal: &str, at: usize) -> usize {
    letters(literal).take_while(|(place, _)| *place < at).map(|(_, length)| length).sum()
}

/// Bytes into the text of a literal, quotes included, for `offset` bytes into its value; the letter's start.
pub(super) fn file_offset(literal: &str, offset: usize) -> usize {
    let mut value = 0;
    for (place, length) in letters(literal) {
        value += length;
        if value > offset {
            return place;
        }
    }
    if literal.starts_with('"') { literal.len().saturating_sub(1) } else { 0 }
}

/// Where each letter of a literal's value stands in its text, and how many bytes it has in the value.
fn letters(literal: &str) -> impl Iterator<Item = (usize, usize)> {
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    let mut rest = inner.char_indices();
    std::iter::from_fn(move || {
        let (at, c) = rest.next()?;
        let length = match c {
            '\\' => match rest.next()?.1 {
                'u' => {
                    let code = rest.by_ref().map(|(_, c)| c).take_while(|&c| c != '}');
                    let digits = code.filter_map(|c| c.to_digit(16)).fold(0, |code, digit| code << 4 | digit);
                    char::from_u32(digits).map_or(1, char::len_utf8)
                }
                _ => 1,
            },
            c => c.len_utf8(),
        };
        Some((at + 1, length))
    })
}

/// A target as the address of a link, or none when it is not one that a reader of the report may follow.
///
/// Only `http`, `https` and `mailto`. Whatever does not belong into an address is percent-encoded.
pub(super) fn web_address(target: &str) -> Option<String> {
    let scheme = ["http://", "https://", "mailto:"]
        .into_iter()
        .find(|scheme| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    if target.len() == scheme.len() {
        return None;
    }
    let mut address = scheme.to_owned();
    for byte in target[scheme.len()..].bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    // The typesetter refuses longer ones.
    (address.len() <= 8000).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_only_where_we_end_it() {
        assert_eq!(string_literal(r##"a"#read("/x")\"##), r##""a\"#read(\"/x\")\\""##);
        assert_eq!(string_literal("a\nb\tc"), r#""a\nb\tc""#);
        assert_eq!(string_literal("\0\u{1b}\u{85}"), "\"\"");
        assert_eq!(string_literal("\u{202e}x\u{200b}"), r#""x\u{200b}""#);
    }

    #[test]
    fn places_in_a_literal_lead_both_ways() {
        let value = "a\"b\u{200d}é\\z";
        let literal = string_literal(value);
        assert_eq!(literal, r#""a\"b\u{200d}é\\z""#);
        for (offset, c) in value.char_indices() {
            let place = file_offset(&literal, offset);
            assert_eq!(value_offset(&literal, place), offset, "{c:?}");
        }
        assert_eq!(value_offset(&literal, literal.len() - 1), value.len());
        assert_eq!(file_offset(&literal, value.len()), literal.len() - 1);
        assert_eq!(value_offset("raw(block: true, \"x\")", 5), 0);
    }

    #[test]
    fn only_addresses_become_links() {
        assert_eq!(web_address("HTTPS://a.test/ä b").as_deref(), Some("https://a.test/%C3%A4%20b"));
        assert_eq!(web_address("mailto:a@b.test").as_deref(), Some("mailto:a@b.test"));
        for target in
            ["javascript:alert(1)", "file:///etc/passwd", "http://", "", "#x", "docs/x.md", "data:text/html,x"]
        {
            assert_eq!(web_address(target), None, "{target}");
        }
        assert_eq!(web_address(&format!("http://{}", "a".repeat(9000))), None);
    }
}
