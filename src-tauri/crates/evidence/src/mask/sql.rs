//! Statements: passwords in them, and literals, which may be anybody's name or address.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Secrets, constant};

/// Passwords in SQL: `PASSWORD 'x'`, `password = 'x'`, `secret=>'x'`, and in connection strings.
static PASSWORD: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i)\b(?:\w*(?:password|passwd|pwd|passphrase|secret|token)|\w*api_?key)\b[\x22\]]*\s*(?:=>|:=|=|,|to|as)?\s*",
        r"(?:E?'((?:[^']|'')+)'|\$\$([^$]+)\$\$)",
        r"|\b(?:host|user|dbname|port)=\S+\s+(?:\w+=\S+\s+)*?(?:password|passwd)=([^\s'\x22;&$][^\s'\x22;&]*)",
    ))
});

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| constant(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));

/// Marks passwords in SQL literals and connection strings.
pub(super) fn add_passwords(text: &str, secrets: &mut Secrets) {
    for captures in PASSWORD.captures_iter(text) {
        if let Some(literal) = captures.iter().skip(1).flatten().next() {
            secrets.add(literal.range());
        }
    }
}

/// The contents of the quoted literals of a statement, without their quotes, and of e-mail addresses outside of them.
/// `inside` says that the text begins within a literal; the answer says whether it ends within one.
fn literals(statement: &str, inside: bool) -> (Vec<Range<usize>>, bool) {
    let bytes = statement.as_bytes();
    let mut found = Vec::new();
    let mut position = 0;
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
                    Some(b'\'') if bytes.get(position + 1) == Some(&b'\'') => position += 2,
                    Some(b'\'') => break,
                    Some(_) => position += 1,
                }
            }
            found.push(start..position);
            position += 1;
            open = false;
        }
        let Some(byte) = bytes.get(position) else { break };
        match byte {
            b'\'' => open = true,
            b'-' if bytes.get(position + 1) == Some(&b'-') => {
                position = statement[position..].find('\n').map_or(bytes.len(), |end| position + end);
                continue;
            }
            b'/' if bytes.get(position + 1) == Some(&b'*') => {
                position = statement[position..].find("*/").map_or(bytes.len(), |end| position + end + 2);
                continue;
            }
            b'$' => {
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
    let within = |at: usize| found.iter().any(|range: &Range<usize>| range.contains(&at));
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
    let (found, open) = literals(statement, inside);
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

/// Marks e-mail addresses to be replaced, wherever they stand.
pub(crate) fn add_addresses(text: &str, secrets: &mut Secrets) {
    for address in ADDRESS.find_iter(text) {
        secrets.rewrite(address.range(), "…".to_owned());
    }
}

/// The statement with `…` in the place of every literal.
pub(crate) fn without_literals(statement: &str) -> String {
    let mut out = String::with_capacity(statement.len());
    let mut done = 0;
    for range in literals(statement, false).0 {
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
    fn filled_literals_keep_the_width_of_the_line() {
        let line = "SET x = 'Jane Roe' WHERE";
        let got = super::super::masked_by(line, |line, secrets| {
            add_literals(line, 0, false, true, secrets);
        });
        assert_eq!(got, "SET x = '…'        WHERE");
        assert_eq!(got.chars().count(), line.chars().count());
    }
}
