//! What engineers already have, laid beside an architecture: merged into it, or told where the two do not agree.

use std::path::PathBuf;

use groma_c4::difference::{Difference, compare};
use groma_c4::merge::{self, Preview, Traffic, TrafficRelation};
use groma_model::{Architecture, Finding, FindingKind, Id, Kind, Severity};
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};

use super::architecture::{ArchitectureReply, keep};
use crate::architectures::{bare, kept};
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
    /// What was seen and not drawn, and the reverse; empty without traces.
    pub traffic: Traffic,
    /// Remarks on what was read.
    pub remarks: Vec<Remark>,
}

impl Verb for PreviewSources {
    type Reply = SourcesReply;

    fn run(self, app: &mut App) -> Result<SourcesReply, AppError> {
        let existing = bare(&app.store()?.get::<Architecture>(self.architecture)?)?;
        let derived = models::derive_from(&self.paths)?;
        let traffic = if models::has_traces(&derived) {
            merge::traffic(&existing, &derived.workspace)
        } else {
            Traffic::default()
        };
        let preview = merge::preview(&existing, &derived.workspace);
        Ok(SourcesReply { preview, traffic, remarks: derived.diagnostics.into_iter().map(Remark::from).collect() })
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

/// Makes findings of what traffic and architecture do not agree on.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct FindingsFromTraffic {
    /// The architecture.
    pub architecture: Id,
    /// The same files and folders as in the preview.
    pub paths: Vec<PathBuf>,
    /// Places among what was seen and is not in the model, from 0.
    pub seen: Vec<usize>,
    /// Places among what is in the model and was not seen, from 0.
    pub unseen: Vec<usize>,
}

impl Verb for FindingsFromTraffic {
    type Reply = Changes;

    fn run(self, app: &mut App) -> Result<Changes, AppError> {
        let author = app.environment.author.clone();
        let store = app.store()?;
        let existing = bare(&store.get::<Architecture>(self.architecture)?)?;
        let traffic = merge::traffic(&existing, &models::derive_from(&self.paths)?.workspace);
        let german = store.contents()?.engagement.language.starts_with("de");
        let gone = |at: &usize| {
            AppError::usage(format!("there is no disagreement {at}"))
                .hint("the files or the model may have changed since the preview: look at it again")
        };
        let mut drafts = Vec::new();
        for at in &self.seen {
            drafts.push(draft(traffic.seen_not_modelled.get(*at).ok_or_else(|| gone(at).field("seen"))?, true, german));
        }
        for at in &self.unseen {
            drafts.push(draft(
                traffic.modelled_not_seen.get(*at).ok_or_else(|| gone(at).field("unseen"))?,
                false,
                german,
            ));
        }
        if drafts.is_empty() {
            return Err(AppError::usage("nothing was chosen").hint("choose at least one disagreement"));
        }
        let ((), changes) = store.transact(Op::Insert(Kind::Finding), &author, |tx| {
            drafts.into_iter().try_for_each(|draft| tx.insert(draft).map(drop))
        })?;
        Ok(changes)
    }
}

/// A draft for a person to finish: what was seen, in figures.
fn draft(relation: &TrafficRelation, seen: bool, german: bool) -> Finding {
    let (from, to) = (&relation.from_name, &relation.to_name);
    let title = match (seen, german) {
        (true, false) => format!("{from} calls {to}, and no drawing of the architecture shows it"),
        (true, true) => format!("{from} ruft {to} auf, und keine Zeichnung der Architektur zeigt es"),
        (false, false) => format!("The architecture has {from} call {to}, and no trace shows it"),
        (false, true) => format!("Laut Architektur ruft {from} {to} auf, und kein Trace zeigt es"),
    };
    Finding {
        title,
        kind: FindingKind::Gap,
        severity: if seen { Severity::Low } else { Severity::Info },
        condition: relation.evidence.as_ref().map(|evidence| figures(evidence, german)).unwrap_or_default(),
        elements: [&relation.from, &relation.to].into_iter().flatten().cloned().collect(),
        ..Finding::default()
    }
}

fn figures(evidence: &merge::TrafficEvidence, german: bool) -> String {
    let number = |value: f64, decimals: usize| {
        let text = format!("{value:.decimals$}");
        if german { text.replace('.', ",") } else { text }
    };
    let mut lines = vec![if german {
        format!("- {} Aufrufe, davon {} mit Fehler", evidence.calls, evidence.errors)
    } else {
        format!("- {} calls, {} of them failed", evidence.calls, evidence.errors)
    }];
    if let Some(p99) = evidence.p99_ms {
        lines.push(format!("- p99 {} ms", number(p99, 1)));
    }
    if !evidence.operations.is_empty() {
        lines.push(format!("- `{}`", evidence.operations.replace('`', "'")));
    }
    let files: Vec<String> =
        evidence.sources.iter().map(|source| format!("`{}`", source.file.replace('`', "'"))).collect();
    if !files.is_empty() {
        lines.push(if german {
            format!("- gesehen in {}", files.join(", "))
        } else {
            format!("- seen in {}", files.join(", "))
        });
    }
    lines.join("\n")
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
