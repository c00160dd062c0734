//! A span of any tracer, reduced to what the model needs.

use serde::Deserialize;
use std::collections::HashMap;

/// Who acts in a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Work within a service, or not said.
    #[default]
    Internal,
    /// Answers a request.
    Server,
    /// Makes a request.
    Client,
    /// Sends a message.
    Producer,
    /// Takes a message.
    Consumer,
}

/// A span.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    pub(super) trace: String,
    pub(super) id: String,
    /// Trace and span.
    pub(super) parent: Option<(String, String)>,
    /// A span that it was caused by without being its child.
    pub(super) link: Option<(String, String)>,
    /// Into the list of services; none where the file does not say.
    pub(super) service: Option<usize>,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Milliseconds.
    pub(super) duration: f64,
    pub(super) failed: bool,
    /// Of [`KEPT`] alone: the rest may hold anything.
    pub(super) attributes: HashMap<&'static str, String>,
}

/// A service that wrote spans, as their resource describes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Emitter {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) language: String,
    pub(super) version: String,
    pub(super) file: String,
    pub(super) place: String,
}

/// All that was read.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    pub(super) spans: Vec<Span>,
    pub(super) services: Vec<Emitter>,
    pub(super) index: HashMap<String, usize>,
    /// Spans of which no service is known.
    pub(super) nameless: usize,
}

impl Spans {
    /// The service of this name; what is not known of it yet is taken over.
    pub(super) fn service(&mut self, seen: Emitter) -> Option<usize> {
        if seen.name.trim().is_empty() {
            return None;
        }
        let at = *self.index.entry(seen.name.clone()).or_insert_with(|| {
            self.services.push(seen.clone());
            self.services.len() - 1
        });
        let known = &mut self.services[at];
        for (own, new) in [
            (&mut known.namespace, seen.namespace),
            (&mut known.language, seen.language),
            (&mut known.version, seen.version),
        ] {
            if own.is_empty() {
                *own = new;
            }
        }
        Some(at)
    }
}

/// The attributes that say what is called; old and new names of the conventions.
pub(super) const KEPT: &[&str] = &[
    "span.kind",
    "error",
    "db.system",
    "db.system.name",
    "db.type",
    "db.name",
    "db.namespace",
    "db.instance",
    "messaging.system",
    "messaging.destination.name",
    "messaging.destination",
    "message_bus.destination",
    "component",
    "messaging.operation",
    "messaging.operation.type",
    "messaging.operation.name",
    "peer.service",
    "service.peer.name",
    "server.address",
    "net.peer.name",
    "net.peer.ip",
    "peer.hostname",
    "peer.address",
    "http.host",
    "http.url",
    "url.full",
    "http.method",
    "http.request.method",
    "http.status_code",
    "http.response.status_code",
    "rpc.system",
    "rpc.system.name",
    "otel.status_code",
    "status.code",
    "graphql.operation.type",
];

/// Keeps an attribute if it is one that says what is called.
pub(super) fn keep(into: &mut HashMap<&'static str, String>, name: &str, value: String) {
    if let Some(known) = KEPT.iter().find(|known| **known == name)
        && value.len() <= 4096
    {
        into.insert(known, value);
    }
}

/// A number or a text: writers do not agree on 64-bit numbers.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(untagged)]
pub(super) enum Loose {
    Number(f64),
    Text(String),
    Truth(bool),
    #[default]
    Nothing,
    /// Whatever else.
    Other(serde::de::IgnoredAny),
}

impl Loose {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
        .filter(|number| number.is_finite())
    }

    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Truth(truth) => Some(truth.to_string()),
            _ => None,
        }
    }
}

/// An id in one form: tracers differ in leading zeros and case.
pub(super) fn id(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_hexdigit()) {
        text.trim_start_matches('0').to_ascii_lowercase()
    } else {
        text.to_owned()
    }
}
