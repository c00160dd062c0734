//! What is fuzzed: the door that recognises any bytes, and the parsers whose input is largest as a language.

use std::ops::ControlFlow;

use groma_evidence::{
    Bounds, Outcome, describe_table, formats, is_archive, metric, plain_text, read, read_table, table_text,
    walk_archive,
};

/// How the bytes of a target are read.
#[derive(Clone, Copy)]
pub enum Way {
    /// As any file that somebody imports: recognised, or an archive whose entries are; and as a table and as plain text.
    Door,
    /// As an archive alone, its entries not read.
    Archive,
    /// As one of these formats, whatever they look like: the first byte says which, the others are the file.
    As(&'static [&'static str]),
}

/// Something to fuzz.
#[derive(Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    pub way: Way,
    /// What the language is like: the dictionary that AFL++ puts its words together from.
    pub language: &'static str,
}

/// The table that a person maps, among the formats of a target: it has no id of its own.
const TABLE: &str = "table";

/// The door, and the ten largest parsers: those of one language together.
pub const TARGETS: &[Target] = &[
    Target { name: "door", way: Way::Door, language: "any" },
    Target { name: "archives", way: Way::Archive, language: "archive" },
    Target { name: "sarif", way: Way::As(&["sarif"]), language: "json" },
    Target { name: "traces", way: Way::As(&["otlp", "jaeger"]), language: "json" },
    Target {
        name: "explain",
        way: Way::As(&["explain-text", "explain-json", "mysql-explain", "mongodb-explain"]),
        language: "any",
    },
    Target {
        name: "prometheus",
        way: Way::As(&["prometheus-query", "prometheus-rules", "prometheus-text"]),
        language: "any",
    },
    Target {
        name: "xml",
        way: Way::As(&[
            "nmap",
            "nessus",
            "openvas",
            "burp",
            "zap-xml",
            "spotbugs",
            "junit",
            "jacoco",
            "cobertura",
            "pmd",
            "sslscan",
        ]),
        language: "xml",
    },
    Target {
        name: "load",
        way: Way::As(&[
            "k6-ndjson",
            "k6-summary-export",
            "k6-handle-summary",
            "k6-machine-summary",
            "jmeter-jtl",
            "jmeter-statistics",
            "gatling",
            "wrk",
            "hdrhistogram",
        ]),
        language: "any",
    },
    Target {
        name: "tables",
        way: Way::As(&["psql-text", "pg-stat-statements", "pgbouncer", "mysql-digest", "mysql-variables", TABLE]),
        language: "text",
    },
    Target { name: "yaml", way: Way::As(&["k8s-manifest", "docker-compose", "openapi"]), language: "yaml" },
    Target {
        name: "lines",
        way: Way::As(&[
            "jvm-gc-log",
            "jfr-summary",
            "java-threads",
            "log-lines",
            "http-headers",
            "redis-config",
            "redis-info",
            "redis-slowlog",
            "collapsed-stacks",
        ]),
        language: "text",
    },
];

impl Target {
    /// The target of a name.
    pub fn of(name: &str) -> Option<Self> {
        TARGETS.iter().copied().find(|target| target.name == name)
    }

    /// The formats of which files are seeds; none for every format.
    pub fn formats(&self) -> &'static [&'static str] {
        match self.way {
            Way::As(ids) => ids,
            Way::Door | Way::Archive => &[],
        }
    }

    /// The input that means a file of one of the target's formats; of the door and of archives, the file itself.
    pub fn input(&self, format: &str, file: &[u8]) -> Vec<u8> {
        match self.formats().iter().position(|id| *id == format).and_then(|index| u8::try_from(index).ok()) {
            Some(index) => [&[b'a' + index], file].concat(),
            None => file.to_vec(),
        }
    }

    /// What an input stands for: a format, where one is forced, and the file.
    pub fn file<'i>(&self, input: &'i [u8]) -> (Option<&'static str>, &'i [u8]) {
        let Way::As(ids) = self.way else { return (None, input) };
        let Some((first, file)) = input.split_first() else { return (ids.first().copied(), input) };
        (ids.get(usize::from(first.wrapping_sub(b'a')) % ids.len()).copied(), file)
    }

    /// Reads an input.
    ///
    /// # Panics
    /// When the reader does, or says what cannot be: this is what fuzzing looks for.
    pub fn run(&self, input: &[u8]) {
        let (format, file) = self.file(input);
        match self.way {
            Way::Door => door(file),
            Way::Archive => archive(&with_checksums(file), &mut |_| {}),
            Way::As(_) if format == Some(TABLE) => table(file),
            Way::As(_) => check(&read("input", file, format)),
        }
    }
}

/// What the application does with a file that it knows nothing of.
fn door(file: &[u8]) {
    if is_archive(file) {
        return archive(file, &mut |bytes| check(&read("entry", bytes, None)));
    }
    let outcome = read("input", file, None);
    check(&outcome);
    if !matches!(outcome, Outcome::Imported(_)) {
        table(file);
        if let Err(refusal) = plain_text(file) {
            told(&refusal.reason, &refusal.remedy);
        }
    }
}

fn archive(file: &[u8], entry: &mut dyn FnMut(&[u8])) {
    let walked = walk_archive("input", file, &Bounds::default(), &mut |found| {
        let path = &found.path;
        assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "the path {path:?} leads out");
        match found.content {
            Ok(bytes) => entry(&bytes),
            Err(refusal) => told(&refusal.reason, &refusal.remedy),
        }
        ControlFlow::Continue(())
    });
    if let Err(refusal) = walked {
        told(&refusal.reason, &refusal.remedy);
    }
}

/// The file with the checksum of every header of tar put right: by chance none of them would be, and nothing behind it
/// would be read.
fn with_checksums(file: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    for header in file.chunks_exact_mut(512).filter(|header| header[257..262] == *b"ustar") {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    }
    file
}

/// As a table, by what its columns seem to mean.
fn table(file: &[u8]) {
    let shape = table_text(file).and_then(|text| Ok((describe_table(&text)?, text)));
    match shape.and_then(|(shape, text)| read_table(&text, &shape.mapping)) {
        Ok(import) => check(&Outcome::Imported(import)),
        Err(refusal) => told(&refusal.reason, &refusal.remedy),
    }
}

fn told(reason: &str, remedy: &str) {
    assert!(!reason.is_empty() && !remedy.is_empty(), "refused without a word");
}

/// What must hold of any answer.
fn check(outcome: &Outcome) {
    match outcome {
        Outcome::Imported(import) => {
            let format = formats().iter().find(|format| format.id == import.format);
            for measurement in &import.measurements {
                let known = metric(&measurement.metric);
                assert!(known.is_some() && measurement.value.is_finite(), "{measurement:?} cannot be");
                assert!(
                    format.is_none_or(|format| format.writes(&measurement.metric)),
                    "{measurement:?} is undeclared"
                );
                let odd = known.is_some_and(|known| known.unit == "bool") && ![0.0, 1.0].contains(&measurement.value);
                assert!(!odd, "{measurement:?} is neither yes nor no");
            }
            let untitled = import.issues.iter().find(|issue| issue.title.trim().is_empty());
            assert!(untitled.is_none(), "{untitled:?} has no title");
            assert!(import.kept.is_some() || import.masked == 0, "what was masked is not kept so");
        }
        Outcome::Refused { reason, remedy, .. } => told(reason, remedy),
        Outcome::Ambiguous { candidates, reason, remedy } => {
            told(reason, remedy);
            assert!(candidates.iter().all(|id| formats().iter().any(|format| format.id == *id)), "{candidates:?}");
        }
    }
}
