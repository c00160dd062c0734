//! OTLP as JSON, in the names of its JSON or those of its definition: spans, and how many metrics and log records there are.

use serde::Deserialize;

use super::{Span, Traces};
use crate::json::{Text, nullable};

/// A document of OTLP.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Otlp<'a> {
    /// Tempo calls them batches.
    #[serde(borrow, rename = "resourceSpans", alias = "resource_spans", alias = "batches")]
    spans: Option<Vec<Resource<'a>>>,
    /// What Tempo answers in its second version.
    #[serde(borrow)]
    trace: Option<Box<Otlp<'a>>>,
    #[serde(borrow, rename = "resourceMetrics", alias = "resource_metrics")]
    metrics: Option<Vec<Resource<'a>>>,
    #[serde(borrow, rename = "resourceLogs", alias = "resource_logs")]
    logs: Option<Vec<Resource<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Resource<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    resource: Attributes<'a>,
    #[serde(
        borrow,
        deserialize_with = "nullable",
        alias = "scopeSpans",
        alias = "scope_spans",
        alias = "instrumentationLibrarySpans",
        alias = "instrumentation_library_spans",
        alias = "scopeMetrics",
        alias = "scope_metrics",
        alias = "instrumentationLibraryMetrics",
        alias = "scopeLogs",
        alias = "scope_logs",
        alias = "instrumentationLibraryLogs"
    )]
    scopes: Vec<Scope<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attributes<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    attributes: Vec<Attribute<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attribute<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    value: Option<AnyValue<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AnyValue<'a> {
    #[serde(borrow, rename = "stringValue", alias = "string_value")]
    string: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Scope<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    spans: Vec<SpanRecord<'a>>,
    #[serde(deserialize_with = "nullable")]
    metrics: Vec<serde::de::IgnoredAny>,
    #[serde(deserialize_with = "nullable", rename = "logRecords", alias = "log_records", alias = "logs")]
    logs: Vec<serde::de::IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SpanRecord<'a> {
    #[serde(borrow, rename = "traceId", alias = "trace_id")]
    trace: Text<'a>,
    #[serde(borrow, rename = "parentSpanId", alias = "parent_span_id")]
    parent: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    kind: Text<'a>,
    #[serde(borrow, rename = "startTimeUnixNano", alias = "start_time_unix_nano")]
    start: Text<'a>,
    #[serde(borrow, rename = "endTimeUnixNano", alias = "end_time_unix_nano")]
    end: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    attributes: Vec<Attribute<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    status: Status<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Status<'a> {
    #[serde(borrow)]
    code: Text<'a>,
}

impl Otlp<'_> {
    /// Whether there is anything of OTLP in it.
    pub(crate) fn is_some(&self) -> bool {
        let trace = self.trace.as_ref().is_some_and(|trace| trace.is_some());
        self.spans.is_some() || self.metrics.is_some() || self.logs.is_some() || trace
    }
}

/// Adds the spans of a document; returns the number of metrics and of log records.
pub(crate) fn add(document: &Otlp<'_>, traces: &mut Traces) -> (usize, usize) {
    if let Some(trace) = &document.trace {
        add(trace, traces);
    }
    for resource in document.spans.iter().flatten() {
        let named = resource.resource.attributes.iter().find(|attribute| attribute.key.as_str() == "service.name");
        let service = named.and_then(|attribute| attribute.value.as_ref()).map_or("", |value| value.string.as_str());
        for span in resource.scopes.iter().flat_map(|scope| &scope.spans) {
            let has = |key: &str| span.attributes.iter().any(|attribute| attribute.key.as_str() == key);
            let calls = matches!(span.kind.as_str(), "3" | "4" | "SPAN_KIND_CLIENT" | "SPAN_KIND_PRODUCER");
            traces.add(&Span {
                trace: span.trace.as_str(),
                parent: parent(span.parent.as_str()),
                service,
                operation: span.name.as_str(),
                millis: millis(span.start.as_str(), span.end.as_str()),
                failed: matches!(span.status.code.as_str(), "2" | "STATUS_CODE_ERROR"),
                calls,
                database: calls && (has("db.system") || has("db.system.name") || has("db.statement")),
            });
        }
    }
    let count = |resources: &Option<Vec<Resource<'_>>>, of: fn(&Scope<'_>) -> usize| {
        resources.iter().flatten().flat_map(|resource| &resource.scopes).map(of).sum()
    };
    (count(&document.metrics, |scope| scope.metrics.len()), count(&document.logs, |scope| scope.logs.len()))
}

/// A parent of zeros is none.
fn parent(id: &str) -> &str {
    if id.bytes().all(|byte| matches!(byte, b'0' | b'A' | b'=')) { "" } else { id }
}

/// Nanoseconds since 1970 do not fit a float exactly: the difference is taken of integers.
#[allow(clippy::cast_precision_loss)]
fn millis(start: &str, end: &str) -> Option<f64> {
    let (start, end): (u64, u64) = (start.parse().ok()?, end.parse().ok()?);
    Some(end.checked_sub(start)? as f64 / 1e6)
}
