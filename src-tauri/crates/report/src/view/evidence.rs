//! The evidence index: artifacts with their hashes, performance results, issues, interviews.

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Artifact, Id, Kind, Measurement, RetestValue, Timestamp};
use serde_json::{Value, json};

use super::Source;
use crate::labels::Labels;
use crate::locale::Locale;

/// Issue groups that the appendix lists at most; the totals count all.
const MOST_GROUPS: usize = 60;
/// Requests from which on a latency is listed.
const FEWEST_REQUESTS: f64 = 20.0;
/// Queries that the appendix lists at most.
const MOST_QUERIES: usize = 20;

pub(super) fn view(source: &Source<'_>) -> Value {
    let contents = source.contents;
    let cited = citations(source);
    let superseded = superseded(source);
    let artifacts: Vec<Value> = contents
        .artifacts
        .iter()
        .enumerate()
        .map(|(index, artifact)| one(source, index + 1, artifact, cited.get(&artifact.id)))
        .collect();
    let groups: Vec<Value> = contents
        .issue_groups
        .iter()
        .filter(|group| group.suppressed < group.count)
        .filter(|group| group.artifacts.iter().any(|artifact| !superseded.contains(artifact)))
        .take(MOST_GROUPS)
        .map(|group| {
            json!({
                "tool": group.tool, "rule": group.rule, "title": group.title, "component": group.component,
                "component_version": group.component_version, "fixed_version": group.fixed_version,
                "severity": group.severity, "count": group.count, "suppressed": group.suppressed,
                "artifact": group.artifacts.first().and_then(|id| source.index.artifacts.get(id)),
            })
        })
        .collect();
    let notes: Vec<Value> = contents
        .notes
        .iter()
        .filter(|note| !note.private)
        .enumerate()
        .map(|(index, note)| {
            let key = (index + 1).to_string();
            json!({
                "title": note.title, "date_text": note.date.map(|date| source.locale.date(date)).unwrap_or_default(),
                "people": note.people.iter().map(Source::person).collect::<Vec<_>>(),
                "body": source.prose.field(Kind::Note, note.id, &key, "body", &note.body),
            })
        })
        .collect();
    json!({
        "artifacts": artifacts, "latency": latency(source), "queries": queries(source), "issue_groups": groups,
        "issues_total": contents.issue_groups.iter().map(|group| group.count).sum::<u64>(),
        "groups_total": contents.issue_groups.len(), "notes": notes,
    })
}

/// Artifacts with a newer state: what they say is no longer so.
fn superseded(source: &Source<'_>) -> BTreeSet<Id> {
    source.contents.artifacts.iter().filter_map(|artifact| artifact.replaces).collect()
}

fn one(source: &Source<'_>, n: usize, artifact: &Artifact, cited: Option<&BTreeSet<u32>>) -> Value {
    let when = |time: Option<Timestamp>| time.map(|time| day(source, time)).unwrap_or_default();
    json!({
        "n": n, "name": artifact.name, "path": artifact.path, "tool": artifact.tool,
        "tool_version": artifact.tool_version, "format": artifact.format,
        "captured_text": when(artifact.captured_at), "imported_text": when(artifact.imported_at),
        "bytes_text": source.locale.bytes(artifact.bytes), "sha256": artifact.sha256, "issues": artifact.issues,
        "measurements": artifact.measurements, "masked": artifact.masked,
        "replaces": artifact.replaces.and_then(|earlier| source.index.artifacts.get(&earlier)),
        "note": source.prose.field(Kind::Artifact, artifact.id, &n.to_string(), "note", &artifact.note),
        "cited_by": cited.into_iter().flatten().collect::<Vec<_>>(),
    })
}

/// Which findings cite which artifact.
fn citations(source: &Source<'_>) -> BTreeMap<Id, BTreeSet<u32>> {
    let contents = source.contents;
    let artifact_of: BTreeMap<Id, Id> = contents.measurements.iter().map(|m| (m.id, m.artifact)).collect();
    let groups: BTreeMap<&str, &[Id]> =
        contents.issue_groups.iter().map(|group| (group.key.as_str(), group.artifacts.as_slice())).collect();
    let mut cited: BTreeMap<Id, BTreeSet<u32>> = BTreeMap::new();
    for link in &contents.evidence_links {
        let Some(&number) = source.index.findings.get(&link.finding) else { continue };
        let id = link.target.parse::<Id>().ok();
        let direct = id.filter(|id| source.index.artifacts.contains_key(id));
        let measured = id.and_then(|id| artifact_of.get(&id).copied());
        let single = source.issues.iter().find(|issue| Some(issue.id) == id).map(|issue| issue.artifact);
        let grouped = groups.get(link.target.as_str()).copied().unwrap_or_default();
        for artifact in direct.into_iter().chain(measured).chain(single).chain(grouped.iter().copied()) {
            cited.entry(artifact).or_default().insert(number);
        }
    }
    cited
}

/// The day of an instant, in UTC.
pub(super) fn day(source: &Source<'_>, time: Timestamp) -> String {
    source.locale.date(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A measured value with its unit, as people write it; `text` is what the number does not say.
pub(super) fn value(source: &Source<'_>, value: f64, unit: &str, text: &str) -> String {
    value_text(source.locale, source.labels, value, unit, text)
}

/// A measured value with its unit, as people write it in a language; `text` is what the number does not say.
#[must_use]
pub fn value_text(locale: &Locale, labels: &Labels, value: f64, unit: &str, text: &str) -> String {
    match unit {
        // A yes or no with words, such as a policy: the words say it.
        "bool" | "" if !text.is_empty() => text.to_owned(),
        "bool" => labels.word("words", if value == 0.0 { "no" } else { "yes" }).to_owned(),
        "ratio" => locale.percent(value * 100.0, if value.abs() < 0.1 && value != 0.0 { 2 } else { 1 }),
        "factor" => format!("{}\u{a0}×", locale.short(value, 1)),
        "bytes" if value >= 0.0 => locale.bytes(value as u64),
        // A count of few things names them.
        "count" if !text.is_empty() && text.chars().count() <= 80 => format!("{} ({text})", locale.short(value, 2)),
        "count" | "" => locale.short(value, 2),
        "1/s" => format!("{}/s", locale.short(value, if value.abs() < 100.0 { 1 } else { 0 })),
        "ms" if value.abs() >= 10_000.0 => format!("{}\u{a0}s", locale.short(value / 1000.0, 1)),
        unit => {
            let decimals = if value.abs() < 10.0 { 2 } else { usize::from(value.abs() < 100.0) };
            format!("{}\u{a0}{unit}", locale.short(value, decimals))
        }
    }
}

/// `Retested: was 843 ms, now 143 ms`, with what was measured.
#[must_use]
pub fn retest_note(language: &str, labels: &Labels, value: &RetestValue) -> String {
    let (was, now) = retest_values(Locale::of(language), labels, value);
    let what = retest_subject(labels, value);
    labels.sentence("words", "retest-note", &[("what", &what), ("was", &was), ("now", &now)])
}

/// Both values as people write them. Of what was counted only the numbers: names before and after would hide them.
pub(super) fn retest_values(locale: &Locale, labels: &Labels, value: &RetestValue) -> (String, String) {
    let named = value.unit != "count";
    let shown =
        |number: f64, text: &str| value_text(locale, labels, number, &value.unit, if named { text } else { "" });
    (shown(value.was, &value.was_text), shown(value.now, &value.now_text))
}

/// What was measured again: the metric and its subject, or what was counted.
pub(super) fn retest_subject(labels: &Labels, value: &RetestValue) -> String {
    if value.metric.is_empty() {
        return value.subject.clone();
    }
    let metric = labels.word("metric", &value.metric);
    if value.subject.is_empty() { metric.to_owned() } else { format!("{metric} · {}", value.subject) }
}

/// `http.latency.p99 840 ms at GET /api/board`.
pub(super) fn measured(source: &Source<'_>, measurement: &Measurement) -> String {
    let shown = value(source, measurement.value, &measurement.unit, &measurement.text);
    let name = source.labels.word("metric", &measurement.metric);
    if measurement.subject.is_empty() {
        return source.labels.sentence("words", "measured_plain", &[("metric", name), ("value", &shown)]);
    }
    source.labels.sentence(
        "words",
        "measured_at",
        &[("metric", name), ("value", &shown), ("subject", &measurement.subject)],
    )
}

/// What was measured of one subject in one artifact.
struct Measured<'a> {
    artifact: Id,
    subject: &'a str,
    metrics: BTreeMap<&'a str, &'a Measurement>,
}

impl Measured<'_> {
    fn number(&self, metric: &str) -> Option<f64> {
        self.metrics.get(metric).map(|measurement| measurement.value)
    }

    fn shown(&self, source: &Source<'_>, metric: &str) -> String {
        self.metrics.get(metric).map(|m| value(source, m.value, &m.unit, &m.text)).unwrap_or_default()
    }
}

/// The measurements whose metric begins like this, by artifact and subject, in the order of their first.
fn measured_by_subject<'a>(source: &Source<'a>, prefix: &str) -> Vec<Measured<'a>> {
    let mut rows: Vec<Measured<'a>> = Vec::new();
    let mut places: BTreeMap<(Id, &str), usize> = BTreeMap::new();
    let superseded = superseded(source);
    let current = |m: &&Measurement| m.metric.starts_with(prefix) && !superseded.contains(&m.artifact);
    for measurement in source.contents.measurements.iter().filter(current) {
        let (artifact, subject) = (measurement.artifact, measurement.subject.as_str());
        let place = *places.entry((artifact, subject)).or_insert_with(|| {
            rows.push(Measured { artifact, subject, metrics: BTreeMap::new() });
            rows.len() - 1
        });
        rows[place].metrics.entry(&measurement.metric).or_insert(measurement);
    }
    rows
}

fn latency(source: &Source<'_>) -> Vec<Value> {
    let mut rows = measured_by_subject(source, "http.");
    // A percentile of a handful of requests says nothing.
    rows.retain(|row| row.number("http.requests").is_none_or(|requests| requests >= FEWEST_REQUESTS));
    rows.retain(|row| {
        row.metrics.keys().any(|metric| metric.starts_with("http.latency.p") || *metric == "http.latency.max")
    });
    rows.iter()
        .map(|row| {
            let number = |metric: &str| row.number(metric);
            let shown = |metric: &str| row.shown(source, metric);
            json!({
                "subject": row.subject, "unit": "ms",
                "p50": number("http.latency.p50"), "p90": number("http.latency.p90"), "p95": number("http.latency.p95"),
                "p99": number("http.latency.p99"), "max": number("http.latency.max"),
                "p50_text": shown("http.latency.p50"), "p90_text": shown("http.latency.p90"),
                "p95_text": shown("http.latency.p95"), "p99_text": shown("http.latency.p99"),
                "max_text": shown("http.latency.max"),
                "requests_text": shown("http.requests"), "failed_text": shown("http.failed.ratio"),
                "artifact": source.index.artifacts.get(&row.artifact),
            })
        })
        .collect()
}

fn queries(source: &Source<'_>) -> Vec<Value> {
    let mut rows = measured_by_subject(source, "db.query.");
    rows.retain(|row| !row.subject.is_empty());
    rows.sort_by(|a, b| {
        let total = |row: &Measured<'_>| row.number("db.query.total").unwrap_or_default();
        total(b).total_cmp(&total(a)).then_with(|| a.subject.cmp(b.subject))
    });
    rows.iter()
        .take(MOST_QUERIES)
        .map(|row| {
            let calls = row.number("db.query.calls");
            json!({
                "query": row.subject,
                "calls_text": calls.map(|calls| source.locale.number(calls, 0)).unwrap_or_default(),
                "mean_text": row.shown(source, "db.query.mean"), "max_text": row.shown(source, "db.query.max"),
                "total_text": row.shown(source, "db.query.total"),
                "artifact": source.index.artifacts.get(&row.artifact),
            })
        })
        .collect()
}
