//! Checks, thresholds and commands.

use std::collections::BTreeSet;

use super::Problems;
use crate::{Aggregation, Check, Comparator, Miss, Pack, Proves, Rule, Threshold, unit};

pub(super) fn validate(pack: &Pack, check: &Check, field: &str, areas: &BTreeSet<&str>, problems: &mut Problems) {
    problems.must(field, "id", &check.id);
    problems.must(field, "title", &check.title);
    if check.weight > 5 {
        problems.add(format!("{field}.weight"), format!("{} is outside 1 to 5", check.weight));
    }
    problems.ids(&format!("{field}.blanks"), check.blanks.iter().map(|blank| blank.id.as_str()));
    for (i, blank) in check.blanks.iter().enumerate() {
        problems.must(&format!("{field}.blanks[{i}]"), "label", &blank.label);
    }
    for (i, reference) in check.areas.iter().enumerate() {
        let (other, area) = reference.split_once('/').unwrap_or((&pack.id, reference));
        if other == pack.id {
            problems.refers(format!("{field}.areas[{i}]"), area, "area", areas);
        } else if other.is_empty() || area.is_empty() {
            let message = format!("\"{reference}\" names no area: write `area` or `pack/area`");
            problems.add(format!("{field}.areas[{i}]"), message);
        }
    }
    for (i, command) in check.commands.iter().enumerate() {
        let at = format!("{field}.commands[{i}]");
        problems.must(&at, "label", &command.label);
        problems.must(&at, "language", &command.language);
        if command.file.is_empty() {
            problems.must(&at, "text", &command.text);
        }
    }
    match (check.threshold.rules.is_empty(), check.person.trim().is_empty()) {
        (false, false) => problems.add(
            format!("{field}.person"),
            "person says that only a person can answer the check, and rules answer it: drop one",
        ),
        (true, true) if pack.complete => problems.add(
            field,
            format!(
                "nothing answers the check \"{}\": give it rules, or say in person why only a person can",
                check.id
            ),
        ),
        _ => {}
    }
    for (language, text) in &check.person_in {
        let at = format!("{field}.person_in.{language}");
        if check.person.trim().is_empty() {
            problems.add(at, "this translates person, which is not given: give it, or drop this");
        } else if text.trim().is_empty() {
            problems.add(at, "the translation is empty: write it, or drop it");
        }
    }
    threshold(&check.threshold, &format!("{field}.threshold"), problems);
}

fn threshold(threshold: &Threshold, field: &str, problems: &mut Problems) {
    for (i, fact) in threshold.facts.iter().enumerate() {
        let at = format!("{field}.facts[{i}]");
        metric(format!("{at}.metric"), &fact.metric, problems);
        problems.must(&at, "label", &fact.label);
        known_unit(format!("{at}.unit"), &fact.unit, problems);
    }
    if threshold.rules.is_empty() {
        return;
    }
    problems.must(field, "text", &threshold.text);
    for (i, entry) in threshold.rules.iter().enumerate() {
        rule(entry, &format!("{field}.rules[{i}]"), problems);
    }
}

fn metric(field: String, name: &str, problems: &mut Problems) {
    let dotted = name.contains('.') && name.split('.').all(|part| !part.is_empty());
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_'));
    if !dotted || !plain {
        problems.add(field, format!("\"{name}\" is not a metric: write a dotted name such as http.latency.p99"));
    }
}

fn known_unit(field: String, name: &str, problems: &mut Problems) {
    if !unit::known(name) {
        let message =
            format!("the unit \"{name}\" is not known: use ms, s, ratio, %, count, factor, bytes, 1/s or bool");
        problems.add(field, message);
    }
}

pub(super) fn rule(rule: &Rule, field: &str, problems: &mut Problems) {
    metric(format!("{field}.metric"), &rule.metric, problems);
    for (i, name) in rule.also.iter().enumerate() {
        metric(format!("{field}.also[{i}]"), name, problems);
    }
    for (i, name) in rule.per.iter().enumerate() {
        metric(format!("{field}.per[{i}]"), name, problems);
    }
    known_unit(format!("{field}.unit"), &rule.unit, problems);
    if rule.miss == Miss::Improve && !rule.proves.is_empty() && !rule.proves.contains(&Proves::Improve) {
        problems.add(format!("{field}.proves"), "miss = \"improve\" needs improve among what the rule proves");
    }
    let words = matches!(rule.op, Comparator::OneOf | Comparator::NoneOf);
    if words == rule.values.is_empty() {
        problems.add(format!("{field}.values"), "one_of and none_of take values, the other comparisons take value");
    }
    if let Some(improve) = rule.improve {
        let kept = match rule.op {
            Comparator::Less | Comparator::AtMost => improve > rule.value,
            Comparator::More | Comparator::AtLeast => improve < rule.value,
            _ => false,
        };
        if !kept {
            problems
                .add(format!("{field}.improve"), "improve must lie beyond value on the failing side of <, <=, > or >=");
        }
    }
    let share = |value: f64| value > 0.0 && value <= 1.0;
    if rule.over == Aggregation::Share && !share(rule.min_share) {
        problems.add(format!("{field}.min_share"), "over = \"share\" needs min_share above 0 and up to 1");
    }
    if rule.improve_share.is_some_and(|value| !share(value) || value >= rule.min_share) {
        problems.add(format!("{field}.improve_share"), "improve_share must be above 0 and below min_share");
    }
    if let Some(bounds) = &rule.bounds {
        if !(bounds.quantile > 0.0 && bounds.quantile < 1.0) {
            problems.add(format!("{field}.bounds.quantile"), "the quantile must lie between 0 and 1, for example 0.99");
        }
        metric(format!("{field}.bounds.mean"), &bounds.mean, problems);
    }
    if let Some(absent) = &rule.absent {
        problems.must(&format!("{field}.absent"), "reason", &absent.reason);
        if absent.given.is_empty() {
            problems.add(format!("{field}.absent.given"), "name the metrics that show that the measurement was made");
        }
    }
    for (list, conditions) in [("requires", &rule.requires), ("pass_requires", &rule.pass_requires)] {
        for (i, condition) in conditions.iter().enumerate() {
            let at = format!("{field}.{list}[{i}]");
            metric(format!("{at}.metric"), &condition.metric, problems);
            problems.must(&at, "reason", &condition.reason);
            if matches!(condition.op, Comparator::OneOf | Comparator::NoneOf) {
                problems.add(format!("{at}.op"), "a condition compares numbers: use <, <=, >, >=, = or !=");
            }
            known_unit(format!("{at}.unit"), &condition.unit, problems);
        }
    }
}
