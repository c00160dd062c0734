//! The reason of a proposal, as a sentence without its full stop.

use std::borrow::Cow;

use groma_model::Id;

use super::{
    Book,
    judge::{Subject, Tally},
    reading::{Exactness, Reading, Readings, Side},
};
use crate::{Aggregation, Comparator, Endpoints, Rule, unit};

/// Texts of measurements longer than this are cut.
const MAX_TEXT: usize = 120;

fn label(rule: &Rule) -> &str {
    if rule.label.is_empty() { &rule.metric } else { &rule.label }
}

fn nouns(rule: &Rule, count: usize) -> String {
    let noun = if rule.noun.is_empty() { "subject" } else { rule.noun.as_str() };
    if count == 1 {
        return noun.to_owned();
    }
    match (noun.strip_suffix('y'), noun.ends_with(['s', 'x'])) {
        (Some(stem), _) => format!("{stem}ies"),
        (None, true) => format!("{noun}es"),
        (None, false) => format!("{noun}s"),
    }
}

fn cut(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= MAX_TEXT {
        return flat;
    }
    flat.chars().take(MAX_TEXT).chain(['…']).collect()
}

/// A value, written exactly where rounding would make it look like the threshold.
fn shown(rule: &Rule, value: f64) -> String {
    let text = unit::show(value, &rule.unit);
    if value != rule.value && text == unit::show(rule.value, &rule.unit) {
        return match rule.unit.as_str() {
            "ratio" => format!("{} %", value * 100.0),
            "" | "count" | "factor" => format!("{value}"),
            unit => format!("{value} {unit}"),
        };
    }
    text
}

fn worded(op: Comparator) -> bool {
    matches!(op, Comparator::OneOf | Comparator::NoneOf)
}

/// What the value is about: the measurement's subject, the artifact's, or both.
pub(super) fn subject<'a>(reading: &Reading<'a>) -> Cow<'a, str> {
    match (reading.subject, reading.about) {
        (subject, "") => Cow::Borrowed(subject),
        ("", about) => Cow::Borrowed(about),
        (subject, about) => Cow::Owned(format!("{subject} ({about})")),
    }
}

/// Label and subject, for example `p99 of GET /api/parcels`.
fn named(rule: &Rule, reading: &Reading<'_>) -> String {
    // A rule about one subject says so in its label.
    let one = matches!(rule.subjects.as_slice(), [only] if !only.ends_with('*'));
    match subject(reading).as_ref() {
        "" => label(rule).to_owned(),
        _ if one => label(rule).to_owned(),
        subject => format!("{} of {}", label(rule), cut(subject)),
    }
}

/// Label, subject and value, for example `p99 of GET /api/parcels is 840 ms`.
pub(super) fn statement(rule: &Rule, reading: &Reading<'_>) -> String {
    let mut out = named(rule, reading);
    let bound = match reading.exactness {
        Exactness::Exact | Exactness::Enclosed => "",
        Exactness::AtMost => "at most ",
        Exactness::AtLeast => "at least ",
    };
    let text = cut(reading.text);
    if worded(rule.op) {
        out.push_str(&format!(" is {}", if text.is_empty() { "empty".to_owned() } else { text }));
    } else if rule.unit == "bool" {
        out.push_str(&format!(": {}", shown(rule, reading.value)));
        if !text.is_empty() {
            out.push_str(&format!(" ({text})"));
        }
    } else {
        let value = shown(rule, reading.value);
        out.push_str(&format!(" is {bound}{value}"));
        if !text.is_empty() && text != value {
            out.push_str(&format!(" ({text})"));
        }
    }
    out
}

const fn sign(op: Comparator) -> &'static str {
    match op {
        Comparator::AtMost => "≤",
        Comparator::AtLeast => "≥",
        Comparator::NotEqual => "≠",
        other => other.as_str(),
    }
}

fn threshold(rule: &Rule) -> String {
    match rule.op {
        Comparator::OneOf => format!("one of {}", rule.values.join(", ")),
        Comparator::NoneOf => format!("none of {}", rule.values.join(", ")),
        op => format!("{} {}", sign(op), unit::show(rule.value, &rule.unit)),
    }
}

/// What happened to those that missed it, in a word.
fn beyond(rule: &Rule) -> &'static str {
    match rule.op {
        Comparator::Less | Comparator::AtMost => "above",
        Comparator::More | Comparator::AtLeast => "below",
        _ => "miss it",
    }
}

/// The reason when there are readings.
pub(super) fn with_readings(
    rule: &Rule,
    deciding: &Subject<'_>,
    subjects: &[Subject<'_>],
    tally: Tally,
    book: &Book<'_>,
) -> String {
    let first = &deciding.deciding;
    let mut out = if first.side == Side::Skipped {
        format!("{} could not be judged: {}", named(rule, first), first.why)
    } else if first.exactness == Exactness::Enclosed {
        format!("{} {}, threshold {}", named(rule, first), first.why, threshold(rule))
    } else {
        let yes_or_no = rule.unit == "bool" && !worded(rule.op);
        let mut out = statement(rule, first);
        if !yes_or_no {
            out.push_str(&format!(", threshold {}", threshold(rule)));
        }
        if first.side == Side::Undecided {
            out.push_str(&format!(", but it proves nothing: {}", first.why));
        }
        out
    };
    let judged = tally.judged();
    if judged > 1 && rule.over != Aggregation::Worst {
        out.push_str("; ");
        out.push_str(&match (tally.misses, tally.near, tally.meets) {
            (0, 0, 2) if judged == 2 => format!("both {} meet it", nouns(rule, 2)),
            (0, 0, meets) if meets == judged => format!("all {judged} {} meet it", nouns(rule, judged)),
            (0, 0, meets) => format!("{meets} of {judged} {} meet it", nouns(rule, judged)),
            (misses, near, _) => format!("{} of {judged} {} {}", misses + near, nouns(rule, judged), beyond(rule)),
        });
        if rule.over == Aggregation::Share {
            out.push_str(&format!(", {} must meet it", unit::show(rule.min_share, "ratio")));
        }
    }
    if let (1.., Some(improve)) = (tally.near, rule.improve) {
        let which = if tally.near + tally.misses == 1 { String::new() } else { format!("{} of them ", tally.near) };
        out.push_str(&format!("; {which}within the tolerance of {}", unit::show(improve, &rule.unit)));
    }
    let undecided = tally.undecided - usize::from(first.side == Side::Undecided);
    if undecided > 0 {
        let other = subjects.iter().rfind(|subject| subject.deciding.side == Side::Undecided);
        let why = other.map_or("", |subject| subject.deciding.why.as_str());
        let more = if first.side == Side::Undecided { " more" } else { "" };
        out.push_str(&format!("; {undecided}{more} not decidable ({why})"));
    }
    if tally.skipped > 0 && first.side != Side::Skipped {
        let why = subjects.iter().rfind(|subject| subject.deciding.side == Side::Skipped);
        let why = why.map_or("", |subject| subject.deciding.why.as_str());
        out.push_str(&format!("; {} left out: {why}", tally.skipped));
    }
    if rule.endpoints == Endpoints::Read && subjects.iter().any(|subject| subject.deciding.method_assumed) {
        out.push_str("; the method is not given and was taken as a read");
    }
    if let Some(conflict) = conflict(rule, deciding, subjects, book) {
        out.push_str(&conflict);
    }
    out
}

fn conflict(rule: &Rule, deciding: &Subject<'_>, subjects: &[Subject<'_>], book: &Book<'_>) -> Option<String> {
    let own = deciding.against.first().map(|other| (deciding, other));
    let (subject, other) =
        own.or_else(|| subjects.iter().find_map(|subject| subject.against.first().map(|other| (subject, other))))?;
    let dated = subject.deciding.captured.is_some() && other.captured.is_some();
    let later = dated && other.captured < subject.deciding.captured;
    let why = if later { "the later capture decides" } else { "the worse value decides" };
    let source = |id: Id| if book.name(id).is_empty() { "another source".to_owned() } else { book.name(id).to_owned() };
    let value = if worded(rule.op) { cut(other.text) } else { shown(rule, other.value) };
    let whose =
        if own.is_none() && !other.subject.is_empty() { format!(" for {}", cut(other.subject)) } else { String::new() };
    Some(format!("; sources contradict each other: {} says {value}{whose}; {why}", source(other.artifact)))
}

/// The reason when nothing could be read; `None` when nothing was measured either.
pub(super) fn without_readings(
    rule: &Rule,
    found: &Readings<'_>,
    missing: &[(Id, Id)],
    book: &Book<'_>,
) -> Option<String> {
    if !missing.is_empty() {
        let told = rule.absent.as_ref().is_some_and(|absent| absent.verdict.is_some());
        let what = gaps(rule, missing, book);
        return Some(if told { what } else { format!("not evaluable: {what}") });
    }
    let kind = if rule.endpoints == Endpoints::Write { "write" } else { "read" };
    match (found.unknown_methods, found.other_methods) {
        (0, 0) => None,
        (0, _) => Some(format!("not evaluable: no {kind} endpoint was measured")),
        (unknown, _) => Some(format!(
            "not evaluable: no {kind} endpoint can be told; the method of {unknown} {} is not given",
            nouns(rule, unknown)
        )),
    }
}

/// Which artifacts lack the metric, and what to do.
pub(super) fn gaps(rule: &Rule, missing: &[(Id, Id)], book: &Book<'_>) -> String {
    let names: Vec<&str> =
        missing.iter().map(|(artifact, _)| book.name(*artifact)).filter(|name| !name.is_empty()).collect();
    let which = match (names.as_slice(), missing.len()) {
        ([], 1) => "the file".to_owned(),
        ([], count) => format!("{count} files"),
        ([name], _) => (*name).to_owned(),
        ([first, rest @ ..], _) => format!("{first} and {} more", rest.len()),
    };
    let reason = rule.absent.as_ref().map_or("", |absent| absent.reason.as_str());
    let verb = if missing.len() == 1 { "has" } else { "have" };
    format!("{which} {verb} no {}: {reason}", label(rule))
}
