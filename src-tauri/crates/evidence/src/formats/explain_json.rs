//! PostgreSQL `EXPLAIN (FORMAT JSON)`, bare or as psql printed it.

use std::borrow::Cow;

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
    Confidence::certain_if(is_plan(text) && (text.starts_with(['[', '{']) || text.contains("QUERY PLAN")))
}

/// Conditions hold the literals of the statement.
fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    json::walk(text, |event| {
        if let Event::String(path, range) = event {
            let key = path.trim_end_matches("/[]").rsplit('/').next().unwrap_or_default();
            if ["Filter", "Cond", "Query Text", "Output", "Key", "Function Call"].iter().any(|end| key.ends_with(end)) {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
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
    let text = unframed(input.text);
    let root: Value = json::parse(&text)?;
    let single = std::slice::from_ref(&root);
    let plans = root.as_array().map_or(single, Vec::as_slice);
    let mut import = Import::of(FORMAT.tool);
    for (index, plan) in plans.iter().enumerate() {
        let subject = if plans.len() > 1 { format!("plan {}", index + 1) } else { String::new() };
        let base = if root.is_array() { format!("/{index}") } else { String::new() };
        emit(&mut import, plan, &subject, &base);
    }
    Ok(import)
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

fn emit(import: &mut Import, plan: &Value, subject: &str, base: &str) {
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
    listed(import, "db.plan.sort_spills", &nodes.spills);
    for (metric, field) in [("db.plan.cost", "Total Cost"), ("db.plan.temp_written", "Temp Written Blocks")] {
        if let Some(value) = fields::number(import, root, &format!("/{field}")) {
            import.measure(metric, value, subject, format!("{at}/{field}"));
        }
    }
    let analyzed = root.get("Actual Loops").is_some();
    import.measure_bool("db.plan.analyzed", analyzed, subject, &at, "");
    if !analyzed {
        import.warn(None, "planned, not run: without ANALYZE there are no times and no numbers of rows");
        return;
    }
    listed(import, "db.plan.seq_scans.large", &nodes.large);
    if nodes.misestimate > 0.0 {
        import.measure("db.plan.misestimate", nodes.misestimate, subject, &*at);
    }
    if nodes.never > 0 {
        import.note(None, format!("{} nodes were never run", nodes.never));
    }
    for (metric, field) in [("db.plan.execution", "Execution Time"), ("db.plan.planning", "Planning Time")] {
        match fields::number(import, plan, &format!("/{field}")) {
            Some(value) => import.measure(metric, value, subject, format!("{base}/{field}")),
            None => import.note(None, format!("no `{field}` in the plan: SUMMARY was off, or the server is old")),
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
    if fields::text(node, "/Sort Space Type") == "Disk" {
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
