//! What differs between an artifact and its newer state.

use std::collections::HashMap;

use groma_evidence::Better;
use groma_model::{Finding, Id, Issue, Measurement, Severity};
use groma_pack::{Pack, Stand, Standing, Threshold};
use serde::{Deserialize, Serialize};

/// How something of the newer artifact stands to the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RetestChange {
    /// Not there before.
    New,
    /// An issue that is still there.
    Unchanged,
    /// Not there any more.
    Gone,
    /// A value that is better now.
    Better,
    /// A value that is worse now.
    Worse,
    /// The same value.
    Same,
    /// Another value, of which neither is the better one.
    Changed,
}

/// How many there are of each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct RetestCounts {
    /// Not there before.
    pub new: usize,
    /// Issues that are still there.
    pub unchanged: usize,
    /// Not there any more.
    pub gone: usize,
    /// Values that are better now.
    pub better: usize,
    /// Values that are worse now.
    pub worse: usize,
    /// The same values.
    pub same: usize,
    /// Other values, of which neither is the better one.
    pub changed: usize,
    /// Values that miss no threshold any more.
    pub mended: usize,
    /// Values that miss a threshold now and did not before.
    pub broken: usize,
}

/// An issue or a measurement before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct RetestRow {
    /// How the two stand to each other.
    pub change: RetestChange,
    /// The metric, or the issue's title.
    pub title: String,
    /// What was measured; for an issue its rule, component and place.
    pub subject: String,
    /// Severity of an issue, the newer one's where there are two.
    pub severity: Option<Severity>,
    /// Unit of both values.
    pub unit: String,
    /// The value before.
    pub was: Option<f64>,
    /// The value now.
    pub now: Option<f64>,
    /// The raw text of the value before.
    pub was_text: String,
    /// The raw text of the value now.
    pub now_text: String,
    /// The side of the threshold before, where a check has one.
    pub was_side: Option<Stand>,
    /// The side of the threshold now.
    pub now_side: Option<Stand>,
}

/// The thresholds of the engagement's checks.
pub(crate) struct Thresholds<'a> {
    by_check: Vec<(String, &'a Threshold)>,
}

impl<'a> Thresholds<'a> {
    pub(crate) fn of(packs: &'a [Pack]) -> Self {
        let of = |pack: &'a Pack| {
            pack.checks().map(move |(_, _, check)| (format!("{}/{}", pack.id, check.id), &check.threshold))
        };
        Self { by_check: packs.iter().flat_map(of).collect() }
    }

    /// Where a value stands: by the checks that a finding names, else by any.
    pub(crate) fn standing(&self, finding: Option<&Finding>, measured: &Measurement) -> Option<Standing> {
        let own = |key: &String| finding.is_some_and(|finding| finding.checks.contains(key));
        let by = |own_only: bool| {
            let mut those = self.by_check.iter().filter(|(key, _)| !own_only || own(key));
            those.find_map(|(_, threshold)| groma_pack::standing(threshold, measured))
        };
        by(true).or_else(|| by(false))
    }

    /// Where a value stands by the checks that a finding names alone; by any where it names none.
    pub(crate) fn own_standing(&self, finding: &Finding, measured: &Measurement) -> Option<Standing> {
        if finding.checks.is_empty() {
            return self.standing(None, measured);
        }
        let mut own = self.by_check.iter().filter(|(key, _)| finding.checks.contains(key));
        own.find_map(|(_, threshold)| groma_pack::standing(threshold, measured))
    }
}

/// How a value stands to an earlier one of the same metric and subject.
pub(crate) fn change(thresholds: &Thresholds<'_>, was: &Measurement, now: &Measurement) -> RetestChange {
    let least = was.value.abs().max(now.value.abs()) * 1e-9;
    let same_number = (was.value - now.value).abs() <= least;
    let (before, after) = (thresholds.standing(None, was), thresholds.standing(None, now));
    if let (Some(before), Some(after)) = (before, after)
        && before.stand != after.stand
    {
        return if after.stand > before.stand { RetestChange::Better } else { RetestChange::Worse };
    }
    if same_number {
        return if was.text == now.text { RetestChange::Same } else { RetestChange::Changed };
    }
    match groma_evidence::metric(&now.metric).map_or(Better::Neither, |metric| metric.better) {
        Better::Lower if now.value < was.value => RetestChange::Better,
        Better::Higher if now.value > was.value => RetestChange::Better,
        Better::Lower | Better::Higher => RetestChange::Worse,
        Better::Neither => RetestChange::Changed,
    }
}

/// Two states of an artifact, matched.
pub(crate) struct Comparison<'a> {
    /// Issues: the earlier and the newer one.
    pub issues: Vec<(Option<&'a Issue>, Option<&'a Issue>)>,
    /// Measurements: the earlier and the newer one.
    pub measurements: Vec<(Option<&'a Measurement>, Option<&'a Measurement>)>,
}

/// What is read of an artifact.
#[derive(Default)]
pub(crate) struct State {
    pub issues: Vec<Issue>,
    pub measurements: Vec<Measurement>,
}

/// Takes from each list of the newer things those whose key an earlier one has; what stays over matches nothing.
fn matched<'a, T, K: Eq + std::hash::Hash>(
    earlier: &mut Vec<&'a T>,
    newer: &mut Vec<&'a T>,
    key: impl Fn(&'a T) -> Option<K>,
) -> Vec<(&'a T, &'a T)> {
    let mut places: HashMap<K, Vec<usize>> = HashMap::new();
    for (at, one) in earlier.iter().enumerate().rev() {
        if let Some(key) = key(one) {
            places.entry(key).or_default().push(at);
        }
    }
    let mut taken = vec![false; earlier.len()];
    let mut pairs = Vec::new();
    newer.retain(|one| {
        let found = key(one).and_then(|key| places.get_mut(&key)?.pop());
        if let Some(at) = found {
            taken[at] = true;
            pairs.push((earlier[at], *one));
        }
        found.is_none()
    });
    let mut taken = taken.into_iter();
    earlier.retain(|_| !taken.next().unwrap_or_default());
    pairs
}

impl<'a> Comparison<'a> {
    /// Matches issues by fingerprint, else by rule, component and place without the line, each occurrence once; and
    /// measurements by metric and subject, in the order of the file where there are several.
    pub(crate) fn of(earlier: &'a State, newer: &'a State) -> Self {
        let (mut old, mut new): (Vec<&Issue>, Vec<&Issue>) =
            (earlier.issues.iter().collect(), newer.issues.iter().collect());
        let mut pairs = matched(&mut old, &mut new, |issue| {
            let stated = !issue.fingerprint.is_empty();
            stated.then_some((issue.rule.as_str(), issue.fingerprint.as_str()))
        });
        pairs.extend(matched(&mut old, &mut new, |issue| {
            Some((issue.rule.as_str(), issue.component.as_str(), issue.location.as_str()))
        }));
        let both = pairs.into_iter().map(|(old, new)| (Some(old), Some(new)));
        let issues = new
            .into_iter()
            .map(|new| (None, Some(new)))
            .chain(old.into_iter().map(|old| (Some(old), None)))
            .chain(both);
        let issues = issues.collect();

        let (mut old, mut new): (Vec<&Measurement>, Vec<&Measurement>) =
            (earlier.measurements.iter().collect(), newer.measurements.iter().collect());
        let pairs = matched(&mut old, &mut new, |one| Some((one.metric.as_str(), one.subject.as_str())));
        let both = pairs.into_iter().map(|(old, new)| (Some(old), Some(new)));
        let alone = new.into_iter().map(|new| (None, Some(new))).chain(old.into_iter().map(|old| (Some(old), None)));
        Self { issues, measurements: both.chain(alone).collect() }
    }

    /// The issues as rows: new ones first, then those that are gone, the worst first in each.
    pub(crate) fn issue_rows(&self) -> Vec<RetestRow> {
        let mut rows: Vec<RetestRow> = self.issues.iter().filter_map(|(old, new)| issue_row(*old, *new)).collect();
        let order = |change| match change {
            RetestChange::New => 0,
            RetestChange::Gone => 1,
            _ => 2,
        };
        rows.sort_by_key(|row| (order(row.change), row.severity));
        rows
    }

    /// The measurements as rows: what crossed a threshold first, then worse, better, changed, new, gone and same.
    pub(crate) fn measurement_rows(&self, thresholds: &Thresholds<'_>) -> Vec<RetestRow> {
        let row = |(old, new): &(Option<&Measurement>, Option<&Measurement>)| measurement_row(thresholds, *old, *new);
        let mut rows: Vec<RetestRow> = self.measurements.iter().filter_map(row).collect();
        let order = |change| match change {
            RetestChange::Worse => 0,
            RetestChange::Better => 1,
            RetestChange::Changed => 2,
            RetestChange::New => 3,
            RetestChange::Gone => 4,
            RetestChange::Unchanged | RetestChange::Same => 5,
        };
        let crossed =
            |row: &RetestRow| row.was_side.is_some() && row.now_side.is_some() && row.was_side != row.now_side;
        rows.sort_by_key(|row| (!crossed(row), order(row.change)));
        rows
    }
}

fn issue_row(old: Option<&Issue>, new: Option<&Issue>) -> Option<RetestRow> {
    let one = new.or(old)?;
    let change = match (old, new) {
        (None, _) => RetestChange::New,
        (_, None) => RetestChange::Gone,
        _ => RetestChange::Unchanged,
    };
    let line = one.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = if one.location.is_empty() { String::new() } else { format!("{}{line}", one.location) };
    let mut parts: Vec<&str> = Vec::new();
    for part in [&one.rule, &one.component, &place] {
        if !part.is_empty() && !parts.contains(&part.as_str()) {
            parts.push(part);
        }
    }
    Some(RetestRow {
        change,
        title: if one.title.is_empty() { one.message.clone() } else { one.title.clone() },
        subject: parts.join(" · "),
        severity: Some(one.severity),
        unit: String::new(),
        was: None,
        now: None,
        was_text: String::new(),
        now_text: String::new(),
        was_side: None,
        now_side: None,
    })
}

fn measurement_row(
    thresholds: &Thresholds<'_>,
    old: Option<&Measurement>,
    new: Option<&Measurement>,
) -> Option<RetestRow> {
    let one = new.or(old)?;
    let side = |of: Option<&Measurement>| of.and_then(|of| thresholds.standing(None, of)).map(|found| found.stand);
    Some(RetestRow {
        change: match (old, new) {
            (Some(old), Some(new)) => change(thresholds, old, new),
            (None, _) => RetestChange::New,
            (_, None) => RetestChange::Gone,
        },
        title: one.metric.clone(),
        subject: one.subject.clone(),
        severity: None,
        unit: one.unit.clone(),
        was: old.map(|old| old.value),
        now: new.map(|new| new.value),
        was_text: old.map(|old| old.text.clone()).unwrap_or_default(),
        now_text: new.map(|new| new.text.clone()).unwrap_or_default(),
        was_side: side(old),
        now_side: side(new),
    })
}

impl RetestCounts {
    /// Counts rows.
    pub(crate) fn of(rows: &[RetestRow]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            *match row.change {
                RetestChange::New => &mut counts.new,
                RetestChange::Unchanged => &mut counts.unchanged,
                RetestChange::Gone => &mut counts.gone,
                RetestChange::Better => &mut counts.better,
                RetestChange::Worse => &mut counts.worse,
                RetestChange::Same => &mut counts.same,
                RetestChange::Changed => &mut counts.changed,
            } += 1;
            match (row.was_side, row.now_side) {
                (Some(Stand::Misses | Stand::Near), Some(Stand::Meets)) => counts.mended += 1,
                (Some(Stand::Meets), Some(Stand::Misses | Stand::Near)) => counts.broken += 1,
                _ => {}
            }
        }
        counts
    }
}

/// The issues of a newer artifact that are one of the earlier, matched as in a comparison.
pub(crate) fn same_issue(earlier: &State, newer: &State, issue: Id) -> Option<bool> {
    let comparison = Comparison::of(earlier, newer);
    let found = comparison.issues.iter().find(|(old, _)| old.is_some_and(|old| old.id == issue))?;
    Some(found.1.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(rule: &str, location: &str, line: u64, fingerprint: &str) -> Issue {
        Issue {
            rule: rule.into(),
            location: location.into(),
            component: "api".into(),
            line: Some(line),
            fingerprint: fingerprint.into(),
            ..Issue::default()
        }
    }

    fn measured(metric: &str, subject: &str, value: f64) -> Measurement {
        Measurement {
            metric: metric.into(),
            subject: subject.into(),
            value,
            unit: "ms".into(),
            ..Measurement::default()
        }
    }

    fn counts(old: Vec<Issue>, new: Vec<Issue>) -> (usize, usize, usize) {
        let (old, new) = (State { issues: old, ..State::default() }, State { issues: new, ..State::default() });
        let counts = RetestCounts::of(&Comparison::of(&old, &new).issue_rows());
        (counts.new, counts.unchanged, counts.gone)
    }

    #[test]
    fn issues_match_by_fingerprint_wherever_they_moved_and_else_by_place_without_the_line() {
        let old = || vec![issue("sql", "a.ts", 3, "x1"), issue("sql", "b.ts", 9, ""), issue("log", "a.ts", 1, "x2")];
        assert_eq!(counts(old(), old()), (0, 3, 0));
        let moved = vec![issue("sql", "moved/a.ts", 30, "x1"), issue("sql", "b.ts", 12, "other")];
        assert_eq!(counts(old(), moved), (0, 2, 1));
        assert_eq!(counts(old(), vec![issue("xss", "a.ts", 3, "x1")]), (1, 0, 3), "a fingerprint is of its rule");
    }

    #[test]
    fn of_several_alike_each_counts_once() {
        let twice = || vec![issue("sql", "a.ts", 3, ""), issue("sql", "a.ts", 8, "")];
        assert_eq!(counts(twice(), vec![issue("sql", "a.ts", 5, "")]), (0, 1, 1));
        assert_eq!(counts(vec![issue("sql", "a.ts", 5, "")], twice()), (1, 1, 0));
        assert_eq!(counts(vec![], twice()), (2, 0, 0));
    }

    #[test]
    fn values_are_better_or_worse_by_their_metric_and_cross_thresholds() {
        let pack = groma_pack::builtin("backend-health").unwrap().unwrap();
        let packs = [pack];
        let thresholds = Thresholds::of(&packs);
        let state = |values: &[(&str, &str, f64)]| State {
            measurements: values.iter().map(|(metric, subject, value)| measured(metric, subject, *value)).collect(),
            ..State::default()
        };
        let old = state(&[
            ("http.latency.p99", "GET /a", 843.0),
            ("http.latency.p50", "GET /a", 40.0),
            ("http.latency.max", "GET /a", 900.0),
            ("x.y", "", 1.0),
        ]);
        let new = state(&[
            ("http.latency.p99", "GET /a", 143.0),
            ("http.latency.p50", "GET /a", 44.0),
            ("http.latency.max", "GET /b", 900.0),
            ("x.y", "", 2.0),
        ]);
        let rows = Comparison::of(&old, &new).measurement_rows(&thresholds);
        let of = |metric: &str, subject: &str| {
            rows.iter().find(|row| row.title == metric && row.subject == subject).unwrap()
        };
        let p99 = of("http.latency.p99", "GET /a");
        assert_eq!((p99.change, p99.was, p99.now), (RetestChange::Better, Some(843.0), Some(143.0)));
        assert_eq!((p99.was_side, p99.now_side), (Some(Stand::Misses), Some(Stand::Meets)));
        assert_eq!(rows[0].title, "http.latency.p99", "what crossed a threshold comes first");
        assert_eq!(of("http.latency.p50", "GET /a").change, RetestChange::Worse);
        assert_eq!(of("http.latency.max", "GET /a").change, RetestChange::Gone);
        assert_eq!(of("http.latency.max", "GET /b").change, RetestChange::New);
        assert_eq!(of("x.y", "").change, RetestChange::Changed);
        let counts = RetestCounts::of(&rows);
        assert_eq!((counts.mended, counts.broken, counts.new, counts.gone), (1, 0, 1, 1));
    }
}
