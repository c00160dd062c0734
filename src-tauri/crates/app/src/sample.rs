//! The sample engagement: raw tool outputs through the same import, and what its consultant wrote through the same
//! commands.
//!
//! The authored part (`assets/sample/authored/*.toml`) holds tables by kind. A table's `key` names it; elsewhere a
//! string `@key` stands for its id, `@artifact:FILE` for an imported file, and `@measurement:FILE:METRIC[:SUBJECT]`
//! for the first measurement of that file and metric whose subject holds the words. `[[decide]]` decides all candidates
//! of a sort that nothing else was said of. What the client mended and how it was measured again follows (`retest.rs`).

mod retest;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use groma_evidence as evidence;
use groma_model::{Artifact, Engagement, Exhibit, Id, Kind, Measurement, Timestamp};
use groma_store::{MeasurementFilter, Op, Read, Tx};
use serde_json::{Map, Value};

use crate::verbs::{Assess, Confirm};
use crate::{App, AppError, Verb, assets, exhibits, propose, scored};

/// Kinds in the order in which they are inserted: what is referred to comes first.
const ORDER: &[Kind] = &[
    Kind::Symptom,
    Kind::Note,
    Kind::Diagram,
    Kind::Finding,
    Kind::EvidenceLink,
    Kind::Risk,
    Kind::Theme,
    Kind::Phase,
    Kind::Role,
    Kind::Initiative,
    Kind::Milestone,
    Kind::ResourceLine,
    Kind::BudgetLine,
    Kind::TrainingNeed,
    Kind::SuccessMetric,
    Kind::KeyResult,
    Kind::Decision,
];

/// What the sample is made of.
#[derive(Debug, Clone, serde::Serialize, ts_rs::TS)]
pub struct SampleReply {
    /// Files imported.
    pub files: usize,
    /// Findings written.
    pub findings: usize,
    /// Initiatives written.
    pub initiatives: usize,
}

/// Creates the sample engagement in a new file.
///
/// # Errors
/// When the file exists or cannot be written, or the sample's own data do not fit together.
pub fn create(app: &mut App, path: &Path) -> Result<SampleReply, AppError> {
    let authored = authored()?;
    let one = |kind: &str| authored.get(kind).and_then(|all| all.first()).cloned().unwrap_or_default();
    let engagement: Engagement = serde_json::from_value(Value::Object(one("engagement")))
        .map_err(|error| wrong("engagement", &error.to_string()))?;
    app.create(path, engagement)?;
    for pack in ["backend-health", "backend-maturity"] {
        crate::verbs::AddPack { pack: pack.to_owned() }.run(app)?;
    }
    let author = app.environment.author.clone();
    let first = import(app, &author, assets::sample_raw(), retest::date(&authored, "raw"))?;
    app.store()?.transact_with(Op::Batch, &author, |tx| judge(tx, &authored, "answers"))?;
    // Evidence links name answers, so these come first.
    let (keys, _) = app.store()?.transact_with(Op::Batch, &author, |tx| insert(tx, &authored))?;
    let files = first + retest::measured_again(app, &authored, &keys)?;
    let count = |kind: Kind| authored.get(kind.as_str()).map_or(0, Vec::len);
    Ok(SampleReply { files, findings: count(Kind::Finding), initiatives: count(Kind::Initiative) })
}

/// Confirms the verdicts of a kind of tables and, with the first of them, sets the levels.
fn judge(tx: &mut Tx<'_>, authored: &Authored, kind: &str) -> Result<(), AppError> {
    let contents = tx.contents()?;
    let packs = scored::snapshots(&contents)?;
    for answer in authored.get(kind).into_iter().flatten() {
        let confirm: Confirm = typed(kind, answer)?;
        let check = confirm.check.clone();
        let applied = confirm.apply(tx, &packs, &contents.answers);
        applied.map_err(|error| wrong(&format!("answer {check}"), &error.to_string()))?;
    }
    let levels = authored.get("assessments").filter(|_| kind == "answers");
    for area in levels.into_iter().flatten() {
        let assess: Assess = typed("assessments", area)?;
        let name = assess.area.clone();
        let applied = assess.apply(tx, &packs, &contents);
        applied.map_err(|error| wrong(&format!("area {name}"), &error.to_string()))?;
    }
    Ok(())
}

fn typed<T: serde::de::DeserializeOwned>(kind: &str, fields: &Map<String, Value>) -> Result<T, AppError> {
    serde_json::from_value(Value::Object(fields.clone())).map_err(|error| wrong(kind, &error.to_string()))
}

fn wrong(what: &str, reason: &str) -> AppError {
    AppError::failed(format!("the sample's {what} does not fit: {reason}"))
}

/// Tables by kind.
type Authored = BTreeMap<String, Vec<Map<String, Value>>>;

/// Reads the authored files; a table stands alone (`[engagement]`) or in an array (`[[findings]]`).
fn authored() -> Result<Authored, AppError> {
    let mut all: Authored = BTreeMap::new();
    for (name, bytes) in assets::sample_authored() {
        let text = std::str::from_utf8(bytes).map_err(|error| wrong(&name, &error.to_string()))?;
        let tables: Map<String, Value> = toml::from_str(text).map_err(|error| wrong(&name, &error.to_string()))?;
        for (kind, value) in tables {
            let rows = match value {
                Value::Array(rows) => rows,
                single => vec![single],
            };
            for row in rows {
                let Value::Object(fields) = row else { return Err(wrong(&name, &format!("{kind} is not a table"))) };
                all.entry(kind.clone()).or_default().push(fields);
            }
        }
    }
    Ok(all)
}

/// Imports raw files as `groma import` does, in the order of their names. Those that do not say when they were made take
/// the time that the consultant noted.
fn import(
    app: &mut App,
    author: &str,
    raw: BTreeMap<String, &'static [u8]>,
    noted: Option<&Value>,
) -> Result<usize, AppError> {
    let count = raw.len();
    let noted: Option<Timestamp> = noted
        .map(|at| serde_json::from_value(at.clone()).map_err(|error| wrong("time of measuring", &error.to_string())))
        .transpose()?;
    app.store()?.transact_with(Op::Import, author, |tx| {
        let mut fresh = BTreeSet::new();
        for (name, bytes) in raw {
            match evidence::read(&name, bytes, None) {
                evidence::Outcome::Imported(mut read) => {
                    read.captured_at = read.captured_at.or(noted);
                    fresh.insert(crate::verbs::keep(tx, &name, bytes, read)?.0);
                }
                evidence::Outcome::Refused { reason, .. } => return Err(wrong(&name, &reason)),
                evidence::Outcome::Ambiguous { reason, .. } => return Err(wrong(&name, &reason)),
            }
        }
        crate::verbs::recognise(tx, &fresh)?;
        propose::renew(tx).map(|_| ())
    })?;
    Ok(count)
}

/// Inserts architectures and every authored object with its references resolved; answers their ids by key.
fn insert(tx: &mut Tx<'_>, authored: &Authored) -> Result<BTreeMap<String, Id>, AppError> {
    let mut keys: BTreeMap<String, Id> = BTreeMap::new();
    let texts = assets::sample_architectures();
    for fields in authored.get("architectures").into_iter().flatten() {
        let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let file = text("file");
        let found = texts.get(&file).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let dsl = found.ok_or_else(|| wrong("architecture", &format!("{file} is not among the architectures")))?;
        keys.insert(text("key"), crate::verbs::insert_text(tx, fields, dsl, &file)?);
    }
    keep_exhibits(tx, authored, &mut keys)?;
    for kind in ORDER {
        for fields in authored.get(kind.as_str()).into_iter().flatten() {
            if let Some(key) = fields.get("key").and_then(Value::as_str)
                && keys.insert(key.to_owned(), tx.new_id()).is_some()
            {
                return Err(wrong(kind.as_str(), &format!("the key {key} is taken")));
            }
        }
    }
    let names = Names {
        keys,
        artifacts: tx.list::<Artifact>()?,
        measurements: tx.measurements(&MeasurementFilter::default(), 0, usize::MAX)?,
    };
    if let Some(intake) = authored.get("intake").and_then(|all| all.first()) {
        let id = tx.intake()?.id;
        tx.patch_json(Kind::Intake, id, names.resolved(Kind::Intake, intake)?)?;
    }
    for kind in ORDER {
        for (rank, fields) in authored.get(kind.as_str()).into_iter().flatten().enumerate() {
            let mut fields = names.resolved(*kind, fields)?;
            if let Some(Value::String(key)) = fields.remove("key") {
                fields.insert("id".to_owned(), Value::String(names.keys[&key].to_string()));
            }
            let ranked =
                !matches!(kind, Kind::Note | Kind::Phase | Kind::Milestone | Kind::ResourceLine | Kind::Decision);
            if ranked {
                fields.entry("rank").or_insert_with(|| Value::from(rank as f64));
            }
            tx.insert_json(*kind, fields)?;
        }
    }
    decide(tx, authored, &names)?;
    Ok(names.keys)
}

/// Keeps the exhibits, as adding their files would.
fn keep_exhibits(tx: &mut Tx<'_>, authored: &Authored, keys: &mut BTreeMap<String, Id>) -> Result<(), AppError> {
    let seen = assets::sample_seen();
    for (rank, fields) in authored.get("exhibits").into_iter().flatten().enumerate() {
        let mut fields = fields.clone();
        let mut text =
            |key: &str| fields.remove(key).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let (key, file) = (text("key"), text("file"));
        let bytes =
            seen.get(&file).ok_or_else(|| wrong("exhibit", &format!("{file} is not among the sample's files")))?;
        let name = file.rsplit('/').next().unwrap_or(&file);
        let (taken, bytes) = exhibits::taken(&file, name, bytes)?;
        let written: Exhibit = typed("exhibits", &fields)?;
        let exhibit = Exhibit {
            name: taken.name,
            media_type: taken.media_type,
            length: taken.length,
            masked: taken.masked,
            rank: rank as f64,
            ..written
        };
        keys.insert(key, tx.add_exhibit(exhibit, &bytes)?.id);
    }
    Ok(())
}

/// Decides the candidates that nothing was said of yet by the rules of `[[decide]]`: a rule holds for every candidate
/// whose key begins with its `candidates`.
fn decide(tx: &mut Tx<'_>, authored: &Authored, names: &Names) -> Result<(), AppError> {
    let contents = tx.contents()?;
    let packs = scored::snapshots(&contents)?;
    // The sample has no traces.
    let open =
        crate::verbs::candidates(&contents, &packs, &[]).into_iter().filter(|candidate| candidate.outcome.is_none());
    for candidate in open {
        let rule = authored.get("decide").into_iter().flatten().find(|rule| {
            rule.get("candidates").and_then(Value::as_str).is_some_and(|start| candidate.key.starts_with(start))
        });
        let Some(rule) = rule else { continue };
        let mut fields = names.resolved(Kind::Decision, rule)?;
        fields.remove("candidates");
        fields.insert("candidate".to_owned(), Value::String(candidate.key));
        tx.insert_json(Kind::Decision, fields)?;
    }
    Ok(())
}

struct Names {
    keys: BTreeMap<String, Id>,
    artifacts: Vec<Artifact>,
    measurements: Vec<Measurement>,
}

impl Names {
    fn resolved(&self, kind: Kind, fields: &Map<String, Value>) -> Result<Map<String, Value>, AppError> {
        let resolve = |(key, value): (&String, &Value)| {
            Ok((key.clone(), self.value(value).map_err(|e| wrong(kind.as_str(), &e))?))
        };
        fields.iter().map(resolve).collect()
    }

    fn value(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.id(name).map(|id| Value::String(id.to_string())),
                None => Ok(value.clone()),
            },
            Value::Array(items) => {
                items.iter().map(|item| self.value(item)).collect::<Result<_, _>>().map(Value::Array)
            }
            Value::Object(fields) => {
                let each = fields.iter().map(|(key, value)| Ok((key.clone(), self.value(value)?)));
                each.collect::<Result<_, String>>().map(Value::Object)
            }
            other => Ok(other.clone()),
        }
    }

    fn id(&self, name: &str) -> Result<Id, String> {
        let file = |name: &str| {
            let found = self.artifacts.iter().find(|artifact| artifact.path == name);
            found.map(|artifact| artifact.id).ok_or_else(|| format!("no file {name} was imported"))
        };
        if let Some(name) = name.strip_prefix("artifact:") {
            return file(name);
        }
        if let Some(rest) = name.strip_prefix("measurement:") {
            let mut parts = rest.splitn(3, ':');
            let (path, metric, subject) =
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let artifact = file(path)?;
            let found = self.measurements.iter().find(|measurement| {
                measurement.artifact == artifact
                    && measurement.metric == metric
                    && measurement.subject.contains(subject)
            });
            return found
                .map(|measurement| measurement.id)
                .ok_or_else(|| format!("{path} has no {metric} of \"{subject}\""));
        }
        self.keys.get(name).copied().ok_or_else(|| format!("there is no @{name}"))
    }
}
