//! Tables as psql prints them.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    formats::{composer_audit, pgbouncer::is_pgbouncer},
    pg::{self, Kind},
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "psql-text",
    title: "psql tables (aligned, expanded, unaligned, CSV)",
    tool: "psql",
    note: "Every table of the file. Foreign keys, pg_stat_user_tables, settings, pgstattuple, pgstatindex, \
           pg_stat_activity and pg_stat_statements are recognised by their columns; others are counted. \
           Literals in statements are replaced by `…`.",
    metrics: pg::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

fn tables(text: &str) -> Vec<Table> {
    let tables = table::tables(text);
    if tables.is_empty() {
        return table::csv_table(text).into_iter().filter(known).collect();
    }
    tables
}

fn known(table: &Table) -> bool {
    Kind::of(table) != Kind::Unknown
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.text().starts_with(['{', '<', '[']) {
        return Confidence::No;
    }
    // The start of a large file is enough to recognise it.
    let mut tables = tables(probe.head());
    tables.retain(|table| table.shape != "csv" || Kind::of(table) != Kind::Statements);
    claim(&mut tables)
}

/// How sure tables are to be psql's. What no check reads is left out.
fn claim(tables: &mut Vec<Table>) -> Confidence {
    // A plan in psql's frame is a plan; PgBouncer's and MySQL's tables have formats of their own.
    let other = [&["QUERY PLAN"][..], &["Variable_name", "Value"]];
    let mysql =
        |table: &Table| ["exec_count", "COUNT_STAR", "select_type"].iter().any(|name| table.column(name).is_some());
    tables.retain(|table| {
        !other.iter().any(|columns| table.columns == *columns) && !is_pgbouncer(table) && !mysql(table)
    });
    // A document may begin with a table of its own.
    let leads = |table: &Table| table.line <= 3 && !table.rows.is_empty() && table.shape != "markdown";
    match &tables[..] {
        [] => Confidence::No,
        tables if tables.iter().any(known) => Confidence::Certain,
        tables if tables.iter().any(|table| table.footer.is_some()) => Confidence::Possible,
        // A rule below a line of words is also how prose underlines a heading.
        tables if tables.iter().any(|table| table.columns.len() > 1 && leads(table)) => Confidence::Possible,
        [table] if leads(table) && table.columns[0] == "current_setting" => Confidence::Possible,
        _ => Confidence::No,
    }
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    match &tables(text)[..] {
        [table] if table.shape == "csv" => pg::add_literals_of_csv(text, secrets),
        tables => pg::add_literals_of_text(text, tables, secrets),
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no table that psql printed: none with columns that are known, none with `(n rows)` below it";
        Refusal::not(FORMAT.title, lacks, "export it with `psql -X -P pager=off -f query.sql > result.txt`")
    };
    // Composer's tables are drawn alike.
    if input.text.trim_start().starts_with(['{', '<', '[']) || composer_audit::is_text(input.text) {
        return Err(no());
    }
    let mut tables = tables(input.text);
    if claim(&mut tables) == Confidence::No {
        return Err(no());
    }
    for table in &tables {
        pg::refuse_ragged(table)?;
    }
    let mut import = Import::of(FORMAT.tool);
    for table in &tables {
        pg::emit(&mut import, table);
    }
    for (number, line) in (1..).zip(input.text.lines()) {
        if line.starts_with("ERROR:") || line.starts_with("psql: error:") || line.contains(": ERROR:  ") {
            import.error(Some(number), format!("a query failed: {}", line.trim()));
        }
    }
    Ok(import)
}
