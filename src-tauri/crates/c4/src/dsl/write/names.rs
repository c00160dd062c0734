//! Identifiers: an element's own, else one made of its name, each of them once.

use super::content::{Content, Directive};
use super::relationships::Plan;
use crate::model::{Element, ElementId, ElementKind, IDENTIFIER, Model, RelationshipId, ViewKind, Workspace};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words that a made-up identifier must not be.
const RESERVED: [&str; 30] = [
    "this",
    "animation",
    "autolayout",
    "component",
    "container",
    "containerinstance",
    "default",
    "deploymentenvironment",
    "deploymentgroup",
    "deploymentnode",
    "description",
    "element",
    "enterprise",
    "exclude",
    "group",
    "healthcheck",
    "include",
    "infrastructurenode",
    "instanceof",
    "instances",
    "model",
    "person",
    "perspectives",
    "properties",
    "softwaresystem",
    "softwaresysteminstance",
    "tags",
    "technology",
    "title",
    "url",
];

/// All identifiers of a text.
#[derive(Default)]
pub(super) struct Names {
    /// With what the element is within, where identifiers are hierarchical.
    full: HashMap<ElementId, String>,
    short: HashMap<ElementId, String>,
    relationships: HashMap<RelationshipId, String>,
    environments: BTreeMap<String, String>,
    groups: BTreeMap<(String, String), String>,
    /// Top elements, and environments, whose parts have hierarchical identifiers.
    nested: HashSet<ElementId>,
    nested_environments: HashSet<String>,
    /// Top elements with parts that have an identifier.
    with_named_parts: HashSet<ElementId>,
    taken: HashSet<String>,
}

impl Names {
    pub(super) fn of(workspace: &Workspace, plan: &Plan, contents: &[Content]) -> Self {
        let model = &workspace.model;
        let mut names = Self::default();
        names.modes(model);
        let needed = needed(workspace, plan, contents, &names);
        names.take_environments(model);
        // Own identifiers go first: a made-up one gives way.
        for made_up in [false, true] {
            for (id, element) in model.elements() {
                if !names.full.contains_key(&id) && (!made_up || needed.contains(&id)) {
                    names.take_element(model, id, element, made_up);
                }
            }
        }
        names.take_relationships(model, contents, workspace);
        names.take_groups(model);
        let parts = names.short.keys().filter(|id| model.element(**id).parent.is_some());
        names.with_named_parts = parts.filter_map(|id| model.lineage(*id).last()).collect();
        names
    }

    /// The identifier of an element that is referred to.
    pub(super) fn element(&self, id: ElementId) -> &str {
        self.full.get(&id).map_or("this", String::as_str)
    }

    /// What is written before `=` where the element is defined.
    pub(super) fn short(&self, id: ElementId) -> Option<&str> {
        self.short.get(&id).map(String::as_str)
    }

    pub(super) fn relationship(&self, id: RelationshipId) -> Option<&str> {
        self.relationships.get(&id).map(String::as_str)
    }

    pub(super) fn environment(&self, name: &str) -> Option<&str> {
        self.environments.get(name).map(String::as_str)
    }

    pub(super) fn group(&self, environment: &str, name: &str) -> Option<&str> {
        self.groups.get(&(environment.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// The deployment groups of an environment: their names and identifiers.
    pub(super) fn groups<'n>(&'n self, environment: &'n str) -> impl Iterator<Item = (&'n str, &'n str)> {
        let here = self.groups.iter().filter(move |((of, _), _)| of == environment);
        here.map(|((_, name), identifier)| (name.as_str(), identifier.as_str()))
    }

    /// Whether the parts of a top element have hierarchical identifiers; `None` where it does not matter.
    pub(super) fn mode(&self, id: ElementId) -> Option<bool> {
        self.with_named_parts.contains(&id).then(|| self.nested.contains(&id))
    }

    /// The same of an environment.
    pub(super) fn environment_mode(&self, model: &Model, name: &str) -> Option<bool> {
        let here = |id: &ElementId| model.element(*id).kind.is_deployment() && model.element(*id).environment == name;
        self.short.keys().any(here).then(|| self.nested_environments.contains(name))
    }

    /// Whether the text begins with hierarchical identifiers.
    pub(super) fn hierarchical_first(&self) -> bool {
        !self.nested.is_empty() || !self.nested_environments.is_empty()
    }

    fn modes(&mut self, model: &Model) {
        for (id, element) in model.elements() {
            if own(element).is_none_or(|name| !name.contains('.')) {
                continue;
            }
            if element.kind.is_deployment() {
                self.nested_environments.insert(element.environment.clone());
            } else if let Some(top) = model.lineage(id).last() {
                self.nested.insert(top);
            }
        }
    }

    fn is_nested(&self, model: &Model, id: ElementId) -> bool {
        let element = model.element(id);
        if element.kind.is_deployment() {
            return self.nested_environments.contains(&element.environment);
        }
        element.parent.is_some() && model.lineage(id).last().is_some_and(|top| self.nested.contains(&top))
    }

    fn take_environments(&mut self, model: &Model) {
        for environment in self.nested_environments.clone() {
            // What the parts of it begin with is its own.
            let parts = model
                .elements()
                .filter(|(_, element)| element.kind.is_deployment() && element.environment == environment);
            let known = parts
                .filter_map(|(_, element)| own(element)?.split_once('.').map(|(first, _)| first.to_owned()))
                .next();
            let name =
                known.filter(|name| self.free(name)).unwrap_or_else(|| self.make_up("", &environment, "environment"));
            self.taken.insert(name.to_lowercase());
            self.environments.insert(environment, name);
        }
    }

    fn take_element(&mut self, model: &Model, id: ElementId, element: &Element, made_up: bool) {
        let path = if self.is_nested(model, id) {
            let around = match element.parent {
                Some(parent) => self.full.get(&parent).cloned(),
                None => self.environments.get(&element.environment).cloned(),
            };
            match around {
                Some(around) => format!("{around}."),
                None if made_up => {
                    // What it is within needs a name first.
                    let Some(parent) = element.parent else { return };
                    self.take_element(model, parent, model.element(parent), true);
                    let Some(around) = self.full.get(&parent) else { return };
                    format!("{around}.")
                }
                None => return,
            }
        } else {
            String::new()
        };
        let own = own(element).and_then(|name| name.strip_prefix(path.as_str())).filter(|name| !name.contains('.'));
        let own = own.filter(|name| self.free(&format!("{path}{name}")));
        let short = match own {
            Some(name) => name.to_owned(),
            None if !made_up => return,
            None => self.make_up(&path, &plain(model, id), prefix(element.kind)),
        };
        let full = format!("{path}{short}");
        self.taken.insert(full.to_lowercase());
        self.full.insert(id, full);
        self.short.insert(id, short);
    }

    fn take_relationships(&mut self, model: &Model, contents: &[Content], workspace: &Workspace) {
        for (id, one) in model.relationships().filter(|(_, one)| one.linked.is_none()) {
            let own = one.properties.get(IDENTIFIER).filter(|name| is_readable(name) && !name.contains('.'));
            if let Some(name) = own.filter(|name| self.free(name)) {
                self.taken.insert(name.to_lowercase());
                self.relationships.insert(id, name.clone());
            }
        }
        let singled = contents.iter().flat_map(|one| &one.directives).filter_map(|directive| match directive {
            Directive::ExcludeOne(id) | Directive::IncludeOne(id) => Some(*id),
            _ => None,
        });
        let dynamic = workspace.views.iter().filter(|view| view.kind == ViewKind::Dynamic);
        let steps = dynamic.flat_map(|view| &view.relationships).filter(|step| !step.response);
        let ambiguous = steps.map(|step| step.relationship).filter(|id| {
            let one = model.relationship(*id);
            one.linked.is_none() && model.between(one.source, one.destination).len() > 1
        });
        for id in singled.chain(ambiguous).collect::<Vec<_>>() {
            if !self.relationships.contains_key(&id) {
                let one = model.relationship(id);
                let words = format!("{} to {}", plain(model, one.source), plain(model, one.destination));
                let name = self.make_up("", &words, "relationship");
                self.taken.insert(name.to_lowercase());
                self.relationships.insert(id, name);
            }
        }
    }

    fn take_groups(&mut self, model: &Model) {
        for (_, element) in model.elements().filter(|(_, element)| element.kind.is_deployment()) {
            for group in &element.deployment_groups {
                let key = (element.environment.clone(), group.clone());
                if !self.groups.contains_key(&key) {
                    let path = match self.environments.get(&element.environment) {
                        Some(environment) => format!("{environment}."),
                        None => String::new(),
                    };
                    let name = self.make_up(&path, group, "group");
                    self.taken.insert(format!("{path}{name}").to_lowercase());
                    self.groups.insert(key, name);
                }
            }
        }
    }

    fn free(&self, name: &str) -> bool {
        !self.taken.contains(&name.to_lowercase())
    }

    /// An identifier of words: `Web Application` to `webApplication`, with a number where it is taken.
    fn make_up(&self, path: &str, words: &str, otherwise: &str) -> String {
        let mut name = String::new();
        // The possessive goes with its word: `user's` is usersComputer.
        let words: String = words.chars().filter(|letter| !matches!(letter, '\'' | '’')).collect();
        for word in words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            let (first, rest) = word.split_at(1);
            if name.is_empty() {
                // `API Gateway` is apiGateway, not aPIGateway.
                let shouted = word.len() > 1 && word.bytes().all(|byte| !byte.is_ascii_lowercase());
                name = if shouted { word.to_ascii_lowercase() } else { first.to_ascii_lowercase() + rest };
            } else {
                name += &first.to_ascii_uppercase();
                name += rest;
            }
            if name.len() > 48 {
                break;
            }
        }
        if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
            name = format!("{otherwise}{name}");
        }
        let good =
            |name: &str| !RESERVED.contains(&name.to_lowercase().as_str()) && self.free(&format!("{path}{name}"));
        if good(&name) {
            return name;
        }
        (2_u64..).map(|number| format!("{name}{number}")).find(|name| good(name)).unwrap_or(name)
    }
}

/// The element's own identifier, where a person could have written it.
fn own(element: &Element) -> Option<&str> {
    element.properties.get(IDENTIFIER).map(String::as_str).filter(|name| is_readable(name))
}

/// Whether it is an identifier, and not one that a machine made up.
fn is_readable(name: &str) -> bool {
    let made_up = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
    let good = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    name.split('.').all(|part| good(part) && !made_up(part)) && !name.eq_ignore_ascii_case("this")
}

/// What a made-up identifier is made of.
fn plain(model: &Model, id: ElementId) -> String {
    let name = model.name(id);
    if model.element(id).kind.is_instance() { format!("{name} instance") } else { name.to_owned() }
}

fn prefix(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Person => "user",
        ElementKind::SoftwareSystem => "system",
        ElementKind::Container => "part",
        ElementKind::Component => "piece",
        ElementKind::CustomElement => "box",
        ElementKind::DeploymentNode | ElementKind::InfrastructureNode => "node",
        ElementKind::SoftwareSystemInstance | ElementKind::ContainerInstance => "instance",
    }
}

/// The elements that something refers to, and what they are within where a path needs it.
fn needed(workspace: &Workspace, plan: &Plan, contents: &[Content], names: &Names) -> HashSet<ElementId> {
    let model = &workspace.model;
    let mut needed: HashSet<ElementId> = plan.ends(model).into_iter().collect();
    needed.extend(model.elements().filter_map(|(_, element)| element.instance_of));
    for (view, content) in workspace.views.iter().zip(contents) {
        needed.extend(view.scope);
        needed.extend(view.animations.iter().flat_map(|step| step.elements.iter().copied()));
        if view.kind == ViewKind::Dynamic {
            needed.extend(view.elements.keys().copied());
        }
        for directive in &content.directives {
            match directive {
                Directive::Include(ids) | Directive::Exclude(ids) => needed.extend(ids.iter().copied()),
                Directive::ExcludePair(source, destination) | Directive::IncludePair(source, destination) => {
                    needed.extend([*source, *destination]);
                }
                _ => {}
            }
        }
    }
    let within: Vec<ElementId> = needed.iter().filter(|id| names.is_nested(model, **id)).copied().collect();
    needed.extend(within.into_iter().flat_map(|id| model.lineage(id).collect::<Vec<_>>()));
    needed
}
