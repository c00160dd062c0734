//! One line: without what a runtime put before it, and what is in it.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use serde::Deserialize;

use super::{fields, plain};
use crate::{mask::constant, tree::Tree};

/// What container runtimes and their clients put before a line: `[pod/web-1/app]`, `web-1  |`, CRI's time and stream,
/// a time to the nanosecond alone (libraries write micro- or milliseconds), and syslog's host and program.
static PREFIXES: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        constant(r"^\[pod/[^\]\s]+\] "),
        constant(r"^[A-Za-z0-9][A-Za-z0-9_.-]*\s+\| ?"),
        constant(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] "),
        constant(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7,9}(?:Z|[+-]\d\d:\d\d) "),
        constant(r"^<\d{1,3}>1 \d{4}-\d\d-\d\dT\S+ \S+ \S+ \S+ \S+ (?:-|\[[^\]]*\]) (?:\u{FEFF})?"),
        constant(
            r"^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [A-Za-z0-9_.-]+ [A-Za-z0-9_./@-]+(?:\[\d+\])?: ",
        ),
    ]
});
/// Where a stack trace goes on.
static CONTINUES: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^(?:\s|Caused by: |Suppressed: |at [\w$.<]+|Traceback \(most recent call last\):|\.\.\. \d+ (?:more|common frames)|[\w$]+(?:\.[\w$]+)*(?:Exception|Error)(?::|$)|During handling of |goroutine \d+|\}|\]|\{$|#\d+ |\[stacktrace\]|\x22\})",
    )
});

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Json,
    Logfmt,
    Plain,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub shape: Shape,
    pub level: bool,
    pub time: bool,
    pub message: bool,
    pub service: bool,
    /// The field with the id of the request.
    pub request_id: Option<String>,
}

/// A line as Docker keeps it.
#[derive(Deserialize)]
struct Docker<'a> {
    #[serde(borrow)]
    log: Cow<'a, str>,
    #[serde(borrow)]
    stream: Cow<'a, str>,
}

/// Colours for a terminal, which nobody needs in a file.
static COLOURS: LazyLock<Regex> = LazyLock::new(|| constant(r"\x1b\[[0-9;]*m"));

/// The line as the application wrote it, without colours.
pub(crate) fn unwrapped(line: &str) -> Cow<'_, str> {
    let line = line.trim_end();
    if line.contains('\x1b') {
        let plain = COLOURS.replace_all(line, "");
        return Cow::Owned(unwrapped(plain.replace('\x1b', "").as_str()).into_owned());
    }
    if line.starts_with("{\"log\":")
        && let Ok(Docker { log, stream }) = serde_json::from_str::<Docker<'_>>(line)
        && ["stdout", "stderr"].contains(&&*stream)
    {
        return Cow::Owned(COLOURS.replace_all(log.trim_end(), "").into_owned());
    }
    let (mut rest, mut done) = (line, [false; 6]);
    // Each at most once, in any order: kubectl puts the pod before the time, compose the other way round.
    while let Some((index, found)) = PREFIXES
        .iter()
        .enumerate()
        .filter(|(index, _)| !done[*index])
        .find_map(|(index, prefix)| Some((index, prefix.find(rest)?)))
    {
        done[index] = true;
        rest = &rest[found.end()..];
    }
    Cow::Borrowed(rest)
}

/// Whether a line is drawn, not written: the banner of a framework, a rule.
pub(crate) fn is_ornament(line: &str) -> bool {
    let (words, all) = line
        .chars()
        .filter(|c| !c.is_whitespace())
        .fold((0_usize, 0_usize), |(words, all), c| (words + usize::from(c.is_alphanumeric()), all + 1));
    all > 0 && words * 5 <= all
}

/// Whether a line goes on with the one before: a stack trace, a value over several lines.
pub(crate) fn is_continuation(line: &str) -> bool {
    CONTINUES.is_match(line)
}

impl Line {
    /// Reads a line that was unwrapped.
    pub(crate) fn of(line: &str) -> Self {
        if line.starts_with('{')
            && let Ok(tree @ Tree::Object(_)) = serde_json::from_str::<Tree<'_>>(line)
        {
            let mut found = Self::empty(Shape::Json);
            fields::of_json(&tree, &mut found);
            return found;
        }
        let pairs = fields::logfmt(line);
        if pairs.len() >= 3 {
            let mut found = Self::empty(Shape::Logfmt);
            fields::of_pairs(&pairs, &mut found);
            // Pairs behind a sentence do not make it logfmt.
            if found.level || found.time {
                return found;
            }
        }
        let mut found = Self::empty(Shape::Plain);
        plain::read(line, &mut found);
        found
    }

    fn empty(shape: Shape) -> Self {
        Self { shape, level: false, time: false, message: false, service: false, request_id: None }
    }

    /// Whether nothing but a log has lines like this.
    pub(crate) fn is_clear(&self) -> bool {
        match self.shape {
            Shape::Json | Shape::Logfmt => self.message && (self.level || self.time),
            Shape::Plain => self.level && self.time,
        }
    }
}
