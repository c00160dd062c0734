//! autocannon, JSON.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields,
    formats::no_secrets,
    json,
    load::{self, Run},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "autocannon",
    title: "autocannon, JSON",
    tool: "autocannon",
    note: "One run; whole milliseconds. Failed are answers other than 2xx, errors and timeouts (which autocannon counts \
           among the errors). It has no p95; its 97.5th percentile stands for itself.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    // Older versions have neither p97_5 nor p99_9, but p99 and p999.
    let times = probe.has("latency/p97_5") || probe.has("latency/p999") && probe.has("latency/p99");
    Confidence::certain_if(times && probe.has("requests/total") && probe.has("non2xx"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    if root.pointer("/latency/p99").is_none() || root.pointer("/requests/total").is_none() {
        let lacks = "no `latency` with a `p99` and `requests` with a `total` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `autocannon -j URL > autocannon.json`"));
    }
    let mut import = Import::of(FORMAT.tool);
    fields::text(&root, "/url").clone_into(&mut import.subject);
    let mut run = Run::default();
    let answered = fields::number(&mut import, &root, "/requests/total").unwrap_or(0.0);
    let errors = fields::number(&mut import, &root, "/errors").unwrap_or(0.0);
    let timeouts = fields::number(&mut import, &root, "/timeouts").unwrap_or(0.0);
    let bad = fields::number(&mut import, &root, "/non2xx").unwrap_or(0.0);
    let all_errors = errors.max(timeouts);
    run.set("http.requests", answered + all_errors, "/requests/total");
    run.set("http.failed.count", bad + all_errors, "/non2xx");
    run.set("http.timeouts", timeouts, "/timeouts");
    run.set("http.socket_errors", all_errors - timeouts, "/errors");
    run.take(&mut import, "http.rate", &root, "/requests/average", 1.0);
    run.take(&mut import, "load.duration", &root, "/duration", 1e3);
    run.take(&mut import, "load.connections", &root, "/connections", 1.0);
    if answered > 0.0 {
        for (name, metric) in [
            ("average", "http.latency.avg"),
            ("max", "http.latency.max"),
            ("p50", "http.latency.p50"),
            ("p75", "http.latency.p75"),
            ("p90", "http.latency.p90"),
            ("p97_5", "http.latency.p975"),
            ("p99", "http.latency.p99"),
            ("p99_9", "http.latency.p999"),
            ("p99_99", "http.latency.p9999"),
            ("p999", "http.latency.p999"),
            ("p9999", "http.latency.p9999"),
        ] {
            if run.value(metric).is_none() {
                run.take(&mut import, metric, &root, &format!("/latency/{name}"), 1.0);
            }
        }
    }
    if timeouts > 0.0 {
        import.warn(None, format!("{timeouts} requests ran into the timeout and are not in the printed times"));
    }
    run.emit(&mut import);
    for (status, stats) in fields::entries(&root, "/statusCodeStats") {
        if let Some(count) = stats.get("count").and_then(fields::as_number) {
            import.measure("http.status.responses", count, status, "/statusCodeStats");
        }
    }
    Ok(import)
}
