//! Architectures read from files, written as text, edited, told.

use std::path::PathBuf;

use groma_c4::edit::{self, Edit};
use groma_c4::model::IDENTIFIER;
use groma_c4::places;
use groma_model::{Architecture, Finding, Id, Kind};
use groma_store::{Changes, Op, Read, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::architectures::{self, bare, follow, kept};
use crate::models::{self, Remark};
use crate::{App, AppError, Verb};

/// Reads a model into the engagement: Structurizr DSL or workspace JSON, a folder with a `workspace.dsl`, or sources from
/// which a model can be derived.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ReadArchitecture {
    /// The file or folder.
    pub path: PathBuf,
    /// The architecture that takes the model in place of its own; a new one when not given.
    pub architecture: Option<Id>,
    /// Name of a new one; that of the model when not given.
    pub name: String,
    /// Whether a new one is the target.
    pub target: bool,
    /// Refuse what the newest version of the DSL refuses.
    pub strict: bool,
}

/// An architecture as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ArchitectureReply {
    /// The architecture.
    pub architecture: Architecture,
    /// Remarks on what was read.
    pub remarks: Vec<Remark>,
    /// Keys of elements that were added by an edit, in order.
    pub added: Vec<String>,
    /// What changed.
    pub changes: Changes,
}

impl Verb for ReadArchitecture {
    type Reply = ArchitectureReply;

    fn run(self, app: &mut App) -> Result<ArchitectureReply, AppError> {
        let read = models::read(&self.path, self.strict)?;
        let remarks = read.remarks;
        let model = read.workspace;
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let own = model.name.trim();
        let name =
            [self.name.trim(), own, &stem].into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned();
        let store = app.store()?;
        let old = self.architecture.map(|id| store.get::<Architecture>(id)).transpose()?;
        let mut new = kept(&model, read.text);
        // Where a person put things stays, unless what was read has places of its own.
        if let Some(old) = &old {
            let read = std::mem::replace(&mut new.places, old.places.clone());
            new.places.extend(read);
        }
        keep(app, old.as_ref(), Architecture { name, target: self.target, ..new }, remarks, Vec::new(), None, false)
    }
}

/// Writes a model over an architecture, or as a new one; `typed`: what is written in one go is one step.
pub(super) fn keep(
    app: &mut App,
    old: Option<&Architecture>,
    new: Architecture,
    remarks: Vec<Remark>,
    added: Vec<String>,
    findings: Option<Vec<(Id, Vec<String>)>>,
    typed: bool,
) -> Result<ArchitectureReply, AppError> {
    let author = app.environment.author.clone();
    let store = app.store()?;
    let op = if old.is_some() { Op::Update(Kind::Architecture) } else { Op::Insert(Kind::Architecture) };
    let work = |tx: &mut Tx<'_>| {
        let architecture = match old {
            Some(old) => tx.patch::<Architecture>(old.id, changed(old, &new))?,
            None => {
                let rank = tx.list::<Architecture>()?.last().map_or(0.0, |last| last.rank + 1.0);
                tx.insert(Architecture { rank, ..new })?
            }
        };
        for (id, elements) in findings.unwrap_or_default() {
            tx.patch::<Finding>(id, Map::from_iter([("elements".to_owned(), json!(elements))]))?;
        }
        Ok(architecture)
    };
    let (architecture, changes) =
        if typed { store.transact_typed(op, &author, work)? } else { store.transact(op, &author, work)? };
    Ok(ArchitectureReply { architecture, remarks, added, changes })
}

/// The fields in which two models differ.
fn changed(old: &Architecture, new: &Architecture) -> Map<String, Value> {
    let mut fields = Map::new();
    if old.text != new.text {
        fields.insert("text".to_owned(), json!(new.text));
    }
    if old.workspace != new.workspace {
        fields.insert("workspace".to_owned(), json!(new.workspace));
    }
    if old.places != new.places {
        fields.insert("places".to_owned(), json!(new.places));
    }
    fields
}

/// Reads a text of the Structurizr DSL without keeping anything.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CheckArchitecture {
    /// The text.
    pub text: String,
}

/// What is to be said of a text.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct TextReply {
    /// Why it is no model; null when it is one.
    pub refused: Option<Remark>,
    /// Remarks on a model.
    pub remarks: Vec<Remark>,
    /// Identifiers that the text defines, for completion.
    pub identifiers: Vec<String>,
}

impl Verb for CheckArchitecture {
    type Reply = TextReply;

    fn run(self, _app: &mut App) -> Result<TextReply, AppError> {
        Ok(match models::of_text(&self.text) {
            Ok((model, remarks)) => {
                let defined =
                    model.model.elements().filter_map(|(_, element)| element.properties.get(IDENTIFIER).cloned());
                TextReply { refused: None, remarks, identifiers: defined.collect() }
            }
            Err(refusal) => {
                let refused = Remark {
                    level: "error".to_owned(),
                    file: String::new(),
                    line: refusal.line,
                    message: refusal.message,
                    remedy: refusal.remedy,
                };
                TextReply { refused: Some(refused), remarks: Vec::new(), identifiers: Vec::new() }
            }
        })
    }
}

/// Makes an architecture what its text says. Places stay with what keeps its key.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct WriteArchitecture {
    /// The architecture.
    pub architecture: Id,
    /// The text, in the Structurizr DSL.
    pub text: String,
}

impl Verb for WriteArchitecture {
    type Reply = ArchitectureReply;

    fn run(self, app: &mut App) -> Result<ArchitectureReply, AppError> {
        let old = app.store()?.get::<Architecture>(self.architecture)?;
        let (mut model, remarks) = models::of_text(&self.text)
            .map_err(|refusal| architectures::refused("the text", &refusal).field("text"))?;
        places::put(&mut model, &groma_model::Places::default());
        let new = Architecture { places: old.places.clone(), ..kept(&model, Some(self.text)) };
        keep(app, Some(&old), new, remarks, Vec::new(), None, true)
    }
}

/// Changes an architecture by hand.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct EditArchitecture {
    /// The architecture.
    pub architecture: Id,
    /// The edits, in order: all or none.
    pub edits: Vec<Edit>,
}

impl Verb for EditArchitecture {
    type Reply = ArchitectureReply;

    fn run(self, app: &mut App) -> Result<ArchitectureReply, AppError> {
        let store = app.store()?;
        let old = store.get::<Architecture>(self.architecture)?;
        let edited = edit::apply(&bare(&old)?, &old.places, &self.edits)
            .map_err(|refusal| architectures::refused(&format!("\"{}\"", old.name), &refusal).field("edits"))?;
        let findings = if edited.renamed.is_empty() { Vec::new() } else { follow(&store.contents()?, &edited.renamed) };
        let text = if self.edits.iter().any(Edit::changes_text) { None } else { Some(old.text.clone()) };
        let new = Architecture { places: edited.places, ..kept(&edited.workspace, text) };
        keep(app, Some(&old), new, Vec::new(), edited.added, Some(findings), false)
    }
}

/// Refuses to change by `update` what only a model can say of itself.
///
/// # Errors
/// When a field of an architecture is given that is made of its model.
pub(crate) fn only_by_its_own_commands(kind: Kind, fields: &Map<String, Value>) -> Result<(), AppError> {
    let own = ["text", "workspace", "places"];
    match own.into_iter().find(|field| kind == Kind::Architecture && fields.contains_key(*field)) {
        None => Ok(()),
        Some(field) => Err(AppError::usage(format!("{field} of an architecture is not changed so"))
            .hint("write its text, or edit it")
            .field(field)),
    }
}

/// Inserts an architecture of a text, for the sample.
///
/// # Errors
/// When the text is no model.
pub(crate) fn insert_text(
    tx: &mut Tx<'_>,
    fields: &Map<String, Value>,
    text: &str,
    shown: &str,
) -> Result<Id, AppError> {
    let (model, _) = models::of_text(text).map_err(|refusal| architectures::refused(shown, &refusal))?;
    let word = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let target = fields.get("target").and_then(Value::as_bool).unwrap_or_default();
    let rank = tx.list::<Architecture>()?.len() as f64;
    let new = Architecture { name: word("name"), target, rank, ..kept(&model, Some(text.to_owned())) };
    Ok(tx.insert(new)?.id)
}
