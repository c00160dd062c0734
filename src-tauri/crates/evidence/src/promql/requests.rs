//! Which series count requests, and which of them: all, those that failed, those that did not.

use regex::RegexBuilder;

use super::parse::Selector;

/// Which requests a counter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    All,
    Failed,
    Good,
}

/// Labels of the outcome, each with values of a failure and of a success.
const OUTCOMES: &[(&[&str], &[&str], &[&str])] = &[
    (
        &[
            "status",
            "code",
            "status_code",
            "statuscode",
            "http_status",
            "http_code",
            "http_status_code",
            "http_response_status_code",
            "response_code",
            "response_status",
            "response_code_class",
            "envoy_response_code",
            "envoy_response_code_class",
            "status_class",
            "class",
        ],
        &["500", "503", "5xx", "5XX", "5"],
        &["200", "2xx", "2XX", "2"],
    ),
    (
        &["grpc_code", "grpc_status", "grpc_response_status", "rpc_grpc_status_code"],
        &["Internal", "Unavailable", "INTERNAL", "13", "14"],
        &["OK", "0"],
    ),
    (
        &["outcome", "result", "state"],
        &["SERVER_ERROR", "error", "ERROR", "failure", "failed", "FAILURE"],
        &["SUCCESS", "success", "ok", "OK"],
    ),
];

/// Words of names that count requests.
const REQUESTS: &[&str] = &[
    "http",
    "request",
    "response",
    "grpc",
    "rpc",
    "calls",
    "transactions",
    "operations",
    "handled",
    "ingress",
    "hits",
];
/// Beginnings of metrics of the platform's own parts: they do not tell how the application fares.
const PLATFORM: &[&str] = &[
    "alertmanager_",
    "apiserver_",
    "cadvisor_",
    "container_",
    "coredns_",
    "cortex_",
    "etcd_",
    "go_",
    "grafana_",
    "kube_",
    "kubelet_",
    "kubeproxy_",
    "loki_",
    "node_",
    "process_",
    "prometheus_",
    "rest_client_",
    "scheduler_",
    "thanos_",
    "workqueue_",
];

/// Whether a metric is one of the platform's own parts.
pub(crate) fn is_platform(name: &str) -> bool {
    // A recording rule names the metric behind its level.
    name.split(':').any(|part| PLATFORM.iter().any(|prefix| part.starts_with(prefix)))
}

/// Whether a name speaks of requests.
pub(crate) fn counts_requests(name: &str) -> bool {
    REQUESTS.iter().any(|word| name.contains(word))
}

/// Which requests a selector counts; `None` where it counts something else, or cannot be told.
pub(crate) fn counted(selector: &Selector) -> Option<Counted> {
    let name = selector.name.to_ascii_lowercase();
    if is_platform(&name) {
        return None;
    }
    for (label, matcher, value) in &selector.matchers {
        let Some((_, failures, successes)) = OUTCOMES.iter().find(|(labels, ..)| labels.contains(&label.as_str()))
        else {
            continue;
        };
        let selects = |outcomes: &[&str]| -> Option<bool> {
            let equal = match *matcher {
                "=" | "!=" => outcomes.iter().any(|outcome| outcome == value),
                _ => {
                    let anchored = format!("^(?:{value})$");
                    let regex = RegexBuilder::new(&anchored).size_limit(1 << 18).build().ok()?;
                    outcomes.iter().any(|outcome| regex.is_match(outcome))
                }
            };
            Some(equal != matcher.starts_with('!'))
        };
        // What a negated matcher names is a kind left out, be it one code of many.
        return match (selects(failures)?, selects(successes)?) {
            (true, true) => continue,
            (true, false) => Some(Counted::Failed),
            (false, true) => Some(Counted::Good),
            (false, false) => None,
        };
    }
    let failed = ["error", "fail", "5xx"].iter().any(|word| name.contains(word)) && !name.contains("budget");
    let good = ["success", "_ok_"].iter().any(|word| name.contains(word));
    match () {
        () if failed => Some(Counted::Failed),
        () if !counts_requests(&name) => None,
        () if good => Some(Counted::Good),
        () => Some(Counted::All),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::{Expr, parse};
    use super::*;

    #[test]
    fn outcomes_are_told_by_labels_and_names() {
        for (text, want) in [
            ("http_requests_total", Some(Counted::All)),
            ("http_requests_total{status=~\"5..\"}", Some(Counted::Failed)),
            ("http_requests_total{status=~\"[45]..\"}", Some(Counted::Failed)),
            ("http_requests_total{code=\"500\"}", Some(Counted::Failed)),
            ("http_requests_total{status!~\"5..\"}", Some(Counted::Good)),
            ("http_requests_total{status!~\"2..\"}", Some(Counted::Failed)),
            ("http_requests_total{status=~\"2..|3..\"}", Some(Counted::Good)),
            ("http_requests_total{status=~\"4..\"}", None),
            ("http_requests_total{status=~\"(\"}", None),
            ("http_server_requests_seconds_count{outcome=\"SERVER_ERROR\"}", Some(Counted::Failed)),
            ("grpc_server_handled_total{grpc_code!=\"OK\"}", Some(Counted::Failed)),
            ("haproxy_backend_http_responses_total{code=\"5xx\"}", Some(Counted::Failed)),
            ("checkout_errors_total", Some(Counted::Failed)),
            ("apiserver_request_total{code=~\"5..\"}", None),
            ("node_memory_MemFree_bytes", None),
        ] {
            let Some(Expr::Selector(selector)) = parse(text) else { panic!("{text}") };
            assert_eq!(counted(&selector), want, "{text}");
        }
    }
}
