//! Requests and response times, by endpoint.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    exposition::{Exposition, Sample},
    histogram::{Distribution, Percentile, distributions},
};
use crate::Import;

/// Labels that name the method, the endpoint, the status.
const METHOD: &[&str] = &["method", "http_method", "http_request_method", "request_method", "verb"];
const PATH: &[&str] = &[
    "route",
    "http_route",
    "path",
    "uri",
    "handler",
    "endpoint",
    "url",
    "view",
    "path_template",
    "url_path",
    "http_target",
    "controller",
];
const STATUS: &[&str] = &[
    "status",
    "status_code",
    "code",
    "http_status_code",
    "http_response_status_code",
    "response_code",
    "status_class",
    "http_status",
    "outcome",
];
/// At most this many endpoints are measured, the busiest.
const ENDPOINTS: usize = 200;
/// Families of response times whose names do not say HTTP.
const OTHER_DURATIONS: &[&str] = &[
    "nginx_ingress_controller_request_duration_seconds",
    "traefik_service_request_duration_seconds",
    "traefik_entrypoint_request_duration_seconds",
    "istio_request_duration_milliseconds",
];

/// What there is of rate, errors and duration.
#[derive(Debug, Default)]
pub(crate) struct Red<'a> {
    pub rate: Option<&'a str>,
    pub errors: Option<&'a str>,
    pub duration: Option<&'a str>,
    pub endpoint: Option<&'a str>,
    /// Requests by endpoint label, all methods.
    pub requests: BTreeMap<String, f64>,
}

/// An endpoint: method and path, as far as labels say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Endpoint {
    method: String,
    path: String,
}

impl Endpoint {
    fn of(sample: &Sample<'_>) -> Self {
        Self {
            method: sample.any_label(METHOD).unwrap_or_default().to_ascii_uppercase(),
            path: path(sample).unwrap_or_default().to_owned(),
        }
    }

    fn subject(&self) -> String {
        format!("{} {}", self.method, self.path).trim().to_owned()
    }
}

/// The endpoint label of a sample.
pub(crate) fn path<'a>(sample: &'a Sample<'_>) -> Option<&'a str> {
    sample.any_label(PATH)
}

/// Milliseconds per unit of a family, by its name; `None` when the name does not say the unit.
pub(crate) fn millis_per_unit(family: &str) -> Option<f64> {
    match () {
        () if family.contains("nanoseconds") || family.ends_with("_ns") => Some(1e-6),
        () if family.contains("microseconds") || family.ends_with("_us") => Some(1e-3),
        () if family.contains("milliseconds") || family.ends_with("_ms") || family.ends_with("_millis") => Some(1.0),
        () if family.contains("seconds") || family.ends_with("_s") => Some(1e3),
        () => None,
    }
}

fn is_duration(family: &str) -> bool {
    let http = family.contains("http") && !family.contains("client");
    let time = ["duration", "latency", "response_time"].iter().any(|word| family.contains(word))
        || family.ends_with("http_server_requests_seconds");
    http && time || OTHER_DURATIONS.contains(&family)
}

fn is_request_counter(name: &str) -> bool {
    let stem = name.strip_suffix("_total").unwrap_or_default();
    !name.contains("client")
        && !name.starts_with("haproxy_")
        && ["http_requests", "http_request", "http_server_requests", "http_server_request"]
            .iter()
            .any(|end| stem.ends_with(end))
}

/// 5xx, as a code, a class or a word.
fn is_failure(status: &str) -> bool {
    status.starts_with('5') && status.len() == 3 || status.eq_ignore_ascii_case("server_error")
}

/// Families of which there are samples with this suffix, or quantiles.
pub(crate) fn families<'a>(exposition: &Exposition<'a>, wanted: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut families = BTreeSet::new();
    for sample in &exposition.samples {
        let family = sample
            .name
            .strip_suffix("_bucket")
            .or(sample.name.strip_suffix("_count"))
            .or_else(|| sample.label("quantile").map(|_| sample.name));
        if let Some(family) = family.filter(|family| wanted(family)) {
            families.insert(family);
        }
    }
    families.into_iter().collect()
}

/// Writes requests, failures and response times, and says what was found.
pub(crate) fn emit<'a>(import: &mut Import, exposition: &Exposition<'a>) -> Red<'a> {
    let mut red = Red::default();
    let durations = families(exposition, is_duration);
    for family in &durations {
        emit_durations(import, exposition, family, &mut red);
    }
    emit_requests(import, exposition, &durations, &mut red);
    red
}

fn emit_durations<'a>(import: &mut Import, exposition: &Exposition<'a>, family: &'a str, red: &mut Red<'a>) {
    let Some(unit) = millis_per_unit(family) else {
        import.warn(None, format!("`{family}` does not say its unit: no response time is taken from it"));
        return;
    };
    let mut found: Vec<(Endpoint, Distribution)> =
        distributions(exposition, family, Endpoint::of).into_iter().filter(|(_, d)| d.total() != Some(0.0)).collect();
    if found.iter().any(|(_, d)| !d.buckets.is_empty() || !d.quantiles.is_empty()) {
        red.duration.get_or_insert(family);
    }
    if found.len() > ENDPOINTS {
        import.warn(None, format!("`{family}` has {} endpoints: the {ENDPOINTS} busiest are measured", found.len()));
        found.sort_by(|a, b| b.1.total().unwrap_or(0.0).total_cmp(&a.1.total().unwrap_or(0.0)));
        found.truncate(ENDPOINTS);
    }
    if found.iter().any(|(_, d)| !d.buckets.is_empty()) {
        import.note(
            None,
            format!("percentiles of `{family}` are interpolated within histogram buckets and cover the time since the process started"),
        );
    }
    let unlike: usize = found.iter().map(|(_, distribution)| distribution.unlike).sum();
    if unlike > 0 {
        import.warn(None, format!("{unlike} series of `{family}` have other buckets and could not be added"));
    }
    let mut beyond = Vec::new();
    for (endpoint, distribution) in &found {
        if emit_distribution(import, endpoint, distribution, unit).is_none() {
            beyond.push(endpoint.subject());
        }
    }
    if !beyond.is_empty() {
        import.warn(
            None,
            format!(
                "p99 lies beyond the last bucket of `{family}` for {} endpoints ({}): only its lower bound is known",
                beyond.len(),
                beyond.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
            ),
        );
    }
}

/// Writes the percentiles of an endpoint; `None` when p99 lies beyond the last bucket.
fn emit_distribution(import: &mut Import, endpoint: &Endpoint, distribution: &Distribution, unit: f64) -> Option<()> {
    let (subject, at) = (endpoint.subject(), format!("line {}", distribution.line));
    let count = distribution.total().map_or_else(String::new, |count| format!("{count} requests, "));
    if let Some(mean) = distribution.mean() {
        import.measure("http.latency.avg", mean * unit, subject.clone(), at.clone());
    }
    let mut within = Some(());
    let mut median = None;
    for (quantile, metric) in [
        (0.5, "http.latency.p50"),
        (0.75, "http.latency.p75"),
        (0.9, "http.latency.p90"),
        (0.95, "http.latency.p95"),
        (0.99, "http.latency.p99"),
        (0.999, "http.latency.p999"),
    ] {
        let (value, text) = match distribution.percentile(quantile) {
            Some(Percentile::Within { value, low, high }) => {
                (value * unit, format!("{count}between {} and {} ms", low * unit, high * unit))
            }
            Some(Percentile::Stated(value)) => (value * unit, format!("{count}as stated")),
            Some(Percentile::Beyond(bound)) if quantile == 0.99 => {
                let text = format!("{count}beyond the last bucket");
                import.measure_text("http.latency.p99_floor", bound * unit, subject.clone(), at.clone(), text);
                within = None;
                continue;
            }
            _ => continue,
        };
        import.measure_text(metric, value, subject.clone(), at.clone(), text.clone());
        match quantile {
            0.5 => median = Some(value).filter(|value| *value > 0.0),
            0.99 => {
                if let Some(median) = median {
                    import.measure("http.latency.tail_ratio", value / median, subject.clone(), at.clone());
                }
                let metric = match endpoint.method.as_str() {
                    "GET" | "HEAD" => "http.latency.read.p99",
                    "POST" | "PUT" | "PATCH" | "DELETE" => "http.latency.write.p99",
                    _ => continue,
                };
                import.measure_text(metric, value, subject.clone(), at.clone(), text);
            }
            _ => {}
        }
    }
    within
}

fn emit_requests<'a>(import: &mut Import, exposition: &Exposition<'a>, durations: &[&'a str], red: &mut Red<'a>) {
    // A counter of its own first; else the count of the response times.
    let counter = exposition.names().into_iter().find(|name| is_request_counter(name)).or_else(|| {
        durations
            .iter()
            .find_map(|family| exposition.named(&format!("{family}_count")).next())
            .map(|sample| sample.name)
    });
    let Some(counter) = counter else { return };
    red.rate = Some(counter);
    let mut endpoints: BTreeMap<Endpoint, (f64, f64, u64)> = BTreeMap::new();
    let mut has_status = false;
    for sample in exposition.named(counter).filter(|sample| sample.value.is_finite()) {
        let status = sample.any_label(STATUS);
        has_status |= status.is_some();
        let (all, failed, _) = endpoints.entry(Endpoint::of(sample)).or_insert((0.0, 0.0, sample.line));
        *all += sample.value;
        if status.is_some_and(is_failure) {
            *failed += sample.value;
        }
        if let Some(path) = path(sample) {
            *red.requests.entry(path.to_owned()).or_default() += sample.value;
        }
        if red.endpoint.is_none() {
            red.endpoint =
                PATH.iter().find_map(|name| sample.labels.iter().find(|(label, _)| label == name)).map(|(l, _)| *l);
        }
    }
    let errors = exposition.names().into_iter().find(|name| {
        name.contains("http")
            && !name.contains("client")
            && (name.ends_with("errors_total") || name.ends_with("exceptions_total"))
    });
    red.errors = if has_status { Some(counter) } else { errors };
    let (mut all, mut all_failed, first) = endpoints
        .values()
        .fold((0.0, 0.0, u64::MAX), |(a, f, l), (all, failed, line)| (a + all, f + failed, l.min(*line)));
    let mut busiest: Vec<_> = endpoints.into_iter().collect();
    busiest.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let single = busiest.len() == 1 && busiest[0].0.subject().is_empty();
    for (endpoint, (count, failed, line)) in busiest.into_iter().take(if single { 0 } else { ENDPOINTS }) {
        measure_requests(import, &endpoint.subject(), count, failed, has_status, line);
    }
    if first == u64::MAX {
        (all, all_failed) = (0.0, 0.0);
    }
    measure_requests(import, "", all, all_failed, has_status, first.min(u64::from(u32::MAX)));
}

fn measure_requests(import: &mut Import, subject: &str, count: f64, failed: f64, has_status: bool, line: u64) {
    let at = format!("line {line}");
    import.measure("http.requests", count, subject, at.clone());
    if has_status && count > 0.0 {
        import.measure("http.failed.count", failed, subject, at.clone());
        import.measure("http.failed.ratio", failed / count, subject, at);
    }
}
