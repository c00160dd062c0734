//! Runs of text: joining the parser's fragments, and finding records and addresses in them.

use crate::tree::{Inline, Record, Span};

/// Appends text that stands at `start` in the source, splitting off NUL bytes and joining it to
/// the run before where the source is continuous.
pub(crate) fn push_verbatim(into: &mut Vec<Inline>, text: &str, start: usize) {
    let mut at = start;
    for (index, part) in text.split('\0').enumerate() {
        if index > 0 {
            into.push(Inline::Text { text: "\u{FFFD}".into(), span: Span::new(at, at + 1) });
            at += 1;
        }
        if !part.is_empty() {
            push_run(into, part, at);
            at += part.len();
        }
    }
}

/// Appends text that differs from its source, such as an entity.
pub(crate) fn push_substitute(into: &mut Vec<Inline>, text: &str, span: Span) {
    let text = text.replace('\0', "\u{FFFD}").replace(['\r', '\n'], " ");
    if text.len() == span.len() {
        // As long as its entity (`&nlE;`): one run a character, so that equal length always means equal text.
        into.extend(text.chars().map(|c| Inline::Text { text: c.into(), span }));
    } else if !text.is_empty() {
        into.push(Inline::Text { text, span });
    }
}

fn push_run(into: &mut Vec<Inline>, part: &str, at: usize) {
    if let Some(Inline::Text { text, span }) = into.last_mut()
        && span.end == at
        && span.len() == text.len()
    {
        text.push_str(part);
        span.end += part.len();
        return;
    }
    into.push(Inline::Text { text: part.to_owned(), span: Span::new(at, at + part.len()) });
}

/// Turns `F-012` and bare `https://…` inside the runs of `content` into references and links.
pub(crate) fn find_targets(content: Vec<Inline>) -> Vec<Inline> {
    let interesting = |inline: &Inline| match inline {
        Inline::Text { text, span } if span.len() == text.len() => {
            text.contains("F-") || text.contains("R-") || text.contains("I-") || text.contains("://")
        }
        _ => false,
    };
    if !content.iter().any(interesting) {
        return content;
    }
    let mut out: Vec<Inline> = Vec::with_capacity(content.len() + 2);
    let mut rest = content.into_iter().peekable();
    while let Some(inline) = rest.next() {
        if !interesting(&inline) {
            out.push(inline);
            continue;
        }
        let Inline::Text { text, span } = inline else {
            continue;
        };
        let before = out.last().and_then(|inline| match inline {
            Inline::Text { text, .. } => text.chars().next_back(),
            _ => None,
        });
        let after = rest.peek().and_then(|inline| match inline {
            Inline::Text { text, .. } => text.chars().next(),
            _ => None,
        });
        split_run(&mut out, &text, span.start, before, after);
    }
    out
}

fn split_run(out: &mut Vec<Inline>, text: &str, start: usize, before: Option<char>, after: Option<char>) {
    let calls = calls(text);
    let within_call = |at: usize| {
        let after = calls.partition_point(|call| call.start <= at);
        after.checked_sub(1).and_then(|last| calls.get(last)).is_some_and(|call| call.contains(&at))
    };
    let mut done = 0;
    let mut at = 0;
    while let Some(step) = text[at..].find(['F', 'R', 'I', 'h']) {
        at += step;
        let previous = text[..at].chars().next_back().or(before);
        let found = match text.as_bytes()[at] {
            b'h' => address(&text[at..], previous).map(|length| (length, None)),
            _ => record(&text[at..], previous, after).map(|(length, record)| (length, Some(record))),
        };
        // The name of a figure stays whole: its subject may be an address.
        let Some((length, record)) = found.filter(|_| !within_call(at)) else {
            at += 1;
            continue;
        };
        if at > done {
            push_run_always(out, &text[done..at], start + done);
        }
        let span = Span::new(start + at, start + at + length);
        let written = text[at..at + length].to_owned();
        let content = vec![Inline::Text { text: written.clone(), span }];
        out.push(match record {
            Some(record) => Inline::Reference { record, content, own_text: false, span },
            None => Inline::Link { target: written, title: String::new(), content, span },
        });
        at += length;
        done = at;
    }
    if done < text.len() {
        push_run_always(out, &text[done..], start + done);
    }
}

/// The places of `{{…}}` in a text, in order.
fn calls(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(length) = text[start..].find("}}") else { break };
        from = start + length + 2;
        found.push(start..from);
    }
    found
}

fn push_run_always(out: &mut Vec<Inline>, text: &str, at: usize) {
    out.push(Inline::Text { text: text.to_owned(), span: Span::new(at, at + text.len()) });
}

/// A record at the very start of `text`, with its length in bytes.
fn record(text: &str, before: Option<char>, after: Option<char>) -> Option<(usize, Record)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
        return None;
    }
    let digits = text.get(2..)?.bytes().take_while(u8::is_ascii_digit).count();
    let length = 2 + digits;
    let mut rest = text[length..].chars();
    let next = rest.next().or(after);
    let bounded = match next {
        None => true,
        // "F-012.": a full stop may end the sentence; "F-012.5" and "F-012-b" are other names.
        Some('.' | '-') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric() && c != '_',
    };
    if !bounded {
        return None;
    }
    Record::parse(&text[..length]).map(|record| (length, record))
}

/// The length of a bare web address at the very start of `text`.
fn address(text: &str, before: Option<char>) -> Option<usize> {
    let scheme = ["http://", "https://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`'));
    let mut address = &text[..end.unwrap_or(text.len())];
    // Punctuation at the end belongs to the sentence, and so does a bracket that closes none of its own.
    let surplus =
        |open: char, close: char| address.matches(close).count().saturating_sub(address.matches(open).count());
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' | '”' | '“' | '’' | '«' | '»' => {
            }
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    (address.len() > scheme.len()).then_some(address.len())
}
