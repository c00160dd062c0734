//! What an alert's expression watches: the share of failed requests, a quantile of their duration, and beyond which
//! value it fires.

use std::{cell::Cell, collections::HashMap};

use super::{
    parse::{Expr, Selector},
    requests::{Counted, counted, counts_requests, is_platform},
};
use crate::prometheus::millis_per_unit;

/// Steps that one expression may take, its recording rules looked into.
const STEPS: u32 = 20_000;
/// A quantile below this is no tail.
const LEAST_QUANTILE: f64 = 0.5;
/// Functions whose value is of the kind of their argument.
const SAME: &[&str] = &[
    "abs",
    "avg",
    "avg_over_time",
    "bottomk",
    "ceil",
    "clamp",
    "clamp_max",
    "clamp_min",
    "floor",
    "label_join",
    "label_replace",
    "last_over_time",
    "max",
    "max_over_time",
    "min",
    "min_over_time",
    "quantile",
    "quantile_over_time",
    "round",
    "scalar",
    "sort",
    "sort_desc",
    "sum",
    "topk",
];
/// Functions that count what their argument counts.
const COUNTING: &[&str] = &["delta", "idelta", "increase", "irate", "rate", "sum_over_time"];
/// Functions whose series are the second argument.
const SECOND: &[&str] = &["bottomk", "quantile", "quantile_over_time", "topk"];

/// Expressions of recording rules, by the name they are recorded under.
#[derive(Debug, Default)]
pub(crate) struct Recordings(HashMap<String, Expr>);

impl Recordings {
    /// Adds a rule; of several under one name, which differ in labels, the first stands for all.
    pub(crate) fn add(&mut self, name: &str, expr: Expr) {
        self.0.entry(name.to_owned()).or_insert(expr);
    }
}

/// What an alert fires beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Watch {
    /// A share of failed requests, 0 to 1.
    Failures(f64),
    /// A quantile of a duration, in milliseconds.
    Latency(f64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Failures,
    Latency,
}

/// A value that is `offset + factor · x`, where x is the share of failures or a duration in milliseconds.
#[derive(Clone, Copy)]
struct Value {
    kind: Kind,
    offset: f64,
    factor: f64,
}

/// Every such threshold in an alert's expression.
pub(crate) fn watches(expr: &Expr, recordings: &Recordings) -> Vec<Watch> {
    let mut found = Vec::new();
    Reading { recordings: &recordings.0, steps: Cell::new(0) }.watch(expr, &mut found);
    found
}

/// Whether an expression speaks of failed requests or of a quantile, whatever it compares.
pub(crate) fn speaks_of_either(expr: &Expr) -> bool {
    match expr {
        Expr::Number(_) | Expr::Text(_) => false,
        Expr::Selector(selector) => {
            let name = selector.name.to_ascii_lowercase();
            counted(selector) == Some(Counted::Failed) || name.contains("latency") && !is_platform(&name)
        }
        Expr::Call(name, arguments) => {
            let quantile = name == "histogram_quantile" && bucket(expr).is_some_and(|name| !is_platform(name));
            quantile || arguments.iter().any(speaks_of_either)
        }
        Expr::Binary(_, left, right) => speaks_of_either(left) || speaks_of_either(right),
    }
}

/// The metric that a quantile is taken of.
fn bucket(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Number(_) | Expr::Text(_) => None,
        Expr::Selector(selector) => Some(&selector.name),
        Expr::Call(_, arguments) => arguments.iter().find_map(bucket),
        Expr::Binary(_, left, right) => bucket(left).or_else(|| bucket(right)),
    }
}

/// Whether a duration is one of requests.
fn is_of_requests(name: &str) -> bool {
    let told = ["latency", "server", "api", "handler", "route", "endpoint"];
    !is_platform(name) && (counts_requests(name) || told.iter().any(|word| name.contains(word)))
}

fn series<'e>(name: &str, arguments: &'e [Expr]) -> Option<&'e Expr> {
    arguments.get(usize::from(SECOND.contains(&name)))
}

struct Reading<'r> {
    recordings: &'r HashMap<String, Expr>,
    steps: Cell<u32>,
}

impl<'r> Reading<'r> {
    /// One step more; `None` when there were enough.
    fn step(&self) -> Option<()> {
        self.steps.set(self.steps.get() + 1);
        (self.steps.get() < STEPS).then_some(())
    }

    /// What is recorded under a selector's name. Looking into it takes more steps the more often it is done, so that
    /// rules that record each other come to an end.
    fn recorded(&self, selector: &Selector) -> Option<&'r Expr> {
        self.steps.set(self.steps.get() + 200);
        self.recordings.get(&selector.name)
    }

    fn watch(&self, expr: &Expr, found: &mut Vec<Watch>) {
        if self.step().is_none() {
            return;
        }
        match expr {
            Expr::Number(_) | Expr::Text(_) | Expr::Selector(_) => {}
            Expr::Call(name, _) if name.starts_with("absent") => {}
            Expr::Call(_, arguments) => arguments.iter().for_each(|argument| self.watch(argument, found)),
            Expr::Binary("unless", left, _) => self.watch(left, found),
            Expr::Binary(operator @ (">" | ">=" | "<" | "<="), left, right) => {
                let above = operator.starts_with('>');
                let compared = match (self.constant(left), self.constant(right)) {
                    (None, Some(limit)) => self.value(left).map(|value| (value, above, limit)),
                    (Some(limit), None) => self.value(right).map(|value| (value, !above, limit)),
                    _ => None,
                };
                match compared {
                    Some((value, above, limit)) => found.extend(threshold(value, above, limit)),
                    None => {
                        self.watch(left, found);
                        self.watch(right, found);
                    }
                }
            }
            Expr::Binary(_, left, right) => {
                self.watch(left, found);
                self.watch(right, found);
            }
        }
    }

    /// The number that an expression always is.
    fn constant(&self, expr: &Expr) -> Option<f64> {
        self.step()?;
        match expr {
            Expr::Number(number) => Some(*number),
            Expr::Text(_) => None,
            Expr::Selector(selector) => self.constant(self.recorded(selector)?),
            Expr::Call(name, arguments) if ["vector", "scalar"].contains(&name.as_str()) => {
                self.constant(arguments.first()?)
            }
            Expr::Call(..) => None,
            Expr::Binary(operator, left, right) => {
                let (left, right) = (self.constant(left)?, self.constant(right)?);
                Some(match *operator {
                    "+" => left + right,
                    "-" => left - right,
                    "*" => left * right,
                    "/" => left / right,
                    "%" => left % right,
                    "^" => left.powf(right),
                    _ => return None,
                })
            }
        }
        .filter(|number| number.is_finite())
    }

    fn value(&self, expr: &Expr) -> Option<Value> {
        self.step()?;
        match expr {
            Expr::Number(_) | Expr::Text(_) => None,
            Expr::Selector(selector) => {
                self.recorded(selector).and_then(|recorded| self.value(recorded)).or_else(|| named(selector))
            }
            Expr::Call(name, arguments) if name == "histogram_quantile" => {
                let [quantile, of] = arguments.as_slice() else { return None };
                self.constant(quantile).filter(|quantile| *quantile >= LEAST_QUANTILE)?;
                let mut metric = bucket(of)?;
                while let Some(recorded) = self.recordings.get(metric) {
                    self.step()?;
                    metric = bucket(recorded).filter(|below| *below != metric)?;
                }
                latency(metric)
            }
            Expr::Call(name, arguments) if SAME.contains(&name.as_str()) => self.value(series(name, arguments)?),
            Expr::Call(..) => None,
            Expr::Binary("or" | "and" | "unless", left, _) => self.value(left),
            Expr::Binary("/", left, right) if self.constant(right).is_none() => self.share(left, right),
            Expr::Binary(operator, left, right) => {
                let (value, constant, first) = match (self.constant(left), self.constant(right)) {
                    (Some(constant), None) => (self.value(right)?, constant, true),
                    (None, Some(constant)) => (self.value(left)?, constant, false),
                    _ => return None,
                };
                let Value { kind, offset, factor } = value;
                let (offset, factor) = match (*operator, first) {
                    ("*", _) => (offset * constant, factor * constant),
                    ("/", false) => (offset / constant, factor / constant),
                    ("+", _) => (offset + constant, factor),
                    ("-", false) => (offset - constant, factor),
                    ("-", true) => (constant - offset, -factor),
                    _ => return None,
                };
                Some(Value { kind, offset, factor })
            }
        }
    }

    /// Failed requests by all, or good ones by all.
    fn share(&self, left: &Expr, right: &Expr) -> Option<Value> {
        let ((left, above), (right, below)) = (self.counts(left)?, self.counts(right)?);
        let factor = above / below;
        let (offset, factor) = match (left, right) {
            (Counted::Failed, Counted::All) => (0.0, factor),
            (Counted::Good, Counted::All) => (factor, -factor),
            _ => return None,
        };
        Some(Value { kind: Kind::Failures, offset, factor })
    }

    /// Which requests an expression counts, and by what it multiplies them.
    fn counts(&self, expr: &Expr) -> Option<(Counted, f64)> {
        self.step()?;
        match expr {
            Expr::Number(_) | Expr::Text(_) => None,
            Expr::Selector(selector) => match counted(selector) {
                Some(own @ (Counted::Failed | Counted::Good)) => Some((own, 1.0)),
                own => self
                    .recorded(selector)
                    .and_then(|recorded| self.counts(recorded))
                    .or_else(|| own.map(|own| (own, 1.0))),
            },
            Expr::Call(name, arguments) if SAME.contains(&name.as_str()) || COUNTING.contains(&name.as_str()) => {
                self.counts(series(name, arguments)?)
            }
            Expr::Call(..) => None,
            Expr::Binary("or" | "and" | "unless" | ">" | ">=" | "!=", left, _) => self.counts(left),
            Expr::Binary(operator @ ("*" | "/"), left, right) => match (self.constant(left), self.constant(right)) {
                (Some(constant), None) if *operator == "*" => {
                    self.counts(right).map(|(counted, factor)| (counted, factor * constant))
                }
                (None, Some(constant)) => {
                    let by = if *operator == "*" { constant } else { 1.0 / constant };
                    self.counts(left).map(|(counted, factor)| (counted, factor * by))
                }
                _ => None,
            },
            Expr::Binary(operator @ ("+" | "-"), left, right) => {
                let ((left, factor), (right, other)) = (self.counts(left)?, self.counts(right)?);
                if (factor - other).abs() > f64::EPSILON {
                    return None;
                }
                let counted = match (*operator, left, right) {
                    ("+", left, right) if left == right => left,
                    ("+", ..) => Counted::All,
                    (_, Counted::All, Counted::Good) => Counted::Failed,
                    (_, Counted::All, Counted::Failed) => Counted::Good,
                    _ => return None,
                };
                Some((counted, factor))
            }
            Expr::Binary(..) => None,
        }
    }
}

fn latency(metric: &str) -> Option<Value> {
    let name = metric.to_ascii_lowercase();
    let unit = millis_per_unit(name.strip_suffix("_bucket").unwrap_or(&name)).filter(|_| is_of_requests(&name))?;
    Some(Value { kind: Kind::Latency, offset: 0.0, factor: 1.0 / unit })
}

/// What a series is by its name: a summary's quantile, or what a rule in another file records.
fn named(selector: &Selector) -> Option<Value> {
    let name = selector.name.to_ascii_lowercase();
    if is_platform(&name) {
        return None;
    }
    let is_tail = |value: &str| value.parse().is_ok_and(|quantile: f64| quantile >= LEAST_QUANTILE);
    let summary = selector
        .matchers
        .iter()
        .any(|(label, matcher, value)| label == "quantile" && *matcher == "=" && is_tail(value));
    let tail = ["p50", "p75", "p90", "p95", "p99", "quantile"].iter().any(|word| name.contains(word));
    if summary || tail {
        return latency(&name);
    }
    let failures = ["error", "fail", "5xx"].iter().any(|word| name.contains(word)) && !name.contains("budget");
    let share = |factor| Some(Value { kind: Kind::Failures, offset: 0.0, factor });
    match () {
        () if name.contains("burnrate") || failures && name.contains("ratio") => share(1.0),
        () if failures && name.contains("percent") => share(100.0),
        () => None,
    }
}

/// Beyond which share or duration a comparison fires; `None` where it fires below one, or makes no sense.
fn threshold(value: Value, above: bool, limit: f64) -> Option<Watch> {
    if value.factor == 0.0 || above != (value.factor > 0.0) {
        return None;
    }
    let beyond = (limit - value.offset) / value.factor;
    let beyond = (beyond * 1e12).round() / 1e12;
    match value.kind {
        Kind::Failures => (0.0..=1.0).contains(&beyond).then_some(Watch::Failures(beyond)),
        Kind::Latency => (beyond > 0.0 && beyond.is_finite()).then_some(Watch::Latency(beyond)),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::parse::parse, *};

    fn found(expr: &str) -> Vec<Watch> {
        let mut recordings = Recordings::default();
        for (name, expr) in [
            (
                "job:errors:ratio",
                "sum(rate(http_requests_total{code=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m]))",
            ),
            ("job:requests:rate5m", "sum by (job, code) (rate(http_requests_total[5m]))"),
            ("job:slow", "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"),
            ("slo:objective", "vector(1 - 0.999)"),
            ("a:loop", "b:loop"),
            ("b:loop", "a:loop + a:loop"),
        ] {
            recordings.add(name, parse(expr).unwrap());
        }
        watches(&parse(expr).unwrap(), &recordings)
    }

    #[test]
    fn shares_of_failures_are_told_however_they_are_written() {
        for (expr, share) in [
            ("rate(http_requests_total{status=~\"5..\"}[5m]) / rate(http_requests_total[5m]) > 0.01", 0.01),
            ("100 * sum(rate(http_requests_total{code=\"500\"}[5m])) / sum(rate(http_requests_total[5m])) >= 5", 0.05),
            ("sum(rate(app_errors_total[5m])) by (job) / sum(rate(app_requests_total[5m])) by (job) * 100 > 2", 0.02),
            ("0.05 < job:errors:ratio{job=\"web\"}", 0.05),
            ("job:errors:ratio > (14.4 * slo:objective)", 0.0144),
            ("job:requests:rate5m{code=~\"5..\"} / ignoring(code) sum(job:requests:rate5m) > 0.1", 0.1),
            ("1 - sum(rate(http_requests_total{code!~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.02", 0.02),
            ("sum(rate(http_requests_total{code=~\"2..\"}[5m])) / sum(rate(http_requests_total[5m])) < 0.99", 0.01),
            (
                "(sum(rate(http_requests_total[5m])) - sum(rate(http_requests_total{code=~\"2..\"}[5m]))) / sum(rate(http_requests_total[5m])) > 0.03",
                0.03,
            ),
            (
                "sum(rate(rpc_errors_total[5m])) / (sum(rate(rpc_errors_total[5m])) + sum(rate(rpc_success_total[5m]))) > 0.2",
                0.2,
            ),
            ("other:http_error:ratio_rate1h{team=\"x\"} > 0.004", 0.004),
            ("max(job:errors:ratio > 0.07) without (sloth_window) and on() up == 1", 0.07),
        ] {
            assert_eq!(found(expr), [Watch::Failures(share)], "{expr}");
        }
    }

    #[test]
    fn quantiles_come_in_milliseconds() {
        for (expr, millis) in [
            ("histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket[5m])) by (le)) > 0.5", 500.0),
            ("histogram_quantile(0.95, rate(http_server_duration_milliseconds_bucket[5m])) > 250", 250.0),
            ("1000 * histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m])) > 300", 300.0),
            ("avg(http_response_latency_seconds{quantile=\"0.99\"}) by (route) > 2", 2000.0),
            ("job:slow > 0.75 and job:requests:rate5m > 1", 750.0),
            ("job:http_latency_seconds:p99{job=\"web\"} > 1.5", 1500.0),
        ] {
            assert_eq!(found(expr), [Watch::Latency(millis)], "{expr}");
        }
    }

    #[test]
    fn what_watches_neither_is_nothing() {
        for expr in [
            "up == 0",
            "rate(http_requests_total{code=~\"5..\"}[5m]) > 1",
            "rate(http_requests_total{code=~\"4..\"}[5m]) / rate(http_requests_total[5m]) > 0.1",
            "rate(http_requests_total{code=~\"5..\"}[5m]) / rate(http_requests_total[5m]) > 5",
            "rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m]) > 1",
            "histogram_quantile(0.99, rate(etcd_disk_wal_fsync_duration_seconds_bucket[5m])) > 0.5",
            "histogram_quantile(0.99, rate(http_request_size_bytes_bucket[5m])) > 0.5",
            "histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) < 0.5",
            "absent(job:errors:ratio > 0.1)",
            "job:errors:ratio > job:slow",
            "a:loop > 1",
        ] {
            assert_eq!(found(expr), [], "{expr}");
        }
        assert_eq!(found("job:errors:ratio > 0.1 or job:slow > 1"), [Watch::Failures(0.1), Watch::Latency(1000.0)]);
    }
}
