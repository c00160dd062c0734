//! Locust, CSV of statistics.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    load::{self, Run},
    severity::Severities,
    table::csv_table,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "locust",
    title: "Locust, CSV of statistics (--csv, *_stats.csv)",
    tool: "Locust",
    note: "One measurement set an endpoint and one for all (`Aggregated`). Milliseconds; `N/A` is none.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn is_header(line: &str) -> bool {
    let line = line.replace('"', "");
    line.starts_with("Type,Name,") && ["Request Count", "# requests"].iter().any(|column| line.contains(column))
        || line.starts_with("Method,Name,# requests")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.lines(1).any(|line| line.len() < 2000 && is_header(line)))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let header = input.text.trim_start().lines().next().unwrap_or_default();
    let table = csv_table(input.text).filter(|_| is_header(header)).ok_or_else(|| {
        let lacks = "its first line has no `Type`, `Name` and `Request Count`";
        Refusal::not(FORMAT.title, lacks, "write it with `locust --headless --csv result` and import result_stats.csv")
    })?;
    let mut import = Import::of(FORMAT.tool);
    let column = |names: &[&str]| table.any_column(names);
    let method = column(&["Type", "Method"]);
    let columns: Vec<(&'static str, Option<usize>)> = [
        ("http.requests", &["Request Count", "# requests"][..]),
        ("http.failed.count", &["Failure Count", "# failures"]),
        ("http.rate", &["Requests/s"]),
        ("http.latency.avg", &["Average Response Time", "Average response time"]),
        ("http.latency.max", &["Max Response Time", "Max response time"]),
        ("http.latency.p75", &["75%"]),
        ("http.latency.p90", &["90%"]),
        ("http.latency.p95", &["95%"]),
        ("http.latency.p99", &["99%"]),
        ("http.latency.p999", &["99.9%"]),
        ("http.latency.p9999", &["99.99%"]),
        ("http.latency.p50", &["Median Response Time", "Median response time", "50%"]),
    ]
    .into_iter()
    .map(|(metric, names)| (metric, column(names)))
    .collect();
    let mut aggregated = false;
    for (row, line) in table.numbered() {
        let cell = |index: Option<usize>| index.and_then(|index| row.get(index)).map_or("", |cell| cell.trim());
        let name = cell(Some(1));
        let total = matches!(name, "Aggregated" | "Total") && cell(method).is_empty() || name == "None Total";
        aggregated |= total;
        let subject = match (total, cell(method)) {
            (true, _) => String::new(),
            (false, "") => name.to_owned(),
            (false, method) => format!("{method} {name}"),
        };
        let mut run = Run::of(subject);
        run.line = Some(line);
        for (metric, index) in &columns {
            let text = cell(*index);
            let value = text.parse().ok().filter(|value: &f64| value.is_finite());
            if value.is_none() && !matches!(text, "" | "N/A") {
                import.warn(Some(line), format!("`{text}` is no number: it is left out"));
            }
            run.set(metric, value, format!("line {line}"));
        }
        run.emit(&mut import);
    }
    if !aggregated {
        import.warn(None, "no row `Aggregated`: the file is truncated, or the total was left out");
    }
    if let Some(line) = table.ragged {
        import.warn(Some(line), "a row has other columns than the header: the file may be truncated");
    }
    Ok(import)
}
