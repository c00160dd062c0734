//! Who called whom, out of the spans.
//!
//! A call is seen from its two ends: the client's span, and the child of it that another service wrote. It counts once;
//! where only the client's end is there, its attributes say whom it called.

use super::span::{Kind, Span, Spans};
use crate::derive::address;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whom a service called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// One that wrote spans too.
    Service(usize),
    /// A queue or topic.
    Queue { system: String, destination: String },
    /// A data store.
    Database { system: String, name: String },
    /// A host of which nothing else is known.
    Peer(String),
}

/// All calls of one kind between the same two.
#[derive(Debug, Clone, Default)]
pub(super) struct Call {
    /// `sync`, `db`, `publish`, `consume`.
    pub(super) kind: &'static str,
    /// Milliseconds, one a call.
    pub(super) durations: Vec<f64>,
    pub(super) errors: usize,
    pub(super) operations: HashMap<String, usize>,
    pub(super) protocol: Option<String>,
}

/// By caller, called, and kind: a service may publish to and take from the same queue.
pub(super) type Calls = BTreeMap<(usize, Target, &'static str), Call>;

/// Operations of one relationship that are told apart; further ones have ids in their names.
const MOST_OPERATIONS: usize = 1000;

/// The calls, by caller and called.
pub(super) fn of(spans: &Spans) -> Calls {
    let index: HashMap<(&str, &str), usize> =
        spans.spans.iter().enumerate().map(|(at, span)| ((span.trace.as_str(), span.id.as_str()), at)).collect();
    let find = |key: &Option<(String, String)>| {
        let (trace, span) = key.as_ref()?;
        index.get(&(trace.as_str(), span.as_str())).copied()
    };
    let mut calls = Calls::new();
    // Client ends whose other end is in the file.
    let mut answered = vec![false; spans.spans.len()];
    let mut crossings: Vec<(&Span, &Span)> = Vec::new();
    for span in &spans.spans {
        let linked = span.kind == Kind::Consumer && span.parent.is_none();
        let parent = find(&span.parent).or_else(|| if linked { find(&span.link) } else { None });
        let Some((at, parent)) = parent.map(|at| (at, &spans.spans[at])) else { continue };
        if span.service.is_some() && parent.service.is_some() && span.service != parent.service {
            answered[at] = true;
            crossings.push((parent, span));
        }
    }
    for (parent, span) in crossings {
        let (Some(from), Some(to)) = (parent.service, span.service) else { continue };
        // What goes over a queue is told by the ends at the queue.
        if takes(span).is_some() {
            continue;
        }
        if let Some(queue) = gives(parent) {
            note(&mut calls, to, queue, "consume", span, span.duration);
            continue;
        }
        let waited = if parent.kind == Kind::Client { parent.duration } else { span.duration };
        let call = note(&mut calls, from, Target::Service(to), "sync", span, waited);
        call.errors += usize::from(parent.failed && !span.failed);
        call.protocol = call.protocol.take().or_else(|| protocol(parent));
    }
    for (at, span) in spans.spans.iter().enumerate() {
        let Some(service) = span.service else { continue };
        if let Some(queue) = takes(span) {
            note(&mut calls, service, queue, "consume", span, span.duration);
        } else if let Some(queue) = gives(span) {
            note(&mut calls, service, queue, "publish", span, span.duration);
        } else if span.kind == Kind::Server || answered[at] {
            continue;
        } else if let Some(database) = store(span) {
            let around = find(&span.parent)
                .map(|at| &spans.spans[at])
                .filter(|parent| parent.service == span.service && parent.kind != Kind::Server);
            // A repository's span around the driver's is the same call.
            if around.and_then(store).as_ref() != Some(&database) {
                note(&mut calls, service, database, "db", span, span.duration);
            }
        } else if span.kind == Kind::Client
            && let Some(host) = peer(span)
        {
            let target =
                spans.index.get(&host).map_or_else(|| Target::Peer(host.to_lowercase()), |at| Target::Service(*at));
            if target != Target::Service(service) {
                note(&mut calls, service, target, "sync", span, span.duration);
            }
        }
    }
    name_brokers(calls)
}

/// What a queue's system is called where nothing names the broker.
const UNNAMED: &str = "queue";

/// A queue of which one end does not name the broker is the one that another end has named.
fn name_brokers(calls: Calls) -> Calls {
    let mut brokers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, target, _) in calls.keys() {
        if let Target::Queue { system, destination } = target
            && system != UNNAMED
        {
            brokers.entry(destination.clone()).or_default().insert(system.clone());
        }
    }
    let mut named = Calls::new();
    for ((service, mut target, kind), call) in calls {
        if let Target::Queue { system, destination } = &mut target
            && system == UNNAMED
            && let Some(known) = brokers.get(destination).filter(|known| known.len() == 1)
        {
            known.iter().for_each(|name| system.clone_from(name));
        }
        match named.entry((service, target, kind)) {
            Entry::Vacant(place) => drop(place.insert(call)),
            Entry::Occupied(mut place) => {
                let all = place.get_mut();
                all.durations.extend(call.durations);
                all.errors += call.errors;
                call.operations.into_iter().for_each(|(name, count)| *all.operations.entry(name).or_default() += count);
                all.protocol = all.protocol.take().or(call.protocol);
            }
        }
    }
    named
}

fn note<'c>(
    calls: &'c mut Calls,
    service: usize,
    target: Target,
    kind: &'static str,
    span: &Span,
    waited: f64,
) -> &'c mut Call {
    let call = calls.entry((service, target, kind)).or_insert_with(|| Call { kind, ..Call::default() });
    call.durations.push(waited);
    call.errors += usize::from(span.failed);
    call.protocol = call.protocol.take().or_else(|| protocol(span));
    if call.operations.len() < MOST_OPERATIONS || call.operations.contains_key(&span.name) {
        *call.operations.entry(span.name.chars().take(120).collect()).or_default() += 1;
    }
    call
}

fn attribute<'s>(span: &'s Span, names: &[&'static str]) -> Option<&'s str> {
    names.iter().find_map(|name| span.attributes.get(name)).map(String::as_str).filter(|text| !text.trim().is_empty())
}

fn queue(span: &Span) -> Option<Target> {
    let system = match attribute(span, &["messaging.system"]) {
        Some(system) => system.to_lowercase(),
        // OpenTracing names the queue, and the broker only in the name of the library.
        None => broker(span)?.to_owned(),
    };
    let destination =
        attribute(span, &["messaging.destination.name", "messaging.destination", "message_bus.destination"]);
    let destination = destination.unwrap_or_default().to_owned();
    Some(Target::Queue { system, destination })
}

fn broker(span: &Span) -> Option<&'static str> {
    attribute(span, &["message_bus.destination"])?;
    let library = attribute(span, &["component"]).unwrap_or_default().to_lowercase();
    let known = [("kafka", "kafka"), ("rabbit", "rabbitmq"), ("amqp", "rabbitmq"), ("jms", "jms"), ("sqs", "aws_sqs")];
    Some(known.into_iter().find(|(word, _)| library.contains(word)).map_or(UNNAMED, |(_, system)| system))
}

fn operation(span: &Span) -> &str {
    attribute(span, &["messaging.operation.type", "messaging.operation", "messaging.operation.name"])
        .unwrap_or_default()
}

/// The queue that a span takes a message from.
fn takes(span: &Span) -> Option<Target> {
    let takes = match operation(span) {
        "receive" | "process" | "deliver" => true,
        "publish" | "send" | "create" | "settle" => false,
        _ => span.kind == Kind::Consumer,
    };
    queue(span).filter(|_| takes)
}

/// The queue that a span gives a message to.
fn gives(span: &Span) -> Option<Target> {
    let gives = match operation(span) {
        "publish" | "send" | "create" => span.kind != Kind::Server,
        "receive" | "process" | "deliver" | "settle" => false,
        _ => span.kind == Kind::Producer,
    };
    queue(span).filter(|_| gives)
}

/// The data store that a span asks: by host, else by the name of the database, else by the caller's product.
fn store(span: &Span) -> Option<Target> {
    let system = match attribute(span, &["db.system.name", "db.system", "db.type"])?.to_lowercase() {
        // What older instrumentations call any relational database.
        other if other == "sql" || other == "other_sql" => "SQL".to_owned(),
        other => other,
    };
    let name = host(span).or_else(|| attribute(span, &["peer.service", "service.peer.name"]).map(str::to_owned));
    let database =
        || attribute(span, &["db.namespace", "db.name", "db.instance"]).map(|name| format!("{system}:{name}"));
    let name = name.or_else(database);
    // Some relational database somewhere is nothing that can be drawn.
    let name = if system == "SQL" { name? } else { name.unwrap_or_else(|| system.clone()) };
    Some(Target::Database { system, name })
}

/// A host by name; figures say nothing and change.
fn host(span: &Span) -> Option<String> {
    let named = attribute(span, &["server.address", "net.peer.name", "peer.hostname", "http.host"]);
    let named = named.and_then(address::mentioned_host);
    named
        .or_else(|| {
            attribute(span, &["url.full", "http.url", "peer.address"]).and_then(address::of_url).map(|one| one.host)
        })
        // `mysql:3306`, as OpenTracing has it.
        .or_else(|| attribute(span, &["peer.address"]).and_then(address::mentioned_host))
}

fn peer(span: &Span) -> Option<String> {
    attribute(span, &["peer.service", "service.peer.name"]).map(str::to_owned).or_else(|| host(span))
}

fn protocol(span: &Span) -> Option<String> {
    if let Some(system) = attribute(span, &["rpc.system.name", "rpc.system"]) {
        return Some(if system == "grpc" { "gRPC".to_owned() } else { system.to_owned() });
    }
    if let Some(system) = attribute(span, &["db.system.name", "db.system"]) {
        return Some(super::technology::product(system).map_or(system, |(label, _)| label).to_owned());
    }
    let http =
        ["http.method", "http.request.method", "http.url", "url.full", "http.status_code", "http.response.status_code"];
    attribute(span, &http).map(|_| "HTTP".to_owned())
}
