//! Tables of no known tool: guessed, tried, read by a mapping that is remembered, changed and forgotten.

use groma_tests::{Bench, run};
use serde_json::{Value, json};

/// A panel of a dashboard, exported: latency and errors by minute, with a gap that a word tells.
const BOARD: &str = "Time,p99 checkout (s),Error rate,Sessions\n\
    2026-09-14T07:31:00Z,0.120,0.5%,40\n2026-09-14T07:32:00Z,0.480,1.5%,n/a\n2026-09-14T07:33:00Z,0.240,1%,55\n";

fn path(bench: &Bench, name: &str) -> String {
    bench.folder.path().join(name).to_string_lossy().into_owned()
}

fn import(bench: &Bench, args: &[&str], code: i32) -> Value {
    let file = bench.file.to_string_lossy().into_owned();
    run([&["import", &file, "--json"], args].concat()).exits(code).json()
}

/// What is measured, as `metric of subject = value unit`.
fn measured(bench: &Bench) -> Vec<String> {
    let all = bench.call(&json!({"do":"measurements"}));
    let line = |one: &Value| {
        let text = |field: &str| one[field].as_str().unwrap_or_default().to_owned();
        format!("{} of {} = {} {}", text("metric"), text("subject"), one["value"], text("unit"))
    };
    all.as_array().unwrap().iter().map(line).collect()
}

fn mappings(bench: &Bench) -> Value {
    bench.call(&json!({"do":"list","kind":"mappings"}))
}

/// The mapping of the board: the guess, with a subject and without the sessions.
fn corrected(bench: &Bench) -> String {
    bench.put("board.csv", BOARD);
    let (table, mapping) = (path(bench, "board.csv"), path(bench, "mapping.json"));
    let _ = run(["inspect", &table, "--guess", &mapping]).exits(0);
    let mut guess: Value = serde_json::from_slice(&std::fs::read(&mapping).unwrap()).unwrap();
    assert_eq!(guess["time"], "Time");
    assert_eq!(
        (&guess["values"][0]["metric"], &guess["values"][0]["unit"]),
        (&json!("http.latency.p99"), &json!("s")),
        "{guess}"
    );
    assert_eq!((&guess["name"], guess.get("id")), (&json!("board"), None), "the engagement gives the id");
    guess["values"][0]["subject"] = json!("/checkout");
    std::fs::write(&mapping, guess.to_string()).unwrap();
    mapping
}

#[test]
fn a_table_of_no_known_tool_is_refused_with_what_can_be_done() {
    let bench = Bench::new();
    bench.put("board.csv", BOARD);
    let table = path(&bench, "board.csv");
    let reply = import(&bench, &[&table], 3);
    let file = &reply["files"][0];
    assert_eq!(file["outcome"], "refused");
    assert!(file["reason"].as_str().unwrap().contains("a table of no known tool"), "{file}");
    assert_eq!((&file["table"]["rows"], &file["table"]["columns"][0]["kind"]), (&json!(3), &json!("time")));
    let told = run(["inspect", &table]).exits(3);
    for want in ["a table of 3 rows", "p99 checkout (s)", "http.latency.p99 in s, max", "0.120"] {
        assert!(told.out.contains(want), "{want} is not in {}", told.out);
    }
    assert!(told.err.contains("--guess"), "{}", told.err);
    // Prose with commas is no table.
    bench.put("note.txt", "Dear all,\nplease find, as promised,\nthe numbers, below\n");
    let note = import(&bench, &[&path(&bench, "note.txt")], 3);
    assert_eq!(note["files"][0].get("table"), None, "{note}");
    assert_eq!(mappings(&bench), json!([]), "nothing is remembered of what was refused");
}

#[test]
fn a_mapping_is_remembered_and_reads_the_next_table_of_the_shape_without_asking() {
    let bench = Bench::new();
    let mapping = corrected(&bench);
    let reply = import(&bench, &[&path(&bench, "board.csv"), "--mapping", &mapping], 0);
    let file = &reply["files"][0];
    assert_eq!((&file["format"], &file["tool"]), (&json!("table"), &json!("board")));
    assert_eq!(
        measured(&bench),
        ["http.latency.p99 of /checkout = 480.0 ms", "http.failed.ratio of  = 0.01 ratio"],
        "{reply}"
    );
    let kept = mappings(&bench);
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(kept[0]["header"], json!(["Error rate", "Sessions", "Time", "p99 checkout (s)"]));

    // The same columns in another order, with another delimiter: nobody is asked.
    let next = "sep=;\nSessions;Time;p99 checkout (s);Error rate\n9;2026-09-15T07:31:00Z;0.09;0.1%\n";
    bench.put("tuesday/board.csv", next);
    let reply = import(&bench, &[&path(&bench, "tuesday")], 0);
    let file = &reply["files"][0];
    assert_eq!(file["mapping"], json!({"id": kept[0]["id"], "name": "board", "given": false}));
    assert_eq!(file["replaces"], "board.csv", "a newer state, as with any tool");
    assert!(file["diagnostics"][0]["message"].as_str().unwrap().contains("remembered mapping \"board\""), "{file}");

    // Forgotten: what was read stays, the next table asks again; and undo remembers it.
    bench.call(&json!({"do":"delete","kind":"mappings","id":kept[0]["id"]}));
    assert_eq!(measured(&bench).len(), 4);
    bench.put("wednesday.csv", BOARD.replace("0.480", "0.300"));
    assert_eq!(import(&bench, &[&path(&bench, "wednesday.csv")], 3)["files"][0]["outcome"], "refused");
    bench.call(&json!({"do":"undo"}));
    assert_eq!(import(&bench, &[&path(&bench, "wednesday.csv")], 0)["files"][0]["outcome"], "imported");
    let _ = run(["verify", &bench.file.to_string_lossy()]).exits(0);
}

#[test]
fn importing_by_a_mapping_is_one_step_and_undo_takes_both_back() {
    let bench = Bench::new();
    let mapping = corrected(&bench);
    import(&bench, &[&path(&bench, "board.csv"), "--mapping", &mapping], 0);
    bench.call(&json!({"do":"undo"}));
    assert_eq!((mappings(&bench), measured(&bench).len()), (json!([]), 0));
    bench.call(&json!({"do":"redo"}));
    assert_eq!((mappings(&bench).as_array().unwrap().len(), measured(&bench).len()), (1, 2));
}

#[test]
fn the_same_file_by_another_mapping_is_read_anew_in_its_place() {
    let bench = Bench::new();
    let mapping = corrected(&bench);
    let table = path(&bench, "board.csv");
    import(&bench, &[&table, "--mapping", &mapping], 0);
    let known = import(&bench, &[&table, "--mapping", &mapping], 0);
    assert!(known["files"][0]["reason"].as_str().unwrap().contains("already here"), "{known}");
    assert_eq!(known["changes"], Value::Null);
    let mut changed: Value = serde_json::from_slice(&std::fs::read(&mapping).unwrap()).unwrap();
    changed["values"] = json!([{"column": "Sessions", "metric": "db.connections", "aggregation": "max"}]);
    std::fs::write(&mapping, changed.to_string()).unwrap();
    let anew = import(&bench, &[&table, "--mapping", &mapping], 0);
    assert_eq!(anew["files"][0]["reason"], "");
    assert_eq!(measured(&bench), ["db.connections of  = 55.0 count"]);
    assert_eq!(bench.call(&json!({"do":"list","kind":"artifacts"})).as_array().unwrap().len(), 1);
    bench.call(&json!({"do":"undo"}));
    assert_eq!(measured(&bench).len(), 2);
    assert_eq!(mappings(&bench)[0]["values"].as_array().unwrap().len(), 2);
}

#[test]
fn a_trial_lists_every_cell_in_the_way_and_a_refused_table_leaves_nothing() {
    let bench = Bench::new();
    let mapping = corrected(&bench);
    let bad = BOARD.replace("0.480", "outage").replace("1%", "lots").replace("2026-09-14T07:32:00Z", "later");
    bench.put("bad.csv", &bad);
    let table = path(&bench, "bad.csv");
    let tried = run(["inspect", &table, "--mapping", &mapping, "--json"]).exits(3).json();
    let cells: Vec<(u64, &str, &str, &str)> = tried["tables"][0]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            let text = |field: &str| cell[field].as_str().unwrap();
            (cell["line"].as_u64().unwrap(), text("column"), text("cell"), text("fault"))
        })
        .collect();
    assert_eq!(
        cells,
        [
            (3, "Time", "later", "no_time"),
            (3, "p99 checkout (s)", "outage", "no_number"),
            (4, "Error rate", "lots", "no_number")
        ]
    );
    assert_eq!(tried["tables"][0]["measurements"][0]["value"], 240.0, "of the cells that can be read");
    let said = run(["inspect", &table, "--mapping", &mapping]).exits(3);
    assert!(said.out.contains("refused: line 3, column `p99 checkout (s)`: `outage` is no number"), "{}", said.out);

    let reply = import(&bench, &[&table, "--mapping", &mapping], 3);
    let reason = reply["files"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("line 3, column `Time`") && reason.contains("2 more places"), "{reason}");
    assert_eq!((mappings(&bench), measured(&bench).len()), (json!([]), 0));

    // Words that stand for no value are said once, and remembered with the rest.
    let mut words: Value = serde_json::from_slice(&std::fs::read(&mapping).unwrap()).unwrap();
    words["nothing"] = json!(["outage", "later", "LOTS"]);
    std::fs::write(&mapping, words.to_string()).unwrap();
    import(&bench, &[&table, "--mapping", &mapping], 0);
    assert_eq!(mappings(&bench)[0]["nothing"], json!(["outage", "later", "LOTS"]));
}

#[test]
fn a_changed_mapping_reads_again_what_it_read_and_evidence_follows() {
    let bench = Bench::new();
    let mapping = corrected(&bench);
    let first = import(&bench, &[&path(&bench, "board.csv"), "--mapping", &mapping], 0);
    let artifact = first["files"][0]["artifact"].clone();
    let finding = bench.call(&json!({"do":"insert","kind":"findings","object":{"title":"Slow checkout"}}));
    let finding = finding["object"]["id"].clone();
    let all = bench.call(&json!({"do":"measurements"}));
    let link = |kind: &str, target: &Value| {
        let object = json!({"finding": finding, "target_kind": kind, "target": target});
        bench.call(&json!({"do":"insert","kind":"evidence_links","object":object}));
    };
    link("artifact", &artifact);
    link("measurement", &all[0]["id"]);
    link("measurement", &all[1]["id"]);
    let goal = json!({"do":"insert","kind":"metrics","object":{"name": "p99", "source": all[0]["id"]}});
    bench.call(&goal);
    bench.call(&json!({"do":"add_exhibit","artifact":artifact}));
    // A newer state of the same file, by the same mapping.
    bench.put("next/board.csv", BOARD.replace("09-14", "09-15").replace("0.480", "0.600"));
    let newer = import(&bench, &[&path(&bench, "next")], 0);
    assert_eq!(newer["files"][0]["replaces"], "board.csv");

    let mut changed = mappings(&bench)[0].clone();
    changed["values"][0]["aggregation"] = json!("mean");
    // And the errors are no longer read.
    changed["values"].as_array_mut().unwrap().pop();
    let reply = bench.call(&json!({"do":"remap","mapping":changed}));
    assert_eq!(reply["unlinked"], 1, "{reply}");
    let again = reply["files"][0]["artifact"].clone();
    assert_ne!(again, artifact);
    assert_eq!(
        measured(&bench),
        ["http.latency.p99 of /checkout = 280.0 ms", "http.latency.p99 of /checkout = 320.0 ms"]
    );
    let list = |kind: &str| bench.call(&json!({"do":"list","kind":kind}));
    let next = list("artifacts").as_array().unwrap().iter().find(|one| one["id"] != again).unwrap().clone();
    assert_eq!(next["replaces"], again, "what replaced it replaces what is in its place");
    assert_eq!(list("exhibits")[0]["artifact"], again);
    assert_eq!(list("metrics")[0]["source"], bench.call(&json!({"do":"measurements"}))[0]["id"]);
    let links = bench.call(&json!({"do":"list","kind":"evidence_links"}));
    let now = bench.call(&json!({"do":"measurements"}))[0]["id"].clone();
    let targets: Vec<&Value> = links.as_array().unwrap().iter().map(|link| &link["target"]).collect();
    assert_eq!(targets, [&again, &now], "what is no longer measured proves nothing any more");
    // One step.
    bench.call(&json!({"do":"undo"}));
    assert_eq!(measured(&bench).len(), 4);
    assert_eq!(list("metrics")[0]["source"], all[0]["id"]);
    assert_eq!(bench.call(&json!({"do":"list","kind":"evidence_links"})).as_array().unwrap().len(), 3);
    assert_eq!(mappings(&bench)[0]["values"].as_array().unwrap().len(), 2);
    let _ = run(["verify", &bench.file.to_string_lossy()]).exits(0);

    // What says the same is left as it is.
    let same = mappings(&bench)[0].clone();
    assert_eq!(bench.call(&json!({"do":"remap","mapping":same}))["files"], json!([]));
    // A metric that there is not is told before anything is remembered.
    let mut wrong = mappings(&bench)[0].clone();
    wrong["values"][0]["metric"] = json!("http.speed");
    let file = bench.file.to_string_lossy().into_owned();
    let ran = run(["call", &file, &json!({"do":"remap","mapping":wrong}).to_string()]).exits(2);
    assert!(ran.err.contains("there is no metric \"http.speed\""), "{}", ran.err);
}

#[test]
fn a_mapping_goes_before_formats_and_a_format_that_is_named_before_the_mapping() {
    let bench = Bench::new();
    // A file that a format takes by itself.
    let jtl = "timeStamp,elapsed,label,responseCode,success\n1789371062000,120,checkout,200,true\n1789371063000,480,checkout,200,true\n";
    bench.put("run.csv", jtl);
    let own = import(&bench, &[&path(&bench, "run.csv")], 0);
    assert_eq!(own["files"][0]["format"], "jmeter-jtl", "{own}");
    let artifact = own["files"][0]["artifact"].clone();
    let preview = bench.call(&json!({"do":"preview_table","artifact":artifact}));
    assert_eq!(preview["origin"], "guess");
    let mapping = json!({"name": "own reading", "time": "timeStamp", "subject": "label",
        "values": [{"column": "elapsed", "metric": "http.latency.max", "aggregation": "max"}]});
    // Asked for, the artifact is read by it in place of the format.
    let reply = bench.call(&json!({"do":"remap","mapping":mapping,"artifact":artifact}));
    assert_eq!(reply["files"][0]["format"], "table", "{reply}");
    assert_eq!(measured(&bench), ["http.latency.max of checkout = 480.0 ms"]);
    bench.put("again.csv", jtl.replace("480", "300"));
    assert_eq!(import(&bench, &[&path(&bench, "again.csv")], 0)["files"][0]["format"], "table");
    bench.put("third.csv", jtl.replace("480", "310"));
    let named = import(&bench, &[&path(&bench, "third.csv"), "--as", "jmeter-jtl"], 0);
    assert_eq!(named["files"][0]["format"], "jmeter-jtl");
}

#[test]
fn what_is_wrong_with_a_mapping_is_told_by_its_file() {
    let bench = Bench::new();
    bench.put("board.csv", BOARD);
    let table = path(&bench, "board.csv");
    let file = bench.file.to_string_lossy().into_owned();
    let with = |mapping: &str| {
        bench.put("m.json", mapping);
        run(["import", &file, &table, "--mapping", &path(&bench, "m.json")])
    };
    let broken = with("{\"values\": [\n{\"column\": 3}]}").exits(3);
    assert!(broken.err.contains("m.json: this is no mapping") && broken.err.contains("line 2"), "{}", broken.err);
    let misspelt = with(r#"{"vlaues": []}"#).exits(3);
    assert!(misspelt.err.contains("unknown field `vlaues`"), "{}", misspelt.err);
    let other = with(r#"{"header": ["a", "b"], "values": [{"column": "b", "metric": "db.connections"}]}"#).exits(3);
    assert!(other.out.contains("not those of the mapping; missing: a, b"), "{}", other.out);
    let none = with("{}").exits(3);
    assert!(none.out.contains("no column is mapped to a metric"), "{}", none.out);
    let _ = run(["import", &file, &table, "--mapping", &path(&bench, "nowhere.json")]).exits(3);
    let both = run(["import", &file, &table, "--mapping", "m.json", "--as", "sarif"]).exits(2);
    assert!(both.err.contains("--as"), "{}", both.err);
    // What somebody corrected is not written over.
    let _ = run(["inspect", &table, "--guess", &path(&bench, "m.json")]).exits(3);
    assert_eq!(std::fs::read_to_string(bench.folder.path().join("m.json")).unwrap(), "{}");
}

#[test]
fn a_table_in_an_archive_is_mapped_by_its_path() {
    let bench = Bench::new();
    let mut packed = zip_of("week/board.csv", BOARD.as_bytes());
    bench.put("logs.zip", &packed);
    packed.clear();
    let archive = path(&bench, "logs.zip");
    let listed = import(&bench, &[&archive], 3)["files"][0].clone();
    let entry = listed["path"].as_str().unwrap().to_owned();
    assert!(entry.ends_with("logs.zip/week/board.csv"), "{listed}");
    let preview = bench.call(&json!({"do":"preview_table","path":entry}));
    assert_eq!((&preview["name"], &preview["measured"]), (&json!("week/board.csv"), &json!(2)));
    let mut mapping = preview["mapping"].clone();
    mapping["name"] = json!("board");
    let reply = bench.call(&json!({"do":"import","paths":[entry],"mapping":mapping}));
    assert_eq!((&reply["files"][0]["outcome"], &reply["files"][0]["path"]), (&json!("imported"), &json!(entry)));
    let kept = bench.call(&json!({"do":"list","kind":"artifacts"}));
    assert_eq!(kept[0]["path"], "logs.zip/week/board.csv");
}

/// A ZIP archive of one stored file.
fn zip_of(name: &str, content: &[u8]) -> Vec<u8> {
    let mut crc = !0_u32;
    for byte in content {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    let (length, named) = (u32::try_from(content.len()).unwrap(), u16::try_from(name.len()).unwrap());
    // Version, flags, method, time and date; then check sum, sizes and the name's length.
    let facts = [
        &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x5D][..],
        &(!crc).to_le_bytes(),
        &length.to_le_bytes(),
        &length.to_le_bytes(),
        &named.to_le_bytes(),
    ]
    .concat();
    let local = [b"PK\x03\x04", &facts[..], &[0, 0], name.as_bytes(), content].concat();
    let central = [b"PK\x01\x02\x14\x00", &facts[..], &[0; 16], name.as_bytes()].concat();
    let (at, size) = (u32::try_from(local.len()).unwrap(), u32::try_from(central.len()).unwrap());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat();
    [local, central, end].concat()
}
