//! An architecture in parts: what lists and forms of it show.

use std::collections::{BTreeMap, BTreeSet};

use groma_c4::draw::title;
use groma_c4::model::RelationshipView;
use groma_c4::{ElementKind, Model, ViewKind, Workspace};
use groma_model::{Architecture, Contents, Id};
use groma_store::Read;
use serde::{Deserialize, Serialize};

use crate::architectures::workspace;
use crate::{App, AppError, Verb};

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
    let mut named: BTreeMap<_, Vec<u32>> = BTreeMap::new();
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
    let sorted = |words: BTreeSet<String>| words.into_iter().filter(|word| !word.is_empty()).collect();
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
