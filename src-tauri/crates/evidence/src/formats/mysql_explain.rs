//! MySQL's `EXPLAIN`: tree, table and JSON.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    json::{self, Event},
    mask::{Quoting, add_quoted_literals, constant},
    plan::{self, LARGE, Plan, mysql_json},
    severity::Severities,
    table::{self, Table},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mysql-explain",
    title: "MySQL or MariaDB EXPLAIN (tree, table, JSON)",
    tool: "MySQL",
    note: "One measurement set a plan. Full scans are `Table scan on …` and the access type ALL; numbers of rows are \
           measured only where the plan was run (EXPLAIN ANALYZE, ANALYZE). Literals in conditions are replaced by `…`.",
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
    let mut found = if table::is_vertical(text) { table::vertical_tables(text) } else { table::tables(text) };
    found.retain(is_tabular);
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if found.is_empty() && header.contains("select_type") {
        found.extend(table::csv_table(text).filter(is_tabular));
    }
    found
}

/// What the client wrote into a pipe: below the column's name one line, in which line ends, tabs and backslashes are
/// escaped.
fn unescaped(text: &str) -> Cow<'_, str> {
    let batch = text.trim_start().split_once('\n').filter(|(header, rest)| {
        header.trim() == "EXPLAIN" && rest.lines().next().is_some_and(|line| line.contains("\\n"))
    });
    let Some((_, body)) = batch else { return Cow::Borrowed(text) };
    let (mut out, mut escaped) = (String::with_capacity(body.len()), false);
    for c in body.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (false, c) => out.push(c),
            (true, c) => {
                match c {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '\\' => out.push('\\'),
                    c => out.extend(['\\', c]),
                }
                escaped = false;
            }
        }
    }
    Cow::Owned(out)
}

/// The JSON of a plan, out of the frame or the record that the client put it into.
fn json_of(text: &str) -> Option<&str> {
    if text.trim_start().starts_with(['[', '<'])
        || !["\"query_block\"", "\"query_plan\"", "\"operation\""].iter().any(|key| text.contains(key))
    {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n').take(20) {
        let inner = line.trim_start_matches(['|', ' ']);
        let inner = inner.strip_prefix("EXPLAIN: ").or(inner.strip_prefix("ANALYZE: ")).unwrap_or(inner);
        if inner.starts_with('{') {
            let from = start + line.len() - inner.len();
            return Some(&text[from..from + json::length(&text[from..])]);
        }
        start += line.len();
    }
    None
}

/// PostgreSQL's nodes look alike, but tell the width of their rows.
fn is_node(line: &str) -> bool {
    !line.contains(" width=")
        && NODE
            .captures(line)
            .is_some_and(|found| found.get(3).is_some() || found.get(5).is_some() || found.get(8).is_some())
}

/// Of each line whether it is of a statement as it was typed, which goes on to where the answer begins.
fn typed() -> impl FnMut(&str) -> bool {
    let mut asked = false;
    move |line| {
        let line = line.trim_start();
        let prompt = line.starts_with("mysql>") || line.starts_with("MariaDB [");
        asked = prompt || asked && !line.starts_with(['+', '|', '*', '{']);
        asked
    }
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let first = |head: &str| {
        let block = head.contains("\"query_block\"") && head.contains("\"select_id\"");
        // The second version of the format has no blocks.
        block || head.contains("\"operation\"") && head.contains("\"estimated_total_cost\"")
    };
    if probe.is_object() {
        let top = ["query_block", "query_plan", "operation"].iter().any(|key| probe.has(key));
        return Confidence::certain_if(top && first(probe.head()));
    }
    if probe.text().starts_with(['[', '<']) {
        return Confidence::No;
    }
    let tabular = probe.lines(3).any(|line| line.contains("select_type") && line.contains("possible_keys"));
    let record = || {
        table::is_vertical(probe.text())
            && ["select_type:", "possible_keys:"].iter().all(|key| probe.head().contains(key))
    };
    let text = unescaped(probe.head());
    let inner = || text.len() < 1 << 20 && json_of(&text).is_some_and(first);
    Confidence::certain_if(tabular || text.lines().take(20).any(is_node) || record() || inner())
}

fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    if text.trim_start().starts_with('{') {
        json::walk(text, |event| {
            if let Event::String(path, range) = event {
                let key = path.trim_end_matches("/[]").rsplit('/').next().unwrap_or_default();
                if key.ends_with("condition") || matches!(key, "query" | "operation" | "ranges") {
                    add_quoted_literals(&text[range.clone()], range.start, Quoting::InJson, secrets);
                }
            }
        });
        return;
    }
    let (mut start, mut typed) = (0, typed());
    for line in text.split_inclusive('\n') {
        // A tree, or JSON in the frame of the client.
        let (typed, json) = (typed(line), line.trim_start_matches(['|', ' ']).starts_with(['"', '{']));
        if (typed || json || line.contains("-> ")) && line.contains('\'') {
            let quoting = if json { Quoting::InJson } else { Quoting::Backslashes };
            add_quoted_literals(line.trim_end(), start, quoting, secrets);
        }
        start += line.len();
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no =
        || Refusal::not(FORMAT.title, "neither a tree of nodes nor columns `select_type` and `possible_keys`", REMEDY);
    if input.text.trim_start().starts_with(['[', '<']) {
        return Err(no());
    }
    let text = unescaped(input.text);
    let mut import = Import::of(FORMAT.tool);
    let mut plans = match json_of(&text) {
        Some(json) => {
            let root: Value = json::parse(json)?;
            if mysql_json::is_maria(&root) {
                "MariaDB".clone_into(&mut import.tool);
            }
            vec![mysql_json::plan(&root).ok_or_else(no)?]
        }
        None if text.trim_start().starts_with('{') => return Err(no()),
        None => {
            let trees = of_tree(&text);
            if trees.is_empty() { tables(&text).iter().map(of_table).collect() } else { trees }
        }
    };
    if plans.is_empty() {
        return Err(no());
    }
    plan::number(&mut plans);
    for plan in &plans {
        plan.emit(&mut import);
    }
    Ok(import)
}

fn of_tree(text: &str) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    let (mut costs, mut typed) = (false, typed());
    for (number, line) in (1_u64..).zip(text.lines()) {
        // `-> ` is also what the client writes before what goes on.
        if typed(line) {
            continue;
        }
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
    // MariaDB's ANALYZE ran it, and says how many rows there were on average.
    let run = table.column("r_rows").is_some();
    plan.analyzed = run;
    for row in &table.rows {
        let number = |name: &str| cell(row, name).replace(',', "").parse::<f64>().ok().filter(|rows| rows.is_finite());
        let actual = number("r_rows");
        match (number("rows"), actual) {
            (Some(planned), Some(actual)) => plan.compare(planned, actual),
            (Some(_), None) if run => plan.skipped(),
            _ => {}
        }
        let name = cell(row, "table");
        if !cell(row, "type").eq_ignore_ascii_case("ALL") || name.starts_with('<') {
            continue;
        }
        if actual.is_some_and(|rows| rows > LARGE) {
            plan.large.push(name.clone());
        }
        plan.scans.push(format!("{name} (about {} rows)", cell(row, "rows")));
    }
    plan
}
