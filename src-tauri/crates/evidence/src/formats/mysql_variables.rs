//! MySQL and MariaDB `SHOW VARIABLES`, as the client prints it.

use std::collections::HashMap;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities, table};

/// The format.
pub const FORMAT: Format = Format {
    id: "mysql-variables",
    title: "MySQL, SHOW VARIABLES",
    tool: "MySQL",
    note: "Settings of the server at the moment of capture. `long_query_time` counts as the limit of the slow log only \
           while that log is on.",
    metrics: &["db.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// Variables, the metrics they are, and what turns them into the metric's unit.
const PLAIN: &[(&str, &str, f64)] = &[
    ("max_connections", "db.max_connections", 1.0),
    ("innodb_buffer_pool_size", "db.buffer_pool", 1.0),
    ("innodb_lock_wait_timeout", "db.lock_timeout", 1e3),
    ("max_execution_time", "db.statement_timeout", 1.0),
    ("max_statement_time", "db.statement_timeout", 1e3),
    ("wait_timeout", "db.idle_timeout", 1e3),
];

/// A name and value, of a framed line, or with a tab, a comma or a semicolon between them.
fn row<'a>(line: &'a str) -> Option<(&'a str, &'a str)> {
    let line = line.trim();
    let (name, value) = match line.strip_prefix('|') {
        Some(inner) => inner.strip_suffix('|').unwrap_or(inner).split_once('|')?,
        None => line.split_once('\t').or_else(|| line.split_once(',')).or_else(|| line.split_once(';'))?,
    };
    let unquoted = |cell: &'a str| {
        let cell = cell.trim();
        cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell)
    };
    Some((unquoted(name), unquoted(value)))
}

/// Names and values of all rows, with their line.
fn rows(text: &str) -> Vec<(&str, &str, u64)> {
    let (mut found, mut name) = (Vec::new(), None);
    let (mut header, vertical) = (false, table::is_vertical(text));
    for (number, line) in (1_u64..).zip(text.lines()) {
        if vertical {
            match line.trim().split_once(':') {
                Some((key, value)) if key.eq_ignore_ascii_case("Variable_name") => name = Some(value.trim()),
                Some((key, value)) if key.eq_ignore_ascii_case("Value") => {
                    found.extend(name.take().map(|name| (name, value.trim(), number)));
                }
                _ => {}
            }
        } else if is_header(line) {
            header = true;
        } else if let Some((name, value)) = row(line).filter(|_| header) {
            found.push((name, value, number));
        }
    }
    found
}

fn is_header(line: &str) -> bool {
    row(line)
        .is_some_and(|(name, value)| name.eq_ignore_ascii_case("Variable_name") && value.eq_ignore_ascii_case("Value"))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let settings = ["max_connections", "version_comment", "innodb_", "wait_timeout"];
    let own = settings.iter().any(|name| probe.head().contains(name));
    let vertical =
        || table::is_vertical(probe.text()) && probe.lines(3).any(|line| line.trim().starts_with("Variable_name: "));
    Confidence::certain_if(own && (probe.lines(5).any(is_header) || vertical()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let variables: HashMap<&str, (&str, u64)> =
        rows(input.text).into_iter().map(|(name, value, line)| (name, (value, line))).collect();
    if !variables
        .keys()
        .any(|name| name.contains("max_connections") || name.starts_with("innodb_") || *name == "wait_timeout")
    {
        let lacks = "no `Variable_name` and `Value` with settings of the server";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `mysql -t -e 'SHOW GLOBAL VARIABLES' > variables.txt`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    let text = |name: &str| variables.get(name).map(|(value, _)| *value);
    let at = |name: &str| variables.get(name).map_or_else(String::new, |(_, line)| format!("line {line}"));
    text("version").unwrap_or_default().clone_into(&mut import.tool_version);
    if text("version").is_some_and(|version| version.contains("MariaDB")) {
        "MariaDB".clone_into(&mut import.tool);
    }
    for (name, metric, factor) in PLAIN {
        let Some(value) = text(name) else { continue };
        match value.parse::<f64>().ok().filter(|value| value.is_finite()) {
            Some(value) => import.measure(metric, value * factor, "", at(name)),
            None => import.warn(None, format!("`{name}` is no number: it is left out")),
        }
    }
    let on = |name: &str| text(name).map(|value| matches!(value.to_ascii_uppercase().as_str(), "ON" | "1" | "YES"));
    for (name, metric) in
        [("slow_query_log", "db.slow_log"), ("have_ssl", "db.ssl"), ("require_secure_transport", "db.ssl.required")]
    {
        if let Some(on) = on(name) {
            import.measure_bool(metric, on, "", &at(name), text(name).unwrap_or_default());
        }
    }
    match (on("slow_query_log"), text("long_query_time").and_then(|seconds| seconds.parse::<f64>().ok())) {
        (Some(true), Some(seconds)) if seconds.is_finite() => {
            import.measure("db.log_min_duration", seconds * 1e3, "", at("long_query_time"));
        }
        (Some(false), _) => import.note(None, "the slow log is off: slow statements are not logged"),
        _ => {}
    }
    Ok(import)
}
