//! What measuring again says of findings: fixed, partly fixed or still so, with both values.

use std::collections::{BTreeMap, BTreeSet};

use groma_evidence::Better;
use groma_model::{
    Artifact, Contents, DecisionOutcome, EvidenceLink, EvidenceTarget, Finding, FindingKind, Id, Issue, IssueGroup,
    Life, Measurement, RetestValue, Timestamp,
};
use groma_pack::{Pack, Stand, Standing};
use groma_store::{IssueFilter, MeasurementFilter, Read, StoreError};
use serde::Serialize;

use super::compare::{State, Thresholds, same_issue};
use super::{States, captured};

/// A value of a finding's evidence before and now.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ProposedValue {
    /// Both values.
    pub value: RetestValue,
    /// The side of the threshold before, where a check has one.
    pub was_side: Option<Stand>,
    /// The side of the threshold now.
    pub now_side: Option<Stand>,
    /// What it says of the finding; none where it only goes along.
    pub outcome: Option<Life>,
    /// The new evidence.
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) target: (EvidenceTarget, String),
}

/// What measuring again says of a finding.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct RetestProposal {
    /// Key, the same as long as no newer file comes.
    pub key: String,
    /// The finding.
    pub finding: Id,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What it is now.
    pub life: Life,
    /// What it would become: fixed, partly fixed, or open when it is still so.
    pub outcome: Life,
    /// When the newest of the newer files was captured, else imported.
    pub at: Option<Timestamp>,
    /// The newer files.
    pub files: Vec<String>,
    /// The values, the deciding ones first.
    pub values: Vec<ProposedValue>,
    /// What was not measured again: no newer file has it.
    pub missing: Vec<String>,
    /// What was decided, if anything.
    pub decided: Option<DecisionOutcome>,
    /// Why it was dismissed.
    pub reason: String,
}

/// What the newer artifacts propose for each finding whose evidence is of an earlier one, in the order of findings.
///
/// A value that meets its threshold now is fixed; within the tolerance, or at most half as far beyond, it is partly so.
/// Without a threshold the direction of the metric tells as much: nothing left of what should be less is fixed, half of
/// it partly. Of issues, none left is fixed and fewer are partly so. Values without a threshold only go along where
/// others have one. A finding is fixed when everything that decides is; evidence of its fault that was not measured again
/// keeps it from that.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn proposals(
    store: &impl Read,
    contents: &Contents,
    packs: &[Pack],
) -> Result<Vec<RetestProposal>, StoreError> {
    let states = States::of(&contents.artifacts);
    let superseded = states.superseded();
    if superseded.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Asked {
        store,
        thresholds: Thresholds::of(packs),
        measurements: contents.measurements.iter().map(|one| (one.id, one)).collect(),
        groups: contents.issue_groups.iter().map(|group| (group.key.as_str(), group)).collect(),
        superseded,
        states,
        read: BTreeMap::new(),
    };
    let mut found = Vec::new();
    for finding in contents.findings.iter().filter(|finding| finding.kind == FindingKind::Gap) {
        let links = contents.evidence_links.iter().filter(|link| link.finding == finding.id);
        let mut rows = Rows::default();
        for link in links {
            asked.follow(finding, link, &mut rows)?;
        }
        found.extend(proposal(contents, finding, rows));
    }
    Ok(found)
}

/// What was found of one finding.
#[derive(Default)]
struct Rows {
    values: Vec<ProposedValue>,
    /// The metric and subject, or the group, of each value, with the time of the earlier state.
    known: Vec<(String, Option<Timestamp>)>,
    missing: BTreeSet<String>,
    newest: BTreeMap<Id, Artifact>,
}

impl Rows {
    /// Takes a value; of two that compare the same thing, the one with the later state before stays.
    fn take(&mut self, key: String, earlier: &Artifact, newest: &Artifact, value: ProposedValue) {
        self.newest.insert(newest.id, newest.clone());
        match self.known.iter().position(|(known, _)| *known == key) {
            Some(at) if self.known[at].1 >= captured(earlier) => {}
            Some(at) => {
                self.known[at].1 = captured(earlier);
                self.values[at] = value;
            }
            None => {
                self.known.push((key, captured(earlier)));
                self.values.push(value);
            }
        }
    }
}

struct Asked<'a, R> {
    store: &'a R,
    thresholds: Thresholds<'a>,
    measurements: BTreeMap<Id, &'a Measurement>,
    groups: BTreeMap<&'a str, &'a IssueGroup>,
    superseded: BTreeSet<Id>,
    states: States<'a>,
    read: BTreeMap<Id, State>,
}

impl<'a, R: Read> Asked<'a, R> {
    /// The earlier artifact and its newest state, if it has one.
    fn pair(&self, earlier: Id) -> Option<(&'a Artifact, &'a Artifact)> {
        Some((self.states.artifact(earlier)?, self.states.newest(earlier)?))
    }

    /// Whether an artifact has no newer state and is none itself: nobody measured it again.
    fn stays(&self, artifact: Id) -> bool {
        let known = self.states.artifact(artifact);
        !self.superseded.contains(&artifact) && known.is_some_and(|artifact| artifact.replaces.is_none())
    }

    /// Follows a link to what it proves in the newest state.
    fn follow(&mut self, finding: &Finding, link: &EvidenceLink, rows: &mut Rows) -> Result<(), StoreError> {
        let id = link.target.parse::<Id>().ok();
        match link.target_kind {
            EvidenceTarget::Measurement => {
                let measured = id.and_then(|id| self.measurements.get(&id).copied());
                match measured.map(|one| (one, self.pair(one.artifact))) {
                    Some((measured, Some(pair))) => self.measured(finding, measured, pair, rows),
                    Some((measured, None)) if self.stays(measured.artifact) => {
                        let standing = self.thresholds.standing(Some(finding), measured);
                        let at_fault = standing
                            .map_or_else(|| tells_of_a_fault(measured), |standing| standing.stand != Stand::Meets);
                        if at_fault {
                            rows.missing.insert(named(measured));
                        }
                    }
                    _ => {}
                }
            }
            EvidenceTarget::Artifact => {
                if let Some(pair) = id.and_then(|id| self.pair(id)) {
                    self.whole(finding, pair, rows);
                }
            }
            EvidenceTarget::IssueGroup => {
                let before = rows.values.len();
                for earlier in self.superseded.clone() {
                    if let Some(pair) = self.pair(earlier) {
                        self.group(&link.target, pair, rows)?;
                    }
                }
                let group = self.groups.get(link.target.as_str());
                let stays = group.is_some_and(|group| group.artifacts.iter().any(|artifact| self.stays(*artifact)));
                if rows.values.len() == before && stays {
                    rows.missing.insert(grouped(&link.target).to_owned());
                }
            }
            EvidenceTarget::Issue => {
                let issue = id.and_then(|id| self.store.issue(id).ok());
                if let Some((issue, pair)) = issue.and_then(|issue| Some((issue.clone(), self.pair(issue.artifact)?))) {
                    self.single(&issue, pair, rows)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn measured(&self, finding: &Finding, was: &Measurement, pair: (&Artifact, &Artifact), rows: &mut Rows) {
        let (earlier, newest) = pair;
        let again = self
            .measurements
            .values()
            .find(|one| one.artifact == newest.id && one.metric == was.metric && one.subject == was.subject);
        let key = format!("{}\n{}\n{}", was.metric, was.subject, newest.id);
        let Some(now) = again else {
            rows.newest.insert(newest.id, newest.clone());
            rows.missing.insert(named(was));
            return;
        };
        let before = self.thresholds.standing(Some(finding), was);
        let after = self.thresholds.standing(Some(finding), now);
        let value = ProposedValue {
            value: RetestValue {
                metric: now.metric.clone(),
                subject: now.subject.clone(),
                unit: now.unit.clone(),
                was: was.value,
                now: now.value,
                was_text: was.text.clone(),
                now_text: now.text.clone(),
            },
            was_side: before.map(|standing| standing.stand),
            now_side: after.map(|standing| standing.stand),
            outcome: settled((was, before), (now, after)),
            target: (EvidenceTarget::Measurement, now.id.to_string()),
        };
        rows.take(key, earlier, newest, value);
    }

    /// A whole file is evidence: of its measurements the worst that misses a check of the finding, and how many issues.
    fn whole(&self, finding: &Finding, pair: (&Artifact, &Artifact), rows: &mut Rows) {
        let (earlier, newest) = pair;
        let of = self.measurements.values().filter(|one| one.artifact == earlier.id);
        let missing = of.filter_map(|one| {
            let standing = self.thresholds.own_standing(finding, one)?;
            (standing.stand != Stand::Meets).then_some((standing.beyond, *one))
        });
        if let Some((_, worst)) = missing.max_by(|a, b| a.0.total_cmp(&b.0)) {
            self.measured(finding, worst, pair, rows);
        }
        if earlier.issues > 0 {
            let (was, now) = (earlier.issues, newest.issues);
            rows.take(format!("\n{}", newest.id), earlier, newest, counted(&earlier.name, was, now, newest));
        }
    }

    fn group(&self, key: &str, pair: (&Artifact, &Artifact), rows: &mut Rows) -> Result<(), StoreError> {
        let (earlier, newest) = pair;
        if earlier.issues == 0 {
            return Ok(());
        }
        let count = |artifact: Id| {
            let group = Some(key.to_owned());
            let filter = IssueFilter { artifact: Some(artifact), group, suppressed: Some(false), severity: None };
            self.store.issue_count(&filter)
        };
        let was = count(earlier.id)?;
        if was > 0 {
            let now = count(newest.id)?;
            rows.take(format!("{key}\n{}", newest.id), earlier, newest, counted(grouped(key), was, now, newest));
        }
        Ok(())
    }

    fn single(&mut self, issue: &Issue, pair: (&Artifact, &Artifact), rows: &mut Rows) -> Result<(), StoreError> {
        let (earlier, newest) = pair;
        for artifact in [earlier.id, newest.id] {
            if !self.read.contains_key(&artifact) {
                let filter = IssueFilter { artifact: Some(artifact), ..IssueFilter::default() };
                let issues = self.store.issues(&filter, 0, usize::MAX)?;
                self.read.insert(artifact, State { issues, ..State::default() });
            }
        }
        if let (Some(before), Some(after)) = (self.read.get(&earlier.id), self.read.get(&newest.id))
            && let Some(still) = same_issue(before, after, issue.id)
        {
            let place = if issue.location.is_empty() { &issue.component } else { &issue.location };
            let what = format!("{} {place}", issue.rule);
            let key = format!("{}\n{}", issue.id, newest.id);
            rows.take(key, earlier, newest, counted(what.trim(), 1, u64::from(still), newest));
        }
        Ok(())
    }
}

/// Whether a value that no threshold judges speaks of a fault: there is some of what should be less.
fn tells_of_a_fault(measured: &Measurement) -> bool {
    let better = groma_evidence::metric(&measured.metric).map(|metric| metric.better);
    better == Some(Better::Lower) && measured.value > 0.0
}

/// A measurement by its metric and subject.
fn named(measured: &Measurement) -> String {
    format!("{} {}", measured.metric, measured.subject).trim().to_owned()
}

/// A group by its rule and component, `issue:<tool>:<rule>:<component>`: the tool stands beside it anyway.
fn grouped(key: &str) -> &str {
    key.splitn(3, ':').nth(2).unwrap_or(key)
}

/// Issues counted before and now.
fn counted(what: &str, was: u64, now: u64, newest: &Artifact) -> ProposedValue {
    let value = RetestValue {
        subject: what.to_owned(),
        unit: "count".to_owned(),
        was: was as f64,
        now: now as f64,
        ..RetestValue::default()
    };
    let outcome = match now {
        0 => Life::Fixed,
        now if now < was => Life::PartlyFixed,
        _ => Life::Open,
    };
    let target = (EvidenceTarget::Artifact, newest.id.to_string());
    ProposedValue { value, was_side: None, now_side: None, outcome: Some(outcome), target }
}

/// What a value says of the finding that the earlier one proved.
fn settled(was: (&Measurement, Option<Standing>), now: (&Measurement, Option<Standing>)) -> Option<Life> {
    if let (Some(before), Some(after)) = (was.1, now.1) {
        return match (before.stand, after.stand) {
            (Stand::Meets, Stand::Meets) => None,
            (_, Stand::Meets) => Some(Life::Fixed),
            (_, Stand::Near) => Some(Life::PartlyFixed),
            (_, Stand::Misses) if before.beyond.is_finite() && after.beyond <= before.beyond / 2.0 => {
                Some(Life::PartlyFixed)
            }
            (_, Stand::Misses) => Some(Life::Open),
        };
    }
    let (was, now) = (was.0.value, now.0);
    match groma_evidence::metric(&now.metric).map(|metric| metric.better)? {
        Better::Lower if now.value <= 0.0 && was > 0.0 => Some(Life::Fixed),
        Better::Lower if now.value <= was / 2.0 && was > 0.0 => Some(Life::PartlyFixed),
        Better::Higher if now.unit == "bool" && now.value > was => Some(Life::Fixed),
        Better::Higher if now.value >= was * 2.0 && was > 0.0 => Some(Life::PartlyFixed),
        Better::Lower | Better::Higher => Some(Life::Open),
        Better::Neither => None,
    }
}

fn proposal(contents: &Contents, finding: &Finding, rows: Rows) -> Option<RetestProposal> {
    let Rows { mut values, missing, newest, .. } = rows;
    let judged = |one: &ProposedValue| one.outcome.is_some() && (one.now_side.is_some() || one.value.metric.is_empty());
    if values.iter().any(judged) {
        for one in values.iter_mut().filter(|one| !one.value.metric.is_empty() && one.now_side.is_none()) {
            one.outcome = None;
        }
    }
    values.sort_by_key(|one| one.outcome.is_none());
    let deciding: Vec<Life> = values.iter().filter_map(|one| one.outcome).collect();
    let all = |life: Life| deciding.iter().all(|one| *one == life);
    let outcome = match () {
        () if deciding.is_empty() => return None,
        () if all(Life::Fixed) && missing.is_empty() => Life::Fixed,
        () if all(Life::Open) => Life::Open,
        () => Life::PartlyFixed,
    };
    let mut marks: Vec<&str> = newest.values().map(|one| one.sha256.get(..12).unwrap_or(&one.sha256)).collect();
    marks.sort_unstable();
    let key = format!("retest:{}:{}", finding.id, marks.join("+"));
    let decision = contents.decisions.iter().find(|decision| decision.candidate == key);
    let mut files: Vec<String> = newest.values().map(|one| one.name.clone()).collect();
    files.sort();
    Some(RetestProposal {
        finding: finding.id,
        number: finding.number,
        title: finding.title.clone(),
        life: finding.life,
        outcome,
        at: newest.values().filter_map(captured).max(),
        files,
        values,
        missing: missing.into_iter().collect(),
        decided: decision.map(|decision| decision.outcome),
        reason: decision.map(|decision| decision.reason.clone()).unwrap_or_default(),
        key,
    })
}

/// Reads what is compared of an artifact.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn state(store: &impl Read, artifact: Id) -> Result<State, StoreError> {
    Ok(State {
        issues: store.issues(&IssueFilter { artifact: Some(artifact), ..IssueFilter::default() }, 0, usize::MAX)?,
        measurements: store.measurements(
            &MeasurementFilter { artifact: Some(artifact), ..MeasurementFilter::default() },
            0,
            usize::MAX,
        )?,
    })
}
