//! What looks like a secret; it is never written down, only how it begins.

use super::pattern;
use crate::notes::Notes;
use crate::source::{Part, Source};
use regex::Regex;
use std::sync::LazyLock;

/// Secrets that tell by their form: what they are, how they look.
static FORMS: LazyLock<Vec<(&'static str, Option<Regex>)>> = LazyLock::new(|| {
    vec![
        ("AWS access key", pattern(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b")),
        ("private key", pattern(r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----")),
        ("GitHub token", pattern(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b")),
        ("GitLab token", pattern(r"\bglpat-[A-Za-z0-9_-]{20,}")),
        ("Slack token", pattern(r"\bxox[abposr]-[A-Za-z0-9-]{20,}")),
        ("Stripe key", pattern(r"\b[sr]k_live_[A-Za-z0-9]{20,}")),
        ("Google API key", pattern(r"\bAIza[A-Za-z0-9_-]{35}\b")),
        ("SendGrid key", pattern(r"\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}")),
        ("npm token", pattern(r"\bnpm_[A-Za-z0-9]{36}\b")),
        ("JSON Web Token", pattern(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}")),
        (
            "password in an address",
            pattern(r#"\b[a-z][a-z0-9+]{2,15}://[^\s:/@'"$<>{}]{1,60}:([^\s:/@'"$<>{}*]{4,80})@[^\s'"]"#),
        ),
    ]
});
/// What a secret is called, with its value.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b([\w.-]*(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|private[_-]?key|client[_-]?secret|encryption[_-]?key|signing[_-]?key)[\w-]*)['"]?\]?\s*(?::|=|=>|:=)\s*['"]([^'"\s]{8,120})['"]"#,
    )
});
/// The same in files of settings, where values have no quotes.
static SET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r##"(?im)^\s*(?:export\s+|ENV\s+|-\s+)?([\w.-]*(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|private[_-]?key)[\w-]*)\s*[:=]\s*([^\s'"#]{8,120})\s*$"##,
    )
});
/// Words of values that are no secrets.
const HARMLESS: &[&str] = &[
    "example",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "your",
    "xxxx",
    "****",
    "dummy",
    "todo",
    "sample",
    "secret_name",
    "process.env",
    "getenv",
    "environ",
    "config",
    "vault:",
    "arn:aws",
    "file:",
    "http://",
    "https://",
    "<",
    "${",
    "$(",
    "{{",
    "#{",
    "%(",
    "env(",
    "null",
    "undefined",
    "required",
    "localhost",
    "redacted",
    "insert",
    "fake",
    "test",
    "kms",
    "ssm:",
    "sops",
    "enc[",
    "enc(",
    "password",
    "secret",
    "token",
    "apikey",
    "api_key",
    "..",
    "/run/",
    "/etc/",
];

/// Notes what looks like a secret in a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let sample = ["example", "sample", "template", "dist"].iter().any(|word| source.name.to_lowercase().contains(word));
    let prose = matches!(
        source.language.map(|language| language.name),
        Some("Markdown" | "reStructuredText" | "HTML" | "CSS" | "SCSS")
    );
    if source.part != Part::Product || sample || prose {
        return;
    }
    let text = source.text;
    let mut lines: Vec<u32> = Vec::new();
    let mut see = |at: usize, what: &str, value: &str| {
        let line = source.line(at);
        if !lines.contains(&line) {
            lines.push(line);
            notes.see("code.secrets", line, format!("{what} {}", masked(value)));
        }
    };
    for (what, form) in FORMS.iter() {
        for captures in form.iter().flat_map(|form| form.captures_iter(text)) {
            let Some(found) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            let shown = ["EXAMPLE", "localhost", "127.0.0.1"]
                .iter()
                .any(|word| text[found.start()..].lines().next().unwrap_or_default().contains(word));
            let harmless = captures.get(1).is_some() && is_harmless(found.as_str());
            if !shown && !harmless {
                see(found.start(), what, found.as_str());
            }
        }
    }
    let program = source.language.is_some_and(|language| language.program);
    let code = source.code();
    for captures in NAMED.iter().flat_map(|named| named.captures_iter(code)) {
        if let (Some(name), Some(value)) = (captures.get(1), captures.get(2))
            && is_secret(name.as_str(), value.as_str())
        {
            see(value.start(), name.as_str(), value.as_str());
        }
    }
    if !program {
        for captures in SET.iter().flat_map(|set| set.captures_iter(code)) {
            if let (Some(name), Some(value)) = (captures.get(1), captures.get(2))
                && is_secret(name.as_str(), value.as_str())
            {
                see(value.start(), name.as_str(), value.as_str());
            }
        }
    }
}

/// Whether what is called so is a secret.
fn is_secret(name: &str, value: &str) -> bool {
    !is_harmless(value) && is_mixed(value) && !names_a_place(name)
}

/// How it begins, and that there is more.
fn masked(value: &str) -> String {
    let shown: String = value.chars().take(if value.chars().count() >= 12 { 3 } else { 1 }).collect();
    format!("{shown}***")
}

fn is_harmless(value: &str) -> bool {
    let small = value.to_lowercase();
    HARMLESS.iter().any(|word| small.contains(word))
        || value.starts_with(['$', '%', '@', '!'])
        || value.chars().all(|char| char == value.chars().next().unwrap_or_default())
}

/// Letters with digits or marks: a word alone is a name or a key of a translation.
fn is_mixed(value: &str) -> bool {
    let digits = value.chars().any(|char| char.is_ascii_digit());
    let letters = value.chars().any(|char| char.is_ascii_alphabetic());
    letters && digits && !value.contains('(') && !value.contains(' ')
}

/// `passwordField`, `secretName`, `PASSWORD_REGEX` name something else than a secret.
fn names_a_place(name: &str) -> bool {
    let small = name.to_lowercase();
    [
        "name",
        "field",
        "path",
        "regex",
        "pattern",
        "label",
        "url",
        "uri",
        "policy",
        "length",
        "hash_alg",
        "algorithm",
        "header",
        "type",
        "_id",
        "file",
        "ref",
        "prefix",
        "placeholder",
        "message",
        "error",
        "public",
    ]
    .iter()
    .any(|word| small.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(path: &str, text: &str) -> Vec<String> {
        let mut notes = Notes::default();
        look(&Source::new(path, text, false), &mut notes);
        notes.sights.into_iter().map(|sight| sight.text).collect()
    }

    #[test]
    fn secrets_are_masked() {
        // Put together here, so that no scanner takes this file for a leak.
        let key = format!("{}{}", "AKIA", "Q7ZJ2K4MNOPRSTUV");
        let found = seen("a.py", &format!("KEY = \"{key}\"\n"));
        assert_eq!(found, ["AWS access key AKI***"]);
        assert_eq!(seen("a.ts", &format!("const dbPassword = '{}{}'", "hunter", "2Blue9")), ["dbPassword hun***"]);
        assert_eq!(
            seen("application.properties", &format!("spring.datasource.password={}{}\n", "Tr0ub4", "dor3x")),
            ["spring.datasource.password T***"]
        );
        assert_eq!(
            seen("config.yml", &format!("url: postgres://app:{}{}@db.internal/orders\n", "s3cr", "9Kq")).len(),
            1
        );
    }

    #[test]
    fn what_is_no_secret_is_left_alone() {
        for (path, text) in [
            ("a.ts", "const password = process.env.PASSWORD1"),
            ("a.ts", "const secretName = 'orders-db-2024'"),
            ("a.properties", "spring.datasource.password=${DB_PASSWORD1}\n"),
            (".env.example", "API_KEY=abc123def456\n"),
            ("a.py", "# password = 'hunter2Blue9'\n"),
            ("src/test/a.ts", "const password = 'hunter2Blue9'"),
            ("a.yml", "url: postgres://app:postgres1@localhost/orders\n"),
            ("a.java", "String passwordLabel = \"login.password2\";"),
        ] {
            assert_eq!(seen(path, text), Vec::<String>::new(), "{text}");
        }
    }
}
