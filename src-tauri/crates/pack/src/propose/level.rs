//! A level for a maturity area that the evidence alone supports.
//!
//! A *for* signal of level N that holds is a fact for N; measured and not holding it is a fact against N and all above.
//! An *against* signal of level N that holds for one subject is a fact against N and all above, and otherwise says nothing. The
//! suggested level is the highest N
//!
//! - that has required signals, all of which hold, like those of every lower level, and
//! - that no fact is against, nor any lower level.
//!
//! Nothing is averaged and nothing assumed: what was not measured is listed as missing and never proves a level. Level 1
//! needs no proof, but is suggested only where a fact is against level 2; where nothing is proven and nothing is against
//! it, no level is suggested. The suggestion is a starting point for the assessor, never a rating.

use std::collections::HashSet;

use groma_model::{Artifact, Id, Level, Measurement};
use serde::Serialize;

use super::{
    Book,
    judge::{self, Ruling},
};
use crate::{Area, Comparator, Rule, Signal};

/// A fact for or against a level.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LevelFact {
    /// The level it speaks of; against one, it speaks against all above too.
    pub level: Level,
    /// The pack's sentence.
    pub sentence: String,
    /// Whether the sentence is true.
    pub holds: bool,
    /// What was measured, against what threshold.
    pub reason: String,
    /// Metric.
    pub metric: String,
    /// Its value in `unit`, where it is one.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: String,
    /// Measurements it rests on, the deciding one first.
    pub sources: Vec<Id>,
    /// Whether sources contradict each other.
    pub conflicting: bool,
}

/// A signal that nothing was measured for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct MissingFact {
    /// The level it would speak for.
    pub level: Level,
    /// Whether the level cannot be suggested without it.
    pub required: bool,
    /// The pack's sentence.
    pub sentence: String,
    /// Metric.
    pub metric: String,
    /// Why a measurement that is there decides nothing; empty when there is none.
    pub reason: String,
}

/// What the evidence says of a level, and on what grounds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct Suggestion {
    /// The level that it supports; null where it neither proves nor excludes level 2.
    pub level: Option<Level>,
    /// The next level that evidence alone can prove; null where there is none.
    pub next: Option<Level>,
    /// Facts for a level, in the pack's order.
    pub r#for: Vec<LevelFact>,
    /// Facts against a level, in the pack's order.
    pub against: Vec<LevelFact>,
    /// What would speak for a level but was not measured, in the pack's order.
    pub missing: Vec<MissingFact>,
}

/// What measurements say of an area's level.
///
/// `artifacts` give capture times, as for [`crate::propose`]. The answer depends on nothing but the arguments.
#[must_use]
pub fn suggest_level(area: &Area, measurements: &[Measurement], artifacts: &[Artifact]) -> Suggestion {
    let book = Book::new(measurements, artifacts);
    let mut held: Vec<&Signal> = Vec::new();
    let (mut facts, mut against, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for signal in &area.signals {
        let speaks_for = signal.for_level.is_some();
        let outcome = judge::judge(&if speaks_for { signal.rule.clone() } else { opposite(&signal.rule) }, &book);
        let decided = outcome.as_ref().and_then(|outcome| match outcome.ruling {
            Ruling::Pass => Some(speaks_for),
            Ruling::Fail | Ruling::Improve | Ruling::Sign => Some(!speaks_for),
            Ruling::Open | Ruling::Neutral => None,
        });
        let fact = |level: Level| {
            outcome.as_ref().map(|outcome| LevelFact {
                level,
                sentence: signal.sentence.clone(),
                holds: decided == Some(true),
                reason: outcome.reason.clone(),
                metric: signal.rule.metric.clone(),
                value: outcome.value,
                unit: outcome.unit.clone(),
                sources: once(&outcome.sources),
                conflicting: outcome.conflicting,
            })
        };
        match (signal.for_level, signal.against_level, decided) {
            (Some(level), _, Some(true)) => {
                held.push(signal);
                facts.extend(fact(level));
            }
            (Some(level), _, Some(false)) | (None, Some(level), Some(true)) => against.extend(fact(level)),
            (Some(level), _, None) => missing.push(MissingFact {
                level,
                required: signal.required,
                sentence: signal.sentence.clone(),
                metric: signal.rule.metric.clone(),
                reason: outcome.as_ref().map_or_else(String::new, |outcome| outcome.reason.clone()),
            }),
            (None, ..) => {}
        }
    }
    let lowest_against = against.iter().map(|fact| fact.level.get()).min().unwrap_or(u8::MAX);
    let required = |level: u8| {
        area.signals
            .iter()
            .filter(move |signal| signal.required && signal.for_level.is_some_and(|of| of.get() == level))
    };
    let proven = |level: u8| required(level).all(|signal| held.iter().any(|other| std::ptr::eq(*other, signal)));
    let reached = (2..=5_u8)
        .take_while(|level| *level < lowest_against && proven(*level))
        .filter(|level| required(*level).next().is_some())
        .last();
    let level = reached.or(if lowest_against == 2 { Some(1) } else { None });
    let next = (level.map_or(2, |level| level + 1)..=5).find(|level| required(*level).next().is_some());
    let rated = |level: u8| Level::try_from(i64::from(level)).ok();
    Suggestion { level: level.and_then(rated), next: next.and_then(rated), r#for: facts, against, missing }
}

/// The sources, each once, in their order.
fn once(sources: &[Id]) -> Vec<Id> {
    let mut seen = HashSet::new();
    sources.iter().copied().filter(|id| seen.insert(*id)).collect()
}

/// What a signal against a level would have to be for all to be well: one subject that misses it is against the level.
fn opposite(rule: &Rule) -> Rule {
    let op = match rule.op {
        Comparator::Less => Comparator::AtLeast,
        Comparator::AtMost => Comparator::More,
        Comparator::More => Comparator::AtMost,
        Comparator::AtLeast => Comparator::Less,
        Comparator::Equal => Comparator::NotEqual,
        Comparator::NotEqual => Comparator::Equal,
        Comparator::OneOf => Comparator::NoneOf,
        Comparator::NoneOf => Comparator::OneOf,
    };
    Rule { op, ..rule.clone() }
}
