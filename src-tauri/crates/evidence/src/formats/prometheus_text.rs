//! The Prometheus text exposition, and OpenMetrics.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    mask::{add_literals, constant, is_secret_name},
    prometheus::{self, Exposition},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "prometheus-text",
    title: "Prometheus text exposition (/metrics)",
    tool: "Prometheus",
    note: "Every sample is counted. Measured are request counts, failures (5xx) and response times by endpoint, queries \
           and queries per request, connection pools and caches, and whether such metrics are exported at all. NaN and \
           infinite samples are counted only. A percentile beyond the last bucket is not measured.",
    metrics: &[
        "prometheus.*",
        "http.latency.*",
        "http.requests",
        "http.failed.*",
        "db.pool.*",
        "db.query.*",
        "db.queries_per_request",
        "cache.*",
        "obs.*",
    ],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let text = probe.text();
    // A brace may begin a line that has its name in it; a JSON text has a colon behind its first word.
    let json = text.starts_with(['[', '<']) || text.starts_with('{') && !probe.lines(1).any(prometheus::is_sample);
    Confidence::certain_if(!json && prometheus::looks_like(probe.lines(50)))
}

/// A label named like a secret holds one, however short; one named like a statement has its literals.
fn secrets(text: &str, secrets: &mut Secrets) {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| constant(r#"[{,]\s*"?([A-Za-z_][A-Za-z0-9_.]*)"?\s*=\s*"((?:[^"\\]|\\.)+)""#));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('#') {
            for captures in LABEL.captures_iter(line) {
                let (Some(name), Some(value)) = (captures.get(1), captures.get(2)) else { continue };
                if is_secret_name(name.as_str()) {
                    secrets.add(start + value.start()..start + value.end());
                } else if prometheus::is_statement_name(name.as_str()) {
                    add_literals(value.as_str(), start + value.start(), false, false, secrets);
                }
            }
        }
        start += line.len();
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let exposition = Exposition::parse(input.text);
    if exposition.samples.is_empty() {
        return Err(Refusal::new("no sample in it", "capture it with `curl -s http://HOST/metrics > metrics.prom`"));
    }
    if exposition.unread.len() > exposition.samples.len() {
        return Err(Refusal::new("most lines are no samples: this is no exposition", "look at the file")
            .at_line(exposition.unread[0]));
    }
    if exposition.types.is_empty() && exposition.samples.iter().all(|sample| sample.labels.is_empty()) {
        return Err(Refusal::not(
            FORMAT.title,
            "neither a `# TYPE` line nor a sample with labels in it",
            "capture it with `curl -s http://HOST/metrics > metrics.prom`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    prometheus::emit(&mut import, &exposition);
    Ok(import)
}
