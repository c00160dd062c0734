//! Commands that a tool says it was called with: flags, headers and variables that carry secrets.

use std::sync::LazyLock;

use regex::Regex;

use super::{Secrets, constant, is_secret_name};
use crate::json::{self, Event};

/// A flag with its value, a header, or a variable before the command. Quotes may be escaped, as within JSON.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?:^|[\s"'])(?:(?P<flag>--?[A-Za-z][A-Za-z0-9._-]*)(?:=|\s+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)=)"#,
        r#"(?:\\?"(?P<double>[^"\\]+)\\?"|'(?P<single>[^']+)'|(?P<bare>[^\s"'\\-][^\s"'\\]*))"#,
    ))
});

static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?i)(?:authorization|cookie|private-token|x-[a-z-]*(?:key|token|secret|auth))\s*:\s*",
        r#"(?:(?:bearer|basic|token|digest)\s+)?([^\s"'\\]+)"#,
    ))
});

/// Whether what follows the flag is a secret, as far as the flag says.
fn is_secret_flag(flag: &str, value: &str) -> bool {
    let name = flag.trim_start_matches('-');
    // `-p` is a password here, a port, a path or a profile there.
    let short = matches!(flag, "-p" | "-P" | "-pw")
        && !value.contains('/')
        && !value.starts_with('.')
        && !value.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    short || name.len() > 2 && is_secret_name(name)
}

/// Marks the secrets of a command as it was typed. `offset` is where it begins in the whole text.
fn add_command(command: &str, offset: usize, secrets: &mut Secrets) {
    let mut position = 0;
    while let Some(found) = PARTS.captures_at(command, position) {
        let value = found.name("double").or(found.name("single")).or(found.name("bare"));
        let (Some(whole), Some(value)) = (found.get(0), value) else { break };
        let flag = found.name("flag").map(|flag| flag.as_str());
        let name = found.name("name").map(|name| name.as_str());
        // `-Dsonar.token=x`: the name stands within the flag.
        if flag.is_some_and(|flag| is_secret_flag(flag, value.as_str())) || name.is_some_and(is_secret_name) {
            secrets.add(offset + value.start()..offset + value.end());
        } else if matches!(flag, Some("-u" | "--user"))
            && let Some(colon) = value.as_str().find(':')
        {
            secrets.add(offset + value.start() + colon + 1..offset + value.end());
        } else if found.name("bare").is_none() {
            // A quoted command within the command.
            add_command(value.as_str(), offset + value.start(), secrets);
        }
        // The value of a flag that takes none is the next flag, or what it belongs to.
        position = value.end().max(whole.start() + 1);
    }
    for found in HEADER.captures_iter(command) {
        if let Some(value) = found.get(1) {
            secrets.add(offset + value.start()..offset + value.end());
        }
    }
}

/// Marks the secrets in the invocations that a SARIF log tells of: command lines, arguments, environments.
pub(crate) fn add_commands(text: &str, secrets: &mut Secrets) {
    let mut position = 0;
    while let Some(at) = text[position..].find("\"invocation") {
        position += at + "\"invocation".len();
        let rest = &text[position..];
        let Some(rest) = rest.strip_prefix('s').unwrap_or(rest).strip_prefix('"') else { continue };
        let Some(value) = rest.trim_start().strip_prefix(':').map(str::trim_start) else { continue };
        if value.starts_with(['[', '{']) {
            let value = &value[..json::length(value)];
            let offset = (value.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            add_invocations(value, offset, secrets);
            // What stands within was walked over with it.
            position = offset + value.len();
        }
    }
}

fn add_invocations(text: &str, offset: usize, secrets: &mut Secrets) {
    let mut flag: Option<String> = None;
    json::walk(text, |event| {
        let Event::String(path, range) = event else { return };
        let value = &text[range.clone()];
        let at = offset + range.start..offset + range.end;
        if path.ends_with("commandLine") {
            add_command(value, at.start, secrets);
        } else if path.ends_with("arguments/[]") {
            let before = flag.take();
            if value.starts_with('-') || before.is_none() {
                add_command(value, at.start, secrets);
                flag = (value.starts_with('-') && !value.contains(['=', ' '])).then(|| value.to_owned());
            } else if before.as_deref().is_some_and(|flag| is_secret_flag(flag, value)) {
                secrets.add(at);
            } else if matches!(before.as_deref(), Some("-u" | "--user"))
                && let Some(colon) = value.find(':')
            {
                secrets.add(at.start + colon + 1..at.end);
            } else {
                add_command(value, at.start, secrets);
            }
        } else if let Some((_, name)) = path.rsplit_once("environmentVariables/")
            && is_secret_name(name)
        {
            secrets.add(at);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(text: &str) -> String {
        super::super::masked_by(text, |text, secrets| add_command(text, 0, secrets))
    }

    #[test]
    fn flags_headers_and_variables_give_their_secrets_away() {
        for (text, want) in [
            ("scan --token hunter2 --out x.sarif", "scan --token …[masked 7] --out x.sarif"),
            ("scan --password=hunter2 src", "scan --password=…[masked 7] src"),
            ("scan -p hunter2 src", "scan -p …[masked 7] src"),
            ("scan --verbose --api-key hunter2", "scan --verbose --api-key …[masked 7]"),
            ("sonar -Dsonar.login=hunter2 -Dsonar.host=x", "sonar -Dsonar.login=…[masked 7] -Dsonar.host=x"),
            (r#"scan --secret \"a b c\" x"#, r#"scan --secret \"…[masked 5]\" x"#),
            ("API_TOKEN=hunter2 scan .", "API_TOKEN=…[masked 7] scan ."),
            ("curl -u app:hunter2 http://h", "curl -u app:…[masked 7] http://h"),
            ("curl -H 'X-Api-Key: hunter2' h", "curl -H 'X-Api-Key: …[masked 7]' h"),
            ("sh -c 'scan --token hunter2'", "sh -c 'scan --token …[masked 7]'"),
        ] {
            assert_eq!(command(text), want);
        }
    }

    #[test]
    fn the_rest_of_a_command_stays_legible() {
        for text in [
            "scan --token-file /run/token src",
            "docker run -p 8080:80 image",
            "semgrep -p ./src --config auto",
            "eslint --format json --output-file out.json",
            "scan --token --verbose src",
            "scan --author me --path x",
        ] {
            assert_eq!(command(text), text);
        }
    }

    #[test]
    fn invocations_are_masked_wherever_they_stand() {
        let text = r#"{"runs":[{"invocations":[{"commandLine":"s --token hunter2","arguments":["--token","hunter2","-v","src","--password=hunter2"],"environmentVariables":{"HOME":"/root","API_TOKEN":"hunter2"}}],"conversion":{"invocation":{"commandLine":"c -p hunter2"}},"results":[{"message":{"text":"invocations are fine"}}]}]}"#;
        let got = super::super::masked_by(text, add_commands);
        assert!(!got.contains("hunter2"), "{got}");
        for kept in ["\"-v\",\"src\"", "\"HOME\":\"/root\"", "s --token ", "\"--token\",", "--password=", "are fine"] {
            assert!(got.contains(kept), "{kept}: {got}");
        }
    }
}
