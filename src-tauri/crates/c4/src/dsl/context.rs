//! What an open brace stands for.

use crate::model::{ElementId, RelationshipId, Scheme};
use std::rc::Rc;

/// What properties or perspectives are written to.
#[derive(Debug, Clone)]
pub(super) enum Holder {
    Workspace,
    Model,
    Views,
    Elements(Rc<[ElementId]>),
    Relationships(Rc<[RelationshipId]>),
    View(usize),
    Step(usize, usize),
    ElementStyle(usize),
    RelationshipStyle(usize),
    Archetype(usize),
}

/// What an open brace stands for.
#[derive(Debug, Clone)]
pub(super) enum Context {
    Workspace,
    Model {
        group: Option<usize>,
    },
    /// Of any kind; what may stand in it follows from the kind.
    Element {
        id: ElementId,
        group: Option<usize>,
    },
    Environment {
        name: String,
        group: Option<usize>,
        instead: Option<RelationshipId>,
    },
    Relationships(Rc<[RelationshipId]>),
    /// Of `!elements`, with the element that it stands in.
    Elements {
        ids: Rc<[ElementId]>,
        parent: Option<ElementId>,
    },
    Properties(Holder),
    Perspectives(Holder),
    /// One perspective in block form.
    Perspective {
        holder: Holder,
        name: String,
    },
    Archetypes,
    Archetype(usize),
    Views,
    View(usize),
    Animation(usize),
    /// Parallel steps of a dynamic view.
    Parallel(usize),
    Step(usize, usize),
    /// The part of an image view for one background.
    Picture(usize, Scheme),
    Styles(Option<Scheme>),
    ElementStyle(usize),
    RelationshipStyle(usize),
    Terminology,
    Branding,
    Configuration,
    Users,
    Comment,
    /// A block that is not run.
    Skipped,
    /// A script: its text is not DSL. With the line that it begins at.
    Script(usize),
}

impl Context {
    /// What may stand in it, for errors.
    pub(super) fn expected(&self) -> &'static str {
        match self {
            Self::Workspace => {
                "name, description, properties, !docs, !decisions, !identifiers, !impliedRelationships, model, views, configuration"
            }
            Self::Model { .. } => {
                "group, person, softwareSystem, deploymentEnvironment, element, archetypes, properties, !element, ->"
            }
            Self::Element { .. } => {
                "group, container, component, description, technology, tags, url, properties, perspectives, ->, where the element's kind allows it"
            }
            Self::Environment { .. } => "group, deploymentGroup, deploymentNode, ->",
            Self::Relationships(_) => "tags, url, properties, perspectives",
            Self::Elements { .. } => "description, technology, tags, url, properties, perspectives, ->",
            Self::Archetypes | Self::Archetype(_) => {
                "a kind of element or ->, metadata, description, technology, tags, properties, perspectives"
            }
            Self::Views => {
                "systemLandscape, systemContext, container, component, filtered, dynamic, deployment, custom, image, styles, theme, themes, terminology, properties"
            }
            Self::View(_) => {
                "include, exclude, autoLayout, animation, title, description, properties, default, where the kind of view allows it"
            }
            Self::Styles(_) => "element, relationship, light, dark, theme, themes",
            Self::ElementStyle(_) => {
                "shape, icon, iconPosition, width, height, background, color, stroke, strokeWidth, fontSize, border, opacity, metadata, description, properties"
            }
            Self::RelationshipStyle(_) => {
                "thickness, color, style, routing, jump, fontSize, width, position, opacity, metadata, description, properties"
            }
            Self::Terminology => {
                "person, softwareSystem, container, component, deploymentNode, infrastructureNode, relationship, metadata"
            }
            Self::Configuration => "scope, visibility, users, properties",
            Self::Step(..) => "url, properties",
            Self::Branding => "logo, font",
            _ => "",
        }
    }
}
