//! MySQL's statements by digest: `performance_schema.events_statements_summary_by_digest` and `sys.statement_analysis`.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    digest::{self, Statement, subject},
    mask::{add_double_quoted, add_literals},
    pg,
    severity::Severities,
    table,
    table::Table,
    units,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mysql-digest",
    title: "MySQL, statements by digest (performance_schema, sys)",
    tool: "MySQL",
    note: "One measurement set a digest and schema, since the statistics were last reset; times in milliseconds. The 95th \
           and 99th percentiles are the server's own, rounded up to its buckets.",
    metrics: digest::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Picoseconds a millisecond.
const PICOS: f64 = 1e9;
const REMEDY: &str = "write it with `mysql -B -e 'SELECT * FROM performance_schema.events_statements_summary_by_digest \
                      ORDER BY SUM_TIMER_WAIT DESC LIMIT 200' > digests.tsv`";

fn is_digest(table: &Table) -> bool {
    let has = |name: &str| table.column(name).is_some();
    has("DIGEST_TEXT") && has("COUNT_STAR") && (has("SUM_TIMER_WAIT") || has("AVG_TIMER_WAIT"))
        || has("query") && has("exec_count") && has("total_latency")
}

fn looks_tabular(text: &str) -> bool {
    !text.trim_start().starts_with(['{', '[', '<'])
}

/// The table of a text: framed as the client prints it, or separated by tabs, commas or semicolons.
fn digest_table(text: &str) -> Option<Table> {
    if !looks_tabular(text) {
        return None;
    }
    if text.trim_start().starts_with("+-") {
        return table::tables(text).into_iter().find(is_digest);
    }
    if table::is_vertical(text) {
        return table::vertical_tables(text).into_iter().find(is_digest);
    }
    table::csv_table(text).filter(is_digest)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if table::is_vertical(probe.text()) {
        let head: String = probe.lines(120).flat_map(|line| [line, "\n"]).collect();
        return Confidence::certain_if(table::vertical_tables(&head).iter().any(is_digest));
    }
    let mut lines = probe.lines(3);
    let header = lines.find(|line| !line.starts_with("+-")).unwrap_or_default();
    let names = ["DIGEST_TEXT", "digest_text", "exec_count"];
    let named = header.len() < 4096 && names.iter().any(|name| header.contains(name));
    let framed = header.starts_with('|') && (header.contains("COUNT_STAR") || header.contains("total_latency"));
    let plain = || table::csv_table(header).is_some_and(|table| is_digest(&table));
    Confidence::certain_if(named && looks_tabular(probe.text()) && (framed || plain()))
}

/// A digest has no literals, but what a view cut or an old server kept may.
fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if table::is_vertical(text) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            add_literals(line.trim_end(), start, false, false, secrets);
            start += line.len();
        }
        return;
    }
    let Some(delimiter) = table::delimiter(text).filter(|_| !text.trim_start().starts_with("+-")) else { return };
    let mut column = None;
    for (number, record) in table::records(text, delimiter).enumerate() {
        if number == 0 {
            let is_statement = |name: &str| {
                ["DIGEST_TEXT", "QUERY_SAMPLE_TEXT", "query"].iter().any(|known| known.eq_ignore_ascii_case(name))
            };
            let columns: Vec<usize> = (0..record.len())
                .filter(|index| is_statement(text[record[*index].clone()].trim_matches(['"', ' '])))
                .collect();
            column = Some(columns);
            continue;
        }
        for cell in column.iter().flatten().filter_map(|index| record.get(*index)) {
            let quoted = text[cell.clone()].starts_with('"') && cell.len() > 1;
            let cell = if quoted { cell.start + 1..cell.end - 1 } else { cell.clone() };
            add_literals(&text[cell.clone()], cell.start, false, false, secrets);
            add_double_quoted(&text[cell.clone()], cell.start, secrets);
        }
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let Some(table) = digest_table(input.text) else {
        let lacks = "no columns `DIGEST_TEXT`, `COUNT_STAR` and `SUM_TIMER_WAIT`, nor those of sys.statement_analysis";
        return Err(Refusal::not(FORMAT.title, lacks, REMEDY));
    };
    pg::refuse_ragged(&table)?;
    let mut import = Import::of(FORMAT.tool);
    // The view of people's own writes times with their unit, its twin and the table itself in picoseconds.
    let millis = |text: &str| match text.parse::<f64>() {
        Ok(picos) => Some(picos / PICOS).filter(|millis| millis.is_finite()),
        Err(_) => latency(text),
    };
    let cell = |row: &[String], names: &[&str]| {
        table
            .any_column(names)
            .and_then(|column| row.get(column))
            .map(|cell| cell.trim().to_owned())
            .unwrap_or_default()
    };
    let (mut statements, mut odd) = (Vec::new(), 0);
    for (row, line) in table.numbered() {
        let time =
            |names: &[&str]| Some(cell(row, names)).filter(|text| !text.is_empty()).and_then(|text| millis(&text));
        let count = |names: &[&str]| cell(row, names).parse::<f64>().ok().filter(|count| count.is_finite());
        let calls = count(&["COUNT_STAR", "exec_count"]);
        let total = time(&["SUM_TIMER_WAIT", "total_latency"]);
        let mean = time(&["AVG_TIMER_WAIT", "avg_latency"]);
        if calls.is_none() || total.is_none() && mean.is_none() {
            odd += 1;
            continue;
        }
        let (text, schema) = (cell(row, &["DIGEST_TEXT", "query"]), cell(row, &["SCHEMA_NAME", "db"]));
        let mut name = match text.as_str() {
            "" | "NULL" => "all other statements".to_owned(),
            text => subject(text, &cell(row, &["DIGEST", "digest"])),
        };
        if !schema.is_empty() && schema != "NULL" {
            name = format!("{schema}: {name}");
        }
        statements.push(Statement {
            subject: name,
            calls,
            total,
            mean,
            max: time(&["MAX_TIMER_WAIT", "max_latency"]),
            // 0 where the server keeps no histogram for the row.
            p95: time(&["QUANTILE_95"]).filter(|millis| *millis > 0.0),
            p99: time(&["QUANTILE_99"]).filter(|millis| *millis > 0.0),
            rows: count(&["SUM_ROWS_SENT", "rows_sent"]),
            at: format!("line {line}"),
            ..Statement::default()
        });
    }
    if odd > 0 {
        import.warn(Some(table.line), format!("{odd} rows have no count or no time: left out"));
    }
    if statements.is_empty() {
        import.error(None, "no statement in it: the consumer statements_digest may be off");
    }
    digest::emit(&mut import, statements);
    Ok(import)
}

/// `1.27 s`, `310.20 us`, `2.1 min`, `00:01:03.5` to milliseconds.
fn latency(text: &str) -> Option<f64> {
    if let Some((hours, rest)) = text.split_once(':') {
        let (minutes, seconds) = rest.split_once(':')?;
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        return Some((number(hours)? * 3600.0 + number(minutes)? * 60.0 + number(seconds)?) * 1e3);
    }
    match text.strip_suffix("ps") {
        Some(picos) => picos.trim().parse::<f64>().ok().map(|picos| picos / PICOS),
        None => units::millis(text),
    }
}
