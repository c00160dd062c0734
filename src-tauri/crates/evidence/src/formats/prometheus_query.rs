//! Answers of Prometheus' HTTP API to queries.

use serde_json::Value;

use crate::{Confidence, Format, Import, Input, Probe, Refusal, fields, formats::no_secrets, json};

/// The format.
pub const FORMAT: Format = Format {
    id: "prometheus-query",
    title: "Prometheus, answer to query or query_range",
    tool: "Prometheus",
    note: "Latest, smallest and largest value of every series, 500 at most, in the unit of the query, which is not in the \
           answer. NaN and infinite samples are counted and left out.",
    metrics: &["prometheus.query.*"],
    sniff,
    secrets: no_secrets,
    parse,
};

/// Series that are measured.
const SERIES: usize = 500;

fn sniff(probe: &Probe<'_>) -> Confidence {
    let failed = probe.has("errorType") && probe.has("error");
    Confidence::certain_if(probe.has("status") && (probe.has("data/resultType") && probe.has("data/result") || failed))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let root: Value = json::parse(input.text)?;
    let status = fields::text(&root, "/status");
    if status == "error" && root.get("errorType").is_some() {
        let reason = format!("the query failed: {}", fields::text(&root, "/error"));
        return Err(Refusal::new(reason, "correct the query and ask again; this is no result"));
    }
    let kind = fields::text(&root, "/data/resultType");
    if status != "success" || !matches!(kind, "matrix" | "vector" | "scalar" | "string") {
        let lacks = "no `status` of success with a `data.resultType` in it";
        let remedy = "write it with `curl 'http://HOST:9090/api/v1/query_range?query=…'`";
        return Err(Refusal::not(FORMAT.title, lacks, remedy));
    }
    let mut import = Import::of(FORMAT.tool);
    let (mut points, mut broken, mut native) = (0_usize, 0_usize, 0_usize);
    let at = "/data/result";
    let scalar = root.pointer(at).filter(|_| matches!(kind, "scalar" | "string"));
    let series = fields::items(&root, at);
    let count = if scalar.is_some() { 1 } else { series.len() };
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("prometheus.query.series", count as f64, "", at, kind);
    let mut measured = Vec::new();
    let entries: Vec<(&Value, Option<&Value>)> = match scalar {
        Some(scalar) => vec![(scalar, Some(scalar))],
        None => series.iter().map(|entry| (entry, entry.get("value"))).collect(),
    };
    for (index, (entry, single)) in entries.into_iter().enumerate() {
        let values = fields::items(entry, "/values").iter().chain(single).filter(|_| kind != "string");
        let (mut last, mut least, mut most) = (None, f64::INFINITY, f64::NEG_INFINITY);
        for pair in values {
            points += 1;
            // Values are texts; NaN and the infinities are such as well.
            match pair.get(1).and_then(fields::as_number) {
                Some(value) => {
                    last = Some(value);
                    least = least.min(value);
                    most = most.max(value);
                }
                None => broken += 1,
            }
        }
        if entry.get("histogram").is_some() || entry.get("histograms").is_some() {
            native += 1;
        }
        if let Some(last) = last {
            measured.push((labels(entry), last, least, most, format!("{at}/{index}")));
        }
    }
    import.measure_count("prometheus.query.points", points, "", at);
    for (subject, last, least, most, at) in measured.iter().take(SERIES) {
        import.measure("prometheus.query.last", *last, &**subject, &**at);
        import.measure("prometheus.query.min", *least, &**subject, &**at);
        import.measure("prometheus.query.max", *most, &**subject, &**at);
    }
    if measured.len() > SERIES {
        import.note(None, format!("{SERIES} of {} series are measured", measured.len()));
    }
    if native > 0 {
        import.note(None, format!("{native} series are native histograms: they are not measured"));
    }
    if broken > 0 {
        import.warn(None, format!("{broken} samples are NaN, infinite or no number: they are left out"));
    }
    if count == 0 {
        import.error(None, "the answer is empty: no series matched. That is not zero, it is nothing measured");
    }
    for warning in fields::items(&root, "/warnings").iter().filter_map(Value::as_str).take(20) {
        import.warn(None, format!("Prometheus warns: {warning}"));
    }
    Ok(import)
}

/// A series by its name and labels, as they are written in a query.
fn labels(entry: &Value) -> String {
    let name = fields::text(entry, "/metric/__name__");
    let labels: Vec<String> = fields::entries(entry, "/metric")
        .filter(|(key, _)| *key != "__name__")
        .map(|(key, value)| format!("{key}={:?}", value.as_str().unwrap_or_default()))
        .collect();
    if labels.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", labels.join(",")) }
}
