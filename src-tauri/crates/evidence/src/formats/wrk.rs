//! wrk.

use crate::{Confidence, Format, Import, Input, Probe, Refusal, formats::no_secrets, severity::Severities, wrk};

/// The format.
pub const FORMAT: Format = Format {
    id: "wrk",
    title: "wrk text output",
    tool: "wrk",
    note: "Every run of the file. Failed are answers other than 2xx and 3xx, socket errors and timeouts. No percentiles \
           without --latency; none that lie beyond the timeout.",
    metrics: wrk::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(wrk::looks_like(probe.head()) && !wrk::is_wrk2(probe.head()))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    wrk::parse(input, FORMAT.tool)
}
