//! Redis `SLOWLOG GET`, as `redis-cli` prints it.

use std::collections::BTreeMap;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets, dropped::Dropped, load::nearest_rank,
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
    let (mut field, mut start) = (0, 0);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let body = line.trim_end();
        if let Some((numbers, rest, at)) = item(body) {
            let indent = body.len() - body.trim_start().len();
            // `1) 1) (integer) 14` opens an entry, `   2) …` is a field, `   4) 1) "GET"` and what is deeper a command.
            let opens = numbers.len() >= 2 && rest.starts_with("(integer)");
            if opens {
                entries.push(Entry { line: number, ..Entry::default() });
                field = numbers[1];
            } else if indent < 6 {
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

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let own = head.starts_with("1) 1) (integer)");
    Confidence::certain_if(own && walk(head, |_, _| {}).first().is_some_and(is_entry))
}

fn secrets(text: &str, secrets: &mut Secrets) {
    walk(text, |argument, at| {
        let inner = argument.trim_matches('"');
        if !inner.is_empty() && inner != "…" {
            let from = at + usize::from(argument.starts_with('"'));
            secrets.rewrite(from..from + inner.len(), "…".to_owned());
        }
    });
}

#[allow(clippy::cast_precision_loss)] // counts of entries
fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let entries = walk(input.text, |_, _| {});
    if !entries.first().is_some_and(is_entry) {
        let lacks = "no entry with number, time, duration and command";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `redis-cli --no-raw SLOWLOG GET 128 > slowlog.txt`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut commands: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let (mut times, mut odd) = (Vec::new(), Dropped::default());
    for entry in &entries {
        let micros = entry.fields.get(2).and_then(|field| number(field));
        let (Some(command), Some(micros)) = (entry.command, micros) else {
            odd.add(entry.line);
            continue;
        };
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
