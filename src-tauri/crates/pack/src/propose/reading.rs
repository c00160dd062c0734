//! From measurements to readings: one value for a subject of an artifact, and on which side of the threshold it is.

use std::collections::{HashMap, HashSet};

use groma_model::{Id, Measurement, Timestamp};

use super::{Book, subject};
use crate::{Aggregation, Bounds, Comparator, Condition, Endpoints, IfAbsent, Rule, unit};

/// On which side of the threshold a reading is; ordered from harmless to deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Not judged at all.
    Skipped,
    /// Meets the threshold.
    Meets,
    /// Misses it, keeps the `improve` value.
    Near,
    /// Judged, but it proves nothing.
    Undecided,
    /// Misses it.
    Misses,
}

/// How exact the value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exactness {
    Exact,
    AtMost,
    AtLeast,
    /// Only known to lie in a range that holds the threshold.
    Enclosed,
}

/// A value for a subject of an artifact.
#[derive(Debug, Clone)]
pub(super) struct Reading<'a> {
    pub subject: &'a str,
    /// What the artifact as a whole is about, where artifacts are about different things; else empty.
    pub about: &'a str,
    pub artifact: Id,
    pub captured: Option<Timestamp>,
    pub value: f64,
    pub text: &'a str,
    pub exactness: Exactness,
    pub side: Side,
    /// Why it is skipped or undecided.
    pub why: String,
    /// The method is not known and it was taken as a read.
    pub method_assumed: bool,
    pub sources: Vec<Id>,
}

impl Reading<'_> {
    /// Whether the value is one of the metric itself or a bound of it that decides.
    pub(super) fn told(&self) -> bool {
        self.side != Side::Skipped && self.exactness != Exactness::Enclosed
    }
}

/// The readings of a rule, and how many were left out because of their method.
pub(super) struct Readings<'a> {
    pub list: Vec<Reading<'a>>,
    pub other_methods: usize,
    pub unknown_methods: usize,
}

/// Compares a number; NaN meets nothing.
fn holds(op: Comparator, value: f64, threshold: f64) -> bool {
    match op {
        Comparator::Less => value < threshold,
        Comparator::AtMost => value <= threshold,
        Comparator::More => value > threshold,
        Comparator::AtLeast => value >= threshold,
        Comparator::Equal => value == threshold,
        Comparator::NotEqual => value != threshold,
        Comparator::OneOf | Comparator::NoneOf => false,
    }
}

pub(super) fn side_of(rule: &Rule, value: f64, text: &str) -> Side {
    let among = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
    let (meets, near) = match rule.op {
        Comparator::OneOf => (among(&rule.values), among(&rule.improve_values)),
        Comparator::NoneOf => (!among(&rule.values), among(&rule.improve_values)),
        op => (holds(op, value, rule.value), rule.improve.is_some_and(|improve| holds(op, value, improve))),
    };
    match (meets, near) {
        (true, _) => Side::Meets,
        (_, true) => Side::Near,
        _ => Side::Misses,
    }
}

/// How bad a value is for the rule: greater is worse.
pub(super) fn badness(rule: &Rule, value: f64) -> f64 {
    match rule.op {
        Comparator::Less | Comparator::AtMost => value,
        Comparator::More | Comparator::AtLeast => -value,
        _ => (value - rule.value).abs(),
    }
}

/// Why a condition does not hold, if so.
fn broken(condition: &Condition, entry: &Measurement, book: &Book<'_>) -> Option<String> {
    let own = book.beside(entry, &condition.metric);
    let others = if own.is_none() && condition.anywhere { book.of(&condition.metric) } else { &[] };
    let found: Vec<&Measurement> = own.into_iter().chain(others.iter().copied()).collect();
    if found.is_empty() {
        let place = if condition.anywhere { "not measured" } else { "not in the file" };
        return (condition.if_absent == IfAbsent::Skip).then(|| format!("{} ({place})", condition.reason));
    }
    let values = found.iter().filter_map(|found| unit::convert(found.value, &found.unit, &condition.unit));
    // The same sentence whatever order the measurements come in.
    let missed = values.filter(|value| !holds(condition.op, *value, condition.value)).max_by(f64::total_cmp)?;
    Some(format!("{} ({})", condition.reason, unit::show(missed, &condition.unit)))
}

/// Whether the conditions for judging hold in a measurement's artifact.
pub(super) fn judged(rule: &Rule, entry: &Measurement, book: &Book<'_>) -> bool {
    rule.requires.iter().all(|condition| broken(condition, entry, book).is_none())
}

/// The value in the rule's unit and form, or why there is none.
fn value_of(rule: &Rule, entry: &Measurement, book: &Book<'_>) -> Result<f64, String> {
    if rule.per.is_empty() {
        return unit::convert(entry.value, &entry.unit, &rule.unit)
            .ok_or_else(|| format!("it is given in \"{}\", the threshold in \"{}\"", entry.unit, rule.unit));
    }
    let mut value = entry.value;
    for metric in &rule.per {
        let divisor = book.beside(entry, metric).ok_or_else(|| format!("the file has no {metric}"))?;
        if divisor.value == 0.0 {
            return Err(format!("{metric} is 0"));
        }
        value /= divisor.value;
    }
    Ok(value * if rule.scale == 0.0 { 1.0 } else { rule.scale })
}

fn read<'a>(rule: &Rule, entry: &'a Measurement, book: &Book<'a>) -> Reading<'a> {
    let mut reading = Reading {
        subject: &entry.subject,
        about: about(entry, book),
        artifact: entry.artifact,
        captured: book.artifacts.get(&entry.artifact).and_then(|artifact| artifact.captured_at),
        value: entry.value,
        text: &entry.text,
        exactness: Exactness::Exact,
        side: Side::Skipped,
        why: String::new(),
        method_assumed: false,
        sources: vec![entry.id],
    };
    match value_of(rule, entry, book) {
        Ok(value) => reading.value = value,
        Err(why) => {
            reading.why = why;
            return reading;
        }
    }
    let divisors = rule.per.iter().filter_map(|metric| book.beside(entry, metric));
    reading.sources.extend(divisors.map(|divisor| divisor.id));
    reading.side = side_of(rule, reading.value, reading.text);
    conditions(rule, entry, book, &mut reading);
    reading
}

/// What an artifact is about, unless its measurement says so itself.
fn about<'a>(entry: &Measurement, book: &Book<'a>) -> &'a str {
    let about = book.artifacts.get(&entry.artifact).map_or("", |artifact| artifact.subject.as_str());
    if !entry.subject.is_empty() && about.contains(&entry.subject) { "" } else { about }
}

/// Probes of two services are no two sources for one value: neither outdates or contradicts the other.
fn tell_apart(list: &mut [Reading<'_>]) {
    let abouts: HashSet<&str> = list.iter().map(|reading| reading.about).collect();
    if abouts.len() < 2 || abouts.contains("") {
        list.iter_mut().for_each(|reading| reading.about = "");
    }
}

fn conditions(rule: &Rule, entry: &Measurement, book: &Book<'_>, reading: &mut Reading<'_>) {
    if let Some(why) = rule.requires.iter().find_map(|condition| broken(condition, entry, book)) {
        (reading.side, reading.why) = (Side::Skipped, why);
    } else if matches!(reading.side, Side::Meets | Side::Near)
        && let Some(why) = rule.pass_requires.iter().find_map(|condition| broken(condition, entry, book))
    {
        (reading.side, reading.why) = (Side::Undecided, why);
    }
}

/// A quantile enclosed by mean, standard deviation and maximum.
///
/// Cantelli: P(X ≥ μ + kσ) ≤ 1/(1+k²), so the q-quantile is at most μ + σ√(q/(1−q)), and, mirrored, at least
/// μ − σ√((1−q)/q). Both hold for every distribution; the maximum is a bound of its own.
fn enclosed<'a>(rule: &Rule, bounds: &Bounds, mean: &'a Measurement, book: &Book<'a>) -> Option<Reading<'a>> {
    let at = |metric: &str| {
        let found = book.by_place.get(&(mean.artifact, metric, mean.subject.as_str())).copied()?;
        Some((unit::convert(found.value, &found.unit, &rule.unit)?, found.id))
    };
    let average = unit::convert(mean.value, &mean.unit, &rule.unit)?;
    let (stddev, max) = (at(&bounds.stddev), at(&bounds.max));
    let odds = (bounds.quantile / (1.0 - bounds.quantile)).sqrt();
    let upper = [stddev.map(|(value, _)| average + value * odds), max.map(|(value, _)| value)];
    let upper = upper.into_iter().flatten().fold(f64::INFINITY, f64::min);
    let lower = stddev.map_or(f64::NEG_INFINITY, |(value, _)| average - value / odds);
    let mut reading = read(rule, mean, book);
    reading.sources.extend(stddev.into_iter().chain(max).map(|(_, id)| id));
    if reading.side == Side::Skipped {
        return Some(reading);
    }
    let (low, high) = (side_of(rule, lower, ""), side_of(rule, upper, ""));
    if low != high {
        (reading.side, reading.value) = (Side::Undecided, average);
        reading.exactness = Exactness::Enclosed;
        let show = |value: f64| unit::show(value, &rule.unit);
        let range = match (lower.is_finite(), upper.is_finite()) {
            (true, true) => format!("lies between {} and {}", show(lower.max(0.0)), show(upper)),
            (true, false) => format!("is at least {}", show(lower.max(0.0))),
            (false, true) => format!("is at most {}", show(upper)),
            (false, false) => "is not given, only the mean".to_owned(),
        };
        reading.why = format!("{range} by mean, deviation and maximum");
        return Some(reading);
    }
    let misses = low == Side::Misses;
    (reading.side, reading.value) = (low, if misses { lower } else { upper });
    reading.exactness = if misses { Exactness::AtLeast } else { Exactness::AtMost };
    conditions(rule, mean, book, &mut reading);
    Some(reading)
}

/// All readings of a rule, before one is chosen for each subject.
pub(super) fn readings<'a>(rule: &Rule, book: &Book<'a>) -> Readings<'a> {
    let mut found = Readings { list: Vec::new(), other_methods: 0, unknown_methods: 0 };
    let mut taken: HashSet<(Id, &str)> = HashSet::new();
    for entry in rule.also.iter().flat_map(|metric| book.of(metric)) {
        if subject::named(&rule.subjects, &entry.subject) {
            taken.insert((entry.artifact, &entry.subject));
            found.list.push(read(rule, entry, book));
        }
    }
    let settled = taken.clone();
    // Beside its parts, the whole of an artifact would be counted twice.
    let parts: HashSet<Id> =
        book.of(&rule.metric).iter().filter(|entry| !entry.subject.is_empty()).map(|entry| entry.artifact).collect();
    for entry in book.of(&rule.metric) {
        let whole = entry.subject.is_empty() && parts.contains(&entry.artifact);
        if whole || settled.contains(&(entry.artifact, entry.subject.as_str())) {
            continue;
        }
        taken.insert((entry.artifact, &entry.subject));
        if !subject::named(&rule.subjects, &entry.subject) {
            continue;
        }
        let method = subject::method(&entry.subject);
        match (rule.endpoints, method) {
            (Endpoints::Write, None) => found.unknown_methods += 1,
            (Endpoints::Read, Some(Endpoints::Write)) | (Endpoints::Write, Some(Endpoints::Read)) => {
                found.other_methods += 1;
            }
            _ => {
                let mut reading = read(rule, entry, book);
                reading.method_assumed = rule.endpoints == Endpoints::Read && method.is_none();
                found.list.push(reading);
            }
        }
    }
    if let Some(bounds) = &rule.bounds {
        let means =
            book.of(&bounds.mean).iter().filter(|mean| !taken.contains(&(mean.artifact, mean.subject.as_str())));
        let named = means.filter(|mean| subject::named(&rule.subjects, &mean.subject));
        found.list.extend(named.filter_map(|mean| enclosed(rule, bounds, mean, book)));
    }
    tell_apart(&mut found.list);
    if rule.over == Aggregation::Latest && found.list.iter().all(|reading| reading.captured.is_some()) {
        let mut last: HashMap<&str, Option<Timestamp>> = HashMap::new();
        for reading in &found.list {
            let latest = last.entry(reading.about).or_default();
            *latest = reading.captured.max(*latest);
        }
        found.list.retain(|reading| last.get(reading.about) == Some(&reading.captured));
    }
    found
}
