//! Architectures read from files, written as text, edited, told.

use std::path::PathBuf;

use groma_c4::draw::title;
use groma_c4::edit::{self, Edit};
use groma_c4::model::{IDENTIFIER, RelationshipView};
use groma_c4::{ElementKind, Model, ViewKind, Workspace, places};
use groma_model::{Architecture, Contents, Finding, Id, Kind};
use groma_store::{Changes, Op, Read, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::architectures::{self, bare, follow, kept, workspace};
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

/// What is in an architecture.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ShowArchitecture {
    /// The architecture.
    pub architecture: Id,
}

/// An architecture in parts, for lists and forms.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ArchitectureParts {
    /// Elements, in order of definition.
    pub elements: Vec<ElementRow>,
    /// Relations that somebody wrote, in order of definition.
    pub relations: Vec<RelationRow>,
    /// Views, in their order.
    pub views: Vec<ViewRow>,
    /// Environments in which something runs.
    pub environments: Vec<String>,
    /// Perspectives that something is seen from.
    pub perspectives: Vec<String>,
}

/// An element in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ElementRow {
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: ElementKind,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// What it is built with.
    pub technology: String,
    /// Tags beside those of its kind.
    pub tags: Vec<String>,
    /// An address to read more; may be empty.
    pub url: String,
    /// The group that it is drawn in.
    pub group: Option<String>,
    /// Key of the element that it is within.
    pub parent: Option<String>,
    /// The environment of what runs.
    pub environment: String,
    /// Where it was read from, when it was derived.
    pub source: Option<String>,
    /// Numbers of the findings that name it.
    pub findings: Vec<u32>,
}

/// A relation in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RelationRow {
    /// Its id, until the model is read from a text again.
    pub id: String,
    /// Key of who needs the other.
    pub source: String,
    /// Key of who is needed.
    pub destination: String,
    /// What for.
    pub description: String,
    /// By what means.
    pub technology: String,
    /// Tags beside the one that all have.
    pub tags: Vec<String>,
}

/// A view in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ViewRow {
    /// Its key.
    pub key: String,
    /// What it shows.
    pub kind: ViewKind,
    /// Its title; one made of its scope when it has none.
    pub title: String,
    /// What it tells.
    pub description: String,
    /// Key of the element that it is about.
    pub scope: Option<String>,
    /// Keys of the elements on it.
    pub elements: Vec<String>,
    /// The steps of a dynamic view.
    pub steps: Vec<StepRow>,
    /// Whether a person placed something on it.
    pub placed: bool,
}

/// A step of a dynamic view.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepRow {
    /// Its number; steps in parallel share it.
    pub order: String,
    /// Key of who acts.
    pub source: String,
    /// Key of who is asked.
    pub destination: String,
    /// What happens.
    pub description: String,
    /// Whether it answers.
    pub response: bool,
}

impl Verb for ShowArchitecture {
    type Reply = ArchitectureParts;

    fn run(self, app: &mut App) -> Result<ArchitectureParts, AppError> {
        let store = app.store()?;
        let contents = store.contents()?;
        let workspace = workspace(&store.get::<Architecture>(self.architecture)?)?;
        Ok(parts(&workspace, &contents))
    }
}

fn parts(workspace: &Workspace, contents: &Contents) -> ArchitectureParts {
    let model = &workspace.model;
    let words = crate::drawings::words(&contents.engagement.language);
    let mut named: std::collections::BTreeMap<_, Vec<u32>> = std::collections::BTreeMap::new();
    for finding in &contents.findings {
        for element in finding.elements.iter().filter_map(|name| model.by_key(name)) {
            named.entry(element).or_default().push(finding.number);
        }
    }
    let own = |tags: &[String], usual: &[&str]| -> Vec<String> {
        tags.iter().filter(|tag| !usual.contains(&tag.as_str())).cloned().collect()
    };
    let elements = model.elements().map(|(id, element)| ElementRow {
        key: model.key(id),
        kind: element.kind,
        name: model.name(id).to_owned(),
        description: element.description.clone(),
        technology: element.technology.clone(),
        tags: own(&element.tags, element.kind.default_tags()),
        url: element.url.clone(),
        group: element.group.clone(),
        parent: element.parent.map(|parent| model.key(parent)),
        environment: element.environment.clone(),
        source: element.properties.get("groma.source").cloned(),
        findings: named.remove(&id).unwrap_or_default(),
    });
    let elements: Vec<ElementRow> = elements.collect();
    let written = model.relationships().filter(|(_, one)| one.linked.is_none());
    let relations = written.map(|(_, one)| RelationRow {
        id: one.id.clone(),
        source: model.key(one.source),
        destination: model.key(one.destination),
        description: one.description.clone(),
        technology: one.technology.clone(),
        tags: own(&one.tags, &["Relationship"]),
    });
    let relations: Vec<RelationRow> = relations.collect();
    let views = workspace.views.iter().map(|view| ViewRow {
        key: view.key.clone(),
        kind: view.kind,
        title: title(workspace, view, &words),
        description: view.description.clone(),
        scope: view.scope.map(|scope| model.key(scope)),
        elements: view.elements.keys().map(|id| model.key(*id)).collect(),
        steps: if view.kind == ViewKind::Dynamic {
            view.relationships.iter().map(|step| self::step(model, step)).collect()
        } else {
            Vec::new()
        },
        placed: view.elements.values().any(|there| there.x.is_some()),
    });
    let views = views.collect();
    let sorted =
        |words: std::collections::BTreeSet<String>| words.into_iter().filter(|word| !word.is_empty()).collect();
    let environments = sorted(elements.iter().map(|element| element.environment.clone()).collect());
    let of_elements = model.elements().flat_map(|(_, one)| &one.perspectives);
    let of_relations = model.relationships().flat_map(|(_, one)| &one.perspectives);
    let perspectives = sorted(of_elements.chain(of_relations).map(|one| one.name.clone()).collect());
    ArchitectureParts { elements, relations, views, environments, perspectives }
}

fn step(model: &Model, step: &RelationshipView) -> StepRow {
    let one = model.relationship(step.relationship);
    StepRow {
        order: step.order.clone(),
        source: model.key(one.source),
        destination: model.key(one.destination),
        description: if step.description.is_empty() { one.description.clone() } else { step.description.clone() },
        response: step.response,
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
