//! Locust: its CSV files (statistics, their history, failures) and its statistics as JSON.

use std::collections::BTreeMap;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    load::{self, Run, locust_json},
    severity::Severities,
    table::{Table, csv_table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "locust",
    title: "Locust, statistics (--csv, --json)",
    tool: "Locust",
    note: "One measurement set an endpoint and one for all (`Aggregated`). Milliseconds; `N/A` is none. Of a history the \
           last row of each, without its percentiles, which are those of ten seconds; of failures their number alone.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Which of Locust's tables a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One row an endpoint.
    Stats,
    /// Percentiles alone, as old versions wrote them.
    Distribution,
    /// One row a second, for all or for every endpoint.
    History,
    /// Errors by endpoint.
    Failures,
}

fn kind(line: &str) -> Option<Kind> {
    let line = line.replace('"', "");
    let requests = ["Request Count", "# requests"].iter().any(|column| line.contains(column));
    let begins = |start: &str| line.starts_with(start);
    match () {
        () if begins("Timestamp,") && line.contains(",Type,Name,") && requests => Some(Kind::History),
        () if begins("Type,Name,") && requests || begins("Method,Name,# requests") => Some(Kind::Stats),
        () if begins("Name,# requests,50%") => Some(Kind::Distribution),
        () if begins("Method,Name,Error,Occurrences") => Some(Kind::Failures),
        () => None,
    }
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let csv = probe.lines(1).any(|line| line.len() < 2000 && kind(line).is_some());
    Confidence::certain_if(csv || locust_json::looks_like(probe))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    if input.text.trim_start().starts_with(['{', '[']) {
        locust_json::read(input.text, &mut import)?;
        return Ok(import);
    }
    let header = input.text.trim_start().lines().next().unwrap_or_default();
    let table = kind(header).and_then(|kind| Some((kind, csv_table(input.text)?)));
    let (kind, table) = table.ok_or_else(|| {
        let lacks = "its first line has no `Type`, `Name` and `Request Count`";
        Refusal::not(FORMAT.title, lacks, "write it with `locust --headless --csv result` and import result_stats.csv")
    })?;
    match kind {
        Kind::Stats | Kind::Distribution => stats(&mut import, &table),
        Kind::History => history(&mut import, &table),
        Kind::Failures => failures(&mut import, &table),
    }
    if let Some(line) = table.ragged {
        import.warn(Some(line), "a row has other columns than the header: the file may be truncated");
    }
    Ok(import)
}

fn cell<'r>(row: &'r [String], table: &Table, names: &[&str]) -> &'r str {
    table.any_column(names).and_then(|column| row.get(column)).map_or("", |cell| cell.trim())
}

/// What a row speaks of: an endpoint, or all of them, which is empty.
fn subject(row: &[String], table: &Table) -> String {
    let (method, name) = (cell(row, table, &["Type", "Method"]), cell(row, table, &["Name"]));
    // Python's word for nothing, which old versions wrote.
    let method = if method == "None" { "" } else { method };
    match (method, name.strip_prefix("None ").unwrap_or(name)) {
        ("", "Aggregated" | "Total") => String::new(),
        ("", name) => name.to_owned(),
        (method, name) => format!("{method} {name}"),
    }
}

/// A number of a row, in the unit of its metric; anything else is told.
fn take(import: &mut Import, run: &mut Run, metric: &'static str, text: &str, line: u64) {
    let value = text.parse().ok().filter(|value: &f64| value.is_finite());
    if value.is_none() && !matches!(text, "" | "N/A") {
        import.warn(Some(line), format!("`{text}` is no number: it is left out"));
    }
    run.set(metric, value, format!("line {line}"));
}

fn stats(import: &mut Import, table: &Table) {
    let columns: &[(&'static str, &[&str])] = &[
        ("http.requests", &["Request Count", "# requests"]),
        ("http.failed.count", &["Failure Count", "# failures"]),
        ("http.rate", &["Requests/s"]),
        ("http.latency.avg", &["Average Response Time", "Average response time"]),
        ("http.latency.max", &["Max Response Time", "Max response time", "100%"]),
        ("http.latency.p75", &["75%"]),
        ("http.latency.p90", &["90%"]),
        ("http.latency.p95", &["95%"]),
        ("http.latency.p99", &["99%"]),
        ("http.latency.p999", &["99.9%"]),
        ("http.latency.p9999", &["99.99%"]),
        ("http.latency.p50", &["Median Response Time", "Median response time", "50%"]),
    ];
    let mut aggregated = false;
    for (row, line) in table.numbered() {
        let mut run = Run::of(subject(row, table));
        aggregated |= run.subject.is_empty();
        run.line = Some(line);
        for (metric, names) in columns {
            take(import, &mut run, metric, cell(row, table, names), line);
        }
        run.emit(import);
    }
    if !aggregated {
        import.warn(None, "no row `Aggregated`: the file is truncated, or the total was left out");
    }
}

/// What the counters had come to at the end, for all and for every endpoint that has rows of its own.
fn history(import: &mut Import, table: &Table) {
    let columns: &[(&'static str, &[&str])] = &[
        ("http.requests", &["Total Request Count", "# requests"]),
        ("http.failed.count", &["Total Failure Count", "# failures"]),
        ("http.latency.avg", &["Total Average Response Time", "Average response time"]),
        ("http.latency.max", &["Total Max Response Time", "Max response time"]),
        ("http.latency.p50", &["Total Median Response Time", "Median response time"]),
    ];
    let mut last: BTreeMap<String, (&[String], u64)> = BTreeMap::new();
    let (mut users, mut times) = (None::<f64>, Vec::new());
    for (row, line) in table.numbered() {
        last.insert(subject(row, table), (row, line));
        let number = |names: &[&str]| cell(row, table, names).parse::<f64>().ok().filter(|value| value.is_finite());
        users = users.into_iter().chain(number(&["User Count", "User count"])).reduce(f64::max);
        times.extend(number(&["Timestamp"]));
    }
    let span = times.first().zip(times.last()).map(|(first, last)| last - first).filter(|span| *span > 0.0);
    if let Some(users) = users {
        import.measure("load.vus", users, "", "User Count");
    }
    if let Some(seconds) = span {
        import.measure("load.duration", seconds * 1e3, "", "Timestamp");
    }
    if !last.contains_key("") {
        import.warn(None, "no row `Aggregated`: the file is truncated, or the total was left out");
    }
    import
        .note(None, "the percentiles of a history are those of its last ten seconds: import result_stats.csv for p99");
    for (subject, (row, line)) in last {
        let mut run = Run::of(subject);
        run.line = Some(line);
        for (metric, names) in columns {
            take(import, &mut run, metric, cell(row, table, names), line);
        }
        if let (Some(requests), Some(seconds)) = (run.value("http.requests"), span) {
            run.set("http.rate", requests / seconds, format!("line {line}"));
        }
        run.emit(import);
    }
}

fn failures(import: &mut Import, table: &Table) {
    let mut by: BTreeMap<String, f64> = BTreeMap::new();
    for (row, line) in table.numbered() {
        match cell(row, table, &["Occurrences"]).parse::<f64>().ok().filter(|count| count.is_finite()) {
            Some(count) => *by.entry(subject(row, table)).or_default() += count,
            None => import.warn(Some(line), "a row without a number of occurrences: it is left out"),
        }
    }
    import.measure("http.failed.count", by.values().sum::<f64>(), "", "Occurrences");
    for (subject, count) in by {
        import.measure("http.failed.count", count, subject, "Occurrences");
    }
    import.note(None, "failures alone: how many requests there were is in result_stats.csv");
}
