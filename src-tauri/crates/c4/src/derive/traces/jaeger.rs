//! Jaeger's JSON: answers of its API, downloads of its page, single traces, lists of traces or of spans.

use super::span::{Emitter, Kind, Loose, Span, Spans, id, keep};
use crate::derive::text::json_refusal;
use crate::diagnostic::Refusal;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Answer<'t> {
    #[serde(borrow)]
    data: Option<&'t RawValue>,
}

#[derive(Deserialize)]
struct Trace {
    spans: Vec<RawSpan>,
    #[serde(default)]
    processes: Option<HashMap<String, Process>>,
}

#[derive(Deserialize, Clone, Default)]
struct Process {
    #[serde(default, rename = "serviceName")]
    name: Option<String>,
    #[serde(default)]
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize, Clone)]
struct Tag {
    key: String,
    #[serde(default)]
    value: Loose,
}

#[derive(Deserialize)]
struct RawSpan {
    #[serde(rename = "traceID", alias = "traceId", default)]
    trace: String,
    #[serde(rename = "spanID", alias = "spanId")]
    id: String,
    #[serde(rename = "parentSpanID", alias = "parentSpanId", default)]
    parent: Option<String>,
    #[serde(rename = "operationName", default)]
    name: String,
    #[serde(default)]
    references: Option<Vec<Reference>>,
    #[serde(default)]
    duration: Loose,
    #[serde(default)]
    tags: Option<Tags>,
    #[serde(rename = "processID", default)]
    process_id: Option<String>,
    #[serde(default)]
    process: Option<Process>,
}

/// A list; of Elasticsearch's documents also a map.
#[derive(Deserialize)]
#[serde(untagged)]
enum Tags {
    List(Vec<Tag>),
    Map(HashMap<String, Loose>),
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "refType", default)]
    kind: String,
    #[serde(rename = "traceID", alias = "traceId", default)]
    trace: String,
    #[serde(rename = "spanID", alias = "spanId", default)]
    span: String,
}

/// Reads a file into the spans.
///
/// # Errors
/// What is not JSON, JSON that holds no traces: with its line and JSON pointer.
pub(crate) fn read(file: &str, text: &str, into: &mut Spans) -> Result<(), Refusal> {
    // Whether it is JSON at all is asked first, for the line of the mistake.
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| json_refusal(file, &error))?;
    let whole = text.trim();
    // Entry by entry: a file of all traces of a day is not held in memory twice.
    let answer = if whole.starts_with('{') {
        serde_json::from_str::<Answer<'_>>(whole).ok().and_then(|one| one.data)
    } else {
        None
    };
    let (body, prefix) = answer.map_or((whole, ""), |data| (data.get(), "/data"));
    if body == "null" {
        return Ok(());
    }
    if !body.starts_with('[') {
        return entry(file, text, prefix, body, into);
    }
    let entries: Vec<&RawValue> = serde_json::from_str(body).map_err(|error| json_refusal(file, &error))?;
    for (at, one) in entries.into_iter().enumerate() {
        entry(file, text, &format!("{prefix}/{at}"), one.get(), into)?;
    }
    Ok(())
}

/// A trace, or a span of its own.
fn entry(file: &str, text: &str, place: &str, raw: &str, into: &mut Spans) -> Result<(), Refusal> {
    let mistake = match serde_json::from_str::<Trace>(raw) {
        Ok(trace) => {
            trace_into(file, place, trace, into);
            return Ok(());
        }
        Err(mistake) => mistake,
    };
    let mistake = match serde_json::from_str::<RawSpan>(raw) {
        Ok(span) => {
            span_into(file, place, span, &HashMap::new(), into);
            return Ok(());
        }
        Err(_) if raw.contains("\"spans\"") => mistake,
        Err(mistake) => mistake,
    };
    let before = (raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let line = text.get(..before).map_or(0, |before| before.matches('\n').count()) + mistake.line();
    let what = mistake.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Err(Refusal {
        file: file.to_owned(),
        line,
        message: format!(
            "JSON, but no trace as Jaeger writes it at {}: {what}",
            if place.is_empty() { "/" } else { place }
        ),
        remedy: "download the trace as JSON from Jaeger's page or from /api/traces".to_owned(),
    })
}

fn trace_into(file: &str, place: &str, trace: Trace, into: &mut Spans) {
    let processes = trace.processes.unwrap_or_default();
    for (at, span) in trace.spans.into_iter().enumerate() {
        span_into(file, &format!("{place}/spans/{at}"), span, &processes, into);
    }
}

fn span_into(file: &str, place: &str, raw: RawSpan, processes: &HashMap<String, Process>, into: &mut Spans) {
    let process = raw.process_id.as_ref().and_then(|id| processes.get(id)).or(raw.process.as_ref());
    let service = process.and_then(|process| {
        let name = process.name.clone()?;
        if let Some(known) = into.index.get(&name) {
            return Some(*known);
        }
        let tag = |key: &str| {
            let tags = process.tags.iter().flatten();
            tags.filter(|tag| tag.key == key).find_map(|tag| tag.value.text()).unwrap_or_default()
        };
        let version = tag("service.version");
        let language = match tag("telemetry.sdk.language") {
            // Jaeger's own clients: `Java-1.6.0`, `Go-2.30`.
            empty if empty.is_empty() => tag("jaeger.version").split('-').next().unwrap_or_default().to_lowercase(),
            language => language,
        };
        let seen = Emitter {
            name,
            namespace: tag("service.namespace"),
            language,
            version,
            file: file.to_owned(),
            place: place.to_owned(),
        };
        into.service(seen)
    });
    let mut attributes = HashMap::new();
    match raw.tags {
        Some(Tags::List(tags)) => {
            for tag in tags {
                keep(&mut attributes, &tag.key, tag.value.text().unwrap_or_default());
            }
        }
        Some(Tags::Map(tags)) => {
            for (key, value) in tags {
                keep(&mut attributes, &key, value.text().unwrap_or_default());
            }
        }
        None => {}
    }
    let mut references = raw.references.unwrap_or_default();
    references.sort_by_key(|one| one.kind != "CHILD_OF");
    let parent =
        references.first().map(|one| (id(if one.trace.is_empty() { &raw.trace } else { &one.trace }), id(&one.span)));
    let parent =
        parent.or_else(|| raw.parent.filter(|parent| !parent.is_empty()).map(|parent| (id(&raw.trace), id(&parent))));
    let kind = match attributes.get("span.kind").map(String::as_str) {
        Some("server") => Kind::Server,
        Some("client") => Kind::Client,
        Some("producer") => Kind::Producer,
        Some("consumer") => Kind::Consumer,
        _ => Kind::Internal,
    };
    let failed = attributes.get("error").is_some_and(|error| error == "true")
        || attributes.get("otel.status_code").is_some_and(|code| code.eq_ignore_ascii_case("error"));
    into.nameless += usize::from(service.is_none());
    into.spans.push(Span {
        trace: id(&raw.trace),
        id: id(&raw.id),
        parent,
        link: None,
        service,
        name: raw.name,
        kind,
        // Microseconds.
        duration: raw.duration.number().unwrap_or_default().max(0.0) / 1000.0,
        failed,
        attributes,
    });
}
