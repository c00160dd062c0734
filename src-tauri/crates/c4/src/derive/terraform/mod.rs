//! Terraform's state and plans: where everything runs, by provider, region, network and subnet, and what reaches what.

mod catalogue;
mod flows;
mod references;
mod resource;

use super::draft::{At, Draft, Source};
use super::technology;
use crate::diagnostic::Level;
use crate::model::ElementKind;
use catalogue::Role;
use resource::Resource;
pub(crate) use resource::{Read, read};
use std::collections::{BTreeMap, HashMap};

/// The environment where no variable names one.
const ENVIRONMENT: &str = "Terraform";

/// A file's resources, put together.
struct Estate<'r> {
    file: &'r str,
    resources: &'r [Resource],
    /// For each resource, attribute and place of each that it names.
    names: Vec<Vec<(String, usize)>>,
    /// For each resource, those that name it.
    named_by: Vec<Vec<usize>>,
    environment: &'r str,
    region: Option<&'r str>,
}

/// Adds the resources of all files.
pub(crate) fn add(draft: &mut Draft, files: &[Read]) {
    for read in files {
        let names = references::of(&read.resources);
        let mut named_by = vec![Vec::new(); names.len()];
        for (from, targets) in names.iter().enumerate() {
            for (_, to) in targets {
                named_by[*to].push(from);
            }
        }
        let environment = read.environment.as_deref().unwrap_or(ENVIRONMENT);
        let region = read.region.as_deref();
        let estate = Estate { file: &read.file, resources: &read.resources, names, named_by, environment, region };
        estate.add(draft);
    }
}

impl Estate<'_> {
    fn role(&self, at: usize) -> Role {
        catalogue::of(&self.resources[at].kind).1
    }

    fn source(&self, at: usize) -> Source {
        Source::new(self.file, self.resources[at].pointer())
    }

    fn add(&self, draft: &mut Draft) {
        let system = draft.home();
        let titles = self.titles();
        let mut nodes: HashMap<usize, At> = HashMap::new();
        let mut drawn: BTreeMap<usize, At> = BTreeMap::new();
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for at in 0..self.resources.len() {
            let (resource, source) = (&self.resources[at], self.source(at));
            let (label, role) = catalogue::of(&resource.kind);
            match role {
                Role::Glue => {
                    if label.is_empty() {
                        *unknown.entry(&resource.kind).or_default() += 1;
                    }
                }
                Role::Network | Role::Subnet | Role::Cluster => {
                    self.node(draft, at, &titles, &mut nodes, 0);
                }
                Role::Infrastructure => {
                    let parent = self.around(draft, at, &titles, &mut nodes);
                    let found = draft.add_in(
                        ElementKind::InfrastructureNode,
                        Some(parent),
                        &titles[at],
                        self.environment,
                        &source,
                    );
                    draft.technology(found, label);
                    draft.property(found, "terraform.address", resource.address.clone());
                    drawn.insert(at, found);
                }
                Role::Container(store) => {
                    let parent = self.around(draft, at, &titles, &mut nodes);
                    let container = draft.container(system, &titles[at], &source);
                    draft.technology(container, &product(resource, label));
                    draft.of(container).add_tags(store.tag());
                    draft.property(container, "terraform.address", resource.address.clone());
                    for (key, name) in [
                        ("instance_class", "terraform.size"),
                        ("instance_type", "terraform.size"),
                        ("node_type", "terraform.size"),
                    ] {
                        draft.property(container, name, resource.value(key).unwrap_or_default());
                    }
                    let instance = draft.instance(container, parent, &source);
                    drawn.insert(at, instance);
                }
            }
        }
        flows::relate(draft, self, &drawn);
        if drawn.is_empty() {
            draft.remark(Level::Warning, self.file, 0, "no resource here is one that runs or keeps anything");
        }
        let kinds: Vec<String> = unknown.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        if !kinds.is_empty() {
            let shown = kinds.iter().take(30).cloned().collect::<Vec<_>>().join(", ");
            let more = if kinds.len() > 30 { format!(", … (+{})", kinds.len() - 30) } else { String::new() };
            draft.remark(
                Level::Note,
                self.file,
                0,
                format!("not drawn, for they only join or guard others: {shown}{more}"),
            );
        }
    }

    /// Names of which no two are alike: the kind and else the address tells them apart.
    fn titles(&self) -> Vec<String> {
        let titles: Vec<String> = self.resources.iter().map(Resource::title).collect();
        let shown = |at: &usize| self.role(*at) != Role::Glue;
        let mut count: HashMap<String, usize> = HashMap::new();
        for at in (0..titles.len()).filter(shown) {
            *count.entry(titles[at].to_lowercase()).or_default() += 1;
        }
        let mut longer: HashMap<String, usize> = HashMap::new();
        let with_kind = |at: usize| {
            let label = catalogue::of(&self.resources[at].kind).0;
            if count.get(&titles[at].to_lowercase()).is_some_and(|all| *all > 1) {
                format!("{} ({label})", titles[at])
            } else {
                titles[at].clone()
            }
        };
        for at in (0..titles.len()).filter(shown) {
            *longer.entry(with_kind(at).to_lowercase()).or_default() += 1;
        }
        let alone = |at: usize| {
            let name = with_kind(at);
            if longer.get(&name.to_lowercase()).is_some_and(|all| *all > 1) {
                self.resources[at].address.clone()
            } else {
                name
            }
        };
        (0..titles.len()).map(alone).collect()
    }

    /// What a resource runs in: a cluster, one subnet, the network around several, the region.
    fn around(&self, draft: &mut Draft, at: usize, titles: &[String], nodes: &mut HashMap<usize, At>) -> At {
        match self.holder(at) {
            Some(holder) => self.node(draft, holder, titles, nodes, 0),
            None => self.region_node(draft, at),
        }
    }

    fn holder(&self, at: usize) -> Option<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut seen = vec![at];
        let mut next = vec![at];
        // Subnet groups, security groups and the like lead to the network.
        for _ in 0..3 {
            let targets: Vec<usize> = next.iter().flat_map(|one| self.names[*one].iter().map(|(_, to)| *to)).collect();
            next = Vec::new();
            for to in targets {
                if seen.contains(&to) || seen.len() > 200 {
                    continue;
                }
                seen.push(to);
                match self.role(to) {
                    Role::Network | Role::Subnet | Role::Cluster => found.push(to),
                    Role::Glue => next.push(to),
                    _ => {}
                }
            }
        }
        let own = self.role(at);
        let of = |role: Role| found.iter().copied().filter(move |one| self.role(*one) == role).collect::<Vec<_>>();
        if let ([cluster, ..], true) = (&of(Role::Cluster)[..], own != Role::Cluster && own != Role::Subnet) {
            return Some(*cluster);
        }
        let subnets = of(Role::Subnet);
        let network = || {
            of(Role::Network).first().copied().or_else(|| subnets.iter().find_map(|one| self.holder_of_subnet(*one)))
        };
        match (&subnets[..], own) {
            (_, Role::Network) => None,
            (_, Role::Subnet) => of(Role::Network).first().copied(),
            ([one], _) => Some(*one),
            _ => network(),
        }
    }

    fn holder_of_subnet(&self, subnet: usize) -> Option<usize> {
        self.names[subnet].iter().map(|(_, to)| *to).find(|to| self.role(*to) == Role::Network)
    }

    fn node(
        &self,
        draft: &mut Draft,
        at: usize,
        titles: &[String],
        nodes: &mut HashMap<usize, At>,
        depth: usize,
    ) -> At {
        if let Some(known) = nodes.get(&at) {
            return *known;
        }
        let parent = match self.holder(at) {
            Some(holder) if depth < 4 && holder != at => self.node(draft, holder, titles, nodes, depth + 1),
            _ => self.region_node(draft, at),
        };
        let node =
            draft.add_in(ElementKind::DeploymentNode, Some(parent), &titles[at], self.environment, &self.source(at));
        let resource = &self.resources[at];
        draft.technology(node, catalogue::of(&resource.kind).0);
        draft.property(node, "terraform.address", resource.address.clone());
        for key in ["cidr_block", "ip_cidr_range", "availability_zone"] {
            draft.property(node, key, resource.value(key).unwrap_or_default());
        }
        nodes.insert(at, node);
        node
    }

    fn region_node(&self, draft: &mut Draft, at: usize) -> At {
        let resource = &self.resources[at];
        let source = self.source(at);
        let provider = draft.add_in(
            ElementKind::DeploymentNode,
            None,
            &catalogue::provider(&resource.kind),
            self.environment,
            &source,
        );
        draft.technology(provider, "Cloud provider");
        let Some(region) =
            region(resource).or_else(|| self.region.filter(|_| resource.kind.starts_with("aws_")).map(str::to_owned))
        else {
            return provider;
        };
        let node = draft.add_in(ElementKind::DeploymentNode, Some(provider), &region, self.environment, &source);
        draft.technology(node, "Region");
        node
    }
}

fn region(resource: &Resource) -> Option<String> {
    if let Some(region) = ["region", "location"].iter().find_map(|key| resource.value(key)) {
        return Some(region.rsplit('/').next().unwrap_or(region).to_lowercase());
    }
    // arn:aws:rds:eu-central-1:123456789012:db:orders
    let from_arn = resource.value("arn").and_then(|arn| arn.split(':').nth(3)).filter(|region| !region.is_empty());
    let zone = |key: &str| resource.value(key);
    let from_zone = zone("availability_zone").map(|zone| zone.trim_end_matches(|c: char| c.is_ascii_lowercase()));
    let google = zone("zone").and_then(|zone| zone.rsplit('/').next()?.rsplit_once('-')).map(|(region, _)| region);
    from_arn.or(from_zone).or(google).map(str::to_owned)
}

/// `Amazon RDS, PostgreSQL 16.3`, `AWS Lambda, python3.12`.
fn product(resource: &Resource, label: &str) -> String {
    if let Some(runtime) = resource.value("runtime") {
        return format!("{label}, {runtime}");
    }
    let engine = ["engine", "database_version", "engine_type"].iter().find_map(|key| resource.value(key));
    let Some(engine) = engine else { return label.to_owned() };
    let (words, version) = match engine
        .split_once('_')
        .filter(|_| engine.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'))
    {
        // POSTGRES_16
        Some((name, version)) => (name.to_lowercase(), Some(version.replace('_', "."))),
        None => (engine.to_owned(), resource.value("engine_version").map(str::to_owned)),
    };
    let name =
        technology::product(words.trim_start_matches("aurora-")).map_or(words.as_str(), |(name, _)| name).to_owned();
    match version {
        Some(version) => format!("{label}, {name} {version}"),
        None => format!("{label}, {name}"),
    }
}
