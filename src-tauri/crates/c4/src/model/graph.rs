//! Elements and relationships, and what is found through them quickly: by id, by name, by either end.

use super::element::{Element, ElementId, ElementKind, Properties};
use super::ids::{Ids, Named, Places};
use super::relationship::{Relationship, RelationshipId};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// Why an element or relationship could not be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A sibling of the same name.
    #[error("{what} named \"{name}\" already exists{place}")]
    Name {
        /// `A container`, `A person or software system`.
        what: &'static str,
        /// The name.
        name: String,
        /// ` within "X"`, ` for the environment named "Y"`, or nothing.
        place: String,
    },
    /// The JSON id is taken.
    #[error("the id {0} is used twice")]
    Id(String),
    /// The same relationship once more.
    #[error("A relationship between \"{0}\" and \"{1}\" already exists")]
    Relationship(String, String),
    /// An element and one that it is within.
    #[error("Relationships cannot be added between parents and children.")]
    Family,
}

/// Elements and relationships.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// Name of the enterprise, of workspaces that still have one.
    pub enterprise: Option<String>,
    /// Free name/value pairs; `structurizr.groupSeparator` allows nested groups.
    pub properties: Properties,
    elements: Vec<Element>,
    relationships: Vec<Relationship>,
    gone: BTreeSet<RelationshipId>,
    children: Vec<Vec<ElementId>>,
    outgoing: Vec<Vec<RelationshipId>>,
    incoming: Vec<Vec<RelationshipId>>,
    instances: Places<ElementId, Vec<ElementId>>,
    pairs: Places<(ElementId, ElementId), Vec<RelationshipId>>,
    names: HashMap<(Option<ElementId>, u8, String), ElementId>,
    ids: Ids,
}

impl Model {
    /// The element at this place.
    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.at()]
    }

    /// The element at this place, to change what is not indexed (not its id, name, parent or kind).
    pub fn element_mut(&mut self, id: ElementId) -> &mut Element {
        &mut self.elements[id.at()]
    }

    /// The relationship at this place.
    pub fn relationship(&self, id: RelationshipId) -> &Relationship {
        &self.relationships[id.at()]
    }

    /// The relationship at this place, to change what is not indexed (not its id or its ends).
    pub fn relationship_mut(&mut self, id: RelationshipId) -> &mut Relationship {
        &mut self.relationships[id.at()]
    }

    /// All elements, in order of definition.
    pub fn elements(&self) -> impl Iterator<Item = (ElementId, &Element)> {
        self.elements.iter().enumerate().map(|(at, element)| (ElementId(at as u32), element))
    }

    /// All relationships, in order of definition.
    pub fn relationships(&self) -> impl Iterator<Item = (RelationshipId, &Relationship)> {
        let all = self.relationships.iter().enumerate().map(|(at, one)| (RelationshipId(at as u32), one));
        all.filter(|(id, _)| !self.gone.contains(id))
    }

    /// How many relationships were made, removed ones among them.
    pub(crate) fn made(&self) -> usize {
        self.relationships.len()
    }

    /// The elements of a kind, in order of definition.
    pub fn of_kind(&self, kind: ElementKind) -> impl Iterator<Item = ElementId> + '_ {
        self.elements().filter(move |(_, element)| element.kind == kind).map(|(id, _)| id)
    }

    /// What is directly within an element, in order of definition.
    pub fn children(&self, id: ElementId) -> &[ElementId] {
        &self.children[id.at()]
    }

    /// Relationships that start here.
    pub fn outgoing(&self, id: ElementId) -> &[RelationshipId] {
        &self.outgoing[id.at()]
    }

    /// Relationships that end here.
    pub fn incoming(&self, id: ElementId) -> &[RelationshipId] {
        &self.incoming[id.at()]
    }

    /// Relationships from one to the other.
    pub fn between(&self, source: ElementId, destination: ElementId) -> &[RelationshipId] {
        self.pairs.get(&(source, destination)).map_or(&[], Vec::as_slice)
    }

    /// Running copies of a system or container, in all environments.
    pub fn instances_of(&self, element: ElementId) -> &[ElementId] {
        self.instances.get(&element).map_or(&[], Vec::as_slice)
    }

    /// The element with this JSON id.
    pub fn element_by_id(&self, id: &str) -> Option<ElementId> {
        match self.ids.get(id) {
            Some(Named::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The relationship with this JSON id.
    pub fn relationship_by_id(&self, id: &str) -> Option<RelationshipId> {
        match self.ids.get(id) {
            Some(Named::Relationship(relationship)) => Some(relationship),
            _ => None,
        }
    }

    /// The element that stands where this one would: of the same name, among the same siblings.
    pub fn find(&self, element: &Element) -> Option<ElementId> {
        self.names.get(&self.name_key(element)?).copied()
    }

    /// The element and all that it is within, from inside to outside.
    pub fn lineage(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        std::iter::successors(Some(id), |at| self.element(*at).parent)
    }

    /// Whether one is within the other, at any depth, or the other way round.
    pub fn related(&self, one: ElementId, other: ElementId) -> bool {
        one != other && (self.lineage(one).any(|id| id == other) || self.lineage(other).any(|id| id == one))
    }

    /// The name to show: of an instance, that of its element.
    pub fn name(&self, id: ElementId) -> &str {
        let element = self.element(id);
        match element.instance_of {
            Some(of) => &self.element(of).name,
            None => &element.name,
        }
    }

    /// Adds an element; an empty id gets the next number, an instance its number on its node.
    ///
    /// # Errors
    /// A sibling of the same name, or an id that is taken.
    pub fn add(&mut self, mut element: Element) -> Result<ElementId, Conflict> {
        let id = ElementId(self.elements.len() as u32);
        if !element.id.is_empty() && self.ids.get(&element.id).is_some() {
            return Err(Conflict::Id(element.id));
        }
        if let Some(key) = self.name_key(&element) {
            match self.names.entry(key) {
                Entry::Vacant(free) => drop(free.insert(id)),
                Entry::Occupied(_) => return Err(self.name_conflict(&element)),
            }
        }
        if let (Some(of), Some(parent), 0) = (element.instance_of, element.parent, element.instance_number) {
            let same =
                self.instances_of(of).iter().filter(|other| self.element(**other).parent == Some(parent)).count();
            element.instance_number = same as u32 + 1;
        }
        self.ids.name(&mut element.id, Named::Element(id));
        if let Some(parent) = element.parent {
            self.children[parent.at()].push(id);
        }
        if let Some(of) = element.instance_of {
            self.instances.entry(of).or_default().push(id);
        }
        self.elements.push(element);
        self.children.push(Vec::new());
        self.outgoing.push(Vec::new());
        self.incoming.push(Vec::new());
        Ok(id)
    }

    /// Adds a relationship as it is, without those that follow from it; an empty id gets the next number.
    ///
    /// # Errors
    /// One of the same ends and description, ends that are within each other, or an id that is taken.
    pub fn connect(&mut self, mut relationship: Relationship) -> Result<RelationshipId, Conflict> {
        let (source, destination) = (relationship.source, relationship.destination);
        if self
            .between(source, destination)
            .iter()
            .any(|id| self.relationship(*id).description == relationship.description)
        {
            return Err(Conflict::Relationship(self.name(source).to_owned(), self.name(destination).to_owned()));
        }
        if self.related(source, destination) {
            return Err(Conflict::Family);
        }
        let id = RelationshipId(self.relationships.len() as u32);
        if !self.ids.name(&mut relationship.id, Named::Relationship(id)) {
            return Err(Conflict::Id(relationship.id));
        }
        self.outgoing[source.at()].push(id);
        self.incoming[destination.at()].push(id);
        self.pairs.entry((source, destination)).or_default().push(id);
        self.relationships.push(relationship);
        Ok(id)
    }

    /// Takes a relationship out. Its place stays empty until [`Model::compact`].
    pub fn disconnect(&mut self, id: RelationshipId) {
        let (source, destination) = (self.relationship(id).source, self.relationship(id).destination);
        self.outgoing[source.at()].retain(|other| *other != id);
        self.incoming[destination.at()].retain(|other| *other != id);
        if let Some(pair) = self.pairs.get_mut(&(source, destination)) {
            pair.retain(|other| *other != id);
        }
        let name = self.relationship(id).id.clone();
        self.ids.remove(&name);
        self.gone.insert(id);
    }

    /// Closes the gaps that removed relationships left. Answers where each one went, when there were any.
    pub fn compact(&mut self) -> Option<Vec<Option<RelationshipId>>> {
        if self.gone.is_empty() {
            return None;
        }
        let mut next = 0;
        let places: Vec<Option<RelationshipId>> = (0..self.relationships.len() as u32)
            .map(|at| {
                let stays = !self.gone.contains(&RelationshipId(at));
                next += u32::from(stays);
                stays.then(|| RelationshipId(next - 1))
            })
            .collect();
        let mut at = 0;
        self.relationships.retain(|_| {
            at += 1;
            places[at - 1].is_some()
        });
        let to = |id: &RelationshipId| places[id.at()].unwrap_or(*id);
        for relationship in &mut self.relationships {
            relationship.linked = relationship.linked.and_then(|linked| places[linked.at()]);
        }
        for list in self.outgoing.iter_mut().chain(&mut self.incoming).chain(self.pairs.values_mut()) {
            list.iter_mut().for_each(|id| *id = to(id));
        }
        for named in self.ids.values_mut() {
            if let Named::Relationship(id) = named {
                *id = to(id);
            }
        }
        self.gone.clear();
        Some(places)
    }

    /// Copies, to a new instance, the relationships between its element and those that already run beside it in the
    /// same environment and deployment group.
    pub fn replicate(&mut self, instance: ElementId) {
        let Some(of) = self.element(instance).instance_of else { return };
        let environment = self.element(instance).environment.clone();
        let groups = self.groups_of(instance);
        // Only what it has to do with can matter: looking at all that runs would take the square of it.
        let to = self.outgoing(of).iter().map(|id| self.relationship(*id).destination);
        let from = self.incoming(of).iter().map(|id| self.relationship(*id).source);
        let mut beside: Vec<ElementId> = to
            .chain(from)
            .flat_map(|other| self.instances_of(other))
            .copied()
            .filter(|other| self.element(*other).environment == environment)
            .collect();
        beside.sort_unstable();
        beside.dedup();
        for other in beside {
            if other == instance || !groups.iter().any(|group| self.groups_of(other).contains(group)) {
                continue;
            }
            let Some(other_of) = self.element(other).instance_of else { continue };
            for (from, to, source, destination) in [(of, other_of, instance, other), (other_of, of, other, instance)] {
                for original in self.between(from, to).to_vec() {
                    let like = self.relationship(original);
                    let mut copy = like.following(original, source, destination);
                    if let Some(style) = like.extra.get("interactionStyle") {
                        copy.extra.insert("interactionStyle".to_owned(), style.clone());
                    }
                    // One of the same description is there already: nothing to add.
                    let _ = self.connect(copy);
                }
            }
        }
    }

    /// The deployment groups of an instance: its own, else those of the nearest node around it, else the default.
    fn groups_of(&self, instance: ElementId) -> Vec<String> {
        let own =
            self.lineage(instance).map(|id| &self.element(id).deployment_groups).find(|groups| !groups.is_empty());
        own.cloned().unwrap_or_else(|| vec!["Default".to_owned()])
    }

    /// People and systems share their names; so do all kinds of node at one place.
    fn name_key(&self, element: &Element) -> Option<(Option<ElementId>, u8, String)> {
        let space = match element.kind {
            ElementKind::Person | ElementKind::SoftwareSystem => 0,
            ElementKind::Container | ElementKind::Component => 1,
            ElementKind::CustomElement => 2,
            ElementKind::DeploymentNode | ElementKind::InfrastructureNode => 3,
            ElementKind::SoftwareSystemInstance | ElementKind::ContainerInstance => return None,
        };
        let name = match element.parent {
            None if space == 3 => format!("{}\0{}", element.environment, element.name),
            _ => element.name.clone(),
        };
        Some((element.parent, space, name))
    }

    fn name_conflict(&self, element: &Element) -> Conflict {
        let within = element.parent.map(|parent| format!(" within \"{}\"", self.element(parent).name));
        let (what, place) = match element.kind {
            ElementKind::Person | ElementKind::SoftwareSystem => ("A person or software system", None),
            ElementKind::Container => ("A container", within),
            ElementKind::Component => ("A component", within),
            ElementKind::CustomElement => ("A custom element", None),
            _ if within.is_some() => ("A deployment node", within),
            _ => {
                ("A top-level deployment node", Some(format!(" for the environment named \"{}\"", element.environment)))
            }
        };
        Conflict::Name { what, name: element.name.clone(), place: place.unwrap_or_default() }
    }
}
