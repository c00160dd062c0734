//! A copy for other hands: what it holds, and what no byte of it may hold.

use groma_tests::{Bench, run};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

const WRK: &str = "Running 5s test @ http://127.0.0.1:8080/zebrafinch\n  2 threads and 16 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency    12.00ms    3.00ms  90.00ms   88.00%\n    Req/Sec   700.00     50.00   800.00     75.00%\n  Latency Distribution\n     50%   11.00ms\n     75%   13.00ms\n     90%   16.00ms\n     99%   44.00ms\n  7000 requests in 5.00s, 1.00MB read\nRequests/sec:   1400.00\nTransfer/sec:    204.80KB\n";

fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = RgbImage::from_fn(80, 60, |x, y| Rgb([(x * 3) as u8, (y * 4) as u8, shade]));
    DynamicImage::from(pixels).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// An engagement with something of everything that may not go along, and the same kinds of things that may.
fn bench() -> (Bench, Value) {
    let bench = Bench::new();
    let artifact = bench.put("load.txt", WRK);
    let (one, two) = (bench.put("shot.png", picture(9)), bench.put("plain.png", picture(77)));
    bench.call(&json!({"do":"import","paths":[artifact]}));
    let artifacts = bench.call(&json!({"do":"list","kind":"artifacts"}));
    let replies = bench.call(&json!([
        {"do":"delete","kind":"artifacts","id":artifacts[0]["id"]},
        {"do":"add_image","path":one},
        {"do":"add_image","path":two},
        {"do":"insert","kind":"findings","object":{"title":"The pool waits","condition":"walrusfirst thought","internal_notes":"ask quokka first"}},
        {"do":"insert","kind":"notes","object":{"title":"Told in private","private":true,"body":"the platypus knows"}},
        {"do":"insert","kind":"notes","object":{"title":"Told to all"}},
    ]));
    let finding = &replies[3]["object"]["id"];
    let edits = json!({"marks":[{"kind":"redaction","x1":10,"y1":10,"x2":40,"y2":30}]});
    let arrow = json!({"marks":[{"kind":"arrow","x1":10,"y1":10,"x2":40,"y2":30}]});
    bench.call(&json!([
        {"do":"update","kind":"findings","id":finding,"fields":{"condition":"It waits."}},
        {"do":"edit_image","id":replies[1]["image"]["id"],"edits":edits},
        {"do":"edit_image","id":replies[2]["image"]["id"],"edits":arrow},
    ]));
    (bench, replies)
}

fn compact(bench: &Bench, name: &str, flags: &[&str]) -> (Value, Bench, Vec<u8>) {
    let copy = bench.folder.path().join(name);
    let (file, out) = (bench.file.to_string_lossy(), copy.to_string_lossy());
    let args = ["compact", &file, "-o", &out, "--json"].into_iter().chain(flags.iter().copied());
    let reply = run(args).exits(0).json();
    let bytes = std::fs::read(&copy).unwrap();
    let mut other = Bench::empty();
    other.file = copy;
    (reply, other, bytes)
}

#[test]
fn a_copy_holds_what_the_engagement_is_and_not_how_it_came_to_be() {
    let (bench, before) = bench();
    let original = bench.call(&json!({"do":"list","kind":"images"}));
    let (reply, copy, bytes) = compact(&bench, "copy.groma", &[]);
    assert_eq!((&reply["artifacts"], &reply["printed_only"], &reply["notes"]), (&json!(1), &json!(1), &json!(0)));
    assert!(reply["steps"].as_u64().unwrap() > 8, "{reply}");
    let whole = std::fs::read(&bench.file).unwrap();
    for gone in ["walrusfirst", "zebrafinch"] {
        assert!(contains(&whole, gone) && !contains(&bytes, gone), "{gone}");
    }
    for there in ["It waits.", "platypus", "quokka"] {
        assert!(contains(&bytes, there), "{there}");
    }
    assert_eq!(copy.call(&json!({"do":"history","limit":9})), json!([]));
    let images = copy.call(&json!({"do":"list","kind":"images"}));
    // The redacted one is what is printed of it, and nothing else; the other can still be edited.
    let (redacted, other) = (&images[0], &images[1]);
    assert_eq!(redacted["sha256"], original[0]["sha256"]);
    assert_eq!((&redacted["upright"], &redacted["original"]), (&redacted["sha256"], &redacted["sha256"]));
    assert_eq!(redacted["edits"]["marks"], json!([]));
    assert_eq!((&other["upright"], &other["edits"]), (&original[1]["upright"], &original[1]["edits"]));
    assert!(!contains(&bytes, original[0]["upright"].as_str().unwrap()), "not even the hash of the whole");
    let _ = run(["verify".as_ref(), copy.file.as_os_str()]).exits(0);
    // It is an engagement like any other.
    let again = copy.call(&json!({"do":"edit_image","id":redacted["id"],"edits":{"longest":40}}));
    assert_eq!(again["image"]["width"], 40);
    copy.call(&json!([{"do":"undo"},{"do":"search","query":"waits"}]));
    copy.report("copy.pdf");
    // The engagement itself is as it was.
    assert_eq!(bench.call(&json!({"do":"list","kind":"images"})), original);
    assert_eq!(
        bench.call(&json!({"do":"get","kind":"findings","id":before[3]["object"]["id"]}))["internal_notes"],
        "ask quokka first"
    );
    bench.call(&json!({"do":"undo"}));
}

#[test]
fn private_words_stay_behind_when_asked() {
    let (bench, _) = bench();
    let (reply, copy, bytes) = compact(&bench, "copy.groma", &["--without-private"]);
    assert_eq!(reply["notes"], 2);
    for gone in ["platypus", "quokka", "Told in private"] {
        assert!(!contains(&bytes, gone), "{gone}");
    }
    let notes = copy.call(&json!({"do":"list","kind":"notes"}));
    assert_eq!((notes.as_array().unwrap().len(), &notes[0]["title"]), (1, &json!("Told to all")));
    let _ = run(["verify".as_ref(), copy.file.as_os_str()]).exits(0);
}

#[test]
fn a_copy_is_never_written_over_anything() {
    let (bench, _) = bench();
    let file = bench.file.to_string_lossy().into_owned();
    let before = bench.call(&json!({"do":"history","limit":99}));
    let taken = bench.put("taken.groma", "mine").to_string_lossy().into_owned();
    let _ = run(["compact", &file, "-o", &taken]).exits(3);
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine");
    let _ = run(["compact", &file, "-o", &file]).exits(3);
    let missing = bench.folder.path().join("no/such/copy.groma").to_string_lossy().into_owned();
    let _ = run(["compact", &file, "-o", &missing]).exits(3);
    let _ = run(["compact", &file]).exits(2);
    let _ = run(["compact", &missing, "-o", &taken]).exits(3);
    assert_eq!(bench.call(&json!({"do":"history","limit":99})), before);
    let left = std::fs::read_dir(bench.folder.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().contains(".tmp"));
    assert_eq!(left.count(), 0, "nothing half-made is left behind");
}
