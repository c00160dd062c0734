//! `.hgrm`: the percentile distribution that `HdrHistogram` prints.

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, dropped::Dropped, formats::no_secrets, severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "hdrhistogram",
    title: "HdrHistogram, percentile distribution (.hgrm)",
    tool: "HdrHistogram",
    note: "The unit is not in the file, so nothing is judged as a response time. A percentile is the value of the first \
           row that reaches it.",
    metrics: &["histogram.*"],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

const PERCENTILES: &[(f64, &str)] = &[
    (0.5, "histogram.p50"),
    (0.9, "histogram.p90"),
    (0.95, "histogram.p95"),
    (0.99, "histogram.p99"),
    (0.999, "histogram.p999"),
    (1.0, "histogram.max"),
];

fn is_header(line: &str) -> bool {
    let mut words = line.split([' ', '\t', ',']).map(|word| word.trim_matches('"')).filter(|word| !word.is_empty());
    words.next() == Some("Value") && words.next() == Some("Percentile") && words.next() == Some("TotalCount")
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.lines(1).any(is_header))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    if !input.text.trim_start().lines().next().is_some_and(is_header) {
        let lacks = "its first line is not `Value Percentile TotalCount`";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with outputPercentileDistribution"));
    }
    let mut import = Import::of(FORMAT.tool);
    let mut odd = Dropped::default();
    let mut rows: Vec<(f64, f64, f64, u64)> = Vec::new();
    for (number, line) in (1_u64..).zip(input.text.lines()) {
        let mut cells = line.split([' ', '\t', ',']).filter(|cell| !cell.is_empty()).map(str::parse::<f64>);
        match (cells.next(), cells.next(), cells.next()) {
            (Some(Ok(value)), Some(Ok(percentile)), Some(Ok(count))) if value.is_finite() && count.is_finite() => {
                rows.push((value, percentile, count, number));
            }
            _ if line.trim().is_empty() || line.starts_with("#[") || is_header(line.trim_start()) => {}
            _ => odd.add(number),
        }
    }
    odd.tell(&mut import, "rows that are no value, percentile and count");
    import.measure_count("histogram.rows", rows.len(), "", "Value");
    let Some((_, last, count, line)) = rows.last().copied().filter(|(_, _, count, _)| *count > 0.0) else {
        import.error(None, "the histogram holds no sample: it says nothing");
        return Ok(import);
    };
    import.measure("histogram.count", count, "", format!("line {line}"));
    if last < 1.0 {
        import.warn(Some(line), "the distribution ends before 100 %: the file is truncated");
    }
    for (percentile, metric) in PERCENTILES {
        if let Some((value, .., line)) = rows.iter().find(|(_, reached, ..)| reached >= percentile) {
            import.measure(metric, *value, "", format!("line {line}"));
        }
    }
    import
        .warn(None, "the unit of the values is not in the file: they are kept as they are, and judge no response time");
    Ok(import)
}
