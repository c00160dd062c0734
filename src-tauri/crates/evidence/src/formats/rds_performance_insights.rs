//! AWS RDS Performance Insights: answers of `aws pi`, and the table of top SQL as CSV.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    digest::{self, Statement, subject},
    fields, json,
    json::Event,
    mask::add_literals,
    pg,
    severity::Severities,
    table,
    table::Table,
};
use serde_json::Value;

/// The format.
pub const FORMAT: Format = Format {
    id: "rds-performance-insights",
    title: "AWS RDS Performance Insights (aws pi, CSV of top SQL)",
    tool: "AWS Performance Insights",
    note: "Load is the number of sessions active at a time, on average; above the number of vCPUs sessions wait. Means are \
           per call. Literals of statements are replaced by `…`.",
    metrics: digest::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Columns of the statement, the load, calls a second and the time of a call, as the console heads them.
const STATEMENT: &[&str] = &["SQL statements", "SQL statement", "SQL", "Top SQL", "Statement", "SQL text"];
const LOAD: &[&str] =
    &["Load by waits (AAS)", "Load by SQL (AAS)", "Load (AAS)", "AAS", "db.load.avg", "DB load (AAS)"];
const LATENCY: &[&str] =
    &["Avg latency (ms)/call", "Avg latency (ms)", "Avg latency/call (ms)", "Average latency (ms)"];
const ID: &[&str] = &["SQL ID", "Digest ID", "Support ID"];

/// Additional metrics that are the milliseconds of a call, of PostgreSQL and of MySQL.
const LATENCY_METRICS: &[&str] = &["avg_latency_per_call", "sum_timer_wait_per_call"];

fn is_top_sql(table: &Table) -> bool {
    table.any_column(STATEMENT).is_some() && table.any_column(LOAD).is_some()
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_object() {
        return Confidence::certain_if(
            (probe.has("MetricList") || probe.has("Keys"))
                && probe.has("AlignedStartTime")
                && probe.has("AlignedEndTime"),
        );
    }
    let header = probe.lines(1).next().filter(|line| line.len() < 4096).unwrap_or_default();
    let csv = !probe.text().starts_with(['[', '<']) && header.contains([',', ';', '\t']);
    Confidence::certain_if(csv && table::csv_table(header).is_some_and(|table| is_top_sql(&table)))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if text.trim_start().starts_with('{') {
        json::walk(text, |event| {
            if let Event::String(path, range) = event
                && path.ends_with("statement")
            {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
            }
        });
        return;
    }
    let Some(delimiter) = table::delimiter(text) else { return };
    let mut column = None;
    for record in table::records(text, delimiter) {
        let Some(column) = column else {
            let is_statement = |cell: &str| STATEMENT.iter().any(|name| name.eq_ignore_ascii_case(cell));
            let names: Vec<&str> = record.iter().map(|cell| text[cell.clone()].trim_matches(['"', ' '])).collect();
            column = Some(names.iter().position(|name| is_statement(name)));
            continue;
        };
        let Some(cell) = column.and_then(|column| record.get(column)) else { continue };
        let quoted = text[cell.clone()].starts_with('"') && cell.len() > 1;
        let cell = if quoted { cell.start + 1..cell.end - 1 } else { cell.clone() };
        add_literals(&text[cell.clone()], cell.start, false, false, secrets);
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let lacks = "neither a list of metrics or keys of `aws pi`, nor columns for statement and load";
    let no = || Refusal::not(FORMAT.title, lacks, "write it with `aws pi describe-dimension-keys … > top-sql.json`");
    let text = input.text.trim_start();
    if text.starts_with('{') {
        let root: Value = json::parse(text)?;
        if root.get("AlignedStartTime").is_none() {
            return Err(no());
        }
        fields::text(&root, "/Identifier").clone_into(&mut import.subject);
        match () {
            () if root.get("MetricList").is_some() => series(&mut import, &root),
            () if root.get("Keys").is_some() => keys(&mut import, &root),
            () => return Err(no()),
        }
        return Ok(import);
    }
    if text.starts_with(['[', '<']) {
        return Err(no());
    }
    let table = table::csv_table(text).filter(is_top_sql).ok_or_else(no)?;
    pg::refuse_ragged(&table)?;
    rows(&mut import, &table);
    Ok(import)
}

/// Load over time: its mean and its peak, whole or by what it was grouped by.
fn series(import: &mut Import, root: &Value) {
    let (mut other, mut empty) = (0, 0);
    for (index, metric) in fields::items(root, "/MetricList").iter().enumerate() {
        let name = fields::text(metric, "/Key/Metric");
        if !matches!(name, "db.load.avg" | "db.sampledload.avg") {
            other += 1;
            continue;
        }
        let values: Vec<f64> = fields::items(metric, "/DataPoints")
            .iter()
            .filter_map(|p| p.get("Value").and_then(fields::as_number))
            .collect();
        let dimensions: Vec<&str> = fields::entries(metric, "/Key/Dimensions")
            .filter(|(key, _)| !key.ends_with("id"))
            .filter_map(|(_, v)| v.as_str())
            .collect();
        let at = format!("/MetricList/{index}");
        let name = subject_of(&dimensions);
        #[allow(clippy::cast_precision_loss)] // points of a series
        match values.iter().copied().reduce(f64::max) {
            Some(most) => {
                import.measure("db.load", values.iter().sum::<f64>() / values.len() as f64, &*name, &*at);
                import.measure("db.load.max", most, &*name, at);
            }
            None => empty += 1,
        }
    }
    if fields::items(root, "/MetricList").is_empty() {
        import.error(None, "no metric in it: Performance Insights was off, or the time is too old");
    }
    if other > 0 {
        import.note(None, format!("{other} counters other than the load are not measured"));
    }
    if empty > 0 {
        import
            .error(None, format!("{empty} series have no value: Performance Insights was off, or the time is too old"));
    }
}

fn subject_of(dimensions: &[&str]) -> String {
    match dimensions {
        [] => String::new(),
        dimensions => subject(&dimensions.join(" "), ""),
    }
}

/// The keys with the most load.
fn keys(import: &mut Import, root: &Value) {
    let mut statements = Vec::new();
    for (index, key) in fields::items(root, "/Keys").iter().enumerate() {
        let load = fields::number(import, root, &format!("/Keys/{index}/Total"));
        let dimension = |end: &str| {
            fields::entries(key, "/Dimensions")
                .find(|(name, _)| name.ends_with(end))
                .and_then(|(_, value)| value.as_str())
        };
        let text = dimension("statement").or_else(|| dimension("name")).unwrap_or_default();
        statements.push(Statement {
            subject: subject(text, dimension("id").unwrap_or_default()),
            load,
            mean: fields::entries(key, "/AdditionalMetrics")
                .find(|(name, _)| LATENCY_METRICS.iter().any(|known| name.contains(known)))
                .and_then(|(_, value)| fields::as_number(value)),
            at: format!("/Keys/{index}"),
            ..Statement::default()
        });
    }
    if statements.is_empty() {
        import.error(None, "no key in it: nothing was active, or Performance Insights was off");
    }
    digest::emit(import, statements);
}

fn rows(import: &mut Import, table: &Table) {
    let cell = |row: &[String], names: &[&str]| {
        table
            .any_column(names)
            .and_then(|column| row.get(column))
            .map(|cell| cell.trim().to_owned())
            .unwrap_or_default()
    };
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok().filter(|number| number.is_finite());
    let statements = table
        .numbered()
        .map(|(row, line)| Statement {
            subject: subject(&cell(row, STATEMENT), &cell(row, ID)),
            load: number(&cell(row, LOAD)),
            mean: number(&cell(row, LATENCY)),
            at: format!("line {line}"),
            ..Statement::default()
        })
        .collect();
    digest::emit(import, statements);
}
