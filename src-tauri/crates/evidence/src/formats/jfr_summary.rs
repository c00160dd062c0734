//! `jfr summary`: what a recording of the Java Flight Recorder holds.

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities};

/// The format.
pub const FORMAT: Format = Format {
    id: "jfr-summary",
    title: "Java Flight Recorder, jfr summary",
    tool: "JDK Flight Recorder",
    note: "The length of the recording and the number of its events by type; types without an event are left out.",
    metrics: &["jvm.jfr.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn is_header(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    words == ["Event", "Type", "Count", "Size", "(bytes)"]
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.lines(20).any(is_header))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let (mut below, mut types, mut events) = (false, 0_usize, 0.0);
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        let at = format!("line {number}");
        if is_header(line) {
            below = true;
        } else if !below {
            match line.trim().split_once(':') {
                Some(("Start", time)) => import.captured_at = start(time),
                Some(("Duration", length)) => match seconds(length) {
                    Some(seconds) => import.measure("jvm.jfr.duration", seconds * 1e3, "", at),
                    None => import.warn(Some(number), "the duration is no number of seconds: it is left out"),
                },
                _ => {}
            }
        } else if let [kind, count, _] = line.split_whitespace().collect::<Vec<_>>()[..]
            && let Ok(count) = count.parse::<u32>()
        {
            types += 1;
            events += f64::from(count);
            if count > 0 {
                import.measure("jvm.jfr.events", f64::from(count), kind, at);
            }
        }
    }
    if types == 0 {
        let lacks = "no table of `Event Type`, `Count` and `Size (bytes)`";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `jfr summary recording.jfr > summary.txt`"));
    }
    import.measure("jvm.jfr.events", events, "", "Event Type");
    if events == 0.0 {
        import.error(None, "the recording holds no event");
    }
    Ok(import)
}

/// ` 2026-09-14 07:31:02 (UTC)`.
fn start(text: &str) -> Option<groma_model::Timestamp> {
    let text = text.trim().strip_suffix("(UTC)")?.trim();
    format!("{}Z", text.replace(' ', "T")).parse().ok()
}

/// ` 60 s`.
fn seconds(text: &str) -> Option<f64> {
    text.trim().strip_suffix('s')?.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite())
}
