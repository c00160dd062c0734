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
    note: "One run; whole milliseconds. Failed are answers other than 2xx, connections that failed, and exceptions; a \
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

/// What stands behind a label.
fn field<'a>(text: &'a str, label: &str) -> Option<(&'a str, String)> {
    let found = |line: &'a str| line.trim_start().strip_prefix(label).map(str::trim);
    (1_u64..).zip(text.lines()).find_map(|(number, line)| Some((found(line)?, format!("line {number}"))))
}

fn number(text: &str, label: &str) -> Option<(f64, String)> {
    let (value, at) = field(text, label)?;
    let value = value.split_whitespace().next()?.parse().ok().filter(|value: &f64| value.is_finite())?;
    Some((value, at))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = input.text;
    let Some((requests, requests_at)) = number(text, "Complete requests:") else {
        if !text.contains("This is ApacheBench") {
            let lacks = "no `Complete requests:` in it";
            return Err(Refusal::not(FORMAT.title, lacks, "write it with `ab -n 1000 -c 10 URL > ab.txt`"));
        }
        let reason = text.lines().find(|line| line.starts_with("apr_") || line.starts_with("ab: "));
        return Err(Refusal::new(
            format!("the load test broke off before its totals: {}", reason.unwrap_or("no reason is given").trim()),
            "make the target reachable and run the test again; this is no result",
        ));
    };
    let mut import = Import::of(FORMAT.tool);
    let part = |label| field(text, label).map(|(value, _)| value).unwrap_or_default();
    import.subject = match (part("Server Hostname:"), part("Server Port:"), part("Document Path:")) {
        ("", ..) => String::new(),
        (host, port, path) => format!("{host}:{port}{path}"),
    };
    let mut run = Run::default();
    for (label, metric, factor) in [
        ("Concurrency Level:", "load.connections", 1.0),
        ("Time taken for tests:", "load.duration", 1e3),
        ("Requests per second:", "http.rate", 1.0),
    ] {
        if let Some((value, at)) = number(text, label) {
            run.set(metric, (value * factor * 1e6).round() / 1e6, at);
        }
    }
    let (reported, failed_at) = number(text, "Failed requests:").unwrap_or((0.0, requests_at.clone()));
    let (broken, length) = breakdown(text).unwrap_or((reported, 0.0));
    let (bad, _) = number(text, "Non-2xx responses:").unwrap_or_default();
    if length > 0.0 {
        import.note(None, format!("{length} bodies had another length than the first: not counted as failed"));
    }
    run.set("http.requests", requests, requests_at);
    run.set("http.failed.count", (bad + broken).min(requests), failed_at.clone());
    run.set("http.socket_errors", broken, failed_at);
    let mut table = false;
    for (line_number, line) in (1_u64..).zip(text.lines()) {
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
    run.emit(&mut import);
    Ok(import)
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
