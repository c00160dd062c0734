//! Reports among other text: what a shell, a container or a build printed before and after them.

use crate::{Format, json};

/// A report begins within so many lines.
const LINES: usize = 60;
/// So many places are looked at.
const TRIES: usize = 12;

/// A report, and what stood around it.
#[derive(Debug)]
pub(crate) struct Wrapped {
    /// The report, behind as many empty lines as stood before it: places stay right.
    pub report: String,
    /// What stood around it.
    pub around: String,
    /// Lines of that.
    pub lines: usize,
}

/// The report within a text that is more than that, where `known` knows its format. A page that shows a report is none.
pub(crate) fn unwrap(
    text: &str,
    known: impl Fn(&str) -> Option<&'static Format>,
) -> Option<(&'static Format, Wrapped)> {
    if text.trim_start().starts_with("<!DOCTYPE html") || text.trim_start().starts_with("<html") {
        return None;
    }
    let (mut start, mut tries) = (0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate().take(LINES) {
        if line.trim_start().starts_with("```") {
            return None;
        }
        if begins(line) {
            tries += 1;
            let rest = &text[start..];
            let end = end(rest);
            // At the first line it is the whole text that was tried already, unless something follows.
            let more = number > 0 || !rest[end..].trim().is_empty();
            if more && let Some(format) = known(&rest[..end]) {
                let (before, after) = (&text[..start], &rest[end..]);
                let around = [before, after].concat();
                // Then it is a part of the report itself, and nothing is ever half read.
                if around.contains(['{', '}']) || around.contains("</") {
                    return None;
                }
                let lines = around.lines().filter(|line| !line.trim().is_empty()).count();
                // A declaration must be the first thing of all.
                let declared = if rest.starts_with("<?xml") { rest.find("?>").map_or(0, |at| at + 2) } else { 0 };
                let report = ["\n".repeat(number).as_str(), &" ".repeat(declared), &rest[declared..end]].concat();
                return Some((format, Wrapped { report, around, lines }));
            }
            if tries == TRIES {
                return None;
            }
        }
        start += line.len();
    }
    None
}

/// Whether a report may begin in a line.
fn begins(line: &str) -> bool {
    line.starts_with(['{', '[']) || line.starts_with("<?xml") || line.starts_with("<!DOCTYPE") || {
        line.strip_prefix('<').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    }
}

/// Where a report ends: with its last bracket, of a stream with the last one's; of XML with its last tag.
fn end(rest: &str) -> usize {
    if rest.starts_with('<') {
        return rest.rfind('>').map_or(rest.len(), |end| end + 1);
    }
    let mut end = 0;
    loop {
        let tail = &rest[end..];
        let next = tail.trim_start();
        if !next.starts_with(['{', '[']) {
            return end;
        }
        end += tail.len() - next.len();
        end += json::length(&rest[end..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_between_what_was_printed_around_it() {
        let known =
            |wanted: &'static str| move |report: &str| (report == wanted).then(|| &crate::formats::formats()[0]);
        let found = |text: &str, wanted: &'static str| unwrap(text, known(wanted)).map(|(_, found)| found.report);
        let json = "{\"a\":1}";
        assert_eq!(found("npm WARN old\n[INFO] x\n{\"a\":1}\nbye", json).as_deref(), Some("\n\n{\"a\":1}"));
        assert_eq!(found("{\"a\":1}\nbye", json).as_deref(), Some(json));
        assert_eq!(
            found("$ scan\n{\"a\":1}\n{\"b\":2}\nbye", "{\"a\":1}\n{\"b\":2}").as_deref(),
            Some("\n{\"a\":1}\n{\"b\":2}")
        );
        assert_eq!(found("warning\n<a>\n</a>\nbye", "<a>\n</a>").as_deref(), Some("\n<a>\n</a>"));
        assert_eq!(found("# How to\n```json\n{\"a\":1}\n```", json), None);
        assert_eq!(found(json, json), None);
        assert_eq!(found("{\"error\":0}\n{\"a\":1}\nbye", json), None);
        assert_eq!(found("{\"a\":1}\ngarbage\n{\"b\":1}", json), None);
    }
}
