//! Whatever the bytes, an answer comes: no panic, no overflow of the stack, and in a time that grows with the size alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests read files")]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use groma_evidence::{Outcome, metric, read};

/// Places at which every fixture is cut.
const CUTS: usize = 50;
/// Damaged copies of every fixture.
const MUTATIONS: u64 = 200;
/// Brackets within brackets.
const DEEP: usize = 100_000;
/// No read of a file of this test takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time this thread has worked since `start`, so that what else the machine does is left out; the time that went by
/// where the system does not tell.
fn worked(start: Instant, before: Option<u64>) -> Duration {
    match (ticks(), before) {
        (Some(now), Some(before)) => Duration::from_millis((now - before) * 10),
        _ => start.elapsed(),
    }
}

/// Hundredths of a second that this thread has worked.
fn ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
    // Behind the name, which may hold anything: user and system time are the 14th and 15th field of all.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// A fixture.
struct Fixture {
    /// Its format, or `_refused`.
    format: String,
    name: String,
    bytes: Vec<u8>,
}

impl Fixture {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// The format to force, where it has one.
    fn own(&self) -> Option<&str> {
        (self.format != "_refused").then_some(&*self.format)
    }
}

fn fixtures() -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/evidence");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        for file in std::fs::read_dir(entry.path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".expected.json") {
                let format = entry.file_name().to_string_lossy().into_owned();
                all.push(Fixture { format, name, bytes: std::fs::read(&path).unwrap() });
            }
        }
    }
    all.sort_by(|a, b| (&a.format, &a.name).cmp(&(&b.format, &b.name)));
    assert!(all.len() > 200, "only {} fixtures", all.len());
    all
}

/// Numbers that are the same in every run, by xorshift.
struct Numbers(u64);

impl Numbers {
    /// The sequence of a name and a number; FNV-1a.
    fn of(name: &str, number: u64) -> Self {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().chain(number.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, hash) | 1)
    }

    /// The next one below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// A copy with one to eight bytes changed, doubled or taken away; what makes formats what they are comes up often.
fn mutated(fixture: &Fixture, number: u64) -> Vec<u8> {
    const TELLING: &[u8] = b"\"'{}[]<>,:;=-+.0123456789eE\\/&#\n\t \0\x80\xff|";
    let mut numbers = Numbers::of(&fixture.name, number);
    let mut bytes = fixture.bytes.clone();
    for _ in 0..=numbers.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = numbers.below(bytes.len());
        match numbers.below(5) {
            0 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
            1 | 2 => bytes[at] = TELLING[numbers.below(TELLING.len())],
            3 => drop(bytes.remove(at)),
            _ => bytes.insert(at, bytes[at]),
        }
    }
    bytes
}

/// Reads, and says what is wrong with that: that it panicked, took too long, or measured what cannot be.
fn trouble(what: &str, bytes: &[u8], format: Option<&str>) -> Option<String> {
    let (start, before) = (Instant::now(), ticks());
    let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| read("damaged", bytes, format))) else {
        return Some(format!("{what} as {format:?} panics"));
    };
    // Looked at closely only where it may be so.
    if start.elapsed() > PATIENCE && worked(start, before) > PATIENCE {
        return Some(format!("{what} as {format:?} takes {:?}", worked(start, before)));
    }
    match outcome {
        Outcome::Imported(import) => {
            let odd = import.measurements.iter().find(|m| !m.value.is_finite() || metric(&m.metric).is_none());
            odd.map(|m| format!("{what} as {format:?} measures {m:?}"))
        }
        Outcome::Refused { reason, remedy, .. } if reason.is_empty() || remedy.is_empty() => {
            Some(format!("{what} as {format:?} is refused without a word"))
        }
        _ => None,
    }
}

/// Does it for all, on all cores; what each found wrong.
fn on_all_cores<T: Sync>(all: &[T], wrong: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let work = || {
            let mut found = Vec::new();
            while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.extend(wrong(one));
            }
            found
        };
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn fixtures_that_were_cut_or_damaged_get_an_answer() {
    let wrong = on_all_cores(&fixtures(), |fixture| {
        let mut wrong = Vec::new();
        let name = format!("{}/{}", fixture.format, fixture.name);
        for cut in 0..CUTS {
            let bytes = &fixture.bytes[..fixture.bytes.len() * cut / CUTS];
            wrong.extend(trouble(&format!("{name} cut at {}", bytes.len()), bytes, fixture.own()));
        }
        for number in 0..MUTATIONS {
            let bytes = mutated(fixture, number);
            // Every fourth one must be recognised first.
            let format = fixture.own().filter(|_| number % 4 > 0);
            wrong.extend(trouble(&format!("{name} mutation {number}"), &bytes, format));
        }
        wrong
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Texts nested deeper than anything reads, in the dress of a fixture.
fn nested(fixture: &Fixture) -> Vec<(&'static str, String)> {
    let text = fixture.text().trim_start();
    let mut all = Vec::new();
    match text.chars().next() {
        Some('{' | '[') => {
            // Below the first key, and instead of the first item.
            let at = text.find(':').map_or(1, |at| at + 1);
            let (head, tail) = text.split_at(at);
            let [open, close] = ["[", "]"].map(|bracket| bracket.repeat(DEEP));
            all.push(("lists", format!("{head}{open}{close},\"was\":{tail}")));
            all.push(("objects", format!("{head}{}1{},\"was\":{tail}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP))));
            all.push(("lists that end nowhere", format!("{head}{open}")));
        }
        Some('<') => {
            let root = text.rfind("</").unwrap_or(text.len());
            let (head, tail) = text.split_at(root);
            all.push(("elements", format!("{head}{}{}{tail}", "<a>".repeat(DEEP), "</a>".repeat(DEEP))));
            all.push(("elements that end nowhere", format!("{head}{}", "<a b='c'>".repeat(DEEP))));
        }
        _ => {
            all.push(("flow lists", format!("{text}\nx: {}", "[".repeat(DEEP))));
            all.push(("flow mappings", format!("{text}\nx: {}", "{a: ".repeat(DEEP))));
            all.push(("dashes", format!("{text}\n{}x", "- ".repeat(DEEP))));
        }
    }
    all
}

#[test]
fn deep_nesting_is_refused_or_read() {
    // Of every format the first fixture of JSON, of XML and of text is enough.
    let mut fixtures = fixtures();
    fixtures.retain(|fixture| fixture.format != "_refused");
    fixtures.dedup_by(|b, a| a.format == b.format && a.text().chars().next() == b.text().chars().next());
    let wrong = on_all_cores(&fixtures, |fixture| {
        let mut wrong = Vec::new();
        for (number, (what, text)) in nested(fixture).into_iter().enumerate() {
            let what = format!("{}/{} with {what}", fixture.format, fixture.name);
            wrong.extend(trouble(&what, text.as_bytes(), fixture.own()));
            if number == 0 {
                wrong.extend(trouble(&what, text.as_bytes(), None));
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = String::from("<!DOCTYPE x [<!ENTITY e0 \"lol\">");
    for level in 1..=30 {
        let entity = format!("&e{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY e{level} \"{entity}\">"));
    }
    bomb.push_str("]>");
    let xml: Vec<Fixture> =
        fixtures().into_iter().filter(|fixture| fixture.text().trim_start().starts_with('<')).collect();
    assert!(xml.len() > 20, "only {} fixtures of XML", xml.len());
    let wrong = on_all_cores(&xml, |fixture| {
        let text = fixture.text().trim_start();
        // Behind the declaration, before the root; used as text and in an attribute.
        let start = if text.starts_with("<?") { text.find("?>").map_or(0, |at| at + 2) } else { 0 };
        let (head, rest) = text.split_at(start);
        let root = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
        let end = rest.rfind("</").unwrap_or(rest.len());
        let inside = format!("{head}{bomb}{}<z y=\"&e30;\">&e30;</z>{}", &rest[..end], &rest[end..]);
        let attribute = format!("{head}{bomb}{} z=\"&e30;\"{}", &rest[..root], &rest[root..]);
        let what = format!("{}/{} with a bomb", fixture.format, fixture.name);
        let texts = [inside, attribute];
        texts
            .iter()
            .flat_map(|text| [fixture.own(), None].map(|own| trouble(&what, text.as_bytes(), own)))
            .flatten()
            .collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn aliases_are_never_expanded_without_end() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..=30 {
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", format!("*a{}, ", level - 1).repeat(10)));
    }
    let starts = [
        ("docker-compose", "services:\n  web:\n    image: x\n"),
        ("k8s-manifest", "apiVersion: v1\nkind: Pod\n"),
        ("openapi", "openapi: 3.0.0\npaths: {}\n"),
    ];
    let wrong = on_all_cores(&starts, |(format, start)| {
        let text = format!("{start}{bomb}");
        trouble("aliases", text.as_bytes(), Some(format)).into_iter().collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_long_line_gets_an_answer_of_every_format_in_time() {
    const LONG: usize = 256 * 1024;
    let starts: Vec<Fixture> = {
        let mut all = fixtures();
        all.retain(|fixture| fixture.format != "_refused");
        all.dedup_by(|b, a| a.format == b.format);
        all
    };
    let wrong = on_all_cores(&starts, |fixture| {
        let mut wrong = Vec::new();
        for part in ["a", "1,", "<a b='c'/>", "\"a\":", "= ", "password=x "] {
            // Its own first half, and then no end of one line.
            let text = fixture.text();
            let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            let long = format!("{}{}", &text[..half], part.repeat(LONG / part.len()));
            let what = format!("{}/{} with a long line of `{part}`", fixture.format, fixture.name);
            wrong.extend(trouble(&what, long.as_bytes(), fixture.own()));
        }
        wrong
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_part_again_and_again_is_read_in_time() {
    const LONG: usize = 1024 * 1024;
    // Put together here, so that no scanner takes this file for a leak.
    let key = format!("eyJaaaaaa-{}_{}-", "ghp", "a1".repeat(18));
    let parts = [
        ("explain-text", "host=a token='b' "),
        ("explain-text", "host=a,token='b',"),
        ("pg-stat-statements", "'a',x@y.zz,"),
        ("log-lines", &*key),
        ("log-lines", "?token=$"),
        ("log-lines", "PASSWORD=*aa"),
        ("log-lines", "password: aaaaaa"),
        ("log-lines", "://a:b"),
        ("log-lines", "é ERROR "),
        ("sarif", "\"invocations\":["),
        ("http-headers", "HTTP/1.1 204 No Content\n"),
        ("psql-text", "+-[ RECORD 1 ]---+-----+\n"),
    ];
    let wrong = on_all_cores(&parts, |(format, part)| {
        let text = part.repeat(LONG / part.len());
        [Some(*format), None]
            .iter()
            .filter_map(|format| trouble(&format!("1 MiB of `{part}`"), text.as_bytes(), *format))
            .collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
