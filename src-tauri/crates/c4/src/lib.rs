//! The C4 model of an architecture: people, systems, containers, components, their relationships, where they
//! run, and the views drawn of them.
//!
//! Read from the Structurizr DSL ([`dsl::parse`]) or a Structurizr workspace JSON ([`json::import`]), derived from what
//! engineers already have ([`derive::derive`]), joined ([`merge`]), compared ([`difference`]), changed by hand
//! ([`edit`]), laid out and drawn ([`draw`]), written back ([`dsl::write`], [`json::export`]), counted by [`summary`].
//! Pure: files come through [`dsl::Files`], nothing is run, nothing is fetched, and what would need the outside is told
//! in a [`Diagnostic`].
//! Derived from what engineers have ([`derive`]), merged ([`merge`]), compared ([`difference`]).
//! Read from a Structurizr workspace JSON ([`json::import`]), written back as JSON ([`json::export`]), counted by
//! [`summary`]. Pure: nothing is run, nothing is fetched, and what would need the outside is told in a [`Diagnostic`].
//! Read from Structurizr's DSL ([`dsl::parse`]) or workspace JSON ([`json::import`]), written back as either
//! ([`dsl::write`], [`json::export`]), counted by [`summary`]. Pure: nothing is run, nothing is fetched, and what would
//! need the outside is told in a [`Diagnostic`].

pub mod age;
mod clouds;
pub mod content;
pub mod derive;
mod diagnostic;
pub mod difference;
pub mod draw;
pub mod dsl;
pub mod edit;
pub mod json;
pub mod layout;
pub mod merge;
pub mod model;
pub mod places;
mod summary;
mod themes;

pub use diagnostic::{Diagnostic, Level, Refusal};
pub use model::{Element, ElementId, ElementKind, Model, Relationship, RelationshipId, View, ViewKind, Workspace};
pub use summary::summary;
pub use themes::theme_styles;
