//! Deciding on candidates: a finding of its own, evidence of another, or nothing.

use groma_model::{
    Answer, Contents, Decision, DecisionOutcome, EvidenceLink, EvidenceTarget, Finding, Id, IssueGroup, SeverityOrigin,
};
use groma_pack::Pack;
use groma_store::{Op, Read, Tx};
use serde::Deserialize;

use super::objects::Changed;
use crate::disagreements::{self, Disagreement, Drafts};
use crate::{App, AppError, Verb, scored};

/// Makes a candidate a finding, or adds it to one; its evidence comes along either way.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The candidate's key.
    pub candidate: String,
    /// The finding to add it to; a new one when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub finding: Option<Id>,
    /// Why, for the record.
    #[serde(default)]
    pub reason: String,
}

impl Verb for Accept {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        let source = Source::find(app, &contents, &packs, &self.candidate)?;
        undecided(&contents, &self.candidate)?;
        let store = app.store()?;
        let op = if self.finding.is_some() { Op::MergeCandidate } else { Op::AcceptCandidate };
        let (finding, changes) = store.transact(op, &author, |tx| {
            let finding = match self.finding {
                Some(id) => tx.get::<Finding>(id)?,
                None => tx.insert(source.finding())?,
            };
            source.link(tx, &finding)?;
            decide(
                tx,
                &self,
                if self.finding.is_some() { DecisionOutcome::Merged } else { DecisionOutcome::Accepted },
                Some(finding.id),
            )?;
            tx.get::<Finding>(finding.id)
        })?;
        let object = serde_json::to_value(finding).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

/// Dismisses a candidate.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Dismiss {
    /// The candidate's key.
    pub candidate: String,
    /// Why; required, because a re-import does not ask again.
    pub reason: String,
}

impl Verb for Dismiss {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        if self.reason.trim().is_empty() {
            return Err(AppError::usage("say why the candidate is dismissed").field("reason"));
        }
        let author = app.environment.author.clone();
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        Source::find(app, &contents, &packs, &self.candidate)?;
        undecided(&contents, &self.candidate)?;
        let store = app.store()?;
        let accept = Accept { candidate: self.candidate, finding: None, reason: self.reason };
        let (decision, changes) = store
            .transact(Op::DismissCandidate, &author, |tx| decide(tx, &accept, DecisionOutcome::Dismissed, None))?;
        let object = serde_json::to_value(decision).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

fn decide(
    tx: &mut Tx<'_>,
    accept: &Accept,
    outcome: DecisionOutcome,
    finding: Option<Id>,
) -> Result<Decision, groma_store::StoreError> {
    tx.insert(Decision {
        candidate: accept.candidate.clone(),
        outcome,
        finding,
        reason: accept.reason.clone(),
        ..Decision::default()
    })
}

fn undecided(contents: &Contents, key: &str) -> Result<(), AppError> {
    match contents.decisions.iter().find(|decision| decision.candidate == key) {
        None => Ok(()),
        Some(decision) => Err(AppError::refused(format!("the candidate {key} is already {}", decision.outcome))
            .hint("delete the decision first to decide anew")
            .field("candidate")),
    }
}

/// Where a candidate comes from.
enum Source<'a> {
    Group(&'a IssueGroup),
    Check(Box<groma_pack::Candidate>, &'a Answer),
    Traffic(Box<Disagreement>, Drafts),
}

impl<'a> Source<'a> {
    fn find(app: &mut App, contents: &'a Contents, packs: &[Pack], key: &str) -> Result<Self, AppError> {
        if let Some(group) = contents.issue_groups.iter().find(|group| group.key == key) {
            return Ok(Self::Group(group));
        }
        let check = key.strip_prefix("check:").and_then(|rest| rest.split_once(':'));
        let found = check.and_then(|(pack, check)| {
            let answer = contents.answers.iter().find(|answer| answer.pack == pack && answer.check == check)?;
            let pack = packs.iter().find(|known| known.id == pack)?;
            Some(Self::Check(Box::new(groma_pack::candidate(pack, answer)?), answer))
        });
        let found = match found {
            None if key.starts_with(disagreements::PREFIX) => {
                let all = disagreements::all(app, contents)?;
                let drafts = Drafts::of(&contents.engagement.language);
                let one = all.into_iter().find(|one| one.matter.id() == key);
                one.map(|one| Self::Traffic(Box::new(one), drafts))
            }
            found => found,
        };
        found.ok_or_else(|| {
            AppError::not_found(format!("there is no candidate \"{key}\""))
                .hint("it may have gone with its file; the list of candidates shows those that are there")
                .field("candidate")
        })
    }

    /// The finding that the candidate proposes: a draft for a person to finish.
    fn finding(&self) -> Finding {
        match self {
            Self::Check(draft, _) => draft.finding.clone(),
            Self::Traffic(one, drafts) => drafts.finding(&one.matter),
            Self::Group(group) => Finding {
                title: group.title.clone(),
                severity: group.severity,
                severity_reason: match group.severity_origin {
                    SeverityOrigin::Tool => format!("As {} rates it.", group.tool),
                    SeverityOrigin::Importer => format!("Assigned at import; {} gives none.", group.tool),
                    SeverityOrigin::Consultant => {
                        format!("As the engagement's table of severities for {} has it.", group.tool)
                    }
                },
                condition: group.message.clone(),
                short_term: fix(group),
                cwe: group.cwe.clone(),
                cve: group.cve.clone(),
                references: Some(group.url.clone()).filter(|url| !url.is_empty()).into_iter().collect(),
                ..Finding::default()
            },
        }
    }

    /// Links the evidence to the finding, and the finding to the check.
    fn link(&self, tx: &mut Tx<'_>, finding: &Finding) -> Result<(), groma_store::StoreError> {
        let first = tx.list::<EvidenceLink>()?.iter().filter(|link| link.finding == finding.id).count();
        let link = |tx: &mut Tx<'_>, rank: usize, target_kind, target: String, note: &str| {
            let rank = (first + rank) as f64;
            let note = note.to_owned();
            let new = EvidenceLink { finding: finding.id, target_kind, target, note, rank, ..EvidenceLink::default() };
            tx.insert(new).map(|_| ())
        };
        match self {
            Self::Group(group) => link(tx, 0, EvidenceTarget::IssueGroup, group.key.clone(), "")?,
            Self::Traffic(one, drafts) => {
                let note = drafts.detail(&one.matter);
                for (rank, artifact) in one.artifacts.iter().enumerate() {
                    let note = if rank == 0 && one.seen() { note.as_str() } else { "" };
                    link(tx, rank, EvidenceTarget::Artifact, artifact.to_string(), note)?;
                }
            }
            Self::Check(draft, answer) => {
                let key = format!("{}/{}", answer.pack, answer.check);
                let reason = answer.proposal.as_ref().map(|proposal| proposal.reason.as_str()).unwrap_or_default();
                if draft.sources.is_empty() {
                    link(tx, 0, EvidenceTarget::Answer, key.clone(), reason)?;
                }
                for (rank, source) in draft.sources.iter().enumerate() {
                    let note = if rank == 0 { reason } else { "" };
                    link(tx, rank, EvidenceTarget::Measurement, source.to_string(), note)?;
                }
                if !finding.checks.contains(&key) {
                    let mut finding = finding.clone();
                    finding.checks.push(key);
                    tx.update(&finding)?;
                }
            }
        }
        Ok(())
    }
}

fn fix(group: &IssueGroup) -> String {
    if group.fixed_version.is_empty() {
        return String::new();
    }
    format!("Update {} from {} to {} or later.", group.component, group.component_version, group.fixed_version)
}
