//! What a workload's settings say that it reaches: environment, config maps, arguments. Secrets are never read.

use super::{Cluster, Object, place};
use crate::derive::address::{self, Address};
use crate::derive::draft::{At, Draft, Source};
use crate::derive::reach::{self, Reach};
use crate::derive::tree::Node;
use std::collections::{BTreeSet, HashMap};

/// Relates a workload to what its settings name.
pub(super) fn relate(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object, at: At) {
    let maps = config_maps(cluster, object);
    let mut mounted: BTreeSet<&str> = BTreeSet::new();
    for (container, _) in object.containers() {
        let mut values: HashMap<String, String> = HashMap::new();
        for env in container.items_at(&["env"]) {
            let Some(name) = env.text_at(&["name"]) else { continue };
            let reference = env.at(&["valueFrom", "configMapKeyRef"]);
            let from_map = reference.and_then(|one| maps.get(one.text_at(&["name"])?)?.get(one.text_at(&["key"])?));
            let Some(value) = env.get("value").and_then(Node::text).or_else(|| from_map.and_then(Node::text)) else {
                continue;
            };
            let value = references(value, &values);
            follow(draft, cluster, object, at, name, &value, "environment", &place(object, env));
            values.insert(name.to_owned(), value);
        }
        for from in container.items_at(&["envFrom"]) {
            let Some(map) = from.text_at(&["configMapRef", "name"]).and_then(|name| maps.get(name)) else { continue };
            for (name, value) in map.entries() {
                if let Some(text) = value.text() {
                    follow(draft, cluster, object, at, name, text, "config map", &place(object, value));
                }
            }
        }
        for word in container.items_at(&["args"]).iter().chain(container.items_at(&["command"])) {
            let Some(text) = word.text() else { continue };
            mention(draft, cluster, object, at, &references(text, &values), "command", &place(object, word));
        }
    }
    let spec = object.pod().and_then(|pod| pod.get("spec"));
    for volume in spec.map_or(&[][..], |spec| spec.items_at(&["volumes"])) {
        mounted.extend(volume.text_at(&["configMap", "name"]));
        let projected = volume.items_at(&["projected", "sources"]).iter();
        mounted.extend(projected.filter_map(|one| one.text_at(&["configMap", "name"])));
    }
    for map in mounted.into_iter().filter_map(|name| maps.get(name)) {
        for (_, value) in map.entries() {
            if let Some(text) = value.text() {
                mention(draft, cluster, object, at, text, "config map", &place(object, value));
            }
        }
    }
}

fn config_maps<'o>(cluster: &Cluster<'o>, object: &Object) -> HashMap<&'o str, &'o Node> {
    let here = cluster.objects.iter().filter(|one| one.kind == "ConfigMap" && one.namespace == object.namespace);
    here.filter_map(|one| Some((one.name.as_str(), one.node.get("data")?))).collect()
}

/// `$(NAME)` of a variable that was given before.
fn references(value: &str, known: &HashMap<String, String>) -> String {
    if !value.contains("$(") || value.len() > 8192 {
        return value.to_owned();
    }
    let mut out = value.to_owned();
    for (name, found) in known {
        if out.len() > 65_536 {
            break;
        }
        out = out.replace(&format!("$({name})"), found);
    }
    out
}

#[expect(clippy::too_many_arguments, reason = "one setting and whose it is")]
fn follow(
    draft: &mut Draft,
    cluster: &Cluster<'_>,
    object: &Object,
    at: At,
    name: &str,
    value: &str,
    found_by: &'static str,
    source: &Source,
) {
    let find = |address: &Address| cluster.find(&address.host, &object.namespace).and_then(|all| all.first().copied());
    let reach = Reach { system: cluster.system, from: at, setting: name, value, found_by };
    reach::follow(draft, &reach, source, find);
    // A service may lead to several workloads.
    for address in address::of_setting(name, value) {
        let rest = cluster.find(&address.host, &object.namespace).and_then(|all| all.get(1..)).unwrap_or_default();
        for to in rest {
            draft.relate(at, *to, found_by, reach::protocol(&address).unwrap_or_default(), source);
        }
    }
}

fn mention(
    draft: &mut Draft,
    cluster: &Cluster<'_>,
    object: &Object,
    at: At,
    text: &str,
    found_by: &'static str,
    source: &Source,
) {
    for address in address::mentioned(text) {
        for to in cluster.find(&address.host, &object.namespace).unwrap_or_default() {
            draft.relate(at, *to, found_by, reach::protocol(&address).unwrap_or_default(), source);
        }
    }
}
