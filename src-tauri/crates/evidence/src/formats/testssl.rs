//! testssl.sh's CSV.

use groma_model::{Issue, Severity};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    class::Class,
    formats::no_secrets,
    scan::{RUNNING_METRICS, Scan, cves, cwes},
    severity::{Severities, Words},
    table::csv_table,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "testssl",
    title: "testssl.sh --csvfile",
    tool: "testssl.sh",
    note: "One issue a row; OK is a test that passed and only counted, FATAL an error of the run.",
    metrics: RUNNING_METRICS,
    severities: Severities::of(WORDS).assigning(&[("FATAL", Severity::Info)]),
    sniff,
    secrets: no_secrets,
    parse,
};

/// Severities. `WARN` says that a test could not be made as planned.
const WORDS: Words = &[
    ("CRITICAL", Severity::Critical),
    ("HIGH", Severity::High),
    ("MEDIUM", Severity::Medium),
    ("LOW", Severity::Low),
    ("WARN", Severity::Low),
    ("INFO", Severity::Info),
    ("DEBUG", Severity::Info),
];

fn is_header(text: &str) -> bool {
    let header = text.trim_start().lines().next().unwrap_or_default().replace('"', "");
    header.starts_with("id,fqdn/ip,port,severity,finding")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(is_header(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = |lacks| Refusal::not(FORMAT.title, lacks, "export it with `testssl.sh --csvfile testssl.csv HOST`");
    if !is_header(input.text) {
        return Err(no("its header is another"));
    }
    let table = csv_table(input.text).ok_or_else(|| no("it is no CSV"))?;
    let mut scan = Scan::new(FORMAT.tool, WORDS, input);
    if let Some(line) = table.ragged {
        scan.import.error(Some(line), "a row has fewer or more cells than the header");
    }
    let mut passed = 0;
    for (row, line) in table.numbered() {
        if input.stop.now() {
            return Err(Refusal::stopped());
        }
        let cell = |index: usize| row.get(index).map_or("", String::as_str);
        let (id, host, word, finding) = (cell(0), cell(1), cell(3), cell(4));
        match word {
            "OK" => {
                passed += 1;
                scan.add_other(word);
                continue;
            }
            "FATAL" => scan.add_error(finding),
            _ => {}
        }
        let issue = Issue {
            rule: id.to_owned(),
            title: format!("{id}: {finding}"),
            message: finding.to_owned(),
            component: host.to_owned(),
            location: format!("{host}:{}", cell(2)),
            cwe: cwes(cell(6).split_whitespace()),
            cve: cves(cell(5).split_whitespace()),
            at: format!("line {line}"),
            ..Issue::default()
        };
        match word {
            "FATAL" => scan.add_assigned(Class::Running, Severity::Info, word, issue),
            word => scan.add(Class::Running, word, issue),
        }
    }
    let mut import = scan.finish(&[Class::Running], "line 1");
    import.measure_count("scan.passed", passed, "", "line 1");
    Ok(import)
}
