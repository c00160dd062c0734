//! Variables of compose files: `.env` files, and `${NAME:-default}` put in.

use std::collections::HashMap;

/// Names and values.
pub(crate) type Variables = HashMap<String, String>;

/// Values nest no deeper than this.
const DEEPEST: usize = 16;
/// A value grows no longer than this.
const LONGEST: usize = 64 * 1024;

/// Reads a `.env` file: `NAME=value`, `export NAME=value`, comments, quotes.
pub(crate) fn dotenv(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.strip_prefix("export ").unwrap_or(line).split_once('='));
    pairs
        .map(|(name, value)| {
            let value = value.trim();
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                _ => value.split(" #").next().unwrap_or_default().trim_end(),
            };
            (name.trim().to_owned(), value.to_owned())
        })
        .filter(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
        })
        .collect()
}

/// Puts variables into a value. What is not known stays as it is written.
pub(crate) fn interpolate(value: &str, known: &Variables) -> String {
    put_in(value, known, 0)
}

fn put_in(value: &str, known: &Variables, depth: usize) -> String {
    if depth > DEEPEST || value.len() > LONGEST || !value.contains('$') {
        return value.to_owned();
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        if out.len() > LONGEST {
            return out;
        }
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            let Some(end) = closing(after) else {
                out.push_str("${");
                rest = after;
                continue;
            };
            out.push_str(&braced(&after[..end], known, depth));
            rest = &after[end + 1..];
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            match known.get(&rest[..end]) {
                Some(found) => out.push_str(&put_in(found, known, depth + 1)),
                None => {
                    out.push('$');
                    out.push_str(&rest[..end]);
                }
            }
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

fn closing(text: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open == 0 => return Some(at),
            b'}' => open -= 1,
            _ => {}
        }
    }
    None
}

fn braced(inner: &str, known: &Variables, depth: usize) -> String {
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
    let (name, rule) = inner.split_at(end);
    let set = known.get(name).map(|value| put_in(value, known, depth + 1));
    let filled = set.clone().filter(|value| !value.is_empty());
    let other = |rule: &str| put_in(rule, known, depth + 1);
    match rule.as_bytes() {
        [b':', b'-', ..] => filled.unwrap_or_else(|| other(&rule[2..])),
        [b'-', ..] => set.unwrap_or_else(|| other(&rule[1..])),
        [b':', b'+', ..] => filled.map_or(String::new(), |_| other(&rule[2..])),
        [b'+', ..] => set.map_or(String::new(), |_| other(&rule[1..])),
        _ => set.unwrap_or_else(|| format!("${{{name}}}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_put_in_as_compose_does() {
        let known: Variables =
            dotenv("A=one\nexport B=\"two # 2\"\nC=${A}-${B} # said\nLOOP=${LOOP}\nEMPTY=").into_iter().collect();
        for (value, expected) in [
            ("$A", "one"),
            ("${C}", "one-two # 2"),
            ("${X:-d${A}}", "done"),
            ("${EMPTY:-d}", "d"),
            ("${EMPTY-d}", ""),
            ("${A:+yes}${X:+no}", "yes"),
            ("$$A", "$A"),
            ("${X}", "${X}"),
            ("${X:?needed}", "${X}"),
            ("${", "${"),
        ] {
            assert_eq!(interpolate(value, &known), expected, "{value}");
        }
        assert!(interpolate("${LOOP}", &known).len() < 100);
    }
}
