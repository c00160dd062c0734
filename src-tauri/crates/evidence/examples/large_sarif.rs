//! Writes a SARIF log of 100,000 results (about 50 MB) and reads it, with times and the most memory used.
//!
//! `cargo run --release -p groma-evidence --example large_sarif [OUT]` keeps the generated file at OUT, so that other
//! programs can be timed on the same input.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::expect_used)]

use std::{fmt::Write as _, time::Instant};

use groma_evidence::{Outcome, groups, read};

const RESULTS: usize = 100_000;
const RULES: usize = 120;
const FILES: usize = 2_000;

fn generate() -> String {
    let mut out = String::with_capacity(60_000_000);
    out.push_str(r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"LoadScan","semanticVersion":"4.2.0","rules":["#);
    for rule in 0..RULES {
        let comma = if rule > 0 { "," } else { "" };
        let score = 1.0 + f64::from(u8::try_from(rule % 90).unwrap_or_default()) / 10.0;
        let _ = write!(
            out,
            r#"{comma}{{"id":"js/rule-{rule}","name":"Rule{rule}","shortDescription":{{"text":"A rule about case {rule}"}},"defaultConfiguration":{{"level":"warning"}},"helpUri":"https://example.test/rules/{rule}","properties":{{"security-severity":"{score:.1}","tags":["security","external/cwe/cwe-{:03}"]}}}}"#,
            20 + rule
        );
    }
    out.push_str(r#"]}},"results":["#);
    for result in 0..RESULTS {
        let comma = if result > 0 { "," } else { "" };
        let (rule, file, line) = (result % RULES, result % FILES, 1 + result / FILES * 7);
        let _ = write!(
            out,
            r#"{comma}{{"ruleId":"js/rule-{rule}","ruleIndex":{rule},"level":"error","message":{{"text":"User-controlled data reaches a sensitive call in handler {file} without being checked; see \"rule {rule}\"."}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"copy-{}/src/modules/area-{}/handler-{file}.ts","uriBaseId":"%SRCROOT%","index":{file}}},"region":{{"startLine":{line},"startColumn":9,"endColumn":41,"snippet":{{"text":"    const rows = await db.query(`select * from t where id = ${{req.query.id}}`);"}}}}}}}}],"partialFingerprints":{{"primaryLocationLineHash":"{:016x}:1"}}}}"#,
            result / 10_000,
            file % 40,
            result * 2_654_435_761
        );
    }
    out.push_str("]}]}");
    out
}

/// The most resident memory of this process so far, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

fn main() {
    let start = Instant::now();
    let path = std::env::args().nth(1);
    let text = match path.as_ref().and_then(|path| std::fs::read(path).ok()) {
        Some(bytes) => bytes,
        None => generate().into_bytes(),
    };
    if let Some(path) = path {
        std::fs::write(path, &text).expect("the file can be written");
    }
    println!(
        "input     {:6.1} MB  {:5} ms  peak {:.0} MB",
        text.len() as f64 / 1e6,
        start.elapsed().as_millis(),
        peak()
    );
    let start = Instant::now();
    match read("large.sarif", &text, None) {
        Outcome::Imported(import) => {
            let read_in = start.elapsed();
            let start = Instant::now();
            let groups = groups(&import.issues);
            println!("read      {:6} issues  {:5} ms  peak {:.0} MB", import.issues.len(), read_in.as_millis(), peak());
            println!("groups    {groups:6}         {:5} ms", start.elapsed().as_millis());
        }
        other => println!("{other:?}"),
    }
}
