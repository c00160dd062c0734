//! Credentials that give themselves away by their shape.

use std::ops::Range;

use super::Secrets;

/// A private key is looked for this far behind its first line.
const KEY_BODY: usize = 20_000;

/// What it looks like.
pub(super) const SHAPES: &str = concat!(
    r"(?-u:\b)(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|AIPA)[A-Z0-9]{16}(?-u:\b)",
    r"|-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    r"|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}",
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|[rs]k_live_[A-Za-z0-9]{16,}|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}",
    r"|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|(?-u:\b)sk-[A-Za-z0-9_-]{32,}",
    r#"|(?:aws_secret_access_key|AWS_SECRET_ACCESS_KEY|SecretAccessKey)[\\"'\s:=]{1,8}[A-Za-z0-9/+]{40,}"#,
    r"|(?:[Bb]earer|BEARER)[ \t]+[A-Za-z0-9._~+/-]{20,}=*",
    r#"|://[^\s:@/"'<>\\]*:[^\s@/"'<>\\]+@"#,
);

/// The least that the head and the body of a web token hold behind their `eyJ`.
const TOKEN_PART: usize = 6;

/// Marks JSON web tokens: `eyJ….eyJ….…`. They are found from their middle, so that each byte is looked at a few times at
/// most: from its start, a head might go on to the end of the text without becoming a token.
pub(super) fn add_web_tokens(text: &str, secrets: &mut Secrets) {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = text.as_bytes();
    for (dot, middle) in text.match_indices(".eyJ") {
        let start = bytes[..dot].iter().rposition(|byte| !part(byte)).map_or(0, |end| end + 1);
        let head = &text[start..dot];
        let begin = head.match_indices("eyJ").find(|(at, found)| {
            let within = head[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            !within && head.len() - at >= found.len() + TOKEN_PART
        });
        let body = dot + middle.len();
        let run = |from: usize| bytes[from..].iter().take_while(|byte| part(byte)).count();
        let end = body + run(body);
        if let Some((at, _)) = begin
            && end - body >= TOKEN_PART
            && bytes.get(end) == Some(&b'.')
        {
            secrets.add(start + at..end + 1 + run(end + 1));
        }
    }
}

/// Marks what is secret in a text of such a shape.
pub(super) fn add(text: &str, range: Range<usize>, secrets: &mut Secrets) {
    let Range { start, end } = range;
    let found = &text[start..end];
    if found.starts_with("-----BEGIN") {
        secrets.add(key_body(text, end));
    } else if let Some(user) = found.strip_prefix("://") {
        let password = user.find(':').map_or(3, |colon| colon + 4);
        // A port, and the cells behind an address that ends with it.
        let behind = found[password..].trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = found.len() - password - behind.len();
        let port = (2..=5).contains(&digits) && behind.starts_with([',', ';', '|']);
        // `${PASSWORD}`, `<password>`, `%s` are holes in a template, not secrets.
        if !port && !found[password..].starts_with(['$', '{', '<', '%', '*']) {
            secrets.add(start + password..end - 1);
        }
    } else if found[..6.min(found.len())].eq_ignore_ascii_case("bearer") {
        let token = found.rfind([' ', '\t']).map_or(0, |space| space + 1);
        secrets.add(start + token..end);
    } else if found.starts_with("aws_") || found.starts_with("AWS_") || found.starts_with("Secret") {
        let value = found.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '+').len();
        secrets.add(start + value..end);
    } else {
        secrets.add(start..end);
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

#[cfg(test)]
mod tests {
    fn masked(text: &str) -> String {
        super::super::masked_by(text, super::super::add_known)
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
        assert_eq!(masked("https://host:8080,true,a@b.test"), "https://host:8080,true,a@b.test");
        assert_eq!(masked("https://app:s3,cret@host/x"), "https://app:…[masked 7]@host/x");
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
}
