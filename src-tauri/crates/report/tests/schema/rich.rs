//! An engagement with at least one of everything, so that no field of the data stays empty.

use std::collections::BTreeMap;

use groma_model::{Contents, Id, Issue};
use serde_json::{Value, json};

/// The id of that number, as text.
pub fn key(number: u64) -> String {
    format!("{number:08x}-0000-7000-8000-{number:012x}")
}

/// The id of that number.
pub fn id(number: u64) -> Id {
    key(number).parse().unwrap()
}

/// SHA-256 of the picture, as far as a test is concerned.
pub const PICTURE: &str = "aa00000000000000000000000000000000000000000000000000000000000001";
/// The issue that an evidence link names.
pub const ISSUE: u64 = 63;
/// The diagram that is a view of an architecture.
pub const VIEW: u64 = 91;
/// The first exhibit; the others follow.
pub const EXHIBIT: u64 = 100;
/// The first finding.
pub const FINDING: u64 = 10;

/// The engagement in a language; `standard` says whether its PDF carries the data along.
pub fn contents(language: &str, standard: &str) -> Contents {
    let mut all = json!({
        "engagement": engagement(language, standard),
        "intake": { "id": key(2), "trigger": "It **stops** at noon.", "recurring": true, "cause_known": true, "urgent": true,
            "outgrown": true, "triage": "stabilisation_sprint", "reason": "The cause is known." },
        "symptoms": [{ "id": key(3), "title": "Orders vanish", "frequency": "daily", "operation": "billing", "severity": 4,
            "workaround": "Type them again.", "trace": "Gateway, then pool.", "root_cause": "A pool of five.",
            "consequence": "Two hours a day.", "findings": [key(FINDING)] }],
        "answers": answers(),
        "assessments": [
            { "id": key(40), "pack": "backend-maturity", "area": "1", "level": 2, "target": 4, "justification": "One module.",
              "evidence": "The code.", "tables": { "current-architecture": [{ "component": "Data flow", "quality": "2", "issues": "Cycles" }] } },
            { "id": key(41), "pack": "backend-maturity", "area": "2", "level": 3, "target": 4 },
        ],
        "artifacts": [{ "id": key(50), "name": "scan.sarif", "path": "raw/scan.sarif", "sha256": PICTURE, "bytes": 2048,
            "format": "sarif", "tool": "Semgrep", "tool_version": "1.2", "captured_at": "2026-05-04T10:00:00Z",
            "imported_at": "2026-05-05T10:00:00Z", "issues": 3, "measurements": 9, "masked": 1, "note": "From *staging*.", "replaces": key(51) },
            { "id": key(51), "name": "before.sarif", "imported_at": "2026-04-01T08:00:00Z" }],
        "measurements": measurements(),
        "issue_groups": [{ "key": "issue:Semgrep:sql-injection:api", "tool": "Semgrep", "rule": "sql-injection",
            "title": "Query made of text", "component": "api", "component_version": "1.0", "fixed_version": "1.1",
            "severity": "high", "count": 3, "suppressed": 1, "places": ["src/orders.ts:42"], "artifacts": [key(50)] }],
        "images": [{ "id": key(60), "name": "screen", "sha256": PICTURE, "media_type": "image/png", "width": 640, "height": 480,
            "caption": "The screen", "alt": "A screen" }],
        "diagrams": [
            { "id": key(90), "title": "Context", "kind": "context", "target": true, "image": key(60), "caption": "As drawn",
              "alt": "Boxes", "description": "Look at the **middle**." },
            { "id": key(VIEW), "title": "Containers", "kind": "container" },
        ],
        "notes": [
            { "id": key(70), "date": "2026-05-06", "title": "Operations", "people": [person()], "body": "It stops." },
            { "id": key(71), "title": "Private", "body": "Never printed.", "private": true },
        ],
        "exhibits": exhibits(),
    });
    let plan = plan();
    if let (Value::Object(all), Value::Object(plan)) = (&mut all, plan) {
        all.extend(plan);
    }
    serde_json::from_value(all).expect("the engagement reads")
}

/// The issue that an evidence link names.
pub fn issue() -> Issue {
    serde_json::from_value(
        json!({ "id": key(ISSUE), "artifact": key(50), "rule": "sql-injection", "title": "Query made of text",
        "severity": "high", "location": "src/orders.ts", "line": 42 }),
    )
    .expect("the issue reads")
}

fn person() -> Value {
    json!({ "name": "Ines Albrecht", "role": "Operations", "organisation": "Harbour Freight", "email": "ines@example.org" })
}

fn engagement(language: &str, standard: &str) -> Value {
    let mut engagement = json!({
        "id": key(1), "reference": "X-1", "client": "Harbour Freight", "system": "Dispatch", "primary_language": "Java",
        "architecture_style": "monolith", "auditors": [person()], "firm": "Groma", "sponsor": person(),
        "starts": "2026-05-04", "ends": "2026-05-29", "report_date": "2026-05-29",
        "access": ["code_architecture", "staging", "production", "observability_export"], "nda": "NDA-7",
        "classification": "Confidential", "priority": "high", "modernisation_effort": "six months",
        "roadmap_start": "2026-06-08", "holidays": ["2026-06-29"], "contingency_percent": 12.5, "language": language,
        "currency": "EUR", "template_settings": { "rich": { "tint": 0.5, "nonsense": true } }, "audience": "all",
        "standard": standard, "client_logo": key(60), "client_logo_dark": key(60), "version": "1.0",
        "versions": [{ "version": "1.0", "date": "2026-05-29", "author": "Ines", "note": "First" }, { "version": "1.1" }],
        "distribution": [person()], "reviewers": [person()], "glossary": [{ "term": "Pool", "meaning": "Open connections." }],
    });
    for field in <groma_model::Engagement as groma_model::Object>::PROSE {
        engagement[*field] = json!(format!("The {field}: see F-001."));
    }
    engagement
}

fn answers() -> Value {
    json!([
        { "id": key(30), "pack": "backend-health", "check": "1.1", "verdict": "fail", "value": 840.0, "unit": "ms", "note": "Slow.",
          "override_reason": "Seen by hand.", "sources": [key(80)],
          "proposal": { "verdict": "improve", "value": 840.0, "unit": "ms", "subject": "GET /api/board?with=a-query-that-is-long-enough-to-be-cut-short-somewhere", "sources": [key(80)] } },
        { "id": key(31), "pack": "backend-health", "check": "1.2", "verdict": "pass" },
        { "id": key(32), "pack": "backend-health", "check": "1.3", "verdict": "not_applicable", "reason": "No such thing." },
        { "id": key(33), "pack": "backend-health", "check": "2.1", "verdict": "improve" },
        { "id": key(34), "pack": "backend-maturity", "check": "1.1", "verdict": "fail", "note": "Nobody named it.", "choices": ["Monolith"], "value": 3.0, "unit": "count" },
    ])
}

fn measurements() -> Value {
    let metrics = [
        ("http.latency.p50", 20.0, "ms", "GET /api/board"),
        ("http.latency.p90", 200.0, "ms", "GET /api/board"),
        ("http.latency.p95", 400.0, "ms", "GET /api/board"),
        ("http.latency.p99", 840.0, "ms", "GET /api/board"),
        ("http.latency.max", 12_000.0, "ms", "GET /api/board"),
        ("http.requests", 1200.0, "count", "GET /api/board"),
        ("http.failed.ratio", 0.02, "ratio", "GET /api/board"),
        ("http.latency.p99", 90.0, "ms", "GET /api/other"),
        ("db.query.total", 9000.0, "ms", "select 1"),
        ("db.query.calls", 3000.0, "count", "select 1"),
        ("db.query.mean", 3.0, "ms", "select 1"),
        ("db.query.max", 40.0, "ms", "select 1"),
        ("db.query.total", 10.0, "ms", "select 2"),
    ];
    let one = |(at, (metric, value, unit, subject)): (usize, (&str, f64, &str, &str))| json!({ "id": key(80 + at as u64 * 1000), "artifact": key(50), "metric": metric, "value": value, "unit": unit, "subject": subject, "at": "line 3" });
    Value::Array(metrics.into_iter().enumerate().map(one).collect())
}

fn plan() -> Value {
    let links = [
        ("artifact", key(50)),
        ("measurement", key(80)),
        ("issue", key(ISSUE)),
        ("issue_group", "issue:Semgrep:sql-injection:api".to_owned()),
        ("answer", "backend-health/1.1".to_owned()),
        ("image", key(60)),
        ("note", key(70)),
        ("exhibit", key(EXHIBIT)),
    ];
    let link = |(at, (kind, target)): (usize, (&str, String))| json!({ "id": key(200 + at as u64), "finding": key(FINDING), "target_kind": kind, "target": target, "note": "See." });
    let links: Vec<Value> = links.into_iter().enumerate().map(link).collect();
    let exposure = |likelihood: u8, impact: u8| json!({ "likelihood": likelihood, "impact": impact });
    let range = |likely: u64| json!({ "low": likely / 2, "likely": likely, "high": likely * 2 });
    json!({
        "findings": [
            { "id": key(FINDING), "number": 1, "title": "The pool is too small", "kind": "gap", "area": "Connections", "severity": "critical",
              "severity_reason": "It stops.", "likelihood": 4, "impact": 5, "confidence": "high", "summary": "Short.", "condition": "Five.",
              "criteria": "Twenty.", "cause": "A default.", "consequence": "It stops.", "operation": "dispatch", "workaround": "Restart.",
              "current_level": 2, "recommended_level": 4, "short_term": "Raise it.", "long_term": "Measure it.", "acceptance_test": "No waits.",
              "effort": { "low": 3.0, "likely": 5.0, "high": 8.0 }, "owner": "Ines", "elements": ["api"],
              "checks": ["backend-health/1.1", "backend-maturity/1.1", "gone/9.9"], "cwe": [1088], "cve": ["CVE-2026-0001"],
              "quality": ["reliability", "security"], "references": ["A book"], "editorial": "approved", "life": "open",
              "retests": [{ "at": "2026-06-01T08:00:00Z", "outcome": "partly_fixed", "files": ["again.json"],
                "values": [{ "metric": "http.latency.p99", "subject": "GET /orders", "unit": "ms", "was": 843.0, "now": 240.0 }] }] },
            { "id": key(11), "number": 2, "title": "Tests are quick", "kind": "strength", "area": "Tests", "summary": "They are." },
            { "id": key(12), "number": 3, "title": "Old", "severity": "low", "life": "fixed", "effort": { "low": 1.0, "likely": 1.0, "high": 1.0 } },
            { "id": key(13), "number": 4, "title": "Bare", "caused_by": [key(FINDING)], "area": "Connections" },
        ],
        "evidence_links": links,
        "risks": [
            { "id": key(20), "number": 1, "title": "Halt", "scenario": "It stops.", "category": "availability", "inherent": exposure(5, 5),
              "current": exposure(4, 4), "residual": exposure(1, 4), "treatment": "mitigate", "owner": "Ines", "mitigation": "A pool.", "findings": [key(FINDING)] },
            { "id": key(21), "number": 2, "title": "Bare" },
        ],
        "themes": [{ "id": key(300), "name": "Stability", "target_state": "It runs.", "exit_criterion": "A month." }],
        "phases": [
            { "id": key(301), "number": 1, "name": "Stabilise", "starts": "2026-06-08", "ends": "2026-08-31", "objective": "Run.", "outcome": "It runs.", "exit_criteria": ["No waits"], "budget_cap": 100 },
            { "id": key(302), "number": 2, "name": "Grow", "starts": "2026-09-01", "ends": "2026-12-31" },
            { "id": key(303), "number": 3, "name": "Later" },
        ],
        "milestones": [{ "id": key(304), "name": "Season", "date": "2026-06-12", "initiatives": [key(321)] }, { "id": key(305), "name": "Undated" }],
        "roles": [{ "id": key(310), "name": "Engineer", "seniority": "senior", "skills": ["Java"], "day_rate": 95_000 }],
        "resources": [
            { "id": key(311), "role": key(310), "name": "Team A", "employment": "external", "fte": 0.5, "from": "2026-06-01", "to": "2026-12-31", "day_rate": 90_000 },
            { "id": key(312), "role": key(999), "name": "Gone", "fte": 1.0 },
        ],
        "initiatives": [
            { "id": key(320), "number": 1, "title": "Raise the pool", "description": "Raise it.", "outcome": "It runs.", "theme": key(300), "phase": key(301), "horizon": "30",
              "effort": { "low": 1.0, "likely": 2.0, "high": 3.0 }, "impact": 5, "confidence_percent": 80.0, "business_value": 5, "time_criticality": 4, "risk_reduction": 3,
              "reach_percent": 50.0, "reversible": true, "build_cost": range(100_000), "run_cost": range(10_000), "roles": [{ "role": key(310), "share": 1.0 }],
              "owner": "Ines", "findings": [key(FINDING)], "risks": [key(20)], "lifts": [{ "pack": "backend-maturity", "area": "1", "level": 3 }] },
            { "id": key(321), "number": 2, "title": "Measure", "phase": key(302), "effort": { "low": 20.0, "likely": 40.0, "high": 60.0 }, "impact": 3, "business_value": 2, "time_criticality": 2,
              "risk_reduction": 2, "roles": [{ "role": key(310), "share": 1.0 }], "depends_on": [{ "on": key(320), "lag_days": 2 }], "deadline": "2026-06-15" },
            { "id": key(322), "number": 3, "title": "Bare" },
            { "id": key(323), "number": 4, "title": "Alone", "effort": { "low": 2.0, "likely": 2.0, "high": 2.0 }, "roles": [{ "role": key(310), "share": 1.0 }], "earliest_start": "2026-07-01", "deadline": "2026-07-02" },
        ],
        "budget": [
            { "id": key(330), "category": "Licences", "title": "Tracing", "phase": key(301), "once": range(50_000), "yearly": range(20_000), "note": "Per seat" },
            { "id": key(331), "category": "Machines", "title": "Staging" },
        ],
        "trainings": [{ "id": key(332), "title": "SQL", "audience": "Engineers", "people": 5, "days": 1.5, "cost": 300_000, "phase": key(301) }, { "id": key(333), "title": "Free" }],
        "metrics": [{ "id": key(340), "name": "p99", "current": "840 ms", "target": "200 ms", "by": "Q4", "method": "k6", "owner": "Ines", "source": key(80) }, { "id": key(341), "name": "Bare" }],
        "key_results": [{ "id": key(342), "title": "It never stops", "metrics": [key(340)] }],
    })
}

/// The files of the exhibits, one of each kind; the last one is missing.
pub const TEXTS: &[(&str, &str)] = &[
    (
        "plan",
        "Nested Loop  (cost=0.29..16.61 rows=2 width=8) (actual time=0.020..90.000 rows=200 loops=1)\n  ->  Seq Scan on orders  (cost=0.00..9.00 rows=10 width=4) (actual time=0.010..30.000 rows=100 loops=1)\n        Filter: (state = 1)\nPlanning Time: 0.2 ms",
    ),
    ("plan", "Seq Scan on orders  (cost=0.00..9.00 rows=10 width=4)"),
    ("plan", "no plan at all"),
    (
        "trace",
        "java.lang.Error: late\n\tat shop.Board.load(Board.java:41)\n\tat java.base/java.lang.Thread.run(Thread.java:833)\n\t... 3 more",
    ),
    ("code", "int pool = 5;\nint wait = 30;\n\nint more = 1;"),
    ("text", "one\ntwo"),
    ("pages", "%PDF-1.7"),
    ("pages", "%PDF-1.7"),
    ("text", "never read"),
];

fn exhibits() -> Value {
    let one = |(at, (kind, text)): (usize, &(&str, &str))| {
        let pages = *kind == "pages";
        json!({ "id": key(EXHIBIT + at as u64), "title": if at == 0 { "The plan" } else { "" }, "kind": kind, "name": format!("proof-{at}.java"),
            "sha256": PICTURE, "media_type": if pages { "application/pdf" } else { "text/plain" }, "bytes": text.len(), "length": 4, "masked": 1,
            "artifact": (at == 0).then(|| key(50)), "range": if *kind == "code" { "1-2, 4" } else { "" }, "marked": if *kind == "code" { "2" } else { "" },
            "note": "It **shows** it.", "alt": "Pages", "printed": at != 5, "attached": at % 2 == 1 })
    };
    Value::Array(TEXTS.iter().enumerate().map(one).collect())
}

/// The bytes of the pictures.
pub fn pictures() -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([(PICTURE.to_owned(), b"a picture".to_vec())])
}
