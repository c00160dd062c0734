//! k6's raw samples: `--out json`, one line a metric or a sample, and `--out csv`, one row a sample.

use std::borrow::Cow;

use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    dropped::Dropped,
    formats::no_secrets,
    json::Text,
    k6::{CSV, Point, Points, csv},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "k6-ndjson",
    title: "k6, raw samples (--out json or --out csv)",
    tool: "k6",
    note: "Every http_req_duration sample, by its name tag; failed is what k6 did not expect (expected_response=false). \
           Percentiles by nearest rank over all samples, failed ones included.",
    metrics: &[
        "http.latency.*",
        "http.requests",
        "http.rate",
        "http.failed.*",
        "http.status.responses",
        "load.checks.*",
        "load.duration",
        "load.records",
        "load.vus",
    ],
    severities: Severities::NONE,
    sniff,
    secrets: no_secrets,
    parse,
};

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    metric: Cow<'a, str>,
    #[serde(borrow, default)]
    data: Data<'a>,
}

#[derive(Deserialize, Default)]
struct Data<'a> {
    #[serde(borrow, default)]
    time: Text<'a>,
    #[serde(borrow, default)]
    value: Text<'a>,
    #[serde(borrow, default)]
    tags: Option<Tags<'a>>,
}

#[derive(Deserialize, Default)]
struct Tags<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    url: Text<'a>,
    #[serde(borrow, default)]
    method: Text<'a>,
    #[serde(borrow, default)]
    status: Text<'a>,
    #[serde(borrow, default)]
    expected_response: Text<'a>,
}

fn is_line(line: &str) -> bool {
    line.starts_with('{')
        && serde_json::from_str::<Line<'_>>(line)
            .is_ok_and(|line| matches!(&*line.kind, "Metric" | "Point") && !line.metric.is_empty())
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    Confidence::certain_if(probe.text().starts_with(CSV) || probe.lines(1).any(is_line))
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let text = input.text.trim_start();
    let mut import = Import::of(FORMAT.tool);
    if text.starts_with(CSV) {
        csv(input, text, &mut import)?;
        return Ok(import);
    }
    if !text.lines().next().is_some_and(is_line) {
        let lacks = "its first line is no `Metric` or `Point` of k6";
        return Err(Refusal::not(FORMAT.title, lacks, "write it with `k6 run --out json=result.json`"));
    }
    let mut all = Points::default();
    let (mut lines, mut metrics, mut points) = (0_usize, 0_usize, 0_usize);
    let mut broken = Dropped::default();
    let offset = input.text[..input.text.len() - text.len()].matches('\n').count() as u64;
    for (number, line) in (offset + 1..).zip(text.lines()) {
        if number.is_multiple_of(4096) && input.stop.now() {
            return Err(Refusal::stopped());
        }
        if line.trim().is_empty() {
            continue;
        }
        lines += 1;
        let Ok(line) = serde_json::from_str::<Line<'_>>(line) else {
            broken.add(number);
            continue;
        };
        match &*line.kind {
            "Metric" => metrics += 1,
            "Point" => points += 1,
            _ => broken.add(number),
        }
        if line.kind != "Point" {
            continue;
        }
        let Some(value) = line.data.value.number() else {
            broken.add(number);
            continue;
        };
        let tags = line.data.tags.unwrap_or_default();
        all.add(&Point {
            metric: &line.metric,
            value,
            end_ms: epoch_ms(line.data.time.as_str()).unwrap_or(f64::NAN),
            name: tags.name.some().unwrap_or_else(|| tags.url.as_str()),
            method: tags.method.as_str(),
            status: tags.status.as_str(),
            expected: tags.expected_response.as_str(),
        });
    }
    broken.tell(&mut import, "lines that are no whole record of k6");
    all.emit(&mut import, &[("lines", lines), ("metrics", metrics), ("points", points)]);
    Ok(import)
}

#[allow(clippy::cast_precision_loss)] // milliseconds since 1970 fit
fn epoch_ms(time: &str) -> Option<f64> {
    let time: jiff::Timestamp = time.parse().ok()?;
    Some(time.as_microsecond() as f64 / 1e3)
}
