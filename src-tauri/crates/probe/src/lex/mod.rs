//! Which bytes of a file are code, which are comments, which are strings.
//!
//! Not a parser: one pass that knows how comments and strings are written, so that a word in a comment is never taken
//! for code. It never fails; what is not closed ends with the file (or the line, where a string may not go on).

mod special;
pub(crate) mod syntax;

use std::ops::Range;
use syntax::{Quote, Syntax};

/// More strings than this within one another's holes are taken as text.
const DEEPEST: usize = 12;

/// A string of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// With its quotes.
    pub whole: Range<usize>,
    /// Without them.
    pub inner: Range<usize>,
    /// Whether an expression stands within it.
    pub holes: bool,
}

/// A file, told apart.
#[derive(Debug, Default)]
pub(crate) struct Lexed {
    /// As long as the text, comments blanked.
    pub code: String,
    /// As long as the text, comments and the insides of strings blanked.
    pub bare: String,
    /// In their order; those within holes as well.
    pub literals: Vec<Literal>,
    /// In their order.
    pub comments: Vec<Range<usize>>,
    /// Lines with code.
    pub lines: usize,
}

impl Lexed {
    /// Blanks what stands behind a place, so that no rule takes it for code of the product.
    pub(crate) fn forget(&mut self, from: usize) {
        for text in [&mut self.code, &mut self.bare] {
            let blank: String = text[from..]
                .chars()
                .flat_map(|char| if char == '\n' { "\n" } else { "    " }[..char.len_utf8()].chars())
                .collect();
            text.truncate(from);
            text.push_str(&blank);
        }
        self.literals.retain(|literal| literal.whole.end <= from);
    }
}

/// Tells a text apart.
pub(crate) fn lex(text: &str, syntax: &Syntax) -> Lexed {
    let mut lexer = Lexer {
        text: text.as_bytes(),
        syntax,
        at: 0,
        last: 0,
        fresh: true,
        literals: Vec::new(),
        comments: Vec::new(),
    };
    if syntax.tags {
        lexer.tagged();
    } else {
        lexer.code(false, 0);
    }
    let Lexer { mut literals, comments, .. } = lexer;
    literals.sort_by_key(|literal| literal.whole.start);
    let mut code = text.as_bytes().to_vec();
    for range in &comments {
        blank(&mut code[range.clone()]);
    }
    let mut bare = code.clone();
    for literal in &literals {
        blank(&mut bare[literal.inner.clone()]);
    }
    // What stands in a hole is code again, but for the strings in it.
    for literal in literals.iter().filter(|literal| literal.holes) {
        for hole in holes(text, literal) {
            bare[hole.clone()].copy_from_slice(&code[hole]);
        }
    }
    if literals.iter().any(|literal| literal.holes) {
        let mut outer = 0;
        for literal in &literals {
            if literal.whole.start < outer {
                blank(&mut bare[literal.inner.clone()]);
            }
            outer = outer.max(literal.whole.end);
        }
    }
    let lines =
        code.split(|byte| *byte == b'\n').filter(|line| line.iter().any(|byte| !byte.is_ascii_whitespace())).count();
    let whole = |bytes: Vec<u8>| {
        String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    };
    Lexed { code: whole(code), bare: whole(bare), literals, comments, lines }
}

/// Blanks bytes but for line ends; always by whole characters, since ranges begin and end at ASCII.
fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' && *byte != b'\r' {
            *byte = b' ';
        }
    }
}

/// Where expressions stand in a string with holes.
fn holes(text: &str, literal: &Literal) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = literal.inner.start;
    while at < literal.inner.end {
        if bytes[at] == b'{' {
            let (mut depth, start) = (1, at + 1);
            at += 1;
            while at < literal.inner.end && depth > 0 {
                match bytes[at] {
                    b'{' => depth += 1,
                    b'}' => depth -= 1,
                    _ => {}
                }
                at += 1;
            }
            found.push(start..at.saturating_sub(usize::from(depth == 0)).max(start));
        } else {
            at += 1;
        }
    }
    found
}

struct Lexer<'a> {
    text: &'a [u8],
    syntax: &'a Syntax,
    at: usize,
    /// The last byte of code that is no blank.
    last: u8,
    /// Whether nothing but blanks stood on this line so far.
    fresh: bool,
    literals: Vec<Literal>,
    comments: Vec<Range<usize>>,
}

impl Lexer<'_> {
    fn starts(&self, with: &str) -> bool {
        self.text[self.at..].starts_with(with.as_bytes())
    }

    /// Markup with code between tags: what stands outside is a text like a string.
    fn tagged(&mut self) {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let open = find(rest, b"<?").unwrap_or(rest.len());
            if open > 0 {
                let range = self.at..self.at + open;
                self.literals.push(Literal { whole: range.clone(), inner: range, holes: false });
            }
            self.at += open;
            if self.at < self.text.len() {
                self.at += 2;
                self.code(false, 0);
            }
        }
    }

    /// Code up to the end, or to the `}` that closes a hole.
    fn code(&mut self, hole: bool, depth: usize) {
        let mut braces = 0_usize;
        while self.at < self.text.len() {
            let byte = self.text[self.at];
            if self.syntax.tags && self.starts("?>") {
                self.at += 2;
                return;
            }
            if self.comment() || self.heredoc() || self.string(depth) || (self.syntax.chars && self.character()) {
                continue;
            }
            if byte == b'/' && self.syntax.regexes && self.regex() {
                continue;
            }
            match byte {
                b'{' if hole => braces += 1,
                b'}' if hole && braces == 0 => {
                    self.at += 1;
                    return;
                }
                b'}' if hole => braces -= 1,
                _ => {}
            }
            if byte == b'\n' {
                self.fresh = true;
            } else if !byte.is_ascii_whitespace() {
                self.last = byte;
                self.fresh = false;
            }
            self.at += 1;
        }
    }

    fn comment(&mut self) -> bool {
        let (text, at) = (self.text, self.at);
        for (open, close) in self.syntax.block {
            if self.starts(open) || (at == 0 && open.starts_with('\n') && text.starts_with(&open.as_bytes()[1..])) {
                let from = at + open.len();
                let length = text.get(from..).and_then(|rest| find(rest, close.as_bytes()));
                let end = length.map_or(text.len(), |length| from + length + close.len());
                self.comments.push(at + usize::from(open.starts_with('\n'))..end);
                self.at = end;
                return true;
            }
        }
        for open in self.syntax.line {
            let own_line = open.starts_with('\n');
            let open = open.trim_start_matches('\n');
            if self.starts(open) && (!own_line || self.fresh) {
                // `$#`, `a#b` and `url://` are no comments.
                let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
                if open == "#" && !before.is_ascii_whitespace() && !b";{}()[],".contains(&before) {
                    continue;
                }
                let end = find(&text[at..], b"\n").map_or(text.len(), |length| at + length);
                // A tag of markup ends within a comment, too.
                let end =
                    if self.syntax.tags { find(&text[at..end], b"?>").map_or(end, |length| at + length) } else { end };
                self.comments.push(at..end);
                self.at = end;
                return true;
            }
        }
        false
    }

    fn string(&mut self, depth: usize) -> bool {
        let quotes: &'static [Quote] = self.syntax.quotes;
        let Some(quote) = quotes.iter().find(|quote| self.starts(quote.open)) else { return false };
        // `br"` or `for"` begin no raw string at their r.
        if quote.open.starts_with('r') && self.at > 0 && self.text[self.at - 1].is_ascii_alphanumeric() {
            return false;
        }
        let (start, doc) = (self.at, self.fresh && self.syntax.docstrings && matches!(self.last, 0 | b':' | b'\n'));
        self.at += quote.open.len();
        let from = self.at;
        // Python's and Scala's prefixes stand before the quote: `f"{x}"`.
        let prefixed = self.syntax.docstrings && start > 0 && {
            let word = self.text[..start].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
            word <= 2 && self.text[start - word..start].iter().any(|byte| matches!(byte, b'f' | b'F'))
        };
        let mut holed = false;
        let end = loop {
            if self.at >= self.text.len() || (!quote.lines && self.text[self.at] == b'\n') {
                break self.at;
            }
            if self.starts(quote.close) {
                // Doubled quotes stand for one in texts without escapes.
                let doubled = !quote.escapes
                    && quote.close.len() == 1
                    && self.text.get(self.at + 1) == Some(&quote.close.as_bytes()[0]);
                if doubled && quote.lines {
                    self.at += 2;
                    continue;
                }
                let end = self.at;
                self.at += quote.close.len();
                break end;
            }
            if quote.escapes && self.text[self.at] == b'\\' {
                self.at = (self.at + 2).min(self.text.len());
                continue;
            }
            let doubled = quote.hole == "{" && self.starts("{{");
            if !quote.hole.is_empty() && self.starts(quote.hole) && !doubled {
                holed = true;
                self.at += quote.hole.len();
                if depth < DEEPEST {
                    self.code(true, depth + 1);
                }
                continue;
            }
            self.at += if doubled { 2 } else { 1 };
        };
        if prefixed {
            holed = self.text[from..end].contains(&b'{');
        }
        if doc && quote.lines {
            self.comments.push(start..self.at);
        } else {
            self.literals.push(Literal { whole: start..self.at, inner: from..end, holes: holed });
            self.last = b'"';
            self.fresh = false;
        }
        true
    }
}

/// Where `needle` first stands.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == first) {
        if text[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests;
