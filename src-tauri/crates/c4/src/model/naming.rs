//! Names under which an element is known outside the model: the canonical name, and the key that survives an edit.

use super::element::{ElementId, ElementKind};
use super::graph::Model;

/// The property in which the DSL's identifier of an element is kept.
pub const IDENTIFIER: &str = "structurizr.dsl.identifier";

impl Model {
    /// The canonical name: `Person://Ann`, `Container://Shop.API`, `ContainerInstance://Live/Server/Shop.API[1]`.
    /// `/` and `.` within names are left out.
    pub fn canonical(&self, id: ElementId) -> String {
        use ElementKind as Kind;
        let element = self.element(id);
        let own = plain(&element.name);
        let within = |separator: &str| {
            let mut names: Vec<String> = self.lineage(id).map(|one| plain(&self.element(one).name)).collect();
            names.reverse();
            names.join(separator)
        };
        // Instances have no name of their own: it stands for the node that they are on.
        let node = || {
            let mut names: Vec<String> = self.lineage(id).skip(1).map(|one| plain(&self.element(one).name)).collect();
            names.push(plain(&element.environment));
            names.reverse();
            names.join("/")
        };
        let of = || {
            let Some(of) = element.instance_of else { return String::new() };
            self.canonical(of).split_once("://").map_or(String::new(), |(_, name)| name.to_owned())
        };
        match element.kind {
            Kind::Person => format!("Person://{own}"),
            Kind::SoftwareSystem => format!("SoftwareSystem://{own}"),
            Kind::Container => format!("Container://{}", within(".")),
            Kind::Component => format!("Component://{}", within(".")),
            Kind::CustomElement => format!("Custom://{own}"),
            Kind::DeploymentNode => format!("DeploymentNode://{}/{}", plain(&element.environment), within("/")),
            Kind::InfrastructureNode => format!("InfrastructureNode://{}/{}", plain(&element.environment), within("/")),
            Kind::SoftwareSystemInstance => {
                format!("SoftwareSystemInstance://{}/{}[{}]", node(), of(), element.instance_number)
            }
            Kind::ContainerInstance => format!("ContainerInstance://{}/{}[{}]", node(), of(), element.instance_number),
        }
    }

    /// The element with this canonical name.
    pub fn by_canonical(&self, name: &str) -> Option<ElementId> {
        self.elements().map(|(id, _)| id).find(|id| self.canonical(*id) == name)
    }

    /// The name that links from outside use: the DSL's identifier where there is one, else the canonical name. JSON
    /// ids are no use for it: they count anew each time a text is read.
    pub fn key(&self, id: ElementId) -> String {
        match self.element(id).properties.get(IDENTIFIER) {
            Some(identifier) => identifier.clone(),
            None => self.canonical(id),
        }
    }

    /// The element that a link from outside means: by identifier, by canonical name, or by its name if only one person,
    /// system, container or component has it. Case does not matter.
    pub fn by_key(&self, key: &str) -> Option<ElementId> {
        let same = |other: &str| other.to_lowercase() == key.to_lowercase();
        let identified = |id: &ElementId| self.element(*id).properties.get(IDENTIFIER).is_some_and(|one| same(one));
        let all = || self.elements().map(|(id, _)| id);
        if let Some(found) = all().find(identified).or_else(|| all().find(|id| same(&self.canonical(*id)))) {
            return Some(found);
        }
        let mut named = all().filter(|id| !self.element(*id).kind.is_deployment() && same(&self.element(*id).name));
        named.next().filter(|_| named.next().is_none())
    }
}

fn plain(name: &str) -> String {
    name.replace(['/', '.'], "")
}
