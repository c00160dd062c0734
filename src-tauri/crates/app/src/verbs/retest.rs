//! Measuring again: pairs of artifacts, what differs, and what that proposes for findings.

use std::collections::BTreeSet;

use groma_model::{
    Artifact, Decision, DecisionOutcome, EvidenceLink, EvidenceTarget, Finding, Id, Life, Retest as Record, Timestamp,
};
use groma_store::{Op, Read};
use serde::{Deserialize, Serialize};

use super::objects::Changed;
use crate::retest::{self, Comparison, RetestChange, RetestCounts, RetestProposal, RetestRow, States, Thresholds};
use crate::{App, AppError, Verb, assets, scored};

/// Lists artifacts that are newer states of earlier ones, and what they propose for findings.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Retest {}

/// An artifact and its newer state.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RetestPair {
    /// The newer artifact.
    pub newer: Id,
    /// The earlier one.
    pub earlier: Id,
    /// The newer file.
    pub newer_name: String,
    /// The earlier file.
    pub earlier_name: String,
    /// The tool that wrote both.
    pub tool: String,
    /// When the newer one was captured, else imported.
    pub newer_at: Option<Timestamp>,
    /// When the earlier one was captured, else imported.
    pub earlier_at: Option<Timestamp>,
    /// How issues differ.
    pub issues: RetestCounts,
    /// How measurements differ.
    pub measurements: RetestCounts,
}

/// Everything that was measured again.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RetestReply {
    /// Pairs, in the order of import of the newer ones.
    pub pairs: Vec<RetestPair>,
    /// What they propose, in the order of findings; those decided as well.
    pub proposals: Vec<RetestProposal>,
}

impl Verb for Retest {
    type Reply = RetestReply;

    fn run(self, app: &mut App) -> Result<RetestReply, AppError> {
        let store = app.store()?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let thresholds = Thresholds::of(&packs);
        let mut pairs = Vec::new();
        for (earlier, newer) in States::pairs(&contents.artifacts) {
            let (before, after) = (retest::state(store, earlier.id)?, retest::state(store, newer.id)?);
            let comparison = Comparison::of(&before, &after);
            pairs.push(RetestPair {
                newer: newer.id,
                earlier: earlier.id,
                newer_name: newer.name.clone(),
                earlier_name: earlier.name.clone(),
                tool: newer.tool.clone(),
                newer_at: retest::captured(newer),
                earlier_at: retest::captured(earlier),
                issues: RetestCounts::of(&comparison.issue_rows()),
                measurements: RetestCounts::of(&comparison.measurement_rows(&thresholds)),
            });
        }
        Ok(RetestReply { pairs, proposals: retest::proposals(store, &contents, &packs)? })
    }
}

/// What of a pair is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RetestOf {
    /// Issues.
    Issues,
    /// Measurements.
    #[default]
    Measurements,
}

/// A page of what differs between an artifact and its newer state.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct RetestRows {
    /// The newer artifact.
    pub newer: Id,
    /// Issues or measurements.
    #[serde(default)]
    #[ts(optional, as = "Option<RetestOf>")]
    pub of: RetestOf,
    /// Only these changes.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub change: Option<RetestChange>,
    /// How many to pass over.
    #[serde(default)]
    #[ts(optional, as = "Option<usize>")]
    pub offset: usize,
    /// How many at most; 0 for all.
    #[serde(default)]
    #[ts(optional, as = "Option<usize>")]
    pub limit: usize,
}

/// A page of rows.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RetestRowsReply {
    /// How many there are in all.
    pub total: usize,
    /// The rows of this page.
    pub rows: Vec<RetestRow>,
}

impl Verb for RetestRows {
    type Reply = RetestRowsReply;

    fn run(self, app: &mut App) -> Result<RetestRowsReply, AppError> {
        let store = app.store()?;
        let newer: Artifact = store.get(self.newer)?;
        let earlier = newer.replaces.ok_or_else(|| {
            AppError::refused(format!("{} is no newer state of another file", newer.name))
                .hint("choose the earlier file first")
                .field("newer")
        })?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let (before, after) = (retest::state(store, earlier)?, retest::state(store, newer.id)?);
        let comparison = Comparison::of(&before, &after);
        let mut rows = match self.of {
            RetestOf::Issues => comparison.issue_rows(),
            RetestOf::Measurements => comparison.measurement_rows(&Thresholds::of(&packs)),
        };
        rows.retain(|row| self.change.is_none_or(|change| row.change == change));
        let total = rows.len();
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        Ok(RetestRowsReply { total, rows: rows.into_iter().skip(self.offset).take(limit).collect() })
    }
}

/// Accepts what a retest proposes: the finding takes its outcome, the values and the new evidence.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptRetest {
    /// The proposal's key.
    pub key: String,
    /// Another outcome than the proposed one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Life>,
}

impl Verb for AcceptRetest {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let contents = store.contents()?;
        let proposal = open(store, &contents, &self.key)?;
        let outcome = self.outcome.unwrap_or(proposal.outcome);
        let language = contents.engagement.language.as_str();
        let labels = assets::labels(if language.is_empty() { "en" } else { language })?;
        let linked: BTreeSet<(EvidenceTarget, String)> = (contents.evidence_links.iter())
            .filter(|link| link.finding == proposal.finding)
            .map(|link| (link.target_kind, link.target.clone()))
            .collect();
        let (finding, changes) = store.transact(Op::AcceptRetest, &author, |tx| {
            let mut finding = tx.get::<Finding>(proposal.finding)?;
            finding.life = outcome;
            finding.retests.push(Record {
                at: proposal.at,
                outcome,
                files: proposal.files.clone(),
                values: proposal.values.iter().map(|one| one.value.clone()).collect(),
            });
            tx.update(&finding)?;
            let mut linked = linked;
            let mut rank = contents.evidence_links.len() as f64;
            for one in &proposal.values {
                if linked.insert(one.target.clone()) {
                    let (target_kind, target) = one.target.clone();
                    let note = groma_report::retest_note(language, &labels, &one.value);
                    rank += 1.0;
                    tx.insert(EvidenceLink {
                        finding: finding.id,
                        rank,
                        target_kind,
                        target,
                        note,
                        ..EvidenceLink::default()
                    })?;
                }
            }
            tx.insert(Decision {
                candidate: self.key,
                outcome: DecisionOutcome::Accepted,
                finding: Some(finding.id),
                ..Decision::default()
            })?;
            Ok(finding)
        })?;
        let object = serde_json::to_value(finding).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

/// Dismisses what a retest proposes.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DismissRetest {
    /// The proposal's key.
    pub key: String,
    /// Why; required, because it is not asked again before a newer file comes.
    pub reason: String,
}

impl Verb for DismissRetest {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        if self.reason.trim().is_empty() {
            return Err(AppError::usage("say why the retest is dismissed").field("reason"));
        }
        let author = app.environment.author.clone();
        let store = app.store()?;
        let contents = store.contents()?;
        let proposal = open(store, &contents, &self.key)?;
        let (decision, changes) = store.transact(Op::DismissRetest, &author, |tx| {
            tx.insert(Decision {
                candidate: self.key,
                outcome: DecisionOutcome::Dismissed,
                finding: Some(proposal.finding),
                reason: self.reason,
                ..Decision::default()
            })
        })?;
        let object = serde_json::to_value(decision).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

/// A proposal that nobody decided yet.
fn open(store: &impl Read, contents: &groma_model::Contents, key: &str) -> Result<RetestProposal, AppError> {
    let packs = scored::snapshots(contents)?;
    let found = retest::proposals(store, contents, &packs)?.into_iter().find(|proposal| proposal.key == key);
    let proposal = found.ok_or_else(|| {
        AppError::not_found(format!("no retest proposes \"{key}\""))
            .hint("a newer file may have come; the list of retests shows what is proposed now")
            .field("key")
    })?;
    match proposal.decided {
        None => Ok(proposal),
        Some(decided) => Err(AppError::refused(format!("this retest is already {decided}"))
            .hint("undo the decision first to decide anew")
            .field("key")),
    }
}
