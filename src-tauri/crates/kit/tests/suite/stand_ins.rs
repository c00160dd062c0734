//! Probes whose servers are not at hand, against stand-ins that check how they are called and answer as the real ones do.

use std::fs;

use crate::support::Bench;

/// Answers by what it is asked; refuses what a probe must never do.
const MYSQL: &str = r#"
for argument in "$@"; do
  case $argument in
    --password* | -p* | *correct-horse*) echo 'a password on the command line' >&2; exit 9 ;;
  esac
done
case " $* " in *' --batch '*) ;; *) echo 'not in batches' >&2; exit 9 ;; esac
[ "$MYSQL_PWD" = correct-horse-battery ] || { echo "ERROR 1045 (28000): Access denied for user 'shop'@'db.client.example' (using password: NO)" >&2; exit 1; }
sql=$(cat)
case $sql in *'START TRANSACTION READ ONLY'*) ;; *) echo 'not in a read-only transaction' >&2; exit 9 ;; esac
case $sql in *'max_execution_time'*) ;; *) echo 'without a limit' >&2; exit 9 ;; esac
if printf '%s' "$sql" | grep -qiwE 'insert into|update [a-z]|delete from|drop|alter|create|truncate|grant|set global'; then
  echo 'it would write' >&2; exit 9
fi
case $sql in
  *'SHOW GLOBAL VARIABLES'*)
    printf 'Variable_name\tValue\n'
    printf 'innodb_buffer_pool_size\t134217728\nlong_query_time\t0.500000\nmax_connections\t151\nmax_execution_time\t0\n'
    printf 'slow_query_log\tON\nversion\t8.0.36\nwait_timeout\t28800\n' ;;
  *QUANTILE_99*)
    printf 'kind\tstatement\tp95_ms\tp99_ms\n'
    printf 'quantile\tSELECT * FROM `orders` WHERE `customer` = ?\t110.0\t190.5461\n' ;;
  *events_statements_summary_by_digest*)
    printf 'kind\tstatement\tcalls\ttotal_ms\tmean_ms\tmax_ms\trows_all\n'
    printf 'statement\tSELECT * FROM `orders` WHERE `customer` = ?\t4200\t180600.5\t43.0\t912.25\t8400\n'
    printf 'statement\tUPDATE `stock` SET `count` = ?\t12\t24.0\t2.0\t3.0\tNULL\n' ;;
  *KEY_COLUMN_USAGE*)
    printf 'kind\tname\tfirst_number\tsecond_number\n'
    printf 'key\torders(customer_id)\t1\t0\nkey\tline(order_id)\t0\t0\n'
    printf 'table\torders\t250000\t7000000\ntable\tstock\t300\t90\ntable\tline\t900000\t0\n' ;;
  *) echo 'an unknown query' >&2; exit 9 ;;
esac
"#;

#[test]
fn mysql_is_read_in_transactions_that_cannot_write() {
    let bench = Bench::new();
    bench.stub("mysql", MYSQL);
    bench.settings("MYSQL_HOST=db.client.example\nMYSQL_USER=shop\nMYSQL_DATABASE=shop\n");
    let results = bench.run("mysql", &[("MYSQL_PWD", "correct-horse-battery")]);
    for probe in ["mysql-settings", "mysql-statements", "mysql-tables"] {
        results.ran(probe);
    }
    let settings = results.import("mysql/variables.txt", "mysql-variables");
    assert_eq!(settings.value("db.statement_timeout", ""), Some(0.0));
    assert_eq!(settings.value("db.log_min_duration", ""), Some(500.0));
    assert_eq!(settings.value("db.max_connections", ""), Some(151.0));

    let facts = results.facts("mysql/statements.json");
    let value = |metric: &str, subject: &str| facts.get(&(metric.to_owned(), subject.to_owned())).copied();
    let subject = "SELECT * FROM `orders` WHERE `customer` = ?";
    assert_eq!(value("db.query.p99", subject), Some(190.5461));
    assert_eq!(value("db.query.calls", subject), Some(4200.0));
    assert_eq!(value("db.query.mean", subject), Some(43.0));
    assert_eq!(value("db.query.max", "UPDATE `stock` SET `count` = ?"), Some(3.0));
    assert_eq!(value("db.query.rows", "UPDATE `stock` SET `count` = ?"), None, "NULL is no number");

    let facts = results.facts("mysql/tables.json");
    let value = |metric: &str, subject: &str| facts.get(&(metric.to_owned(), subject.to_owned())).copied();
    assert_eq!(value("db.fk.total", ""), Some(2.0));
    assert_eq!(value("db.fk.unindexed", ""), Some(1.0));
    assert_eq!(value("db.seq_scan.large_tables", ""), Some(1.0));
    assert_eq!(value("db.seq_scan.tuples", "orders"), Some(7_000_000.0));
    assert!(results.files["mysql/tables.json"].contains("line(order_id)"));
    results.holds_nothing_of("correct-horse-battery");
}

#[test]
fn a_refusal_of_mysql_is_told_without_names() {
    let bench = Bench::new();
    bench.stub("mysql", MYSQL);
    bench.settings("MYSQL_HOST=db.client.example\nMYSQL_USER=shop\n");
    let results = bench.run("mysql", &[]);
    assert_eq!(results.status("mysql-settings"), "failed");
    assert!(results.reason("mysql-settings").contains("ERROR 1045"), "{}", results.said);
    assert_eq!(results.status("mysql-tables"), "skipped", "no database is named");
    for name in ["'shop'", "db.client.example"] {
        results.holds_nothing_of(name);
    }
}

/// What the real program makes of the template, for a Deployment and a CronJob.
const KUBECTL: &str = r#"
case $1 in get | top) ;; *) echo "not a verb that reads: $1" >&2; exit 9 ;; esac
case " $* " in *' --namespace=shop --request-timeout='*) ;; *) echo 'without namespace or limit' >&2; exit 9 ;; esac
case " $* " in *secret* | *configmap* | *' -A '* | *--all-namespaces*) echo 'more than is needed' >&2; exit 9 ;; esac
if [ "$1" = top ]; then
  printf 'POD                     NAME   CPU(cores)   MEMORY(bytes)\n'
  printf 'orders-7d9f-abcde       api    250m         180Mi\n'
  exit 0
fi
template=$(printf '%s\n' "$@" | sed -n 's/^--output=go-template-file=//p')
grep -q 'range .items' "$template" || { echo "no template: $template" >&2; exit 9; }
grep -qE '\.env|\.args|annotations' "$template" && grep -vE '^\{\{- /\*' "$template" | grep -qE '\.env|\.args|annotations' && { echo 'the template prints too much' >&2; exit 9; }
cat <<'YAML'

---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "orders"
  namespace: "shop"
spec:
  replicas: 1
  strategy:
    type: RollingUpdate
  template:
    spec:
      terminationGracePeriodSeconds: 30
      containers:
      - name: "api"
        image: "registry.internal.example:5000/team/orders:latest"
        resources:
          limits:
            cpu: "500m"
        readinessProbe:
          httpGet: {}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: "nightly"
  namespace: "shop"
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: "job"
            image: "job:1.2"
            resources:
              limits:
YAML
"#;

#[test]
fn kubernetes_is_read_by_get_and_top() {
    let bench = Bench::new();
    bench.stub("kubectl", KUBECTL);
    bench.settings("K8S_NAMESPACE=shop\n");
    let results = bench.run("kubernetes", &[]);
    for probe in ["kubernetes-workloads", "kubernetes-usage"] {
        results.ran(probe);
    }
    let import = results.import("kubernetes/workloads.yaml", "k8s-manifest");
    assert_eq!(import.value("deploy.single_replica", ""), Some(1.0), "{:?}", import.measurements);
    assert_eq!(import.value("deploy.replicas", "Deployment/orders"), Some(1.0));
    assert_eq!(import.value("deploy.no_liveness", ""), Some(1.0));
    assert_eq!(import.value("deploy.no_readiness", ""), Some(0.0));
    assert_eq!(import.value("deploy.floating_images", ""), Some(1.0));
    assert_eq!(import.value("deploy.no_limits", ""), Some(1.0), "the job has none");
    let usage = results.import("kubernetes/usage.txt", "kubectl-top");
    assert_eq!(usage.measurements[0].value, 0.25);
    results.holds_nothing_of("registry.internal");
}

/// Looks at its arguments and its environment, runs nothing, and writes the summary where the scenario would.
const K6: &str = r#"
[ "$1" = run ] || { echo 'not a run' >&2; exit 9; }
case "$*" in *test-token*) echo 'a credential on the command line' >&2; exit 9 ;; esac
[ "$K6_NO_USAGE_REPORT" = true ] || { echo 'it would phone home' >&2; exit 9; }
case $K6_HEADERS in *test-token*) ;; *) echo 'without credentials' >&2; exit 9 ;; esac
echo "time=\"2026-11-04T09:00:00Z\" level=info msg=\"http://staging.client.example\""
cat >"$K6_SUMMARY" <<'JSON'
{"metrics":{
 "http_reqs":{"type":"counter","contains":"default","values":{"count":600,"rate":10}},
 "http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.005,"passes":3,"fails":597}},
 "http_req_duration":{"type":"trend","contains":"time","values":{"avg":41,"min":9,"med":32,"max":912,"p(90)":80,"p(95)":120,"p(99)":240}},
 "http_reqs{name:GET /api/orders}":{"type":"counter","contains":"default","values":{"count":300,"rate":5},"thresholds":{}},
 "http_req_failed{name:GET /api/orders}":{"type":"rate","contains":"default","values":{"rate":0,"passes":0,"fails":300},"thresholds":{}},
 "http_req_duration{name:GET /api/orders}":{"type":"trend","contains":"time","values":{"avg":41,"min":9,"med":32,"max":912,"p(90)":80,"p(95)":120,"p(99)":260},"thresholds":{}}},
 "root_group":{"name":"","path":"","id":"d41d8cd98f00b204e9800998ecf8427e","groups":[],"checks":[]},
 "state":{"isStdErrTTY":false,"isStdOutTTY":false,"testRunDurationMs":60020.1}}
JSON
"#;

#[test]
fn a_load_of_reads_is_summed_up_by_path() {
    let bench = Bench::new();
    bench.stub("k6", K6);
    fs::write(bench.path("home/headers"), "Authorization: Bearer test-token-of-staging\n").unwrap();
    bench.settings(&format!(
        "K6_BASE_URL=https://staging.client.example\nK6_PATHS='GET /api/orders'\nHTTP_HEADER_FILE={}\n",
        bench.path("home/headers").display()
    ));
    let results = bench.run("load", &[]);
    results.ran("load-reads");
    let import = results.import("load/load-reads.json", "k6-handle-summary");
    assert_eq!(import.value("http.latency.p99", "GET /api/orders"), Some(260.0), "{:?}", import.measurements);
    assert_eq!(import.value("http.requests", "GET /api/orders"), Some(300.0));
    assert_eq!(
        import.value("http.threshold.total", "").unwrap_or_default(),
        0.0,
        "no limit of ours is the client's budget"
    );
    results.holds_nothing_of("staging");
    // A run that was broken off leaves no half of a result.
    bench.stub(
        "k6",
        "echo 'level=error msg=\"five errors in a row\" host=https://staging.client.example' >&2; exit 108",
    );
    fs::rename(bench.path("results"), bench.path("tmp/earlier")).unwrap();
    let results = bench.run("load", &[]);
    assert_eq!(results.status("load-reads"), "failed");
    assert!(results.reason("load-reads").contains("five errors in a row"), "{}", results.said);
    assert_eq!(results.files.len(), 1);
    results.holds_nothing_of("staging");
}

#[test]
fn log_lines_are_counted_and_never_kept() {
    let bench = Bench::new();
    let mut log = String::new();
    for number in 0..30 {
        log.push_str(&format!(
            "{{\"level\":\"info\",\"request_id\":\"r{number}\",\"msg\":\"order of Rumpelstilzchen\"}}\n"
        ));
    }
    log.push_str(&"2026-11-04 09:00:00 INFO trace_id=77 Rumpelstilzchen paid\n".repeat(10));
    fs::write(bench.path("home/app.log"), log).unwrap();
    bench.settings(&format!("LOG_FILE={}\n", bench.path("home/app.log").display()));
    let results = bench.run("logs", &[]);
    results.ran("log-sample");
    let facts = results.facts("logs/log-lines.json");
    let value = |metric: &str| facts[&(metric.to_owned(), String::new())];
    assert_eq!(value("obs.logs.lines"), 40.0);
    assert_eq!(value("obs.logs.json.ratio"), 0.75);
    assert_eq!(value("obs.logs.request_id.ratio"), 1.0);
    results.holds_nothing_of("Rumpelstilzchen");
}
