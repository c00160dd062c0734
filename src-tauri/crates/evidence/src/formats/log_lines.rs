//! Lines of an application's log: JSON, logfmt or plain text.

use std::collections::BTreeMap;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    json::{self, Event},
    logs::{Line, Shape, is_continuation, is_ornament, unwrapped},
    mask::{add_addresses, add_keys, add_literals, is_secret_name},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "log-lines",
    title: "Application log (JSON, logfmt or plain lines)",
    tool: "log",
    note: "What lines say of themselves, as shares of all lines. What Docker, Kubernetes or syslog puts before a line does not \
           count as the line's own. Lines that continue the one before, such as stack traces, are not counted. E-mail \
           addresses are replaced by `…`.",
    metrics: &["obs.logs.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Lines that are looked at to recognise a log.
const LOOKED_AT: usize = 200;
/// Fewer lines are no log to judge an application by.
const FEWEST: usize = 3;

/// What was counted.
#[derive(Default)]
struct Counts {
    lines: usize,
    continued: usize,
    clear: usize,
    json: usize,
    logfmt: usize,
    level: usize,
    time: usize,
    service: usize,
    request_id: usize,
    fields: BTreeMap<String, usize>,
    first: u64,
}

impl Counts {
    fn add(&mut self, number: u64, raw: &str) {
        let line = unwrapped(raw);
        if line.trim().is_empty() || is_ornament(&line) {
            return;
        }
        if is_continuation(&line) {
            // Before the first line there is nothing to go on with: a banner.
            self.continued += usize::from(self.lines > 0);
            return;
        }
        let found = Line::of(&line);
        if self.lines == 0 {
            self.first = number;
        }
        self.lines += 1;
        // What tells the time of a line may stand before it: that does not make the line better, but a log of it.
        let told = || found.level && Line::of(raw).time || is_dotnet(&line);
        self.clear += usize::from(found.is_clear() || told());
        self.json += usize::from(found.shape == Shape::Json);
        self.logfmt += usize::from(found.shape == Shape::Logfmt);
        self.level += usize::from(found.level);
        self.time += usize::from(found.time);
        self.service += usize::from(found.service);
        if let Some(field) = found.request_id {
            self.request_id += 1;
            *self.fields.entry(field).or_default() += 1;
        }
    }

    /// Whether it is a log: most lines are of a shape that nothing else has.
    fn is_log(&self) -> bool {
        self.lines >= FEWEST && self.clear * 10 >= self.lines * 7 && self.continued <= self.lines * 20
    }
}

/// What .NET writes to a console: level, category and event, without a time, and the message on the next line.
fn is_dotnet(line: &str) -> bool {
    let level =
        ["trce: ", "dbug: ", "info: ", "warn: ", "fail: ", "crit: "].iter().find_map(|level| line.strip_prefix(level));
    level.and_then(|rest| rest.strip_suffix(']')).and_then(|rest| rest.rsplit_once('[')).is_some_and(
        |(category, event)| {
            !category.is_empty() && !category.contains(' ') && event.bytes().all(|byte| byte.is_ascii_digit())
        },
    )
}

/// Logs of programs that have a format of their own, told by a word of their lines.
fn is_other(text: &str) -> bool {
    text.lines().take(20).any(|line| line.contains("[gc") || line.contains("[safepoint"))
        || text.starts_with("{\"attack\":")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    // A priority of syslog may begin a line, like a tag of XML.
    let tag = probe.text().strip_prefix('<').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_other(probe.head()) || tag {
        return Confidence::No;
    }
    let mut counts = Counts::default();
    probe.lines(LOOKED_AT).for_each(|line| counts.add(1, line));
    if counts.is_log() { Confidence::Possible } else { Confidence::No }
}

/// Marks the fields of a line of JSON that are named after secrets.
fn add_fields(line: &str, offset: usize, secrets: &mut Secrets) {
    if !line.starts_with('{') {
        return;
    }
    json::walk(line, |event| {
        if let Event::String(path, range) = event {
            let name = path.rsplit('/').next().unwrap_or_default();
            if is_secret_name(name) || name.eq_ignore_ascii_case("authorization") {
                secrets.add(offset + range.start..offset + range.end);
            }
        }
    });
}

fn secrets(text: &str, secrets: &mut Secrets) {
    add_addresses(text, secrets);
    add_keys(text, secrets);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        add_fields(line, start, secrets);
        start += line.len();
    }
    // Statements that PostgreSQL logs, which go on in lines that begin with a tab.
    const STATEMENTS: &[&str] =
        &["STATEMENT:  ", "QUERY:  ", " statement: ", " parameters: ", " execute ", "Parameters: "];
    let (mut start, mut within) = (0, None);
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        let from = match within {
            Some(_) if line.starts_with('\t') => Some(0),
            _ => {
                within = None;
                STATEMENTS.iter().filter(|_| body.contains(":  ")).filter_map(|word| body.find(word)).min()
            }
        };
        if let Some(from) = from {
            within = Some(add_literals(&body[from..], start + from, within == Some(true), false, secrets));
        }
        start += line.len();
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut counts = Counts::default();
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if number.is_multiple_of(1024) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        counts.add(number, line);
    }
    if !counts.is_log() || is_other(input.text) {
        let lacks = "most of its lines have no level and time, or are fewer than three";
        return Err(Refusal::not(
            FORMAT.title,
            lacks,
            "write it with `kubectl logs --tail=5000 deploy/NAME > NAME.log`, or `docker logs NAME`",
        ));
    }
    let mut import = Import::of(FORMAT.tool);
    measure(&mut import, &counts);
    Ok(import)
}

#[allow(clippy::cast_precision_loss)] // counts of lines
fn measure(import: &mut Import, counts: &Counts) {
    let at = format!("line {}", counts.first);
    let plain = counts.lines - counts.json - counts.logfmt;
    let shape = match counts.json.max(counts.logfmt).max(plain) {
        most if most == counts.json => "JSON",
        most if most == counts.logfmt => "logfmt",
        _ => "plain",
    };
    let all = counts.lines as f64;
    import.measure_text("obs.logs.lines", all, "", &*at, shape);
    let field = counts.fields.iter().max_by_key(|(_, count)| **count).map_or("", |(field, _)| field);
    for (metric, count, text) in [
        ("obs.logs.json.ratio", counts.json, ""),
        ("obs.logs.level.ratio", counts.level, ""),
        ("obs.logs.time.ratio", counts.time, ""),
        ("obs.logs.service.ratio", counts.service, ""),
        ("obs.logs.request_id.ratio", counts.request_id, field),
    ] {
        import.measure_text(metric, count as f64 / all, "", &*at, text);
    }
    if counts.continued > 0 {
        import
            .note(None, format!("{} lines continue the one before, as stack traces do: not counted", counts.continued));
    }
    if counts.request_id > 0 && counts.request_id < counts.lines {
        import.note(
            None,
            "lines of start-up and background work belong to no request: a share below 1 may be all there can be",
        );
    }
}
