//! vegeta: its report as JSON and as text, and its raw results.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, fields,
    json::{self, Event},
    load::{self, Run, served, vegeta},
    mask::is_secret_name,
    severity::Severities,
    table::records,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "vegeta",
    title: "vegeta, report (JSON, text) or raw results (encode)",
    tool: "vegeta",
    note: "One run; nanoseconds. Failed are answers other than 2xx and 3xx; code 0 is no answer. Its percentiles include \
           failed requests; of raw results they are by nearest rank.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Raw results have the answers in them, which nothing is measured of.
fn secrets(text: &str, secrets: &mut Secrets) {
    if vegeta::is_csv_hit(text.trim_start().lines().next().unwrap_or_default()) {
        // Its body and its headers, in the letters of base64.
        for cell in records(text, b',').flat_map(|record| [6, 11].map(|at| record.get(at).cloned())).flatten() {
            secrets.rewrite(cell, "…".to_owned());
        }
        return;
    }
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let header = path.strip_prefix("headers/").and_then(|rest| rest.strip_suffix("/[]"));
            if path == "body" {
                secrets.rewrite(range, "…".to_owned());
            } else if header.is_some_and(|name| is_secret_name(name) || name.eq_ignore_ascii_case("authorization")) {
                secrets.add(range);
            }
        }
    });
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let json = probe.has("latencies/99th") && probe.has("status_codes") && probe.has("success");
    let raw = || probe.lines(1).any(|line| vegeta::is_json_hit(line) || vegeta::is_csv_hit(line));
    Confidence::certain_if(json || raw() || !probe.is_object() && vegeta::is_report(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = input.text.trim_start();
    let first = text.lines().next().unwrap_or_default();
    if vegeta::is_json_hit(first) || vegeta::is_csv_hit(first) {
        let mut import = Import::of(FORMAT.tool);
        vegeta::raw(input, &mut import)?;
        return Ok(import);
    }
    if !text.starts_with('{') && vegeta::is_report(text) {
        let mut import = Import::of(FORMAT.tool);
        vegeta::report(text, &mut import);
        return Ok(import);
    }
    let root: Value = json::parse(input.text)?;
    if root.pointer("/latencies/99th").is_none() || root.get("status_codes").is_none() {
        let lacks = "no `latencies` and `status_codes` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `vegeta report -type=json results.bin`"));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut run = Run::default();
    run.take(&mut import, "http.requests", &root, "/requests", 1.0);
    run.take(&mut import, "http.rate", &root, "/rate", 1.0);
    run.take(&mut import, "http.rate.ok", &root, "/throughput", 1.0);
    run.take(&mut import, "load.duration", &root, "/duration", 1e-6);
    let mut failed = 0.0;
    for (status, count) in fields::entries(&root, "/status_codes") {
        let count = fields::as_number(count).unwrap_or(0.0);
        failed += if served(status) { 0.0 } else { count };
        import.measure("http.status.responses", count, status, "/status_codes");
    }
    run.set("http.failed.count", failed, "/status_codes");
    run.take(&mut import, "http.latency.max", &root, "/latencies/max", 1e-6);
    let mean = fields::number(&mut import, &root, "/latencies/mean");
    // A report of metrics that were never closed has a maximum and zeros else.
    if mean == Some(0.0) && run.value("http.latency.max").is_some_and(|max| max > 0.0) {
        import.error(None, "mean and percentiles are 0 beside a maximum: the report was not closed, none is taken");
    } else {
        run.take(&mut import, "http.latency.avg", &root, "/latencies/mean", 1e-6);
        for (name, metric) in [
            ("50th", "http.latency.p50"),
            ("90th", "http.latency.p90"),
            ("95th", "http.latency.p95"),
            ("99th", "http.latency.p99"),
        ] {
            run.take(&mut import, metric, &root, &format!("/latencies/{name}"), 1e-6);
        }
    }
    run.emit(&mut import);
    for error in fields::items(&root, "/errors").iter().filter_map(Value::as_str).take(10) {
        import.warn(None, format!("vegeta reports: {error}"));
    }
    Ok(import)
}
