//! Cobertura's XML, which many coverage tools write.

use groma_model::Timestamp;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    coverage::{self, Lines},
    dropped::Dropped,
    formats::no_secrets,
    severity::Severities,
    tags::{Event, events},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "cobertura",
    title: "Cobertura, XML",
    tool: "Cobertura",
    note: "What the report says of the whole, and beside it what its lines add up to, each line of a file once. Where the \
           two differ both are told.",
    metrics: coverage::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let root = head.find("<coverage").map(|at| &head[at..head.floor_char_boundary(at + 2000)]);
    Confidence::certain_if(head.starts_with('<') && root.is_some_and(|root| root.contains("line-rate=")))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let mut odd = Dropped::default();
    let (mut lines, mut methods, mut in_method) = (Lines::default(), Lines::default(), false);
    let (mut file, mut classes, mut stated, mut closed, mut count) = (0, 0_usize, None, false, 0_usize);
    for event in events(input.text) {
        count += 1;
        if count.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        match event {
            Event::Open { name: "coverage", attributes, .. } if stated.is_none() => stated = Some(attributes),
            Event::Open { .. } if stated.is_none() => break,
            Event::Open { name: "class", attributes, .. } => {
                classes += 1;
                file = lines.file(&attributes.text("filename"));
                methods.file(&attributes.text("filename"));
            }
            Event::Open { name: "line", attributes, .. } => {
                match (attributes.number("number"), attributes.number("hits")) {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    (Some(number), Some(hits)) => {
                        let lines = if in_method { &mut methods } else { &mut lines };
                        lines.add(file, number as u64, hits > 0.0);
                    }
                    _ => odd.add(None),
                }
            }
            Event::Open { name: "method", closed: false, .. } => in_method = true,
            Event::Close { name: "method" } => in_method = false,
            Event::Close { name: "coverage" } => closed = true,
            _ => {}
        }
    }
    let Some(stated) = stated.filter(|stated| stated.raw("line-rate").is_some()) else {
        let lacks = "its root is no `<coverage line-rate=…>`";
        return Err(Refusal::not(FORMAT.title, lacks, "export the coverage as Cobertura XML"));
    };
    odd.tell(&mut import, "lines without number and hits");
    if !closed {
        import.error(None, "`</coverage>` is missing: the file is truncated, its lines are not all there");
    }
    import.tool_version = stated.text("version").into_owned();
    // Some tools write seconds, some milliseconds.
    import.captured_at = stated
        .raw("timestamp")
        .and_then(|time| time.trim().parse::<i64>().ok())
        .and_then(|time| Timestamp::from_second(if time > 100_000_000_000 { time / 1000 } else { time }).ok());
    let at = "/coverage";
    // A method's lines stand in its class again, where the tool lists them there at all.
    let lines = if lines.counted().0 > 0.0 { lines } else { methods };
    let (total, covered) = lines.counted();
    match (stated.number("lines-valid"), stated.number("lines-covered"), stated.number("line-rate")) {
        (Some(total), Some(covered), _) if total > 0.0 => coverage::emit(&mut import, "line", total, covered, at),
        (.., Some(rate)) if total > 0.0 => import.measure("coverage.lines", rate.clamp(0.0, 1.0), "", at),
        _ => import.warn(None, "the report says nothing of the whole"),
    }
    match (stated.number("branches-valid"), stated.number("branches-covered")) {
        (Some(total), Some(covered)) => coverage::emit(&mut import, "branch", total, covered, at),
        _ => import.note(None, "no number of branches in the report"),
    }
    import.measure("coverage.total", total, "listed line", "/coverage//line");
    import.measure("coverage.covered", covered, "listed line", "/coverage//line");
    if total > 0.0 {
        import.measure("coverage.lines.listed", covered / total, "", "/coverage//line");
    }
    import.measure_count("coverage.listed", classes, "class", at);
    import.measure_count("coverage.listed", lines.files(), "file", at);
    let whole = import.value("coverage.lines", "");
    if let Some(whole) = whole.filter(|whole| total > 0.0 && (whole - covered / total).abs() > 0.005) {
        import.warn(
            None,
            format!(
                "the report states {:.1} % of lines, its own lines add up to {:.1} %: parts may have been left out",
                whole * 100.0,
                covered / total * 100.0
            ),
        );
    }
    Ok(import)
}
