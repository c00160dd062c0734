//! What no page shows and no reader should copy: control characters, and marks that turn the direction of text around.

use std::borrow::Cow;

use serde_json::Value;

/// The places of the characters of `text` that are left out of a report: controls but for tab and newline, a byte order
/// mark, embeddings and overrides of direction, and isolates of direction without their other end on the line.
///
/// Letters that are written from right to left need none of these, and isolates in pairs stay.
pub(crate) fn unwanted(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\n' => places.append(&mut open),
            '\t' => {}
            '\u{FEFF}' | '\u{202A}'..='\u{202E}' => places.push(at),
            '\u{2066}'..='\u{2068}' => open.push(at),
            '\u{2069}' if open.pop().is_none() => places.push(at),
            c if c.is_control() => places.push(at),
            _ => {}
        }
    }
    places.append(&mut open);
    places.sort_unstable();
    places
}

/// The stretches of `text` between the characters that are left out, each with its place.
pub(crate) fn wanted(text: &str) -> Vec<(usize, &str)> {
    let places = unwanted(text);
    let mut parts = Vec::with_capacity(places.len() + 1);
    let mut from = 0;
    for at in places {
        parts.push((from, &text[from..at]));
        from = at + text[at..].chars().next().map_or(0, char::len_utf8);
    }
    parts.push((from, &text[from..]));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// `text` without what is left out of a report.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if unwanted(text).is_empty() {
        return Cow::Borrowed(text);
    }
    // A lone carriage return was a line's end.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(wanted(&text).into_iter().map(|(_, part)| part).collect())
}

/// Cleans every string of a value; keys are words of ours.
pub(crate) fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(cleaned) = clean(text) {
                *text = cleaned;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean_value),
        Value::Object(fields) => fields.values_mut().for_each(clean_value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_lines_stay() {
        assert_eq!(clean("a\0b\u{7}c\u{1b}[31md\u{85}e\u{9b}f\tg\nh"), "abc[31mdef\tg\nh");
        assert_eq!(clean("one\r\ntwo\rthree"), "one\ntwo\nthree");
        assert!(matches!(clean("Müller 👩‍👧 שלום ไทย"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_turns_the_text_around() {
        assert_eq!(clean("Client\u{202e}tnemyap\u{202c} Ltd"), "Clienttnemyap Ltd");
        assert_eq!(clean("\u{2067}open"), "open");
        assert_eq!(clean("close\u{2069}"), "close");
        assert_eq!(clean("\u{2067}one\ntwo\u{2069}"), "one\ntwo", "a pair does not reach over lines");
    }

    #[test]
    fn what_rtl_text_needs_stays() {
        let pair = "מערכת \u{2066}api/v2\u{2069} איטית \u{200f}";
        assert_eq!(clean(pair), pair);
    }

    #[test]
    fn values_are_cleaned_throughout() {
        let mut value = serde_json::json!({"a": ["x\0y", {"b": "\u{202e}z"}], "n": 1, "none": null});
        clean_value(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["xy", {"b": "z"}], "n": 1, "none": null}));
    }
}
