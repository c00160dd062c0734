//! Redis `SLOWLOG GET`, as `redis-cli` prints it: on a terminal, into a pipe, or as JSON.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    dropped::Dropped,
    fields,
    json::{self, Event},
    load::nearest_rank,
    mask::constant,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "redis-slowlog",
    title: "Redis, SLOWLOG GET",
    tool: "Redis",
    note: "Only what took longer than slowlog-log-slower-than, and only as many as the server keeps. By command; arguments \
           are data of the client and replaced by `…`.",
    metrics: &["cache.slowlog.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// A line of a list: how deep it is, its number, what stands behind it, and where that begins.
fn item(line: &str) -> Option<(Vec<u32>, &str, usize)> {
    let (mut rest, mut numbers) = (line, Vec::new());
    loop {
        let trimmed = rest.trim_start();
        let Some((number, after)) = trimmed.split_once(") ") else { break };
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        numbers.push(number.parse().ok()?);
        rest = after;
    }
    let rest = rest.trim_start();
    (!numbers.is_empty()).then(|| (numbers, rest, line.len() - rest.len()))
}

/// An entry of the log.
#[derive(Default)]
struct Entry<'a> {
    fields: Vec<&'a str>,
    command: Option<&'a str>,
    line: u64,
}

/// Walks over the entries; tells of each argument of a command, with its place.
fn walk<'a>(text: &'a str, mut argument: impl FnMut(&'a str, usize)) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    // How far the fields of an entry are set in: the more entries, the wider their numbers.
    let (mut field, mut start, mut inset) = (0, 0, None::<usize>);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let body = line.trim_end();
        if let Some((numbers, rest, at)) = item(body) {
            let indent = body.len() - body.trim_start().len();
            // `1) 1) (integer) 14` opens an entry, `   2) …` is a field, `   4) 1) "GET"` and what is deeper a command.
            let opens = numbers.len() >= 2 && rest.starts_with("(integer)");
            if opens {
                entries.push(Entry { line: number, ..Entry::default() });
                field = numbers[1];
                inset = None;
            } else if indent <= *inset.get_or_insert(indent) {
                field = numbers[0];
            }
            if let Some(entry) = entries.last_mut() {
                if field == 4 {
                    match entry.command {
                        None => entry.command = Some(rest.trim_matches('"')),
                        Some(_) => argument(rest, start + at),
                    }
                } else if entry.fields.len() < 3 {
                    entry.fields.push(rest);
                } else {
                    // The client's address, and the name it gave itself.
                    argument(rest, start + at);
                }
            }
        }
        start += line.len();
    }
    entries
}

fn is_entry(entry: &Entry<'_>) -> bool {
    let integer = |field: Option<&&str>| field.is_some_and(|field| number(field).is_some());
    entry.command.is_some() && (0..3).all(|index| integer(entry.fields.get(index)))
}

fn number(field: &str) -> Option<f64> {
    field.trim().strip_prefix("(integer)")?.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

/// Entries as JSON: lists of number, time, microseconds and command.
static JSON: LazyLock<Regex> = LazyLock::new(|| constant(r"^\s*\[\s*\[\s*\d+\s*,\s*\d{10}\s*,\s*\d+\s*,\s*\["));
/// What redis-cli writes into a pipe: everything on a line of its own, without a number before it.
static PIPED: LazyLock<Regex> = LazyLock::new(|| constant(r"^\s*\d+\r?\n\d{10}\r?\n\d+\r?\n[A-Za-z][\w.]*\r?\n"));
/// The address of a client, which ends the arguments of a command in a pipe.
static CLIENT: LazyLock<Regex> = LazyLock::new(|| constant(r"(?m)^(?:\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):\d+\r?$"));

/// An entry in a pipe: its command, its microseconds, and the lines behind the command with their places.
struct Piped<'a> {
    command: &'a str,
    micros: f64,
    arguments: Vec<(&'a str, usize)>,
}

/// An entry begins with a number, a time of ten digits, another number and a word.
fn piped(text: &str) -> Vec<Piped<'_>> {
    let mut start = 0;
    let lines: Vec<(&str, usize)> = text
        .split_inclusive('\n')
        .map(|line| {
            let at = start;
            start += line.len();
            (line.trim_end_matches(['\r', '\n']), at)
        })
        .collect();
    let digits = |at: usize| {
        lines.get(at).is_some_and(|(line, _)| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let opens = |at: usize| {
        let time = lines.get(at + 1).is_some_and(|(line, _)| line.len() == 10);
        let word = lines.get(at + 3).is_some_and(|(line, _)| line.starts_with(|c: char| c.is_ascii_alphabetic()));
        digits(at) && digits(at + 1) && digits(at + 2) && time && word
    };
    let mut entries: Vec<Piped<'_>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if opens(at) {
            let micros = lines[at + 2].0.parse().unwrap_or(0.0);
            entries.push(Piped { command: lines[at + 3].0, micros, arguments: Vec::new() });
            at += 4;
            continue;
        }
        if let Some(entry) = entries.last_mut() {
            entry.arguments.push(lines[at]);
        }
        at += 1;
    }
    entries
}

/// What a prompt and the command behind it leave of a text.
fn behind_prompt(text: &str) -> &str {
    let text = text.trim_start();
    match text.split_once('\n') {
        Some((first, rest)) if first.contains("> ") && first.to_ascii_uppercase().contains("SLOWLOG") => {
            rest.trim_start()
        }
        _ => text,
    }
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = behind_prompt(probe.head());
    let own = head.starts_with("1) 1) (integer)") && walk(head, |_, _| {}).first().is_some_and(is_entry);
    Confidence::certain_if(own || JSON.is_match(head) || PIPED.is_match(head) && CLIENT.is_match(head))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    if JSON.is_match(text) {
        json::walk(text, |event| {
            if let Event::String(path, range) = event {
                // The first of the inmost list is the command.
                let command = path.matches("[]").count() == 3 && text[..range.start - 1].trim_end().ends_with('[');
                if !command && !range.is_empty() && &text[range.clone()] != "…" {
                    secrets.rewrite(range, "…".to_owned());
                }
            }
        });
        return;
    }
    if PIPED.is_match(text) {
        for (argument, at) in piped(text).into_iter().flat_map(|entry| entry.arguments) {
            if !argument.is_empty() && argument != "…" {
                secrets.rewrite(at..at + argument.len(), "…".to_owned());
            }
        }
        return;
    }
    walk(text, |argument, at| {
        let inner = argument.trim_matches('"');
        if !inner.is_empty() && inner != "…" {
            let from = at + argument.len() - argument.trim_start_matches('"').len();
            secrets.rewrite(from..from + inner.len(), "…".to_owned());
        }
    });
}

#[allow(clippy::cast_precision_loss)] // counts of entries
fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let (mut found, mut odd) = (Vec::<(String, f64)>::new(), Dropped::default());
    if JSON.is_match(input.text) {
        let root: Value = json::parse(input.text)?;
        for entry in fields::items(&root, "") {
            let micros = entry.get(2).and_then(fields::as_number);
            match (fields::text(entry, "/3/0"), micros) {
                ("", _) | (_, None) => odd.add(None),
                (command, Some(micros)) => found.push((command.to_owned(), micros)),
            }
        }
    } else if PIPED.is_match(input.text) {
        found.extend(piped(input.text).into_iter().map(|entry| (entry.command.to_owned(), entry.micros)));
    } else {
        let entries = walk(input.text, |_, _| {});
        if !entries.first().is_some_and(is_entry) {
            let lacks = "no entry with number, time, duration and command";
            return Err(Refusal::not(
                FORMAT.title,
                lacks,
                "write it with `redis-cli --no-raw SLOWLOG GET 128 > slowlog.txt`",
            ));
        }
        for entry in &entries {
            match (entry.command, entry.fields.get(2).and_then(|field| number(field))) {
                (Some(command), Some(micros)) => found.push((command.to_owned(), micros)),
                _ => odd.add(entry.line),
            }
        }
    }
    let mut commands: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut times = Vec::with_capacity(found.len());
    for (command, micros) in found {
        times.push(micros / 1e3);
        commands.entry(command.to_uppercase()).or_default().push(micros / 1e3);
    }
    odd.tell(&mut import, "entries without duration or command");
    times.sort_unstable_by(f64::total_cmp);
    import.measure_count("cache.slowlog.entries", times.len(), "", "1)");
    for (metric, per_mille) in [("cache.slowlog.p50", 500), ("cache.slowlog.max", 1000)] {
        if let Some(value) = nearest_rank(&times, per_mille) {
            import.measure(metric, value, "", "1)");
        }
    }
    for (command, mut times) in commands {
        times.sort_unstable_by(f64::total_cmp);
        import.measure("cache.slowlog.entries", times.len() as f64, &*command, "4)");
        if let Some(most) = times.last() {
            import.measure("cache.slowlog.max", *most, &*command, "4)");
        }
    }
    import.note(None, "the log keeps slow commands alone: nothing follows from it about all commands");
    Ok(import)
}
