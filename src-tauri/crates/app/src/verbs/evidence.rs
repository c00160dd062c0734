//! What evidence links point to, in words.

use std::collections::BTreeMap;

use groma_model::{
    Answer, Artifact, Contents, Date, EvidenceTarget, Exhibit, Id, Image, IssueGroup, Measurement, Note, Severity,
};
use groma_pack::Pack;
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Verb, scored};

/// Says what evidence targets are, by kind and id.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What is asked for.
    pub targets: Vec<EvidenceRef>,
}

/// A thing that can prove something, as evidence links name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRef {
    /// What kind of thing it is.
    pub kind: EvidenceTarget,
    /// Which one: an id, a candidate's key, or `pack/check`.
    pub target: String,
}

/// A thing that can prove something, in words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ts_rs::TS)]
pub struct EvidenceFacts {
    /// What kind of thing it is.
    pub kind: EvidenceTarget,
    /// Which one.
    pub target: String,
    /// Whether it is there; what was removed has no words.
    pub found: bool,
    /// What it says: a metric with its subject, a rule with its title, a file's name, a check, a caption, a title.
    pub label: String,
    /// The measured value.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// The value as it was written, where a number does not say it all.
    pub text: String,
    /// The file it stands in, when it stands in one.
    pub artifact: Option<Id>,
    /// That file's name; of a file, the tool that wrote it; of an issue group, the tool.
    pub file: String,
    /// The place in the file, as `source` takes it.
    pub at: String,
    /// Where an issue is: file or URL with its line, or the component; of a check its section.
    pub place: String,
    /// How bad an issue is.
    pub severity: Option<Severity>,
    /// How many raw occurrences a group of issues has.
    pub count: Option<u64>,
    /// Hash of an image's bytes.
    pub sha256: String,
    /// Width and height of an image in pixels.
    pub size: Option<(u32, u32)>,
    /// Day of a note.
    pub date: Option<Date>,
    /// Who was spoken with.
    pub people: Vec<String>,
    /// Whether a note must not reach a client.
    pub private: bool,
    /// The object to go to, when it is another than `target`: the answer of a check.
    pub object: Option<Id>,
}

impl Verb for Evidence {
    type Reply = Vec<EvidenceFacts>;

    fn run(self, app: &mut App) -> Result<Vec<EvidenceFacts>, AppError> {
        let store = app.store()?;
        let contents = store.contents()?;
        let packs = scored::snapshots(&contents)?;
        let sources = Sources::of(store, &contents, &packs);
        Ok(self.targets.into_iter().map(|asked| sources.facts(asked)).collect())
    }
}

struct Sources<'a, R> {
    store: &'a R,
    contents: &'a Contents,
    packs: &'a [Pack],
    artifacts: BTreeMap<Id, &'a Artifact>,
    measurements: BTreeMap<Id, &'a Measurement>,
    groups: BTreeMap<&'a str, &'a IssueGroup>,
}

impl<'a, R: Read> Sources<'a, R> {
    fn of(store: &'a R, contents: &'a Contents, packs: &'a [Pack]) -> Self {
        Self {
            store,
            contents,
            packs,
            artifacts: contents.artifacts.iter().map(|artifact| (artifact.id, artifact)).collect(),
            measurements: contents.measurements.iter().map(|measurement| (measurement.id, measurement)).collect(),
            groups: contents.issue_groups.iter().map(|group| (group.key.as_str(), group)).collect(),
        }
    }

    fn facts(&self, asked: EvidenceRef) -> EvidenceFacts {
        let id = asked.target.parse::<Id>().ok();
        let known = match asked.kind {
            EvidenceTarget::Artifact => {
                id.and_then(|id| self.artifacts.get(&id)).map(|artifact| self.artifact(artifact))
            }
            EvidenceTarget::Measurement => {
                id.and_then(|id| self.measurements.get(&id)).map(|found| self.measured(found))
            }
            EvidenceTarget::Issue => id.and_then(|id| self.issue(id)),
            EvidenceTarget::IssueGroup => self.groups.get(asked.target.as_str()).map(|group| grouped(group)),
            EvidenceTarget::Answer => self.answer(&asked.target),
            EvidenceTarget::Image => self.contents.images.iter().find(|image| Some(image.id) == id).map(pictured),
            EvidenceTarget::Exhibit => self.contents.exhibits.iter().find(|one| Some(one.id) == id).map(exhibited),
            EvidenceTarget::Note => self.contents.notes.iter().find(|note| Some(note.id) == id).map(noted),
        };
        let found = known.is_some();
        EvidenceFacts { kind: asked.kind, target: asked.target, found, ..known.unwrap_or_default() }
    }

    fn file(&self, artifact: Id) -> String {
        self.artifacts.get(&artifact).map(|artifact| artifact.name.clone()).unwrap_or_default()
    }

    fn artifact(&self, artifact: &Artifact) -> EvidenceFacts {
        let tool = [artifact.tool.as_str(), artifact.tool_version.as_str()].join(" ");
        let file = if tool.trim().is_empty() { artifact.format.clone() } else { tool.trim().to_owned() };
        EvidenceFacts { label: artifact.name.clone(), artifact: Some(artifact.id), file, ..EvidenceFacts::default() }
    }

    fn measured(&self, measurement: &Measurement) -> EvidenceFacts {
        EvidenceFacts {
            label: joined(&[&measurement.metric, &measurement.subject], " · "),
            value: Some(measurement.value),
            unit: measurement.unit.clone(),
            text: measurement.text.clone(),
            artifact: Some(measurement.artifact),
            file: self.file(measurement.artifact),
            at: measurement.at.clone(),
            ..EvidenceFacts::default()
        }
    }

    fn issue(&self, id: Id) -> Option<EvidenceFacts> {
        let issue = self.store.issue(id).ok()?;
        let said = if issue.title.is_empty() { &issue.message } else { &issue.title };
        let line = issue.line.map(|line| line.to_string()).unwrap_or_default();
        Some(EvidenceFacts {
            label: joined(&[&issue.rule, said], " – "),
            artifact: Some(issue.artifact),
            file: self.file(issue.artifact),
            place: joined(&[&issue.location, &line], ":"),
            at: issue.at,
            severity: Some(issue.severity),
            ..EvidenceFacts::default()
        })
    }

    fn answer(&self, key: &str) -> Option<EvidenceFacts> {
        let (pack, check) = key.split_once('/')?;
        let known = self.packs.iter().find(|known| known.id == pack)?;
        let (_, section, check) = known.checks().find(|(_, _, known)| known.id == check)?;
        let fits = |answer: &&Answer| answer.pack == pack && answer.check == check.id;
        Some(EvidenceFacts {
            label: format!("{} {}", check.id, check.title),
            place: section.to_owned(),
            object: self.contents.answers.iter().find(fits).map(|answer| answer.id),
            ..EvidenceFacts::default()
        })
    }
}

fn grouped(group: &IssueGroup) -> EvidenceFacts {
    EvidenceFacts {
        label: group.title.clone(),
        file: group.tool.clone(),
        place: joined(&[&group.rule, &group.component], " · "),
        severity: Some(group.severity),
        count: Some(group.count),
        ..EvidenceFacts::default()
    }
}

fn pictured(image: &Image) -> EvidenceFacts {
    let label = if image.caption.is_empty() { &image.name } else { &image.caption };
    EvidenceFacts {
        label: label.clone(),
        file: image.name.clone(),
        sha256: image.sha256.clone(),
        size: Some((image.width, image.height)),
        ..EvidenceFacts::default()
    }
}

fn exhibited(exhibit: &Exhibit) -> EvidenceFacts {
    let label = if exhibit.title.is_empty() { &exhibit.name } else { &exhibit.title };
    EvidenceFacts {
        label: label.clone(),
        file: exhibit.name.clone(),
        artifact: exhibit.artifact,
        at: exhibit.range.clone(),
        object: Some(exhibit.id),
        ..EvidenceFacts::default()
    }
}

fn noted(note: &Note) -> EvidenceFacts {
    EvidenceFacts {
        label: note.title.clone(),
        date: note.date,
        people: note.people.iter().map(|person| person.name.clone()).collect(),
        private: note.private,
        ..EvidenceFacts::default()
    }
}

fn joined(parts: &[&str], by: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(by)
}
