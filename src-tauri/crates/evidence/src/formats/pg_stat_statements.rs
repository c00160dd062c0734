//! `pg_stat_statements` as CSV, or as the JSON of its rows.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    json::{self, Entries, Event, Text},
    mask::add_literals,
    pg,
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pg-stat-statements",
    title: "pg_stat_statements, CSV or JSON",
    tool: "PostgreSQL",
    note: "One measurement set a statement, since the last reset of the statistics; times in milliseconds, planning \
           left out. There is no p99 in it: p99_bound is what it cannot exceed. Passwords in statements are \
           masked, other literals and addresses replaced by `…`.",
    metrics: pg::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Rows of a JSON list; the columns are those of the first.
fn json_table(text: &str) -> Result<Table, Refusal> {
    let rows: Vec<Entries<Text<'_>, Text<'_>>> = json::parse(text)?;
    let columns: Vec<String> =
        rows.first().into_iter().flat_map(|row| &row.0).map(|(key, _)| key.to_string()).collect();
    let cells = |row: &Entries<Text<'_>, Text<'_>>| {
        let of =
            |column: &String| row.0.iter().find(|(key, _)| key.as_str() == column).map(|(_, value)| value.to_string());
        columns.iter().map(|column| of(column).unwrap_or_default()).collect()
    };
    Ok(Table {
        shape: "json",
        rows: rows.iter().map(cells).collect(),
        line: 1,
        lines: lines_of_rows(text),
        footer: None,
        ragged: None,
        columns,
    })
}

/// The line on which each object of a list begins.
fn lines_of_rows(text: &str) -> Vec<u64> {
    let (mut line, mut depth, mut quoted, mut escaped, mut lines) = (1, 0_usize, false, false, Vec::new());
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                if byte == b'{' && depth == 1 {
                    lines.push(line);
                }
                depth += 1;
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lines
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_list() {
        let times = ["total_exec_time", "total_time", "mean_exec_time", "mean_time", "max_exec_time"];
        let timed = times.iter().any(|name| probe.has(&format!("[]/{name}")));
        let named = probe.has("[]/query") || probe.has("[]/queryid");
        return Confidence::certain_if(timed && named && probe.has("[]/calls"));
    }
    // The header alone says it; the rest may be hundreds of queries, or one line of fifty megabytes.
    let header = probe.head().lines().next().filter(|line| line.len() < 4096).unwrap_or_default();
    let delimited = [',', ';', '\t'].iter().any(|delimiter| header.contains(*delimiter)) && !header.contains('|');
    let table = if delimited { table::csv_table(header) } else { None };
    Confidence::certain_if(table.is_some_and(|table| pg::is_statements(&table)))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if text.trim_start().starts_with('[') {
        json::walk(text, |event| {
            if let Event::String(path, range) = event
                && path.ends_with("/query")
            {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
            }
        });
        return;
    }
    pg::add_literals_of_csv(text, secrets);
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        Refusal::not(
            FORMAT.title,
            "no columns `calls` and `total_exec_time`, `mean_exec_time` or `max_exec_time` in its first line",
            "export it with `psql --csv -c 'SELECT * FROM pg_stat_statements' > statements.csv`",
        )
    };
    let text = input.text.trim_start();
    if text.starts_with(['{', '<']) {
        return Err(no());
    }
    let table = if text.starts_with('[') { Some(json_table(text)?) } else { table::csv_table(input.text) };
    let table: Table = table.filter(pg::is_statements).ok_or_else(no)?;
    pg::refuse_ragged(&table)?;
    let mut import = Import::of(FORMAT.tool);
    pg::emit(&mut import, &table);
    Ok(import)
}
