//! From the readings of a rule to a ruling.

use std::collections::{BTreeMap, HashSet};

use groma_model::{Id, Measurement};

use super::{
    Book,
    reading::{self, Reading, Side, badness, readings},
    sentence, subject,
};
use crate::{Aggregation, Miss, Proves, Rule};

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    Pass,
    Improve,
    /// A sign of a fault: *improve* at least, whatever else was not measured.
    Sign,
    Fail,
    /// Measured, but not to be decided.
    Open,
    /// It holds, and may only ever speak against.
    Neutral,
}

/// What a rule says, and on what grounds.
pub(super) struct Outcome {
    pub ruling: Ruling,
    pub value: Option<f64>,
    pub unit: String,
    pub subject: String,
    pub reason: String,
    pub sources: Vec<Id>,
    pub conflicting: bool,
}

/// How many subjects stand on which side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub meets: usize,
    pub near: usize,
    pub misses: usize,
    pub undecided: usize,
    pub skipped: usize,
}

impl Tally {
    pub(super) const fn judged(self) -> usize {
        self.meets + self.near + self.misses + self.undecided
    }
}

/// A subject's deciding reading, and those of other sources on the other side.
pub(super) struct Subject<'a> {
    pub deciding: Reading<'a>,
    pub against: Vec<Reading<'a>>,
}

/// Whether a pass needs this rule to have been measured.
pub(super) fn needed(rule: &Rule) -> bool {
    may(rule, Proves::Pass)
}

fn may(rule: &Rule, verdict: Proves) -> bool {
    rule.proves.is_empty() || rule.proves.contains(&verdict)
}

/// Judges a rule; `None` when no measurement speaks of it.
pub(super) fn judge(rule: &Rule, book: &Book<'_>) -> Option<Outcome> {
    let found = readings(rule, book);
    let gaps = gaps(rule, book, &found.list);
    if found.list.is_empty() {
        let reason = sentence::without_readings(rule, &found, &gaps, book)?;
        let unit = rule.unit.clone();
        let sources = gaps.iter().map(|(_, id)| *id).collect();
        let (value, subject) = (None, String::new());
        let verdict = rule.absent.as_ref().filter(|_| !gaps.is_empty()).and_then(|absent| absent.verdict);
        let ruling = verdict.map_or(Ruling::Open, missed);
        return Some(Outcome { ruling, value, unit, subject, reason, sources, conflicting: false });
    }

    let mut groups: BTreeMap<(&str, &str, Option<Id>), Vec<Reading<'_>>> = BTreeMap::new();
    for reading in found.list {
        // Where one is enough, what another process does not have says nothing against it.
        let apart = (rule.over == Aggregation::Any).then_some(reading.artifact);
        groups.entry((reading.subject, reading.about, apart)).or_default().push(reading);
    }
    let mut subjects: Vec<Subject<'_>> = groups.into_values().filter_map(|group| choose(rule, group)).collect();
    // Deciding first: by side, then by how bad the value is, then by name.
    subjects.sort_by(|a, b| {
        let (a, b) = (&a.deciding, &b.deciding);
        let worse = badness(rule, b.value).total_cmp(&badness(rule, a.value));
        b.side
            .cmp(&a.side)
            .then(worse)
            .then(a.subject.cmp(b.subject))
            .then(a.about.cmp(b.about))
            .then(a.artifact.cmp(&b.artifact))
    });
    let mut tally = Tally::default();
    for subject in &subjects {
        match subject.deciding.side {
            Side::Meets => tally.meets += 1,
            Side::Near => tally.near += 1,
            Side::Misses => tally.misses += 1,
            Side::Undecided => tally.undecided += 1,
            Side::Skipped => tally.skipped += 1,
        }
    }
    let ruling = match rule_on(rule, tally) {
        Ruling::Fail => missed(rule.miss),
        other => other,
    };
    let deciding = match rule.over {
        // The one that met it decides, not the worst.
        Aggregation::Any if tally.meets > 0 => subjects.iter().rfind(|subject| subject.deciding.side == Side::Meets)?,
        _ => subjects.first()?,
    };
    let allowed = match ruling {
        Ruling::Pass => may(rule, Proves::Pass),
        Ruling::Improve | Ruling::Sign => may(rule, Proves::Improve),
        Ruling::Fail => may(rule, Proves::Fail),
        Ruling::Open | Ruling::Neutral => true,
    };
    let mut reason = sentence::with_readings(rule, deciding, &subjects, tally, book);
    if !gaps.is_empty() {
        reason.push_str("; ");
        reason.push_str(&sentence::gaps(rule, &gaps, book));
    }
    let ruling = match ruling {
        Ruling::Sign if allowed => {
            reason.push_str("; a sign of a fault, not its proof");
            ruling
        }
        ruling if allowed => ruling,
        Ruling::Pass | Ruling::Improve => {
            reason.push_str("; this alone does not prove a pass");
            Ruling::Neutral
        }
        _ => {
            reason.push_str("; this alone does not prove a failure");
            Ruling::Open
        }
    };
    let against = subjects.iter().flat_map(|subject| &subject.against);
    let others = subjects.iter().map(|subject| &subject.deciding);
    let sources = deciding.deciding.sources.iter().chain(against.chain(others).flat_map(|reading| &reading.sources));
    Some(Outcome {
        ruling,
        value: deciding.deciding.told().then_some(deciding.deciding.value),
        unit: rule.unit.clone(),
        subject: sentence::subject(&deciding.deciding).into_owned(),
        reason,
        sources: sources.copied().collect(),
        conflicting: subjects.iter().any(|subject| !subject.against.is_empty()),
    })
}

const fn missed(miss: Miss) -> Ruling {
    match miss {
        Miss::Fail => Ruling::Fail,
        Miss::Improve => Ruling::Sign,
    }
}

/// One reading for a subject: the artifact captured last, or the worst where a capture time is unknown.
fn choose<'a>(rule: &Rule, group: Vec<Reading<'a>>) -> Option<Subject<'a>> {
    let (judged, skipped): (Vec<_>, Vec<_>) = group.into_iter().partition(|reading| reading.side != Side::Skipped);
    let mut rest = if judged.is_empty() { skipped } else { judged };
    // What only encloses the value says nothing where another source tells it.
    if rest.iter().any(Reading::told) {
        rest.retain(Reading::told);
    }
    let dated = rest.iter().all(|reading| reading.captured.is_some());
    let last = if dated { rest.iter().filter_map(|reading| reading.captured).max() } else { None };
    let worst = rest
        .iter()
        .enumerate()
        .filter(|(_, reading)| !dated || reading.captured == last)
        .max_by(|(_, a), (_, b)| {
            let bad = badness(rule, a.value).total_cmp(&badness(rule, b.value));
            a.side.cmp(&b.side).then(bad).then(b.artifact.cmp(&a.artifact))
        })
        .map(|(index, _)| index)?;
    let deciding = rest.swap_remove(worst);
    let other_side = |side: Side| match deciding.side {
        Side::Meets => matches!(side, Side::Misses | Side::Near),
        Side::Misses | Side::Near => side == Side::Meets,
        Side::Skipped | Side::Undecided => false,
    };
    // Scans that can only speak against do not contradict each other: one finds what another does not look for.
    let against = rest.into_iter().filter(|reading| needed(rule) && other_side(reading.side)).collect();
    Some(Subject { deciding, against })
}

fn rule_on(rule: &Rule, tally: Tally) -> Ruling {
    let Tally { meets, near, misses, undecided, .. } = tally;
    if tally.judged() == 0 {
        return Ruling::Open;
    }
    match rule.over {
        Aggregation::Any => match (meets, near, undecided) {
            (1.., _, _) => Ruling::Pass,
            (_, _, 1..) => Ruling::Open,
            (_, 1.., _) => Ruling::Improve,
            _ => Ruling::Fail,
        },
        Aggregation::Share => {
            let share = |count: usize| count as f64 / tally.judged() as f64;
            // The undecided may fall on either side; only what holds both ways is proposed.
            let by = |count| match rule.improve_share {
                _ if share(count) >= rule.min_share => Ruling::Pass,
                Some(improve) if share(count) >= improve => Ruling::Improve,
                _ => Ruling::Fail,
            };
            if by(meets) == by(meets + undecided) { by(meets) } else { Ruling::Open }
        }
        Aggregation::All | Aggregation::Worst | Aggregation::Latest => match (misses, undecided, near) {
            (1.., _, _) => Ruling::Fail,
            (_, 1.., _) => Ruling::Open,
            (_, _, 1..) => Ruling::Improve,
            _ => Ruling::Pass,
        },
    }
}

/// Artifacts in which the measurement was made but the metric is missing, each with a measurement that shows it.
fn gaps(rule: &Rule, book: &Book<'_>, readings: &[Reading<'_>]) -> Vec<(Id, Id)> {
    let Some(absent) = &rule.absent else { return Vec::new() };
    let named = rule.also.iter().chain([&rule.metric]).flat_map(|metric| book.of(metric));
    let named = named.filter(|entry| subject::named(&rule.subjects, &entry.subject)).map(|entry| entry.artifact);
    let mut seen: HashSet<Id> = named.chain(readings.iter().map(|reading| reading.artifact)).collect();
    // Absence is only a finding where the measurement would have shown it.
    let telling = |entry: &Measurement| absent.verdict.is_none() || reading::judged(rule, entry, book);
    let given = absent.given.iter().flat_map(|metric| book.of(metric)).filter(|entry| telling(entry));
    given.filter(|entry| seen.insert(entry.artifact)).map(|entry| (entry.artifact, entry.id)).collect()
}
