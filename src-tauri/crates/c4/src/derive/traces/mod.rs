//! Traces: which services were seen, and who called whom, how often, how slowly, how well.

mod calls;
mod jaeger;
mod otlp;
mod span;

use super::draft::{At, Draft, Source};
use super::technology;
use crate::diagnostic::Level;
use crate::model::Properties;
use calls::{Call, Target};
pub(crate) use jaeger::read as read_jaeger;
pub(crate) use otlp::read as read_otlp;
pub(crate) use span::Spans;
use std::collections::{BTreeMap, HashMap};

/// How often the relationship was seen.
pub const CALLS: &str = "groma.traffic.calls";
/// How many of these failed.
pub const ERRORS: &str = "groma.traffic.errors";
/// The share that failed, 0–1.
pub const ERROR_RATE: &str = "groma.traffic.error.rate";
/// The 99th percentile of their durations by nearest rank, milliseconds.
pub const P99: &str = "groma.traffic.p99.ms";
/// What was called and how often: `GET /orders (12), …`; the most frequent ten.
pub const OPERATIONS: &str = "groma.traffic.operations";
/// How many spans there are of a service.
pub const SPANS: &str = "groma.traffic.spans";
/// `sync`, `db`, `publish` or `consume`.
pub const KIND: &str = "groma.traffic.kind";

/// Adds the services and what they called.
pub(crate) fn add(draft: &mut Draft, spans: &Spans, files: &[&str]) {
    let spaces: std::collections::BTreeSet<&str> =
        spans.services.iter().map(|one| one.namespace.as_str()).filter(|one| !one.is_empty()).collect();
    if let (Some(space), 1) = (spaces.first(), spaces.len()) {
        draft.suggest(space, 2);
    }
    let system = draft.home();
    let mut places: Vec<At> = Vec::new();
    let mut counts = vec![0_u64; spans.services.len()];
    spans.spans.iter().filter_map(|span| span.service).for_each(|service| counts[service] += 1);
    for (service, count) in spans.services.iter().zip(counts) {
        let at = draft.container(system, &service.name, &Source::new(&service.file, &service.place));
        draft.technology(at, language(&service.language));
        draft.property(at, "version", service.version.clone());
        draft.property(at, SPANS, count.to_string());
        if spaces.len() > 1 && !service.namespace.is_empty() {
            draft.of(at).group.get_or_insert_with(|| service.namespace.clone());
        }
        places.push(at);
    }
    let by_name: HashMap<String, At> =
        spans.services.iter().zip(&places).map(|(one, at)| (one.name.to_lowercase(), *at)).collect();
    let file = files.first().copied().unwrap_or_default();
    for ((service, target, _), call) in calls::of(spans) {
        let own = &spans.services[service];
        let source = Source::new(&own.file, &own.place);
        let from = places[service];
        let Some(to) = place(draft, system, &target, &places, &by_name, &source) else { continue };
        // A message travels from the queue to whoever takes it.
        let (from, to) = if call.kind == "consume" { (to, from) } else { (from, to) };
        let technology = call.technology();
        if let Some(line) = draft.relate(from, to, "trace", &technology, &source) {
            line.description = call.description().to_owned();
            call.measure(&mut line.properties);
        }
    }
    for file in files {
        if !spans.services.iter().any(|one| one.file == *file) && spans.spans.is_empty() {
            draft.remark(Level::Warning, file, 0, "the file holds no spans – export again with a longer period");
        }
    }
    if spans.nameless > 0 {
        let message = format!("{} spans name no service (service.name) and were left out", spans.nameless);
        draft.remark(Level::Warning, file, 0, message);
    }
}

fn place(
    draft: &mut Draft,
    system: At,
    target: &Target,
    places: &[At],
    by_name: &HashMap<String, At>,
    source: &Source,
) -> Option<At> {
    match target {
        Target::Service(at) => Some(places[*at]),
        Target::Queue { system: product, destination } => {
            let name = if destination.is_empty() { product.clone() } else { format!("{product}:{destination}") };
            let at = draft.container(system, &name, source);
            let label = technology::product(product).map_or(product.as_str(), |(label, _)| label);
            draft.technology(at, label);
            draft.of(at).add_tags(["Queue"]);
            draft.property(at, "messaging.system", product.clone());
            draft.property(at, "messaging.destination", destination.clone());
            Some(at)
        }
        Target::Database { system: product, name } => {
            let at = match by_name.get(&name.to_lowercase()) {
                Some(known) => *known,
                None => draft.container(system, name, source),
            };
            let label = technology::product(product).map_or(product.as_str(), |(label, _)| label);
            draft.technology(at, label);
            draft.of(at).add_tags(["Database"]);
            draft.property(at, "db.system", product.clone());
            Some(at)
        }
        Target::Peer(host) => {
            let first = host.split('.').next().unwrap_or(host);
            let cluster =
                !host.contains('.') || host.contains(".svc") || host.ends_with(".local") || host.ends_with(".internal");
            match by_name.get(host).or_else(|| if cluster { by_name.get(first) } else { None }) {
                Some(known) => Some(*known),
                None if cluster => Some(draft.mention(system, first, source)),
                None => Some(draft.external(host, source)),
            }
        }
    }
}

fn language(id: &str) -> &str {
    match id {
        "nodejs" | "node" => "Node.js",
        "java" => "Java",
        "go" => "Go",
        "python" => "Python",
        "dotnet" => ".NET",
        "ruby" => "Ruby",
        "php" => "PHP",
        "rust" => "Rust",
        "cpp" => "C++",
        "swift" => "Swift",
        "webjs" => "JavaScript in the browser",
        "erlang" => "Erlang",
        other => other,
    }
}

impl Call {
    fn technology(&self) -> String {
        match self.kind {
            "sync" | "db" => self.protocol.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn description(&self) -> &'static str {
        match self.kind {
            "db" => "Reads from and writes to",
            "publish" => "Publishes to",
            "consume" => "Delivers to",
            _ => "Calls",
        }
    }

    fn measure(&self, into: &mut Properties) {
        let mut times = self.durations.clone();
        times.sort_by(f64::total_cmp);
        let rank = ((times.len() as f64 * 0.99).ceil() as usize).clamp(1, times.len().max(1)) - 1;
        let calls = times.len();
        let mut set = |name: &str, value: String| into.insert(name.to_owned(), value);
        set(KIND, self.kind.to_owned());
        set(CALLS, calls.to_string());
        set(ERRORS, self.errors.to_string());
        if calls > 0 {
            set(ERROR_RATE, short(self.errors as f64 / calls as f64));
            set(P99, short(times[rank]));
        }
        let counted: BTreeMap<&String, &usize> = self.operations.iter().collect();
        let mut counted: Vec<_> = counted.into_iter().collect();
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let shown: Vec<String> = counted.iter().take(10).map(|(name, count)| format!("{name} ({count})")).collect();
        set(OPERATIONS, shown.join(", "));
    }
}

/// At most three decimals, none that say nothing.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
