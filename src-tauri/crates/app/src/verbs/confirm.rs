//! The assessor's word on checks.

use groma_model::{Answer, Verdict, WorkStatus};
use groma_pack::{Check, Pack};
use groma_store::{Op, Read, Tx};
use serde::Deserialize;

use super::objects::Changed;
use crate::{App, AppError, Verb, scored};

/// Confirms or overrides the verdict of a check.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Confirm {
    /// The check's id, for example `2.6`, or `pack/check`.
    pub check: String,
    /// The pack; the one that has the check when not given.
    pub pack: String,
    /// The verdict; the proposed one when not given.
    pub verdict: Option<Verdict>,
    /// The measured value; the proposed one when not given.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// What was seen (Markdown); kept when not given.
    pub note: Option<String>,
    /// Why it does not apply; required with `not_applicable`.
    pub reason: String,
    /// Why the verdict differs from the proposed one; required when it does.
    pub override_reason: String,
    /// How far the work is; done when not given.
    pub status: Option<WorkStatus>,
}

impl Verb for Confirm {
    type Reply = Changed;

    fn run(self, app: &mut App) -> Result<Changed, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let (object, changes) =
            store.transact_with(Op::ConfirmAnswer, &author, |tx| self.apply(tx, &packs, &contents.answers))?;
        let object = serde_json::to_value(object).map_err(|error| AppError::failed(error.to_string()))?;
        Ok(Changed { object, changes })
    }
}

impl Confirm {
    /// Writes the answer within a transaction.
    ///
    /// # Errors
    /// When there is no such check, or a reason or a verdict is missing.
    pub(crate) fn apply(self, tx: &mut Tx<'_>, packs: &[Pack], answers: &[Answer]) -> Result<Answer, AppError> {
        let (pack, check) = find(packs, &self.pack, &self.check)?;
        let before = answers.iter().find(|answer| answer.pack == pack.id && answer.check == check.id);
        let answer = self.decide(before.cloned().unwrap_or_default(), pack, check)?;
        let answer = Answer { author: tx.author().to_owned(), confirmed_at: Some(tx.now()), ..answer };
        if answer.id.is_nil() {
            return Ok(tx.insert(answer)?);
        }
        tx.update(&answer)?;
        Ok(answer)
    }

    fn decide(self, before: Answer, pack: &Pack, check: &Check) -> Result<Answer, AppError> {
        let proposal = before.proposal.clone().filter(|proposal| proposal.verdict != Verdict::NotAssessed);
        let proposed = proposal.as_ref().map(|proposal| proposal.verdict);
        let Some(verdict) = self.verdict.or(proposed) else {
            return Err(AppError::usage(format!("check {} has no proposed verdict to confirm", check.id))
                .hint("give a verdict: pass, fail, improve, not_applicable")
                .field("verdict"));
        };
        if verdict == Verdict::NotApplicable && self.reason.trim().is_empty() {
            return Err(AppError::usage(format!("check {}: say why it does not apply", check.id)).field("reason"));
        }
        let differs = proposed.is_some_and(|proposed| proposed != verdict && verdict != Verdict::NotAssessed);
        if differs && self.override_reason.trim().is_empty() {
            let proposed = proposed.unwrap_or_default();
            return Err(AppError::usage(format!("check {}: the measurements say {proposed}, not {verdict}", check.id))
                .hint("give the reason for the override")
                .field("override_reason"));
        }
        let agreed = proposal.filter(|proposal| proposal.verdict == verdict);
        Ok(Answer {
            pack: pack.id.clone(),
            check: check.id.clone(),
            verdict,
            status: self.status.unwrap_or(WorkStatus::Done),
            value: self.value.or(agreed.as_ref().and_then(|proposal| proposal.value)),
            unit: if self.unit.is_empty() {
                agreed.as_ref().map(|p| p.unit.clone()).unwrap_or_default()
            } else {
                self.unit
            },
            note: self.note.unwrap_or(before.note),
            reason: self.reason,
            override_reason: self.override_reason,
            sources: agreed.map(|proposal| proposal.sources).unwrap_or_default(),
            ..before
        })
    }
}

/// Finds a check by `pack/check`, or by its id alone in the first pack that has it.
pub(crate) fn find<'a>(packs: &'a [Pack], pack: &str, check: &str) -> Result<(&'a Pack, &'a Check), AppError> {
    let (pack, check) = check.split_once('/').unwrap_or((pack, check));
    let candidates = packs.iter().filter(|known| pack.is_empty() || known.id == pack);
    let mut found = candidates.filter_map(|known| known.check(check).map(|found| (known, found)));
    found.next().ok_or_else(|| {
        AppError::not_found(format!("no pack of this engagement has a check \"{check}\""))
            .hint("the checklist shows the checks with their ids")
            .field("check")
    })
}
