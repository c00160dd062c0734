//! Secrets in the files that deploy containers, YAML or JSON: variables, and flags of commands.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Secrets, constant, is_secret_name, named};

/// A variable on a line of its own, up to a comment. An anchor and a tag may stand before it.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?m)^[ \t]*(?:-[ \t]+)?["']?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)["']?[ \t]*:[ \t]+(?:[&!][^\s]*[ \t]+){0,2}"#,
        r#"(?:"(?P<double>(?:[^"\\\n]|\\.)+)"|'(?P<single>(?:[^'\n]|'')+)'"#,
        r#"|(?P<bare>(?:-[^\s-]|[^\s"'{}\[\]&*!|>#%@`-])(?:[^\n]*?\S)??))[ \t]*(?:[ \t]#[^\n]*)?\r?$"#,
    ))
});

/// A variable within braces, and one as an item of a list.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?m)(?:[{,][ \t\r\n]*["']?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)["']?[ \t]*:[ \t]*"#,
        r#"|(?:^|[\[,-])[ \t\r\n]*(?:export[ \t]+)?["']?(?P<item>[A-Za-z_][A-Za-z0-9_.-]*)=)"#,
        r#"(?:"(?P<double>(?:[^"\\\n]|\\.)+)"|'(?P<single>(?:[^'\n]|'')+)'|(?P<bare>[^\s"',{}\[\]…][^\s"',{}\[\]…]*))"#,
    ))
});

/// A variable as an item of its own line, which it fills up to a comment or the end of its quotes.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?m)^[ \t]*-[ \t]+(?:"(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)=(?P<double>(?:[^"\\\n]|\\.)+)""#,
        r#"|'(?P<inner>[A-Za-z_][A-Za-z0-9_.-]*)=(?P<single>(?:[^'\n]|'')+)'"#,
        r#"|(?P<item>[A-Za-z_][A-Za-z0-9_.-]*)=(?P<bare>[^\n]*?\S))[ \t]*(?:[ \t]#[^\n]*)?\r?$"#,
    ))
});

/// The name of a variable and its value beside each other within braces; the quotes may be escaped, as within JSON.
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"\{[ \t]*\\?["']?name\\?["']?[ \t]*:[ \t]*\\?["']?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)\\?["']?[ \t]*,"#,
        r#"[ \t]*\\?["']?value\\?["']?[ \t]*:[ \t]*"#,
        r#"(?:"(?P<double>(?:[^"\\\n]|\\.)+)"|\\"(?P<escaped>(?:[^"\\\n]|\\\\(?:\\\\|\\"|[^"\\]))+)\\""#,
        r#"|'(?P<single>(?:[^'\n]|'')+)'|(?P<bare>[^\s"',{}\[\]\\…]+))"#,
    ))
});

/// A flag with its value, in a command or as two items of a list.
static FLAG: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?:^|[\s"'\[,])(?P<name>--?[A-Za-z][A-Za-z0-9._-]*)"#,
        r#"(?:=|["']?[ \t]*,[ \t\r\n]*|["']?[ \t]*\r?\n[ \t]*-[ \t]+|[ \t]+)"#,
        r#"["']?(?P<bare>[^\s"',\[\]{}\\…-][^\s"',\[\]{}\\…]*)"#,
    ))
});

/// A variable whose text stands on the lines below it.
static BELOW: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r#"(?m)^(?P<indent>[ \t]*)["']?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)["']?[ \t]*:[ \t]+[|>][0-9+-]*[ \t]*\r?\n"#,
    )
});

/// What clients of databases take as their password by a short flag.
static CLIENT: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?:(?:redis|valkey|keydb)-cli\b[^\n:{}]*?[\s"']-a(?:["']?[ \t]*,[ \t]*["']?|[ \t]+["']?)"#,
        r#"|(?:mysql(?:admin|dump)?|mariadb(?:-admin|-dump)?)\b[^\n:{}]*?[\s"']-p)"#,
        r#"(?P<bare>[^\s"',$\[\]{}\\…-][^\s"',\[\]{}\\…]*)"#,
    ))
});

/// Whether the value of a name is a secret: not a switch, nor what is said about one (`COOKIE_DOMAIN`, `TOKEN_TTL`).
fn is_secret(name: &str, value: &str) -> bool {
    const SWITCHES: &[&str] = &["true", "false", "yes", "no", "on", "off", "~"];
    const ENDINGS: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "pass",
        "passphrase",
        "passwordhash",
        "secret",
        "token",
        "key",
        "keybase",
        "keyvalue",
        "credential",
        "credentials",
        "connectionstring",
        "auth",
        "pat",
    ];
    let joined: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let joined = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    is_secret_name(name)
        && ENDINGS.iter().any(|ending| joined.ends_with(ending))
        && named::is_value(3, value)
        && !SWITCHES.iter().any(|switch| switch.eq_ignore_ascii_case(value))
}

/// Marks what was found in a text that stands at an offset.
fn add(found: &Captures<'_>, offset: usize, secrets: &mut Secrets, is_secret: impl Fn(&str, &str) -> bool) {
    let name = ["name", "item", "inner"].iter().find_map(|group| found.name(group));
    let value = ["double", "escaped", "single", "bare"].iter().find_map(|group| found.name(group));
    if let (Some(name), Some(value)) = (name, value)
        && is_secret(name.as_str(), value.as_str())
    {
        secrets.add(offset + value.start()..offset + value.end());
    }
}

/// Marks the variables of a Compose file whose name says secret.
pub(crate) fn add_variables(text: &str, secrets: &mut Secrets) {
    for pattern in [&LINE, &WITHIN, &ITEM] {
        pattern.captures_iter(text).for_each(|found| add(&found, 0, secrets, is_secret));
    }
    for found in BELOW.captures_iter(text).filter(|found| is_secret(&found["name"], "text below")) {
        let indent = found["indent"].len();
        let mut start = found.get(0).map_or(text.len(), |whole| whole.end());
        for line in text[start..].split_inclusive('\n') {
            let body = line.trim();
            let at = line.len() - line.trim_start().len();
            if !body.is_empty() && at <= indent {
                break;
            }
            secrets.add(start + at.min(line.len())..start + at + body.len());
            start += line.len();
        }
    }
}

/// Marks the same in a manifest, whose own fields are also called after secrets, but never in capitals.
pub(crate) fn add_capitals(text: &str, secrets: &mut Secrets) {
    let capitals = |name: &str, value: &str| !name.bytes().any(|c| c.is_ascii_lowercase()) && is_secret(name, value);
    for pattern in [&LINE, &WITHIN] {
        pattern.captures_iter(text).for_each(|found| add(&found, 0, secrets, capitals));
    }
    add_beside(text, 0, secrets);
}

/// Marks values that stand beside their names, in a text that stands at an offset.
pub(crate) fn add_beside(text: &str, offset: usize, secrets: &mut Secrets) {
    BESIDE.captures_iter(text).for_each(|found| add(&found, offset, secrets, is_secret));
}

/// Marks what flags of commands give away, `--password x` and `curl -u name:x`.
pub(crate) fn add_flags(text: &str, secrets: &mut Secrets) {
    let mut position = 0;
    while let Some(found) = FLAG.captures_at(text, position) {
        let (Some(name), Some(value)) = (found.name("name"), found.name("bare")) else { break };
        let flag = name.as_str().trim_start_matches('-');
        if flag.len() > 2 && is_secret(flag, value.as_str()) {
            secrets.add(value.range());
        } else if matches!(name.as_str(), "-u" | "--user")
            && let Some((user, password)) = value.as_str().split_once(':')
            && !user.bytes().all(|byte| byte.is_ascii_digit())
            && named::is_value(3, password)
        {
            secrets.add(value.start() + user.len() + 1..value.end());
        }
        // The value of a flag that takes none may be the next word.
        position = name.end();
    }
    for value in CLIENT.captures_iter(text).filter_map(|found| found.name("bare")) {
        let port = value.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        if !port && named::is_value(3, value.as_str()) {
            secrets.add(value.range());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(text: &str) -> String {
        super::super::masked_by(text, add_variables)
    }

    #[test]
    fn variables_are_masked_however_they_are_written() {
        for (text, want) in [
            ("  DB_PASSWORD: hunter two # here\n", "  DB_PASSWORD: …[masked 10] # here\n"),
            ("  DB_PASS: 'a, b'\r\n", "  DB_PASS: …'\r\n"),
            ("  \"DB_PASSWORD\": \"x,y\"\n", "  \"DB_PASSWORD\": \"…[masked 3]\"\n"),
            ("  - db_password=abc\n", "  - db_password=…[masked 3]\n"),
            ("  - \"DB_PASS=abc\"\n", "  - \"DB_PASS=…[masked 3]\"\n"),
            ("e: {A: b, DB_PASS: abc}\n", "e: {A: b, DB_PASS: …[masked 3]}\n"),
            ("e: [A=b, DB_PASS=abc]\n", "e: [A=b, DB_PASS=…[masked 3]]\n"),
            ("  DB_PASS: &pass !!str abc\n", "  DB_PASS: &pass !!str …[masked 3]\n"),
            (
                "  KEY_SECRET: |-\n    a b\n\n    c\n  LEVEL: info\n",
                "  KEY_SECRET: |-\n    …[masked 3]\n\n    …[masked 1]\n  LEVEL: info\n",
            ),
            ("{\"DB_PASS\":\"abc\"}", "{\"DB_PASS\":\"…[masked 3]\"}"),
            ("  DB_PASS: ab#cd # here\n", "  DB_PASS: …[masked 5] # here\n"),
            ("  DB_PASS: -abc\n", "  DB_PASS: …[masked 4]\n"),
            ("  DB_PASS: 'it''s'\n", "  DB_PASS: …[masked 5]'\n"),
            ("  - DB_PASS=a,b {c}#d # here\n", "  - DB_PASS=…[masked 9] # here\n"),
            ("  - \"DB_PASS=a b\" # here\r\n", "  - \"DB_PASS=…[masked 3]\" # here\r\n"),
            ("  - 'DB_PASS=a b'\n", "  - 'DB_PASS=…[masked 3]'\n"),
        ] {
            let want = want.replace(" …'", " '…[masked 4]'").replace(" …[masked 5]'", " '…[masked 5]'");
            assert_eq!(variables(text), want, "{text}");
        }
    }

    #[test]
    fn switches_holes_and_durations_are_no_secrets() {
        for text in [
            "  ALLOW_EMPTY_PASSWORD: \"yes\"\n",
            "  DB_PASSWORD: ${DB_PASSWORD}\n",
            "  DB_PASSWORD_FILE: /run/secrets/db\n",
            "  TOKEN_EXPIRE_MINUTES: 30\n",
            "  COOKIE_DOMAIN: shop.example.test\n",
            "  PASSWORD_POLICY: strict\n",
            "secrets:\n  db_password:\n    file: ./x\n",
            "secrets: [db_password]\n",
        ] {
            assert_eq!(variables(text), text);
        }
    }

    #[test]
    fn values_beside_their_names_are_masked_however_they_are_quoted() {
        for (text, want) in [
            ("{name: DB_PASS, value: abc}", "{name: DB_PASS, value: …[masked 3]}"),
            ("{\"name\":\"DB_PASS\",\"value\":\"a\\\"c\"}", "{\"name\":\"DB_PASS\",\"value\":\"…[masked 4]\"}"),
            (r#"{\"name\":\"DB_PASS\",\"value\":\"a\\\"c\"},"#, r#"{\"name\":\"DB_PASS\",\"value\":\"…[masked 6]\"},"#),
            (r#"{\"name\":\"LEVEL\",\"value\":\"abc\"}"#, r#"{\"name\":\"LEVEL\",\"value\":\"abc\"}"#),
        ] {
            let masked = super::super::masked_by(text, |text, secrets| add_beside(text, 0, secrets));
            assert_eq!(masked, want);
        }
    }

    #[test]
    fn flags_are_masked_in_commands_and_lists() {
        for (text, want) in [
            ("redis-server --requirepass abc", "redis-server --requirepass …[masked 3]"),
            ("[\"x\", \"--password\", \"abc\"]", "[\"x\", \"--password\", \"…[masked 3]\"]"),
            ("  - --token\n  - abc\n", "  - --token\n  - …[masked 3]\n"),
            ("[--token=abc, -v]", "[--token=…[masked 3], -v]"),
            ("curl -f -u me:abc http://x", "curl -f -u me:…[masked 3] http://x"),
            ("[\"redis-cli\", \"-a\", \"abc\", \"ping\"]", "[\"redis-cli\", \"-a\", \"…[masked 3]\", \"ping\"]"),
            ("mysqladmin ping -h db -pabc", "mysqladmin ping -h db -p…[masked 3]"),
            ("mysqladmin ping -p$$MYSQL_PASSWORD", "mysqladmin ping -p$$MYSQL_PASSWORD"),
            ("\"image\":\"mysql\",\"args\":[\"-parallel\"]", "\"image\":\"mysql\",\"args\":[\"-parallel\"]"),
            ("mkdir -p data; id -u 1000:1000", "mkdir -p data; id -u 1000:1000"),
        ] {
            assert_eq!(super::super::masked_by(text, add_flags), want);
        }
    }
}
