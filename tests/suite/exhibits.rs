//! Exhibits: a client's documents, code, plans and traces, printed in the appendix and carried along.

use std::path::{Path, PathBuf};
use std::process::Command;

use groma_tests::{Bench, pdf_letters, pdf_text, run, run_with, skipped};
use serde_json::{Value, json};

const TRACE: &str = "java.lang.IllegalStateException: pool exhausted
\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)
\tat com.harbour.orders.OrderStore.load(OrderStore.java:41)
\tat com.harbour.orders.OrderApi.get(OrderApi.java:17)
";
const PLAN: &str =
    " Seq Scan on orders  (cost=0.00..18584.00 rows=1000 width=64) (actual time=0.020..84.120 rows=950 loops=1)
   Filter: (depot = 7)
   Rows Removed by Filter: 199050
 Planning Time: 0.110 ms
 Execution Time: 84.400 ms
";
const CODE: &str = "class Pool {\n  int size = 10;\n  String password = \"correct-horse-battery-7731\";\n}\n";

/// A document of several pages, as a client may have one.
fn document(bench: &Bench) -> PathBuf {
    let other = Bench::new();
    let (_, pdf) = other.report("theirs.pdf");
    bench.put("runbook.pdf", pdf)
}

fn add(bench: &Bench, path: &Path) -> Value {
    bench.call(&json!({"do":"add_exhibit","path":path}))["exhibit"].clone()
}

/// What is said of a file that is refused.
fn refused(bench: &Bench, path: &Path) -> String {
    let command = json!({"do":"add_exhibit","path":path}).to_string();
    run_with(["call".as_ref(), bench.file.as_os_str(), "-".as_ref()], &command).exits(3).out
}

fn change(bench: &Bench, exhibit: &Value, fields: &Value) {
    bench.call(&json!({"do":"update","kind":"exhibits","id":exhibit["id"],"fields":fields}));
}

fn printed(bench: &Bench, name: &str, flags: &[&str]) -> PathBuf {
    let out = bench.folder.path().join(name);
    let mut args = vec!["report".as_ref(), bench.file.as_os_str(), "-o".as_ref(), out.as_os_str()];
    args.extend(flags.iter().map(std::ffi::OsStr::new));
    let _ = run(args).exits(0);
    out
}

/// Names of the files attached to a PDF; none without `pdfdetach`.
fn attached(pdf: &Path) -> Option<String> {
    let Ok(output) = Command::new("pdfdetach").arg("-list").arg(pdf).output() else {
        skipped("pdfdetach (poppler-utils) is not installed");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// An engagement with one exhibit of every kind: document, trace, plan, code.
fn furnished() -> (Bench, Vec<Value>) {
    let bench = Bench::new();
    let paths =
        [document(&bench), bench.put("crash.log", TRACE), bench.put("orders.txt", PLAN), bench.put("Pool.java", CODE)];
    let exhibits = paths.iter().map(|path| add(&bench, path)).collect();
    (bench, exhibits)
}

#[test]
fn every_kind_is_known_by_its_content_and_its_secrets_never_come_in() {
    let (bench, exhibits) = furnished();
    let kinds: Vec<&str> = exhibits.iter().filter_map(|exhibit| exhibit["kind"].as_str()).collect();
    assert_eq!(kinds, ["pages", "trace", "plan", "code"]);
    assert!(exhibits[0]["length"].as_u64().unwrap() > 1, "a document of several pages: {}", exhibits[0]);
    assert_eq!((&exhibits[1]["length"], &exhibits[3]["length"]), (&json!(4), &json!(4)));
    assert_eq!(exhibits[3]["masked"], 1, "{}", exhibits[3]);
    let lines = bench.call(&json!({"do":"exhibit_text","exhibit":exhibits[3]["id"]}));
    assert!(lines["lines"][2].as_str().unwrap().contains("password"), "{lines}");
    let kept = std::fs::read(&bench.file).unwrap();
    let secret = b"correct-horse-battery-7731";
    assert!(!kept.windows(secret.len()).any(|bytes| bytes == secret), "the secret is in the engagement file");
}

#[test]
fn they_are_printed_to_every_standard_each_in_its_own_way() {
    let (bench, exhibits) = furnished();
    bench.call(&json!({"do":"update","kind":"engagement","fields":{"report_date":"2026-03-02"}}));
    change(&bench, &exhibits[0], &json!({"alt":"The operators' runbook","range":"1"}));
    change(&bench, &exhibits[3], &json!({"range":"1-2","marked":"2","title":"The pool's size"}));
    for standard in ["pdf-1.7", "pdf-2.0", "a-2b", "a-2a", "a-3b", "ua-1", "a-2a+ua-1"] {
        let pdf = printed(&bench, &format!("{standard}.pdf"), &["--standard", standard]);
        let text = pdf_letters(&pdf);
        if text.is_empty() {
            return;
        }
        for words in ["runbook.pdf", "OrderStore.java:41", "Seq Scan", "The pool’s size", "int size = 10"] {
            let found = text.contains(words) || text.contains(&words.replace('’', "'"));
            assert!(found, "{standard}: {words} is not printed");
        }
        assert!(!text.contains("String password"), "{standard}: line 3 was not chosen");
    }
}

#[test]
fn what_is_attached_comes_out_again_as_it_went_in() {
    let (bench, exhibits) = furnished();
    change(&bench, &exhibits[0], &json!({"attached":true,"printed":false}));
    change(&bench, &exhibits[1], &json!({"attached":true}));
    let pdf = printed(&bench, "with.pdf", &["--standard", "pdf-1.7"]);
    let Some(names) = attached(&pdf) else { return };
    assert!(names.contains("runbook.pdf") && names.contains("crash.log"), "{names}");
    let out = bench.folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let done = Command::new("pdfdetach").args(["-saveall", "-o"]).arg(&out).arg(&pdf).status().unwrap();
    assert!(done.success());
    let files: Vec<PathBuf> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    let same = |name: &str, bytes: &[u8]| {
        let file = files.iter().find(|path| path.to_string_lossy().ends_with(name)).unwrap();
        assert_eq!(std::fs::read(file).unwrap(), bytes, "{name}");
    };
    same("crash.log", TRACE.as_bytes());
    same("runbook.pdf", &std::fs::read(bench.folder.path().join("runbook.pdf")).unwrap());

    // Who gets a redacted report gets no raw evidence with it.
    let redacted = printed(&bench, "redacted.pdf", &["--audience", "redacted"]);
    let names = attached(&redacted).unwrap();
    assert!(!names.contains("runbook") && !names.contains("crash"), "{names}");
    assert!(!pdf_letters(&redacted).contains("OrderStore.java"), "a trace in a redacted report");
}

#[test]
fn a_document_stays_one_whatever_it_is_said_to_be() {
    let bench = Bench::new();
    let exhibit = add(&bench, &document(&bench));
    change(&bench, &exhibit, &json!({"kind":"code","range":"1"}));
    let Some(text) = pdf_text(&printed(&bench, "report.pdf", &[])) else { return };
    assert!(!text.contains("endobj") && !text.contains("%PDF"), "the bytes of a PDF are printed as text");
    let command = json!({"do":"exhibit_text","exhibit":exhibit["id"]}).to_string();
    let ran = run_with(["call".as_ref(), bench.file.as_os_str(), "-".as_ref()], &command).exits(3);
    assert!(ran.out.contains("pages, not lines"), "{ran:?}");
}

#[test]
fn what_cannot_be_kept_is_refused_with_its_name_and_what_to_do() {
    let bench = Bench::new();
    let before = bench.call(&json!({"do":"state"}));
    let whole = std::fs::read(document(&bench)).unwrap();
    let half = bench.put("half.pdf", &whole[..whole.len() / 2]);
    let said = refused(&bench, &half);
    assert!(said.contains("half.pdf") && said.contains("hint"), "{said}");
    let said = refused(&bench, &bench.put("empty.txt", ""));
    assert!(said.contains("empty.txt") && said.contains("hint"), "{said}");
    let said = refused(&bench, &bench.put("photo.bin", [0_u8, 159, 146, 150, 0, 1, 2, 3]));
    assert!(said.contains("photo.bin") && said.contains("hint"), "{said}");
    let locked = bench.folder.path().join("locked.pdf");
    let source = bench.folder.path().join("runbook.pdf");
    match Command::new("qpdf").args(["--encrypt", "a", "b", "256", "--"]).args([&source, &locked]).status() {
        Ok(done) if done.success() => {
            let said = refused(&bench, &locked);
            assert!(said.contains("locked.pdf") && said.contains("password"), "{said}");
        }
        _ => skipped("qpdf is not installed"),
    }
    assert_eq!(bench.call(&json!({"do":"state"})), before, "a refusal changed the engagement");
    assert_eq!(bench.call(&json!({"do":"list","kind":"exhibits"})), json!([]));
}

#[test]
fn the_check_tells_of_lines_that_are_not_there() {
    let (bench, exhibits) = furnished();
    change(&bench, &exhibits[3], &json!({"range":"3-9"}));
    let problems = bench.call(&json!({"do":"check"}));
    let about: Vec<&Value> =
        problems["problems"].as_array().unwrap().iter().filter(|p| p["id"] == exhibits[3]["id"]).collect();
    assert!(about.iter().any(|problem| problem["field"] == "range"), "{about:?}");
    change(&bench, &exhibits[3], &json!({"range":"3-4"}));
    let problems = bench.call(&json!({"do":"check"}));
    let about = problems["problems"].as_array().unwrap().iter();
    assert!(!about.into_iter().any(|p| p["id"] == exhibits[3]["id"] && p["field"] == "range"));
}
