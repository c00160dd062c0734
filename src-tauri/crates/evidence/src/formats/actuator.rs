//! Spring Boot Actuator: `/actuator/health` and `/actuator/metrics/NAME`.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields, formats::no_secrets, json, severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "actuator",
    title: "Spring Boot Actuator, health, one metric or the list of metrics",
    tool: "Spring Boot",
    note: "Health: one state a component, of the moment of capture. A metric: its statistics, in milliseconds where its unit \
           is a time. The list of metrics: which of those that an audit asks for are exported.",
    metrics: &["health.*", "actuator.*", "db.pool.*", "obs.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

const STATES: &[&str] = &["UP", "DOWN", "OUT_OF_SERVICE", "UNKNOWN"];

/// Metrics that an audit asks for, and names of Micrometer that are such.
const LISTED: &[(&str, &[&str])] = &[
    ("obs.red.rate", &["http.server.requests"]),
    ("obs.metric.pool", &["hikaricp.connections", "jdbc.connections.active", "r2dbc.pool.acquired"]),
    ("obs.metric.pool_wait", &["hikaricp.connections.acquire"]),
    ("obs.metric.cache_hits", &["cache.gets"]),
    ("obs.metric.cache_evictions", &["cache.evictions"]),
    ("obs.metric.db_duration", &["spring.data.repository.invocations", "hibernate.query.executions.max"]),
    ("obs.metric.db_queries", &["hibernate.query.executions", "hibernate.statements"]),
];

/// Whether a text holds a name, in quotes.
fn says(text: &str, name: &str) -> bool {
    text.contains(&format!("\"{name}\""))
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let health = probe.has("status") && (probe.has("components/*/status") || probe.has("details/*/status"));
    // Spring Boot 1 put the components beside the state of all.
    let beside = ["diskSpace", "db", "redis", "mongo", "rabbit", "mail", "refreshScope"];
    let beside = probe.has("status") && beside.iter().any(|name| probe.has(&format!("{name}/status")));
    let metric = probe.has("name") && probe.has("measurements/[]/statistic") && probe.has("availableTags");
    let listed = probe.has("names") && probe.only(&["names"]) && says(probe.head(), "jvm.memory.used");
    let bare = probe.has("status")
        && probe.text().len() < 200
        && STATES.iter().any(|s| probe.text().contains(&format!("\"{s}\"")));
    match () {
        () if health || beside || metric || listed => Confidence::Certain,
        () if bare => Confidence::Possible,
        () => Confidence::No,
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let mut import = Import::of(FORMAT.tool);
    let state = fields::text(&root, "/status");
    let listed: Vec<&str> = fields::items(&root, "/names").iter().filter_map(Value::as_str).collect();
    if root.get("measurements").is_some_and(Value::is_array) && root.get("name").is_some() {
        metric(&mut import, &root);
    } else if root.as_object().is_some_and(|root| root.len() == 1) && listed.contains(&"jvm.memory.used") {
        for (metric, names) in LISTED {
            let found = names.iter().find(|name| listed.contains(name)).copied().unwrap_or_default();
            import.measure_bool(metric, !found.is_empty(), "", "/names", found);
        }
    } else if STATES.contains(&state) {
        health(&mut import, &root, "", "", 0);
        let newer = root.get("components").is_some() || root.get("details").is_some();
        let mut shown = newer;
        for (name, part) in fields::entries(&root, "").filter(|(_, part)| !newer && part.get("status").is_some()) {
            health(&mut import, part, name, &format!("/{}", json::pointer(name)), 1);
            shown = true;
        }
        if !shown {
            import.note(None, "no components shown: management.endpoint.health.show-details is `never`");
        }
    } else {
        let lacks = "neither a `status` of health nor `measurements` of a metric";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `curl http://HOST/actuator/health`"));
    }
    Ok(import)
}

fn health(import: &mut Import, node: &Value, subject: &str, at: &str, depth: usize) {
    match fields::text(node, "/status") {
        "" => import.warn(None, format!("`{at}` has no status: it is left out")),
        state => import.measure_bool("health.up", state == "UP", subject, &format!("{at}/status"), state),
    }
    for key in ["components", "details"] {
        for (name, part) in fields::entries(node, &format!("/{key}")) {
            // Details of a component are facts of it; only those with a state are components.
            if part.get("status").is_some() && depth < 16 {
                let subject = if subject.is_empty() { name.clone() } else { format!("{subject}/{name}") };
                health(import, part, &subject, &format!("{at}/{key}/{}", json::pointer(name)), depth + 1);
            }
        }
    }
}

fn metric(import: &mut Import, root: &Value) {
    let name = fields::text(root, "/name");
    let factor = match fields::text(root, "/baseUnit") {
        "seconds" => Some(1e3),
        "milliseconds" => Some(1.0),
        "nanoseconds" => Some(1e-6),
        _ => None,
    };
    let pool = match name {
        "hikaricp.connections" => Some("db.pool.total"),
        "hikaricp.connections.active" | "r2dbc.pool.acquired" | "jdbc.connections.active" => Some("db.pool.active"),
        "hikaricp.connections.idle" | "r2dbc.pool.idle" | "jdbc.connections.idle" => Some("db.pool.idle"),
        "hikaricp.connections.max" | "r2dbc.pool.max.allocated" | "jdbc.connections.max" => Some("db.pool.max"),
        "hikaricp.connections.pending" | "r2dbc.pool.pending" => Some("db.pool.waiting"),
        "hikaricp.connections.timeout" => Some("db.pool.timeouts"),
        _ => None,
    };
    // The values of one pool alone are that pool's; of several, they are a sum over all.
    let pools: Vec<&str> = fields::items(root, "/availableTags")
        .iter()
        .filter(|tag| matches!(fields::text(tag, "/tag"), "pool" | "name"))
        .flat_map(|tag| fields::items(tag, "/values"))
        .filter_map(Value::as_str)
        .collect();
    let subject = if let [pool] = pools[..] { pool } else { "" };
    let (mut count, mut total) = (None, None);
    for (index, measured) in fields::items(root, "/measurements").iter().enumerate() {
        let at = format!("/measurements/{index}/value");
        let statistic = fields::text(measured, "/statistic");
        let Some(value) = fields::number(import, root, &at) else { continue };
        if let Some(pool) = pool.filter(|_| matches!(statistic, "VALUE" | "COUNT")) {
            import.measure(pool, value, subject, &*at);
        }
        match (statistic, factor) {
            ("COUNT", _) => {
                count = Some(value);
                import.measure("actuator.count", value, name, at);
            }
            ("TOTAL_TIME" | "TOTAL", Some(factor)) => {
                total = Some(value * factor);
                import.measure("actuator.time.total", value * factor, name, at);
            }
            ("MAX", Some(factor)) if name == "hikaricp.connections.acquire" => {
                import.measure("db.pool.wait.max", value * factor, subject, &*at);
                import.measure("actuator.time.max", value * factor, name, at);
            }
            ("MAX", Some(factor)) => import.measure("actuator.time.max", value * factor, name, at),
            (_, Some(factor)) => import.measure("actuator.time.value", value * factor, name, at),
            (_, None) => import.measure_text("actuator.value", value, name, at, statistic),
        }
    }
    if let (Some(count), Some(total)) = (count.filter(|count| *count > 0.0), total) {
        import.measure("actuator.time.avg", total / count, name, "/measurements");
    }
    if name == "hikaricp.connections.acquire"
        && let (Some(count), Some(total)) = (count.filter(|count| *count > 0.0), total)
    {
        import.measure("db.pool.wait.avg", total / count, subject, "/measurements");
    }
}
