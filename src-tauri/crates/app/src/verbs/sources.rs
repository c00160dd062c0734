//! What engineers already have, laid beside an architecture: merged into it, or told where the two do not agree.

use std::collections::BTreeSet;
use std::path::PathBuf;

use groma_c4::difference::{Difference, compare};
use groma_c4::merge::{self, Preview, Traffic};
use groma_model::{Architecture, Decision, DecisionOutcome, Id, Kind};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use super::architecture::{ArchitectureReply, keep};
use crate::architectures::{bare, kept};
use crate::disagreements::{Drafts, Matter};
use crate::models::{self, Remark};
use crate::{App, AppError, Verb};

/// Says what sources would add to an architecture; changes nothing.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewSources {
    /// The architecture.
    pub architecture: Id,
    /// Files and folders: compose, Kubernetes, traces, Backstage, OpenAPI, Terraform.
    pub paths: Vec<PathBuf>,
}

/// What sources would add, and where traffic and architecture do not agree.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SourcesReply {
    /// What would be added, filled in, matched, left alone.
    pub preview: Preview,
    /// What was seen and not drawn, and the reverse, as far as nothing was decided of it; empty without traces.
    pub traffic: Traffic,
    /// How many disagreements were decided before: findings of their own, or dismissed.
    pub decided: usize,
    /// Remarks on what was read.
    pub remarks: Vec<Remark>,
}

impl Verb for PreviewSources {
    type Reply = SourcesReply;

    fn run(self, app: &mut App) -> Result<SourcesReply, AppError> {
        let store = app.store()?;
        let existing = bare(&store.get::<Architecture>(self.architecture)?)?;
        let decisions = store.list::<Decision>()?;
        let derived = models::derive_from(&self.paths)?;
        let mut traffic = if models::has_traces(&derived) {
            merge::traffic(&existing, &derived.workspace)
        } else {
            Traffic::default()
        };
        let preview = merge::preview(&existing, &derived.workspace);
        let decided = without_decided(&mut traffic, &decisions);
        let remarks = derived.diagnostics.into_iter().map(Remark::from).collect();
        Ok(SourcesReply { preview, traffic, decided, remarks })
    }
}

/// Adds to an architecture what was chosen of its sources. What a person wrote stays.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct MergeSources {
    /// The architecture.
    pub architecture: Id,
    /// The same files and folders as in the preview.
    pub paths: Vec<PathBuf>,
    /// Ids of the preview; everything when not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub chosen: Option<Vec<String>>,
}

impl Verb for MergeSources {
    type Reply = ArchitectureReply;

    fn run(self, app: &mut App) -> Result<ArchitectureReply, AppError> {
        let old = app.store()?.get::<Architecture>(self.architecture)?;
        let mut model = bare(&old)?;
        let derived = models::derive_from(&self.paths)?;
        let preview = merge::preview(&model, &derived.workspace);
        let chosen: Vec<&str> = match &self.chosen {
            Some(chosen) => chosen.iter().map(String::as_str).collect(),
            None => preview.ids(),
        };
        let known = preview.ids();
        if let Some(unknown) = chosen.iter().find(|id| !known.contains(id)) {
            return Err(AppError::usage(format!("the sources have no \"{unknown}\""))
                .hint("the files may have changed since the preview: look at it again")
                .field("chosen"));
        }
        merge::apply(&mut model, &preview, &chosen);
        let new = Architecture { places: old.places.clone(), ..kept(&model, None) };
        let remarks = derived.diagnostics.into_iter().map(Remark::from).collect();
        keep(app, Some(&old), new, remarks, Vec::new(), None, false)
    }
}

/// Takes out what was decided of already, and says how much that was: one matter is not offered twice.
fn without_decided(traffic: &mut Traffic, decisions: &[Decision]) -> usize {
    let decided: BTreeSet<&str> = decisions.iter().map(|decision| decision.candidate.as_str()).collect();
    let count = |traffic: &Traffic| {
        let services = traffic.elements_not_modelled.iter().filter(|one| one.id.is_some()).count();
        traffic.seen_not_modelled.len() + traffic.modelled_not_seen.len() + services
    };
    let before = count(traffic);
    traffic.elements_not_modelled.retain(|one| one.id.as_deref().is_none_or(|id| !decided.contains(id)));
    traffic.seen_not_modelled.retain(|one| !decided.contains(one.id.as_str()));
    traffic.modelled_not_seen.retain(|one| !decided.contains(one.id.as_str()));
    before - count(traffic)
}

/// Makes findings of what traffic and architecture do not agree on. Each is the decision on the candidate of the same
/// key, so that traces which are imported as artifacts do not bring it up again.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct FindingsFromTraffic {
    /// The architecture.
    pub architecture: Id,
    /// The same files and folders as in the preview.
    pub paths: Vec<PathBuf>,
    /// Ids of the preview's disagreements.
    pub chosen: Vec<String>,
}

impl Verb for FindingsFromTraffic {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let existing = bare(&store.get::<Architecture>(self.architecture)?)?;
        let mut traffic = merge::traffic(&existing, &models::derive_from(&self.paths)?.workspace);
        without_decided(&mut traffic, &store.list::<Decision>()?);
        let drafts = Drafts::of(&store.engagement()?.language);
        let chosen: BTreeSet<&String> = self.chosen.iter().collect();
        let services = traffic.elements_not_modelled.into_iter().filter(|one| one.id.is_some()).map(Matter::Service);
        let relations = traffic.seen_not_modelled.into_iter().chain(traffic.modelled_not_seen);
        let all: Vec<Matter> = relations.map(Matter::Relation).chain(services).collect();
        let matters = chosen
            .into_iter()
            .map(|id| {
                all.iter().find(|one| one.id() == id).ok_or_else(|| {
                    AppError::usage(format!("there is no disagreement \"{id}\""))
                        .hint("the files or the model may have changed since the preview: look at it again")
                        .field("chosen")
                })
            })
            .collect::<Result<Vec<&Matter>, AppError>>()?;
        if matters.is_empty() {
            return Err(AppError::usage("nothing was chosen").hint("choose at least one disagreement"));
        }
        let ((), changes) = store.transact(Op::Insert(Kind::Finding), &author, |tx| {
            for matter in matters {
                let finding = tx.insert(drafts.finding(matter))?;
                tx.insert(Decision {
                    candidate: matter.id().to_owned(),
                    outcome: DecisionOutcome::Accepted,
                    finding: Some(finding.id),
                    ..Decision::default()
                })?;
            }
            Ok(())
        })?;
        Ok(changes)
    }
}

/// Says in what two architectures differ: what was found against what should be, or two states of one.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CompareArchitectures {
    /// The one before.
    pub before: Id,
    /// The one after.
    pub after: Id,
}

impl Verb for CompareArchitectures {
    type Reply = Difference;

    fn run(self, app: &mut App) -> Result<Difference, AppError> {
        let store = app.store()?;
        let (before, after) = (store.get::<Architecture>(self.before)?, store.get::<Architecture>(self.after)?);
        Ok(compare(&bare(&before)?, &bare(&after)?))
    }
}
