//! k6 `handleSummary(data)` written as JSON: values nested, groups as lists, thresholds with `ok`.

use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    json::{self, Entries, Text, nullable, number},
    k6::{self, Group, Metric, Summary},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "k6-handle-summary",
    title: "k6 summary, handleSummary() data",
    tool: "k6",
    note: "One run. In http_req_failed, passes are the failed requests. No p99 unless summaryTrendStats asked for it. \
           setup() data is masked.",
    metrics: k6::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: k6::secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.is_object() && probe.has("metrics/*/values") && probe.has("metrics/*/type"))
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    metrics: Entries<Text<'a>, Nested<'a>>,
    #[serde(default)]
    root_group: Option<Group>,
    #[serde(default, deserialize_with = "nullable")]
    state: State,
}

#[derive(Deserialize, Default)]
struct State {
    #[serde(default, rename = "testRunDurationMs", deserialize_with = "number")]
    duration_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Nested<'a> {
    #[serde(borrow, default)]
    values: Option<Entries<Text<'a>, Text<'a>>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    thresholds: Entries<Text<'a>, Verdict>,
}

#[derive(Deserialize, Default)]
struct Verdict {
    ok: bool,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        Refusal::not(
            FORMAT.title,
            "no metric in it has `values`",
            "write it in `handleSummary(data)` with `JSON.stringify(data)`",
        )
    };
    // Of a list, its first item would be taken for the metrics.
    if input.text.trim_start().starts_with('[') {
        return Err(no());
    }
    let document: Document<'_> = json::parse(input.text)?;
    if document.metrics.0.iter().all(|(_, nested)| nested.values.is_none()) {
        return Err(no());
    }
    let metrics = document.metrics.0.into_iter().map(|(name, nested)| {
        let at = k6::metric_at(name.as_str());
        Metric {
            name,
            values: k6::numbers(nested.values.unwrap_or_default()),
            thresholds: nested.thresholds.0.into_iter().map(|(text, verdict)| (text, verdict.ok)).collect(),
            values_at: format!("{at}/values"),
            at,
        }
    });
    let summary = Summary {
        metrics: metrics.collect(),
        checks: document.root_group.as_ref().map(Group::checks),
        checks_at: "/root_group",
        duration_ms: document.state.duration_ms.map(|duration| (duration, "/state/testRunDurationMs")),
        ..Summary::default()
    };
    let mut import = Import::of(FORMAT.tool);
    k6::emit(&mut import, &summary);
    Ok(import)
}
