//! The sample's second measurement: imported as the newer state of the first, and decided as its consultant did.
//!
//! `[[retests]]` accepts what is proposed for a finding with the outcome that the consultant saw in it, or dismisses it
//! for a reason; what no table names stays open. `[[confirm_again]]` confirms the answers that read otherwise now.

use std::collections::BTreeMap;

use groma_model::{Finding, Id, Life};
use groma_store::{Op, Read};
use serde_json::{Map, Value};

use super::{Authored, import, judge, typed, wrong};
use crate::verbs::{AcceptRetest, DismissRetest, Retest};
use crate::{App, AppError, Verb, assets};

/// What was decided of one finding's retest.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    /// The finding, as `@key`.
    finding: String,
    /// What it is now, for a retest that is accepted.
    #[serde(default)]
    outcome: Option<Life>,
    /// Why it is dismissed, where it is.
    #[serde(default)]
    dismissed: String,
}

/// Imports the second measurement and decides what it proposes; answers how many files it has.
pub(super) fn measured_again(
    app: &mut App,
    authored: &Authored,
    keys: &BTreeMap<String, Id>,
) -> Result<usize, AppError> {
    let author = app.environment.author.clone();
    let files = import(app, &author, assets::sample_retest(), date(authored, "raw-retest"))?;
    for fields in authored.get("retests").into_iter().flatten() {
        decide(app, keys, typed("retests", fields)?)?;
    }
    app.store()?.transact_with(Op::Batch, &author, |tx| judge(tx, authored, "confirm_again"))?;
    Ok(files)
}

/// When the files of a folder were made that do not say it themselves.
pub(super) fn date<'a>(authored: &'a Authored, folder: &str) -> Option<&'a Value> {
    let of = |fields: &&Map<String, Value>| fields.get("folder").and_then(Value::as_str) == Some(folder);
    authored.get("measured").into_iter().flatten().find(of)?.get("at")
}

fn decide(app: &mut App, keys: &BTreeMap<String, Id>, decided: Decided) -> Result<(), AppError> {
    let name = decided.finding.as_str();
    let finding = name.strip_prefix('@').and_then(|key| keys.get(key)).copied();
    let finding = finding.ok_or_else(|| wrong("retests", &format!("there is no {name}")))?;
    let proposals = Retest {}.run(app)?.proposals;
    let Some(proposal) = proposals.into_iter().find(|proposal| proposal.finding == finding) else {
        let title = app.store()?.get::<Finding>(finding)?.title;
        return Err(wrong("retests", &format!("nothing of {name} was measured again: {title}")));
    };
    let key = proposal.key;
    match decided.outcome {
        Some(outcome) => AcceptRetest { key, outcome: Some(outcome) }.run(app).map(drop),
        None => DismissRetest { key, reason: decided.dismissed }.run(app).map(drop),
    }
}
