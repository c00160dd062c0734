//! Typst string literals: from a place in the value to the place in the source.

/// Where in `literal` (as written, with its quotes) byte `offset` of its value is written.
///
/// Offsets behind the value's end give the closing quote. Follows Typst's own unescaping: `\\`,
/// `\"`, `\n`, `\r`, `\t` and `\u{..}`; any other backslash stands for itself.
pub(crate) fn source_offset(literal: &str, offset: usize) -> usize {
    let body = literal.strip_prefix('"').unwrap_or(literal);
    let body = body.strip_suffix('"').unwrap_or(body);
    let mut written = 0;
    let mut value = 0;
    while written < body.len() {
        let (source_len, value_len) = next_char(&body[written..]);
        if value + value_len > offset {
            break;
        }
        written += source_len;
        value += value_len;
    }
    1 + written
}

/// The length in bytes of the next character as written, and in the value.
fn next_char(rest: &str) -> (usize, usize) {
    let mut chars = rest.chars();
    let first = chars.next().map_or(1, char::len_utf8);
    if !rest.starts_with('\\') {
        return (first, first);
    }
    match chars.next() {
        Some('\\' | '"' | 'n' | 'r' | 't') => (2, 1),
        Some('u') => unicode_escape(rest).unwrap_or((1, 1)),
        // The backslash and what follows it both stand for themselves.
        _ => (1, 1),
    }
}

fn unicode_escape(rest: &str) -> Option<(usize, usize)> {
    let digits = rest.strip_prefix("\\u{")?;
    let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    let code = u32::from_str_radix(&digits[..count], 16).ok()?;
    let closed = usize::from(digits[count..].starts_with('}'));
    Some((3 + count + closed, char::from_u32(code)?.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::source_offset;

    /// For every character of the value, what is written at the offset we name for it.
    fn written(literal: &str, value: &str) -> Vec<String> {
        value
            .char_indices()
            .map(|(at, c)| {
                let from = source_offset(literal, at);
                let to = source_offset(literal, at + c.len_utf8());
                literal[from..to].to_owned()
            })
            .collect()
    }

    #[test]
    fn plain_text_is_shifted_by_the_quote() {
        assert_eq!(written(r#""aéz""#, "aéz"), ["a", "é", "z"]);
    }

    #[test]
    fn escapes_are_longer_than_what_they_stand_for() {
        let literal = r#""a\\b\"c\u{1F5FA}d\n\t\re""#;
        let value = "a\\b\"c\u{1F5FA}d\n\t\re";
        let expected = ["a", r"\\", "b", r#"\""#, "c", r"\u{1F5FA}", "d", r"\n", r"\t", r"\r", "e"];
        assert_eq!(written(literal, value), expected);
    }

    #[test]
    fn an_unknown_escape_stands_for_itself() {
        assert_eq!(written(r#""a\xb""#, "a\\xb"), ["a", "\\", "x", "b"]);
        assert_eq!(written(r#""\u{zz}""#, "\\u{zz}"), ["\\", "u", "{", "z", "z", "}"]);
    }

    #[test]
    fn the_end_is_the_closing_quote() {
        assert_eq!(source_offset(r#""ab""#, 2), 3);
        assert_eq!(source_offset(r#""ab""#, 99), 3);
        assert_eq!(source_offset(r#""""#, 0), 1);
    }
}
