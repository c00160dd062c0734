//! JMeter, statistics by label: `statistics.json` of its HTML report, and the table of its Aggregate or Summary Report.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields,
    formats::no_secrets,
    json,
    load::{self, Run},
    pg,
    severity::Severities,
    table::{Table, csv_table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jmeter-statistics",
    title: "JMeter, statistics.json of the HTML report, or Aggregate Report (CSV)",
    tool: "JMeter",
    note: "One measurement set a transaction and one for all (`Total`). Milliseconds. pct1 to pct3 are taken as p90, p95 \
           and p99, which they are unless jmeter.properties says otherwise; the table of a listener names its percentiles.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let header = probe.lines(1).next().filter(|line| line.len() < 4096).unwrap_or_default();
    let aggregate = || csv_table(header).is_some_and(|table| is_aggregate(&table));
    Confidence::certain_if(probe.has("*/sampleCount") && probe.has("*/pct1ResTime") || aggregate())
}

/// Columns by the names of the window and of the command line.
const LABEL: &[&str] = &["Label", "sampler_label"];
const COUNT: &[&str] = &["# Samples", "#Samples", "aggregate_report_count"];
const ERRORS: &[&str] = &["Error %", "Error%", "aggregate_report_error%"];
const RATE: &[&str] = &["Throughput", "aggregate_report_rate"];
const TIMES: &[(&str, &[&str])] = &[
    ("http.latency.avg", &["Average", "average"]),
    ("http.latency.p50", &["Median", "aggregate_report_median"]),
    ("http.latency.max", &["Max", "aggregate_report_max"]),
    ("http.latency.p90", &["90% Line", "aggregate_report_90%_line"]),
    ("http.latency.p95", &["95% Line", "aggregate_report_95%_line"]),
    ("http.latency.p99", &["99% Line", "aggregate_report_99%_line"]),
];

fn is_aggregate(table: &Table) -> bool {
    [LABEL, COUNT, ERRORS, TIMES[0].1].iter().all(|names| table.any_column(names).is_some())
}

/// Rows of a listener's table.
fn rows(import: &mut Import, table: &Table) {
    for (row, line) in table.numbered() {
        let cell =
            |names: &[&str]| table.any_column(names).and_then(|column| row.get(column)).map_or("", |cell| cell.trim());
        let label = cell(LABEL);
        let mut run = Run::of(if matches!(label, "TOTAL" | "Total") { "" } else { label });
        run.line = Some(line);
        let at = format!("line {line}");
        let mut odd = Vec::new();
        let mut number = |text: &str, unit: &str| {
            let value: Option<f64> = text.strip_suffix(unit).unwrap_or(text).trim().parse().ok();
            if value.is_none() && !matches!(text, "" | "N/A" | "-" | "NaN") {
                odd.push(text.to_owned());
            }
            value.filter(|value| value.is_finite())
        };
        run.set("http.requests", number(cell(COUNT), ""), &*at);
        // With its sign a percentage; without it, as the command line of old wrote it, a share.
        let errors = cell(ERRORS);
        let factor = if errors.ends_with('%') { 100.0 } else { 1.0 };
        let ratio = number(errors, "%").map(|value| value / factor).filter(|ratio| (0.0..=1.0).contains(ratio));
        run.set("http.failed.ratio", ratio, &*at);
        let (rate, a_second) = match cell(RATE) {
            rate if rate.ends_with("/min") => (number(rate, "/min"), 60.0),
            rate if rate.ends_with("/hour") => (number(rate, "/hour"), 3600.0),
            rate => (number(rate, "/sec"), 1.0),
        };
        run.set("http.rate", rate.map(|rate| rate / a_second), &*at);
        for (metric, names) in TIMES {
            run.set(metric, number(cell(names), ""), &*at);
        }
        for text in odd {
            import.warn(Some(line), format!("`{text}` is no number: it is left out"));
        }
        run.emit(import);
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !input.text.trim_start().starts_with(['{', '[', '<'])
        && let Some(table) = csv_table(input.text).filter(is_aggregate)
    {
        pg::refuse_ragged(&table)?;
        let mut import = Import::of(FORMAT.tool);
        rows(&mut import, &table);
        return Ok(import);
    }
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
