//! k6 `--summary-export`: metrics flat, groups as objects, thresholds inverted.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    json::{self, Entries, Text},
    k6::{self, Group, Metric, Summary},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "k6-summary-export",
    title: "k6 summary, --summary-export",
    tool: "k6",
    note: "One run. A threshold written `true` was crossed, `false` was met. In http_req_failed, passes are the failed \
           requests. No p99 unless --summary-trend-stats asked for it.",
    metrics: k6::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: k6::secrets,
    parse,
};

const KNOWN: &[&str] =
    &["metrics/http_reqs", "metrics/iterations", "metrics/vus", "metrics/data_received", "metrics/checks"];

fn sniff(probe: &Probe<'_>) -> Confidence {
    let flat = probe.is_object() && probe.has("metrics") && !probe.has("metrics/*/values");
    Confidence::certain_if(flat && KNOWN.iter().any(|key| probe.has(key)))
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    metrics: Entries<Text<'a>, Flat<'a>>,
    #[serde(default)]
    root_group: Option<Group>,
}

/// The values stand beside `thresholds`.
struct Flat<'a> {
    thresholds: Entries<Text<'a>, bool>,
    values: Entries<Text<'a>, Text<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Flat<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Flat<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the values of a metric")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut flat = Flat { thresholds: Entries::default(), values: Entries::default() };
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "thresholds" => flat.thresholds = map.next_value()?,
                        _ => flat.values.0.push((key, map.next_value()?)),
                    }
                }
                Ok(flat)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Document<'_> = json::parse(input.text)?;
    let flat =
        |flat: &Flat<'_>| flat.values.0.iter().any(|(key, value)| key.as_str() != "values" && value.number().is_some());
    let nested =
        document.metrics.0.iter().any(|(_, metric)| metric.values.0.iter().any(|(key, _)| key.as_str() == "values"));
    let known = document.metrics.0.iter().any(|(name, _)| KNOWN.contains(&&k6::metric_at(name.as_str())[1..]));
    if nested || !known || !document.metrics.0.iter().any(|(_, metric)| flat(metric)) {
        return Err(Refusal::not(
            FORMAT.title,
            "no metric of k6 in it, such as http_reqs or iterations, with numbers of its own",
            "write it with `k6 run --summary-export summary.json`",
        ));
    }
    let metrics = document.metrics.0.into_iter().map(|(name, flat)| {
        let at = k6::metric_at(name.as_str());
        Metric {
            name,
            values: k6::numbers(flat.values),
            thresholds: flat.thresholds.0.into_iter().map(|(text, crossed)| (text, !crossed)).collect(),
            values_at: at.clone(),
            at,
        }
    });
    let summary = Summary {
        metrics: metrics.collect(),
        checks: document.root_group.as_ref().map(Group::checks),
        checks_at: "/root_group",
        ..Summary::default()
    };
    let mut import = Import::of(FORMAT.tool);
    k6::emit(&mut import, &summary);
    Ok(import)
}
