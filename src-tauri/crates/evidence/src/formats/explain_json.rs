//! PostgreSQL `EXPLAIN (FORMAT JSON)`: bare, as psql printed it, as a driver gave it back, or in a log by `auto_explain`.

use std::{borrow::Cow, ops::Range};

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, fields,
    json::{self, Event},
    mask::add_literals,
    severity::Severities,
    table::csv_table,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "explain-json",
    title: "PostgreSQL EXPLAIN (FORMAT JSON)",
    tool: "PostgreSQL",
    note: "One measurement set a plan. Without ANALYZE there are no times. Temporary blocks are those of the whole plan. \
           Literals in conditions are replaced by `…`.",
    metrics: &["db.plan.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Rows beyond which a sequential scan is large, as elsewhere in the vocabulary.
const LARGE: f64 = 10_000.0;

fn is_plan(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(65_536)];
    ["\"Plan\"", "\"\"Plan\"\""].iter().any(|key| head.contains(key)) && head.contains("Node Type\"")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let text = probe.text();
    let known = text.starts_with(['[', '{']) || text.contains("QUERY PLAN") || text.contains(LOGGED) || is_cell(text);
    Confidence::certain_if(is_plan(text) && known)
}

/// A cell of a CSV alone: quoted, and so are its quotes.
fn is_cell(text: &str) -> bool {
    text.starts_with("\"[") || text.starts_with("\"{")
}

/// What `auto_explain` writes before a plan, behind the duration.
const LOGGED: &str = " ms  plan:";

/// Plans in a log of the server: where they are, and the milliseconds that the line before them tells.
fn logged(text: &str) -> Vec<(Range<usize>, Option<f64>)> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find(LOGGED).map(|at| from + at) {
        let begin = at + LOGGED.len();
        from = begin;
        let start = begin + text[begin..].len() - text[begin..].trim_start().len();
        if text[start..].starts_with('{') {
            let end = start + json::length(&text[start..]);
            found.push((start..end, text[..at].rsplit(' ').next().and_then(|millis| millis.parse().ok())));
            from = end;
        }
    }
    found
}

fn is_log(text: &str) -> bool {
    !text.trim_start().starts_with(['[', '{']) && text.contains(LOGGED)
}

/// Conditions hold the literals of the statement.
fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    // Where the quotes of the JSON are doubled, only its lines are known.
    if text.contains("\"\"Plan\"\"") {
        lines(text, 0, secrets);
        return;
    }
    if !is_log(text) {
        conditions(text, 0, secrets);
        return;
    }
    let mut done = 0;
    for (range, _) in logged(text).into_iter().chain([(text.len()..text.len(), None)]) {
        // Statements stand in the other lines as well.
        lines(&text[done..range.start], done, secrets);
        conditions(&text[range.clone()], range.start, secrets);
        done = range.end;
    }
}

/// Marks the literals of lines that stand at an offset.
fn lines(text: &str, mut start: usize, secrets: &mut Secrets) {
    for line in text.split_inclusive('\n') {
        if line.contains('\'') {
            add_literals(line.trim_end_matches(['\r', '\n']), start, false, true, secrets);
        }
        start += line.len();
    }
}

/// Marks the literals of a plan that stands at an offset.
fn conditions(plan: &str, offset: usize, secrets: &mut Secrets) {
    const HELD: &[&str] = &[
        "Filter",
        "Cond",
        "Query Text",
        "Output",
        "Key",
        "Function Call",
        "Remote SQL",
        "Query Parameters",
        "QUERY PLAN",
        "Order By",
        "Run Condition",
        "Sampling Parameters",
    ];
    json::walk(plan, |event| {
        if let Event::String(path, range) = event {
            let key = path.trim_end_matches("/[]").rsplit('/').next().unwrap_or_default();
            if HELD.iter().any(|end| key.ends_with(end)) {
                add_literals(&plan[range.clone()], offset + range.start, false, false, secrets);
            }
        }
    });
}

/// The JSON out of psql's frame.
fn unframed(text: &str) -> Cow<'_, str> {
    let text = text.trim_start();
    if text.starts_with(['[', '{']) {
        return Cow::Borrowed(text);
    }
    if is_cell(text) {
        return Cow::Owned(text.trim_end().trim_matches('"').replace("\"\"", "\""));
    }
    if text.contains("\"\"Plan\"\"") {
        let cell = csv_table(text).and_then(|table| table.rows.into_iter().next()?.into_iter().next());
        return Cow::Owned(cell.unwrap_or_default());
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bar = ['|', '│', '║'];
        let line = line.trim().trim_start_matches(bar).trim_end_matches(bar).trim();
        let line = line.trim_end_matches(['+', '↵']);
        if out.is_empty() && !line.starts_with(['[', '{']) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    let end = json::length(&out);
    out.truncate(end);
    Cow::Owned(out)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !is_plan(input.text.trim_start()) {
        let lacks = "no `Plan` with a `Node Type` in it";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT …`",
        ));
    }
    let mut plans = Vec::new();
    if is_log(input.text) {
        for (index, (range, millis)) in logged(input.text).into_iter().enumerate() {
            if input.stop.now() {
                return Err(Refusal::stopped());
            }
            plans.push((format!("plan {}", index + 1), json::parse::<Value>(&input.text[range])?, millis));
        }
    } else {
        let text = unframed(input.text);
        collect(json::parse(&text)?, String::new(), 0, &mut plans)?;
    }
    let mut import = Import::of(FORMAT.tool);
    let several = plans.len() > 1;
    for (index, (base, plan, millis)) in plans.iter().enumerate() {
        let subject = if several { format!("plan {}", index + 1) } else { String::new() };
        emit(&mut import, plan, &subject, base, *millis);
    }
    Ok(import)
}

/// A plan, its place, and its duration where that stands outside of it.
type Found = (String, Value, Option<f64>);

/// The plans of a document. Drivers give them back as rows with one column, at times as text.
fn collect(value: Value, base: String, depth: usize, into: &mut Vec<Found>) -> Result<(), Refusal> {
    match value {
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                collect(item, format!("{base}/{index}"), depth + 1, into)?;
            }
            Ok(())
        }
        Value::Object(mut row) if depth < 4 && !row.contains_key("Plan") && row.contains_key("QUERY PLAN") => {
            let at = format!("{base}/QUERY PLAN");
            match row.remove("QUERY PLAN") {
                Some(Value::String(text)) => collect(json::parse(&text)?, at, depth + 1, into),
                Some(plan) => collect(plan, at, depth + 1, into),
                None => Ok(()),
            }
        }
        value => {
            into.push((base, value, None));
            Ok(())
        }
    }
}

/// What a walk over the nodes gathers.
#[derive(Default)]
struct Nodes {
    count: usize,
    scans: Vec<String>,
    large: Vec<String>,
    spills: Vec<String>,
    misestimate: f64,
    never: usize,
}

fn emit(import: &mut Import, plan: &Value, subject: &str, base: &str, logged: Option<f64>) {
    let Some(root) = plan.get("Plan") else {
        import.warn(None, format!("`{base}` has no `Plan`: it is left out"));
        return;
    };
    let mut nodes = Nodes::default();
    walk(root, &mut nodes, 0);
    let at = format!("{base}/Plan");
    let kind = fields::text(root, "/Node Type");
    #[allow(clippy::cast_precision_loss)]
    let listed = |import: &mut Import, metric: &str, list: &[String]| {
        import.measure_text(metric, list.len() as f64, subject, &*at, list.join(", "));
    };
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("db.plan.nodes", nodes.count as f64, subject, &*at, kind);
    listed(import, "db.plan.seq_scans", &nodes.scans);
    for (metric, field) in [("db.plan.cost", "Total Cost"), ("db.plan.temp_written", "Temp Written Blocks")] {
        if let Some(value) = fields::number(import, root, &format!("/{field}")) {
            import.measure(metric, value, subject, format!("{at}/{field}"));
        }
    }
    let analyzed = root.get("Actual Loops").is_some();
    import.measure_bool("db.plan.analyzed", analyzed, subject, &at, "");
    if !analyzed {
        if let Some(millis) = logged {
            import.measure("db.plan.execution", millis, subject, base);
        }
        import.warn(None, "planned, not run: without ANALYZE there are no times and no numbers of rows");
        return;
    }
    // What was not run has not sorted anything yet.
    listed(import, "db.plan.sort_spills", &nodes.spills);
    listed(import, "db.plan.seq_scans.large", &nodes.large);
    if nodes.misestimate > 0.0 {
        import.measure("db.plan.misestimate", nodes.misestimate, subject, &*at);
    }
    if nodes.never > 0 {
        import.note(None, format!("{} nodes were never run", nodes.never));
    }
    for (metric, field, old) in
        [("db.plan.execution", "Execution Time", "Total Runtime"), ("db.plan.planning", "Planning Time", "")]
    {
        let found = [field, old].into_iter().filter(|field| !field.is_empty() && plan.get(field).is_some());
        let value = found.map(|field| (field, fields::number(import, plan, &format!("/{field}")))).next();
        match (value, logged) {
            (Some((field, Some(value))), _) => import.measure(metric, value, subject, format!("{base}/{field}")),
            (_, Some(millis)) if metric == "db.plan.execution" => import.measure(metric, millis, subject, base),
            // The server logs plans without the time of planning.
            (_, Some(_)) => {}
            _ => import.note(None, format!("no `{field}` in the plan: SUMMARY was off, or the server is old")),
        }
    }
}

fn walk(node: &Value, nodes: &mut Nodes, depth: usize) {
    let number = |field: &str| node.get(field).and_then(fields::as_number);
    nodes.count += 1;
    let name = || {
        let name = fields::text(node, "/Relation Name");
        if name.is_empty() { fields::text(node, "/Alias").to_owned() } else { name.to_owned() }
    };
    let loops = number("Actual Loops").unwrap_or(1.0);
    if fields::text(node, "/Node Type") == "Seq Scan" {
        nodes.scans.push(name());
        let read = number("Actual Rows").unwrap_or(0.0) + number("Rows Removed by Filter").unwrap_or(0.0);
        if read * loops > LARGE {
            nodes.large.push(name());
        }
    }
    // A worker sorts by itself, and may spill where the leader does not.
    let workers = fields::items(node, "/Workers");
    if std::iter::once(node).chain(workers).any(|part| fields::text(part, "/Sort Space Type") == "Disk") {
        nodes.spills.push(fields::text(node, "/Node Type").to_owned());
    }
    match (number("Plan Rows"), number("Actual Rows")) {
        (Some(_), Some(_)) if loops == 0.0 => nodes.never += 1,
        (Some(planned), Some(actual)) => {
            let (planned, actual) = (planned.max(1.0), actual.max(1.0));
            nodes.misestimate = nodes.misestimate.max(planned / actual).max(actual / planned);
        }
        _ => {}
    }
    for child in fields::items(node, "/Plans").iter().filter(|_| depth < json::DEPTH_LIMIT) {
        walk(child, nodes, depth + 1);
    }
}
