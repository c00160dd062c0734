//! The JVM's GC log: unified (`-Xlog:gc*`, JDK 9 and later), and as older ones wrote it (`-XX:+PrintGCDetails`).

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    formats::no_secrets,
    gc::{Collected, Legacy, line},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jvm-gc-log",
    title: "JVM, GC log (-Xlog:gc, -XX:+PrintGCDetails)",
    tool: "JVM",
    note: "Pauses are the `Pause` lines tagged gc alone that carry a duration (of ZGC those tagged gc,phases); concurrent \
           work stops nothing and is counted apart. Percentiles by nearest rank. Overhead is pause time by time of the log.",
    metrics: &["jvm.gc.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let of_gc = probe.lines(60).filter_map(line).any(|line| {
        line.message.starts_with("Using ")
            || line.message.starts_with("GC(")
            || line.message.contains("Initializing The")
    });
    Confidence::certain_if(of_gc || probe.lines(200).any(Legacy::is_line))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let mut unified = Collected::default();
    // ZGC logs its pauses as phases.
    let mut phases = Vec::new();
    for text in input.text.lines() {
        unified.lines += 1;
        if unified.lines.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let Some(line) = line(text) else { continue };
        unified.known += 1;
        unified.clock(line.clock);
        if let Some(name) = line.message.strip_prefix("Using ").filter(|_| matches!(line.tags, "gc" | "gc,init")) {
            name.trim_start_matches("The ").trim_end_matches(" Collector").clone_into(&mut unified.collector);
        }
        let pause = line.event().is_some_and(|event| event.starts_with("Pause "));
        let Some(duration) = line.duration() else { continue };
        if line.tags == "gc" {
            unified.events += 1;
            unified.heap_after(line.heap_after());
            if pause {
                unified.full += usize::from(line.message.contains(") Pause Full"));
                unified.pauses.push(duration);
            }
        } else if pause && line.tags.replace(' ', "") == "gc,phases" {
            phases.push(duration);
        }
    }
    if unified.known > 0 {
        if unified.pauses.is_empty() {
            unified.pauses = phases;
        }
        unified.emit(&mut import);
        return Ok(import);
    }
    let mut legacy = Legacy::default();
    for text in input.text.lines() {
        if legacy.collected.lines.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        legacy.add(text);
    }
    if legacy.collected.events == 0 {
        let lacks = "no line tagged [gc]";
        return Err(Refusal::not(FORMAT.title, lacks, "run the JVM with `-Xlog:gc*:file=gc.log:uptime,level,tags`"));
    }
    legacy.collected.emit(&mut import);
    Ok(import)
}
