//! Cleartext secrets are masked before a file is parsed, so that none reaches an issue, a message or the kept bytes.
//!
//! What is left of a secret is its first four characters, where it is long enough to spare them, and its length:
//! `AKIA…[masked 20]`.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::Format;

/// Secrets this long keep their first four characters, so that a client can tell which one it is.
const SPARE: usize = 12;
/// A private key is looked for this far behind its first line.
const KEY_BODY: usize = 20_000;

/// Credentials that give themselves away by their shape. One expression, so that one pass over a large file finds all.
static SHAPES: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?-u:\b)(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|AIPA)[A-Z0-9]{16}(?-u:\b)",
        r"|(?-u:\b)eyJ[A-Za-z0-9_-]{6,}\.eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*",
        r"|-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
        r"|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}",
        r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|[rs]k_live_[A-Za-z0-9]{16,}|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}",
        r"|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|(?-u:\b)sk-[A-Za-z0-9_-]{32,}",
        r#"|(?:aws_secret_access_key|AWS_SECRET_ACCESS_KEY|SecretAccessKey)[\\"'\s:=]{1,8}[A-Za-z0-9/+]{40}"#,
        r"|(?:[Bb]earer|BEARER)[ \t]+[A-Za-z0-9._~+/-]{20,}=*",
        r#"|://[^\s:@/"'<>\\]*:[^\s@/"'<>\\]+@"#,
    ))
});

/// Secrets by their name: in an address (`?token=x`), and assigned in quotes (`password = "x"`), also within JSON.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i)[?&](?:access_?token|auth_?token|token|api_?key|password|passwd|secret|signature|sig)=([^&\s\x22'<>\\]{6,})",
        r"|(?-u:\b)[A-Za-z0-9_]*(?:password|passwd|passphrase|secret|api_?key|auth_?token|access_?token)\\?[\x22']?\s{0,3}(?:=>|[:=])\s{0,3}",
        r"\\?[\x22'`]([^\x22'`\\\s<>{}$…]{6,})\\?[\x22'`]",
    ))
});

/// Passwords in SQL: `PASSWORD 'x'`, `password = 'x'`, `secret=>'x'`, and in connection strings.
static SQL: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i)\b(?:\w*(?:password|passwd|pwd|passphrase|secret|token)|\w*api_?key)\b[\x22\]]*\s*(?:=>|:=|=|,|to|as)?\s*",
        r"(?:E?'((?:[^']|'')+)'|\$\$([^$]+)\$\$)",
        r"|\b(?:host|user|dbname|port)=\S+\s+(?:\w+=\S+\s+)*?(?:password|passwd)=([^\s'\x22;&$][^\s'\x22;&]*)",
    ))
});

/// Compiles a pattern of this crate. All of them are compiled by a test.
#[allow(clippy::expect_used)]
pub(crate) fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// The places of secrets in a text.
#[derive(Debug, Default)]
pub struct Secrets {
    ranges: Vec<Range<usize>>,
}

impl Secrets {
    /// Marks a byte range. It must lie on character boundaries; overlapping ranges become one.
    pub fn add(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.ranges.push(range);
        }
    }

    /// Number of places marked so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether nothing is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Marks passwords in SQL literals and connection strings.
    pub(crate) fn add_sql(&mut self, text: &str) {
        for captures in SQL.captures_iter(text) {
            if let Some(literal) = captures.iter().skip(1).flatten().next() {
                self.add(literal.range());
            }
        }
    }
}

/// Masks what the format knows to be secret and what looks like a credential anywhere. `None` when there is nothing.
pub(crate) fn mask(text: &str, format: &Format) -> Option<(String, u64)> {
    let mut secrets = Secrets::default();
    (format.secrets)(text, &mut secrets);
    add_shapes(text, &mut secrets);
    apply(text, secrets)
}

fn add_shapes(text: &str, secrets: &mut Secrets) {
    for captures in NAMED.captures_iter(text) {
        if let Some(value) = captures.iter().skip(1).flatten().next() {
            secrets.add(value.range());
        }
    }
    for found in SHAPES.find_iter(text) {
        let (start, end, found) = (found.start(), found.end(), found.as_str());
        if found.starts_with("-----BEGIN") {
            secrets.add(key_body(text, end));
        } else if found.starts_with("://") {
            let password = found.find(':').map_or(0, |_| found[3..].find(':').map_or(3, |colon| colon + 4));
            // `${PASSWORD}`, `<password>`, `%s` are holes in a template, not secrets.
            if !found[password..].starts_with(['$', '{', '<', '%', '*']) {
                secrets.add(start + password..end - 1);
            }
        } else if found[..6.min(found.len())].eq_ignore_ascii_case("bearer") {
            let token = found.rfind([' ', '\t']).map_or(0, |space| space + 1);
            secrets.add(start + token..end);
        } else if found.starts_with("aws_") || found.starts_with("AWS_") || found.starts_with("Secret") {
            secrets.add(end - 40..end);
        } else {
            secrets.add(start..end);
        }
    }
}

/// What stands between the first and the last line of a private key; empty when there is only the first.
fn key_body(text: &str, start: usize) -> Range<usize> {
    let mut limit = (start + KEY_BODY).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let rest = &text[start..limit];
    let end = rest.find("-----END").filter(|end| !rest[..*end].contains('"')).unwrap_or_else(|| {
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || "+/=\\".contains(c)))
            .unwrap_or(rest.len())
    });
    let body = &rest[..end];
    match body.bytes().filter(u8::is_ascii_alphanumeric).count() > 16 {
        true => start..start + end,
        false => start..start,
    }
}

/// Rewrites the text. What was masked before stays as it is, so that a kept file reads the same again.
fn apply(text: &str, mut secrets: Secrets) -> Option<(String, u64)> {
    secrets.ranges.retain(|range| !text[range.clone()].contains("…[masked"));
    if secrets.ranges.is_empty() {
        return None;
    }
    secrets.ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(secrets.ranges.len());
    for range in secrets.ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in &merged {
        out.push_str(&text[done..range.start]);
        let secret = &text[range.clone()];
        let length = secret.chars().count();
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-+/=.".contains(c);
        if length >= SPARE && secret.chars().take(4).all(plain) {
            out.push_str(&secret[..4]);
        }
        out.push_str(&format!("…[masked {length}]"));
        done = range.end;
    }
    out.push_str(&text[done..]);
    Some((out, merged.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let mut secrets = Secrets::default();
        add_shapes(text, &mut secrets);
        apply(text, secrets).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn credentials_are_masked_by_shape() {
        // Put together here, so that no scanner takes this file for a leak.
        let aws = format!("{}{}", "AKIA", "Z7QH2LPX4RTV9WMC");
        let jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTYifQ", "c2lnbmF0dXJl"].join(".");
        let github = format!("{}_{}", "ghp", "a1".repeat(18));
        assert_eq!(masked(&format!("key {aws}!")), "key AKIA…[masked 20]!");
        assert_eq!(masked(&format!("x={jwt};")), format!("x=eyJh…[masked {}];", jwt.len()));
        assert_eq!(masked(&github), "ghp_…[masked 40]");
        assert_eq!(
            masked("Authorization: Bearer abcdefghijklmnopqrstuvwxyz"),
            "Authorization: Bearer abcd…[masked 26]"
        );
        assert_eq!(masked("postgres://app:s3cret@db:5432/x"), "postgres://app:…[masked 6]@db:5432/x");
        assert_eq!(masked("redis://:s3cret@cache/0"), "redis://:…[masked 6]@cache/0");
        assert_eq!(masked("https://host:8080/a?b=c@d"), "https://host:8080/a?b=c@d");
        assert_eq!(masked("postgres://${USER}:${PASS}@db"), "postgres://${USER}:${PASS}@db");
    }

    #[test]
    fn only_the_body_of_a_private_key_is_masked() {
        let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
        let (begin, end) = (["-----BEGIN", "PRIVATE KEY-----"].join(" "), ["-----END", "PRIVATE KEY-----"].join(" "));
        assert_eq!(masked(&format!("{begin}{body}{end}")), format!("{begin}MIIE…[masked 32]{end}"));
        assert_eq!(masked(&format!("\"{begin}\\n{body}\" rest")), format!("\"{begin}…[masked 34]\" rest"));
        assert_eq!(masked(&format!("\"{begin}\" found")), format!("\"{begin}\" found"));
    }

    #[test]
    fn passwords_in_sql_are_masked_and_masking_twice_changes_nothing() {
        let mut secrets = Secrets::default();
        let text = "ALTER ROLE app WITH PASSWORD 'hunter2hunter2'; SET x = 'plain'; host=db password=abc";
        secrets.add_sql(text);
        let (once, count) = apply(text, secrets).unwrap();
        assert_eq!(
            once,
            "ALTER ROLE app WITH PASSWORD 'hunt…[masked 14]'; SET x = 'plain'; host=db password=…[masked 3]"
        );
        assert_eq!(count, 2);
        let mut again = Secrets::default();
        again.add_sql(&once);
        assert_eq!(apply(&once, again), None);
    }
}
