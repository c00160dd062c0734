//! Shapes from masked text, for languages without a grammar: words before brackets are calls, words behind `fun`, `fn`,
//! `function` and `def` are functions, brackets tell where they end.

use super::{Call, Function, Shape, callee};
use crate::lex::Lexed;
use crate::lex::syntax::Lang;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Words before a bracket that are no calls.
const KEYWORDS: &[&str] = &[
    "if",
    "else",
    "elseif",
    "elsif",
    "for",
    "foreach",
    "while",
    "until",
    "unless",
    "when",
    "switch",
    "match",
    "catch",
    "return",
    "fun",
    "fn",
    "function",
    "def",
    "and",
    "or",
    "not",
    "in",
    "is",
    "as",
    "where",
    "impl",
    "pub",
    "throw",
    "await",
    "yield",
    "do",
    "use",
    "case",
    "rescue",
    "end",
    "then",
    "class",
    "module",
    "begin",
    "ensure",
    "puts",
    "raise",
    "require",
    "require_relative",
    "let",
    "mut",
    "move",
    "echo",
    "new",
    "array",
    "isset",
    "empty",
    "unset",
    "include",
    "include_once",
    "require_once",
    "namespace",
    "val",
    "var",
];

static FUNCTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:fun|fn|function|def)\s+(?:<[^>\n]*>\s*)?(?:[A-Za-z_][\w<>?]*\.)*&?([A-Za-z_]\w*[?!]?)").ok()
});
static BARE_CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?m)([A-Za-z_@][\w.:@]*[\w?!])[ \t]+(?:["':]|[a-z_@]\w*:?[ \t]*[^=\s]|[A-Z0-9])"#).ok()
});

/// The shape of a text.
pub(super) fn shape(lang: Lang, lexed: &Lexed) -> Shape {
    let pairs = pairs(&lexed.bare);
    let mut shape =
        Shape { functions: functions(lang, lexed, &pairs), calls: calls(lang, lexed, &pairs), joined: Vec::new() };
    if lang == Lang::Ruby {
        bare_calls(lexed, &mut shape.calls);
    }
    shape.joined = joined(lang, lexed);
    shape
}

/// Where each opening bracket is closed, by place; 0 where it is not.
fn pairs(bare: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, byte) in bare.bytes().enumerate() {
        let opens = match byte {
            b'(' | b'[' | b'{' => {
                open.push((byte, at));
                continue;
            }
            b')' => b'(',
            b']' => b'[',
            b'}' => b'{',
            _ => continue,
        };
        if open.last().is_some_and(|(kind, _)| *kind == opens) {
            found.extend(open.pop().map(|(_, from)| (from, at)));
        }
    }
    found.sort_unstable();
    found
}

fn close(pairs: &[(usize, usize)], open: usize) -> Option<usize> {
    pairs.binary_search_by_key(&open, |(from, _)| *from).ok().map(|index| pairs[index].1)
}

fn functions(lang: Lang, lexed: &Lexed, pairs: &[(usize, usize)]) -> Vec<Function> {
    let bare = lexed.bare.as_str();
    let Some(pattern) = FUNCTION.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(bare) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
        let span = if lang == Lang::Ruby { ruby_end(bare, whole.start()) } else { braced(bare, whole.end(), pairs) };
        let Some((body, end)) = span else { continue };
        let start = attributes(bare, whole.start());
        found.push(Function { name: name.as_str().to_owned(), whole: start..end, body });
    }
    found
}

/// The body in braces behind the head of a function; an expression body ends with its line.
fn braced(bare: &str, from: usize, pairs: &[(usize, usize)]) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        at += bare[at..].find(['(', '{', ';', '=', '}'])?;
        match bare.as_bytes()[at] {
            b'(' => at = close(pairs, at)? + 1,
            b'{' => return Some((at, close(pairs, at)? + 1)),
            b'=' if !bare[at..].starts_with("=>") => {
                return Some((at, at + bare[at..].find('\n').unwrap_or(bare.len() - at)));
            }
            b'=' => at += 2,
            _ => return None,
        }
    }
}

/// A method of Ruby ends with the `end` that stands as far in as its `def`.
fn ruby_end(bare: &str, start: usize) -> Option<(usize, usize)> {
    let line = bare[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = start - line;
    if !bare[line..start].trim().is_empty() {
        return None;
    }
    let mut at = start;
    for text in bare[start..].split_inclusive('\n') {
        let trimmed = text.trim_start();
        if at > start && text.len() - trimmed.len() == indent && trimmed.starts_with("end") {
            return Some((start + 3, at + text.trim_end().len()));
        }
        at += text.len();
    }
    None
}

/// Where the lines of annotations and attributes right before a function begin.
fn attributes(bare: &str, start: usize) -> usize {
    let mut at = bare[..start].rfind('\n').map_or(0, |at| at + 1);
    for _ in 0..12 {
        let Some(end) = at.checked_sub(1) else { break };
        let before = bare[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = bare[before..end].trim();
        if !(line.starts_with('@') || line.starts_with("#[")) {
            break;
        }
        at = before;
    }
    at
}

fn calls(lang: Lang, lexed: &Lexed, pairs: &[(usize, usize)]) -> Vec<Call> {
    let bare = lexed.bare.as_str();
    let mut found = Vec::new();
    for &(open, close) in pairs {
        let byte = bare.as_bytes()[open];
        // A block behind a word is what it is called with: `transaction {`.
        let block = byte == b'{' && lang == Lang::Kotlin;
        if byte != b'(' && !block {
            continue;
        }
        let end = open - bare[..open].bytes().rev().take_while(u8::is_ascii_whitespace).count();
        let start = chain(bare, end, pairs);
        let word: &str = bare[start..end].trim();
        let last = word.rsplit(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default();
        if last.is_empty() && !word.ends_with(['!', '?', '>']) || KEYWORDS.contains(&word) {
            continue;
        }
        let before = bare[..start].trim_end();
        if ["fun", "fn", "function", "def", "class", "struct", "enum"].iter().any(|keyword| before.ends_with(keyword)) {
            continue;
        }
        // A block behind a list of arguments belongs to the call before.
        if block && (before.ends_with(['=', ':']) || bare[..end].ends_with([')', '>', '='])) {
            continue;
        }
        let made = before.ends_with("new");
        found.push(Call { callee: callee(&bare[start..end], made), whole: start..close + 1, args: open + 1..close });
    }
    found
}

/// Where the words, brackets and marks that end at `end` begin: `a.b(c).d`.
fn chain(bare: &str, end: usize, pairs: &[(usize, usize)]) -> usize {
    let bytes = bare.as_bytes();
    let mut at = end;
    for _ in 0..400 {
        let Some(before) = at.checked_sub(1) else { break };
        let byte = bytes[before];
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'$' | b'@' | b'!' | b'?' | b'\\') {
            at = before;
        } else if byte == b'>' && before > 0 && bytes[before - 1] == b'-' {
            at = before - 1;
        } else if matches!(byte, b')' | b']' | b'}') {
            // Only with a mark behind it does a bracket belong to the chain.
            if at < end || byte == b')' || byte == b']' {
                let Some(open) = opening(pairs, before) else { break };
                if byte == b'}' && !matches!(bytes.get(at), Some(b'.' | b'?')) {
                    break;
                }
                at = open;
            } else {
                break;
            }
        } else if byte.is_ascii_whitespace() && matches!(bytes.get(at), Some(b'.' | b'-')) {
            at -= bare[..at].bytes().rev().take_while(u8::is_ascii_whitespace).count();
        } else {
            break;
        }
    }
    at
}

/// The opening bracket of a closing one; looked for in the nearest few thousand.
fn opening(pairs: &[(usize, usize)], close: usize) -> Option<usize> {
    let until = pairs.partition_point(|(open, _)| *open < close);
    pairs[..until].iter().rev().take(2_000).find(|(_, end)| *end == close).map(|(open, _)| *open)
}

/// Ruby's calls without brackets; what they are called with ends with the line that no comma ends.
fn bare_calls(lexed: &Lexed, calls: &mut Vec<Call>) {
    let (bare, Some(pattern)) = (lexed.bare.as_str(), BARE_CALL.as_ref()) else { return };
    for captures in pattern.captures_iter(bare) {
        let Some(word) = captures.get(1) else { continue };
        if KEYWORDS.contains(&word.as_str()) {
            continue;
        }
        let mut end = word.end();
        for line in bare[word.end()..].split_inclusive('\n').take(12) {
            end += line.len();
            if !line.trim_end().ends_with([',', '\\', '{', '(', '[']) {
                break;
            }
        }
        calls.push(Call { callee: word.as_str().to_owned(), whole: word.start()..end, args: word.end()..end });
    }
}

/// Strings joined with what is none: by a sign beside them, or by something within.
fn joined(lang: Lang, lexed: &Lexed) -> Vec<Range<usize>> {
    let sign = if lang == Lang::Php { b'.' } else { b'+' };
    let mut found: Vec<Range<usize>> = Vec::new();
    for literal in &lexed.literals {
        let before = lexed.bare[..literal.whole.start].trim_end();
        let after = lexed.bare[literal.whole.end..].trim_start();
        let varies =
            |text: &str| text.starts_with(|char: char| char.is_lowercase() || matches!(char, '$' | '@' | '_' | '('));
        let joins_after = after.as_bytes().first() == Some(&sign) && varies(after[1..].trim_start());
        let joins_before = before.as_bytes().last() == Some(&sign) && {
            let left = before[..before.len() - 1].trim_end();
            let word: String = left
                .chars()
                .rev()
                .take_while(|char| char.is_alphanumeric() || matches!(char, '_' | '$' | '@'))
                .collect();
            left.ends_with([')', ']']) || word.chars().any(|char| char.is_lowercase() || char == '$')
        };
        if joins_after || joins_before {
            found.push(literal.whole.clone());
        }
    }
    found
}
