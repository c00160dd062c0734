//! A view made ready to be laid out: which boxes stand in which, what is written on them, how they look.

use super::block::{Block, Density, Figures, Row};
use super::colour::Colour;
use super::fonts::Measure;
use super::line_text::Told;
use super::options::{Options, Traffic};
use super::style::{LineLook, Look, line_look, look};
use super::theme::Theme;
use super::wrap::plain;
use super::{render, wording};
use crate::model::{ElementId, ElementKind, FilterMode, RelationshipId, RelationshipView, View, ViewKind, Workspace};
use std::collections::{BTreeMap, HashMap};

/// What a box stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Subject {
    Element(ElementId),
    /// What it stands in, its whole name, the last part of it.
    Group(Option<usize>, String, String),
}

/// A box or a boundary.
#[derive(Debug, Clone)]
pub(crate) struct SceneNode {
    pub subject: Subject,
    pub parent: Option<usize>,
    pub boundary: bool,
    pub look: Look,
    pub block: Block,
    /// Of a boundary: its title.
    pub title: Vec<Row>,
    /// Whether its title is at its bottom.
    pub title_below: bool,
    /// Whether it is where something runs.
    pub deployment: bool,
    /// How wide the mark behind its title is; 0: there is none.
    pub mark_width: f64,
    /// How it looks without what is laid over it; for the legend.
    pub plain_look: Look,
    /// Saved pixels, of the upper left corner, where a person placed it.
    pub saved: Option<(f64, f64)>,
    pub dimmed: bool,
}

/// A line.
#[derive(Debug, Clone)]
pub(crate) struct SceneEdge {
    pub relationship: RelationshipId,
    pub order: String,
    pub response: bool,
    pub source: usize,
    pub destination: usize,
    pub look: LineLook,
    pub label: Vec<Row>,
    pub bends: Vec<(f64, f64)>,
    pub position: Option<f64>,
    pub dimmed: bool,
    /// What it is for, with its step.
    pub said: String,
    /// What was measured on it.
    pub traffic: Option<Traffic>,
    /// What a perspective says of it, and the colour of that.
    pub mark: Option<(String, Colour)>,
    /// Its number in the table of what was measured; empty where it is in none.
    pub key: String,
}

/// A view made ready.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    pub nodes: Vec<SceneNode>,
    pub edges: Vec<SceneEdge>,
    pub density: Density,
}

impl SceneNode {
    /// How wide a boundary's title is, with its mark.
    pub(crate) fn title_width(&self) -> f64 {
        let rows = self.title.iter().map(|row| row.indent + row.line.width).fold(0.0, f64::max);
        rows + if self.mark_width > 0.0 { self.mark_width + MARK_BESIDE } else { 0.0 }
    }
}

/// Room between a title and the mark behind it.
const MARK_BESIDE: f64 = 10.0;

/// What is on a view, its filter applied.
pub(crate) struct Shown<'w> {
    pub base: &'w View,
    pub elements: Vec<ElementId>,
    pub relationships: Vec<&'w RelationshipView>,
}

/// What is on a view: of a filtered one, what its tags leave of its base.
pub(crate) fn shown<'w>(workspace: &'w Workspace, view: &'w View) -> Shown<'w> {
    let model = &workspace.model;
    let base = if view.kind == ViewKind::Filtered { workspace.view(&view.base).unwrap_or(view) } else { view };
    let matches = |own: &[String], other: Option<&Vec<String>>| {
        let any = own.iter().chain(other.into_iter().flatten()).any(|tag| view.tags.contains(tag));
        view.kind != ViewKind::Filtered || any == (view.mode == FilterMode::Include)
    };
    let elements: Vec<ElementId> = base
        .elements
        .keys()
        .copied()
        .filter(|id| {
            let element = model.element(*id);
            let of = element.instance_of.map(|of| &model.element(of).tags);
            matches(&element.tags, of)
        })
        .collect();
    let relationships = base.relationships.iter().filter(|shown| {
        let relationship = model.relationship(shown.relationship);
        let linked = relationship.linked.map(|linked| &model.relationship(linked).tags);
        elements.binary_search(&relationship.source).is_ok()
            && elements.binary_search(&relationship.destination).is_ok()
            && matches(&relationship.tags, linked)
    });
    Shown { base, relationships: relationships.collect(), elements }
}

/// Makes a view ready.
pub(crate) fn scene(
    workspace: &Workspace,
    view: &View,
    measure: &Measure<'_>,
    theme: &Theme,
    options: &Options,
    density: Density,
) -> Scene {
    let shown = shown(workspace, view);
    let mut building = Building {
        workspace,
        view: shown.base,
        nodes: Vec::new(),
        places: HashMap::new(),
        present: shown.elements.iter().map(|id| (*id, ())).collect(),
        outer: outer_boundaries(workspace, &shown),
    };
    for id in &shown.elements {
        building.place(*id);
    }
    let (stubs, places) = (building.nodes, building.places);
    let mut boundary = vec![false; stubs.len()];
    stubs.iter().filter_map(|(_, parent)| *parent).for_each(|parent| boundary[parent] = true);
    // What is not on the view itself is there as a boundary alone.
    for (at, (subject, _)) in stubs.iter().enumerate() {
        boundary[at] |= matches!(subject, Subject::Element(id) if shown.elements.binary_search(id).is_err());
    }
    let placed = saved(&shown, options);
    let highlighted =
        |id: ElementId| options.highlight.is_empty() || options.highlight.contains(&workspace.model.key(id));
    let nodes: Vec<SceneNode> = stubs
        .into_iter()
        .enumerate()
        .map(|(at, (subject, parent))| {
            let text = wording::Text { workspace, options, measure, theme, density };
            let (look, dimmed, saved) = match &subject {
                Subject::Element(id) => {
                    let inside = inside(workspace, shown.base, *id);
                    (look(workspace, *id, inside, theme), !highlighted(*id), placed.get(id).copied())
                }
                Subject::Group(_, whole, _) => {
                    (wording::group_look(workspace, whole, theme), !options.highlight.is_empty(), None)
                }
            };
            let mut look = look;
            let mut plain_look = None;
            let (mut block, mut title) = (Block::default(), Vec::new());
            if boundary[at] {
                title = text.title(&subject);
            } else if let Subject::Element(id) = &subject {
                plain_look = Some(look.clone());
                text.recolour(*id, &mut look);
                block = text.block(*id, &look);
            }
            let mark = if let Subject::Element(id) = &subject { text.mark(*id) } else { None };
            let mark_width = mark.map_or(0.0, |(label, ..)| render::pill_width(measure, &label));
            let plain_look = plain_look.unwrap_or_else(|| look.clone());
            let deployment =
                matches!(&subject, Subject::Element(id) if workspace.model.element(*id).kind.is_deployment());
            // A boundary is not placed: what is in it is.
            let saved = saved.filter(|_| !boundary[at]);
            SceneNode {
                subject,
                parent,
                boundary: boundary[at],
                look,
                block,
                title,
                title_below: false,
                mark_width,
                plain_look,
                deployment,
                saved,
                dimmed: dimmed && !boundary[at],
            }
        })
        .collect();
    let manual = !placed.is_empty();
    let mut numbered = 0;
    let edges = shown.relationships.iter().filter_map(|one| {
        let relationship = workspace.model.relationship(one.relationship);
        let find = |id: ElementId| places.get(&Subject::Element(id)).copied();
        let (source, destination) = (find(relationship.source)?, find(relationship.destination)?);
        let mut look = line_look(workspace, one.relationship, one.response, theme);
        let text = wording::Text { workspace, options, measure, theme, density };
        let traffic = text.traffic(one.relationship, &mut look);
        let mark = text.seen(one.relationship, &mut look);
        let position = one.extra.get("position").and_then(serde_json::Value::as_f64).filter(|percent| *percent > 0.0);
        let said = text.said(one, &look);
        let key = match density.figures {
            Figures::Keyed if traffic.is_none() => String::new(),
            Figures::Numbered if traffic.is_none() && said.is_empty() => String::new(),
            Figures::Keyed | Figures::Numbered if !one.order.is_empty() => plain(&one.order),
            Figures::Keyed | Figures::Numbered => {
                numbered += 1;
                numbered.to_string()
            }
            Figures::Told | Figures::Short => String::new(),
        };
        Some(SceneEdge {
            relationship: one.relationship,
            order: one.order.clone(),
            response: one.response,
            source,
            destination,
            label: text.label(one, &look, &Told { said: &said, traffic, mark: mark.as_ref(), key: &key }),
            position: position.filter(|_| manual).or(look.position),
            look,
            bends: if manual { one.vertices.clone() } else { Vec::new() },
            dimmed: !(highlighted(relationship.source) || highlighted(relationship.destination)),
            said,
            traffic,
            mark,
            key,
        })
    });
    Scene { edges: edges.collect(), nodes, density }
}

/// Saved positions that a person chose. A layout by machine is done anew; (0, 0) is what is written for none.
fn saved(shown: &Shown<'_>, options: &Options) -> BTreeMap<ElementId, (f64, f64)> {
    if !options.saved_positions || shown.base.auto_layout.is_some() {
        return BTreeMap::new();
    }
    let known = shown.elements.iter().filter_map(|id| {
        let at = shown.base.elements.get(id)?;
        let reach = |value: i64| value.clamp(-100_000, 100_000) as f64;
        Some((*id, (reach(at.x?), reach(at.y?))))
    });
    let mut known: BTreeMap<ElementId, (f64, f64)> = known.collect();
    if known.values().filter(|at| **at == (0.0, 0.0)).count() > 1 || known.len() == 1 {
        known.retain(|_, at| *at != (0.0, 0.0));
    }
    known
}

/// Whether a view is about an element, or about what it is part of.
fn inside(workspace: &Workspace, view: &View, id: ElementId) -> bool {
    let model = &workspace.model;
    let element = model.element(id);
    let of = element.instance_of.unwrap_or(id);
    let external = |id: ElementId| {
        let element = model.element(id);
        let said = element.extra.get("location").and_then(serde_json::Value::as_str) == Some("External");
        said || element
            .tags
            .iter()
            .any(|tag| tag.eq_ignore_ascii_case("external") || tag.to_lowercase().starts_with("external "))
    };
    if model.lineage(of).any(external) {
        return false;
    }
    let plain = matches!(
        element.kind,
        ElementKind::Person
            | ElementKind::CustomElement
            | ElementKind::InfrastructureNode
            | ElementKind::DeploymentNode
    );
    let Some(scope) = view.scope.filter(|_| !plain) else { return true };
    let system = model.lineage(scope).last().unwrap_or(scope);
    model.lineage(of).any(|one| one == system)
}

/// Whether containers around components are drawn within their systems: when it is asked for, or when there is more
/// than one system.
fn outer_boundaries(workspace: &Workspace, shown: &Shown<'_>) -> bool {
    let model = &workspace.model;
    let asked = |properties: &BTreeMap<String, String>| {
        properties.get("structurizr.softwareSystemBoundaries").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    };
    let mut systems: Vec<ElementId> = shown
        .elements
        .iter()
        .filter(|id| matches!(model.element(**id).kind, ElementKind::Component | ElementKind::Container))
        .filter_map(|id| model.lineage(*id).last())
        .collect();
    systems.sort_unstable();
    systems.dedup();
    systems.len() > 1 || asked(&shown.base.properties) || asked(&workspace.configuration.properties)
}

struct Building<'w> {
    workspace: &'w Workspace,
    view: &'w View,
    nodes: Vec<(Subject, Option<usize>)>,
    places: HashMap<Subject, usize>,
    present: HashMap<ElementId, ()>,
    outer: bool,
}

/// Groups may be nested as deep as this.
const DEEPEST_GROUP: usize = 12;

impl Building<'_> {
    /// Puts an element where it belongs, what it stands in first.
    fn place(&mut self, id: ElementId) -> usize {
        if let Some(at) = self.places.get(&Subject::Element(id)) {
            return *at;
        }
        let around = self.around(id).map(|around| self.place(around));
        let parent = if self.present.contains_key(&id) { self.groups(id, around) } else { around };
        self.push(Subject::Element(id), parent)
    }

    fn push(&mut self, subject: Subject, parent: Option<usize>) -> usize {
        let at = self.nodes.len();
        self.places.insert(subject.clone(), at);
        self.nodes.push((subject, parent));
        at
    }

    /// The element that another stands in on this view.
    fn around(&self, id: ElementId) -> Option<ElementId> {
        let model = &self.workspace.model;
        let element = model.element(id);
        let above: Vec<ElementId> = model.lineage(id).skip(1).collect();
        if let Some(shown) = above.iter().find(|one| self.present.contains_key(one)) {
            return Some(*shown);
        }
        match element.kind {
            ElementKind::Component => element.parent,
            // Beside components a container stands free, unless there are several systems.
            ElementKind::Container if self.view.kind == ViewKind::Container || self.outer => element.parent,
            ElementKind::Container if self.view.kind == ViewKind::Dynamic => {
                let scope = self.view.scope.map(|scope| model.element(scope).kind);
                element.parent.filter(|_| scope == Some(ElementKind::SoftwareSystem))
            }
            ElementKind::Container if self.view.kind != ViewKind::Component => element.parent,
            _ => None,
        }
    }

    /// The groups that an element is in, made where they are missing.
    fn groups(&mut self, id: ElementId, around: Option<usize>) -> Option<usize> {
        let model = &self.workspace.model;
        let Some(group) = model.element(id).group.clone().filter(|group| !group.trim().is_empty()) else {
            return around;
        };
        let separator = model.properties.get("structurizr.groupSeparator").filter(|one| !one.is_empty());
        let names: Vec<&str> = match separator {
            Some(separator) => group.split(separator.as_str()).take(DEEPEST_GROUP).collect(),
            None => vec![group.as_str()],
        };
        let mut parent = around;
        let mut whole = String::new();
        for name in names {
            if !whole.is_empty() {
                whole.push_str(separator.map_or("", String::as_str));
            }
            whole.push_str(name);
            let subject = Subject::Group(around, whole.clone(), name.trim().to_owned());
            parent = Some(match self.places.get(&subject) {
                Some(at) => *at,
                None => self.push(subject, parent),
            });
        }
        parent
    }
}
