//! Text to lines to words: joined lines, text blocks, quotes.

use std::borrow::Cow;

/// A logical line.
pub(super) struct Line<'t> {
    /// The text, continuation lines joined.
    pub(super) text: Cow<'t, str>,
    /// The text block that the line ends with.
    pub(super) block: Option<String>,
    /// The number of its last physical line, from 1.
    pub(super) number: usize,
}

const BLOCK: &str = "\"\"\"";

/// The logical lines of a file.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut all = Vec::new();
    let mut joined: Option<String> = None;
    let mut block: Option<(String, Option<usize>)> = None;
    let mut number = 0;
    for line in physical(text) {
        number += 1;
        if let Some((content, indent)) = &mut block {
            if line.ends_with(BLOCK) {
                let mut content = std::mem::take(content);
                content.pop();
                block = None;
                let text = joined.take().unwrap_or_default();
                all.push(Line { text: Cow::Owned(text), block: Some(content), number });
            } else {
                let indent = *indent.get_or_insert_with(|| line.len() - line.trim_start().len());
                let start = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= indent).last().unwrap_or(0);
                content.push_str(if start >= indent { &line[start.min(line.len())..] } else { "" });
                content.push('\n');
            }
            continue;
        }
        let comment = is_comment(line);
        if let Some(start) = line.strip_suffix('\\').filter(|_| !comment) {
            // Only the last of joined lines loses its indentation.
            joined.get_or_insert_default().push_str(start);
        } else if let Some(start) = line.strip_suffix(BLOCK).filter(|_| !comment) {
            joined.get_or_insert_default().push_str(start);
            block = Some((String::new(), None));
        } else {
            let text = match joined.take() {
                Some(mut text) => {
                    text.push_str(line.trim_start());
                    Cow::Owned(text)
                }
                None => Cow::Borrowed(line),
            };
            all.push(Line { text, block: None, number });
        }
    }
    if let Some(text) = joined {
        all.push(Line { text: Cow::Owned(text), block: block.map(|(content, _)| content), number });
    }
    all
}

/// The lines as the file has them, however they end: `\n`, `\r\n`, or `\r` alone.
fn physical(text: &str) -> impl Iterator<Item = &str> {
    let alone = !text.contains('\n');
    text.split(move |c| c == '\n' || alone && c == '\r').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// Whether a line says nothing to the parser.
pub(super) fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with('#')
}

/// The words of a line: divided by blanks, or in quotes, in which `\"` is a quote and `\n` a new line. An unclosed
/// quote ends with the line.
pub(super) fn words(line: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::with_capacity(8);
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = closing(quoted);
            words.push(unescape(&quoted[..end]));
            rest = quoted.get(end + 1..).unwrap_or("");
        } else {
            let blank = |byte: u8| byte.is_ascii_whitespace() || !byte.is_ascii();
            let plain = rest.bytes().position(blank).unwrap_or(rest.len());
            let end = rest[plain..].find(char::is_whitespace).map_or(rest.len(), |more| plain + more);
            words.push(unescape(&rest[..end]));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    words
}

fn closing(quoted: &str) -> usize {
    let bytes = quoted.as_bytes();
    let mut from = 0;
    while let Some(found) = bytes[from..].iter().position(|byte| *byte == b'"') {
        let at = from + found;
        if at == 0 || bytes[at - 1] != b'\\' {
            return at;
        }
        from = at + 1;
    }
    bytes.len()
}

fn unescape(word: &str) -> Cow<'_, str> {
    if word.contains('\\') { Cow::Owned(word.replace("\\\"", "\"").replace("\\n", "\n")) } else { Cow::Borrowed(word) }
}

#[cfg(test)]
mod tests {
    use super::{lines, words};

    #[test]
    fn words_and_quotes() {
        assert_eq!(words(r#" a = person "A \"b\"" "" { "#), ["a", "=", "person", "A \"b\"", "", "{"]);
        assert_eq!(words("a \"open to the end"), ["a", "open to the end"]);
    }

    #[test]
    fn joined_lines_and_blocks() {
        let text = "a \\\n  b\nc \"\"\"\n  one\n    two\n  \"\"\"\nd";
        let all = lines(text);
        assert_eq!(all.len(), 3);
        assert_eq!((all[0].text.as_ref(), all[0].number), ("a b", 2));
        assert_eq!(all[1].block.as_deref(), Some("one\n  two"));
        assert_eq!(all[2].number, 7);
    }

    #[test]
    fn a_join_ends_at_a_comment_and_keeps_what_stands_between() {
        let all = lines("a \"b \\\n  c \\\n  d\"\ne \\\n // f \\\ng");
        let texts: Vec<&str> = all.iter().map(|line| line.text.as_ref()).collect();
        assert_eq!(texts, ["a \"b   c d\"", "e // f \\", "g"]);
    }

    #[test]
    fn lines_of_every_system() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r"] {
            let all = lines(text);
            let texts: Vec<&str> = all.iter().map(|line| line.text.as_ref()).collect();
            assert_eq!(texts, ["a", "b", ""], "{text:?}");
        }
    }
}
