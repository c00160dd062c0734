//! Gatling: `stats.json` and `global_stats.json` of its report, and the text `simulation.log`.

use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    dropped::Dropped,
    fields,
    formats::no_secrets,
    json,
    load::{self, Run, Sample, Samples},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "gatling",
    title: "Gatling, stats.json, global_stats.json or simulation.log",
    tool: "Gatling",
    note: "One measurement set a request and one for all; milliseconds. percentiles1 to 4 are taken as p50, p75, p95 and \
           p99, which they are unless gatling.conf says otherwise; failed is KO. Of a log, percentiles by nearest rank.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// What a record of a log is; Gatling 2.0 put two cells before it.
fn kind<'a>(cells: &[&'a str]) -> &'a str {
    let of = |at: usize| cells.get(at).copied().unwrap_or_default();
    match (of(0), of(2)) {
        (kind @ ("RUN" | "REQUEST" | "USER" | "GROUP" | "ERROR" | "ASSERTION"), _)
        | (_, kind @ ("RUN" | "REQUEST" | "USER" | "GROUP")) => kind,
        (kind, _) => kind,
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').map(str::trim).collect()
}

/// Assertions stand before the run.
fn is_log(text: &str) -> bool {
    let mut records = text.lines().map(cells).skip_while(|cells| matches!(kind(cells), "" | "ASSERTION"));
    records.next().is_some_and(|cells| kind(&cells) == "RUN" && cells.len() >= 5)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let stats = |base: &str| {
        probe.has(&format!("{base}numberOfRequests/total")) && probe.has(&format!("{base}percentiles1/total"))
    };
    Confidence::certain_if(stats("") || stats("stats/") || is_log(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    if is_log(input.text) {
        log(input, &mut import)?;
        return Ok(import);
    }
    let no = || {
        let lacks = "neither `numberOfRequests` nor a log that begins with RUN";
        Refusal::not(FORMAT.title, lacks, "take stats.json from the folder js of Gatling's report")
    };
    if !input.text.trim_start().starts_with('{') {
        return Err(no());
    }
    let root: Value = json::parse(input.text)?;
    let base = if root.get("stats").is_some() { "/stats" } else { "" };
    if root.pointer(&format!("{base}/numberOfRequests")).is_none() {
        return Err(no());
    }
    import.note(None, "percentiles1 to 4 are taken as p50, p75, p95 and p99: Gatling's default, the file does not say");
    stats(&mut import, &root, base, String::new());
    contents(&mut import, &root, "", 0);
    Ok(import)
}

/// The requests of a group and of the groups in it.
fn contents(import: &mut Import, root: &Value, at: &str, depth: usize) {
    for (key, value) in fields::entries(root, &format!("{at}/contents")) {
        let at = format!("{at}/contents/{}", json::pointer(key));
        let subject = match (fields::text(value, "/path"), fields::text(value, "/name")) {
            ("", name) => name,
            (path, _) => path,
        };
        if value.get("contents").is_none() {
            stats(import, root, &format!("{at}/stats"), subject.to_owned());
        } else if depth < json::DEPTH_LIMIT {
            contents(import, root, &at, depth + 1);
        }
    }
}

fn stats(import: &mut Import, root: &Value, at: &str, subject: String) {
    let mut run = Run::of(subject);
    for (field, metric) in [
        ("numberOfRequests/total", "http.requests"),
        ("numberOfRequests/ko", "http.failed.count"),
        ("meanNumberOfRequestsPerSecond/total", "http.rate"),
        ("meanResponseTime/total", "http.latency.avg"),
        ("maxResponseTime/total", "http.latency.max"),
        ("percentiles1/total", "http.latency.p50"),
        ("percentiles2/total", "http.latency.p75"),
        ("percentiles3/total", "http.latency.p95"),
        ("percentiles4/total", "http.latency.p99"),
    ] {
        run.take(import, metric, root, &format!("{at}/{field}"), 1.0);
    }
    run.emit(import);
}

fn log(input: &Input<'_>, import: &mut Import) -> Result<(), Refusal> {
    let mut samples = Samples::default();
    let mut broken = Dropped::default();
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cells = cells(line);
        match kind(&cells) {
            "RUN" => {
                import.tool_version = cells.last().copied().unwrap_or_default().to_owned();
            }
            "REQUEST" => match request(&cells) {
                Some(sample) => samples.add(sample),
                None => broken.add(number),
            },
            "USER" | "GROUP" | "ERROR" | "ASSERTION" | "" => {}
            _ => broken.add(number),
        }
    }
    broken.tell(import, "lines that are no whole record of Gatling");
    import.measure_count("load.records", samples.len(), "samples", "REQUEST");
    samples.emit(import, "REQUEST");
    Ok(())
}

/// A request. What stands before the name differs by version, so the times before its outcome are found first: begin and
/// end, or of both the first and the last byte.
fn request<'a>(cells: &[&'a str]) -> Option<Sample<'a>> {
    let is_time = |cell: &str| cell.len() >= 12 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let outcome = (2..cells.len())
        .find(|at| matches!(cells[*at], "OK" | "KO") && is_time(cells[at - 1]) && is_time(cells[at - 2]))?;
    let times = if outcome >= 5 && is_time(cells[outcome - 3]) && is_time(cells[outcome - 4]) { 4 } else { 2 };
    let at = outcome - times;
    let (start, end): (f64, f64) = (cells[at].parse().ok()?, cells[outcome - 1].parse().ok()?);
    (end >= start && at > 0).then(|| Sample {
        subject: cells[at - 1],
        start_ms: start,
        millis: end - start,
        failed: cells[outcome] == "KO",
        ..Sample::default()
    })
}
