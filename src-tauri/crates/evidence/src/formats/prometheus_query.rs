//! Answers of Prometheus' HTTP API to queries.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{
    Confidence, Format, Import, Input, Probe, Refusal, Secrets,
    json::{self, Entries, Event, Text, nullable},
    mask::{add_literals, is_secret_name},
    prometheus,
    severity::Severities,
};

/// The format.
pub const FORMAT: Format = Format {
    id: "prometheus-query",
    title: "Prometheus, answer to query or query_range",
    tool: "Prometheus",
    note: "Latest, smallest and largest value of every series, 500 at most, in the unit of the query, which is not in the \
           answer. NaN and infinite samples are counted and left out.",
    metrics: &["prometheus.query.*"],
    severities: Severities::NONE,
    sniff,
    secrets,
    parse,
};

/// Series that are measured.
const SERIES: usize = 500;

/// Labels that are named like a secret, and literals of those that are named like a statement.
fn secrets(text: &str, secrets: &mut Secrets) {
    json::walk(text, |event| {
        if let Event::String(path, range) = event
            && let Some((_, label)) = path.rsplit_once("/metric/")
        {
            if is_secret_name(label) {
                secrets.add(range);
            } else if prometheus::is_statement_name(label) {
                add_literals(&text[range.clone()], range.start, false, false, secrets);
            }
        }
    });
}

fn sniff(probe: &Probe<'_>) -> Confidence {
    let failed = probe.has("errorType") && probe.has("error");
    Confidence::certain_if(probe.has("status") && (probe.has("data/resultType") && probe.has("data/result") || failed))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer<'a> {
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow, rename = "errorType")]
    error_type: Text<'a>,
    #[serde(borrow)]
    error: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    data: Data<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    warnings: Vec<Text<'a>>,
    #[serde(borrow, deserialize_with = "nullable")]
    infos: Vec<Text<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data<'a> {
    #[serde(borrow, rename = "resultType")]
    kind: Text<'a>,
    #[serde(borrow, deserialize_with = "nullable")]
    result: Vec<Item<'a>>,
}

/// A series; of a scalar, its time or its value.
enum Item<'a> {
    Series(Series<'a>),
    Scalar(Text<'a>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Item<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a series, a time or a value")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Series::deserialize(MapAccessDeserializer::new(map)).map(Item::Series)
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Item::Scalar(Text(value.into())))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Item::Scalar(Text(value.to_owned().into())))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Item::Scalar(Text(value.to_string().into())))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Item::Scalar(Text(value.to_string().into())))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Series<'a> {
    #[serde(borrow, deserialize_with = "nullable")]
    metric: Entries<Text<'a>, Text<'a>>,
    #[serde(deserialize_with = "nullable")]
    values: Fold,
    #[serde(borrow)]
    value: Option<Pair<'a>>,
    histogram: Option<IgnoredAny>,
    histograms: Option<IgnoredAny>,
}

/// A time and a value; the value is a text, so that it can be NaN.
#[derive(Deserialize)]
struct Pair<'a>(IgnoredAny, #[serde(borrow)] Text<'a>);

/// What is kept of the samples of a series, however many there are.
#[derive(Default)]
struct Fold {
    points: usize,
    broken: usize,
    /// Latest, smallest and largest.
    found: Option<(f64, f64, f64)>,
}

impl Fold {
    fn add(&mut self, value: &Text<'_>) {
        self.points += 1;
        match value.number() {
            Some(value) => {
                let (_, least, most) = self.found.unwrap_or((value, value, value));
                self.found = Some((value, least.min(value), most.max(value)));
            }
            None => self.broken += 1,
        }
    }
}

impl<'de> Deserialize<'de> for Fold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fold;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of times and values")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut fold = Fold::default();
                while let Some(Pair(_, value)) = seq.next_element()? {
                    fold.add(&value);
                }
                Ok(fold)
            }
        }
        deserializer.deserialize_seq(Pairs)
    }
}

fn parse(input: &Input<'_>) -> Result<Import, Refusal> {
    let no = || {
        let lacks = "no `status` of success with a `data.resultType` in it";
        let remedy = "write it with `curl 'http://HOST:9090/api/v1/query_range?query=…'`";
        Refusal::not(FORMAT.title, lacks, remedy)
    };
    if !input.text.trim_start().starts_with('{') {
        return Err(no());
    }
    let answer: Answer<'_> = json::parse(input.text)?;
    if answer.status.as_str() == "error" && answer.error_type.some().is_some() {
        let reason = format!("the query failed: {}", answer.error);
        return Err(Refusal::new(reason, "correct the query and ask again; this is no result"));
    }
    let kind = answer.data.kind.as_str();
    if answer.status.as_str() != "success" || !matches!(kind, "matrix" | "vector" | "scalar" | "string") {
        return Err(no());
    }
    let mut import = Import::of(FORMAT.tool);
    let (mut points, mut broken, mut native, mut count) = (0, 0, 0_usize, 0_usize);
    let at = "/data/result";
    let mut measured = Vec::new();
    for (index, item) in answer.data.result.into_iter().enumerate() {
        let (subject, fold) = match item {
            Item::Series(mut series) => {
                native += usize::from(series.histogram.is_some() || series.histograms.is_some());
                if let Some(Pair(_, value)) = &series.value {
                    series.values.add(value);
                }
                (labels(&series.metric), series.values)
            }
            // The time comes first.
            Item::Scalar(value) if index == 1 && kind == "scalar" => {
                let mut scalar = Fold::default();
                scalar.add(&value);
                (String::new(), scalar)
            }
            Item::Scalar(_) if index == 1 => (String::new(), Fold::default()),
            Item::Scalar(_) => continue,
        };
        count += 1;
        points += fold.points;
        broken += fold.broken;
        if let Some((last, least, most)) = fold.found {
            let at = if kind == "scalar" { at.to_owned() } else { format!("{at}/{index}") };
            measured.push((subject, last, least, most, at));
        }
    }
    #[allow(clippy::cast_precision_loss)]
    import.measure_text("prometheus.query.series", count as f64, "", at, kind);
    import.measure_count("prometheus.query.points", points, "", at);
    for (subject, last, least, most, at) in measured.iter().take(SERIES) {
        import.measure("prometheus.query.last", *last, &**subject, &**at);
        import.measure("prometheus.query.min", *least, &**subject, &**at);
        import.measure("prometheus.query.max", *most, &**subject, &**at);
    }
    if measured.len() > SERIES {
        import.note(None, format!("{SERIES} of {} series are measured", measured.len()));
    }
    if native > 0 {
        import.note(None, format!("{native} series are native histograms: they are not measured"));
    }
    if broken > 0 {
        import.warn(None, format!("{broken} samples are NaN, infinite or no number: they are left out"));
    }
    if count == 0 {
        import.error(None, "the answer is empty: no series matched. That is not zero, it is nothing measured");
    }
    for warning in answer.warnings.iter().take(20) {
        import.warn(None, format!("Prometheus warns: {warning}"));
    }
    for info in answer.infos.iter().take(20) {
        import.note(None, format!("Prometheus remarks: {info}"));
    }
    Ok(import)
}

/// A series by its name and labels, as they are written in a query.
fn labels(metric: &Entries<Text<'_>, Text<'_>>) -> String {
    let named = metric.0.iter().find(|(key, _)| key.as_str() == "__name__");
    let name = named.map_or("", |(_, name)| name.as_str());
    let labels: Vec<String> = metric
        .0
        .iter()
        .filter(|(key, _)| key.as_str() != "__name__")
        .map(|(key, value)| format!("{key}={:?}", value.as_str()))
        .collect();
    if labels.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", labels.join(",")) }
}
