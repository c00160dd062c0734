//! Secrets that are told by the name they are assigned to: in addresses, in code, in environments.

use std::ops::Range;

/// Each way to write it has a group of its own; the value is in it, as far as [`whole`] does not know more. Quotes may be
/// escaped, as within JSON, and Go writes `&` and `>` as `\u0026` and `\u003e`.
pub(super) const NAMED: &str = concat!(
    // 1: an address, `?token=x`. Whatever its length.
    r"(?i-u:(?:[?&#]|&amp;|\\u0026)(?:[a-z_-]{0,24}(?:token|secret|password|passwd|api[_-]?key|signature|credential)",
    r"|pwd|pass|sig|sid|jwt|auth|session(?:_?id)?)=)([^&\s\x22'<>\\`#…][^&\s\x22'<>\\`#…=]*)",
    // 2: an address with a name that is no secret's alone: long values only.
    r"|(?i-u:(?:[?&]|&amp;|\\u0026)(?:key|code)=)([A-Za-z0-9_.~%+/-]{12,})",
    // 3: in quotes, `password = "x"`.
    r"|(?i-u:(?:password|passwd|passphrase|pwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token",
    r"|[_-]token|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key)(?:[_-](?:key|value|base|hash|id|[0-9]+)){0,2}",
    r"\\?[\x22'`]?\s{0,3}(?:=>|=\\u003e|:=|[:=])\s{0,3}\\?[\x22'`])([^\x22'`\\\s<>{}$…]{4,})\\?[\x22'`]",
    // 4: an environment, `DB_PASSWORD=x`.
    r"|(?-u:(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)(?:_(?:KEY|VALUE|BASE|HASH|ID|[0-9]+)){0,2}=)",
    r"([^\s\x22'`\\<>{}()$…&|;,]{4}[^\s\x22'`\\<>{}()$…&|;,=]*)",
    // 5: unquoted, where the value itself does not look like code or prose.
    r"|(?i-u:(?:password|passwd|pwd|secret|api[_-]?key|[_-]token)(?:=|:[ ]))([^\s\x22'`\\<>{}()\[\].$…&|;,]{6}[^\s\x22'`\\<>{}()\[\].$…&|;,=]*)",
    // 6: SQL.
    r"|(?i-u:(?:with|encrypted)\s+password\s+|identified\s+by\s+)'([^'\\…]+)'",
    // 7: a header with a name and a password, in the letters of base64.
    r"|(?i-u:authorization)\\?[\x22']?\s{0,3}[:=]\s{0,3}\\?[\x22']?(?i-u:basic)[ \t]{1,3}([A-Za-z0-9+/]{6,}={0,2})",
);
/// Number of groups in it.
pub(super) const GROUPS: usize = 7;

/// A value longer than this explains nothing any more.
const LONGEST_WORD: usize = 256;

/// The secret that begins where the value of a group does; none where it is no secret.
///
/// The expression stops at the next `=`, so that what is no secret is not read to its end for each name in it; a secret
/// goes on to where its way of writing ends.
pub(super) fn whole(group: usize, text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let ends: &[char] = match group {
        1 => &['&', '"', '\'', '<', '>', '\\', '`', '#', '…'],
        4 => &['"', '\'', '`', '\\', '<', '>', '{', '}', '(', ')', '$', '…', '&', '|', ';', ','],
        5 => &['"', '\'', '`', '\\', '<', '>', '{', '}', '(', ')', '[', ']', '.', '$', '…', '&', '|', ';', ','],
        _ => return is_value(group, &text[value.clone()]).then_some(value),
    };
    let goes_on = |c: &char| !c.is_whitespace() && !ends.contains(c);
    let bytes = |from: usize, most: usize| -> usize {
        text[from..].chars().take(most).take_while(goes_on).map(char::len_utf8).sum()
    };
    let known = value.end + bytes(value.end, LONGEST_WORD);
    if !is_value(group, &text[value.start..known]) {
        return None;
    }
    let end = known + bytes(known, usize::MAX);
    let secret = &text[value.start..end];
    // The bracket that ends a list is not the secret's. What stands behind an address is [`super::end_within`]'s to say.
    let inner = if group == 1 || secret.contains('[') { secret } else { secret.trim_end_matches(']') };
    Some(value.start..value.start + inner.len())
}

/// Values that explain rather than give away: types, placeholders, words of a form.
const WORDS: &[&str] = &[
    "string",
    "number",
    "integer",
    "boolean",
    "object",
    "array",
    "required",
    "optional",
    "undefined",
    "null",
    "none",
    "true",
    "false",
    "text",
    "hidden",
    "password",
    "passwd",
    "secret",
    "token",
    "invalid",
    "missing",
    "keyword",
    "username",
    "email",
    "redacted",
    "unknown",
];

/// Whether a value of the group may be a secret: not a hole in a template, not a word that explains.
pub(super) fn is_value(group: usize, value: &str) -> bool {
    let long = value.len() > LONGEST_WORD;
    let hole = value.starts_with(['$', '{', '<', '*', ':', '[', '…'])
        || ["%s", "%d", "%v", "%{", "%("].iter().any(|hole| value.starts_with(hole))
        || value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    if hole || WORDS.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return false;
    }
    match group {
        2 | 5 => long || value.bytes().any(|byte| byte.is_ascii_digit()),
        // Words have no capitals in their middle, nor do they come in fours.
        7 => value.len().is_multiple_of(4) && value[1..].bytes().any(|byte| !byte.is_ascii_lowercase()),
        _ => true,
    }
}

/// Parts of names whose values are secrets.
const PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "signingkey",
    "encryptionkey",
    "credential",
    "cookie",
    "connectionstring",
];
/// Names that only end so; `author` and `path` are none.
const ENDINGS: &[&str] = &["auth", "pass", "_pat", "-pat", "_key_base", "sonar.login"];
/// Endings of names that only tell where or how a secret is kept.
const ABOUT: &[&str] = &[
    "file",
    "path",
    "url",
    "uri",
    "name",
    "type",
    "count",
    "expiry",
    "ttl",
    "length",
    "namespace",
    "endpoint",
    "store",
];

/// Whether a value of this name (of a variable, a flag, a label, a field) is a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let joined: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    if ABOUT.iter().any(|ending| joined.ends_with(ending)) {
        return false;
    }
    PARTS.iter().any(|part| joined.contains(part)) || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        super::super::masked_by(text, super::super::add_known)
    }

    #[test]
    fn values_are_masked_by_the_name_they_are_given_to() {
        for (text, want) in [
            ("Hardcoded: password = \"hunter2-x\"", "Hardcoded: password = \"…[masked 9]\""),
            (r#""text": "const password = 'hunter2-x';""#, r#""text": "const password = '…[masked 9]';""#),
            (r#""text": "secret_key: \"hunter2-x\"""#, r#""text": "secret_key: \"…[masked 9]\"""#),
            ("http://h/fast?token=S&x=1", "http://h/fast?token=…[masked 1]&x=1"),
            (r"GET /x?a=1\u0026api_key=hunter2", r"GET /x?a=1\u0026api_key=…[masked 7]"),
            ("[DB_PASSWORD=hunter2-x]", "[DB_PASSWORD=…[masked 9]]"),
            ("/cb#access_token=ab12", "/cb#access_token=…[masked 4]"),
            ("ENV DB_PASSWORD=hunter2-x", "ENV DB_PASSWORD=…[masked 9]"),
            ("AWS_SECRET_ACCESS_KEY=short", "AWS_SECRET_ACCESS_KEY=…[masked 5]"),
            ("spring.datasource.password=hunter2", "spring.datasource.password=…[masked 7]"),
            ("ALTER ROLE a WITH PASSWORD 'hunter2'", "ALTER ROLE a WITH PASSWORD '…[masked 7]'"),
            ("Authorization: Basic bWU6aHVudGVyMg==", "Authorization: Basic bWU6…[masked 16]"),
            (r#"{"authorization":"Basic bWU6aHUx"}"#, r#"{"authorization":"Basic …[masked 8]"}"#),
        ] {
            assert_eq!(masked(text), want);
            assert_eq!(masked(want), want, "masking twice");
        }
    }

    #[test]
    fn innocent_text_stays() {
        for text in [
            "the password field is missing",
            "Authorization: Basic authentication or better",
            "Password: required",
            "Possible hardcoded password: check line 12",
            "\"password\": \"string\"",
            "password = getPassword(user1)",
            "password=self.password1.strip()",
            "token=request.headers[0]",
            "let secret = process.env.SECRET_1",
            "postgres://db/x?password=${PASSWORD}",
            "https://h/x?token={token}&code=404&key=id",
            "commit 4e79a56b0f3c1d2e5f6a7b8c9d0e1f2a3b4c5d6e",
            "id 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
            "/srv/app/secrets/token_store/password.rs:12",
            "login?user=%USER%&pass=%PASS%",
            "TOKEN_COUNT=12345",
            "rule generic-api-key has detected secret for file config/app.yml",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn names_of_secrets_are_told_from_names_about_them() {
        for name in ["API_TOKEN", "DB_PASSWORD", "sonar.login", "BASIC_AUTH", "clientSecret", "x-api-key", "GH_PAT"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["PATH", "AUTHOR", "TOKEN_FILE", "secret_name", "HOME", "token_type", "COMPASS_X", "KEYBOARD"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
