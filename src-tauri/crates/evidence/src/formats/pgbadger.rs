//! `pgBadger`, JSON.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, fields,
    json::{self, Event},
    mask::{add_addresses, add_keys, add_literals},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pgbadger",
    title: "pgBadger, JSON (-x json)",
    tool: "pgBadger",
    note: "Normalised statements of the log, those with most time first, 200 at most; only what the server logged \
           (log_min_duration_statement) is in it. Literals and addresses are replaced by `…`.",
    metrics: &["db.log.*", "db.query.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Statements that are measured.
const STATEMENTS: usize = 200;
/// A subject is at most this long.
const SUBJECT: usize = 160;

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.has("normalyzed_info") && probe.has("overall_stat"))
}

/// Samples hold statements as they were sent, with whatever stands in them.
fn secrets(text: &str, secrets: &mut Secrets) {
    secrets.add_sql(text);
    add_addresses(text, secrets);
    add_keys(text, secrets);
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && (path.ends_with("/[]") && (path.starts_with("top_") || path.starts_with("error_info"))
                || path.ends_with("/query")
                || path.ends_with("/remote"))
        {
            add_literals(&text[range.clone()], range.start, false, false, secrets);
        }
    });
}

struct Statement<'a> {
    text: &'a str,
    at: String,
    calls: f64,
    total: f64,
    max: Option<f64>,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    if root.get("normalyzed_info").is_none() || root.get("overall_stat").is_none() {
        let lacks = "no `normalyzed_info` and `overall_stat` in it";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `pgbadger -x json -o out.json postgresql.log`"));
    }
    let mut import = Import::of(FORMAT.tool);
    // Before version 12 the log was not parted by database.
    let whole = root.get("overall_stat").filter(|stat| stat.get("errors_number").is_some());
    let whole = whole.map(|stat| ("/overall_stat".to_owned(), stat));
    let parted: Vec<_> = fields::entries(&root, "/overall_stat")
        .filter(|(_, stat)| stat.get("errors_number").is_some())
        .map(|(cluster, stat)| (format!("/overall_stat/{}", json::pointer(cluster)), stat))
        .collect();
    let whole = whole.filter(|_| parted.is_empty());
    for (at, stat) in parted.into_iter().chain(whole) {
        for (metric, field) in [("db.log.queries", "queries_number"), ("db.log.errors", "errors_number")] {
            match fields::number(&mut import, stat, &format!("/{field}")) {
                Some(value) => import.measure(metric, value, "", format!("{at}/{field}")),
                None => import.warn(None, format!("`{at}/{field}` is missing")),
            }
        }
    }
    for (section, field, metric) in [
        ("tempfile_info", "count", "db.log.temp_files"),
        ("tempfile_info", "size", "db.log.temp_bytes"),
        ("checkpoint_info", "warning", "db.log.checkpoint_warnings"),
    ] {
        let at = format!("/{section}/{field}");
        let of_cluster = |value: &Value| value.get(field).and_then(fields::as_number);
        let sum: Vec<f64> =
            fields::entries(&root, &format!("/{section}")).filter_map(|(_, value)| of_cluster(value)).collect();
        if let Some(value) =
            root.pointer(&at).and_then(fields::as_number).or((!sum.is_empty()).then(|| sum.iter().sum()))
        {
            import.measure(metric, value, "", at);
        }
    }
    for (of, locks) in fields::entries(&root, "/lock_info") {
        let one = locks.get("duration").map(|_| (of, locks));
        let below = fields::entries(locks, "").filter(|_| one.is_none());
        for (kind, lock) in one.into_iter().chain(below) {
            if let Some(millis) = lock.get("duration").and_then(fields::as_number) {
                import.measure("db.log.lock_wait", millis, kind, "/lock_info");
            }
        }
    }
    statements(&mut import, &root);
    Ok(import)
}

fn statements(import: &mut Import, root: &Value) {
    let mut all = Vec::new();
    let (mut sum, mut odd) = (0.0, 0_usize);
    let is_statement = |value: &Value| value.get("count").is_some_and(|count| !count.is_object());
    for (cluster, statements) in fields::entries(root, "/normalyzed_info") {
        // Before version 12 statements stand here themselves.
        let one = is_statement(statements).then_some((cluster, statements));
        let below = fields::entries(statements, "").filter(|_| one.is_none());
        for (text, info) in one.into_iter().chain(below) {
            let number = |field: &str| info.get(field).and_then(fields::as_number);
            let (Some(calls), Some(total)) = (number("count"), number("duration")) else {
                odd += 1;
                continue;
            };
            sum += total;
            let at = match one {
                Some(_) => "/normalyzed_info".to_owned(),
                None => format!("/normalyzed_info/{}", json::pointer(cluster)),
            };
            all.push(Statement { text, at, calls, total, max: number("max") });
        }
    }
    if odd > 0 {
        import
            .note(None, format!("{odd} statements have no duration: log_duration was off for them, they are left out"));
    }
    if all.is_empty() {
        import.warn(None, "no statement with a duration: the server logged none (log_min_duration_statement)");
    }
    all.sort_by(|a, b| b.total.total_cmp(&a.total).then_with(|| a.text.cmp(b.text)));
    if all.len() > STATEMENTS {
        import.note(None, format!("{STATEMENTS} of {} statements are measured: those with most time", all.len()));
    }
    for Statement { text, at, calls, total, max } in all.into_iter().take(STATEMENTS) {
        let subject: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT).collect();
        import.measure("db.query.calls", calls, &*subject, &*at);
        import.measure("db.query.total", total, &*subject, &*at);
        if calls > 0.0 {
            import.measure("db.query.mean", total / calls, &*subject, &*at);
        }
        if let Some(max) = max {
            import.measure("db.query.max", max, &*subject, &*at);
            import.measure("db.query.p99_bound", max, &*subject, &*at);
        }
        if sum > 0.0 {
            import.measure("db.query.share", (total / sum).clamp(0.0, 1.0), &*subject, &*at);
        }
    }
}
