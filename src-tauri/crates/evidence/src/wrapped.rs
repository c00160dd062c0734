//! A report in what a terminal showed around it: the command that ran before it, a progress bar, how the run ended.

use crate::json;

/// A report has no more than this around it, in lines before and in bytes on each side.
const LINES: usize = 40;
const BYTES: usize = 4096;

/// The text with everything blank but its JSON, lines where they were, and how many lines were blanked; `None` where
/// nothing stands around it, or so much that it may be a document that quotes one.
pub(crate) fn unwrapped(text: &str) -> Option<(String, usize)> {
    let start = begin(text)?;
    let mut end = start + json::length(&text[start..]);
    // Some tools write one value behind the other.
    while text[end..].trim_start().starts_with(['{', '[']) {
        end += text[end..].len() - text[end..].trim_start().len();
        end += json::length(&text[end..]);
    }
    let (before, after) = (&text[..start], &text[end..]);
    let quoted = |around: &str| around.contains("```") || around.lines().any(|line| line.starts_with(['#', '<']));
    let around = before.lines().chain(after.lines()).filter(|line| !line.trim().is_empty()).count();
    let whole = text[start..end].ends_with(['}', ']']);
    if around == 0 || !whole || before.len() > BYTES || after.len() > BYTES || quoted(before) || quoted(after) {
        return None;
    }
    // What stands behind in JSON's own signs is JSON that is damaged.
    if after.trim_start().starts_with(['"', ',', ':', '}', ']']) {
        return None;
    }
    let blank = |around: &str| around.chars().filter(|c| *c == '\n').collect::<String>();
    Some(([&blank(before), &text[start..end], &blank(after)].concat(), around))
}

/// Where the first line is that begins JSON: a bracket with a name, a value, or nothing behind it.
fn begin(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let plain = line.trim();
        let json = match plain.as_bytes() {
            [b'{'] | [b'['] => true,
            [b'{', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')),
            [b'[', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'{' | b']' | b'"')),
            _ => false,
        };
        if json {
            return Some(at + line.len() - line.trim_start().len());
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn lines_stay_where_they_are() {
        let text = "yarn run v1.22\n$ eslint . -f json\n[{\"a\": \"}\"}]\nerror Command failed.\n";
        assert_eq!(unwrapped(text), Some(("\n\n[{\"a\": \"}\"}]\n\n".to_owned(), 3)));
        assert_eq!(unwrapped("Working... 100%\n{}\n{\"b\":1}"), Some(("\n{}\n{\"b\":1}".to_owned(), 1)));
    }

    #[test]
    fn documents_and_damage_are_left_alone() {
        for text in [
            "{\"a\": 1}\n",
            "# Report\n{\"a\": 1}\n",
            "See:\n```\n{\"a\": 1}\n```\n",
            "[INFO] 1 Plane\n[PASS] 1.1 x\n",
            "begin\n{\"a\": [1\n",
            "{\"a\": 1}, \"b\": 2}\n",
            "",
        ] {
            assert_eq!(unwrapped(text), None, "{text}");
        }
        assert_eq!(unwrapped(&format!("{}\n{{}}", "x\n".repeat(50))), None);
    }
}
