//! `kubectl top pods` and `kubectl top nodes`.

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities, units};

/// The format.
pub const FORMAT: Format = Format {
    id: "kubectl-top",
    title: "kubectl top pods or nodes",
    tool: "kubectl",
    note: "Use at the moment of capture; a node's shares are of what can be allocated.",
    metrics: &["deploy.cpu.*", "deploy.memory.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn header(line: &str) -> Option<Vec<&str>> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let has = |name: &str| columns.contains(&name);
    let named = has("NAME") || has("POD");
    (named && has("CPU(cores)") && has("MEMORY(bytes)")).then_some(columns)
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.lines(3).any(|line| header(line).is_some()))
}

/// `250m` and `2` cores; `137Mi` and `1Gi` to bytes; `12%` to a ratio.
fn value(column: &str, text: &str) -> Option<f64> {
    let number = |text: &str| text.parse().ok().filter(|value: &f64| value.is_finite());
    match column {
        "CPU(cores)" => match text.strip_suffix('m') {
            Some(milli) => number(milli).map(|milli| milli / 1e3),
            None => number(text),
        },
        "MEMORY(bytes)" => units::bytes(text),
        _ => number(text.strip_suffix('%')?).map(|percent| percent / 100.0),
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let mut import = Import::of(FORMAT.tool);
    let mut columns: Option<Vec<&str>> = None;
    let mut rows = 0;
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        if let Some(found) = header(line) {
            columns = Some(found);
            continue;
        }
        let cells: Vec<&str> = line.split_whitespace().collect();
        let Some(columns) = &columns else { continue };
        if cells.is_empty() {
            continue;
        }
        // The sum that `--sum` asks for stands below a rule.
        if cells[0].bytes().all(|byte| byte == b'_') {
            break;
        }
        // Over containers, or over all namespaces, several columns make the name.
        let names = columns.iter().take_while(|column| **column != "CPU(cores)").count();
        if cells.len() != columns.len() {
            import.warn(Some(number), "a row with other columns than the header: it is left out");
            continue;
        }
        rows += 1;
        let subject = cells[..names].join("/");
        for (column, text) in columns.iter().zip(&cells).skip(names) {
            let metric = match *column {
                "CPU(cores)" => "deploy.cpu.used",
                "CPU%" | "CPU(%)" => "deploy.cpu.share",
                "MEMORY(bytes)" => "deploy.memory.used",
                "MEMORY%" | "MEMORY(%)" => "deploy.memory.share",
                _ => continue,
            };
            match value(column, text) {
                // A node can use more than it lets be allocated.
                Some(value) if metric.ends_with("share") => {
                    import.measure(metric, value.min(1.0), &*subject, format!("line {number}"));
                }
                Some(value) => import.measure(metric, value, &*subject, format!("line {number}")),
                None => import.warn(Some(number), format!("`{text}` of {column} is unknown: it is left out")),
            }
        }
    }
    if columns.is_none() {
        let lacks = "no header with `CPU(cores)` and `MEMORY(bytes)`";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `kubectl top pods -A > top.txt`"));
    }
    if rows == 0 {
        import.error(None, "no row below the header: nothing was measured");
    }
    Ok(import)
}
