//! The summary that hey prints, boom before it and oha after it.

use super::{Run, served};
use crate::{Import, Refusal, units};

/// What oha calls requests that the end of the test cut off.
pub(crate) const DEADLINE: &str = "aborted due to deadline";

/// Whether the text has a summary of theirs; a prompt, or how far the run is, may stand before it.
pub(crate) fn looks_like(head: &str) -> bool {
    let heading = head.lines().take(200).any(|line| line.trim() == "Summary:");
    heading && head.contains("Requests/sec:") && head.contains("Slowest:")
}

/// Whether oha wrote it.
pub(crate) fn is_oha(head: &str) -> bool {
    head.contains("Success rate:")
}

/// Reads the summary, or each where a file has the output of several runs.
///
/// # Errors
/// A text that breaks off before it says how many requests failed.
pub(crate) fn read(text: &str, import: &mut Import) -> Result<(), Refusal> {
    let (mut parts, mut start, mut at, mut before, mut summaries) = (Vec::new(), 0, 0, 0, 0_usize);
    for (number, line) in (0_u64..).zip(text.split_inclusive('\n')) {
        if line.trim() == "Summary:" {
            summaries += 1;
            if summaries > 1 {
                parts.push((&text[start..at], before));
                (start, before) = (at, number);
            }
        }
        at += line.len();
    }
    parts.push((&text[start..], before));
    if parts.len() > 1 {
        import.note(None, format!("{} runs in the file: each is measured by itself", parts.len()));
    }
    let several = parts.len() > 1;
    for (index, (part, before)) in parts.into_iter().enumerate() {
        let subject = if several { format!("run {}", index + 1) } else { String::new() };
        one(part, before, subject, import)?;
    }
    Ok(())
}

/// Reads one summary, before which so many lines stand.
fn one(text: &str, before: u64, subject: String, import: &mut Import) -> Result<(), Refusal> {
    let line = (!subject.is_empty()).then_some(before + 1);
    let mut run = Run::of(&*subject);
    run.line = line;
    let (mut answered, mut bad, mut errors, mut section) = (0.0, 0.0, 0.0, "");
    let (mut statuses, mut told, mut rate) = (Vec::new(), false, None);
    for (number, line) in (before + 1..).zip(text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = format!("line {number}");
        let count = |word: &str| word.parse::<f64>().ok().filter(|value| value.is_finite());
        // boom ends its sentences.
        let millis = |value: &str, unit: &str| units::millis(&format!("{value}{}", unit.trim_end_matches('.')));
        match &words[..] {
            ["Summary:"] => section = "summary",
            ["Status", "code", "distribution:"] => (section, told) = ("status", true),
            ["Error", "distribution:"] => (section, told) = ("error", true),
            // `Response time distribution:` is the first of several where oha parts them by outcome.
            [.., "distribution:"] if section != "percentiles" => section = "percentiles",
            ["Success", "rate:", percent] => rate = count(percent.trim_end_matches('%')),
            ["Requests/sec:", value] => run.set("http.rate", count(value), at),
            ["Total:", value, unit] if section == "summary" => run.set("load.duration", millis(value, unit), at),
            ["Slowest:", value, unit] if section == "summary" => run.set("http.latency.max", millis(value, unit), at),
            ["Average:", value, unit] if section == "summary" => run.set("http.latency.avg", millis(value, unit), at),
            [percent, "in", value, unit] if percent.ends_with('%') => {
                let known = count(percent.trim_end_matches('%')).zip(millis(value, unit));
                if let Some((percent, value)) = known
                    && super::percentile(percent).is_some_and(|metric| run.value(metric).is_none())
                {
                    run.percentile(percent, value, at);
                }
            }
            [status, number, "responses"] if section == "status" => {
                let number = count(number).unwrap_or(0.0);
                let status = status.trim_matches(['[', ']']);
                answered += number;
                bad += if served(status) { 0.0 } else { number };
                statuses.push((status.to_owned(), number, at));
            }
            [number, ..] if section == "error" && number.starts_with('[') => {
                let number = count(number.trim_matches(['[', ']'])).unwrap_or(0.0);
                match line.contains(DEADLINE) {
                    true => {
                        import.note(None, format!("{number} requests were under way at the end of the test: left out"))
                    }
                    false => errors += number,
                }
            }
            // Sections of single parts of a request, which have an average and a slowest of their own.
            [name] if name.ends_with(':') => section = "part",
            ["Detailed", "Report:"] | ["Details", ..] => section = "part",
            _ => {}
        }
    }
    if !told && run.value("http.latency.max").is_some_and(|max| max > 0.0) {
        return Err(Refusal::new(
            "the file breaks off before the status codes: how many requests failed is unknown",
            "copy the whole output; nothing of it was imported",
        ));
    }
    run.set("http.requests", answered + errors, "Status code distribution");
    run.set("http.failed.count", bad + errors, "Status code distribution");
    run.set("http.socket_errors", errors, "Error distribution");
    if bad > 0.0 && rate.is_some_and(|rate| rate >= 100.0) {
        import.warn(None, "oha's success rate of 100 % counts error answers as successes: they are counted as failed");
    }
    run.emit(import);
    for (status, count, at) in statuses {
        let status = if subject.is_empty() { status } else { format!("{subject}: {status}") };
        import.measure("http.status.responses", count, status, at);
    }
    Ok(())
}
