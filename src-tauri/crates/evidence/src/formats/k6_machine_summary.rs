//! k6's machine-readable summary, schema 1: metrics as a list below `results`.

use serde::Deserialize;

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal,
    json::{self, Entries, Text, nullable, number},
    k6::{self, Check, Metric, Summary, Values},
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "k6-machine-summary",
    title: "k6 machine-readable summary, schema 1",
    tool: "k6",
    note: "One run. In rate metrics, matches of total; in http_req_failed the matches are the failed requests.",
    metrics: k6::METRICS,
    severities: Severities::NONE,
    sniff,
    secrets: k6::secrets,
    parse,
};

fn sniff(probe: &Probe<'_>) -> Confidence {
    let metrics = probe.has("results/metrics/[]/name") && probe.has("results/metrics/[]/values");
    Confidence::certain_if(probe.is_object() && probe.has("version") && metrics)
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    version: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    config: Config<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    metadata: Metadata<'a>,
    #[serde(borrow)]
    results: Results<'a>,
}

#[derive(Deserialize, Default)]
struct Config<'a> {
    #[serde(default, deserialize_with = "number")]
    duration: Option<f64>,
    #[serde(borrow, default)]
    script: Text<'a>,
}

#[derive(Deserialize, Default)]
struct Metadata<'a> {
    #[serde(borrow, default, alias = "k6_version", alias = "k6Version")]
    version: Text<'a>,
    #[serde(borrow, default, alias = "generated_at", alias = "generatedAt")]
    generated: Text<'a>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    metrics: Vec<Named<'a>>,
    #[serde(default, deserialize_with = "nullable")]
    checks: Checks,
    #[serde(borrow, default, deserialize_with = "nullable")]
    thresholds: Values<Threshold<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    values: Entries<Text<'a>, Text<'a>>,
    #[serde(borrow, default, deserialize_with = "nullable")]
    thresholds: Values<Threshold<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Checks {
    List(Vec<Check>),
    Nested {
        #[serde(default, alias = "orderedChecks", deserialize_with = "nullable")]
        results: Vec<Check>,
    },
    #[default]
    None,
}

#[derive(Deserialize, Default)]
struct Threshold<'a> {
    #[serde(borrow, default)]
    metric: Text<'a>,
    #[serde(borrow, default, alias = "expression", alias = "name")]
    source: Text<'a>,
    #[serde(default, alias = "passed")]
    ok: bool,
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let document: Document<'_> = json::parse(input.text)?;
    if document.results.metrics.is_empty() {
        return Err(Refusal::not(FORMAT.title, "no metric in it", "run the test again"));
    }
    let mut import = Import::of(FORMAT.tool);
    if !document.version.as_str().starts_with("1.") {
        import.warn(None, format!("schema {} is not the one known (1.x)", document.version));
    }
    document.metadata.version.as_str().clone_into(&mut import.tool_version);
    import.captured_at = document.metadata.generated.as_str().parse().ok();
    document.config.script.as_str().clone_into(&mut import.subject);
    let results = document.results;
    let metrics = results.metrics.into_iter().enumerate().map(|(index, named)| {
        let at = format!("/results/metrics/{index}");
        Metric {
            name: named.name,
            values: k6::numbers(named.values),
            thresholds: named.thresholds.0.into_iter().map(|threshold| (threshold.source, threshold.ok)).collect(),
            values_at: format!("{at}/values"),
            at,
        }
    });
    let thresholds = results.thresholds.0.into_iter().enumerate().map(|(index, threshold)| {
        let at = format!("/results/thresholds/{index}");
        (format!("{}: {}", threshold.metric, threshold.source), threshold.ok, at)
    });
    let summary = Summary {
        metrics: metrics.collect(),
        thresholds: thresholds.collect(),
        checks: match results.checks {
            Checks::List(checks) | Checks::Nested { results: checks } => Some(checks),
            Checks::None => None,
        },
        checks_at: "/results/checks",
        duration_ms: document.config.duration.map(|seconds| (seconds * 1e3, "/config/duration")),
    };
    k6::emit(&mut import, &summary);
    Ok(import)
}
