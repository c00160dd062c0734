//! Cookies, which may be sessions, and what a caller proves itself with, wherever a report quotes them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Secrets, constant};

/// The header and what it holds: as a line, as a key of JSON, as what follows its name in JSON, CSV or XML.
static COOKIES: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?i)(?:\b|\\[rnt])(?:set[-_])?cookie2?(?::[ \t]*|"\s*:\s*\[?\s*"|"\s*,\s*"[a-z]+:?"\s*:\s*"|">|</item>\s*<item name="[^"]*">)"#,
        r#"((?:[^"<\\\r\n]|\\")+)"#,
    ))
});

/// A name and a value.
static PAIR: LazyLock<Regex> = LazyLock::new(|| constant(r"([^=;,\s]+)=([^;,]+)"));

/// A header of authorization with its scheme and value, as a line or as a key of JSON.
static AUTHORIZATION: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?i)authorization(?::[ \t]*|"\s*:\s*\[?\s*")(?:basic|bearer|negotiate|token)[ \t]+"#,
        r"([a-z0-9._~+/-]{6,}=*)",
    ))
});

/// What tells of a cookie and holds none.
const ATTRIBUTES: &[&str] = &["expires", "path", "domain", "max-age", "samesite", "priority", "version", "secure"];

/// Marks the values of cookies.
pub(crate) fn add_cookies(text: &str, secrets: &mut Secrets) {
    for cookies in COOKIES.captures_iter(text).filter_map(|captures| captures.get(1)) {
        for pair in PAIR.captures_iter(cookies.as_str()) {
            let (Some(name), Some(value)) = (pair.get(1), pair.get(2)) else { continue };
            if !ATTRIBUTES.iter().any(|attribute| name.as_str().eq_ignore_ascii_case(attribute)) {
                secrets.add(cookies.start() + value.start()..cookies.start() + value.end());
            }
        }
    }
}

/// Marks the values of cookies and of headers of authorization.
pub(crate) fn add_web(text: &str, secrets: &mut Secrets) {
    add_cookies(text, secrets);
    for value in AUTHORIZATION.captures_iter(text).filter_map(|captures| captures.get(1)) {
        // `Authorization: Basic authentication` is prose.
        if value.as_str().bytes().any(|byte| !byte.is_ascii_lowercase()) {
            secrets.add(value.range());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::masked_by;

    #[test]
    fn values_of_cookies_are_masked_in_every_form() {
        for text in [
            "Set-Cookie: session=4f9c2a7be1; Path=/",
            "set-cookie:session=4f9c2a7be1; Path=/",
            r#"{"set_cookie":"session=4f9c2a7be1; Expires=Thu, 10-Dec-2026 16:41:58 GMT"}"#,
            r#"{"Set-Cookie": ["session=4f9c2a7be1; Path=/"]}"#,
            r#""raw_header":"HTTP/1.1 200 OK\r\nSet-Cookie: session=4f9c2a7be1\r\nServer: nginx\r\n""#,
            r#""request":"GET / HTTP/1.1\r\nCookie: lang=en; session=4f9c2a7be1\r\n\r\n""#,
            r#"{"Header": "Set-Cookie", "Value": "lang=en; Path=/, session=4f9c2a7be1"}"#,
            "<item name=\"Header\">Set-Cookie</item>\n<item name=\"Value\">session=4f9c2a7be1;Path=/</item>",
            r#"<item name="Set-Cookie">session=4f9c2a7be1</item>"#,
        ] {
            let masked = masked_by(text, add_cookies);
            assert!(!masked.contains("4f9c2a7be1"), "{masked}");
            let attributes = ["Path=/", "Expires=Thu", "Server: nginx"];
            assert!(
                attributes.iter().all(|attribute| text.contains(attribute) == masked.contains(attribute)),
                "{masked}"
            );
        }
    }

    #[test]
    fn headers_of_authorization_are_masked() {
        for text in [
            "Authorization: Basic dXNlcjpwYXNzd29yZA==",
            r#"{"Authorization": "Basic dXNlcjpwYXNzd29yZA=="}"#,
            r#"{"proxy-authorization":["Basic dXNlcjpwYXNzd29yZA=="]}"#,
            r#""GET / HTTP/1.1\r\nauthorization: Bearer dXNlcjpwYXNzd29yZA\r\n""#,
        ] {
            assert!(!masked_by(text, add_web).contains("wYXNzd29yZA"), "{text}");
        }
        for text in ["Authorization: Basic authentication", "no authorization", r#"{"Authorization": "Basic"}"#] {
            assert_eq!(masked_by(text, add_web), text);
        }
    }

    #[test]
    fn a_name_without_a_value_is_left() {
        for text in ["Set-Cookie", r#"["Set-Cookie", "Server"]"#, r#"{"cookie": "lang"}"#, "Cookie: x"] {
            assert_eq!(masked_by(text, add_cookies), text);
        }
    }
}
