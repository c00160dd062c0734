//! JMeter, `statistics.json` of its HTML report.

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
    id: "jmeter-statistics",
    title: "JMeter, statistics.json of the HTML report",
    tool: "JMeter",
    note: "One measurement set a transaction and one for all (`Total`). Milliseconds. pct1 to pct3 are taken as p90, p95 \
           and p99, which they are unless jmeter.properties says otherwise.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.has("*/sampleCount") && probe.has("*/pct1ResTime"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let stats = |value: &Value| value.get("sampleCount").is_some() && value.get("meanResTime").is_some();
    if !fields::entries(&root, "").any(|(_, value)| stats(value)) {
        let lacks = "no transaction with `sampleCount` and `meanResTime` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `jmeter -g result.jtl -o report`"));
    }
    let mut import = Import::of(FORMAT.tool);
    import.note(
        None,
        "pct1, pct2 and pct3 are taken as p90, p95 and p99: that is JMeter's default, the file does not say",
    );
    for (name, value) in fields::entries(&root, "") {
        if !stats(value) {
            import.warn(None, format!("`{name}` is no transaction: it is left out"));
            continue;
        }
        let mut run = Run::of(if name == "Total" { "" } else { name });
        for (field, metric) in [
            ("sampleCount", "http.requests"),
            ("errorCount", "http.failed.count"),
            ("throughput", "http.rate"),
            ("meanResTime", "http.latency.avg"),
            ("medianResTime", "http.latency.p50"),
            ("maxResTime", "http.latency.max"),
            ("pct1ResTime", "http.latency.p90"),
            ("pct2ResTime", "http.latency.p95"),
            ("pct3ResTime", "http.latency.p99"),
        ] {
            run.take(&mut import, metric, &root, &format!("/{}/{field}", json::pointer(name)), 1.0);
        }
        run.emit(&mut import);
    }
    Ok(import)
}
