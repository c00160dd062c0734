//! Statements: passwords in them, and literals, which may be anybody's name or address.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Secrets, constant};

/// Passwords in SQL: `PASSWORD 'x'`, `password = 'x'`, `secret=>'x'`. ASCII alone: other words make it many times slower.
static PASSWORD: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i-u:\b(?:\w*(?:password|passwd|pwd|passphrase|secret|token)|\w*api_?key)\b[\x22\]]*\s*(?:=>|:=|=|,|to|as)?\s*E?)",
        r"(?:'((?:[^']|'')+)'|\$\$([^$]+)\$\$)",
    ))
});

/// A password in a connection string, if it is one: `host=db user=app password=x`.
static CONNECTION: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i-u:\b(?:password|passwd)=)([^\s'\x22;&$][^\s'\x22;&]*)"));
/// The settings that tell one stand within so many bytes before the password.
const SETTINGS_WITHIN: usize = 1024;
const SETTINGS: &[&str] = &["host=", "user=", "dbname=", "port="];

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| constant(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));

/// Marks passwords in SQL literals and connection strings.
pub(super) fn add_passwords(text: &str, secrets: &mut Secrets) {
    for captures in PASSWORD.captures_iter(text) {
        if let Some(literal) = captures.iter().skip(1).flatten().next() {
            secrets.add(literal.range());
        }
    }
    for captures in CONNECTION.captures_iter(text) {
        if let (Some(whole), Some(password)) = (captures.get(0), captures.get(1))
            && is_behind_settings(&text[..whole.start()])
        {
            secrets.add(password.range());
        }
    }
}

/// Whether a text ends in settings of a connection, `host=db port=5432 `. They are looked for backwards from a password:
/// forwards, a text of nothing but settings would be read to its end for each of them.
fn is_behind_settings(text: &str) -> bool {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(SETTINGS_WITHIN))..];
    if !text.ends_with(char::is_whitespace) {
        return false;
    }
    let mut words = text.split_whitespace().rev();
    words
        .find_map(|word| {
            let named = SETTINGS.iter().any(|name| {
                word.to_ascii_lowercase().match_indices(name).any(|(at, _)| {
                    at + name.len() < word.len() && !word[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
            let setting = word.split_once('=').is_some_and(|(name, value)| !name.is_empty() && !value.is_empty());
            if named { Some(true) } else { (!setting).then_some(false) }
        })
        .unwrap_or(false)
}

/// How a database writes the quotes within its literals, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// Doubled, as the standard has it.
    Standard,
    /// MySQL: also behind a backslash.
    Backslashes,
    /// MySQL within JSON, where each backslash is two.
    InJson,
    /// MySQL as somebody typed it: what stands in double quotes is a literal, too.
    Typed,
}

impl Quoting {
    /// So many backslashes make one.
    fn backslashes(self) -> Option<usize> {
        match self {
            Self::Standard => None,
            Self::Backslashes | Self::Typed => Some(1),
            Self::InJson => Some(2),
        }
    }
}

/// The contents of the quoted literals of a statement, without their quotes, and of e-mail addresses outside of them.
/// `inside` says that the text begins within a literal; the answer says whether it ends within one.
fn literals(statement: &str, inside: bool, quoting: Quoting) -> (Vec<Range<usize>>, bool) {
    let bytes = statement.as_bytes();
    let mut found = Vec::new();
    let (mut position, mut quote) = (0, b'\'');
    let mut open = inside;
    loop {
        if open {
            let start = position;
            loop {
                match bytes.get(position) {
                    None => {
                        found.push(start..position);
                        return (found, true);
                    }
                    Some(byte) if *byte == quote && bytes.get(position + 1) == Some(&quote) => position += 2,
                    Some(byte) if *byte == quote => break,
                    Some(b'\\') => {
                        let run = bytes[position..].iter().take_while(|byte| **byte == b'\\').count();
                        position += run;
                        let escapes = quoting.backslashes().is_some_and(|one| (run / one) % 2 == 1);
                        position += usize::from(escapes && bytes.get(position) == Some(&quote));
                    }
                    Some(_) => position += 1,
                }
            }
            found.push(start..position);
            position += 1;
            open = false;
        }
        let Some(byte) = bytes.get(position) else { break };
        match byte {
            b'\'' => (open, quote) = (true, b'\''),
            b'"' if quoting == Quoting::Typed => (open, quote) = (true, b'"'),
            b'-' if bytes.get(position + 1) == Some(&b'-') => {
                position = statement[position..].find('\n').map_or(bytes.len(), |end| position + end);
                continue;
            }
            b'/' if bytes.get(position + 1) == Some(&b'*') => {
                position = statement[position..].find("*/").map_or(bytes.len(), |end| position + end + 2);
                continue;
            }
            b'$' if quoting == Quoting::Standard => {
                let rest = &statement[position..];
                let tag = rest[1..].find('$').map(|end| &rest[..end + 2]).filter(|tag| {
                    let name = &tag[1..tag.len() - 1];
                    !name.starts_with(|c: char| c.is_ascii_digit())
                        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                });
                if let Some(tag) = tag {
                    let body = position + tag.len();
                    let end = statement[body..].find(tag).map_or(bytes.len(), |end| body + end);
                    found.push(body..end);
                    position = (end + tag.len()).min(bytes.len());
                    continue;
                }
            }
            _ => {}
        }
        position += 1;
    }
    // They are in order, and none overlaps another.
    let within = |at: usize| {
        let behind = found.partition_point(|range: &Range<usize>| range.start <= at);
        behind > 0 && found[behind - 1].contains(&at)
    };
    let addresses: Vec<_> =
        ADDRESS.find_iter(statement).map(|address| address.range()).filter(|range| !within(range.start)).collect();
    found.extend(addresses);
    found.sort_by_key(|range| range.start);
    found.retain(|range| !range.is_empty());
    (found, false)
}

/// Marks the literals of a statement to be replaced. `offset` is where it begins in the whole text. With `fill`, every
/// character that goes is made up for by a space behind the literal, so that columns stay where they are.
///
/// Returns whether the statement ends within a literal; pass that on as `inside` for its next line.
pub(crate) fn add_literals(statement: &str, offset: usize, inside: bool, fill: bool, secrets: &mut Secrets) -> bool {
    let (found, open) = literals(statement, inside, Quoting::Standard);
    for range in found {
        let content = &statement[range.clone()];
        if content == "…" {
            continue;
        }
        let lost = if fill { unicode_width::UnicodeWidthStr::width(content).saturating_sub(1) } else { 0 };
        // The spaces go behind the quote that ends the literal.
        let quote = if lost > 0 && statement[range.end..].starts_with('\'') { "'" } else { "" };
        let with = format!("…{quote}{}", " ".repeat(lost));
        secrets.rewrite(offset + range.start..offset + range.end + quote.len(), with);
    }
    open
}

/// Marks the literals of a whole statement of MySQL to be replaced. Of those that go over several lines, the line ends
/// stay, so that places do.
pub(crate) fn add_quoted_literals(statement: &str, offset: usize, quoting: Quoting, secrets: &mut Secrets) {
    for range in literals(statement, false, quoting).0 {
        let content = &statement[range.clone()];
        let with = format!("…{}", "\n".repeat(content.matches('\n').count()));
        if content != with {
            secrets.rewrite(offset + range.start..offset + range.end, with);
        }
    }
}

/// Marks e-mail addresses to be replaced, wherever they stand.
pub(crate) fn add_addresses(text: &str, secrets: &mut Secrets) {
    for address in ADDRESS.find_iter(text) {
        secrets.rewrite(address.range(), "…".to_owned());
    }
}

/// Marks the literals in double quotes that MySQL takes as well, to be replaced. `offset` is where the statement begins in
/// the whole text; the quotes may be escaped or doubled, as within JSON and CSV.
pub(crate) fn add_double_quoted(statement: &str, offset: usize, secrets: &mut Secrets) {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?:\\"|"{1,2})([^"\\…]+)(?:\\"|"{1,2})"#));
    for literal in QUOTED.captures_iter(statement).filter_map(|found| found.get(1)) {
        secrets.rewrite(offset + literal.start()..offset + literal.end(), "…".to_owned());
    }
}

/// Marks the values that PostgreSQL tells of a key that is there twice, or of none, to be replaced.
pub(crate) fn add_keys(text: &str, secrets: &mut Secrets) {
    static KEY: LazyLock<Regex> = LazyLock::new(|| constant(r"Key \([^()\n]{1,200}\)=\(([^)\n]+)\)"));
    for value in KEY.captures_iter(text).filter_map(|found| found.get(1)) {
        secrets.rewrite(value.range(), "…".to_owned());
    }
}

/// The statement with `…` in the place of every literal.
pub(crate) fn without_literals(statement: &str) -> String {
    let mut out = String::with_capacity(statement.len());
    let mut done = 0;
    for range in literals(statement, false, Quoting::Standard).0 {
        out.push_str(&statement[done..range.start]);
        out.push('…');
        done = range.end;
    }
    out.push_str(&statement[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_every_kind_go_and_the_rest_stays() {
        for (statement, want) in [
            ("SELECT * FROM t WHERE email='a@b.example' AND n = $1", "SELECT * FROM t WHERE email='…' AND n = $1"),
            ("SET x = 'it''s'; SET y = ''", "SET x = '…'; SET y = ''"),
            ("SELECT $$Jane Roe$$, $q$x$q$, $1, $2", "SELECT $$…$$, $q$…$q$, $1, $2"),
            ("SELECT 1 -- don't\n, 'x'", "SELECT 1 -- don't\n, '…'"),
            ("SELECT 1 /* it's jane@roe.example */ + 'x'", "SELECT 1 /* it's … */ + '…'"),
            ("SELECT left(q, 'cut off", "SELECT left(q, '…"),
            ("SELECT a->>'k', \"Col\"", "SELECT a->>'…', \"Col\""),
            ("COMMIT", "COMMIT"),
        ] {
            assert_eq!(without_literals(statement), want);
            assert_eq!(without_literals(want), want, "twice");
        }
    }

    #[test]
    fn a_backslash_ends_no_literal_of_mysql() {
        use Quoting::{Backslashes, InJson, Typed};
        for (statement, quoting, want) in [
            (r"a = 'O\'Roe', b = 'x\\', c = 'y'", Backslashes, "a = '…', b = '…', c = '…'"),
            (r"a = 'O\\'Roe', b = 'x\\\\', c = 'y'", InJson, "a = '…', b = '…', c = '…'"),
            (r#"a = "O'Roe \" x", b = 'say "x"', c = 1"#, Typed, r#"a = "…", b = '…', c = 1"#),
            ("a = 'x\ny\nz', b = '$1'", Typed, "a = '…\n\n', b = '…'"),
            ("SELECT 1 -- don't\n, 'x'", Typed, "SELECT 1 -- don't\n, '…'"),
        ] {
            let masked = |text: &str| {
                super::super::masked_by(text, |text, secrets| add_quoted_literals(text, 0, quoting, secrets))
            };
            assert_eq!(masked(statement), want);
            assert_eq!(masked(want), want, "twice");
        }
    }

    #[test]
    fn passwords_of_connections_are_masked_behind_their_settings_alone() {
        for (text, want) in [
            ("host=db port=5432 password=abc x=y", "host=db port=5432 password=…[masked 3] x=y"),
            ("conninfo=\"HOST=db\tPassword=abc\"", "conninfo=\"HOST=db\tPassword=…[masked 3]\""),
            ("host=db password='a b'", "host=db password='…[masked 3]'"),
            ("localhost=db password=abc", "localhost=db password=abc"),
            ("host= password=abc", "host= password=abc"),
            ("host=db and password=abc", "host=db and password=abc"),
            ("password=abc host=db", "password=abc host=db"),
            ("Käse token E'é'", "Käse token E'…[masked 1]'"),
        ] {
            assert_eq!(super::super::masked_by(text, add_passwords), want);
        }
    }

    #[test]
    fn filled_literals_keep_the_width_of_the_line() {
        let line = "SET x = 'Jane Roe' WHERE";
        let got = super::super::masked_by(line, |line, secrets| {
            add_literals(line, 0, false, true, secrets);
        });
        assert_eq!(got, "SET x = '…'        WHERE");
        assert_eq!(got.chars().count(), line.chars().count());
    }
}
