//! The JVM's unified GC log (`-Xlog:gc*`, JDK 9 and later).

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, load::nearest_rank, severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jvm-gc-log",
    title: "JVM, unified GC log (-Xlog:gc)",
    tool: "JVM",
    note: "Pauses are the `Pause` lines tagged gc alone that carry a duration (of ZGC those tagged gc,phases); concurrent \
           work stops nothing and is counted apart. Percentiles by nearest rank. Overhead is pause time by time of the log.",
    metrics: &["jvm.gc.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

/// A line of the log.
struct Line<'a> {
    /// Uptime or any other clock of the line, in milliseconds.
    clock: Option<f64>,
    tags: &'a str,
    message: &'a str,
}

fn line(text: &str) -> Option<Line<'_>> {
    let (mut rest, mut clock, mut tags) = (text.trim(), None, "");
    while let Some((decoration, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let decoration = decoration.trim();
        clock = clock.or_else(|| millis(decoration));
        if decoration.split(',').next().is_some_and(|tag| tag.trim() == "gc" || tag.trim() == "safepoint") {
            tags = decoration;
        }
        rest = after;
    }
    (!tags.is_empty()).then(|| Line { clock, tags, message: rest.trim() })
}

/// `0.018s`, `2,048s`, `233ms` to milliseconds; a decimal comma is what some locales write.
fn millis(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite());
    match text.strip_suffix("ms") {
        Some(millis) => number(millis),
        None => number(text.strip_suffix('s')?).map(|seconds| seconds * 1e3),
    }
}

/// The heap after a collection, of `14M->12M(128M)`, in bytes.
fn heap_after(message: &str) -> Option<f64> {
    message.split_whitespace().rev().find_map(|word| {
        let (_, after) = word.split_once("->")?;
        let size = after.split('(').next()?;
        crate::units::bytes(size)
    })
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let of_gc = probe.lines(60).filter_map(line).any(|line| {
        line.message.starts_with("Using ")
            || line.message.starts_with("GC(")
            || line.message.contains("Initializing The")
    });
    Confidence::certain_if(of_gc)
}

#[allow(clippy::cast_precision_loss)] // counts of lines
fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let (mut pauses, mut phases, mut full, mut durations, mut lines, mut known) =
        (vec![], vec![], 0_usize, 0_usize, 0, 0);
    let (mut collector, mut first, mut last, mut heap) = (String::new(), None, None, None::<f64>);
    for text in input.text.lines() {
        lines += 1_usize;
        if lines.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let Some(line) = line(text) else { continue };
        known += 1;
        first = first.or(line.clock);
        last = line.clock.or(last);
        if let Some(name) = line.message.strip_prefix("Using ").filter(|_| line.tags == "gc" || line.tags == "gc,init")
        {
            collector = name.trim_start_matches("The ").trim_end_matches(" Collector").to_owned();
        }
        let duration =
            line.message.rsplit_once(' ').and_then(|(_, word)| millis(word.strip_suffix("ms").map(|_| word)?));
        let pause = line.message.split_once(") ").is_some_and(|(_, event)| event.starts_with("Pause "));
        let Some(duration) = duration else { continue };
        if line.tags == "gc" {
            durations += 1;
            heap = heap_after(line.message).map_or(heap, |after| Some(heap.map_or(after, |most| most.max(after))));
            if pause {
                full += usize::from(line.message.contains(") Pause Full"));
                pauses.push(duration);
            }
        } else if pause && line.tags.replace(' ', "") == "gc,phases" {
            phases.push(duration);
        }
    }
    if known == 0 {
        let lacks = "no line tagged [gc]";
        return Err(Refusal::not(FORMAT.title, lacks, "run the JVM with `-Xlog:gc*:file=gc.log:uptime,level,tags`"));
    }
    // ZGC logs its pauses as phases.
    let pauses = if pauses.is_empty() { &mut phases } else { &mut pauses };
    let at = "[gc]";
    import.measure_count("jvm.gc.lines", lines, "", at);
    import.measure_count("jvm.gc.events", durations, "", at);
    import.measure_text("jvm.gc.pauses", pauses.len() as f64, "", at, collector);
    import.measure_count("jvm.gc.full", full, "", at);
    if let Some(heap) = heap {
        import.measure("jvm.gc.heap_after.max", heap, "", at);
    }
    if known * 2 < lines {
        import.note(None, format!("{} of {lines} lines are not of the collector", lines - known));
    }
    if pauses.is_empty() {
        import.warn(None, "no pause with a duration in the log: nothing can be said about pauses");
        return Ok(import);
    }
    pauses.sort_unstable_by(f64::total_cmp);
    let sum: f64 = pauses.iter().sum();
    import.measure("jvm.gc.pause.total", sum, "", at);
    import.measure("jvm.gc.pause.avg", sum / pauses.len() as f64, "", at);
    for (metric, per_mille) in [("jvm.gc.pause.p99", 990), ("jvm.gc.pause.max", 1000)] {
        if let Some(value) = nearest_rank(pauses, per_mille) {
            import.measure(metric, value, "", at);
        }
    }
    match (first, last) {
        (Some(first), Some(last)) if last > first => {
            import.measure("jvm.gc.span", last - first, "", at);
            import.measure("jvm.gc.overhead", (sum / (last - first)).min(1.0), "", at);
        }
        _ => import.note(None, "no uptime in the log: the share of time spent in pauses is unknown"),
    }
    Ok(import)
}
