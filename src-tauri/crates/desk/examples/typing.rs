//! How long a typed letter takes to its page, for reports of three sizes: from the draft that a window hands over to the
//! encoded picture of the page; and how long until the whole report holds it. Then the same for the first letter after a rest,
//! in which a long report lets go of most of its memory.
//!
//! `cargo run --release -p groma-desk --example typing [-- FINDINGS…]`
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement, run by hand")]

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use groma_app::live::{PageChange, PartPage};
use groma_app::{Environment, Event};
use groma_desk::Desk;
use serde_json::{Value, json};

/// As in the program.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const SIZES: [usize; 3] = [20, 150, 500];
const LETTERS: usize = 160;
/// A quick typist.
const PAUSE: Duration = Duration::from_millis(70);
/// Longer than the whole takes for what came before.
const QUIET: Duration = Duration::from_secs(8);
/// Longer than nobody has to write for the desk to rest, with the time in which the allocator gives memory back.
const REST: Duration = Duration::from_secs(20);
/// After so many letters the window hands over what was typed, and the whole is laid out beside.
const KEPT_EVERY: usize = 8;

struct Bench {
    desk: Desk,
    events: Receiver<(Instant, Event)>,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn call(&self, command: &Value) -> Value {
        self.runtime.block_on(self.desk.call(command.clone())).unwrap()
    }

    fn wait<T>(&self, wanted: impl Fn(&Event) -> Option<T>) -> (Instant, T) {
        loop {
            let (at, event) = self.events.recv_timeout(Duration::from_secs(300)).unwrap();
            if let Some(found) = wanted(&event) {
                return (at, found);
            }
        }
    }
}

impl Bench {
    /// From a letter that is typed to its page's encoded picture, and of that what the picture takes, in milliseconds.
    fn letter(&self, id: &Value, fields: &Value) -> (f64, f64) {
        while self.events.try_recv().is_ok() {}
        let started = Instant::now();
        self.call(&json!({"do": "draft", "kind": "findings", "id": id, "fields": fields}));
        let (_, changed) = self.wait(|event| match event {
            Event::Part { pages, .. } => pages.first().cloned(),
            _ => None,
        });
        let laid_out = started.elapsed();
        self.desk.page(&picture(&changed)).unwrap();
        (milliseconds(started.elapsed()), milliseconds(started.elapsed() - laid_out))
    }

    /// From a text that is accepted to the whole report that holds it, in milliseconds.
    fn whole(&self, id: &Value, text: &str) -> f64 {
        while self.events.try_recv().is_ok() {}
        let kept = Instant::now();
        self.call(&json!({"do": "update", "kind": "findings", "id": id, "fields": {"condition": text}}));
        let (at, ()) = self.wait(|event| matches!(event, Event::Layout { layout } if layout.fresh).then_some(()));
        milliseconds(at - kept)
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    println!(
        "findings  pages  letter to encoded page (median, p95, worst; of it drawn)   whole, a page   process (PSS)   \
         rested   first letter then, whole, a page"
    );
    for findings in if given.is_empty() { SIZES.to_vec() } else { given } {
        measure(findings);
    }
}

fn measure(findings: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (tell, events) = channel();
    let desk = Desk::start(Environment::new(groma_app::now, 11), move |event| {
        let _ = tell.send((Instant::now(), event.clone()));
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bench = Bench { desk, events, runtime };
    let path = folder.path().join("typing.groma");
    bench.call(
        &json!({"do": "create", "path": path, "client": "Client", "system": "System", "packs": ["backend-health"]}),
    );
    let objects: Vec<Value> = (0..findings).map(finding).collect();
    for object in objects {
        bench.call(&json!({"do": "insert", "kind": "findings", "object": object}));
    }
    let list = bench.call(&json!({"do": "list", "kind": "findings"}));
    // Settled: the last insert is in the newest layout.
    let wanted = findings;
    let pages = loop {
        let (_, layout) =
            bench.wait(|event| if let Event::Layout { layout } = event { Some(layout.clone()) } else { None });

        let told = layout.outline.iter().filter(|entry| entry.title.contains("case ")).count();
        if told == wanted {
            break layout.pages.len();
        }
    };

    let mut letters = Vec::new();
    let mut drawn = Vec::new();
    let mut wholes = Vec::new();
    for place in [0, findings / 2, findings - 1] {
        let object = &list[place];
        let (id, before) = (&object["id"], object["condition"].as_str().unwrap());
        let mut text = before.to_owned();
        for n in 0..LETTERS / 2 {
            std::thread::sleep(PAUSE);
            text.push(if n % 6 == 5 { ' ' } else { char::from(b'a' + (n % 26) as u8) });
            let fields = json!({"condition": text});
            let (letter, drawing) = bench.letter(id, &fields);
            drawn.push(drawing);
            letters.push(letter);
            if n % KEPT_EVERY == KEPT_EVERY - 1 {
                bench.call(&json!({"do": "update", "kind": "findings", "id": id, "fields": fields}));
            }
        }
        // After a pause, as the whole waits for one.
        for word in [" once", " more"] {
            std::thread::sleep(QUIET);
            text.push_str(word);
            wholes.push(bench.whole(id, &text));
        }
    }
    let busy = memory();
    std::thread::sleep(REST);
    let rested = memory();
    let (id, text) = (&list[1]["id"], format!("{} rested", list[1]["condition"].as_str().unwrap()));
    let (first, _) = bench.letter(id, &json!({"condition": text}));
    let cold = bench.whole(id, &text) / pages as f64;
    let at = |values: &mut Vec<f64>, share: f64| {
        values.sort_by(f64::total_cmp);
        values.get((values.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{findings:8}  {pages:5}  {:6.1} ms  {:6.1} ms  {:6.1} ms; {:6.1} ms{:20.2} ms {:12} MB {:9} MB {first:15.1} ms {cold:7.2} ms",
        at(&mut letters, 0.5),
        at(&mut letters, 0.95),
        at(&mut letters, 1.0),
        at(&mut drawn, 0.5),
        at(&mut wholes, 0.5) / pages as f64,
        busy / 1024,
        rested / 1024,
    );
}

/// What a window asks for to show a page: what has changed on it, at twice a screen's resolution.
fn picture(PartPage { page, change }: &PartPage) -> String {
    match change {
        Some(PageChange { from, to, .. }) => {
            format!("{}@2+{:.0}-{:.0}.png", page.hash, (from * 2.0 - 1.0).floor().max(0.0), (to * 2.0 + 1.0).ceil())
        }
        None => format!("{}@2.png", page.hash),
    }
}

fn finding(n: usize) -> Value {
    let paragraph = "The service holds a connection for as long as the call to the partner takes, and the pool runs empty when \
                     the partner is slow. ";
    json!({
        "title": format!("A slow partner takes the service with it, case {n}"), "area": "Resilience", "severity": "high",
        "kind": "gap", "summary": paragraph, "condition": paragraph.repeat(3),
        "criteria": "Every call to another system has a time limit, and a full pool answers at once.", "cause": paragraph,
        "consequence": paragraph.repeat(2), "short_term": "Set a time limit of two seconds.", "long_term": paragraph,
        "acceptance_test": "With the partner stopped, the endpoint answers within three seconds.",
    })
}

/// The share of memory that is this process's own, in kilobytes; nought where the system does not tell.
fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
