//! Cleartext secrets are masked before a file is parsed, so that none reaches an issue, a message or the kept bytes.
//!
//! What is left of a secret is its first four characters, where it is long enough to spare them, and its length:
//! `AKIA…[masked 20]`. Literals in statements are no secrets, but may be somebody's name: they become `…`.

mod command;
mod cookie;
mod deployed;
mod named;
mod scanner;
mod shapes;
mod sql;

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::Format;

pub(crate) use command::add_commands;
pub(crate) use cookie::{add_cookies, add_web};
pub(crate) use deployed::{add_beside, add_capitals, add_flags, add_variables};
pub(crate) use named::is_secret_name;
pub(crate) use scanner::{Field, add_findings, add_json_findings, add_quoted_line, add_sarif_findings};
pub(crate) use sql::{
    Quoting, add_addresses, add_double_quoted, add_keys, add_literals, add_quoted_literals, without_literals,
};

/// Secrets this long keep their first four characters, so that a client can tell which one it is.
const SPARE: usize = 12;
/// How a masked place is told from one that is not.
const MASKED: &str = "…[masked";

/// Compiles a pattern of this crate. All of them are compiled by a test.
#[allow(clippy::expect_used)]
pub(crate) fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// The places of secrets in a text.
#[derive(Debug, Default)]
pub struct Secrets {
    ranges: Vec<Range<usize>>,
    /// Places of what is no secret but must not be kept either, and what stands there instead.
    rewrites: Vec<(Range<usize>, String)>,
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
        sql::add_passwords(text, self);
    }

    /// Replaces a byte range by a text that says nothing of it.
    pub(crate) fn rewrite(&mut self, range: Range<usize>, with: String) {
        if !range.is_empty() {
            self.rewrites.push((range, with));
        }
    }
}

/// A text that may be kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Masked {
    pub text: String,
    /// Number of secrets masked.
    pub secrets: u64,
    /// Number of literals replaced.
    pub literals: u64,
}

/// Masks what the format knows to be secret and what looks like a credential anywhere. `None` when there is nothing.
pub(crate) fn mask(text: &str, format: &Format) -> Option<Masked> {
    let mut secrets = Secrets::default();
    (format.secrets)(text, &mut secrets);
    add_known(text, &mut secrets);
    apply(text, secrets)
}

/// Masks what looks like a credential in a text of no known format. `None` when there is nothing.
pub(crate) fn mask_plain(text: &str) -> Option<Masked> {
    // A line of settings; a tool's output has its own ways, which its format knows.
    static SETTING: LazyLock<Regex> = LazyLock::new(|| {
        constant(
            r"(?im)^[ \t]*(?:export[ \t]+)?[\w.-]{0,60}(?:password|passwd|secret|token|api[_-]?key)[ \t]*[=:][ \t]*([^\s\x22'`\\<>{}()\[\]$…&|;,]{6,})[ \t]*$",
        )
    });
    let mut secrets = Secrets::default();
    add_known(text, &mut secrets);
    secrets.add_sql(text);
    for setting in SETTING.captures_iter(text).filter_map(|found| found.get(1)) {
        if named::is_value(5, setting.as_str()) {
            secrets.add(setting.range());
        }
    }
    apply(text, secrets)
}

/// Marks what is told by its name or its shape.
fn add_known(text: &str, secrets: &mut Secrets) {
    // One expression, so that one pass over a large file finds all.
    static KNOWN: LazyLock<Regex> = LazyLock::new(|| constant(&format!("{}|({})", named::NAMED, shapes::SHAPES)));
    let mut position = 0;
    while let Some(captures) = KNOWN.captures_at(text, position) {
        let found = captures.iter().enumerate().skip(1).find_map(|(group, found)| Some((group, found?)));
        let (Some(whole), Some((group, value))) = (captures.get(0), found) else { break };
        position = whole.end();
        if group > named::GROUPS {
            shapes::add(text, value.range(), secrets);
        } else if let Some(secret) = named::whole(group, text, value.range()) {
            position = position.max(secret.end);
            secrets.add(secret);
        } else {
            // What is no secret by its name may be one by its shape.
            position = value.start();
        }
    }
    shapes::add_web_tokens(text, secrets);
}

/// Rewrites the text. What was masked before stays as it is, so that a kept file reads the same again.
fn apply(text: &str, mut secrets: Secrets) -> Option<Masked> {
    end_within(text, &mut secrets.ranges);
    secrets.ranges.retain(|range| !range.is_empty());
    // The four characters that were spared are no secret of their own.
    secrets.ranges.retain(|range| !text[range.clone()].contains(MASKED) && !text[range.end..].starts_with(MASKED));
    secrets.rewrites.retain(|(range, with)| text[range.clone()] != **with && !text[range.clone()].contains(MASKED));
    if secrets.ranges.is_empty() && secrets.rewrites.is_empty() {
        return None;
    }
    let merged = merge(secrets.ranges);
    // Where a literal holds a secret, the secret is masked and counted.
    secrets.rewrites.retain(|(range, _)| {
        let after = merged.partition_point(|secret| secret.end <= range.start);
        merged.get(after).is_none_or(|secret| secret.start >= range.end)
    });
    let masked = merged.iter().map(|range| (range.clone(), cover(&text[range.clone()])));
    let mut all: Vec<(Range<usize>, String)> = masked.chain(secrets.rewrites).collect();
    // Of what begins at one place, the longest goes.
    all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let (mut done, mut replaced) = (0, 0);
    for (range, with) in &all {
        if range.start < done {
            continue;
        }
        out.push_str(&text[done..range.start]);
        out.push_str(with);
        done = range.end;
        replaced += 1;
    }
    out.push_str(&text[done..]);
    let secrets = merged.len() as u64;
    Some(Masked { text: out, secrets, literals: replaced - secrets })
}

/// Cuts off secrets what stands around them: the end of a section of XML, the next cell of a table.
fn end_within(text: &str, ranges: &mut [Range<usize>]) {
    let separator = separator(text);
    ranges.sort_by_key(|range| (range.start, range.end));
    let (mut seen, mut quoted) = (0, false);
    for range in ranges {
        let secret = &text[range.clone()];
        if secret.ends_with("]]") && text[range.end..].starts_with('>') {
            range.end -= "]]".len();
            continue;
        }
        let Some(separator) = separator else { continue };
        for byte in text[seen..range.start].bytes() {
            quoted = byte != b'\n' && quoted != (byte == b'"');
        }
        seen = range.start;
        if let Some(at) = secret.find(separator).filter(|_| !quoted) {
            range.end = range.start + at;
        }
    }
}

/// What stands between the cells, where a text is a table: two lines one behind the other have as many. A few lines may
/// stand before them.
fn separator(text: &str) -> Option<char> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(20).collect();
    if lines.first()?.starts_with(['{', '[', '<']) {
        return None;
    }
    // A line of YAML may hold a list.
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.ends_with([']', '}'])).collect();
    [',', ';', '|'].into_iter().find(|separator| {
        lines.windows(2).any(|pair| {
            let cells = pair[0].matches(*separator).count();
            cells >= 3 && pair[1].matches(*separator).count() >= cells
        })
    })
}

/// The ranges in order, overlapping ones as one.
fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// What stands in a secret's place.
fn cover(secret: &str) -> String {
    let length = secret.chars().count();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+/=.".contains(c);
    let spared = length >= SPARE && secret.chars().take(4).all(plain);
    format!("{}{MASKED} {length}]", if spared { &secret[..4] } else { "" })
}

#[cfg(test)]
pub(crate) fn masked_by(text: &str, add: impl FnOnce(&str, &mut Secrets)) -> String {
    let mut secrets = Secrets::default();
    add(text, &mut secrets);
    apply(text, secrets).map_or_else(|| text.to_owned(), |masked| masked.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_sql_are_masked_and_masking_twice_changes_nothing() {
        let mut secrets = Secrets::default();
        let text = "ALTER ROLE app WITH PASSWORD 'hunter2hunter2'; SET x = 'plain'; host=db password=abc";
        secrets.add_sql(text);
        let once = apply(text, secrets).unwrap();
        assert_eq!(
            once.text,
            "ALTER ROLE app WITH PASSWORD 'hunt…[masked 14]'; SET x = 'plain'; host=db password=…[masked 3]"
        );
        assert_eq!((once.secrets, once.literals), (2, 0));
        let mut again = Secrets::default();
        again.add_sql(&once.text);
        assert_eq!(apply(&once.text, again), None);
    }

    #[test]
    fn what_is_a_hole_by_its_name_is_still_a_secret_by_its_shape() {
        // Put together here, so that no scanner takes this file for a leak.
        let key = format!("{}{}", "AKIA", "Z7QH2LPX4RTV9WMC");
        assert_eq!(masked_by(&format!("/x?token=${key}&y=1"), add_known), "/x?token=$AKIA…[masked 20]&y=1");
        let long = "aws_secret_access_key = ".to_owned() + &"a1".repeat(25);
        assert_eq!(masked_by(&long, add_known), "aws_secret_access_key = a1a1…[masked 50]");
    }

    #[test]
    fn the_end_of_a_section_of_xml_is_no_part_of_a_secret() {
        for (text, want) in [
            ("<a><![CDATA[/x?password=hunter2]]></a>", "<a><![CDATA[/x?password=…[masked 7]]]></a>"),
            ("<a><![CDATA[DB_PASSWORD=hunter2]]></a>", "<a><![CDATA[DB_PASSWORD=…[masked 7]]]></a>"),
            ("<a><![CDATA[/x?password=]]></a>", "<a><![CDATA[/x?password=]]></a>"),
            ("/x?password=hunter2]]", "/x?password=…[masked 9]"),
        ] {
            assert_eq!(masked_by(text, add_known), want);
            assert_eq!(masked_by(want, add_known), want, "masking twice");
        }
    }

    #[test]
    fn a_secret_ends_with_its_cell() {
        for (text, want) in [
            ("a,b,c,d\n1,/x?token=ab12,200,OK", "a,b,c,d\n1,/x?token=…[masked 4],200,OK"),
            (
                "# made by hand\na,b,c,d\n1,/x?token=ab12,200,OK",
                "# made by hand\na,b,c,d\n1,/x?token=…[masked 4],200,OK",
            ),
            ("a;b;c;d\n1;/x?token=ab12;200;OK", "a;b;c;d\n1;/x?token=…[masked 4];200;OK"),
            ("a,b,c,d\n1,\"/x?token=ab,12\",200,OK", "a,b,c,d\n1,\"/x?token=…[masked 5]\",200,OK"),
            ("/x?token=ab,12\nand so on", "/x?token=…[masked 5]\nand so on"),
            ("a: [b,c,d,e]\nf: [b,c,d,e]\ng: /x?token=ab,12", "a: [b,c,d,e]\nf: [b,c,d,e]\ng: /x?token=…[masked 5]"),
        ] {
            assert_eq!(masked_by(text, add_known), want);
            assert_eq!(masked_by(want, add_known), want, "masking twice");
        }
    }

    #[test]
    fn a_secret_within_a_literal_is_masked_and_counted_once() {
        let mut secrets = Secrets::default();
        secrets.add(3..9);
        secrets.rewrite(1..10, "…".into());
        secrets.rewrite(11..14, "…".into());
        let masked = apply("'a hunter2', 'bcd'", secrets).unwrap();
        assert_eq!((masked.secrets, masked.literals), (1, 1));
        assert!(!masked.text.contains("hunter"), "{}", masked.text);
    }
}
