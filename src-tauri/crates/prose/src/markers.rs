//! Marks of unfinished work that must not reach a client.

use crate::parse::parse;
use crate::tree::Span;
use crate::walk::code_spans;

/// A mark of unfinished work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodoMarker {
    /// Where it stands in the source.
    pub span: Span,
    /// The mark as written, such as `TODO` or `lorem ipsum`.
    pub text: String,
}

const WORDS: [&str; 4] = ["TODO", "FIXME", "TBD", "XXX"];

/// Finds `TODO`, `FIXME`, `TBD` and `XXX` as words, `???`, and filler text ("lorem ipsum"), in order.
///
/// Link targets are searched as well. Code is not: what stands there is the client's own.
#[must_use]
pub fn todo_markers(source: &str) -> Vec<TodoMarker> {
    let mut spans = Vec::new();
    for word in WORDS {
        let places = source.match_indices(word).map(|(at, _)| Span::new(at, at + word.len()));
        spans.extend(places.filter(|&span| is_word(source, span)));
    }
    question_marks(source, &mut spans);
    filler(source, &mut spans);
    told(source, spans)
}

/// Finds places that a text from the library leaves open, `{{words}}` on one line, in order. Code is not searched:
/// templates of the client's own look the same.
#[must_use]
pub fn placeholders(source: &str) -> Vec<TodoMarker> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find("{{").map(|at| from + at) {
        let inside = &source[start + 2..];
        let Some(length) = inside.find("}}") else { break };
        let words = &inside[..length];
        // Of three braces the last two may open a place.
        from = start + 1;
        if !words.trim().is_empty() && !words.contains(['\n', '{', '}']) {
            from = start + length + 4;
            spans.push(Span::new(start, from));
        }
    }
    let mut found = told(source, spans);
    for marker in &mut found {
        marker.text = marker.text.trim_matches(['{', '}', ' ']).to_owned();
    }
    found
}

/// The marks with their words, without those in code.
fn told(source: &str, mut spans: Vec<Span>) -> Vec<TodoMarker> {
    if spans.is_empty() {
        return Vec::new();
    }
    spans.sort_unstable();
    let code = code_spans(&parse(source));
    let in_code = |span: &Span| {
        let next = code.partition_point(|code| code.start <= span.start);
        // Code spans do not overlap, so only the last one that starts before can cover this place.
        next > 0 && code[next - 1].end > span.start
    };
    spans.retain(|span| !in_code(span));
    spans.into_iter().map(|span| TodoMarker { span, text: source[span.range()].to_owned() }).collect()
}

fn is_word(source: &str, span: Span) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    !source[..span.start].chars().next_back().is_some_and(joins)
        && !source[span.end..].chars().next().is_some_and(joins)
}

fn question_marks(source: &str, spans: &mut Vec<Span>) {
    let mut from = 0;
    while let Some(at) = source[from..].find("???") {
        let start = from + at;
        let length = source[start..].bytes().take_while(|&b| b == b'?').count();
        spans.push(Span::new(start, start + length));
        from = start + length;
    }
}

fn filler(source: &str, spans: &mut Vec<Span>) {
    // ASCII lower case keeps every byte in its place.
    let lower = source.to_ascii_lowercase();
    for (start, first) in lower.match_indices("lorem") {
        let rest = &lower[start + first.len()..];
        let gap = rest.len() - rest.trim_start().len();
        let span = Span::new(start, start + first.len() + gap + "ipsum".len());
        if (1..=8).contains(&gap) && rest[gap..].starts_with("ipsum") && is_word(source, span) {
            spans.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<(usize, String)> {
        todo_markers(source).into_iter().map(|marker| (marker.span.start, marker.text)).collect()
    }

    #[test]
    fn finds_each_mark_once_and_in_order() {
        let source = "XXX a TODO: b\n\nFIXME, TBD. who???? Lorem\nIpsum dolor [x](TODO)";
        let found: Vec<String> = texts(source).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["XXX", "TODO", "FIXME", "TBD", "????", "Lorem\nIpsum", "TODO"]);
    }

    #[test]
    fn passes_over_words_that_only_contain_a_mark() {
        assert!(texts("XXXL TODOS METODO TBDs todo ?? lorem_ipsum xxx MY_TODO").is_empty());
    }

    #[test]
    fn places_left_open_are_found_outside_of_code() {
        let source = "At {{rate}} the {{ name of the queue }} fills. `{{ .Values.x }}` {{}} {{a\nb}} {{{c}}";
        let found: Vec<String> = placeholders(source).into_iter().map(|marker| marker.text).collect();
        assert_eq!(found, ["rate", "name of the queue", "c"]);
        assert_eq!(placeholders("ä {{b}}")[0].span, Span::new(3, 8));
        assert!(placeholders("open {{ and never closed").is_empty());
    }

    #[test]
    fn passes_over_code() {
        let source = "`TODO` and ``a TODO b``\n\n```sql\n-- TODO: index\n```\n\n    TBD\n\nTODO";
        assert_eq!(texts(source), [(source.len() - 4, "TODO".to_owned())]);
    }
}
