//! `PgBouncer`'s admin console: `SHOW POOLS`, `SHOW DATABASES`, `SHOW STATS`.

use std::collections::HashMap;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    pg::{cell, number},
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pgbouncer",
    title: "PgBouncer, SHOW POOLS, DATABASES and STATS",
    tool: "PgBouncer",
    note: "One measurement set a pool (database/user) of the moment of capture; PgBouncer's own admin database is left \
           out, clients, servers and settings are only counted. Usage needs SHOW DATABASES in the same file, which has \
           the pools' sizes.",
    metrics: &["db.pool.*", "table.rows", "table.columns"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pools,
    Databases,
    Stats,
    /// Clients, servers, lists and settings: only counted.
    Other,
}

impl Kind {
    fn of(table: &Table) -> Option<Self> {
        let has = |name: &str| table.column(name).is_some();
        match () {
            () if has("cl_active") && has("cl_waiting") && has("sv_active") => Some(Self::Pools),
            () if has("pool_size") && has("reserve_pool") || has("pool_size") && has("max_connections") => {
                Some(Self::Databases)
            }
            () if has("avg_query_time") && has("total_query_time") => Some(Self::Stats),
            // Before version 1.8.
            () if has("avg_query") && has("total_requests") => Some(Self::Stats),
            () if has("key") && has("value") && has("changeable") => Some(Self::Other),
            () if has("ptr") && has("link") && has("connect_time") => Some(Self::Other),
            () => None,
        }
    }
}

/// Whether a table is one of `PgBouncer`'s.
pub(crate) fn is_pgbouncer(table: &Table) -> bool {
    Kind::of(table).is_some()
}

fn tables(text: &str) -> Vec<(Kind, Table)> {
    if text.trim_start().starts_with(['{', '[', '<']) {
        return Vec::new();
    }
    let printed = table::tables(text);
    let all = if printed.is_empty() { table::csv_table(text).into_iter().collect() } else { printed };
    all.into_iter().filter_map(|table| Some((Kind::of(&table)?, table))).collect()
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let marked =
        ["cl_waiting", "pool_size", "avg_query", "changeable", "connect_time"].iter().any(|mark| head.contains(mark));
    Confidence::certain_if(marked && !tables(head).is_empty())
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let tables = tables(input.text);
    if tables.is_empty() {
        let lacks = "no table with the columns of SHOW POOLS, SHOW DATABASES or SHOW STATS";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `psql -p 6432 pgbouncer -c 'SHOW POOLS' > pools.txt`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut sizes: HashMap<String, f64> = HashMap::new();
    for (_, table) in tables.iter().filter(|(kind, _)| *kind == Kind::Databases) {
        for row in &table.rows {
            if let Some(size) = number(row, table.column("pool_size")).filter(|size| *size > 0.0) {
                sizes.insert(cell(row, table.column("name")).to_owned(), size);
            }
        }
    }
    for (kind, table) in &tables {
        let at = format!("line {}", table.line);
        let subject = match kind {
            Kind::Pools => "pools",
            Kind::Databases => "databases",
            Kind::Stats => "stats",
            Kind::Other => "other",
        };
        import.measure_count("table.rows", table.rows.len(), subject, &at);
        #[allow(clippy::cast_precision_loss)]
        import.measure_text("table.columns", table.columns.len() as f64, subject, at, table.columns.join(", "));
        for (row, line) in table.numbered() {
            emit(&mut import, *kind, table, row, line, &sizes);
        }
    }
    Ok(import)
}

fn emit(import: &mut Import, kind: Kind, table: &Table, row: &[String], line: u64, sizes: &HashMap<String, f64>) {
    let value = |name: &str| number(row, table.column(name));
    let database = cell(row, table.any_column(&["database", "name"]));
    let database = if kind == Kind::Databases { cell(row, table.column("name")) } else { database };
    if database == "pgbouncer" {
        return;
    }
    let at = format!("line {line}");
    let mut set = |metric: &str, subject: &str, value: Option<f64>| {
        if let Some(value) = value {
            import.measure(metric, value, subject, &*at);
        }
    };
    match kind {
        Kind::Pools => {
            let subject = format!("{database}/{}", cell(row, table.column("user")));
            let servers =
                ["sv_active", "sv_idle", "sv_used", "sv_tested", "sv_login"].iter().filter_map(|name| value(name));
            let active = value("sv_active");
            set("db.pool.active", &subject, active);
            set("db.pool.idle", &subject, value("sv_idle"));
            set("db.pool.total", &subject, Some(servers.sum()));
            set("db.pool.waiting", &subject, value("cl_waiting"));
            let micros = value("maxwait_us").unwrap_or(0.0);
            set("db.pool.wait.max", &subject, value("maxwait").map(|seconds| seconds * 1e3 + micros / 1e3));
            if let (Some(active), Some(size)) = (active, sizes.get(database)) {
                set("db.pool.max", &subject, Some(*size));
                set("db.pool.usage", &subject, Some((active / size).min(1.0)));
            }
        }
        Kind::Databases => {
            set("db.pool.max", database, value("pool_size"));
            set("db.pool.total", database, value("current_connections"));
        }
        // Microseconds.
        Kind::Other => {}
        Kind::Stats => set("db.pool.wait.avg", database, value("avg_wait_time").map(|micros| micros / 1e3)),
    }
}
