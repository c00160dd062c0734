//! Every check with its answer and what the measurements propose.

use std::collections::BTreeMap;

use groma_model::{Answer, Id, Proposal, Verdict, WorkStatus};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, scored};

/// Lists the checks of the engagement's packs.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Language of titles and thresholds, a BCP 47 tag; the packs' own when empty.
    #[ts(optional, as = "Option<_>")]
    pub language: String,
}

/// The checks, in the packs' order.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AnswersReply {
    /// One row a check.
    pub answers: Vec<AnswerRow>,
}

/// A check with its answer.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct AnswerRow {
    /// The pack.
    pub pack: String,
    /// Section or area id.
    pub section: String,
    /// Section or area title.
    pub section_title: String,
    /// The check's id.
    pub check: String,
    /// The check's title.
    pub title: String,
    /// When it passes, in words.
    pub threshold: String,
    /// Id of the answer, when there is one.
    pub id: Option<Id>,
    /// How far the work is.
    pub status: WorkStatus,
    /// The confirmed verdict.
    pub verdict: Verdict,
    /// The confirmed value.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// What was chosen among the check's choices, or written beside them.
    pub choices: Vec<String>,
    /// What was filled into the check's blanks, by the blank's id.
    pub blanks: BTreeMap<String, String>,
    /// What was seen.
    pub note: String,
    /// Why it does not apply.
    pub reason: String,
    /// Why it differs from the proposal.
    pub override_reason: String,
    /// Measurements it rests on.
    pub sources: Vec<Id>,
    /// Who confirmed it.
    pub author: String,
    /// What the measurements say now.
    pub proposal: Option<Proposal>,
}

impl Verb for Answers {
    type Reply = AnswersReply;

    fn run(self, app: &mut App) -> Result<AnswersReply, AppError> {
        let contents = app.store()?.contents()?;
        let packs = scored::snapshots_in(&contents, &self.language)?;
        let mut rows = Vec::new();
        for pack in &packs {
            for (section, section_title, check) in pack.checks() {
                let found = contents.answers.iter().find(|answer| answer.pack == pack.id && answer.check == check.id);
                let answer: Answer = found.cloned().unwrap_or_default();
                rows.push(AnswerRow {
                    pack: pack.id.clone(),
                    section: section.to_owned(),
                    section_title: section_title.to_owned(),
                    check: check.id.clone(),
                    title: check.title.clone(),
                    threshold: check.threshold.text.clone(),
                    id: found.map(|answer| answer.id),
                    status: answer.status,
                    verdict: answer.verdict,
                    value: answer.value,
                    unit: answer.unit,
                    choices: answer.choices,
                    blanks: answer.blanks,
                    note: answer.note,
                    reason: answer.reason,
                    override_reason: answer.override_reason,
                    sources: answer.sources,
                    author: answer.author,
                    proposal: answer.proposal,
                });
            }
        }
        Ok(AnswersReply { answers: rows })
    }
}
