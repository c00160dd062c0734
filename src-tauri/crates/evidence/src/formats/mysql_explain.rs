//! MySQL's `EXPLAIN`: tree, table and JSON.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, fields,
    json::{self, Event},
    mask::{add_literals, constant},
    plan::{self, LARGE, Plan},
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mysql-explain",
    title: "MySQL EXPLAIN (tree, table, JSON)",
    tool: "MySQL",
    note: "One measurement set a plan. Full scans are `Table scan on …` and the access type ALL; numbers of rows are \
           measured only where the plan was run (EXPLAIN ANALYZE). Literals in conditions are replaced by `…`.",
    metrics: &["db.plan.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// `-> Table scan on p  (cost=431 rows=21000) (actual time=0.01..3.2 rows=20000 loops=1)`
static NODE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^([ |]*(?:EXPLAIN: )?)-> (.+?)(?:  \(cost=(?:[\d.e+]+\.\.)?([\d.e+]+) rows=([\d.e+]+)\))?",
        r"(?:\s+\(actual time=[\d.e+-]+\.\.([\d.e+-]+) rows=([\d.e+]+) loops=(\d+)\)|\s+\((never executed)\))?\s*\|?$",
    ))
});
const REMEDY: &str = "write it with `mysql -e 'EXPLAIN ANALYZE SELECT …' > plan.txt`";

fn is_tabular(table: &Table) -> bool {
    ["select_type", "possible_keys", "rows"].iter().all(|name| table.column(name).is_some())
}

fn tables(text: &str) -> Vec<Table> {
    let mut found = table::tables(text);
    found.retain(is_tabular);
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if found.is_empty() && header.contains("select_type") {
        found.extend(table::csv_table(text).filter(is_tabular));
    }
    found
}

/// PostgreSQL's nodes look alike, but tell the width of their rows.
fn is_node(line: &str) -> bool {
    !line.contains(" width=")
        && NODE
            .captures(line)
            .is_some_and(|found| found.get(3).is_some() || found.get(5).is_some() || found.get(8).is_some())
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    if probe.is_object() {
        return Confidence::certain_if(probe.has("query_block") && probe.head().contains("\"select_id\""));
    }
    if probe.text().starts_with(['[', '<']) {
        return Confidence::No;
    }
    let tabular = probe.lines(3).any(|line| line.contains("select_type") && line.contains("possible_keys"));
    Confidence::certain_if(tabular || probe.lines(20).any(is_node))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if text.trim_start().starts_with('{') {
        json::walk(text, |event| {
            if let Event::String(path, range) = event
                && ["attached_condition", "query", "condition"].iter().any(|key| path.ends_with(key))
            {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
            }
        });
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.contains("-> ") && line.contains('\'') {
            add_literals(line.trim_end(), start, false, false, secrets);
        }
        start += line.len();
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no =
        || Refusal::not(FORMAT.title, "neither a tree of nodes nor columns `select_type` and `possible_keys`", REMEDY);
    let text = input.text.trim_start();
    let mut plans = match text.as_bytes().first() {
        Some(b'{') => {
            let root: Value = json::parse(text)?;
            vec![of_json(root.get("query_block").ok_or_else(no)?)]
        }
        Some(b'[' | b'<') => return Err(no()),
        _ => {
            let trees = of_tree(input.text);
            if trees.is_empty() { tables(input.text).iter().map(of_table).collect() } else { trees }
        }
    };
    if plans.is_empty() {
        return Err(no());
    }
    plan::number(&mut plans);
    let mut import = Import::of(FORMAT.tool);
    for plan in &plans {
        plan.emit(&mut import);
    }
    Ok(import)
}

fn of_tree(text: &str) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut costs = false;
    for (number, line) in (1_u64..).zip(text.lines()) {
        if line.contains(" width=") {
            return Vec::new();
        }
        costs |= is_node(line);
        let Some(found) = NODE.captures(line) else { continue };
        let read = |group: usize| found.get(group).and_then(|text| text.as_str().parse::<f64>().ok());
        let (cost, planned, end, actual, loops) = (read(3), read(4), read(5), read(6), read(7));
        let kind = &found[2];
        let root = found[1].chars().filter(|c| *c == ' ').count() <= usize::from(found[1].contains('|'))
            || found[1].contains("EXPLAIN: ");
        if root || plans.is_empty() {
            plans.push(Plan {
                at: format!("line {number}"),
                top: kind.split_once("  (").map_or(kind, |(kind, _)| kind).to_owned(),
                cost,
                analyzed: actual.is_some(),
                execution: end,
                ..Plan::default()
            });
        }
        let Some(plan) = plans.last_mut() else { continue };
        plan.nodes += 1;
        // The topmost nodes may stand without a cost, and the time of all is then that of what is below.
        plan.cost = plan.cost.or(cost);
        plan.analyzed |= actual.is_some();
        plan.execution = plan.execution.or(end);
        match (planned, actual) {
            _ if found.get(8).is_some() || loops == Some(0.0) => plan.skipped(),
            (Some(planned), Some(actual)) => plan.compare(planned, actual),
            _ => {}
        }
        if let Some(scanned) = kind.strip_prefix("Table scan on ").filter(|table| !table.starts_with('<')) {
            let table = scanned.split(' ').next().unwrap_or_default().to_owned();
            if actual.unwrap_or(0.0) * loops.unwrap_or(1.0) > LARGE {
                plan.large.push(table.clone());
            }
            plan.scans.push(table);
        }
    }
    if costs { plans } else { Vec::new() }
}

fn of_table(table: &Table) -> Plan {
    let cell = |row: &[String], name: &str| {
        table.column(name).and_then(|column| row.get(column)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let mut plan = Plan { at: format!("line {}", table.line), nodes: table.rows.len(), ..Plan::default() };
    if let Some(first) = table.rows.first() {
        plan.top = cell(first, "select_type");
    }
    for row in table.rows.iter().filter(|row| cell(row, "type").eq_ignore_ascii_case("ALL")) {
        let name = cell(row, "table");
        if !name.starts_with('<') {
            plan.scans.push(format!("{name} (about {} rows)", cell(row, "rows")));
        }
    }
    plan
}

fn of_json(block: &Value) -> Plan {
    let mut plan = Plan { at: "/query_block".to_owned(), top: "query_block".to_owned(), ..Plan::default() };
    plan.cost = block.pointer("/cost_info/query_cost").and_then(fields::as_number);
    walk(block, &mut plan, 0);
    plan
}

fn walk(value: &Value, plan: &mut Plan, depth: usize) {
    if depth > json::DEPTH_LIMIT {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, plan, depth + 1)),
        Value::Object(entries) => {
            if let Some(access) = entries.get("access_type").and_then(Value::as_str) {
                plan.nodes += 1;
                let name = entries.get("table_name").and_then(Value::as_str).unwrap_or_default();
                if access == "ALL" && !name.starts_with('<') {
                    let rows =
                        entries.get("rows_examined_per_scan").or(entries.get("rows")).and_then(fields::as_number);
                    plan.scans.push(rows.map_or(name.to_owned(), |rows| format!("{name} (about {rows} rows)")));
                }
            }
            entries.values().for_each(|value| walk(value, plan, depth + 1));
        }
        _ => {}
    }
}
