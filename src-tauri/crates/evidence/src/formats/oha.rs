//! oha, JSON and the summary it prints.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields,
    formats::no_secrets,
    json,
    load::{self, Run, hey_text, served},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "oha",
    title: "oha, JSON (--output-format json) or text",
    tool: "oha",
    note: "Seconds; of the text every run of the file. Failed are answers other than 1xx to 3xx and errors: its own success rate counts any answer \
           as a success. Requests under way at the deadline are no failures.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let json = probe.has("summary/successRate") && probe.has("latencyPercentiles");
    let text = || !probe.is_object() && is_text(probe.head());
    Confidence::certain_if(json || text())
}

fn is_text(head: &str) -> bool {
    hey_text::looks_like(head) && hey_text::is_oha(head)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !input.text.trim_start().starts_with('{') && is_text(input.text) {
        let mut import = Import::of(FORMAT.tool);
        hey_text::read(input.text, &mut import)?;
        return Ok(import);
    }
    let root: Value = json::parse(input.text)?;
    if root.pointer("/summary/successRate").is_none() || root.get("latencyPercentiles").is_none() {
        let lacks = "no `summary` with a `successRate` and `latencyPercentiles` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `oha --output-format json URL > oha.json`"));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut run = Run::default();
    let import_ref = &mut import;
    run.take(import_ref, "load.duration", &root, "/summary/total", 1e3);
    run.take(import_ref, "http.rate", &root, "/summary/requestsPerSec", 1.0);
    run.take(import_ref, "http.latency.avg", &root, "/summary/average", 1e3);
    run.take(import_ref, "http.latency.max", &root, "/summary/slowest", 1e3);
    for (name, metric) in [
        ("p50", "http.latency.p50"),
        ("p75", "http.latency.p75"),
        ("p90", "http.latency.p90"),
        ("p95", "http.latency.p95"),
        ("p99", "http.latency.p99"),
        ("p99.9", "http.latency.p999"),
        ("p99.99", "http.latency.p9999"),
    ] {
        run.take(import_ref, metric, &root, &format!("/latencyPercentiles/{name}"), 1e3);
    }
    let (mut answered, mut bad, mut errors) = (0.0, 0.0, 0.0);
    let mut statuses = Vec::new();
    for (status, count) in fields::entries(&root, "/statusCodeDistribution") {
        let count = fields::as_number(count).unwrap_or(0.0);
        answered += count;
        bad += if served(status) { 0.0 } else { count };
        statuses.push((status, count));
    }
    for (error, count) in fields::entries(&root, "/errorDistribution") {
        let count = fields::as_number(count).unwrap_or(0.0);
        match error.as_str() {
            hey_text::DEADLINE => {
                import.note(None, format!("{count} requests were under way at the end of the test: left out"))
            }
            _ => errors += count,
        }
    }
    run.set("http.requests", answered + errors, "/statusCodeDistribution");
    run.set("http.failed.count", bad + errors, "/statusCodeDistribution");
    run.set("http.socket_errors", errors, "/errorDistribution");
    if bad > 0.0 && fields::number(&mut import, &root, "/summary/successRate") == Some(1.0) {
        import.warn(None, "oha's success rate of 100 % counts error answers as successes: they are counted as failed");
    }
    run.emit(&mut import);
    for (status, count) in statuses {
        import.measure("http.status.responses", count, status, "/statusCodeDistribution");
    }
    Ok(import)
}
