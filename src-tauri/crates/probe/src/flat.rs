//! Files of configuration as a flat list of keys and values, each with its line.
//!
//! By lines rather than by a parser of each form: what templates, variables and half-written files hold is read as far
//! as it goes, and nothing is refused.

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// From the top, with dots.
    pub key: String,
    pub value: String,
    pub line: u32,
}

/// Deeper levels are not told apart.
const DEEPEST: usize = 40;

/// The settings of a YAML file, comments already blanked.
pub(crate) fn yaml(text: &str) -> Vec<Setting> {
    let mut found = Vec::new();
    let mut path: Vec<(usize, String)> = Vec::new();
    for (line, raw) in (1..).zip(text.lines()) {
        let mut rest = raw.trim_start();
        if rest.starts_with("---") {
            path.clear();
            continue;
        }
        let mut indent = raw.len() - rest.len();
        while let Some(item) = rest.strip_prefix("- ") {
            indent += rest.len() - item.trim_start().len();
            rest = item.trim_start();
        }
        let Some((key, value)) = split(rest, ": ").or_else(|| rest.trim_end().strip_suffix(':').map(|key| (key, "")))
        else {
            continue;
        };
        path.retain(|(at, _)| *at < indent);
        if path.len() < DEEPEST {
            path.push((indent, key.trim().trim_matches(['"', '\'']).to_owned()));
        }
        let value = value.trim();
        if !value.is_empty() && value != "|" && value != ">" {
            let key = path.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>().join(".");
            found.push(Setting { key, value: value.trim_matches(['"', '\'']).to_owned(), line });
        }
    }
    found
}

/// The settings of properties, `.env` and INI files; sections become the beginning of keys.
pub(crate) fn lines(text: &str) -> Vec<Setting> {
    let mut section = String::new();
    let mut found = Vec::new();
    for (line, raw) in (1..).zip(text.lines()) {
        let rest = raw.trim().trim_start_matches("export ");
        if let Some(name) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = format!("{}.", name.trim_matches(['[', ']', ' ']));
            continue;
        }
        let Some((key, value)) = rest.split_once('=').or_else(|| split(rest, ": ")) else { continue };
        if !key.trim().contains(' ') {
            found.push(Setting {
                key: format!("{section}{}", key.trim()),
                value: value.trim().trim_matches(['"', '\'']).to_owned(),
                line,
            });
        }
    }
    found
}

/// The settings of a JSON file.
pub(crate) fn json(text: &str) -> Vec<Setting> {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let (mut line, mut key): (u32, Option<String>) = (1, None);
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        match char {
            '\n' => line += 1,
            '{' | '[' => path.push(key.take().unwrap_or_default()),
            '}' | ']' => {
                path.pop();
            }
            ',' => key = None,
            '"' => {
                let (mut end, mut closed) = (at + 1, false);
                while let Some((next, char)) = chars.next() {
                    end = next;
                    match char {
                        '\\' => drop(chars.next()),
                        '"' => {
                            closed = true;
                            break;
                        }
                        '\n' => line += 1,
                        _ => {}
                    }
                }
                if !closed {
                    break;
                }
                let value = text.get(at + 1..end).unwrap_or_default();
                match key.take() {
                    None if text[end..].trim_start_matches('"').trim_start().starts_with(':') => {
                        key = Some(value.to_owned())
                    }
                    named => keep(&mut found, &path, named, value, line),
                }
            }
            _ if char.is_ascii_alphanumeric() || char == '-' => {
                let length = text[at..].find([',', '}', ']', '\n', ' ']).unwrap_or(text.len() - at);
                while chars.peek().is_some_and(|(next, _)| *next < at + length) {
                    chars.next();
                }
                keep(&mut found, &path, key.take(), &text[at..at + length], line);
            }
            _ => {}
        }
    }
    found
}

fn keep(found: &mut Vec<Setting>, path: &[String], key: Option<String>, value: &str, line: u32) {
    let parts = path.iter().take(DEEPEST).map(String::as_str).chain(key.as_deref()).filter(|part| !part.is_empty());
    found.push(Setting { key: parts.collect::<Vec<_>>().join("."), value: value.trim().to_owned(), line });
}

/// A key and its value; the key has no blanks in it.
fn split<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(sign).filter(|(key, _)| !key.trim().is_empty() && !key.starts_with(['{', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(settings: Vec<Setting>) -> Vec<String> {
        settings.into_iter().map(|setting| format!("{}: {}={}", setting.line, setting.key, setting.value)).collect()
    }

    #[test]
    fn each_form_becomes_the_same_list() {
        assert_eq!(
            told(yaml(
                "spring:\n  datasource:\n    hikari:\n      maximum-pool-size: 20\n  jpa:\n    show: true\nlist:\n  - name: a\n    value: 'b'\n"
            )),
            [
                "4: spring.datasource.hikari.maximum-pool-size=20",
                "6: spring.jpa.show=true",
                "8: list.name=a",
                "9: list.value=b"
            ]
        );
        assert_eq!(
            told(lines("[pgbouncer]\npool_size = 20\nA=b\n")),
            ["2: pgbouncer.pool_size=20", "3: pgbouncer.A=b"]
        );
        assert_eq!(
            told(json("{\n \"a\": {\"b\": 1, \"c\": \"d \\\" e\"},\n \"f\": [true, {\"g\": -2}]\n}")),
            ["2: a.b=1", "2: a.c=d \\\" e", "3: f=true", "3: f.g=-2"]
        );
        assert_eq!(told(json("{\"a\": \"b")), Vec::<String>::new());
    }
}
