//! Verdicts that measurements propose.
//!
//! A value is compared with the check's threshold; nothing is averaged. Of several sources for one subject, the
//! artifact captured last decides; where a capture time is unknown, the worst value does; sources on both sides of
//! the threshold are named and flagged. Rules of several kinds of evidence are not mixed: what was measured counts more
//! than what is configured, and that more than what is seen in the code. What cannot be told is said to be so, never guessed: a load test without the
//! percentile, too few requests, a run full of errors.

mod judge;
mod level;
mod reading;
mod sentence;
mod standing;
mod subject;
mod weigh;

use std::collections::HashMap;

use groma_model::{Artifact, Id, Measurement, Proposal};

use crate::Pack;
pub use level::{LevelFact, MissingFact, Suggestion, suggest_level};
pub use standing::{Stand, Standing, standing};

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
    pack.checks().filter_map(|(_, _, check)| Some((check.id.clone(), weigh::weigh(&check.threshold, &book)?))).collect()
}
