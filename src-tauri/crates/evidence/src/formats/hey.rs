//! hey, its text summary and its CSV of raw samples.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    dropped::Dropped,
    formats::no_secrets,
    load::{self, Sample, Samples, hey_text, served},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "hey",
    title: "hey, text summary or CSV (-o csv)",
    tool: "hey",
    note: "Seconds; of the text every run of the file. Failed are answers other than 1xx to 3xx and the errors of the text summary; the CSV holds \
           answered requests only, its percentiles are by nearest rank.",
    metrics: load::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

const CSV: &str = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset";

fn is_text(head: &str) -> bool {
    hey_text::looks_like(head) && !hey_text::is_oha(head)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(is_text(probe.head()) || probe.text().starts_with(CSV))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    match input.text.trim_start() {
        text if text.starts_with(CSV) => csv(input, &mut import)?,
        text if is_text(text) => hey_text::read(input.text, &mut import)?,
        _ => {
            let lacks = "it begins neither with `Summary:` nor with the columns of its CSV";
            return Err(Refusal::not(FORMAT.title, lacks, "write it with `hey URL > hey.txt`"));
        }
    }
    Ok(import)
}

fn csv(input: &Input<'_>, import: &mut Import) -> Result<(), Refusal> {
    let mut samples = Samples::default();
    let mut broken = Dropped::default();
    for (number, line) in (2_u64..).zip(input.text.trim_start().lines().skip(1)) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let mut cells = line.split(',');
        let mut number_at = |skip| cells.nth(skip).and_then(|cell| cell.trim().parse::<f64>().ok());
        let (time, status, offset) = (number_at(0), number_at(5), number_at(0));
        match (time, status) {
            (Some(time), Some(status)) if time.is_finite() => {
                let status = status.to_string();
                samples.add(Sample {
                    status: &status,
                    start_ms: offset.map_or(f64::NAN, |offset| offset * 1e3),
                    millis: (time * 1e12).round() / 1e9,
                    failed: !served(&status),
                    ..Sample::default()
                });
            }
            _ if line.trim().is_empty() => {}
            _ => broken.add(number),
        }
    }
    broken.tell(import, "rows without a time and a status");
    import.note(None, "requests that were not answered are not in hey's CSV: see its text summary for errors");
    samples.emit(import, "response-time");
    Ok(())
}
