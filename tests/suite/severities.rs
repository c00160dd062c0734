//! What tools' words for severity mean: one table a tool, listed, changed, and applied to what was imported already.

use groma_tests::{Bench, Ran, run};
use serde_json::{Value, json};

/// Two vulnerabilities with words of the table, one with a word that no table has.
const AUDIT: &str = r#"{"auditReportVersion":2,"vulnerabilities":{
    "left":{"name":"left","severity":"high","isDirect":true,"via":[{"source":1,"name":"left","dependency":"left",
        "title":"Left falls over","url":"https://example.test/1","severity":"high","cwe":["CWE-400"],"range":"<2"}],
        "effects":[],"range":"<2","nodes":["node_modules/left"],"fixAvailable":false},
    "mid":{"name":"mid","severity":"moderate","isDirect":true,"via":[{"source":2,"name":"mid","dependency":"mid",
        "title":"Mid leaks","url":"https://example.test/2","severity":"moderate","cwe":["CWE-200"],"range":"<3"}],
        "effects":[],"range":"<3","nodes":["node_modules/mid"],"fixAvailable":false},
    "odd":{"name":"odd","severity":"urgent","isDirect":true,"via":[{"source":3,"name":"odd","dependency":"odd",
        "title":"Odd runs what it reads","url":"https://example.test/3","severity":"urgent","cwe":["CWE-94"],"range":"<4"}],
        "effects":[],"range":"<4","nodes":["node_modules/odd"],"fixAvailable":false}},
    "metadata":{"vulnerabilities":{"info":0,"low":0,"moderate":1,"high":1,"critical":0,"total":3},
        "dependencies":{"prod":3,"dev":0,"optional":0,"peer":0,"peerOptional":0,"total":3}}}"#;

/// A log of a code scanner that rates one result by a score.
const LOG: &str = r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Lintel","rules":[
    {"id":"scored","properties":{"security-severity":"9.1"}}]}},"results":[
    {"ruleId":"plain","level":"error","message":{"text":"plain"}},
    {"ruleId":"scored","level":"error","message":{"text":"scored"}}]}]}"#;

fn audited() -> Bench {
    let bench = Bench::new();
    bench.put("audit.json", AUDIT);
    let audit = bench.folder.path().join("audit.json");
    let _ = run(["import", &file(&bench), &audit.to_string_lossy()]).exits(0);
    bench
}

fn file(bench: &Bench) -> String {
    bench.file.to_string_lossy().into_owned()
}

fn severities(bench: &Bench, args: &[&str]) -> Ran {
    run([&["severities", &file(bench)], args].concat())
}

/// Issues as `package: severity, who said so`.
fn issues(bench: &Bench) -> Vec<String> {
    let reply = bench.call(&json!({"do":"issues"}));
    let line = |issue: &Value| {
        let text = |field: &str| issue[field].as_str().unwrap().to_owned();
        format!("{}: {}, {}", text("component"), text("severity"), text("severity_origin"))
    };
    let mut all: Vec<String> = reply.as_array().unwrap().iter().map(line).collect();
    all.sort();
    all
}

fn metric(bench: &Bench, name: &str) -> f64 {
    let all = bench.call(&json!({"do":"measurements"}));
    let found = all.as_array().unwrap().iter().find(|one| one["metric"] == name).unwrap();
    found["value"].as_f64().unwrap()
}

/// The row of a word in the table of a tool, as the core has it.
fn word(bench: &Bench, tool: &str, word: &str) -> Value {
    let all = bench.call(&json!({"do":"severities"}));
    let tool = all.as_array().unwrap().iter().find(|one| one["tool"] == tool).unwrap().clone();
    tool["words"].as_array().unwrap().iter().find(|one| one["word"] == word).unwrap().clone()
}

fn told(bench: &Bench) -> String {
    bench.call(&json!({"do":"list","kind":"artifacts"}))[0]["diagnostics"].to_string()
}

const AS_IMPORTED: [&str; 3] = ["left: high, tool", "mid: medium, tool", "odd: medium, importer"];

#[test]
fn a_known_and_an_unknown_word_get_another_meaning_in_one_step_that_undo_takes_back() {
    let bench = audited();
    assert_eq!(issues(&bench), AS_IMPORTED);
    assert!(told(&bench).contains("severity `urgent`"), "{}", told(&bench));
    // Triage of before: one dismissed, one made a finding.
    let candidates = bench.call(&json!({"do":"candidates"}));
    let key = |package: &str| {
        let all = candidates.as_array().unwrap();
        let of = |one: &&Value| one["key"].as_str().unwrap().ends_with(&format!(":{package}"));
        all.iter().find(of).unwrap()["key"].as_str().unwrap().to_owned()
    };
    bench.call(&json!({"do":"dismiss","candidate":key("mid"),"reason":"not reachable"}));
    let finding = bench.call(&json!({"do":"accept","candidate":key("left")}))["object"]["id"].clone();
    let issue = bench.call(&json!({"do":"issues"}))[0].clone();
    bench.call(&json!({"do":"insert","kind":"evidence_links","object":
        {"finding":finding,"target_kind":"issue","target":issue["id"]}}));
    let links = |bench: &Bench| bench.call(&json!({"do":"list","kind":"evidence_links"})).as_array().unwrap().len();
    let before = links(&bench);

    let args = ["--tool", "npm audit", "--set", "HIGH=critical", "--set", "urgent=high", "--json"];
    let reply = severities(&bench, &args).exits(0).json();
    assert_eq!((reply["files"].as_array().unwrap().len(), &reply["unlinked"]), (1, &json!(0)), "{reply}");
    assert_eq!(issues(&bench), ["left: critical, consultant", "mid: medium, tool", "odd: high, consultant"]);
    assert_eq!(metric(&bench, "deps.vulnerabilities.critical"), 1.0);
    assert_eq!(metric(&bench, "deps.vulnerabilities.high"), 1.0);
    assert_eq!(metric(&bench, "deps.vulnerabilities.medium"), 1.0);
    assert!(!told(&bench).contains("urgent"), "a word with a meaning is no longer unknown: {}", told(&bench));
    assert_eq!(word(&bench, "npm audit", "urgent")["unknown"], false);
    // What a person decided stays, and so do the links; a finding keeps its severity.
    assert_eq!(links(&bench), before);
    let newest = bench.call(&json!({"do":"issues"}));
    let linked = bench.call(&json!({"do":"list","kind":"evidence_links"})).to_string();
    assert!(newest.as_array().unwrap().iter().any(|one| linked.contains(one["id"].as_str().unwrap())), "{linked}");
    let open = bench.call(&json!({"do":"candidates"})).to_string();
    assert!(!open.contains(&key("mid")) && !open.contains(&key("left")) && open.contains(&key("odd")), "{open}");
    assert_eq!(bench.call(&json!({"do":"get","kind":"findings","id":finding}))["severity"], "high");
    let kept = bench.call(&json!({"do":"list","kind":"severities"}));
    assert_eq!(kept[0]["words"].as_array().unwrap().len(), 2);
    let _ = run(["verify", &file(&bench)]).exits(0);

    bench.call(&json!({"do":"undo"}));
    assert_eq!(issues(&bench), AS_IMPORTED);
    assert_eq!(metric(&bench, "deps.vulnerabilities.critical"), 0.0);
    assert!(told(&bench).contains("severity `urgent`"));
    assert_eq!(bench.call(&json!({"do":"list","kind":"severities"})), json!([]));
    bench.call(&json!({"do":"redo"}));
    assert_eq!(issues(&bench)[0], "left: critical, consultant");

    // Word by word back to the built-in table, then all.
    let _ = severities(&bench, &["--tool", "npm-audit-v7", "--set", "high=built-in"]).exits(0);
    assert_eq!(issues(&bench), ["left: high, tool", "mid: medium, tool", "odd: high, consultant"]);
    let _ = severities(&bench, &["--tool", "npm audit", "--reset"]).exits(0);
    assert_eq!(issues(&bench), AS_IMPORTED);
    assert_eq!(bench.call(&json!({"do":"list","kind":"severities"})), json!([]), "nothing differs: nothing is kept");
    // What is so already is no step.
    let same = severities(&bench, &["--tool", "npm audit", "--set", "high=high", "--json"]).exits(0).json();
    assert_eq!(same["changes"], Value::Null);
    let _ = run(["verify", &file(&bench)]).exits(0);
}

#[test]
fn what_was_chosen_counts_for_the_next_import() {
    let bench = audited();
    let _ = severities(&bench, &["--tool", "npm audit", "--set", "moderate=low"]).exits(0);
    bench.put("next.json", AUDIT.replace("Mid leaks", "Mid leaks more"));
    let next = bench.folder.path().join("next.json");
    let reply = run(["import", &file(&bench), &next.to_string_lossy(), "--json"]).exits(0).json();
    assert_eq!(reply["files"][0]["issues"]["by_severity"]["low"], 1, "{reply}");
    let rows: Vec<String> = issues(&bench).into_iter().filter(|one| one.starts_with("mid")).collect();
    assert_eq!(rows, ["mid: low, consultant"; 2]);
    let row = word(&bench, "npm audit", "moderate");
    assert_eq!((&row["issues"], &row["severity"], &row["built_in"]), (&json!(2), &json!("low"), &json!(["medium"])));
}

#[test]
fn the_list_shows_what_is_here_first_and_says_what_is_not_known_and_what_groma_assigns() {
    let bench = audited();
    let list = severities(&bench, &[]).exits(0);
    assert!(
        list.out.starts_with("npm audit (npm-audit-v6, npm-audit-v7): 1 files, 3 issues\n  urgent"),
        "{}",
        list.out
    );
    assert!(list.out.contains("not known: assigned at import"), "{}", list.out);
    assert!(!list.out.contains("Gitleaks"), "{}", list.out);
    assert!(list.err.contains("--all"), "{}", list.err);
    let all = severities(&bench, &["--all"]).exits(0);
    let gitleaks = all.out.split("Gitleaks").nth(1).unwrap();
    assert!(gitleaks.lines().nth(1).unwrap().contains("(none)"), "{gitleaks}");
    assert!(gitleaks.lines().nth(1).unwrap().contains("assigned by Groma"), "{gitleaks}");
    let tools = severities(&bench, &["--all", "--json"]).exits(0).json();
    assert_eq!(tools[0]["tool"], "npm audit");
    assert!(tools.as_array().unwrap().len() > 40);
    assert_eq!(severities(&bench, &["--tool", "Gitleaks", "--json"]).exits(0).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_tool_without_severities_can_be_given_one_and_what_is_masked_stays_told() {
    let bench = Bench::new();
    let secret = ["ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    let leaks = r#"[{"Description":"Token","StartLine":3,"EndLine":3,"StartColumn":1,"EndColumn":9,"Match":"t=SECRET",
        "Secret":"SECRET","File":"a.env","SymlinkFile":"","Commit":"","Entropy":3.1,"Author":"","Email":"","Date":"",
        "Message":"","Tags":[],"RuleID":"token","Fingerprint":"a.env:token:3"}]"#;
    bench.put("leaks.json", leaks.replace("SECRET", &secret));
    let leaks = bench.folder.path().join("leaks.json");
    let _ = run(["import", &file(&bench), &leaks.to_string_lossy()]).exits(0);
    assert_eq!(issues(&bench), ["a.env: high, importer"]);
    let artifact = |bench: &Bench| bench.call(&json!({"do":"list","kind":"artifacts"}))[0].clone();
    let before = artifact(&bench);
    assert!(told(&bench).contains("stood in the clear") && told(&bench).contains("assigned at import"));
    let _ = severities(&bench, &["--tool", "gitleaks", "--set", "(none)=critical"]).exits(0);
    assert_eq!(issues(&bench), ["a.env: critical, consultant"]);
    assert!(
        told(&bench).contains("stood in the clear") && !told(&bench).contains("assigned at import"),
        "{}",
        told(&bench)
    );
    let after = artifact(&bench);
    assert_eq!((&before["masked"], &before["sha256"]), (&after["masked"], &after["sha256"]));
    // Chosen before anything of the tool is here, it counts all the same.
    let _ = severities(&bench, &["--tool", "detect-secrets", "--set", "(none)=low"]).exits(0);
    assert_eq!(word(&bench, "detect-secrets", "")["severity"], "low");
    assert!(severities(&bench, &[]).exits(0).out.contains("detect-secrets"), "what was chosen is listed");
}

#[test]
fn a_score_still_decides_before_a_word_and_the_tool_is_the_one_that_the_file_names() {
    let bench = Bench::new();
    bench.put("log.sarif", LOG);
    let log = bench.folder.path().join("log.sarif");
    let _ = run(["import", &file(&bench), &log.to_string_lossy()]).exits(0);
    let row = word(&bench, "Lintel", "error");
    assert_eq!((&row["issues"], &row["otherwise"]), (&json!(2), &json!(1)), "{row}");
    let _ = severities(&bench, &["--tool", "lintel", "--set", "ERROR=low"]).exits(0);
    let mut rated: Vec<String> = bench
        .call(&json!({"do":"issues"}))
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["rule"], one["severity"]))
        .collect();
    rated.sort();
    assert_eq!(rated, [r#""plain" "low""#, r#""scored" "critical""#]);
    // The format itself has no words of its own to change.
    let refused = severities(&bench, &["--tool", "SARIF", "--set", "error=low"]).exits(2);
    assert!(refused.err.contains("each file names its tool"), "{}", refused.err);
}

#[test]
fn a_wrong_tool_word_or_severity_is_named_with_the_choices() {
    let bench = audited();
    for (args, code, want) in [
        (&["--tool", "nmp", "--set", "high=low"][..], 3, &["\"nmp\"", "npm audit"][..]),
        (&["--tool", "nmp"], 3, &["\"nmp\"", "npm audit"]),
        (&["--tool", "npm audit", "--set", "hihg=low"], 3, &["npm audit", "\"hihg\"", "moderate", "urgent"]),
        (&["--tool", "npm audit", "--set", "high=severe"], 2, &["\"severe\"", "critical", "built-in"]),
        (&["--tool", "npm audit", "--set", "high"], 2, &["\"high\"", "WORD=SEVERITY"]),
        (&["--set", "high=low"], 2, &["--tool"]),
    ] {
        let ran = severities(&bench, args).exits(code);
        for want in want {
            assert!(ran.err.contains(want), "{want} is not in {}", ran.err);
        }
    }
    assert_eq!(issues(&bench), AS_IMPORTED, "nothing was changed");
}
