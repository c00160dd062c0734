//! OpenTelemetry's JSON: one export, several a line each, Tempo's batches, Jaeger's API of version 3.

use super::span::{Emitter, Kind, Loose, Span, Spans, id, keep};
use crate::derive::text::json_refusal;
use crate::diagnostic::Refusal;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Export {
    #[serde(rename = "resourceSpans", alias = "resource_spans", alias = "batches")]
    resources: Option<Vec<ResourceSpans>>,
    result: Option<Box<Export>>,
    trace: Option<Box<Export>>,
}

#[derive(Deserialize)]
struct ResourceSpans {
    #[serde(default)]
    resource: Option<Resource>,
    #[serde(
        rename = "scopeSpans",
        alias = "scope_spans",
        alias = "instrumentationLibrarySpans",
        alias = "ilSpans",
        default
    )]
    scopes: Option<Vec<ScopeSpans>>,
}

#[derive(Deserialize, Default)]
struct Resource {
    #[serde(default)]
    attributes: Option<Vec<Attribute>>,
}

#[derive(Deserialize)]
struct ScopeSpans {
    #[serde(default)]
    spans: Option<Vec<RawSpan>>,
}

#[derive(Deserialize)]
struct RawSpan {
    #[serde(rename = "traceId", alias = "trace_id", default)]
    trace: String,
    #[serde(rename = "spanId", alias = "span_id", default)]
    id: String,
    #[serde(rename = "parentSpanId", alias = "parent_span_id", default)]
    parent: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: Loose,
    #[serde(rename = "startTimeUnixNano", alias = "start_time_unix_nano", default)]
    start: Nanoseconds,
    #[serde(rename = "endTimeUnixNano", alias = "end_time_unix_nano", default)]
    end: Nanoseconds,
    #[serde(default)]
    attributes: Option<Vec<Attribute>>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    links: Option<Vec<Link>>,
}

/// Nanoseconds since 1970 are beyond what a floating number holds exactly.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Nanoseconds {
    Number(u64),
    Text(String),
    #[default]
    Nothing,
    Other(serde::de::IgnoredAny),
}

impl Nanoseconds {
    fn get(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Attribute {
    #[serde(default)]
    key: String,
    #[serde(default)]
    value: Option<Value>,
}

#[derive(Deserialize)]
struct Value {
    #[serde(rename = "stringValue", alias = "string_value")]
    string: Option<String>,
    #[serde(rename = "intValue", alias = "int_value")]
    int: Option<Loose>,
    #[serde(rename = "boolValue", alias = "bool_value")]
    truth: Option<bool>,
    #[serde(rename = "doubleValue", alias = "double_value")]
    double: Option<Loose>,
}

impl Value {
    fn text(&self) -> Option<String> {
        let number = self.int.as_ref().or(self.double.as_ref()).and_then(Loose::text);
        self.string.clone().or(number).or_else(|| self.truth.map(|truth| truth.to_string()))
    }
}

#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    code: Loose,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "traceId", alias = "trace_id", default)]
    trace: String,
    #[serde(rename = "spanId", alias = "span_id", default)]
    span: String,
}

/// Reads a file into the spans.
///
/// # Errors
/// What is not JSON or not of the protocol's form, with its line.
pub(crate) fn read(file: &str, text: &str, into: &mut Spans) -> Result<(), Refusal> {
    // A collector writes one export a line; a list of exports is met as well.
    let mut number = 0;
    if text.trim_start().starts_with('[') {
        let exports: Vec<Export> = serde_json::from_str(text).map_err(|error| json_refusal(file, &error))?;
        for (at, export) in exports.into_iter().enumerate() {
            export_into(file, &format!("/{at}"), export, into, 0);
        }
        return Ok(());
    }
    for export in serde_json::Deserializer::from_str(text).into_iter::<Export>() {
        let export = export.map_err(|error| json_refusal(file, &error))?;
        number += 1;
        let prefix = if number == 1 { String::new() } else { format!("export {number}: ") };
        export_into(file, &prefix, export, into, 0);
    }
    Ok(())
}

fn export_into(file: &str, prefix: &str, export: Export, into: &mut Spans, depth: usize) {
    if depth > 4 {
        return;
    }
    for (at, resource) in export.resources.into_iter().flatten().enumerate() {
        resource_into(file, &format!("{prefix}/resourceSpans/{at}"), resource, into);
    }
    for (name, inner) in [("result", export.result), ("trace", export.trace)] {
        if let Some(inner) = inner {
            export_into(file, &format!("{prefix}/{name}"), *inner, into, depth + 1);
        }
    }
}

fn resource_into(file: &str, place: &str, resource: ResourceSpans, into: &mut Spans) {
    let attributes = resource.resource.unwrap_or_default().attributes.unwrap_or_default();
    let of = |key: &str| {
        let mut found = attributes.iter().filter(|one| one.key == key);
        found.find_map(|one| one.value.as_ref()?.text()).unwrap_or_default()
    };
    let service = into.service(Emitter {
        name: of("service.name"),
        namespace: of("service.namespace"),
        language: of("telemetry.sdk.language"),
        version: of("service.version"),
        file: file.to_owned(),
        place: place.to_owned(),
    });
    for raw in resource.scopes.into_iter().flatten().flat_map(|scope| scope.spans.into_iter().flatten()) {
        span_into(raw, service, into);
    }
}

fn span_into(raw: RawSpan, service: Option<usize>, into: &mut Spans) {
    let mut attributes = HashMap::new();
    for attribute in raw.attributes.into_iter().flatten() {
        if let Some(text) = attribute.value.as_ref().and_then(Value::text) {
            keep(&mut attributes, &attribute.key, text);
        }
    }
    let named = raw.kind.text().unwrap_or_default();
    let kind = match named.trim_start_matches("SPAN_KIND_") {
        "2" | "SERVER" => Kind::Server,
        "3" | "CLIENT" => Kind::Client,
        "4" | "PRODUCER" => Kind::Producer,
        "5" | "CONSUMER" => Kind::Consumer,
        _ => Kind::Internal,
    };
    let code = raw.status.and_then(|status| status.code.text()).unwrap_or_default();
    let duration = match (raw.start.get(), raw.end.get()) {
        // A clock that went backwards makes no negative time.
        (Some(start), Some(end)) => end.saturating_sub(start) as f64 / 1e6,
        _ => 0.0,
    };
    into.nameless += usize::from(service.is_none());
    let trace = id(&raw.trace);
    let parent =
        raw.parent.filter(|parent| parent.bytes().any(|b| b != b'0')).map(|parent| (trace.clone(), id(&parent)));
    let link = raw.links.into_iter().flatten().next().map(|link| (id(&link.trace), id(&link.span)));
    into.spans.push(Span {
        trace,
        id: id(&raw.id),
        parent,
        link,
        service,
        name: raw.name,
        kind,
        duration,
        failed: matches!(&*code, "2" | "STATUS_CODE_ERROR"),
        attributes,
    });
}
