//! Reports of secret scanners quote what they found, often more than once: all of it is masked.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::{Regex, RegexBuilder};

use super::{MASKED, Secrets, constant, is_secret_name};
use crate::json::{self, Event};

/// A found secret shorter than this is masked where it is quoted, but not looked for elsewhere.
const TELLING: usize = 6;
/// So many found secrets are looked for in one pass; an expression of that many plain words is still fast.
const AT_ONCE: usize = 50_000;
/// An expression of fewer words is compiled otherwise, and may take this many bytes.
const COMPILED: usize = 256 * 1024 * 1024;

/// An assignment in a quoted line: `NAME=value`, `name: "value"`, `name => value`, in JSON's escapes.
static ASSIGNED: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"[A-Za-z0-9_\]\\"'`]\s*(?:=>|=\\u003e|:=|[:=])\s*(?:\\?["'`])?([^\s"'`\\…]{3,})"#));

/// Something in quotes.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?:\\"|['`])([^\s"'`\\…]{6,})(?:\\"|['`])"#));

/// In a message, an assignment must name a secret.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i-u:[a-z0-9_-]*(?:key|token|secret|password|passwd|pwd|passphrase|credentials?|match)\s*)",
        r#"(?:(?:=>|=)\s*|:\s+)(?:\\?["'`])?([^\s"'`\\…]{3,})"#,
    ))
});

/// Marks what a quoted line assigns; where it assigns nothing, all of it. What the tool itself starred out stays.
pub(crate) fn add_quoted_line(line: &str, offset: usize, secrets: &mut Secrets) {
    let before = secrets.len();
    for found in assigned(line) {
        secrets.add(offset + found.start..offset + found.end);
    }
    if secrets.len() == before && !line.contains("***") && line.trim().len() > 2 && !line.contains(MASKED) {
        secrets.add(offset..offset + line.len());
    }
}

/// The ranges of the values that a line assigns.
fn assigned(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let values = ASSIGNED.captures_iter(line).filter_map(|captures| captures.get(1));
    values.filter(|value| !value.as_str().contains("***")).map(|value| value.range())
}

/// What is worth looking for of a quoted text: all of it where it is one word, else what it assigns or quotes.
fn collect<'a>(quoted: &'a str, found: &mut BTreeSet<&'a str>) {
    let whole = quoted.trim();
    if !whole.contains([' ', '\t', '\\']) {
        found.insert(whole);
    }
    found.extend(assigned(whole).map(|range| &whole[range]));
    found.extend(QUOTED.captures_iter(whole).filter_map(|captures| captures.get(1)).map(|value| value.as_str()));
}

/// Marks the secrets that a scanner for secrets found and wrote into a SARIF log: snippets, fingerprints and properties
/// that hold it, messages that repeat it.
pub(crate) fn add_sarif_findings(text: &str, secrets: &mut Secrets) {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut repeats = Vec::new();
    json::walk(text, |event| {
        let Event::String(path, range) = event else { return };
        let Some(path) = path.strip_prefix("runs/[]/results/[]/") else { return };
        let value = &text[range.clone()];
        let (parent, last) = path.rsplit_once('/').unwrap_or(("", path));
        let snippet = parent.ends_with("snippet") || parent.ends_with("snippet/rendered");
        let held = matches!(parent, "partialFingerprints" | "fingerprints") || parent.contains("properties");
        if snippet {
            secrets.add(range);
            collect(value, &mut found);
        } else if held && is_found(last) {
            add_quoted_line(value, range.start, secrets);
            collect(value, &mut found);
        } else if is_free_text(last) {
            if path.contains("message/") {
                for captures in TOLD.captures_iter(value) {
                    if let Some(told) = captures.get(1).filter(|told| is_told(captures.get(0), told.as_str())) {
                        // What ends the sentence is no part of the secret.
                        let secret = told.as_str().trim_end_matches(['.', ',', ';', ')']);
                        secrets.add(range.start + told.start()..range.start + told.start() + secret.len());
                        found.insert(secret);
                    }
                }
            }
            repeats.push(range);
        }
    });
    add_repeats(text, found, &repeats, secrets);
}

/// What a field of a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// A secret, nothing else.
    Secret,
    /// A line of code with a secret in it.
    Line,
    /// A sentence that may tell a secret, `password: x`.
    Told,
    /// A text that may repeat a secret found elsewhere.
    Text,
    /// What holds none: a rule, a path, a hash.
    Other,
}

/// Marks the secrets that a scanner for secrets wrote into its JSON; `field` says what stands at a path.
pub(crate) fn add_json_findings(text: &str, secrets: &mut Secrets, field: impl Fn(&str) -> Field) {
    let mut fields = Vec::new();
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            match field(path) {
                Field::Other => {}
                field => fields.push((field, range)),
            }
        }
    });
    add_findings(text, secrets, fields);
}

/// Marks the secrets that a scanner for secrets wrote, by what its fields hold and where they stand.
pub(crate) fn add_findings(
    text: &str,
    secrets: &mut Secrets,
    fields: impl IntoIterator<Item = (Field, std::ops::Range<usize>)>,
) {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut repeats = Vec::new();
    for (field, range) in fields {
        let value = &text[range.clone()];
        let starred = value == "REDACTED" || value.contains("***");
        match field {
            Field::Secret | Field::Line if starred => {}
            Field::Secret => {
                collect(value, &mut found);
                found.insert(value);
                secrets.add(range);
            }
            Field::Line => {
                add_quoted_line(value, range.start, secrets);
                collect(value, &mut found);
                repeats.push(range);
            }
            Field::Told => {
                for told in TOLD.captures_iter(value).filter_map(|captures| captures.get(1)) {
                    secrets.add(range.start + told.start()..range.start + told.end());
                    found.insert(told.as_str());
                }
                repeats.push(range);
            }
            Field::Text => repeats.push(range),
            Field::Other => {}
        }
    }
    add_repeats(text, found, &repeats, secrets);
}

/// Marks what was found wherever a text repeats it.
fn add_repeats(text: &str, mut found: BTreeSet<&str>, repeats: &[std::ops::Range<usize>], secrets: &mut Secrets) {
    found.retain(|secret| secret.len() >= TELLING && !secret.contains(MASKED) && !secret.contains("***"));
    let found: Vec<&str> = found.into_iter().collect();
    for some in found.chunks(AT_ONCE) {
        // The longest first, so that a secret that begins like another is masked whole.
        let mut some: Vec<String> = some.iter().map(|secret| regex::escape(secret)).collect();
        some.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let Ok(any) = RegexBuilder::new(&some.join("|")).size_limit(COMPILED).build() else { continue };
        for range in repeats {
            for again in any.find_iter(&text[range.clone()]) {
                secrets.add(range.start + again.start()..range.start + again.end());
            }
        }
    }
}

/// Names of fields in which scanners write what they found.
fn is_found(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(&*name, "match" | "raw" | "rawv2" | "value" | "line" | "offender" | "found") || is_secret_name(&name)
}

/// Whether a field may repeat a secret; the others name rules, files and commits.
fn is_free_text(name: &str) -> bool {
    !matches!(
        name,
        "ruleId" | "uri" | "uriBaseId" | "level" | "kind" | "guid" | "correlationGuid" | "baselineState" | "commitSha"
    )
}

/// In prose a value must look like one: behind `=`, or with a digit or sign in it.
fn is_told(whole: Option<regex::Match<'_>>, value: &str) -> bool {
    let assigned = whole.is_some_and(|whole| whole.as_str().contains('='));
    let letters = value.trim_end_matches(['.', ',', ';']).bytes().all(|byte| byte.is_ascii_alphabetic());
    !value.contains("***") && (assigned || !letters && !value.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_line_keeps_its_names() {
        for (line, want) in [
            ("AWS_SECRET_ACCESS_KEY=hunter2", "AWS_SECRET_ACCESS_KEY=…[masked 7]"),
            (r#"  token: \"hunter2\","#, r#"  token: \"…[masked 7]\","#),
            ("hunter2-hunter2", "hunt…[masked 15]"),
            ("export KEY=********", "export KEY=********"),
            ("", ""),
        ] {
            let got = super::super::masked_by(line, |line, secrets| add_quoted_line(line, 0, secrets));
            assert_eq!(got, want);
            let again = super::super::masked_by(&got, |line, secrets| add_quoted_line(line, 0, secrets));
            assert_eq!(again, got, "masking twice");
        }
    }

    #[test]
    fn what_a_scanner_found_is_masked_wherever_a_result_repeats_it() {
        let text = r#"{"runs":[{"results":[{"ruleId":"hunter2-key","message":{"text":"generic-api-key has detected secret for file a/hunter.rs: hunter2-abc"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"conf/app.env"},"region":{"snippet":{"text":"hunter2-abc"}}}}],"partialFingerprints":{"commitSha":"4e79a56b0f3c1d2e","secret":"hunter2-abc","id":"app.env:hunter2-abc:7"}},{"message":{"text":"Found token = s3same-x1, key: open-s3same"},"fingerprints":{"a":"s3same-x1"}}]}]}"#;
        let got = super::super::masked_by(text, add_sarif_findings);
        for secret in ["hunter2-abc", "s3same"] {
            assert!(!got.contains(secret), "{secret}: {got}");
        }
        for kept in ["has detected secret for file a/hunter.rs", "conf/app.env", "4e79a56b0f3c1d2e", "hunter2-key"] {
            assert!(got.contains(kept), "{kept}: {got}");
        }
    }
}
