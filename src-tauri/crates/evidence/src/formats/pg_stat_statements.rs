//! `pg_stat_statements` as CSV.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, pg,
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pg-stat-statements",
    title: "pg_stat_statements, CSV",
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

fn sniff(probe: &Probe<'_>) -> Confidence {
    // The header alone says it; the rest may be hundreds of queries, or one line of fifty megabytes.
    let header = probe.head().lines().next().filter(|line| line.len() < 4096).unwrap_or_default();
    let delimited = [',', ';', '\t'].iter().any(|delimiter| header.contains(*delimiter)) && !header.contains('|');
    let table = if delimited { table::csv_table(header) } else { None };
    Confidence::certain_if(table.is_some_and(|table| pg::is_statements(&table)))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
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
    if input.text.trim_start().starts_with(['{', '[', '<']) {
        return Err(no());
    }
    let table: Table = table::csv_table(input.text).filter(pg::is_statements).ok_or_else(no)?;
    pg::refuse_ragged(&table)?;
    let mut import = Import::of(FORMAT.tool);
    pg::emit(&mut import, &table);
    Ok(import)
}
