//! Proposals follow the measurements; confirmed verdicts stay.

use std::collections::BTreeMap;

use groma_model::{Answer, Kind, PackSnapshot, Proposal, Verdict};
use groma_store::{MeasurementFilter, Read, Tx};
use serde_json::{Map, Value};

use crate::{AppError, retest::States, scored};

/// Renews proposals after objects of a kind were removed: with an artifact go its measurements, and what they proposed.
///
/// # Errors
/// As [`renew`].
pub(crate) fn followed(tx: &mut Tx<'_>, removed: Kind) -> Result<(), AppError> {
    if removed == Kind::Artifact { renew(tx).map(drop) } else { Ok(()) }
}

/// Whether a change of these fields says which artifacts count, so that proposals must be renewed.
pub(crate) fn counts(kind: Kind, fields: &Map<String, Value>) -> bool {
    kind == Kind::Artifact && ["replaces", "captured_at"].iter().any(|field| fields.contains_key(*field))
}

/// Renews the proposals of every check from the measurements of the live artifacts; answers how many changed.
///
/// # Errors
/// When a pack snapshot is not readable, or the store refuses.
pub(crate) fn renew(tx: &mut Tx<'_>) -> Result<usize, AppError> {
    let snapshots = tx.list::<PackSnapshot>()?;
    let mut artifacts = tx.list::<groma_model::Artifact>()?;
    let mut measurements = tx.measurements(&MeasurementFilter::default(), 0, usize::MAX)?;
    // What was measured again does not contradict what was before.
    let superseded = States::of(&artifacts).superseded();
    measurements.retain(|measurement| !superseded.contains(&measurement.artifact));
    artifacts.retain(|artifact| !superseded.contains(&artifact.id));
    let answers = tx.list::<Answer>()?;
    let mut known: BTreeMap<(String, String), Answer> =
        answers.into_iter().map(|answer| ((answer.pack.clone(), answer.check.clone()), answer)).collect();
    let mut renewed = 0;
    for snapshot in snapshots {
        let pack = scored::parse(&snapshot.pack, &snapshot.definition)?;
        let mut proposals: BTreeMap<String, Proposal> =
            groma_pack::propose(&pack, &measurements, &artifacts).into_iter().collect();
        for (_, _, check) in pack.checks() {
            // A check that no measurement speaks of any more loses its old proposal.
            let next = proposals.remove(&check.id);
            let before = known.remove(&(pack.id.clone(), check.id.clone()));
            match (before, next) {
                (Some(answer), next) if answer.proposal != next => {
                    tx.update(&Answer { proposal: next, ..answer })?;
                    renewed += 1;
                }
                (None, Some(next)) => {
                    tx.insert(Answer {
                        pack: pack.id.clone(),
                        check: check.id.clone(),
                        verdict: Verdict::NotAssessed,
                        proposal: Some(next),
                        ..Answer::default()
                    })?;
                    renewed += 1;
                }
                _ => {}
            }
        }
    }
    Ok(renewed)
}
