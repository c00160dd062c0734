//! JMeter, raw samples: JTL as CSV or as XML.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    dropped::Dropped,
    load::{self, Sample, Samples},
    mask::constant,
    severity::Severities,
    tags::{Event, events},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jmeter-jtl",
    title: "JMeter, JTL (CSV or XML)",
    tool: "JMeter",
    note: "Every sample, those of transaction controllers as well; samples nested in another are part of it. A sample \
           failed when JMeter wrote success=false. Percentiles by nearest rank.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// What was sent and answered, which nothing is measured of.
fn secrets(text: &str, secrets: &mut Secrets) {
    static CONTENT: LazyLock<Regex> = LazyLock::new(|| {
        constant(concat!(
            "<(?:requestHeader|responseHeader|responseData|samplerData|queryString|cookies)(?:\\s[^<>]*)?>",
            "([^<]*[^<\\s…][^<]*)</",
        ))
    });
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        constant("(?i-u:password|passwd|secret|token|api[_-]?key|authorization|cookie|credential|session|bearer)")
    });
    if text.trim_start().starts_with('<') {
        for content in CONTENT.captures_iter(text).filter_map(|found| found.get(1)) {
            match TOLD.is_match(content.as_str()) {
                true => secrets.add(content.range()),
                false => secrets.rewrite(content.range(), "…".to_owned()),
            }
        }
    }
}

/// The columns that JMeter writes unless it is told otherwise, for files without a header.
const DEFAULT: &[&str] =
    &["timeStamp", "elapsed", "label", "responseCode", "responseMessage", "threadName", "dataType", "success"];

struct Columns {
    time: Option<usize>,
    elapsed: usize,
    label: Option<usize>,
    status: Option<usize>,
    message: Option<usize>,
    success: Option<usize>,
    url: Option<usize>,
    header: bool,
    delimiter: u8,
}

impl Columns {
    fn of(line: &str) -> Option<Self> {
        let delimiter =
            [b'|', b',', b';', b'\t'].into_iter().max_by_key(|d| line.bytes().filter(|byte| byte == d).count())?;
        let cells: Vec<&str> =
            line.split(char::from(delimiter)).map(|cell| cell.trim_matches(['"', ' ', '\r'])).collect();
        let find = |names: &[&str], name: &str| names.iter().position(|cell| *cell == name);
        let of = |names: &[&str], header| {
            Some(Self {
                time: find(names, "timeStamp"),
                elapsed: find(names, "elapsed")?,
                label: find(names, "label"),
                status: find(names, "responseCode"),
                message: find(names, "responseMessage"),
                success: find(names, "success"),
                url: find(names, "URL"),
                header,
                delimiter,
            })
        };
        let known =
            find(&cells, "elapsed").is_some() && (find(&cells, "label").is_some() || find(&cells, "success").is_some());
        if known {
            return of(&cells, true);
        }
        let digits = |cell: &str, least: usize| cell.len() >= least && cell.bytes().all(|byte| byte.is_ascii_digit());
        let time = |cell: &str| digits(cell, 12) || start_ms(cell).is_finite();
        let plain = cells.len() >= 8 && time(cells[0]) && digits(cells[1], 1) && matches!(cells[7], "true" | "false");
        if plain { of(DEFAULT, false) } else { None }
    }
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = head.starts_with('<') && head.get(..head.len().min(400)).unwrap_or(head).contains("<testResults");
    let csv = probe
        .lines(1)
        .any(|line| line.len() < 4096 && !line.starts_with(['{', '[', '<']) && Columns::of(line).is_some());
    Confidence::certain_if(xml || csv)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let text = input.text.trim_start();
    if text.starts_with('<') {
        xml(input, text, &mut import)?;
        return Ok(import);
    }
    let columns =
        text.lines().next().filter(|line| !line.starts_with(['{', '['])).and_then(Columns::of).ok_or_else(no)?;
    csv(input, text, &columns, &mut import)?;
    Ok(import)
}

fn no() -> Refusal {
    let lacks = "neither `<testResults>` nor rows with `elapsed`, `label` and `success`";
    Refusal::not(FORMAT.title, lacks, "write it with `jmeter -n -t plan.jmx -l result.jtl`")
}

fn csv(input: &Input<'_>, text: &str, columns: &Columns, import: &mut Import) -> Result<(), Refusal> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(columns.delimiter)
        .flexible(true)
        .has_headers(columns.header)
        .from_reader(text.as_bytes());
    let (mut samples, mut record) = (Samples::default(), csv::StringRecord::new());
    let (mut broken, mut transactions, mut rows) = (Dropped::default(), 0_usize, 0_usize);
    if columns.success.is_none() {
        import.warn(Some(1), "no column `success`: which samples failed is told by their response code alone");
    }
    while reader.read_record(&mut record).map_err(|error| {
        Refusal::new(format!("not readable as CSV: {error}"), "export it again; nothing of it was imported")
    })? {
        rows += 1;
        if rows.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |index: Option<usize>| index.and_then(|index| record.get(index)).unwrap_or_default().trim();
        let line = record.position().map_or(0, csv::Position::line);
        let success = cell(columns.success);
        let Ok(millis) = cell(Some(columns.elapsed)).parse::<f64>() else {
            broken.add(line);
            continue;
        };
        // A row that broke off has no `success`, and would count as failed.
        if !millis.is_finite() || columns.success.is_some() && !is_bool(success) {
            broken.add(line);
            continue;
        }
        let status = cell(columns.status);
        let transaction = cell(columns.message).starts_with("Number of samples in transaction");
        transactions += usize::from(transaction);
        let failed = match columns.success {
            Some(_) => !success.eq_ignore_ascii_case("true"),
            None => !load::served(status),
        };
        let subject = Some(cell(columns.label)).filter(|label| !label.is_empty()).unwrap_or_else(|| cell(columns.url));
        let start_ms = start_ms(cell(columns.time));
        let status = if is_status(status) && !transaction { status } else { "" };
        samples.add(Sample { subject, status, start_ms, millis, failed, method: "" });
    }
    broken.tell(import, "rows without a time and a success");
    if transactions > 0 {
        import.note(
            None,
            format!(
                "{transactions} samples are those of transaction controllers: the total counts their parts as well"
            ),
        );
    }
    finish(samples, 0, import, "elapsed");
    Ok(())
}

fn xml(input: &Input<'_>, text: &str, import: &mut Import) -> Result<(), Refusal> {
    let mut samples = Samples::default();
    let (mut depth, mut nested, mut count, mut root, mut closed) = (0_usize, 0_usize, 0_usize, false, false);
    let mut timeless = Dropped::default();
    for event in events(text) {
        count += 1;
        if count.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        match event {
            Event::Open { name, attributes, closed: empty, .. } => {
                root |= name == "testResults";
                if !root {
                    return Err(no());
                }
                if !matches!(name, "httpSample" | "sample" | "sampleResult") {
                    continue;
                }
                // JMeter before 2.1 wrote the names out.
                let short = name != "sampleResult";
                let text = |brief: &str, long: &str| attributes.text(if short { brief } else { long });
                if depth > 0 {
                    nested += 1;
                } else if let Some(millis) = attributes.number(if short { "t" } else { "time" }) {
                    let (subject, status) = (text("lb", "label"), text("rc", "responseCode"));
                    let success = text("s", "success");
                    samples.add(Sample {
                        subject: &subject,
                        method: "",
                        status: if is_status(&status) { &status } else { "" },
                        start_ms: start_ms(&text("ts", "timeStamp")),
                        millis,
                        failed: if success.is_empty() { !load::served(&status) } else { success != "true" },
                    });
                } else {
                    timeless.add(None);
                }
                depth += usize::from(!empty);
            }
            Event::Close { name: "httpSample" | "sample" | "sampleResult" } => depth = depth.saturating_sub(1),
            Event::Close { name: "testResults" } => closed = true,
            _ => {}
        }
    }
    if !root {
        return Err(no());
    }
    timeless.tell(import, "samples without a time `t`");
    if !closed {
        import.warn(None, "`</testResults>` is missing: the test was broken off, or the file is truncated");
    }
    if nested > 0 {
        import.note(None, format!("{nested} samples are part of another and not counted by themselves"));
    }
    finish(samples, nested, import, "t");
    Ok(())
}

fn finish(samples: Samples, nested: usize, import: &mut Import, at: &str) {
    import.measure_count("load.records", samples.len() + nested, "samples", at);
    samples.emit(import, at);
}

/// When a sample began: milliseconds since 1970, or as `jmeter.save.saveservice.timestamp_format` has it written. NaN
/// where it cannot be told, as for times without a day.
#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 fit
fn start_ms(text: &str) -> f64 {
    if let Ok(millis) = text.parse() {
        return millis;
    }
    let time = text.replace('/', "-").parse::<jiff::civil::DateTime>().ok();
    let time = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok());
    time.map_or(f64::NAN, |time| time.timestamp().as_microsecond() as f64 / 1e3)
}

fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Codes are three digits; JMeter writes what Java threw in their place where none came.
fn is_status(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}
