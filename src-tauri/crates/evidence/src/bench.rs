//! What benchmarks of configuration print for people to read: a line a check, `[WARN] 1.1.1 - Ensure …`.

use std::{borrow::Cow, collections::HashSet};

/// A check of such a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Check<'a> {
    /// `PASS`, `FAIL`, `WARN`, `INFO` or `NOTE`.
    pub word: &'a str,
    /// Number of the check: `1.1.1`.
    pub id: &'a str,
    /// What is checked.
    pub text: &'a str,
    /// Headings over it, the outermost first.
    pub headings: Vec<&'a str>,
    /// What is told of it in the lines below, without their bullets.
    pub details: Vec<&'a str>,
    /// 1-based line.
    pub line: u64,
}

/// Words at the beginning of a line.
const WORDS: [&str; 5] = ["PASS", "FAIL", "WARN", "INFO", "NOTE"];

/// No number of a check is longer, in bytes.
const LONGEST_NUMBER: usize = 64;

/// The text without the colours of a terminal; lines stay where they are.
pub(crate) fn without_colours(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1B}') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('\u{1B}') {
        out.push_str(before);
        rest = after.strip_prefix('[').map_or(after, |code| {
            // Numbers and semicolons, ended by a letter.
            let end = code.find(|c: char| !(c.is_ascii_digit() || c == ';')).unwrap_or(code.len());
            code[end..].strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(&code[end..])
        });
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A line as its word, its number and its text; the number is empty where there is none.
pub(crate) fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (word, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim();
    let (id, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let numbered = id.len() <= LONGEST_NUMBER && id.contains(|c: char| c.is_ascii_digit());
    let numbered = numbered && !id.contains([':', '/', '=']);
    let (id, text) = if numbered { (id, text.trim()) } else { ("", rest) };
    let text = text.strip_prefix("- ").unwrap_or(text).trim();
    WORDS.contains(&word).then_some((word, id.trim_end_matches('.'), text))
}

/// The checks of a text without colours, in their order.
pub(crate) fn checks(text: &str) -> Vec<Check<'_>> {
    // What has a number below it is a heading, as is what stands at the top. A number of two parts may be either: it is a
    // check where others like it passed or failed.
    let (mut above, mut flat) = (HashSet::new(), HashSet::new());
    for (word, id, _) in text.lines().filter_map(parts) {
        above.extend(id.match_indices('.').map(|(at, _)| &id[..at]));
        if word != "INFO" && id.matches('.').count() == 1 {
            flat.extend(id.split('.').next());
        }
    }
    let is_heading = |line: &str, id: &str| match id.split_once('.') {
        None => id.bytes().all(|byte| byte.is_ascii_digit()),
        Some((first, rest)) => {
            let dashed = line.split_once(id).is_some_and(|(_, rest)| rest.trim_start().starts_with("- "));
            above.contains(id) || !(rest.contains('.') || flat.contains(first) || dashed && !flat.is_empty())
        }
    };
    let (mut checks, mut headings): (Vec<Check<'_>>, Vec<(&str, &str)>) = (Vec::new(), Vec::new());
    let mut heading_before = false;
    for (line, number) in text.lines().zip(1_u64..) {
        let Some((word, id, text)) = parts(line) else { continue };
        if id.is_empty() {
            let detail = text.trim_start_matches(['*', ' ']);
            if let Some(check) = checks.last_mut().filter(|_| text.starts_with('*') && !detail.is_empty()) {
                check.details.push(detail);
            }
        } else if word == "INFO" && is_heading(line, id) {
            let inside = |outer: &str| id.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
            // Of two of one number the other stands right below; behind checks, it begins anew, as on the next host.
            let again = |outer: &str| heading_before && outer == id && !id.contains('.');
            headings.retain(|(outer, _)| inside(outer) || again(outer));
            headings.push((id, text));
            heading_before = true;
        } else {
            let headings = headings.iter().map(|(_, text)| *text).collect();
            checks.push(Check { word, id, text, headings, details: Vec::new(), line: number });
            heading_before = false;
        }
    }
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_checks() {
        let text = "[INFO] 1 - Host\n[INFO] 1.1 - Linux\n[INFO] 1.1.1 - Look\n[INFO]      * users: a\n[WARN] 1.1.2  - Do (x)\n\
                    [INFO] 2 Etcd\n[INFO] 2 Files\n[PASS] 2.1 Set\n[INFO] Checks: 3\n[odd] 3.1 x\n";
        let seen: Vec<String> = checks(text)
            .iter()
            .map(|c| format!("{} {} {} {:?} {:?} {}", c.word, c.id, c.text, c.headings, c.details, c.line))
            .collect();
        let want = [
            r#"INFO 1.1.1 Look ["Host", "Linux"] ["users: a"] 3"#,
            r#"WARN 1.1.2 Do (x) ["Host", "Linux"] [] 5"#,
            r#"PASS 2.1 Set ["Etcd", "Files"] [] 8"#,
        ];
        assert_eq!(seen, want);
    }

    #[test]
    fn a_number_of_two_parts_is_a_check_where_others_are() {
        let seen = |text| checks(text).iter().map(|check| check.id.to_owned()).collect::<Vec<_>>();
        assert_eq!(seen("[INFO] 5 Managed\n[INFO] 5.1 Category\n[INFO] V-1 Look\n[FAIL] V-2 Do\n"), ["V-1", "V-2"]);
        assert_eq!(
            seen("[INFO] 1 - Host\n[WARN] 1.1  - Do\n[INFO] 6 - Operations\n[INFO] 6.1  - Look\n"),
            ["1.1", "6.1"]
        );
        assert_eq!(
            seen("[INFO] 2 Etcd\n[PASS] 2.1 Do\n[INFO] 3 Plane\n[INFO] 3.1 Logging\n[WARN] 3.1.1 x\n"),
            ["2.1", "3.1.1"]
        );
    }

    #[test]
    fn reports_of_many_nodes_one_behind_the_other_keep_their_own_headings() {
        let one = "[INFO] 4 Worker\n[INFO] 4.1 Files\n[PASS] 4.1.1 Set\n";
        let text = one.repeat(300);
        assert!(checks(&text).iter().all(|check| check.headings == ["Worker", "Files"]));
    }

    #[test]
    fn no_number_is_as_long_as_a_line() {
        let line = format!("[PASS] 1{} x", ".1".repeat(300_000));
        assert!(checks(&line).is_empty());
    }

    #[test]
    fn colours_go() {
        assert_eq!(without_colours("\u{1B}[1;31m[WARN]\u{1B}[0m 1.1"), "[WARN] 1.1");
        assert_eq!(without_colours("a\u{1B}"), "a");
        assert_eq!(without_colours("a\u{1B}[3"), "a");
    }
}
