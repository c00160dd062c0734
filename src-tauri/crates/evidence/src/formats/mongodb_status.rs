//! MongoDB's `serverStatus` as JSON.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, fields, formats::no_secrets, json, mongo::number,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "mongodb-status",
    title: "MongoDB serverStatus, JSON",
    tool: "MongoDB",
    note: "Connections and queues of the moment of capture; operations, latencies and scans since the start of the server.",
    metrics: &["db.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let own = ["connections/current", "opcounters/insert", "uptime"].iter().all(|key| probe.has(key));
    Confidence::certain_if(probe.is_object() && own)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let get = |at: &str| root.pointer(at).and_then(number);
    if get("/connections/current").is_none() || root.get("opcounters").is_none() {
        let remedy = "write it with `mongosh --quiet --eval 'EJSON.stringify(db.serverStatus())' > status.json`";
        return Err(Refusal::not(FORMAT.title, "no `connections` and `opcounters` in it", remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    fields::text(&root, "/version").clone_into(&mut import.tool_version);
    fields::text(&root, "/host").clone_into(&mut import.subject);
    let time = root.pointer("/localTime/$date").or(root.get("localTime")).and_then(Value::as_str);
    import.captured_at = time.and_then(|time| time.parse().ok());
    for (metric, subject, at) in [
        ("db.connections", "", "/connections/current"),
        ("db.connections", "active", "/connections/active"),
        ("db.uptime", "", "/uptime"),
        ("db.queue", "readers", "/globalLock/currentQueue/readers"),
        ("db.queue", "writers", "/globalLock/currentQueue/writers"),
        ("db.buffer_pool", "", "/wiredTiger/cache/maximum bytes configured"),
        ("db.scans.collection", "", "/metrics/queryExecutor/collectionScans/nonTailable"),
    ] {
        if let Some(value) = get(at) {
            import.measure(metric, value, subject, at);
        }
    }
    if let (Some(current), Some(available)) = (get("/connections/current"), get("/connections/available")) {
        import.measure("db.max_connections", current + available, "", "/connections/available");
    }
    for (kind, value) in fields::entries(&root, "/opcounters").filter_map(|(kind, value)| Some((kind, number(value)?)))
    {
        import.measure("db.operations", value, kind, format!("/opcounters/{}", json::pointer(kind)));
    }
    for kind in ["reads", "writes", "commands"] {
        let at = format!("/opLatencies/{kind}");
        let (micros, count) = (get(&format!("{at}/latency")), get(&format!("{at}/ops")));
        if let (Some(micros), Some(count)) = (micros, count.filter(|count| *count > 0.0)) {
            import.measure("db.operation.mean", micros / 1e3 / count, kind, at);
        }
    }
    let (looked_at, returned) = (get("/metrics/queryExecutor/scannedObjects"), get("/metrics/document/returned"));
    if let (Some(looked_at), Some(returned)) = (looked_at, returned.filter(|returned| *returned > 0.0)) {
        import.measure("db.examined_per_row", looked_at / returned, "", "/metrics/queryExecutor/scannedObjects");
    }
    Ok(import)
}
