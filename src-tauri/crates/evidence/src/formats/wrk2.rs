//! wrk2: wrk at a constant rate, with corrected percentiles.

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities, wrk};

/// The format.
pub const FORMAT: Format = Format {
    id: "wrk2",
    title: "wrk2 text output",
    tool: "wrk2",
    note: "Every run of the file. Percentiles are those corrected for coordinated omission; the uncorrected table is \
           left out. p95 comes from the detailed spectrum.",
    metrics: wrk::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(wrk::looks_like(probe.head()) && wrk::is_wrk2(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    wrk::parse(input, FORMAT.tool)
}
