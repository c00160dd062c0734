//! ab (ApacheBench), text.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    load::{self, Run},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "ab",
    title: "ab (ApacheBench), text",
    tool: "ab",
    note: "Every run of the file; whole milliseconds. Failed are answers other than 2xx, connections that failed, and exceptions; a \
           body of another length than the first is what dynamic pages have, and is told, not counted.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    Confidence::certain_if(
        head.contains("This is ApacheBench")
            || head.contains("Complete requests:") && head.contains("Time per request:"),
    )
}

/// A run of several that a file may hold, and how many lines stand before it.
struct Part<'a> {
    text: &'a str,
    before: u64,
}

/// The runs of a file: each begins with the banner, or where that was left out with the name of the server.
fn parts(text: &str) -> Vec<Part<'_>> {
    let begin = ["This is ApacheBench", "Server Software:"].into_iter().find(|begin| text.contains(begin));
    let (mut parts, mut start, mut at, mut before) = (Vec::new(), 0, 0, 0);
    for (number, line) in (0_u64..).zip(text.split_inclusive('\n')) {
        if begin.is_some_and(|begin| line.trim_start().starts_with(begin)) {
            parts.push(Part { text: &text[start..at], before });
            (start, before) = (at, number);
        }
        at += line.len();
    }
    parts.push(Part { text: &text[start..], before });
    // What stands before the first is none.
    parts.retain(|part| !part.text.trim().is_empty());
    if parts.len() > 1 && begin.is_some_and(|begin| !parts[0].text.contains(begin)) {
        parts.remove(0);
    }
    parts
}

impl<'a> Part<'a> {
    fn lines(&self) -> impl Iterator<Item = (u64, &'a str)> {
        (self.before + 1..).zip(self.text.lines())
    }

    /// What stands behind a label.
    fn field(&self, label: &str) -> Option<(&'a str, String)> {
        let found = |line: &'a str| line.trim_start().strip_prefix(label).map(str::trim);
        self.lines().find_map(|(number, line)| Some((found(line)?, format!("line {number}"))))
    }

    fn number(&self, label: &str) -> Option<(f64, String)> {
        let (value, at) = self.field(label)?;
        let value = value.split_whitespace().next()?.parse().ok().filter(|value: &f64| value.is_finite())?;
        Some((value, at))
    }

    /// What was asked.
    fn target(&self) -> String {
        let part = |label| self.field(label).map(|(value, _)| value).unwrap_or_default();
        match (part("Server Hostname:"), part("Server Port:"), part("Document Path:")) {
            ("", ..) => String::new(),
            (host, port, path) => format!("{host}:{port}{path}"),
        }
    }

    /// Why there are no totals.
    fn broken_off(&self) -> String {
        let reason = self.text.lines().find(|line| line.starts_with("apr_") || line.starts_with("ab: "));
        format!("the load test broke off before its totals: {}", reason.unwrap_or("no reason is given").trim())
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let parts = parts(input.text);
    let complete = |part: &&Part<'_>| part.number("Complete requests:").is_some();
    let Some(first) = parts.iter().find(complete) else {
        if !input.text.contains("This is ApacheBench") {
            let lacks = "no `Complete requests:` in it";
            return Err(Refusal::not(FORMAT.title, lacks, "write it with `ab -n 1000 -c 10 URL > ab.txt`"));
        }
        let reason = parts.first().map(Part::broken_off).unwrap_or_default();
        return Err(Refusal::new(reason, "make the target reachable and run the test again; this is no result"));
    };
    let mut import = Import::of(FORMAT.tool);
    if parts.len() == 1 {
        import.subject = first.target();
        run(&mut import, first, String::new());
        return Ok(import);
    }
    import.note(None, format!("{} runs in the file: each is measured by itself", parts.len()));
    for (index, part) in parts.iter().enumerate() {
        if complete(&part) {
            run(&mut import, part, format!("run {}: {}", index + 1, part.target()));
        } else {
            import.error(Some(part.before + 1), format!("run {}: {}", index + 1, part.broken_off()));
        }
    }
    Ok(import)
}

fn run(import: &mut Import, part: &Part<'_>, subject: String) {
    let line = (!subject.is_empty()).then_some(part.before + 1);
    let mut run = Run::of(subject);
    run.line = line;
    for (label, metric, factor) in [
        ("Concurrency Level:", "load.connections", 1.0),
        ("Time taken for tests:", "load.duration", 1e3),
        ("Requests per second:", "http.rate", 1.0),
    ] {
        if let Some((value, at)) = part.number(label) {
            run.set(metric, (value * factor * 1e6).round() / 1e6, at);
        }
    }
    let (requests, requests_at) = part.number("Complete requests:").unwrap_or_default();
    let (reported, failed_at) = part.number("Failed requests:").unwrap_or((0.0, requests_at.clone()));
    let (broken, length) = breakdown(part.text).unwrap_or((reported, 0.0));
    let (bad, _) = part.number("Non-2xx responses:").unwrap_or_default();
    if length > 0.0 {
        import.note(None, format!("{length} bodies had another length than the first: not counted as failed"));
    }
    run.set("http.requests", requests, requests_at);
    run.set("http.failed.count", (bad + broken).min(requests), failed_at.clone());
    run.set("http.socket_errors", broken, failed_at);
    let mut table = false;
    for (line_number, line) in part.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = format!("line {line_number}");
        let value = |word: &str| word.parse::<f64>().ok();
        match &words[..] {
            ["Percentage", "of", "the", "requests", ..] => table = true,
            ["Total:", _, mean, _, _, max] => {
                run.set("http.latency.avg", value(mean), at.clone());
                run.set("http.latency.max", value(max), at);
            }
            [percent, millis, ..] if table && percent.ends_with('%') => {
                if let (Some(percent), Some(millis)) = (value(percent.trim_end_matches('%')), value(millis)) {
                    run.percentile(percent, millis, at);
                }
            }
            _ => {}
        }
    }
    run.emit(import);
}

/// `(Connect: 0, Receive: 0, Length: 5, Exceptions: 0)`: what failed, and bodies of another length.
fn breakdown(text: &str) -> Option<(f64, f64)> {
    let line = text.lines().map(str::trim).find(|line| line.starts_with("(Connect:"))?;
    let (mut failed, mut length) = (0.0, 0.0);
    for part in line.trim_matches(['(', ')']).split(',') {
        let (name, count) = part.split_once(':')?;
        let count: f64 = count.trim().parse().ok()?;
        if name.trim() == "Length" { length = count } else { failed += count }
    }
    Some((failed, length))
}
