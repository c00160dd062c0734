//! The unified log (`-Xlog:gc*`, JDK 9 and later).

use super::date;

/// Collectors, as they say that they are used.
const COLLECTORS: &[&str] = &["Serial", "Parallel", "G1", "Concurrent", "Shenandoah", "Epsilon", "The"];

/// A line of the log.
pub(crate) struct Line<'a> {
    /// Uptime or any other clock of the line, in milliseconds.
    pub clock: Option<f64>,
    pub tags: &'a str,
    pub message: &'a str,
}

/// Reads a line. Which decorations stand before the message was up to whoever started the JVM; without tags a line is the
/// collector's when it speaks of a collection.
pub(crate) fn line(text: &str) -> Option<Line<'_>> {
    let (mut rest, mut clock, mut tags) = (text.trim(), None, "");
    while let Some((decoration, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let decoration = decoration.trim();
        clock = clock.or_else(|| millis(decoration)).or_else(|| date(decoration));
        if decoration.split(',').next().is_some_and(|tag| tag.trim() == "gc" || tag.trim() == "safepoint") {
            tags = decoration;
        }
        rest = after;
    }
    let message = rest.trim();
    if tags.is_empty() {
        let number = message.strip_prefix("GC(").and_then(|rest| rest.split_once(") "));
        let collection = number.is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
        let using = message.strip_prefix("Using ").and_then(|rest| rest.split(' ').next());
        if !collection && !using.is_some_and(|name| COLLECTORS.contains(&name)) {
            return None;
        }
        tags = "gc";
    }
    Some(Line { clock, tags, message })
}

/// `0.018s`, `2,048s`, `233ms`, `18000000ns` to milliseconds; a decimal comma is what some locales write.
fn millis(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite());
    match (text.strip_suffix("ms"), text.strip_suffix("ns")) {
        (Some(millis), _) => number(millis),
        (_, Some(nanos)) => number(nanos).map(|nanos| nanos / 1e6),
        _ => number(text.strip_suffix('s')?).map(|seconds| seconds * 1e3),
    }
}

impl Line<'_> {
    /// What a collection did, behind its number. The generations of ZGC put a letter before it.
    pub(crate) fn event(&self) -> Option<&str> {
        let (_, event) = self.message.split_once(") ")?;
        Some(["y: ", "Y: ", "O: "].iter().find_map(|of| event.strip_prefix(of)).unwrap_or(event))
    }

    /// How long it took, where the line ends with that.
    pub(crate) fn duration(&self) -> Option<f64> {
        let (_, word) = self.message.rsplit_once(' ')?;
        if word.ends_with("ns") { None } else { millis(word) }
    }

    /// The heap after a collection, of `14M->12M(128M)`, in bytes.
    pub(crate) fn heap_after(&self) -> Option<f64> {
        self.message.split_whitespace().rev().find_map(|word| {
            let (_, after) = word.split_once("->")?;
            let size = after.split('(').next()?;
            crate::units::bytes(size)
        })
    }
}
