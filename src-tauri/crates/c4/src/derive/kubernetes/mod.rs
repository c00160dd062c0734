//! Kubernetes manifests: workloads are containers, services lead to them by selector, settings and routes say who
//! reaches whom, namespaces are where they run.

mod object;
mod operators;
mod routes;
mod settings;

use super::draft::{At, Draft, Source};
use super::technology;
use super::tree::Node;
use crate::diagnostic::Level;
use crate::model::ElementKind;
pub(crate) use object::Object;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The environment of the nodes that manifests describe.
const ENVIRONMENT: &str = "Kubernetes";

/// The workloads whose pods carry a label, by namespace, name and value.
type Labels<'o> = HashMap<(&'o str, &'o str, &'o str), Vec<usize>>;

/// What the names of a cluster mean.
pub(super) struct Cluster<'o> {
    pub(super) objects: &'o [Object],
    pub(super) system: At,
    /// The containers behind a service, by namespace and name.
    pub(super) services: HashMap<(String, String), Vec<At>>,
}

impl Cluster<'_> {
    /// What a host means for somebody in this namespace: `name`, `name.namespace`, `name.namespace.svc.…`.
    pub(super) fn find(&self, host: &str, namespace: &str) -> Option<&[At]> {
        let mut parts = host.split('.');
        let name = parts.next()?;
        let (in_namespace, rest) = (parts.next(), parts.next());
        let wanted = match (in_namespace, rest) {
            (None, _) => namespace,
            (Some(other), None | Some("svc")) => other,
            _ => return self.pod_host(host, namespace),
        };
        let key = (wanted.to_owned(), name.to_owned());
        self.services.get(&key).map(Vec::as_slice).or_else(|| self.pod_host(host, namespace))
    }

    /// `redis-0.redis.shop.svc.cluster.local`: a pod of a stateful set behind its service.
    fn pod_host(&self, host: &str, namespace: &str) -> Option<&[At]> {
        let mut parts = host.split('.').skip(1);
        let (service, other) = (parts.next()?, parts.next().unwrap_or(namespace));
        self.services.get(&(other.to_owned(), service.to_owned())).map(Vec::as_slice)
    }
}

/// Adds everything that the objects describe.
pub(crate) fn add(draft: &mut Draft, objects: &[Object]) {
    let parts: BTreeSet<&str> = objects
        .iter()
        .filter_map(|one| one.node.at(&["metadata", "labels"])?.text_at(&["app.kubernetes.io/part-of"]))
        .collect();
    if let (Some(part), 1) = (parts.first(), parts.len()) {
        draft.suggest(part, 3);
    }
    let system = draft.home();
    let present: HashSet<(&str, &str, &str)> =
        objects.iter().map(|one| (one.kind.as_str(), one.namespace.as_str(), one.name.as_str())).collect();
    // What an object made that is given too is that object's.
    let made = |one: &Object| one.owner().is_some_and(|(kind, name)| present.contains(&(kind, &one.namespace, name)));
    let runs = |one: &&Object| one.pod().is_some() && !one.name.is_empty() && !made(one) && !one.is_test();
    let workloads: Vec<&Object> = objects.iter().filter(runs).collect();
    let namespaces: BTreeSet<&str> = workloads.iter().map(|one| one.namespace.as_str()).collect();
    let names = container_names(&workloads);
    let mut placed: Vec<(&Object, At)> = Vec::new();
    for (object, name) in workloads.iter().zip(&names) {
        let at = describe(draft, system, object, name);
        if namespaces.len() > 1 {
            let group = draft.of(at).group.get_or_insert_with(|| object.namespace.clone());
            if *group != object.namespace {
                draft.of(at).group = None;
            }
        }
        deploy(draft, object, object.title(), at);
        placed.push((object, at));
    }
    let mut labels = Labels::new();
    for (at, (object, _)) in placed.iter().enumerate() {
        for (name, value) in object.pod().map_or(&[][..], |pod| pod.entries_at(&["metadata", "labels"])) {
            if let Some(value) = value.text() {
                labels.entry((object.namespace.as_str(), name.as_str(), value)).or_default().push(at);
            }
        }
    }
    let mut cluster = Cluster { objects, system, services: HashMap::new() };
    let operated = operators::add(draft, system, objects, &workloads);
    for object in objects.iter().filter(|one| one.kind == "Service" && one.group.is_empty()) {
        let key = (object.namespace.clone(), object.name.to_lowercase());
        let known = operated.services.get(&key).or_else(|| operated.named.get(&key)).copied();
        let behind = behind_service(draft, system, object, &placed, &labels, known);
        cluster.services.insert(key, behind);
    }
    for (key, at) in &operated.services {
        cluster.services.entry(key.clone()).or_insert_with(|| vec![*at]);
    }
    for (object, at) in &placed {
        // Some refer to pods by the workload's name though no service is given.
        let key = (object.namespace.clone(), object.title().to_lowercase());
        cluster.services.entry(key).or_insert_with(|| vec![*at]);
    }
    for (key, at) in &operated.named {
        cluster.services.entry(key.clone()).or_insert_with(|| vec![*at]);
    }
    for (object, at) in &placed {
        settings::relate(draft, &cluster, object, *at);
    }
    operators::relate(draft, &cluster, &operated);
    for object in objects {
        routes::relate(draft, &cluster, object);
    }
    tell_what_is_left(draft, objects);
}

/// One container for the same workload in several namespaces if it runs the same image, else one each.
fn container_names(workloads: &[&Object]) -> Vec<String> {
    let mut images: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let image = |object: &Object| {
        let first = object.containers().first().and_then(|(one, _)| one.text_at(&["image"]).map(str::to_owned));
        first.map_or(String::new(), |reference| technology::image(&reference).path.to_owned())
    };
    let mut spaces: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for object in workloads {
        images.entry(object.title()).or_default().insert(image(object));
        spaces.entry(object.title()).or_default().insert(&object.namespace);
    }
    let differ = |name: &str| {
        images.get(name).is_some_and(|all| all.len() > 1) && spaces.get(name).is_some_and(|all| all.len() > 1)
    };
    let named = workloads.iter().map(|object| match differ(object.title()) {
        true => format!("{} ({})", object.title(), object.namespace),
        false => object.title().to_owned(),
    });
    named.collect()
}

fn describe(draft: &mut Draft, system: At, object: &Object, name: &str) -> At {
    let at = draft.container(system, name, &object.source());
    let images: Vec<&str> =
        object.containers().iter().filter(|(_, main)| *main).filter_map(|(one, _)| one.text_at(&["image"])).collect();
    // A side car is not what the workload is for: the first container is.
    if let Some((label, role)) = images.first().and_then(|image| technology::of_image(image)) {
        draft.technology(at, &label);
        draft.of(at).add_tags(role.tag());
    }
    draft.property(at, "image", images.join(", "));
    draft.property(at, "kubernetes.kind", object.kind.clone());
    let label = |name: &str| {
        object
            .node
            .at(&["metadata", "labels"])
            .and_then(|labels| labels.text_at(&[name]))
            .unwrap_or_default()
            .to_owned()
    };
    draft.property(at, "version", label("app.kubernetes.io/version"));
    draft.property(at, "kubernetes.component", label("app.kubernetes.io/component"));
    if object.kind == "CronJob" {
        draft.property(at, "kubernetes.schedule", object.node.text_at(&["spec", "schedule"]).unwrap_or_default());
    }
    at
}

/// Namespace, workload, instance.
fn deploy(draft: &mut Draft, object: &Object, name: &str, of: At) {
    let source = object.source();
    let space = node(draft, None, &object.namespace, "Kubernetes namespace", &source);
    let run = node(draft, Some(space), name, &object.kind, &source);
    let count =
        ["replicas", "instances", "numberOfInstances"].iter().find_map(|key| object.node.text_at(&["spec", key]));
    if let Some(replicas) = count.filter(|text| text.parse::<u32>().is_ok()) {
        draft.of(run).instances = replicas.to_owned();
    }
    draft.instance(of, run, &source);
}

fn node(draft: &mut Draft, parent: Option<At>, name: &str, technology: &str, source: &Source) -> At {
    let at = draft.add_in(ElementKind::DeploymentNode, parent, name, ENVIRONMENT, source);
    draft.technology(at, technology);
    at
}

/// The containers that a service leads to: those that its selector finds, else what an operator is known to run behind
/// it; one of its own where it leads outside.
fn behind_service(
    draft: &mut Draft,
    system: At,
    object: &Object,
    placed: &[(&Object, At)],
    labels: &Labels<'_>,
    operated: Option<At>,
) -> Vec<At> {
    let kind = object.node.text_at(&["spec", "type"]).unwrap_or("ClusterIP");
    if kind == "ExternalName" {
        let host = object.node.text_at(&["spec", "externalName"]).unwrap_or(&object.name).to_lowercase();
        return vec![draft.external(&host, &object.source())];
    }
    let selector = object.node.at(&["spec", "selector"]);
    // The first label narrows it down; a cluster has thousands of both.
    let first = selector.and_then(|selector| selector.entries().first());
    let first = first.and_then(|(name, value)| labels.get(&(object.namespace.as_str(), name.as_str(), value.text()?)));
    let here = first.into_iter().flatten().map(|at| &placed[*at]);
    let found: Vec<At> = match selector {
        Some(selector) => here.filter(|(workload, _)| workload.matches(selector)).map(|(_, at)| *at).collect(),
        None => Vec::new(),
    };
    if found.is_empty() {
        if let Some(at) = operated {
            return vec![at];
        }
        // The way to the cluster's own API is in every list of services.
        let own = selector.is_none() && object.name == "kubernetes" && object.namespace == "default";
        return if own { Vec::new() } else { vec![draft.mention(system, &object.name, &object.source())] };
    }
    let ports = object.node.items_at(&["spec", "ports"]).iter().filter_map(|port| port.text_at(&["port"]));
    let shown = format!("{} ({kind}: {})", object.name, ports.collect::<Vec<_>>().join(", "));
    for at in &found {
        let known = draft.of(*at).properties.get("kubernetes.services").cloned();
        if !known.as_deref().unwrap_or_default().contains(&shown) {
            let all = known.map_or(shown.clone(), |known| format!("{known}; {shown}"));
            draft.property(*at, "kubernetes.services", all);
        }
    }
    found
}

/// Names the kinds that say something of the architecture and were not read.
fn tell_what_is_left(draft: &mut Draft, objects: &[Object]) {
    for object in objects {
        let line = object.node.place.line();
        match &*object.kind {
            "Kustomization" => draft.remark(
                Level::Warning,
                &object.file,
                line,
                "a Kustomization was left out – give the output of `kustomize build` instead",
            ),
            "HelmRelease" | "HelmChart" | "Application" => {
                let message = format!(
                    "{} \"{}\" installs a chart that is not in this file – give the output of `helm template` as well",
                    object.kind, object.name
                );
                draft.remark(Level::Warning, &object.file, line, message);
            }
            _ if object.pod().is_some() && object.is_test() => {
                let message = format!("{} \"{}\" is a test of the chart and was left out", object.kind, object.name);
                draft.remark(Level::Note, &object.file, line, message);
            }
            _ if object.name.is_empty() && object.pod().is_some() => {
                draft.remark(
                    Level::Warning,
                    &object.file,
                    line,
                    format!("{} without metadata.name was left out", object.kind),
                );
            }
            _ => {}
        }
    }
}

/// The place of a node in a file.
pub(super) fn place(object: &Object, node: &Node) -> Source {
    Source::new(&object.file, &node.place)
}
