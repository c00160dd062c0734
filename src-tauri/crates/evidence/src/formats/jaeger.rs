//! Jaeger: what its UI and its APIs answer for traces, and lists of traces or of spans.

use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    json::{self, Entries, Text, nullable},
    severity::Severities,
    traces::{self, Otlp, Span, Traces},
    units,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jaeger",
    title: "Jaeger, traces as JSON",
    tool: "Jaeger",
    note: "Durations and failures by operation (service and operation), percentiles by nearest rank; calls and database \
           queries by request, of traces whose root is in the file.",
    metrics: traces::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: traces::secrets,
    parse,
};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer<'a> {
    #[serde(borrow)]
    data: Option<Vec<Trace<'a>>>,
    #[serde(borrow)]
    result: Option<Otlp<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    errors: Vec<Fault<'a>>,
    /// Of a single trace, which then has no list around it.
    #[serde(borrow, deserialize_with = "nullable")]
    spans: Vec<Record<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    processes: Entries<Text<'a>, Process<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fault<'a> {
    #[serde(borrow)]
    msg: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Trace<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    spans: Vec<Record<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    processes: Entries<Text<'a>, Process<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Process<'a> {
    #[serde(borrow, rename = "serviceName")]
    service: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Record<'a> {
    #[serde(borrow, rename = "traceID", alias = "traceId")]
    trace: Text<'a>,
    #[serde(borrow, rename = "operationName")]
    operation: Text<'a>,
    #[serde(borrow, rename = "parentSpanID", alias = "parentSpanId")]
    parent: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    references: Vec<Reference<'a>>,
    #[serde(borrow)]
    duration: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    tags: Vec<Tag<'a>>,
    #[serde(borrow, rename = "processID", alias = "processId")]
    process: Text<'a>,
    #[serde(borrow, rename = "process")]
    own: Option<Process<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Reference<'a> {
    #[serde(borrow, rename = "refType")]
    kind: Text<'a>,
    #[serde(borrow, rename = "spanID", alias = "spanId")]
    span: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tag<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    /// In Jaeger's own model the value stands below a key for its type.
    #[serde(borrow, alias = "vStr", alias = "vBool", alias = "vInt64", alias = "vFloat64")]
    value: Text<'a>,
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let ui = probe.has("data/[]/traceID") && probe.has("data/[]/spans");
    let bare = probe.is_list() && probe.has("[]/traceID") && probe.has("[]/operationName");
    let traces = probe.has("[]/spans/[]/operationName") && probe.has("[]/processes");
    let one = probe.has("spans/[]/operationName")
        && ["processes", "spans/[]/process", "spans/[]/processId"].iter().any(|key| probe.has(key));
    Confidence::certain_if(ui || bare || traces || one || probe.has("result/resourceSpans"))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let mut traces = Traces::default();
    let no = || {
        let lacks = "neither traces in `data`, `result.resourceSpans` nor a list of spans";
        Refusal::not(FORMAT.title, lacks, "write it with `curl 'http://HOST:16686/api/traces?service=NAME'`")
    };
    if input.text.trim_start().starts_with('[') {
        let list: Vec<Trace<'_>> = json::parse(input.text)?;
        let is_span = |span: &Record<'_>| span.operation.some().is_some() && span.trace.some().is_some();
        if list.iter().flat_map(|trace| &trace.spans).any(is_span) {
            add_all(input, &list, &mut traces)?;
            traces.emit(&mut import, "/");
            return Ok(import);
        }
        let spans: Vec<Record<'_>> = json::parse(input.text)?;
        if !spans.iter().any(is_span) {
            return Err(no());
        }
        spans.iter().for_each(|span| add(span, &Entries::default(), &mut traces));
        traces.emit(&mut import, "/");
        return Ok(import);
    }
    // The third version of the API streams its answer, an object a line.
    let mut at = "";
    for answer in serde_json::Deserializer::from_str(input.text).into_iter::<Answer<'_>>() {
        let answer = answer.map_err(|error| json::refusal(&error))?;
        for fault in &answer.errors {
            import.error(None, format!("Jaeger reports: {}", fault.msg));
        }
        if let Some(result) = answer.result.filter(Otlp::is_some) {
            traces::add(&result, &mut traces);
            at = "/result/resourceSpans";
        } else if !answer.spans.is_empty() {
            add_all(input, &[Trace { spans: answer.spans, processes: answer.processes }], &mut traces)?;
            at = "/spans";
        } else {
            add_all(input, &answer.data.ok_or_else(no)?, &mut traces)?;
            at = "/data";
        }
    }
    if at == "/data" && traces.spans() == 0 || at.is_empty() {
        return Err(no());
    }
    traces.emit(&mut import, at);
    Ok(import)
}

fn add_all(input: &Input<'_>, list: &[Trace<'_>], traces: &mut Traces) -> Result<(), Refusal> {
    for trace in list {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        trace.spans.iter().for_each(|span| add(span, &trace.processes, traces));
    }
    Ok(())
}

/// Microseconds, or in Jaeger's own model a duration with its unit.
fn millis(duration: &Text<'_>) -> Option<f64> {
    duration.number().map(|micros| micros / 1e3).or_else(|| units::millis(duration.as_str()))
}

fn add(span: &Record<'_>, processes: &Entries<Text<'_>, Process<'_>>, traces: &mut Traces) {
    let tag = |key: &str| span.tags.iter().find(|tag| tag.key.as_str() == key).map_or("", |tag| tag.value.as_str());
    let process = processes.0.iter().find(|(id, _)| *id == span.process).map(|(_, process)| process);
    let service = span.own.as_ref().or(process).map_or("", |process| process.service.as_str());
    let reference = span.references.iter().find(|reference| reference.kind.as_str() != "FOLLOWS_FROM");
    let calls = matches!(tag("span.kind"), "client" | "producer");
    traces.add(&Span {
        trace: span.trace.as_str(),
        parent: reference.map_or(span.parent.as_str(), |reference| reference.span.as_str()),
        service,
        operation: span.operation.as_str(),
        millis: millis(&span.duration),
        failed: tag("error") == "true" || tag("otel.status_code") == "ERROR",
        calls,
        database: calls
            && ["db.system", "db.system.name", "db.statement", "db.type"].iter().any(|key| !tag(key).is_empty()),
    });
}
