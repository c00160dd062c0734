//! Files of one line of 50 MB: an answer comes, in bounded memory. Alone in its process, so that the memory is its own.
#![allow(clippy::disallowed_methods, reason = "tests read files")]

use groma_evidence::{Outcome, read};

const LARGE: usize = 50 * 1024 * 1024;

/// The most memory this process has used so far, in bytes; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or_default() * 1024
}

/// A start, and then a part over and over without an end of line.
fn line(start: &str, part: &str) -> String {
    let mut text = String::with_capacity(LARGE + part.len());
    text.push_str(start);
    while text.len() < LARGE {
        text.push_str(part);
    }
    text
}

#[test]
fn one_line_of_many_megabytes_is_refused_in_bounded_memory() {
    let header = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success\n";
    for (what, start, part) in
        [("a JSON text", "[\"", "a"), ("an XML tag", "<report ", "a='b' "), ("cells", header, "1,")]
    {
        let text = line(start, part);
        match read("large", text.as_bytes(), None) {
            Outcome::Refused { reason, .. } => assert!(!reason.is_empty(), "{what}"),
            // Of the row of cells nothing but its place is told.
            Outcome::Imported(import) => assert!(what == "cells" && import.diagnostics.len() < 10, "{what}"),
            other => panic!("{what}: {other:?}"),
        }
    }
    // A text, the cells it is cut into, and what the masking of secrets looks for.
    let most = 10 * LARGE;
    assert!(peak() <= most, "{} MiB were used", peak() / 1024 / 1024);
}
