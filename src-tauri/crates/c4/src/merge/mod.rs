//! A derived model laid beside one that people made: what it would add, what it would fill in, and what it leaves alone.
//!
//! [`preview`] says what would happen and changes nothing; [`apply`] does the part of it that was chosen. What a person
//! wrote is never overwritten. Merging the same twice changes nothing the second time.

mod apply;
mod matching;
mod preview;
mod similar;
mod traffic;

pub use apply::apply;
pub use preview::preview;
pub use traffic::{Traffic, TrafficElement, TrafficEvidence, TrafficRelation, traffic};

use crate::derive::{Source, sources};
use crate::model::{ElementKind, Properties};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file and the place in it where something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct FoundIn {
    /// The file.
    pub file: String,
    /// `line 12` or a JSON pointer.
    pub place: String,
}

/// Why a derived element is taken to be an existing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MergeReason")]
pub enum MatchReason {
    /// The same identifier.
    Identifier,
    /// The same name but for case.
    Name,
    /// A name that means the same: `orders-service` and `Order Service`.
    SimilarName,
    /// It runs the same image, or the image is called like it.
    Image,
    /// The host belongs to it: `api.stripe.com` and `Stripe`.
    Host,
    /// Most of what is within the one is within the other.
    Contents,
    /// There is but one system.
    OnlySystem,
}

/// A derived element that is there already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergeMatch")]
pub struct Match {
    /// Names it among the choices: chosen, the existing element remembers where it was found as well.
    pub id: String,
    /// Canonical name in the derived model.
    pub derived: String,
    /// Name in the derived model.
    pub derived_name: String,
    /// Key ([`crate::Model::key`]) of the existing element.
    pub existing: String,
    /// Name of the existing element.
    pub existing_name: String,
    /// Why they are taken to be the same.
    pub why: MatchReason,
    /// Where it was found.
    pub sources: Vec<FoundIn>,
}

/// An end of what is to be added: an existing element, or another that is to be added.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "MergeEnd")]
pub enum End {
    /// Key of an existing element.
    Existing {
        /// As [`crate::Model::key`] gives it.
        key: String,
    },
    /// Id of a [`NewElement`].
    New {
        /// As [`NewElement::id`].
        id: String,
    },
}

/// An element that would be added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergeElement")]
pub struct NewElement {
    /// Names it among the choices.
    pub id: String,
    /// What it is.
    pub kind: ElementKind,
    /// Its name; of an instance, that of its element.
    pub name: String,
    /// What it does; may be empty.
    pub description: String,
    /// What it is built with; may be empty.
    pub technology: String,
    /// Tags beyond those of its kind.
    pub tags: Vec<String>,
    /// An address to read more; may be empty.
    pub url: String,
    /// The group it is drawn in.
    pub group: Option<String>,
    /// Free name/value pairs.
    pub properties: BTreeMap<String, String>,
    /// What it would be within.
    pub parent: Option<End>,
    /// The name of what it would be within; empty at the top.
    pub parent_name: String,
    /// What an instance is of.
    pub instance_of: Option<End>,
    /// The environment of a deployment element; else empty.
    pub environment: String,
    /// How many there are of a deployment node.
    pub instances: String,
    /// Where it was found.
    pub sources: Vec<FoundIn>,
}

/// A relationship that would be added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergeRelation")]
pub struct NewRelation {
    /// Names it among the choices.
    pub id: String,
    /// Who needs the other.
    pub from: End,
    /// Its name.
    pub from_name: String,
    /// Who is needed.
    pub to: End,
    /// Its name.
    pub to_name: String,
    /// What for.
    pub description: String,
    /// By what means; may be empty.
    pub technology: String,
    /// Free name/value pairs, measurements among them.
    pub properties: BTreeMap<String, String>,
    /// Where it was found.
    pub sources: Vec<FoundIn>,
}

/// What an existing element or relationship lacks and the derived one knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergeBlank")]
pub struct Blank {
    /// Names it among the choices.
    pub id: String,
    /// Key of the existing element; of a relationship, of its source.
    pub key: String,
    /// Of a relationship, key of its destination.
    pub to: Option<String>,
    /// Its name, as `A → B` of a relationship.
    pub name: String,
    /// `technology`, `description`, `url`, or `properties`.
    pub field: String,
    /// What would be filled in; of properties, their names.
    pub value: String,
    /// The properties that would be filled in.
    pub properties: BTreeMap<String, String>,
}

/// Where the two say different things, or where it is not clear which element is meant. Left alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergeConflict")]
pub struct Disagreement {
    /// Key of the existing element.
    pub key: String,
    /// Its name.
    pub name: String,
    /// `technology`; or `name` where a derived name fits several elements.
    pub field: String,
    /// What the existing model says; of a name, the elements that it fits.
    pub existing: String,
    /// What the derived model says.
    pub derived: String,
    /// Where the derived one was found.
    pub sources: Vec<FoundIn>,
}

/// What a merge would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "MergePreview")]
pub struct Preview {
    /// Elements that would be added, whole before part.
    pub elements: Vec<NewElement>,
    /// Relationships that would be added.
    pub relations: Vec<NewRelation>,
    /// What would be filled in.
    pub blanks: Vec<Blank>,
    /// What is there already.
    pub matches: Vec<Match>,
    /// What is left alone.
    pub conflicts: Vec<Disagreement>,
}

impl Preview {
    /// The ids of everything that can be chosen.
    pub fn ids(&self) -> Vec<&str> {
        let elements = self.elements.iter().map(|one| one.id.as_str());
        let relations = self.relations.iter().map(|one| one.id.as_str());
        let blanks = self.blanks.iter().map(|one| one.id.as_str());
        let matches = self.matches.iter().map(|one| one.id.as_str());
        elements.chain(relations).chain(blanks).chain(matches).collect()
    }

    /// Whether it would add or fill in nothing.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.relations.is_empty() && self.blanks.is_empty()
    }
}

fn found_in(properties: &Properties) -> Vec<FoundIn> {
    sources(properties).into_iter().map(|one| FoundIn { file: one.file, place: one.place }).collect()
}

fn as_sources(found: &[FoundIn]) -> Vec<Source> {
    found.iter().map(|one| Source::new(&one.file, &one.place)).collect()
}

/// Properties that say where something was found: kept by the merge itself, not copied.
fn is_source(name: &str) -> bool {
    name == crate::derive::SOURCE || name.starts_with("groma.source.")
}
