//! The objects of manifests: what is known of each before they are put together.

use crate::derive::draft::Source;
use crate::derive::tree::Node;
use std::rc::Rc;

/// One object of a manifest.
pub(crate) struct Object {
    pub(crate) kind: String,
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) file: String,
    pub(crate) node: Rc<Node>,
}

/// Lists within lists end here.
const DEEPEST: usize = 8;

impl Object {
    /// The objects of a document: itself, or the items of a `List`.
    pub(crate) fn of(file: &str, node: &Rc<Node>, out: &mut Vec<Self>) {
        Self::below(file, node, out, 0);
    }

    fn below(file: &str, node: &Rc<Node>, out: &mut Vec<Self>, depth: usize) {
        let (Some(kind), Some(version)) = (node.text_at(&["kind"]), node.text_at(&["apiVersion"])) else { return };
        if kind.ends_with("List") && node.get("items").is_some() && depth < DEEPEST {
            for item in node.items_at(&["items"]) {
                // `kubectl get -o json` of one kind may leave the kind out of its items.
                Self::below(file, item, out, depth + 1);
            }
            return;
        }
        out.push(Self {
            kind: kind.to_owned(),
            group: version.rsplit_once('/').map_or("", |(group, _)| group).to_owned(),
            name: node
                .text_at(&["metadata", "name"])
                .or_else(|| node.text_at(&["metadata", "generateName"]))
                .unwrap_or_default()
                .to_owned(),
            namespace: node.text_at(&["metadata", "namespace"]).unwrap_or("default").to_owned(),
            file: file.to_owned(),
            node: node.clone(),
        });
    }

    pub(crate) fn source(&self) -> Source {
        Source::new(&self.file, &self.node.place)
    }

    /// The template of its pods, of a kind that runs any.
    pub(crate) fn pod(&self) -> Option<&Node> {
        let node = &self.node;
        match &*self.kind {
            "Pod" => Some(node),
            "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "Job"
            | "ReplicaSet"
            | "ReplicationController"
            | "DeploymentConfig"
            | "CloneSet"
            | "Rollout" => node.at(&["spec", "template"]),
            "CronJob" => node.at(&["spec", "jobTemplate", "spec", "template"]),
            "ScaledJob" => node.at(&["spec", "jobTargetRef", "template"]),
            // Knative: not the core Service.
            "Service" if self.group == "serving.knative.dev" => node.at(&["spec", "template"]),
            _ => None,
        }
    }

    /// Whether it runs only when somebody tests the chart that it comes from.
    pub(crate) fn is_test(&self) -> bool {
        let annotations = self.node.at(&["metadata", "annotations"]);
        let hooks = annotations.and_then(|all| all.text_at(&["helm.sh/hook"])).unwrap_or_default();
        hooks.split(',').map(str::trim).any(|hook| hook == "test" || hook.starts_with("test-"))
    }

    /// Kind and name of the object that made it.
    pub(crate) fn owner(&self) -> Option<(&str, &str)> {
        let owner = self.node.items_at(&["metadata", "ownerReferences"]).first()?;
        Some((owner.text_at(&["kind"])?, owner.text_at(&["name"])?))
    }

    /// The name of what it runs: of a pod whose owner is not given, the owner's, without the part that is made up
    /// for each roll-out or run.
    pub(crate) fn title(&self) -> &str {
        match self.owner() {
            Some(("ReplicaSet" | "Job", name)) => name.rsplit_once('-').map_or(name, |(name, _)| name),
            Some((_, name)) => name,
            None => &self.name,
        }
    }

    /// The containers of its pods: with those that run before, without those that are only attached to look.
    pub(crate) fn containers(&self) -> Vec<(&Node, bool)> {
        let Some(spec) = self.pod().and_then(|pod| pod.get("spec")) else { return Vec::new() };
        let main = spec.items_at(&["containers"]).iter().map(|one| (&**one, true));
        let before = spec.items_at(&["initContainers"]).iter().map(|one| (&**one, false));
        main.chain(before).collect()
    }

    /// Whether its pods carry all labels of a selector.
    pub(crate) fn matches(&self, selector: &Node) -> bool {
        let Some(labels) = self.pod().and_then(|pod| pod.at(&["metadata", "labels"])) else { return false };
        let wanted = selector.entries();
        !wanted.is_empty()
            && wanted
                .iter()
                .all(|(name, value)| value.text().is_some() && labels.get(name).and_then(Node::text) == value.text())
    }
}
