//! What is typed is on its page before the whole report is laid out again, and looks as it will then.
#![allow(clippy::unwrap_used, reason = "a test fails where it must not go on")]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use groma_app::live::{Layout, Page, PageChange, PartPage};
use groma_app::{Environment, Event};
use groma_desk::Desk;
use serde_json::{Value, json};

struct Bench {
    desk: Desk,
    events: Receiver<Event>,
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Bench {
    /// A desk with the sample engagement open.
    fn new() -> Self {
        let (tell, events) = channel();
        let environment = Environment::new(|| groma_model::Timestamp::from_second(1_790_000_000).unwrap(), 7);
        let desk = Desk::start(environment, move |event| {
            let _ = tell.send(event.clone());
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let bench = Self { desk, events, runtime, folder: tempfile::tempdir().unwrap() };
        bench.call(&json!({"do": "sample", "path": bench.folder.path().join("sample.groma")}));
        bench
    }

    fn call(&self, command: &Value) -> Value {
        self.runtime.block_on(self.desk.call(command.clone())).unwrap()
    }

    /// The first event of a kind.
    fn wait<T>(&self, wanted: impl Fn(Event) -> Option<T>) -> T {
        loop {
            let event = self.events.recv_timeout(Duration::from_secs(120)).unwrap();
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    }

    fn layout(&self) -> Layout {
        self.wait(|event| if let Event::Layout { layout } = event { Some(layout) } else { None })
    }

    /// The newest layout once nothing more comes.
    fn settled(&self) -> Layout {
        let mut layout = self.layout();
        loop {
            match self.events.recv_timeout(Duration::from_secs(3)) {
                Ok(Event::Layout { layout: newer }) => layout = newer,
                Ok(_) => {}
                // On a busy machine the whole may take longer than that.
                Err(_) if !layout.fresh => layout = self.layout(),
                Err(_) => return layout,
            }
        }
    }

    fn part(&self) -> (usize, Vec<PartPage>) {
        self.wait(|event| if let Event::Part { from, pages, .. } = event { Some((from, pages)) } else { None })
    }

    /// The page before with what has changed since drawn over it, as a window puts it together.
    fn put_together(&self, change: &PageChange, hash: &str) -> Vec<u8> {
        let decoded = |name: String| {
            let picture = self.desk.page(&name).unwrap_or_else(|| panic!("{name} can be drawn"));
            image::load_from_memory(&picture).unwrap().to_rgb8()
        };
        let mut page = decoded(format!("{}@1.png", change.since));
        let (from, to) = ((change.from - 1.0).max(0.0) as u32, (change.to + 2.0) as u32);
        let rows = decoded(format!("{hash}@1+{from}-{to}.png"));
        assert_eq!(rows.height(), to.min(page.height()) - from);
        image::imageops::replace(&mut page, &rows, 0, i64::from(from));
        let mut png = std::io::Cursor::new(Vec::new());
        page.write_to(&mut png, image::ImageFormat::Png).unwrap();
        png.into_inner()
    }

    fn picture(&self, page: &Page) -> Vec<u8> {
        self.desk.page(&format!("{}@1.png", page.hash)).unwrap().to_vec()
    }
}

/// How many pixels of two pictures of one size differ. A letter may stand a rounding error beside itself.
fn differing(one: &[u8], other: &[u8]) -> usize {
    let (one, other) =
        (image::load_from_memory(one).unwrap().to_rgb8(), image::load_from_memory(other).unwrap().to_rgb8());
    assert_eq!(one.dimensions(), other.dimensions());
    one.pixels().zip(other.pixels()).filter(|(one, other)| one != other).count()
}

#[test]
fn what_is_typed_is_on_its_page_as_the_whole_will_show_it() {
    let bench = Bench::new();
    let before = bench.settled();
    assert!(before.fresh && before.problems.is_empty(), "{:?}", before.problems);
    let mut shown = before.pages;
    let findings = bench.call(&json!({"do": "list", "kind": "findings"}));
    let findings = findings.as_array().unwrap();
    for (n, finding) in findings.iter().enumerate().filter(|(n, _)| n % 3 == 0 || *n == findings.len() - 1) {
        let (field, more) = if n % 2 == 0 { ("condition", " Seen again.") } else { ("title", " – again") };
        let text = format!("{}{more}", finding[field].as_str().unwrap());
        let fields = json!({field: text});
        bench.call(&json!({"do": "draft", "kind": "findings", "id": finding["id"], "fields": fields}));
        let (from, pages) = bench.part();
        assert!(!pages.is_empty());
        let early: Vec<_> = pages.iter().map(|part| bench.picture(&part.page)).collect();
        for ((part, early), before) in pages.iter().zip(&early).zip(&shown[from..]) {
            let Some(change) = &part.change else {
                assert_eq!(part.page.hash, before.hash, "what changes on a page is known");
                continue;
            };
            assert_eq!(change.since, before.hash);
            assert!(change.from < change.to && change.to <= part.page.height, "{change:?}");
            let apart = differing(early, &bench.put_together(change, &part.page.hash));
            assert_eq!(
                apart, 0,
                "F-{} {field}: put together it differs in {apart} pixels, {change:?}",
                finding["number"]
            );
        }
        bench.call(&json!({"do": "update", "kind": "findings", "id": finding["id"], "fields": fields}));
        let whole = bench.layout();
        shown.clone_from(&whole.pages);
        for (page, early) in (from..).zip(&early) {
            let apart = differing(early, &bench.picture(&whole.pages[page]));
            assert!(apart < 20, "F-{} {field}: page {} differs in {apart} pixels", finding["number"], page + 1);
        }
    }
}

#[test]
fn a_section_is_laid_out_alone_and_a_click_in_it_leads_to_the_draft() {
    let bench = Bench::new();
    let before = bench.settled();
    let engagement = bench.call(&json!({"do": "get", "kind": "engagement"}));
    let (id, text) = (&engagement["id"], "A word that nobody has written before: quicksilverish.");
    bench.call(&json!({"do": "draft", "kind": "engagement", "id": id, "fields": {"scope": text}}));
    let (from, pages) = bench.part();
    assert_ne!(pages[0].page.hash, before.pages[from].hash);
    assert_eq!(pages[0].change.as_ref().unwrap().since, before.pages[from].hash);
    let runs = bench.call(&json!({"do": "page_text", "page": from}));
    let run =
        runs.as_array().unwrap().iter().find(|run| run["text"].as_str().unwrap().contains("quicksilverish")).unwrap();
    let area = &run["area"];
    let (x, y) = (area["x"].as_f64().unwrap(), area["y"].as_f64().unwrap() + area["height"].as_f64().unwrap() / 2.0);
    let hit = bench.call(&json!({"do": "locate", "page": from, "x": x + 1.0, "y": y}));
    assert_eq!((&hit["kind"], &hit["field"], &hit["offset"]), (&json!("engagement"), &json!("scope"), &json!(0)));
    let place = bench.call(&json!({"do":"place","kind":"engagement","id":id,"field":"scope","offset":text.len() - 3}));
    assert_eq!(place["page"], json!(from));
    assert!(place["x"].as_f64().unwrap() > x);
    // Nothing was kept of it; typed back, the pages are those of before.
    let now = bench.call(&json!({"do": "get", "kind": "engagement"}));
    assert_eq!(now["scope"], engagement["scope"]);
    bench.call(&json!({"do": "draft", "kind": "engagement", "id": id, "fields": {"scope": engagement["scope"]}}));
    assert_eq!(bench.layout().pages, before.pages);
}

#[test]
fn a_whole_layout_does_not_take_back_what_is_typed_since() {
    let bench = Bench::new();
    bench.settled();
    let findings = bench.call(&json!({"do": "list", "kind": "findings"}));
    let finding = &findings[4];
    let fields = |text: &str| json!({"cause": text});
    bench.call(&json!({"do": "draft", "kind": "findings", "id": finding["id"], "fields": fields("First words.")}));
    let (from, _) = bench.part();
    bench.call(&json!({"do": "update", "kind": "findings", "id": finding["id"], "fields": fields("First words.")}));
    bench.call(&json!({"do": "draft", "kind": "findings", "id": finding["id"], "fields": fields("First words. Second words.")}));
    bench.part();
    let layout = bench.layout();
    let page = |layout: &Layout| -> String {
        let runs = bench.call(&json!({"do": "page_text", "page": from}));
        assert!(layout.fresh);
        runs.as_array().unwrap().iter().map(|run| run["text"].as_str().unwrap().to_owned() + " ").collect()
    };
    assert!(page(&layout).contains("Second words."), "the newest words stay");
    // Given up without having been handed over: some layouts later the engagement's own text is shown.
    for n in 0..4 {
        bench.call(&json!({"do": "update", "kind": "findings", "id": finding["id"], "fields": {"owner": format!("Owner {n}")}}));
        bench.layout();
    }
    assert!(!page(&layout).contains("Second words."));
}

/// What is typed into an object of a template's report: kind, which one of them, field, words behind what is there.
type Typed = (&'static str, usize, &'static str, &'static str);

#[test]
fn every_template_that_says_so_lays_a_part_out_as_the_whole_will_show_it() {
    let templates: [(&str, &[Typed]); 3] = [
        (
            "technical-due-diligence",
            &[
                ("engagement", 0, "verdict", " It does."),
                ("engagement", 0, "limits", " Nor that."),
                ("risks", 1, "scenario", " At night as well."),
                ("findings", 0, "title", " – seen again"),
                (
                    "findings",
                    7,
                    "title",
                    " – seen again, and told at such length that it takes another line of its row",
                ),
                ("findings", 18, "summary", " Again."),
            ],
        ),
        (
            "diagnosis",
            &[
                ("symptoms", 0, "trace", " And then again."),
                ("symptoms", 2, "root_cause", " So it was."),
                ("engagement", 0, "ask", " By the end of the month."),
            ],
        ),
        (
            "findings-register",
            &[
                ("findings", 0, "title", " – seen again"),
                ("findings", 4, "owner", " and the platform team"),
                (
                    "findings",
                    11,
                    "title",
                    " – seen again, and told at such length that it takes another line of its row",
                ),
                ("findings", 18, "summary", " Again."),
            ],
        ),
    ];
    let bench = Bench::new();
    let _ = bench.settled();
    for (template, typed) in templates {
        let id = bench.call(&json!({"do": "get", "kind": "engagement"}))["id"].clone();
        bench.call(&json!({"do": "update", "kind": "engagement", "id": id, "fields": {"template": template}}));
        let _ = bench.settled();
        for (kind, number, field, more) in typed {
            let object = match *kind {
                "engagement" => bench.call(&json!({"do": "get", "kind": kind})),
                _ => bench.call(&json!({"do": "list", "kind": kind}))[number].clone(),
            };
            let text = format!("{}{more}", object[field].as_str().unwrap());
            let fields = json!({*field: text});
            bench.call(&json!({"do": "draft", "kind": kind, "id": object["id"], "fields": fields}));
            let (from, pages) = bench.part();
            let early: Vec<_> = pages.iter().map(|part| bench.picture(&part.page)).collect();
            bench.call(&json!({"do": "update", "kind": kind, "id": object["id"], "fields": fields}));
            let whole = bench.layout();
            assert!(whole.fresh && whole.problems.is_empty(), "{template}: {:?}", whole.problems);
            for (page, early) in (from..).zip(&early) {
                let apart = differing(early, &bench.picture(&whole.pages[page]));
                assert!(apart < 60, "{template}, {kind} {number} {field}: page {} differs in {apart} pixels", page + 1);
            }
        }
    }
}
