//! `pg_stat_statements` as CSV.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, pg,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pg-stat-statements",
    title: "pg_stat_statements, CSV",
    tool: "PostgreSQL",
    note: "One measurement set a statement, since the last reset of the statistics; times in milliseconds, planning \
           left out. There is no p99 in it: p99_bound is what it cannot exceed. Passwords in statements are masked.",
    metrics: pg::METRICS,
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
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        Refusal::new(
            "this is no CSV of pg_stat_statements",
            "export it with `psql --csv -c 'SELECT * FROM pg_stat_statements' > statements.csv`",
        )
    };
    let table: Table = table::csv_table(input.text).filter(pg::is_statements).ok_or_else(no)?;
    if let Some(line) = table.ragged {
        let reason =
            format!("the row at line {line} has not as many cells as there are columns: the file is not complete");
        return Err(Refusal::new(reason, "export it again; nothing of it was imported").at_line(line));
    }
    let mut import = Import::of(FORMAT.tool);
    pg::emit(&mut import, &table);
    Ok(import)
}
