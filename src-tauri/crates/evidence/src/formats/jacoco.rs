//! `JaCoCo`, XML report.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, coverage,
    formats::no_secrets,
    severity::Severities,
    tags::{Event, events},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jacoco",
    title: "JaCoCo, XML report",
    tool: "JaCoCo",
    note: "The counters of the whole report, not those of packages, classes and methods in it.",
    metrics: coverage::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    Confidence::certain_if(head.starts_with('<') && head.contains("<report") && head.contains("<counter type="))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let (mut depth, mut groups, mut packages, mut classes, mut counters) = (0_usize, 0, 0, 0, 0);
    let mut count = 0_usize;
    for event in events(input.text) {
        count += 1;
        if count.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        let Event::Open { name, attributes, closed } = event else {
            depth = depth.saturating_sub(1);
            continue;
        };
        match (depth, name) {
            (0, "report") => import.subject = attributes.text("name").into_owned(),
            (0, _) => break,
            (_, "group") => groups += 1,
            (_, "package") => packages += 1,
            (_, "class") => classes += 1,
            (1, "counter") => {
                let kind = attributes.text("type").to_lowercase();
                match (attributes.number("missed"), attributes.number("covered")) {
                    (Some(missed), Some(covered)) => {
                        counters += 1;
                        coverage::emit(&mut import, &kind, missed + covered, covered, "/report/counter");
                    }
                    _ => import.warn(None, format!("the counter `{kind}` has no numbers: it is left out")),
                }
            }
            _ => {}
        }
        depth += usize::from(!closed);
    }
    if counters == 0 {
        if depth > 0 && count > 1 {
            return Err(Refusal::new("the report breaks off before its own counters", "export it again"));
        }
        let lacks = "no `<report>` with counters of its own in it";
        return Err(Refusal::not(FORMAT.title, lacks, "take target/site/jacoco/jacoco.xml"));
    }
    for (kind, number) in [("group", groups), ("package", packages), ("class", classes)] {
        import.measure_count("coverage.listed", number, kind, "/report");
    }
    Ok(import)
}
