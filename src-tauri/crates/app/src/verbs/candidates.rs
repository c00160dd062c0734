//! Candidate findings: issues grouped by rule and component, checks that fail, and what traffic and architecture do not
//! agree on.

use std::collections::BTreeMap;

use groma_model::{Contents, DecisionOutcome, EvidenceTarget, Id, IssueGroup, Severity, SeverityOrigin};
use groma_pack::Pack;
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::disagreements::{self, Disagreement, Drafts};
use crate::{App, AppError, Verb, retest::States, scored};

/// Lists candidate findings, worst first.
#[derive(Debug, Clone, Copy, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Candidates {
    /// Whether those already decided are listed too.
    pub decided: bool,
}

/// A candidate finding.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Candidate {
    /// Key, stable across re-imports.
    pub key: String,
    /// Title as a claim.
    pub title: String,
    /// Severity it would have.
    pub severity: Severity,
    /// Who said so.
    pub severity_origin: SeverityOrigin,
    /// Raw occurrences: of a call, how often it was seen; 1 for a check and for a call that was not seen.
    pub count: u64,
    /// How many of them the tool suppressed.
    pub suppressed: u64,
    /// Where it stands, or why it fails.
    pub detail: String,
    /// What became of it, when it is decided; merged as well when a finding names the check or has it as evidence.
    pub outcome: Option<DecisionOutcome>,
    /// The finding it became or was merged into.
    pub finding: Option<Id>,
}

impl Verb for Candidates {
    type Reply = Vec<Candidate>;

    fn run(self, app: &mut App) -> Result<Vec<Candidate>, AppError> {
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots(&contents)?;
        let disagreements = disagreements::all(app, &contents)?;
        let mut all = candidates(&contents, &packs, &disagreements);
        all.retain(|candidate| self.decided || candidate.outcome.is_none());
        Ok(all)
    }
}

/// Every candidate of an engagement, worst first, then most frequent, then by key.
pub(crate) fn candidates(contents: &Contents, packs: &[Pack], disagreements: &[Disagreement]) -> Vec<Candidate> {
    let decided: BTreeMap<&str, _> = contents.decisions.iter().map(|d| (d.candidate.as_str(), d)).collect();
    // What a newer state does not have any more is no finding to be made.
    let superseded = States::of(&contents.artifacts).superseded();
    let current = |group: &&IssueGroup| group.artifacts.iter().any(|artifact| !superseded.contains(artifact));
    let mut all: Vec<Candidate> = contents.issue_groups.iter().filter(current).map(from_group).collect();
    all.extend(failing(contents, packs));
    let drafts = Drafts::of(&contents.engagement.language);
    all.extend(disagreements.iter().map(|one| from_traffic(one, drafts)));
    let told = told(contents);
    for candidate in &mut all {
        if let Some(decision) = decided.get(candidate.key.as_str()) {
            candidate.outcome = Some(decision.outcome);
            candidate.finding = decision.finding;
        } else if let Some(finding) = told.get(candidate.key.as_str()) {
            candidate.outcome = Some(DecisionOutcome::Merged);
            candidate.finding = Some(*finding);
        }
    }
    all.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.count.cmp(&a.count)).then_with(|| a.key.cmp(&b.key)));
    all
}

/// The candidates that a finding tells of already, without a decision of their own: checks that it names, and groups
/// of issues that are its evidence.
fn told(contents: &Contents) -> BTreeMap<String, Id> {
    let checks = contents.findings.iter().flat_map(|finding| {
        let keys = finding.checks.iter().filter_map(|check| check.split_once('/'));
        keys.map(|(pack, check)| (format!("check:{pack}:{check}"), finding.id))
    });
    let groups = contents.evidence_links.iter().filter(|link| link.target_kind == EvidenceTarget::IssueGroup);
    checks.chain(groups.map(|link| (link.target.clone(), link.finding))).collect()
}

fn from_group(group: &IssueGroup) -> Candidate {
    Candidate {
        key: group.key.clone(),
        title: group.title.clone(),
        severity: group.severity,
        severity_origin: group.severity_origin,
        count: group.count,
        suppressed: group.suppressed,
        detail: group.places.join(", "),
        outcome: None,
        finding: None,
    }
}

fn from_traffic(disagreement: &Disagreement, drafts: Drafts) -> Candidate {
    let matter = &disagreement.matter;
    Candidate {
        key: matter.id().to_owned(),
        title: drafts.title(matter),
        severity: disagreement.severity(),
        severity_origin: SeverityOrigin::Importer,
        count: disagreement.count(),
        suppressed: 0,
        detail: drafts.detail(matter),
        outcome: None,
        finding: None,
    }
}

/// Checks that fail or should improve, by the confirmed verdict or, before that, the proposed one.
fn failing(contents: &Contents, packs: &[Pack]) -> Vec<Candidate> {
    let drafts = contents.answers.iter().filter_map(|answer| {
        let pack = packs.iter().find(|pack| pack.id == answer.pack)?;
        let draft = groma_pack::candidate(pack, answer)?;
        let reason = answer.proposal.as_ref().map(|proposal| proposal.reason.clone());
        Some(Candidate {
            key: draft.key,
            title: draft.finding.title,
            severity: draft.finding.severity,
            severity_origin: SeverityOrigin::Importer,
            count: 1,
            suppressed: 0,
            detail: reason.unwrap_or_default(),
            outcome: None,
            finding: None,
        })
    });
    drafts.collect()
}
