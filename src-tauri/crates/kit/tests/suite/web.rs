//! The probes that ask over HTTP, with the real curl against a server on loopback.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::support::{Bench, is_known, web::Web};

const TOKEN: &str = "eyKnothing.of.this-must-leave";

fn with_headers(bench: &Bench) -> String {
    let file = bench.path("home/headers");
    fs::write(&file, format!("Authorization: Bearer {TOKEN}\nX-Api-Key: key-that-stays-here\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    file.display().to_string()
}

#[test]
fn headers_are_kept_without_what_identifies() {
    let web = Web::start(|path, _| {
        match path.split('?').next().unwrap() {
        "/api/orders" => (
            200,
            "Strict-Transport-Security: max-age=600\r\nX-Content-Type-Options: nosniff\r\nX-Request-ID: 7\r\n\
             Access-Control-Allow-Origin: *\r\nSet-Cookie: sid=cookie-value-here; Domain=.shop.example; HttpOnly\r\nX-Auth-Token: t0ken-of-mine\r\n\
             Server: nginx\r\n"
                .to_owned(),
            "the customer Rumpelstilzchen".to_owned(),
        ),
        "/echo" => (200, "Access-Control-Allow-Origin: https://groma-kit.example\r\n".to_owned(), String::new()),
        _ => (302, "Location: https://login.internal.example/realm?user=bob\r\n".to_owned(), String::new()),
    }
    });
    let bench = Bench::new();
    bench.recorded("curl");
    let headers = with_headers(&bench);
    bench.settings(&format!(
        "HTTP_URLS='{0}/api/orders?customer=4711 {0}/moved {0}/echo'\nHTTP_HEADER_FILE={headers}\n",
        web.address
    ));
    let results = bench.run("http-headers", &[]);
    results.ran("http-headers");
    let first = results.import("http/headers-01.txt", "http-headers");
    assert_eq!(first.value("http.header.hsts", "/api/orders"), Some(1.0), "{:?}", first.measurements);
    assert_eq!(first.value("http.cors.wildcard", "/api/orders"), Some(1.0));
    assert_eq!(first.value("http.header.request_id", "/api/orders"), Some(1.0));
    assert_eq!(first.value("http.header.x_frame_options", "/api/orders"), Some(0.0));
    assert_eq!(first.value("http.cookies.insecure", "/api/orders"), Some(1.0));
    assert_eq!(first.value("http.status", "/api/orders"), Some(200.0));
    let second = results.import("http/headers-02.txt", "http-headers");
    assert_eq!(second.value("http.status", "/moved"), Some(302.0));
    // An origin that is let in because it asked.
    let third = results.import("http/headers-03.txt", "http-headers");
    let origin = third.measurements.iter().find(|m| m.metric == "http.cors.wildcard").unwrap();
    assert_eq!((origin.value, origin.text.as_str()), (0.0, "https://groma-kit.example"));
    // The credentials went to the server, and nowhere else.
    assert!(web.asked()[0].contains(&format!("Authorization: Bearer {TOKEN}")));
    for secret in [
        TOKEN,
        "key-that-stays-here",
        "cookie-value-here",
        "t0ken-of-mine",
        "Rumpel",
        "4711",
        "internal.example",
        "shop.example",
        "127.0.0.1",
    ] {
        results.holds_nothing_of(secret);
    }
    assert!(!bench.calls().contains(TOKEN), "{}", bench.calls());
    assert_eq!(web.asked().iter().filter(|request| !request.starts_with("GET ")).count(), 0);
}

#[test]
fn a_burst_is_counted_and_ends_at_refusals() {
    let web = Web::start(|_, count| (if count > 15 { 429 } else { 200 }, String::new(), String::new()));
    let bench = Bench::new();
    bench.settings(&format!("HTTP_URLS={}/api/orders\nHTTP_BURST=300\n", web.address));
    let results = bench.run("http-rate-limit", &[]);
    results.ran("http-rate-limit");
    let facts = results.facts("http/rate-limit.json");
    let value = |metric: &str, subject: &str| facts.get(&(metric.to_owned(), subject.to_owned())).copied();
    assert_eq!(value("http.status.responses", "200"), Some(15.0));
    assert_eq!(value("http.status.responses", "429"), Some(20.0));
    assert_eq!(value("http.requests", "GET /api/orders"), Some(35.0));
    assert_eq!(web.asked().len(), 35);
}

#[test]
fn a_burst_that_nobody_asked_for_is_not_sent() {
    let web = Web::start(|_, _| (200, String::new(), String::new()));
    let bench = Bench::new();
    bench.settings(&format!("HTTP_URLS={}/\nHTTP_BURST=\n", web.address));
    let results = bench.run("http-rate-limit", &[]);
    assert_eq!(results.status("http-rate-limit"), "skipped");
    assert_eq!(web.asked().len(), 0);
}

#[test]
fn no_refusal_is_a_result_too() {
    let web = Web::start(|_, _| (200, String::new(), String::new()));
    let bench = Bench::new();
    bench.settings(&format!("HTTP_URLS={}/\nHTTP_BURST=5\n", web.address));
    let results = bench.run("http-rate-limit", &[]);
    let facts = results.facts("http/rate-limit.json");
    assert_eq!(facts[&("http.status.responses".to_owned(), "429".to_owned())], 0.0);
    assert_eq!(facts[&("http.status.responses".to_owned(), "200".to_owned())], 5.0);
}

#[test]
fn health_endpoints_are_asked_once() {
    let web = Web::start(|path, _| (if path == "/live" { 200 } else { 503 }, String::new(), "{}".to_owned()));
    let bench = Bench::new();
    bench.settings(&format!("HTTP_LIVENESS_URL={0}/live\nHTTP_READINESS_URL={0}/ready\n", web.address));
    let results = bench.run("http-health", &[]);
    let facts = results.facts("http/health.json");
    assert_eq!(facts[&("health.up".to_owned(), "liveness".to_owned())], 1.0);
    assert_eq!(facts[&("health.up".to_owned(), "readiness".to_owned())], 0.0);
    assert_eq!(web.asked().len(), 2);
    // What does not answer is no fact.
    bench.settings("HTTP_LIVENESS_URL=http://127.0.0.1:1/live\n");
    fs::rename(bench.path("results"), bench.path("tmp/earlier")).unwrap();
    assert_eq!(bench.run("http-health", &[]).status("http-health"), "failed");
}

#[test]
fn metrics_of_an_instance_are_read() {
    let web = Web::start(|_, _| {
        let text = "# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n\
                    http_requests_total{method=\"GET\",path=\"/api/orders\",status=\"200\",instance=\"10.1.2.3:8080\"} 120\n\
                    # TYPE hikaricp_connections_active gauge\nhikaricp_connections_active{pool=\"main\"} 3\n\
                    # TYPE hikaricp_connections_max gauge\nhikaricp_connections_max{pool=\"main\"} 10\n";
        (200, "Content-Type: text/plain\r\n".to_owned(), text.to_owned())
    });
    let bench = Bench::new();
    bench.settings(&format!("APP_METRICS_URL={}/metrics\n", web.address));
    let results = bench.run("app-metrics", &[]);
    results.ran("app-metrics");
    let import = results.import("http/metrics.txt", "prometheus-text");
    assert_eq!(import.value("obs.red.rate", ""), Some(1.0));
    assert_eq!(import.value("obs.metric.pool", ""), Some(1.0));
    results.holds_nothing_of("10.1.2.3");
}

const RULES: &str = r#"{"status":"success","data":{"groups":[{"name":"api","file":"/etc/prometheus/api.yml","interval":30,"rules":[{"state":"inactive","name":"ErrorRate","query":"sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.01","duration":300,"labels":{"severity":"page"},"annotations":{"runbook":"https://wiki.internal.example/runbook","contact":"oncall@client.example"},"alerts":[],"health":"ok","type":"alerting"}]}]}}"#;

#[test]
fn prometheus_answers_become_measurements() {
    let web = Web::start(|path, _| {
        if path.starts_with("/api/v1/rules") {
            return (200, String::new(), RULES.to_owned());
        }
        let value = match () {
            () if path.contains("0.99") && path.contains("0.5") => "2.5",
            () if path.contains("0.99") => "0.25",
            () if path.contains("0.5") => "0.1",
            () if path.contains("increase") => "3600.5",
            () => "0",
        };
        // A brace, a quotation and a comma within labels, and values that are no number.
        let body = format!(
            "{{\"status\":\"success\",\"data\":{{\"resultType\":\"vector\",\"result\":[\
             {{\"metric\":{{\"http_route\":\"/orders/{{id}}\",\"http_request_method\":\"GET\"}},\"value\":[1763000000.1,\"{value}\"]}},\
             {{\"metric\":{{\"http_request_method\":\"POST\",\"http_route\":\"/a\\\"b,c\"}},\"value\":[1763000000.1,\"{value}\"]}},\
             {{\"metric\":{{\"http_request_method\":\"GET\",\"http_route\":\"/idle\"}},\"value\":[1763000000.1,\"NaN\"]}}]}}}}"
        );
        (200, String::new(), body)
    });
    let bench = Bench::new();
    bench.settings(&format!(
        "PROM_URL={}/\nPROM_HTTP_HISTOGRAM=http_server_request_duration_seconds\nPROM_METHOD_LABEL=http_request_method\n\
         PROM_PATH_LABEL=http_route\nPROM_STATUS_LABEL=http_response_status_code\n",
        web.address
    ));
    let results = bench.run("prometheus", &[]);
    results.ran("prometheus-queries");
    let facts = results.facts("prometheus/queries.json");
    let value = |metric: &str, subject: &str| facts.get(&(metric.to_owned(), subject.to_owned())).copied();
    assert_eq!(value("http.latency.p99", "GET /orders/{id}"), Some(250.0));
    assert_eq!(value("http.latency.p50", "POST /a\"b,c"), Some(100.0));
    assert_eq!(value("http.latency.tail_ratio", "GET /orders/{id}"), Some(2.5));
    assert_eq!(value("http.requests", "GET /orders/{id}"), Some(3600.5));
    assert_eq!(value("http.failed.ratio", "GET /orders/{id}"), Some(0.0));
    assert_eq!(value("http.latency.p99", "GET /idle"), None, "NaN is no measurement");
    assert!(web.asked().iter().all(|request| request.starts_with("GET /api/v1/")));
    assert!(
        web.asked()[0].to_lowercase().contains("http_server_request_duration_seconds_bucket%5b1h%5d"),
        "{}",
        web.asked()[0]
    );

    results.ran("prometheus-rules");
    let rules: serde_json::Value = serde_json::from_str(&results.files["prometheus/rules.json"]).unwrap();
    assert_eq!(rules["data"]["groups"][0]["rules"][0]["name"], "ErrorRate");
    if is_known("prometheus-rules") {
        let import = results.import("prometheus/rules.json", "prometheus-rules");
        assert_eq!(import.value("obs.alert.error_rate", ""), Some(0.01));
    }
    results.holds_nothing_of("internal.example");
    results.holds_nothing_of("oncall@client.example");
}

#[test]
fn an_empty_answer_of_prometheus_is_no_zero() {
    let web = Web::start(|_, _| {
        (200, String::new(), "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}".to_owned())
    });
    let bench = Bench::new();
    bench.settings(&format!("PROM_URL={}\n", web.address));
    let results = bench.run("prometheus-queries", &[]);
    assert_eq!(results.status("prometheus-queries"), "failed");
    assert!(results.reason("prometheus-queries").contains("http.latency.p99"), "{}", results.said);
}
