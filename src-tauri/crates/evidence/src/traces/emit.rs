//! Spans by operation and by trace.

use std::collections::HashMap;

use super::Span;
use crate::{Import, load::nearest_rank};

/// More operations than this are left out.
const OPERATIONS: usize = 500;
/// Below this many spans of an operation its 99th percentile says little.
const FEW: usize = 100;

#[derive(Debug, Default)]
struct Operation {
    times: Vec<f64>,
    spans: usize,
    failed: usize,
}

#[derive(Debug, Default)]
struct Trace {
    root: Option<String>,
    calls: usize,
    queries: usize,
}

/// Spans that were added.
#[derive(Debug, Default)]
pub(crate) struct Traces {
    operations: HashMap<String, Operation>,
    order: Vec<String>,
    traces: HashMap<String, Trace>,
    services: std::collections::HashSet<String>,
    spans: usize,
    beyond: usize,
    timeless: usize,
    queries: usize,
    longest: Option<f64>,
}

impl Traces {
    /// Adds a span.
    pub(crate) fn add(&mut self, span: &Span<'_>) {
        self.spans += 1;
        if !span.service.is_empty() && !self.services.contains(span.service) {
            self.services.insert(span.service.to_owned());
        }
        let name = match span.service {
            "" => span.operation.to_owned(),
            service => format!("{service} {}", span.operation),
        };
        if !self.traces.contains_key(span.trace) {
            self.traces.insert(span.trace.to_owned(), Trace::default());
        }
        if let Some(trace) = self.traces.get_mut(span.trace) {
            if span.parent.is_empty() {
                trace.root = Some(name.clone());
            }
            trace.calls += usize::from(span.calls);
            trace.queries += usize::from(span.database);
            self.queries += usize::from(span.database);
        }
        match span.millis {
            Some(millis) => self.longest = Some(self.longest.map_or(millis, |longest| longest.max(millis))),
            None => self.timeless += 1,
        }
        if !self.operations.contains_key(&name) {
            if self.order.len() == OPERATIONS {
                self.beyond += 1;
                return;
            }
            self.order.push(name.clone());
        }
        let operation = self.operations.entry(name).or_default();
        operation.spans += 1;
        operation.failed += usize::from(span.failed);
        operation.times.extend(span.millis);
    }

    /// Number of spans.
    pub(crate) fn spans(&self) -> usize {
        self.spans
    }

    /// Writes what they say.
    #[allow(clippy::cast_precision_loss)] // counts of spans
    pub(crate) fn emit(mut self, import: &mut Import, at: &str) {
        import.measure_count("trace.spans", self.spans, "", at);
        import.measure_count("trace.traces", self.traces.len(), "", at);
        import.measure_count("trace.services", self.services.len(), "", at);
        if let Some(longest) = self.longest {
            import.measure("trace.span.max", longest, "", at);
        }
        if self.timeless > 0 {
            import.warn(None, format!("{} spans have no begin and end: their duration is unknown", self.timeless));
        }
        if self.beyond > 0 {
            import.warn(
                None,
                format!("{} spans of further operations: the first {OPERATIONS} operations are measured", self.beyond),
            );
        }
        let mut few = 0;
        for name in &self.order {
            let Some(operation) = self.operations.get_mut(name) else { continue };
            let times = &mut operation.times;
            times.sort_unstable_by(f64::total_cmp);
            few += usize::from(times.len() < FEW);
            import.measure_count("trace.operation.spans", operation.spans, name, at);
            import.measure(
                "trace.operation.failed.ratio",
                operation.failed as f64 / operation.spans as f64,
                &**name,
                at,
            );
            for (metric, per_mille) in
                [("trace.operation.p50", 500), ("trace.operation.p99", 990), ("trace.operation.max", 1000)]
            {
                if let Some(value) = nearest_rank(times, per_mille) {
                    import.measure(metric, value, &**name, at);
                }
            }
        }
        if few > 0 {
            import.note(None, format!("{few} operations have fewer than {FEW} spans: their p99 says little"));
        }
        self.emit_requests(import, at);
    }

    /// Calls and database queries by request: a trace whose root is in the file.
    #[allow(clippy::cast_precision_loss)]
    fn emit_requests(&self, import: &mut Import, at: &str) {
        let mut requests: HashMap<&str, (usize, usize, usize)> = HashMap::new();
        for trace in self.traces.values() {
            if let Some(root) = &trace.root {
                let of = requests.entry(root).or_default();
                *of = (of.0 + 1, of.1 + trace.calls, of.2 + trace.queries);
            }
        }
        let rootless = self.traces.values().filter(|trace| trace.root.is_none()).count();
        if rootless > 0 {
            import.note(
                None,
                format!("{rootless} traces have no root in the file: what a request calls is unknown of them"),
            );
        }
        let mut all: Vec<_> = requests.into_iter().collect();
        all.sort_unstable();
        for (root, (count, calls, _)) in &all {
            import.measure("trace.calls_per_request", *calls as f64 / *count as f64, *root, at);
        }
        // Without a single query in the file, queries may simply not be traced.
        if self.queries == 0 || all.is_empty() {
            return;
        }
        let (count, queries) =
            all.iter().fold((0, 0), |sum, (_, (count, _, queries))| (sum.0 + count, sum.1 + queries));
        import.measure("db.queries_per_request", queries as f64 / count as f64, "", at);
        for (root, (count, _, queries)) in all {
            import.measure("db.queries_per_request", queries as f64 / count as f64, root, at);
        }
    }
}
