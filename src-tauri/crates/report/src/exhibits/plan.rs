//! Plans of PostgreSQL queries: the tree of steps with rows and time, read from `EXPLAIN` as text or JSON.
//!
//! A step's own time is its total (the end of its actual time × loops) without that of the steps below it. Sub-plans
//! that run within a step's filter count as below it. Where a plan was not executed (`EXPLAIN` without `ANALYZE`) there
//! are estimates alone, and the cost takes the place of time.

use serde_json::{Value, json};

/// A plan.
#[derive(Debug, PartialEq)]
pub(super) struct Plan {
    steps: Vec<Step>,
    /// `Planning Time: …` and what else stands below the tree.
    remarks: Vec<String>,
}

#[derive(Debug, Default, PartialEq)]
struct Step {
    depth: usize,
    name: String,
    details: Vec<String>,
    rows_estimated: Option<f64>,
    /// Rows of all loops.
    rows: Option<f64>,
    loops: Option<f64>,
    /// All loops, in ms.
    total_ms: Option<f64>,
    cost: Option<f64>,
    /// Share of the whole that the step itself takes, 0 to 1.
    own_share: Option<f64>,
}

impl Plan {
    pub(super) fn to_json(&self) -> Value {
        // Below a limit fewer rows are read than there are, as was meant.
        let mut limits: Vec<usize> = Vec::new();
        let steps: Vec<Value> = self
            .steps
            .iter()
            .map(|step| {
                limits.retain(|depth| *depth < step.depth);
                let cut_short = !limits.is_empty();
                if step.name.starts_with("Limit") {
                    limits.push(step.depth);
                }
                // A planner that is wrong by ten times chooses by chance.
                let wrong = match (step.rows_estimated, step.rows, step.loops) {
                    (Some(estimated), Some(rows), Some(loops)) if loops > 0.0 => {
                        let (a, b) = (estimated.max(1.0), (rows / loops).max(1.0));
                        (a / b >= 10.0 && !cut_short) || b / a >= 10.0
                    }
                    _ => false,
                };
                json!({
                    "depth": step.depth, "name": step.name, "details": step.details, "rows_estimated": step.rows_estimated,
                    "rows": step.rows, "loops": step.loops, "total_ms": step.total_ms, "cost": step.cost,
                    "own_share": step.own_share, "misjudged": wrong,
                })
            })
            .collect();
        json!({ "steps": steps, "remarks": self.remarks, "executed": self.steps.iter().any(|step| step.total_ms.is_some()) })
    }
}

/// The plan that a text holds; `None` when it is none.
pub(super) fn of(text: &str) -> Option<Plan> {
    let mut plan = match serde_json::from_str::<Value>(text) {
        Ok(value) => from_json(&value)?,
        Err(_) => from_text(text)?,
    };
    side_by_side(&mut plan.steps);
    share(&mut plan.steps);
    Some(plan)
}

/// Workers that run a step side by side each count their own time: what passed is their mean.
fn side_by_side(steps: &mut [Step]) {
    for index in 0..steps.len() {
        let launched = steps[index]
            .details
            .iter()
            .find_map(|detail| detail.strip_prefix("Workers Launched: ")?.parse::<f64>().ok());
        let Some(workers) = launched.filter(|_| steps[index].name.starts_with("Gather")) else { continue };
        let depth = steps[index].depth;
        for step in steps[index + 1..].iter_mut().take_while(|step| step.depth > depth) {
            step.total_ms = step.total_ms.map(|ms| ms / (workers + 1.0));
        }
    }
}

fn share(steps: &mut [Step]) {
    let of = |step: &Step| step.total_ms.or(step.cost);
    let Some(whole) = steps.first().and_then(of).filter(|whole| *whole > 0.0) else { return };
    let totals: Vec<(usize, Option<f64>)> = steps.iter().map(|step| (step.depth, of(step))).collect();
    for (index, step) in steps.iter_mut().enumerate() {
        let Some(total) = totals[index].1 else { continue };
        let below = totals[index + 1..].iter().take_while(|(depth, _)| *depth > step.depth);
        let children: f64 = below.filter(|(depth, _)| *depth == step.depth + 1).filter_map(|(_, total)| *total).sum();
        // Parallel workers and rounding let children seem longer than their parent.
        step.own_share = Some(((total - children) / whole).clamp(0.0, 1.0));
    }
}

fn from_json(value: &Value) -> Option<Plan> {
    let whole = value.as_array().and_then(|all| all.first()).unwrap_or(value);
    let mut plan = Plan { steps: Vec::new(), remarks: Vec::new() };
    descend(whole.get("Plan")?, 0, &mut plan.steps);
    for name in ["Planning Time", "Execution Time"] {
        if let Some(ms) = whole.get(name).and_then(Value::as_f64) {
            plan.remarks.push(format!("{name}: {ms} ms"));
        }
    }
    Some(plan)
}

fn descend(node: &Value, depth: usize, steps: &mut Vec<Step>) {
    // No planner nests deeper; a hostile file could.
    if depth > 64 {
        return;
    }
    let word = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| node.get(name).and_then(Value::as_f64);
    let mut name = word("Node Type").to_owned();
    if !word("Index Name").is_empty() {
        name.push_str(&format!(" using {}", word("Index Name")));
    }
    if !word("Relation Name").is_empty() {
        name.push_str(&format!(" on {}", word("Relation Name")));
    }
    if !word("Alias").is_empty() && word("Alias") != word("Relation Name") {
        name.push_str(&format!(" {}", word("Alias")));
    }
    let details = ["Hash Cond", "Merge Cond", "Join Filter", "Index Cond", "Recheck Cond", "Filter", "Sort Method"]
        .into_iter()
        .filter(|key| !word(key).is_empty())
        .map(|key| format!("{key}: {}", word(key)))
        .chain(number("Rows Removed by Filter").map(|rows| format!("Rows Removed by Filter: {rows}")))
        .chain(number("Workers Launched").map(|workers| format!("Workers Launched: {workers}")))
        .collect();
    let loops = number("Actual Loops");
    steps.push(Step {
        depth,
        name,
        details,
        rows_estimated: number("Plan Rows"),
        rows: number("Actual Rows").map(|rows| rows * loops.unwrap_or(1.0)),
        loops,
        total_ms: number("Actual Total Time").map(|ms| ms * loops.unwrap_or(1.0)),
        cost: number("Total Cost"),
        own_share: None,
    });
    for child in node.get("Plans").and_then(Value::as_array).into_iter().flatten() {
        descend(child, depth + 1, steps);
    }
}

fn from_text(text: &str) -> Option<Plan> {
    let mut plan = Plan { steps: Vec::new(), remarks: Vec::new() };
    // Columns at which the steps above begin.
    let mut columns: Vec<usize> = Vec::new();
    for line in text.lines() {
        // psql frames an answer: a head, a rule, a blank before each line, `(12 rows)`, `+` at the ends of lines.
        let line = line.trim_end().trim_end_matches('+').trim_end();
        let bare = line.trim_start();
        let framed =
            bare.is_empty() || bare == "QUERY PLAN" || bare.chars().all(|c| c == '-' || c == '+') || is_count(bare);
        if framed {
            continue;
        }
        let arrow = bare.strip_prefix("->").map(str::trim_start);
        let step = arrow.unwrap_or(bare);
        if let Some((name, numbers)) =
            step.split_once("  (cost=").or_else(|| step.split_once(" (cost=")).or_else(|| step.split_once("  (actual "))
        {
            let column = line.chars().count() - bare.chars().count();
            while columns.last().is_some_and(|last| *last >= column) {
                columns.pop();
            }
            let depth = columns.len();
            // Several plans in one text are none that could be told as one.
            if depth == 0 && !plan.steps.is_empty() {
                return None;
            }
            columns.push(column);
            plan.steps.push(stepped(name, numbers, depth));
            continue;
        }
        let last = plan.steps.last_mut()?;
        let below = [
            "Planning Time",
            "Planning time",
            "Execution Time",
            "Execution time",
            "Total runtime",
            "JIT:",
            "Planning:",
            "Trigger ",
        ];
        if below.iter().any(|start| bare.starts_with(start)) || !plan.remarks.is_empty() {
            plan.remarks.push(bare.to_owned());
        } else {
            last.details.push(bare.to_owned());
        }
    }
    (!plan.steps.is_empty()).then_some(plan)
}

fn is_count(text: &str) -> bool {
    text.strip_prefix('(').and_then(|rest| rest.split_once(' ')).is_some_and(|(count, rest)| {
        count.parse::<u64>().is_ok() && (rest.starts_with("row") || rest.starts_with("Zeile"))
    })
}

/// A step from its name and `0.29..8.31 rows=1 width=244) (actual time=0.02..0.03 rows=1 loops=1)`.
fn stepped(name: &str, numbers: &str, depth: usize) -> Step {
    let (estimated, actual) = match numbers.split_once("(actual ") {
        Some((estimated, actual)) => (estimated, Some(actual)),
        None if numbers.contains("loops=") && !numbers.contains("width=") => ("", Some(numbers)),
        None => (numbers, None),
    };
    let number = |text: &str, after: &str| -> Option<f64> {
        let rest = text.split_once(after)?.1;
        rest[..rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len())].parse().ok()
    };
    let loops = actual.and_then(|text| number(text, "loops="));
    let times = |value: f64| value * loops.unwrap_or(1.0);
    let end = |text: &str, after: &str| text.split_once(after).and_then(|(_, rest)| number(rest, ".."));
    Step {
        depth,
        name: name.trim().to_owned(),
        rows_estimated: number(estimated, "rows="),
        rows: actual.and_then(|text| number(text, "rows=")).map(times),
        loops,
        total_ms: actual.and_then(|text| end(text, "time=")).map(times),
        // The text before the first two dots was cut away with `(cost=`.
        cost: number(estimated, ".."),
        ..Step::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = " QUERY PLAN \n------------\n Nested Loop  (cost=0.29..16.61 rows=2 width=8) (actual time=0.020..90.000 rows=200 loops=1)\n   ->  Seq Scan on orders o  (cost=0.00..9.00 rows=10 width=4) (actual time=0.010..30.000 rows=100 loops=1)\n         Filter: (state = 'open'::text)\n         Rows Removed by Filter: 9900\n   ->  Index Scan using items_pkey on items  (cost=0.29..0.70 rows=1 width=8) (actual time=0.100..0.500 rows=2 loops=100)\n         Index Cond: (id = o.item)\n Planning Time: 0.2 ms\n Execution Time: 91 ms\n(8 rows)\n";

    #[test]
    fn a_text_plan_becomes_steps_with_their_own_time() {
        let plan = of(TEXT).unwrap().to_json();
        let steps = plan["steps"].as_array().unwrap();
        assert_eq!(steps.iter().map(|s| s["depth"].as_u64().unwrap()).collect::<Vec<_>>(), [0, 1, 1]);
        assert_eq!(steps[1]["name"], "Seq Scan on orders o");
        assert_eq!(steps[1]["details"].as_array().unwrap().len(), 2);
        assert_eq!(
            (&steps[2]["rows"], &steps[2]["total_ms"], &steps[2]["loops"]),
            (&json!(200.0), &json!(50.0), &json!(100.0))
        );
        // 90 ms in all: 10 of its own, 30 for the scan, 50 for the index.
        let shares: Vec<f64> = steps.iter().map(|s| (s["own_share"].as_f64().unwrap() * 90.0).round()).collect();
        assert_eq!(shares, [10.0, 30.0, 50.0]);
        assert_eq!(steps.iter().map(|s| s["misjudged"].as_bool().unwrap()).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(plan["remarks"], json!(["Planning Time: 0.2 ms", "Execution Time: 91 ms"]));
        assert_eq!(plan["executed"], true);
    }

    #[test]
    fn workers_side_by_side_take_no_longer_than_the_whole_and_two_plans_are_none() {
        let text = "Gather  (cost=0..9 rows=9 width=4) (actual time=1..60 rows=9 loops=1)\n  Workers Planned: 2\n  Workers Launched: 2\n  ->  Parallel Seq Scan on t  (cost=0..8 rows=3 width=4) (actual time=0..40.000 rows=3 loops=3)";
        let steps = of(text).unwrap().to_json()["steps"].clone();
        assert_eq!(
            (&steps[1]["total_ms"], steps[0]["own_share"].as_f64().map(|s| (s * 60.0).round())),
            (&json!(40.0), Some(20.0))
        );
        assert_eq!(of(&format!("{text}\nPlanning Time: 1 ms\n{text}")), None);
    }

    #[test]
    fn a_limit_that_ends_a_step_early_is_no_misjudgement() {
        let text = "Limit  (cost=0..1 rows=5 width=4) (actual time=0..1 rows=5 loops=1)\n  ->  Seq Scan on t  (cost=0..9 rows=9000 width=4) (actual time=0..1 rows=5 loops=1)";
        let steps = of(text).unwrap().to_json()["steps"].clone();
        assert_eq!(steps[1]["misjudged"], false, "{steps}");
    }

    #[test]
    fn json_says_the_same_and_estimates_stand_alone() {
        let text = r#"[{"Plan":{"Node Type":"Hash Join","Total Cost":20,"Plan Rows":5,"Plans":[{"Node Type":"Seq Scan","Relation Name":"orders","Alias":"o","Filter":"(a = 1)","Total Cost":15,"Plan Rows":5}]}}]"#;
        let plan = of(text).unwrap().to_json();
        assert_eq!((&plan["executed"], &plan["steps"][1]["name"]), (&json!(false), &json!("Seq Scan on orders o")));
        assert_eq!(plan["steps"][0]["own_share"], json!(0.25));
        assert_eq!(plan["steps"][1]["details"], json!(["Filter: (a = 1)"]));
    }

    #[test]
    fn what_is_no_plan_is_none() {
        for text in ["", "hello\nworld", "{}", "[]", "[1]", "->", "(3 rows)"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
