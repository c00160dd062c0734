//! `JaCoCo`, XML or CSV report.

use groma_model::Timestamp;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, coverage,
    formats::no_secrets,
    severity::Severities,
    table::csv_table,
    tags::{Event, events},
};

/// The format.
pub const FORMAT: Format = Format {
    id: "jacoco",
    title: "JaCoCo, XML or CSV report",
    tool: "JaCoCo",
    note: "The counters of the whole report, not those of packages, classes and methods in it; of the CSV, those of its \
           classes together.",
    metrics: coverage::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let head = probe.head();
    let xml = head.starts_with('<') && head.contains("<report") && head.contains("<counter type=");
    Confidence::certain_if(xml || is_csv(head))
}

/// How the columns of the CSV begin, without quotes.
const COLUMNS: &str = "GROUP,PACKAGE,CLASS,INSTRUCTION_MISSED,INSTRUCTION_COVERED";
/// Kinds of counters, by their columns.
const KINDS: [&str; 5] = ["instruction", "branch", "line", "complexity", "method"];

fn is_csv(text: &str) -> bool {
    text.trim_start().lines().next().unwrap_or_default().replace('"', "").starts_with(COLUMNS)
}

fn parse_csv(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let broken = || Refusal::not(FORMAT.title, "it is no CSV", "take target/site/jacoco/jacoco.csv");
    let table = csv_table(input.text).ok_or_else(broken)?;
    if let Some(line) = table.ragged {
        import.error(Some(line), "a row has fewer or more cells than the header: the file may be truncated");
    }
    for kind in KINDS {
        let of = |end: &str| table.column(&format!("{kind}_{end}"));
        let (Some(missed), Some(covered)) = (of("MISSED"), of("COVERED")) else { continue };
        let sum = |column: usize| {
            table
                .rows
                .iter()
                .filter_map(|row| row.get(column)?.trim().parse::<f64>().ok())
                .fold(0.0, |all, one| all + one)
        };
        let covered = sum(covered);
        coverage::emit(&mut import, kind, sum(missed) + covered, covered, "line 1");
    }
    // A class has no column of its own: it is covered where any of it is.
    let ran = |row: &&Vec<String>| {
        row.get(4).and_then(|cell| cell.trim().parse::<f64>().ok()).is_some_and(|count| count > 0.0)
    };
    #[allow(clippy::cast_precision_loss)] // counts of classes
    let (classes, covered) = (table.rows.len() as f64, table.rows.iter().filter(ran).count() as f64);
    coverage::emit(&mut import, "class", classes, covered, "line 1");
    let packages: std::collections::HashSet<_> = table.rows.iter().map(|row| (row.first(), row.get(1))).collect();
    import.measure_count("coverage.listed", packages.len(), "package", "line 1");
    import.measure_count("coverage.listed", table.rows.len(), "class", "line 1");
    Ok(import)
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if is_csv(input.text) {
        return parse_csv(input);
    }
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
            (_, "sessioninfo") => {
                let dumped = attributes.raw("dump").and_then(|time| time.trim().parse().ok());
                let dumped = dumped.and_then(|time| Timestamp::from_millisecond(time).ok());
                import.captured_at = import.captured_at.max(dumped);
            }
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
