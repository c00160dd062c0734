//! The chain: artifact, measurement, verdict, finding, risk, initiative, phase, cost; forwards and back.

use groma_tests::{Bench, run, wrk};
use serde_json::{Value, json};

fn answer(bench: &Bench, check: &str) -> Value {
    let answers = bench.call(&json!({"do":"answers"}));
    answers["answers"].as_array().unwrap().iter().find(|row| row["check"] == check).unwrap().clone()
}

fn import(bench: &Bench, name: &str, content: &str) -> Value {
    let path = bench.put(name, content);
    run(["import", &bench.file.to_string_lossy(), &path.to_string_lossy(), "--json"]).exits(0).json()
}

#[test]
fn a_measured_value_becomes_a_verdict_a_finding_and_money() {
    let bench = Bench::new();
    let reply = import(&bench, "slow.txt", &wrk("http://127.0.0.1:8080/api/orders", "840.00ms"));
    let artifact = reply["files"][0]["artifact"].clone();

    // The threshold of 1.1 is 200 ms.
    let row = answer(&bench, "1.1");
    assert_eq!(row["verdict"], "not_assessed", "a proposal is not a verdict");
    assert_eq!(row["proposal"]["verdict"], "fail", "{row}");
    assert_eq!(row["proposal"]["value"], 840.0);
    let source = row["proposal"]["sources"][0].as_str().unwrap().to_owned();
    let measurements = bench.call(&json!({"do":"measurements","artifact":artifact}));
    let measured = measurements.as_array().unwrap().iter().find(|m| m["id"] == source.as_str()).unwrap();
    assert_eq!(measured["metric"], "http.latency.p99");
    assert!(measured["at"].as_str().unwrap().contains("10"), "the place in the file: {measured}");

    // The assessor may not differ without a reason.
    let path = bench.file.to_string_lossy().into_owned();
    let _ = run(["call", &path, r#"{"do":"confirm","check":"1.1","verdict":"pass"}"#]).exits(2);
    let confirmed = bench.call(&json!({"do":"confirm","check":"1.1"}));
    assert_eq!(confirmed["object"]["verdict"], "fail");
    assert_eq!(confirmed["object"]["author"], "tester");
    let score = run(["score", &path, "--json"]).exits(0).json();
    assert_eq!(score["health"]["passed"], 0);
    assert_eq!(score["health"]["assessed"], 1);
    assert_eq!(score["health"]["total"], 71);

    // The failed check proposes a finding; accepting links both ways.
    let candidates = bench.call(&json!({"do":"candidates"}));
    let keys: Vec<_> = candidates.as_array().unwrap().iter().map(|c| c["key"].as_str().unwrap()).collect();
    assert!(keys.contains(&"check:backend-health:1.1"), "{keys:?}");
    let finding = bench.call(&json!({"do":"accept","candidate":"check:backend-health:1.1"}))["object"].clone();
    assert_eq!(finding["number"], 1);
    assert_eq!(finding["checks"], json!(["backend-health/1.1"]));
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    assert!(
        links
            .as_array()
            .unwrap()
            .iter()
            .any(|link| link["target"] == source.as_str() && link["finding"] == finding["id"])
    );
    let _ = run(["call", &path, r#"{"do":"accept","candidate":"check:backend-health:1.1"}"#]).exits(3);

    // Forward to the money that mends it.
    let replies = bench.call(&json!([
        {"do":"update","kind":"engagement","fields":{"roadmap_start":"2026-06-01","contingency_percent":10.0}},
        {"do":"insert","kind":"roles","object":{"name":"Engineer","day_rate":80000}},
        {"do":"insert","kind":"phases","object":{"number":1,"name":"Stabilise","starts":"2026-06-01","ends":"2026-06-30"}},
        {"do":"insert","kind":"risks","object":{"title":"Orders are lost","findings":[finding["id"]],"current":{"likelihood":4,"impact":5},"residual":{"likelihood":2,"impact":5}}},
    ]));
    let (role, phase, risk) = (&replies[1]["object"]["id"], &replies[2]["object"]["id"], &replies[3]["object"]["id"]);
    bench.call(&json!([
        {"do":"insert","kind":"resources","object":{"role":role,"fte":1.0,"from":"2026-06-01","to":"2026-06-30"}},
        {"do":"insert","kind":"initiatives","object":{"title":"Add the index","findings":[finding["id"]],"risks":[risk],"phase":phase,
            "effort":{"low":2,"likely":3,"high":5},"roles":[{"role":role,"share":1.0}],"impact":4,"reversible":true,
            "business_value":4,"time_criticality":4,"risk_reduction":5}},
    ]));
    let plan = bench.call(&json!({"do":"plan"}));
    // 3 days at 800.00 in minor units; 10 % contingency.
    assert_eq!(plan["cost"]["total"]["once"]["likely"], 240_000);
    assert_eq!(plan["cost"]["total"]["with_contingency"], 264_000);
    assert_eq!(plan["schedule"]["initiatives"][0]["start"], "2026-06-01");
    assert_eq!(plan["schedule"]["initiatives"][0]["end"], "2026-06-03");
    assert_eq!(plan["quick_wins"][0]["quick_win"], true);
    let none = bench.call(&json!({"do":"what_if","phases":[]}));
    let all = bench.call(&json!({"do":"what_if","phases":[1]}));
    assert_eq!(none["risks"][0]["score"], 20);
    assert_eq!(all["risks"][0]["score"], 10);
}

#[test]
fn a_re_import_renews_proposals_and_never_confirmed_verdicts() {
    let bench = Bench::new();
    import(&bench, "slow.txt", &wrk("http://127.0.0.1:8080/api/orders", "840.00ms"));
    bench.call(&json!({"do":"confirm","check":"1.1"}));
    let slow = bench.call(&json!({"do":"list","kind":"artifacts"}))[0]["id"].clone();
    bench.call(&json!({"do":"delete","kind":"artifacts","id":slow}));
    assert!(answer(&bench, "1.1")["proposal"].is_null(), "what was removed proposes nothing any more");
    bench.call(&json!({"do":"undo"}));
    assert_eq!(answer(&bench, "1.1")["proposal"]["verdict"], "fail");
    bench.call(&json!({"do":"redo"}));
    import(&bench, "fast.txt", &wrk("http://127.0.0.1:8080/api/orders", "44.00ms"));
    let row = answer(&bench, "1.1");
    assert_eq!(row["verdict"], "fail", "the confirmed verdict stays");
    assert_eq!(row["proposal"]["verdict"], "pass", "the proposal follows the measurements: {row}");
    let check = run(["check", &bench.file.to_string_lossy(), "--json"]).exits(1).json();
    let rules: Vec<_> = check["problems"].as_array().unwrap().iter().map(|p| p["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"answer.override"), "the contradiction is told: {rules:?}");
}

#[test]
fn a_run_without_p99_or_with_failures_is_never_a_pass() {
    let bench = Bench::new();
    let short = "Running 5s test @ http://127.0.0.1:8080/api/orders
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    12.00ms    3.00ms  90.00ms   88.00%
    Req/Sec   700.00     50.00   800.00     75.00%
  7000 requests in 5.00s, 1.00MB read
Requests/sec:   1400.00
Transfer/sec:    204.80KB
";
    import(&bench, "no-latency.txt", short);
    let row = answer(&bench, "1.1");
    assert_ne!(row["proposal"]["verdict"], "pass", "no p99 in the file: {row}");
    assert!(!row["proposal"]["reason"].as_str().unwrap_or("no proposal").is_empty());

    let failing = wrk("http://127.0.0.1:8080/api/orders", "44.00ms") + "  Non-2xx or 3xx responses: 6900\n";
    let bench = Bench::new();
    import(&bench, "failing.txt", &failing);
    let row = answer(&bench, "1.1");
    assert_ne!(row["proposal"]["verdict"], "pass", "fast errors are no pass: {row}");
}

#[test]
fn secrets_are_masked_before_anything_is_stored() {
    let bench = Bench::new();
    let headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: session=s3cr3t-t0ken-value-1234567890; Path=/\r\n\
        Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U\r\n\r\n";
    let reply = import(&bench, "headers.txt", headers);
    assert_eq!(reply["files"][0]["format"], "http-headers", "{reply}");
    let artifact = bench.call(&json!({"do":"list","kind":"artifacts"}))[0].clone();
    assert!(artifact["masked"].as_u64().unwrap() >= 2, "{artifact}");
    let everything = bench
        .call(&json!([{"do":"list","kind":"artifacts"},{"do":"measurements"},{"do":"issues"},{"do":"answers"}]))
        .to_string();
    assert!(!everything.contains("s3cr3t-t0ken"), "a cookie is in the answers");
    let raw = std::fs::read(&bench.file).unwrap();
    assert!(!raw.windows(12).any(|window| window == b"s3cr3t-t0ken"), "a cookie is in the file");
}

#[test]
fn secrets_named_in_messages_and_addresses_are_masked() {
    let bench = Bench::new();
    import(&bench, "load.txt", &wrk("http://127.0.0.1:8080/api/orders?token=hunter2hunter2", "44.00ms"));
    let sarif = json!({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scan"}},"results":[
        {"ruleId":"r","level":"error","message":{"text":"found password = \"hunter2hunter2\""},
         "locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.js"},"region":{"startLine":1,"snippet":{"text":"const apiKey = 'hunter2hunter2';"}}}}]}]}]});
    import(&bench, "scan.sarif", &sarif.to_string());
    let everything = bench.call(&json!([
        {"do":"list","kind":"artifacts"},{"do":"measurements"},{"do":"issues"},{"do":"answers"},{"do":"candidates"},
    ]));
    assert!(!everything.to_string().contains("hunter2hunter2"), "{everything:#}");
}

#[test]
fn issues_group_by_rule_and_component_and_both_counts_stay() {
    let bench = Bench::new();
    let result = |rule: &str, file: &str, line: u32| {
        json!({"ruleId":rule,"level":"error","message":{"text":"Value is concatenated"},
            "locations":[{"physicalLocation":{"artifactLocation":{"uri":file},"region":{"startLine":line}}}]})
    };
    let sarif = json!({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scan","rules":[]}},
        "results":[result("sql", "a.js", 1), result("sql", "a.js", 9), result("sql", "b.js", 2)]}]});
    let reply = import(&bench, "scan.sarif", &sarif.to_string());
    assert_eq!(reply["files"][0]["issues"]["raw"], 3);
    assert_eq!(reply["files"][0]["issues"]["groups"], 2);
    assert_eq!(reply["files"][0]["issues"]["by_severity"]["high"], 3);
    let candidates = bench.call(&json!({"do":"candidates"}));
    let issue: Vec<_> =
        candidates.as_array().unwrap().iter().filter(|c| c["key"].as_str().unwrap().starts_with("issue:")).collect();
    assert_eq!(issue.len(), 2);
    let key = issue.iter().find(|c| c["count"] == 2).unwrap()["key"].clone();
    let finding = bench.call(&json!({"do":"accept","candidate":key}))["object"].clone();
    let other = issue.iter().find(|c| c["count"] == 1).unwrap()["key"].clone();
    bench.call(&json!({"do":"accept","candidate":other,"finding":finding["id"],"reason":"same cause"}));
    assert_eq!(bench.call(&json!({"do":"list","kind":"findings"})).as_array().unwrap().len(), 1);
    assert_eq!(bench.call(&json!({"do":"list","kind":"evidence_links"})).as_array().unwrap().len(), 2);
    let left = bench.call(&json!({"do":"candidates"}));
    assert!(!left.to_string().contains("issue:"), "decided candidates are not asked again");
}

#[test]
fn a_calculator_gives_what_the_formula_says() {
    let bench = Bench::new();
    let packs = bench.call(&json!({"do":"list","kind":"packs"}));
    assert!(packs[0]["definition"].as_str().unwrap().contains("pool"));
    let reply = bench.call(&json!({"do":"calculate","calculator":"pool-size","inputs":{"peak_rps":500.0,"avg_query_ms":15.0,"safety_factor":1.3,"db_cores":4.0}}));
    // ceil(500 × 0.015 × 1.3) = ceil(9.75) = 10; cores × 2 = 8; the larger is 10.
    let value =
        |id: &str| reply["outputs"].as_array().unwrap().iter().find(|o| o["id"] == id).unwrap()["value"].clone();
    assert_eq!((value("by_load"), value("by_cores"), value("pool_size")), (json!(10.0), json!(8.0), json!(10.0)));
}

#[test]
fn a_pack_can_come_from_a_markdown_template() {
    let bench = Bench::empty();
    let template = bench.put("own-audit.md", "# Own audit\n\n## Detailed Assessment Areas\n\n### 1. Queues\n\n#### Checklist\n\n- [ ] **Dead letters** are kept\n- [ ] **Back pressure** exists\n");
    let ran = run([
        "new",
        &bench.file.to_string_lossy(),
        "--client",
        "A",
        "--system",
        "B",
        "--pack",
        "backend-health",
        "--pack",
        &template.to_string_lossy(),
    ])
    .exits(0);
    assert!(ran.out.contains("2 checks"), "{}", ran.out);
    let answers = bench.call(&json!({"do":"answers"}));
    assert!(answers.to_string().contains("Dead letters"));
}

#[test]
fn suggestions_become_editable_objects_in_one_step() {
    let bench = Bench::new();
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"roadmap_start":"2026-06-01"}}));
    bench.call(&json!({"do":"suggest"}));
    let phases = bench.call(&json!({"do":"list","kind":"phases"}));
    assert_eq!(phases.as_array().unwrap().len(), 4);
    assert_eq!(phases[0]["starts"], "2026-06-01");
    assert_eq!(phases[0]["ends"], "2026-08-31");
    assert!(!bench.call(&json!({"do":"list","kind":"risks"})).as_array().unwrap().is_empty());
    bench.call(&json!({"do":"undo"}));
    assert_eq!(bench.call(&json!({"do":"list","kind":"phases"})), json!([]));
}
