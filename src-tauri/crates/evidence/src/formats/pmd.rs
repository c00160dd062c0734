//! PMD's CSV.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{CODE_METRICS, Scan, headline},
    severity::{Severities, Words},
    table::csv_table,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "pmd",
    title: "pmd check --format csv",
    tool: "PMD",
    note: "One issue a violation. Its severity is PMD's priority, 1 being the worst.",
    metrics: CODE_METRICS,
    severities: Severities::of(WORDS),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities: priorities.
const WORDS: Words = &[
    ("1", Severity::Critical),
    ("2", Severity::High),
    ("3", Severity::Medium),
    ("4", Severity::Low),
    ("5", Severity::Info),
];

/// The header, without quotes.
const HEADER: &str = "Problem,Package,File,Priority,Line,Description,Rule set,Rule";

fn is_header(text: &str) -> bool {
    text.trim_start().lines().next().unwrap_or_default().replace('"', "").trim() == HEADER
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(is_header(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = |lacks| Refusal::not(FORMAT.title, lacks, "export it with `pmd check --format csv --report-file pmd.csv`");
    if !is_header(input.text) {
        return Err(no("its header is another"));
    }
    let table = csv_table(input.text).ok_or_else(|| no("it is no CSV"))?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let [_, package, file, priority, place, description, set, rule] = row else { continue };
        let issue = Issue {
            rule: rule.clone(),
            title: headline(description),
            message: format!("{description} ({set})"),
            component: package.clone(),
            location: file.clone(),
            line: place.parse().ok().filter(|line| *line > 0),
            at: format!("line {line}"),
            ..Issue::default()
        };
        scan.add(Class::Code, priority, issue);
    }
    Ok(scan.finish(&[Class::Code], "line 1"))
}
