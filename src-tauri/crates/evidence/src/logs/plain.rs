//! Lines for people: a time, a level and ids are told by how they look.

use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use crate::mask::constant;

/// Time and level stand in so many bytes at the beginning.
const HEAD: usize = 160;

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?|\d\d[./-]\d\d[./-]\d{4},? \d\d:\d\d|\d\d/[A-Z][a-z]{2}/\d{4}[: ]\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d(?: \d{4})?,? \d\d:\d\d:\d\d|^\W?\d\d:\d\d:\d\d(?-u:\b)|^[IWEF]\d{4} \d\d:\d\d:\d\d",
    )
});
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?-u:\b)(?:TRACE|DEBUG|DBG|INFO|INF|NOTICE|WARN(?:ING)?|WRN|ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|PANIC)(?-u:\b)|[\[<|](?:trace|debug|info|notice|warn(?:ing)?|error|fatal|critical|crit)[\]>|]|(?-u:\b)(?:trce|dbug|info|warn|fail|crit|debug|error|warning): |\t(?:debug|info|warn|error|dpanic|panic|fatal)\t|^[IWEF]\d{4} \d\d:|(?-u:\b)(?:level|lvl|severity)=\w",
    )
});
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    // Spring writes the application, the trace and the span in one pair of brackets.
    constant(
        r"(?i)(?-u:\b)(?:service|service[._-]?name|app|application)[=:]\s?[\w.-]+|\[[a-z][\w.-]*,[0-9a-f]{16,32},[0-9a-f]{16}",
    )
});
static REQUEST_ID: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"(?i)(?-u:\b)((?:x-)?(?:request|req|correlation|trace)[-_. ]?id)["']?\s*[=:]\s*["'\[(]?[0-9a-z][0-9a-z-]{5,}"#,
        r"|(\[)[\w.-]*,?[0-9a-f]{16,32},[0-9a-f]{16}",
        r"|(\[)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\]",
    ))
});

pub(super) fn read(line: &str, found: &mut Line) {
    let head = &line[..line.floor_char_boundary(HEAD)];
    found.time = TIME.is_match(head);
    found.level = LEVEL.is_match(head);
    found.message = !line.is_empty();
    // `app:main:12` is a place in the code.
    found.service = SERVICE.find_iter(line).any(|named| !line[named.end()..].starts_with(':'));
    found.request_id = REQUEST_ID.captures(line).map(|captures| match captures.get(1) {
        Some(name) => name.as_str().to_owned(),
        None => "in brackets".to_owned(),
    });
}
