//! The JSON of MySQL's `EXPLAIN` in both its versions, and of MariaDB's `ANALYZE`.

use serde_json::Value;

use super::{LARGE, Plan};
use crate::{fields, json};

/// The plan of a document; `None` where there is none.
pub(crate) fn plan(root: &Value) -> Option<Plan> {
    if let Some(block) = root.get("query_block") {
        return Some(of_blocks(root, block));
    }
    let at = if root.get("query_plan").is_some() { "/query_plan" } else { "" };
    let node = root.pointer(at).filter(|node| node.get("operation").is_some())?;
    let mut plan = Plan { at: at.to_owned(), top: fields::text(node, "/operation").to_owned(), ..Plan::default() };
    plan.cost = number(node, "estimated_total_cost");
    plan.execution = number(node, "actual_last_row_ms");
    of_inputs(node, &mut plan, 0);
    Some(plan)
}

/// Whether MariaDB wrote it.
pub(crate) fn is_maria(root: &Value) -> bool {
    root.get("query_optimization").is_some() || root.pointer("/query_block/r_loops").is_some()
}

fn number(node: &Value, key: &str) -> Option<f64> {
    node.get(key).and_then(fields::as_number)
}

fn of_blocks(root: &Value, block: &Value) -> Plan {
    let mut plan = Plan { at: "/query_block".to_owned(), top: "query_block".to_owned(), ..Plan::default() };
    plan.cost = block.pointer("/cost_info/query_cost").and_then(fields::as_number).or(number(block, "cost"));
    plan.analyzed = block.get("r_loops").is_some();
    plan.execution = number(block, "r_total_time_ms");
    plan.planning = root.pointer("/query_optimization/r_total_time_ms").and_then(fields::as_number);
    walk(block, &mut plan, 0);
    plan
}

/// The first version: tables anywhere below the block. MariaDB puts what it measured beside what it planned, with `r_`.
fn walk(value: &Value, plan: &mut Plan, depth: usize) {
    if depth > json::DEPTH_LIMIT {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, plan, depth + 1)),
        Value::Object(entries) => {
            if let Some(access) = entries.get("access_type").and_then(Value::as_str) {
                table(value, access, plan);
            }
            entries.values().for_each(|value| walk(value, plan, depth + 1));
        }
        _ => {}
    }
}

fn table(node: &Value, access: &str, plan: &mut Plan) {
    plan.nodes += 1;
    let name = fields::text(node, "/table_name");
    let planned = number(node, "rows_examined_per_scan").or(number(node, "rows"));
    let (actual, loops) = (number(node, "r_rows"), number(node, "r_loops"));
    match (planned, actual) {
        _ if loops == Some(0.0) => plan.skipped(),
        (Some(planned), Some(actual)) => plan.compare(planned, actual),
        _ => {}
    }
    if access == "ALL" && !name.starts_with('<') {
        if actual.is_some_and(|rows| rows * loops.unwrap_or(1.0) > LARGE) {
            plan.large.push(name.to_owned());
        }
        plan.scans.push(planned.map_or(name.to_owned(), |rows| format!("{name} (about {rows} rows)")));
    }
}

/// The second version: the nodes of the tree, each with what it reads from.
fn of_inputs(node: &Value, plan: &mut Plan, depth: usize) {
    if depth > json::DEPTH_LIMIT {
        return;
    }
    plan.nodes += 1;
    let (planned, actual) = (number(node, "estimated_rows"), number(node, "actual_rows"));
    let loops = number(node, "actual_loops");
    plan.analyzed |= loops.is_some();
    match (planned, actual) {
        _ if loops == Some(0.0) => plan.skipped(),
        (Some(planned), Some(actual)) => plan.compare(planned, actual),
        _ => {}
    }
    let name = fields::text(node, "/table_name");
    if fields::text(node, "/access_type") == "table" && !name.starts_with('<') {
        if actual.unwrap_or(0.0) * loops.unwrap_or(1.0) > LARGE {
            plan.large.push(name.to_owned());
        }
        plan.scans.push(name.to_owned());
    }
    // Subqueries of the list of columns and of conditions stand below keys of their own.
    let below = node.as_object().into_iter().flatten().filter(|(key, _)| key.starts_with("inputs"));
    for input in below.filter_map(|(_, value)| value.as_array()).flatten() {
        of_inputs(input, plan, depth + 1);
    }
}
