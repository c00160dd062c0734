//! What traffic and the architecture as found do not agree on: derived from the traces among the artifacts whenever it is
//! asked for, so that it goes when the two agree. What was decided of one is kept by its id, as with every candidate.

mod draft;
mod service;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use groma_c4::Workspace;
use groma_c4::merge::{self, Traffic, TrafficElement, TrafficRelation};
use groma_model::{Architecture, Artifact, Contents, Id, Severity};
use groma_store::Read;

use crate::architectures::bare;
use crate::{App, AppError};

pub(crate) use draft::Drafts;

/// What every key of such a candidate begins with.
pub(crate) const PREFIX: &str = "traffic:";

/// The formats whose files say who called whom.
const TRACES: [&str; 2] = ["jaeger", "otlp"];

/// What only one of the two knows.
#[derive(Debug, Clone)]
pub(crate) enum Matter {
    /// A relation.
    Relation(TrafficRelation),
    /// A service that was seen, while no call from it or to it was.
    Service(TrafficElement),
}

impl Matter {
    /// The candidate's key.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Relation(relation) => &relation.id,
            Self::Service(service) => service.id.as_deref().unwrap_or_default(),
        }
    }
}

/// What traffic and architecture do not agree on.
#[derive(Debug, Clone)]
pub(crate) struct Disagreement {
    /// What only one of the two knows.
    pub matter: Matter,
    /// The artifacts that show it; of what was not seen, those that were looked through.
    pub artifacts: Vec<Id>,
}

impl Disagreement {
    /// Whether it was seen and is not in the model; else it is the reverse.
    pub(crate) const fn seen(&self) -> bool {
        match &self.matter {
            Matter::Relation(relation) => relation.evidence.is_some(),
            Matter::Service(_) => true,
        }
    }

    /// How often it was seen: calls of a relation, spans of a service; 1 for what was not.
    pub(crate) fn count(&self) -> u64 {
        match &self.matter {
            Matter::Relation(relation) => relation.evidence.as_ref().map_or(1, |evidence| evidence.calls),
            Matter::Service(service) => service.spans,
        }
    }

    /// The severity of its draft: what was measured weighs more than what a short trace may have missed.
    pub(crate) const fn severity(&self) -> Severity {
        if self.seen() { Severity::Low } else { Severity::Info }
    }
}

/// A model derived from traces. Large files take long to read and never change: their model is kept while they are there.
#[derive(Default)]
pub(crate) struct Traced {
    of: Vec<(Id, String)>,
    workspace: Option<Arc<Workspace>>,
}

/// All disagreements of an engagement, those that were seen first, the most frequent before others.
///
/// # Errors
/// When an architecture or a kept file is not readable, which only a damaged file can cause.
pub(crate) fn all(app: &mut App, contents: &Contents) -> Result<Vec<Disagreement>, AppError> {
    let found: Vec<&Architecture> = contents.architectures.iter().filter(|one| !one.target).collect();
    let artifacts: Vec<&Artifact> =
        contents.artifacts.iter().filter(|one| TRACES.contains(&one.format.as_str())).collect();
    if found.is_empty() || artifacts.is_empty() {
        return Ok(Vec::new());
    }
    let names = names(&artifacts);
    let Some(seen) = derived(app, &artifacts, &names)? else { return Ok(Vec::new()) };
    let told = found
        .into_iter()
        .map(|architecture| Ok(merge::traffic(&bare(architecture)?, &seen)))
        .collect::<Result<Vec<Traffic>, AppError>>()?;
    let by_name: BTreeMap<&str, Id> =
        names.iter().zip(&artifacts).map(|(name, artifact)| (name.as_str(), artifact.id)).collect();
    let disagree = |matter: Matter| {
        let sources = match &matter {
            Matter::Relation(relation) => relation.evidence.as_ref().map(|evidence| &evidence.sources),
            Matter::Service(service) => Some(&service.sources),
        };
        let artifacts = match sources {
            Some(sources) => {
                let files = sources.iter().filter_map(|source| by_name.get(source.file.as_str()).copied());
                files.collect::<BTreeSet<Id>>().into_iter().collect()
            }
            None => artifacts.iter().map(|artifact| artifact.id).collect(),
        };
        Disagreement { matter, artifacts }
    };
    Ok(joined(told).into_iter().map(disagree).collect())
}

/// The disagreements of several architectures as one list: what one of them shows is drawn, and each matter is told once,
/// in the names of the architecture that knows most of it.
fn joined(told: Vec<Traffic>) -> Vec<Matter> {
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for traffic in &told {
        let relations = traffic.seen_not_modelled.iter().map(|one| one.id.as_str());
        let services = traffic.elements_not_modelled.iter().filter_map(|one| one.id.as_deref());
        for id in relations.chain(services).collect::<BTreeSet<&str>>() {
            *missing.entry(id.to_owned()).or_default() += 1;
        }
    }
    let many = told.len();
    let mut seen: Vec<TrafficRelation> = Vec::new();
    let mut services: Vec<TrafficElement> = Vec::new();
    let mut unseen: Vec<TrafficRelation> = Vec::new();
    let known = |one: &TrafficRelation| usize::from(one.from.is_some()) + usize::from(one.to.is_some());
    for traffic in told {
        for one in traffic.seen_not_modelled.into_iter().filter(|one| missing.get(&one.id) == Some(&many)) {
            match seen.iter_mut().find(|other| other.id == one.id) {
                Some(other) if known(&one) > known(other) => *other = one,
                Some(_) => {}
                None => seen.push(one),
            }
        }
        for one in traffic.elements_not_modelled {
            let everywhere = one.id.as_ref().is_some_and(|id| missing.get(id) == Some(&many));
            if everywhere && !services.iter().any(|other| other.id == one.id) {
                services.push(one);
            }
        }
        for one in traffic.modelled_not_seen {
            if !unseen.iter().any(|other| other.id == one.id) {
                unseen.push(one);
            }
        }
    }
    let services = services.into_iter().map(Matter::Service);
    seen.into_iter().map(Matter::Relation).chain(services).chain(unseen.into_iter().map(Matter::Relation)).collect()
}

/// A name of its own for each file, by which the model says where it found something.
fn names(artifacts: &[&Artifact]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |artifact: &&Artifact| {
        let mut name = artifact.path.clone();
        while !taken.insert(name.clone()) {
            name = format!("{}/{name}", artifact.id);
        }
        name
    };
    artifacts.iter().map(name).collect()
}

/// The model of the traces; none where none of them holds a call that can be read.
fn derived(app: &mut App, artifacts: &[&Artifact], names: &[String]) -> Result<Option<Arc<Workspace>>, AppError> {
    let of: Vec<(Id, String)> = artifacts.iter().map(|one| (one.id, one.sha256.clone())).collect();
    if app.traced.of != of {
        let store = app.store()?;
        let read = artifacts.iter().map(|artifact| store.blob(&artifact.sha256)).collect::<Result<Vec<_>, _>>()?;
        let files: Vec<(&str, &[u8])> =
            names.iter().zip(&read).map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let workspace = groma_c4::derive::derive(&files).ok().map(|derived| Arc::new(derived.workspace));
        app.traced = Traced { of, workspace };
    }
    Ok(app.traced.workspace.clone())
}
