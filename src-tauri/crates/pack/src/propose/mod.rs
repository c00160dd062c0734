//! Verdicts that measurements propose.
//!
//! A value is compared with the check's threshold; nothing is averaged. Of several sources for one subject, the
//! artifact captured last decides; where a capture time is unknown, the worst value does; sources on both sides of
//! the threshold are named and flagged. What cannot be told is said to be so, never guessed: a load test without the
//! percentile, too few requests, a run full of errors.

mod judge;
mod reading;
mod sentence;
mod standing;
mod subject;

use std::collections::{HashMap, HashSet};

use groma_model::{Artifact, Id, Measurement, Proposal, Verdict};

use crate::{Combine, Pack, Threshold};
use judge::{Outcome, Ruling};
pub use standing::{Stand, Standing, standing};

/// At most this many measurements are listed as a proposal's sources, the deciding ones first.
const MAX_SOURCES: usize = 100;

/// Measurements and artifacts, arranged for look-up.
struct Book<'a> {
    by_metric: HashMap<&'a str, Vec<&'a Measurement>>,
    by_place: HashMap<(Id, &'a str, &'a str), &'a Measurement>,
    artifacts: HashMap<Id, &'a Artifact>,
}

impl<'a> Book<'a> {
    fn new(measurements: &'a [Measurement], artifacts: &'a [Artifact]) -> Self {
        let mut book = Self { by_metric: HashMap::new(), by_place: HashMap::new(), artifacts: HashMap::new() };
        for entry in measurements.iter().filter(|entry| entry.value.is_finite()) {
            book.by_metric.entry(&entry.metric).or_default().push(entry);
            book.by_place.entry((entry.artifact, &entry.metric, &entry.subject)).or_insert(entry);
        }
        book.artifacts.extend(artifacts.iter().map(|artifact| (artifact.id, artifact)));
        book
    }

    fn of(&self, metric: &str) -> &[&'a Measurement] {
        self.by_metric.get(metric).map_or(&[], Vec::as_slice)
    }

    /// The metric in the same artifact for the same subject, else for the whole.
    fn beside(&self, entry: &Measurement, metric: &str) -> Option<&'a Measurement> {
        let at = |subject| self.by_place.get(&(entry.artifact, metric, subject)).copied();
        at(entry.subject.as_str()).or_else(|| at(""))
    }

    fn name(&self, artifact: Id) -> &str {
        self.artifacts.get(&artifact).map_or("", |artifact| artifact.name.as_str())
    }
}

/// Proposes verdicts for the checks that the measurements speak of, in the pack's order.
///
/// A check of which no measurement speaks is not in the answer. A check of which they speak without deciding it is
/// there with [`Verdict::NotAssessed`] and the reason. `artifacts` give capture times and names; artifacts that are
/// missing count as captured at an unknown time. The answer depends on nothing but the arguments; the caller replaces
/// earlier proposals with it and leaves confirmed verdicts alone.
#[must_use]
pub fn propose(pack: &Pack, measurements: &[Measurement], artifacts: &[Artifact]) -> Vec<(String, Proposal)> {
    let book = Book::new(measurements, artifacts);
    pack.checks().filter_map(|(_, _, check)| Some((check.id.clone(), weigh(&check.threshold, &book)?))).collect()
}

fn weigh(threshold: &Threshold, book: &Book<'_>) -> Option<Proposal> {
    let outcomes: Vec<Option<Outcome>> = threshold.rules.iter().map(|rule| judge::judge(rule, book)).collect();
    let blank = threshold.rules.iter().zip(&outcomes).any(|(rule, outcome)| outcome.is_none() && judge::needed(rule));
    let given: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    if given.is_empty() {
        return None;
    }
    let has = |ruling| given.iter().any(|outcome| outcome.ruling == ruling);
    // The order in which rulings decide; the first that is there wins.
    let order: &[Ruling] = match threshold.combine {
        Combine::All => &[Ruling::Fail, Ruling::Open, Ruling::Improve, Ruling::Pass, Ruling::Neutral],
        Combine::Any => &[Ruling::Pass, Ruling::Improve, Ruling::Open, Ruling::Fail, Ruling::Neutral],
    };
    let ruling = order.iter().copied().find(|ruling| has(*ruling)).unwrap_or(Ruling::Open);
    let short = threshold.combine == Combine::All && blank && matches!(ruling, Ruling::Pass | Ruling::Improve);
    let verdict = match ruling {
        _ if short => Verdict::NotAssessed,
        Ruling::Fail => Verdict::Fail,
        Ruling::Improve => Verdict::Improve,
        Ruling::Pass => Verdict::Pass,
        Ruling::Open | Ruling::Neutral => Verdict::NotAssessed,
    };
    let (deciding, others): (Vec<&Outcome>, Vec<&Outcome>) = given.iter().partition(|outcome| outcome.ruling == ruling);
    let first = *deciding.first()?;
    let mut reason = match ruling {
        // Rules that decide nothing usually do so for one and the same cause.
        Ruling::Open if deciding.len() > 1 => format!("{}; likewise {} more", first.reason, deciding.len() - 1),
        _ => deciding.iter().map(|outcome| outcome.reason.as_str()).collect::<Vec<_>>().join("; "),
    };
    if short {
        reason.push_str("; the rest of the threshold was not measured");
    }
    let mut seen = HashSet::new();
    let all = deciding.iter().chain(&others).flat_map(|outcome| &outcome.sources);
    let sources = all.copied().filter(|id| seen.insert(*id)).take(MAX_SOURCES).collect();
    Some(Proposal {
        verdict,
        value: first.value,
        unit: first.unit.clone(),
        subject: first.subject.clone(),
        reason,
        sources,
        conflicting: given.iter().any(|outcome| outcome.conflicting),
    })
}
