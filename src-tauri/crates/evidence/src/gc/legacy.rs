//! What the JVM wrote before the unified log (`-verbose:gc`, `-XX:+PrintGCDetails`, JDK 8 and older).

use std::sync::LazyLock;

use regex::Regex;

use super::{Collected, date};
use crate::{mask::constant, units};

/// A line that opens a collection, with its date and its uptime where they were asked for.
static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^(?:(\d{4}-\d\d-\d\dT[\d:.,]+[+-]\d{4}): ?)?(?:(\d+[.,]\d+): ?)?(?:#\d+: ?)?",
        r"\[(Full GC|GC|Pause (?:Full|Init|Final|Degenerated)|Concurrent)(?-u:\b)",
    ))
});
/// `, 0.0062321 secs]`, the last of which is that of the whole; Shenandoah writes milliseconds.
static DURATION: LazyLock<Regex> = LazyLock::new(|| constant(r",? (\d+[.,]\d+) (secs|ms)\]"));
/// `85088K->9000K(125952K)`.
static HEAP: LazyLock<Regex> = LazyLock::new(|| constant(r"[\d.]+[BKMG](?:\([\d.]+[BKMG]\))?->([\d.]+[BKMG])\("));
/// Marks of generations, and the collector that has them.
const GENERATIONS: &[(&str, &str)] = &[
    ("[GC pause", "G1"),
    ("garbage-first heap", "G1"),
    ("[ParNew", "Concurrent Mark Sweep"),
    ("CMS-", "Concurrent Mark Sweep"),
    ("[PSYoungGen", "Parallel"),
    ("[DefNew", "Serial"),
    ("[Pause Init Mark", "Shenandoah"),
];

/// A log that is being read.
#[derive(Debug, Default)]
pub(crate) struct Legacy {
    pub collected: Collected,
    /// A pause whose duration comes on a later line, and whether it is one of the whole heap.
    open: Option<bool>,
}

/// A number, in some locales with a comma.
fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// What stands in the outermost bracket and in no other.
fn outermost(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 1
        })
        .collect()
}

impl Legacy {
    /// Whether a line opens a collection.
    pub(crate) fn is_line(line: &str) -> bool {
        let lasts = [" secs]", " ms]", "[GC pause"].iter().any(|mark| line.contains(mark));
        lasts && OPENS.is_match(line)
    }

    /// Reads a line.
    pub(crate) fn add(&mut self, line: &str) {
        self.collected.lines += 1;
        if let Some((_, collector)) = GENERATIONS.iter().find(|(mark, _)| line.contains(mark))
            && self.collected.collector.is_empty()
        {
            (*collector).clone_into(&mut self.collected.collector);
        }
        // Times of the processor stand behind, and end like a duration.
        let body = line.split("[Times:").next().unwrap_or_default();
        let millis = DURATION.captures_iter(body).last().and_then(|found| {
            let factor = if &found[2] == "ms" { 1.0 } else { 1e3 };
            // Rounded to a picosecond, so that 0.0415 s is 41.5 ms and not its neighbour.
            number(&found[1]).map(|number| (number * factor * 1e9).round() / 1e9)
        });
        let Some(opens) = OPENS.captures(line) else {
            self.further(body, millis);
            return;
        };
        self.collected.known += 1;
        let uptime = opens.get(2).and_then(|uptime| number(uptime.as_str())).map(|seconds| seconds * 1e3);
        self.collected.clock(uptime.or_else(|| date(opens.get(1)?.as_str())));
        if &opens[3] == "Concurrent" || body.contains("[GC concurrent") {
            self.collected.events += usize::from(millis.is_some());
            return;
        }
        let full = matches!(&opens[3], "Full GC" | "Pause Full");
        match millis {
            Some(millis) => self.pause(millis, full),
            None => self.open = Some(full),
        }
        let whole = outermost(body);
        self.collected.heap_after(HEAP.captures_iter(&whole).last().and_then(|found| units::bytes(&found[1])));
    }

    /// A line within a collection, or of concurrent work.
    fn further(&mut self, body: &str, millis: Option<f64>) {
        let trimmed = body.trim_start();
        if let Some(heap) = trimmed.find(" Heap: ").filter(|_| trimmed.starts_with("[Eden:")) {
            self.collected.known += 1;
            let heap = HEAP.captures(&trimmed[heap..]).and_then(|found| units::bytes(&found[1]));
            self.collected.heap_after(heap);
            return;
        }
        if let (Some(millis), Some(full), false) = (millis, self.open, trimmed.starts_with('[')) {
            self.pause(millis, full);
            self.collected.heap_after(HEAP.captures_iter(trimmed).last().and_then(|found| units::bytes(&found[1])));
        } else if trimmed.contains("[CMS-concurrent") && body.contains(" secs]") {
            self.collected.events += 1;
        } else {
            // Details of a collection are lines of the collector, too.
            self.collected.known += usize::from(trimmed.starts_with('['));
            return;
        }
        self.collected.known += 1;
    }

    fn pause(&mut self, millis: f64, full: bool) {
        self.open = None;
        self.collected.events += 1;
        self.collected.full += usize::from(full);
        self.collected.pauses.push(millis);
    }
}
