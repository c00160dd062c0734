//! From symptoms to root causes: which findings cause which, what hangs on each root, and what fixing it takes.
//!
//! A **root** is a gap that nothing causes and that causes others or explains a symptom. A symptom is **settled** by a
//! root when every way from it leads there. Links to findings that are gone, to strengths, and circles (which the store
//! refuses, and a damaged file may hold) are passed over.

mod columns;
mod draw;

use std::collections::{BTreeMap, BTreeSet};

use groma_model::{Contents, Effort, Finding, FindingKind, Id, MoneyRange};
use serde::{Deserialize, Serialize};

pub use draw::{CauseBox, CauseLine, CauseMap, CausePart, MAP_WIDTH, MOST_ELEMENTS};

use crate::{Cost, cost::plus};

/// Chains that are listed of a root at most, the longest first.
const MOST_CHAINS: usize = 12;

/// One finding causes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct CauseLink {
    /// What causes.
    pub cause: Id,
    /// What is caused.
    pub effect: Id,
}

/// A root cause, and what hangs on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RootCause {
    /// The finding.
    pub finding: Id,
    /// Its number.
    pub number: u32,
    /// Findings that it causes, at once or through others; nearest first.
    pub effects: Vec<Id>,
    /// From the root to an end, the longest first.
    pub chains: Vec<Vec<Id>>,
    /// Symptoms that lead here.
    pub symptoms: Vec<Id>,
    /// Of these, those that lead nowhere else: fixing the root settles them.
    pub settled: Vec<Id>,
    /// Risks that come from the root or its effects.
    pub risks: Vec<Id>,
    /// Initiatives that settle the root itself.
    pub initiatives: Vec<Id>,
    /// Their person-days, those estimated.
    pub effort: Effort,
    /// What they cost once.
    pub once: MoneyRange,
    /// What they cost each year.
    pub yearly: MoneyRange,
}

/// The causal graph of an engagement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Causes {
    /// Which finding causes which.
    pub links: Vec<CauseLink>,
    /// Root causes: those on which most symptoms hang first, then most effects, then by number.
    pub roots: Vec<RootCause>,
    /// The graph drawn: as a whole, or one map a root where the whole would be too much to take in.
    pub maps: Vec<CauseMap>,
    /// The graph around the findings of each area, in the order in which areas first appear.
    pub areas: Vec<CauseMap>,
}

impl Causes {
    /// The roots of a finding: itself when nothing causes it.
    #[must_use]
    pub fn roots_of(&self, finding: Id) -> BTreeSet<Id> {
        let mut roots = BTreeSet::new();
        let mut seen = BTreeSet::from([finding]);
        let mut open = vec![finding];
        while let Some(at) = open.pop() {
            let causes: Vec<Id> = self.links.iter().filter(|link| link.effect == at).map(|link| link.cause).collect();
            if causes.is_empty() {
                roots.insert(at);
            }
            open.extend(causes.into_iter().filter(|cause| seen.insert(*cause)));
        }
        roots
    }
}

/// Derives the causal graph; `cost` gives what initiatives cost.
#[must_use]
pub fn causes(contents: &Contents, cost: Option<&Cost>) -> Causes {
    let gaps: BTreeMap<Id, &Finding> = (contents.findings.iter())
        .filter(|finding| finding.kind == FindingKind::Gap)
        .map(|finding| (finding.id, finding))
        .collect();
    let links = links(contents, &gaps);
    let mut causes = Causes { links, ..Causes::default() };
    let symptom_roots: Vec<(Id, BTreeSet<Id>, BTreeSet<Id>)> = (contents.symptoms.iter())
        .map(|symptom| {
            let findings: BTreeSet<Id> = symptom.findings.iter().copied().filter(|id| gaps.contains_key(id)).collect();
            let roots = findings.iter().flat_map(|finding| causes.roots_of(*finding)).collect();
            (symptom.id, findings, roots)
        })
        .collect();
    let caused: BTreeSet<Id> = causes.links.iter().map(|link| link.effect).collect();
    let mut roots: Vec<RootCause> = Vec::new();
    for finding in gaps.values().filter(|finding| !caused.contains(&finding.id)) {
        let effects = effects(&causes.links, finding.id);
        let leading = symptom_roots.iter().filter(|(_, _, roots)| roots.contains(&finding.id));
        let symptoms: Vec<Id> = leading.clone().map(|(id, _, _)| *id).collect();
        if effects.is_empty() && symptoms.is_empty() {
            continue;
        }
        let settled = leading.filter(|(_, _, roots)| roots.len() == 1).map(|(id, _, _)| *id).collect();
        let reached = |id: &Id| *id == finding.id || effects.contains(id);
        let risks =
            contents.risks.iter().filter(|risk| risk.findings.iter().any(reached)).map(|risk| risk.id).collect();
        let mut root = RootCause {
            finding: finding.id,
            number: finding.number,
            chains: chains(&causes.links, finding.id),
            symptoms,
            settled,
            risks,
            initiatives: Vec::new(),
            effort: Effort::default(),
            once: MoneyRange::default(),
            yearly: MoneyRange::default(),
            effects,
        };
        for initiative in contents.initiatives.iter().filter(|one| one.findings.contains(&finding.id)) {
            root.initiatives.push(initiative.id);
            root.effort = plus(root.effort, initiative.effort.unwrap_or_default());
            if let Some(cost) =
                cost.and_then(|cost| cost.initiatives.iter().find(|row| row.initiative == initiative.id))
            {
                root.once += cost.once;
                root.yearly += cost.yearly;
            }
        }
        roots.push(root);
    }
    roots.sort_by_key(|root| {
        (std::cmp::Reverse(root.symptoms.len()), std::cmp::Reverse(root.effects.len()), root.number, root.finding)
    });
    causes.roots = roots;
    if !causes.links.is_empty() {
        (causes.maps, causes.areas) = draw::maps(contents, &gaps, &causes);
    }
    causes
}

/// The links between gaps, without those that would close a circle.
fn links(contents: &Contents, gaps: &BTreeMap<Id, &Finding>) -> Vec<CauseLink> {
    let mut links: Vec<CauseLink> = Vec::new();
    for finding in contents.findings.iter().filter(|finding| gaps.contains_key(&finding.id)) {
        for cause in finding.caused_by.iter().filter(|cause| gaps.contains_key(*cause)) {
            let link = CauseLink { cause: *cause, effect: finding.id };
            let circle = *cause == finding.id || effects(&links, finding.id).contains(cause);
            if !circle && !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// What a finding causes, at once or through others; nearest first.
fn effects(links: &[CauseLink], finding: Id) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let mut at = vec![finding];
    while !at.is_empty() {
        let mut next = Vec::new();
        for link in links.iter().filter(|link| at.contains(&link.cause)) {
            if !found.contains(&link.effect) {
                found.push(link.effect);
                next.push(link.effect);
            }
        }
        at = next;
    }
    found
}

/// Every way from a root to an end, the longest first, as many as are listed.
fn chains(links: &[CauseLink], root: Id) -> Vec<Vec<Id>> {
    let mut done: Vec<Vec<Id>> = Vec::new();
    let mut open = vec![vec![root]];
    // Ways multiply; what is not walked to its end is not listed.
    let mut steps = 0;
    while let Some(way) = open.pop() {
        steps += 1;
        let last = way.last().copied().unwrap_or(root);
        let before = open.len();
        for link in links.iter().filter(|link| link.cause == last).rev() {
            let mut longer = way.clone();
            longer.push(link.effect);
            open.push(longer);
        }
        if open.len() == before && way.len() > 1 {
            done.push(way);
        }
        if steps > 2000 {
            break;
        }
    }
    done.sort_by_key(|way| std::cmp::Reverse(way.len()));
    done.truncate(MOST_CHAINS);
    done
}

#[cfg(test)]
mod tests {
    use groma_model::{Initiative, Risk, Symptom};

    use super::*;

    fn id(n: u64) -> Id {
        Id::from_parts(n, 7)
    }

    fn finding(n: u64, caused_by: &[u64]) -> Finding {
        let caused_by = caused_by.iter().map(|n| id(*n)).collect();
        Finding { id: id(n), number: n as u32, caused_by, area: "Data".into(), ..Finding::default() }
    }

    fn contents() -> Contents {
        // 1 causes 2 and 3, both cause 4; 5 causes 4 as well; 6 stands alone behind a symptom; 7 alone.
        Contents {
            findings: vec![
                finding(1, &[]),
                finding(2, &[1]),
                finding(3, &[1]),
                finding(4, &[2, 3, 5]),
                finding(5, &[]),
                finding(6, &[]),
                finding(7, &[]),
            ],
            symptoms: vec![
                Symptom { id: id(21), findings: vec![id(2)], ..Symptom::default() },
                Symptom { id: id(22), findings: vec![id(4)], ..Symptom::default() },
                Symptom { id: id(23), findings: vec![id(6)], ..Symptom::default() },
            ],
            risks: vec![Risk { id: id(31), findings: vec![id(4)], ..Risk::default() }],
            initiatives: vec![
                Initiative {
                    id: id(41),
                    findings: vec![id(1)],
                    effort: Some(Effort { low: 1.0, likely: 2.0, high: 4.0 }),
                    ..Initiative::default()
                },
                Initiative { id: id(42), findings: vec![id(2)], ..Initiative::default() },
            ],
            ..Contents::default()
        }
    }

    #[test]
    fn roots_carry_what_hangs_on_them() {
        let causes = causes(&contents(), None);
        assert_eq!(causes.roots.iter().map(|root| root.number).collect::<Vec<_>>(), [1, 5, 6]);
        let root = &causes.roots[0];
        assert_eq!(root.effects, [id(2), id(3), id(4)]);
        assert_eq!(root.chains, [vec![id(1), id(2), id(4)], vec![id(1), id(3), id(4)]]);
        assert_eq!(
            (root.symptoms.as_slice(), root.settled.as_slice()),
            ([id(21), id(22)].as_slice(), [id(21)].as_slice())
        );
        assert_eq!((root.risks.as_slice(), root.initiatives.as_slice()), ([id(31)].as_slice(), [id(41)].as_slice()));
        assert_eq!(root.effort.likely, 2.0, "the effect's initiative is not the root's");
        assert_eq!(causes.roots[1].settled, [], "the symptom has another root as well");
        assert_eq!(causes.roots_of(id(4)), BTreeSet::from([id(1), id(5)]));
        assert_eq!(causes.roots_of(id(7)), BTreeSet::from([id(7)]));
    }

    #[test]
    fn a_circle_a_strength_and_what_is_gone_are_passed_over() {
        let mut contents = contents();
        contents.findings[0].caused_by = vec![id(4), id(1), id(99)];
        contents.findings[4].kind = FindingKind::Strength;
        let causes = causes(&contents, None);
        assert!(causes.links.iter().all(|link| link.cause != id(5) && link.cause != link.effect));
        assert!(!causes.roots.is_empty());
        let whole: Vec<Vec<Id>> = causes.roots.iter().flat_map(|root| root.chains.clone()).collect();
        assert!(whole.iter().all(|way| way.iter().collect::<BTreeSet<_>>().len() == way.len()));
    }

    #[test]
    fn without_links_nothing_is_drawn_and_many_ways_end_in_time() {
        let bare = Contents { findings: vec![finding(1, &[]), finding(2, &[])], ..Contents::default() };
        assert_eq!(causes(&bare, None), Causes::default());
        // Twenty layers of three, each caused by all three before: 3^19 ways.
        let findings = (0..60u64).map(|n| {
            let before: Vec<u64> = if n < 3 { vec![] } else { (0..3).map(|k| 1 + (n / 3 - 1) * 3 + k).collect() };
            finding(n + 1, &before)
        });
        let many = Contents { findings: findings.collect(), ..Contents::default() };
        let causes = causes(&many, None);
        assert_eq!(causes.roots.len(), 3);
        assert!(causes.roots[0].chains.len() <= MOST_CHAINS);
    }
}
