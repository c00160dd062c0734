//! From the rulings on a check's rules to its proposal: each kind of evidence by itself, then the strongest that decides.

use std::collections::HashSet;

use groma_model::{Id, Proposal, Verdict};

use super::{
    Book,
    judge::{self, Outcome, Ruling},
    reading::{Side, readings},
    sentence,
};
use crate::{Aggregation, Combine, EvidenceKind, Fact, Rule, Threshold};

/// At most this many measurements are listed as a proposal's sources, the deciding ones first.
const MAX_SOURCES: usize = 100;
/// At most this many values of a fact are told.
const MAX_FACTS: usize = 3;

/// What the rules of one kind of evidence say together.
struct Ground {
    kind: EvidenceKind,
    verdict: Verdict,
    ruling: Ruling,
    /// Those that carry the ruling, then the others.
    outcomes: Vec<Outcome>,
    reason: String,
}

impl Ground {
    const fn decides(&self) -> bool {
        !matches!(self.verdict, Verdict::NotAssessed)
    }

    /// Whether another decides on the other side of the threshold.
    fn against(&self, other: &Self) -> bool {
        self.decides() && other.decides() && (self.verdict == Verdict::Pass) != (other.verdict == Verdict::Pass)
    }
}

/// Weighs a threshold; `None` when no measurement speaks of it.
pub(super) fn weigh(threshold: &Threshold, book: &Book<'_>) -> Option<Proposal> {
    let kinds = [EvidenceKind::Measured, EvidenceKind::Configured, EvidenceKind::Code];
    let mut grounds: Vec<Ground> = kinds.into_iter().filter_map(|kind| ground(kind, threshold, book)).collect();
    let (facts, beside) = beside(&threshold.facts, book);
    if grounds.is_empty() {
        let (verdict, reason) = (Verdict::NotAssessed, format!("evidence does not decide it; beside it: {facts}"));
        let proposal = Proposal { verdict, reason, sources: beside, ..Proposal::default() };
        return (!facts.is_empty()).then_some(proposal);
    }
    let first = grounds.remove(strongest(&grounds));
    let mut reason = first.reason.clone();
    for other in &grounds {
        if first.against(other) {
            let (counts, less) = (more(first.kind), place(other.kind));
            reason.push_str(&format!("; {less} says otherwise: {}; {counts} counts more", other.reason));
        } else {
            reason.push_str(&format!("; {}: {}", place(other.kind), other.reason));
        }
    }
    if !facts.is_empty() {
        reason.push_str(&format!("; beside it: {facts}"));
    }
    let conflicting = grounds.iter().any(|other| first.against(other));
    let all = || std::iter::once(&first).chain(&grounds).flat_map(|ground| &ground.outcomes);
    let mut seen = HashSet::new();
    let sources = all().flat_map(|outcome| &outcome.sources).chain(&beside);
    let sources = sources.copied().filter(|id| seen.insert(*id)).take(MAX_SOURCES).collect();
    let deciding = first.outcomes.first()?;
    Some(Proposal {
        verdict: first.verdict,
        value: deciding.value,
        unit: deciding.unit.clone(),
        subject: deciding.subject.clone(),
        reason,
        sources,
        conflicting: conflicting || all().any(|outcome| outcome.conflicting),
    })
}

/// The first that decides; but a mere sign of a fault does not hide that a weaker kind proves one.
fn strongest(grounds: &[Ground]) -> usize {
    let Some(first) = grounds.iter().position(Ground::decides) else { return 0 };
    let proven = grounds.iter().position(|ground| ground.verdict == Verdict::Fail);
    proven.filter(|_| grounds[first].ruling == Ruling::Sign).unwrap_or(first)
}

const fn place(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Measured => "the measurement",
        EvidenceKind::Configured => "the configuration",
        EvidenceKind::Code => "the code",
    }
}

const fn more(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Measured => "what was measured",
        EvidenceKind::Configured => "what is configured",
        EvidenceKind::Code => "what the code proves",
    }
}

/// What the rules of a kind say; `None` when no measurement speaks of them.
fn ground(kind: EvidenceKind, threshold: &Threshold, book: &Book<'_>) -> Option<Ground> {
    let rules: Vec<&Rule> = threshold.rules.iter().filter(|rule| rule.kind == kind).collect();
    let outcomes: Vec<Option<Outcome>> = rules.iter().map(|rule| judge::judge(rule, book)).collect();
    let blank = rules.iter().zip(&outcomes).any(|(rule, outcome)| outcome.is_none() && judge::needed(rule));
    let given: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    if given.is_empty() {
        return None;
    }
    let has = |ruling| given.iter().any(|outcome| outcome.ruling == ruling);
    // The order in which rulings decide; the first that is there wins.
    let order: &[Ruling] = match threshold.combine {
        Combine::All => &[Ruling::Fail, Ruling::Sign, Ruling::Open, Ruling::Improve, Ruling::Pass, Ruling::Neutral],
        Combine::Any => &[Ruling::Pass, Ruling::Improve, Ruling::Open, Ruling::Sign, Ruling::Fail, Ruling::Neutral],
    };
    let ruling = order.iter().copied().find(|ruling| has(*ruling)).unwrap_or(Ruling::Open);
    let short = threshold.combine == Combine::All && blank && matches!(ruling, Ruling::Pass | Ruling::Improve);
    let verdict = match ruling {
        _ if short => Verdict::NotAssessed,
        Ruling::Fail => Verdict::Fail,
        Ruling::Improve | Ruling::Sign => Verdict::Improve,
        Ruling::Pass => Verdict::Pass,
        Ruling::Open | Ruling::Neutral => Verdict::NotAssessed,
    };
    let (mut deciding, others): (Vec<Outcome>, Vec<Outcome>) =
        given.into_iter().partition(|outcome| outcome.ruling == ruling);
    let first = deciding.first()?;
    let mut reason = match ruling {
        // Rules that decide nothing usually do so for one and the same cause.
        Ruling::Open if deciding.len() > 1 => format!("{}; likewise {} more", first.reason, deciding.len() - 1),
        _ => deciding.iter().map(|outcome| outcome.reason.as_str()).collect::<Vec<_>>().join("; "),
    };
    if short {
        reason.push_str("; the rest of the threshold was not measured");
    }
    deciding.extend(others);
    Some(Ground { kind, verdict, ruling, outcomes: deciding, reason })
}

/// The facts beside a check as one sentence, and their measurements.
fn beside(facts: &[Fact], book: &Book<'_>) -> (String, Vec<Id>) {
    let (mut told, mut sources) = (Vec::new(), Vec::new());
    for fact in facts {
        let rule = Rule {
            metric: fact.metric.clone(),
            label: fact.label.clone(),
            unit: fact.unit.clone(),
            over: Aggregation::Latest,
            ..Rule::default()
        };
        let mut found = readings(&rule, book).list;
        found.retain(|reading| reading.side != Side::Skipped);
        found.sort_by(|a, b| a.subject.cmp(b.subject).then(a.artifact.cmp(&b.artifact)));
        told.extend(found.iter().take(MAX_FACTS).map(|reading| sentence::statement(&rule, reading)));
        if found.len() > MAX_FACTS {
            told.push(format!("{} more", found.len() - MAX_FACTS));
        }
        sources.extend(found.into_iter().take(MAX_FACTS).flat_map(|reading| reading.sources));
    }
    (told.join(", "), sources)
}
