//! Which resource names which: by the values of a state, by the expressions of a plan's configuration.

use super::catalogue::{self, Role};
use super::resource::{Resource, plain};
use crate::derive::address;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Attributes by which others know a resource.
const HANDLES: [&str; 41] = [
    "id",
    "arn",
    "endpoint",
    "address",
    "invoke_arn",
    "url",
    "dns_name",
    "fqdn",
    "self_link",
    "reader_endpoint",
    "primary_endpoint_address",
    "configuration_endpoint",
    "configuration_endpoint_address",
    "bootstrap_brokers",
    "execution_arn",
    "connection_name",
    "private_ip_address",
    "hostname",
    "host",
    "uri",
    "qualified_arn",
    "fully_qualified_domain_name",
    "default_hostname",
    "default_site_hostname",
    "primary_blob_endpoint",
    "primary_blob_host",
    "bucket_domain_name",
    "bucket_regional_domain_name",
    "function_name",
    "api_endpoint",
    "bootstrap_brokers_sasl_iam",
    "bootstrap_brokers_sasl_scram",
    "bootstrap_brokers_tls",
    "invoke_url",
    "latest_revision_fqdn",
    "login_server",
    "private_host",
    "public_ip_address",
    "repository_url",
    "service_url",
    "vault_uri",
];
/// The same where they stand in the first block of that name.
const INNER_HANDLES: [&str; 6] = [
    "/cache_nodes/0/address",
    "/endpoint/0/address",
    "/ingress/0/fqdn",
    "/ip_address/0/ip_address",
    "/status/0/address",
    "/status/0/url",
];
/// Attributes by which a resource is known that only joins others: the rest of it are those others' names.
const PLAIN_HANDLES: [&str; 3] = ["id", "arn", "self_link"];
/// Texts of one resource that are looked at.
const MOST: usize = 20_000;
/// Expressions lead through no more modules than this.
const DEEPEST: usize = 12;

/// For each resource, attribute and place of each that it names.
pub(super) fn of(resources: &[Resource]) -> Vec<Vec<(String, usize)>> {
    let mut handles: HashMap<String, Option<usize>> = HashMap::new();
    let mut plains: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, resource) in resources.iter().enumerate() {
        plains.entry(&resource.plain).or_default().push(at);
    }
    // What a resource is known by may also be the id of its policy: the resource is meant.
    let (glue, drawn): (Vec<usize>, Vec<usize>) =
        (0..resources.len()).partition(|at| catalogue::of(&resources[*at].kind).1 == Role::Glue);
    for (all, keys) in [(drawn, &HANDLES[..]), (glue, &PLAIN_HANDLES[..])] {
        let mut here: HashMap<String, Option<usize>> = HashMap::new();
        for at in all {
            let values = &resources[at].values;
            let texts = keys.iter().filter_map(|key| values.get(*key)?.as_str());
            let inner = INNER_HANDLES.iter().filter(|_| keys.len() > PLAIN_HANDLES.len());
            let inner = inner.filter_map(|path| inside(values, path)?.as_str());
            let own = kubernetes_host(&resources[at]);
            for text in texts.chain(inner).chain(own.iter().map(String::as_str)).filter(|text| text.len() >= 4) {
                for handle in [Some(text), host_of(text)].into_iter().flatten() {
                    // What two resources are known by tells neither.
                    let known = here.entry(handle.to_lowercase());
                    known.and_modify(|known| *known = known.filter(|other| *other == at)).or_insert(Some(at));
                }
            }
        }
        for (handle, at) in here {
            handles.entry(handle).or_insert(at);
        }
    }
    let each = resources.iter().enumerate().map(|(at, resource)| {
        let mut found: BTreeSet<(String, usize)> = BTreeSet::new();
        for (attribute, value) in &resource.values {
            let mut budget = MOST;
            texts(value, &mut budget, 0, &mut |text| {
                let mut add = |handle: &str| {
                    if let Some(Some(other)) = handles.get(&handle.to_lowercase())
                        && *other != at
                    {
                        found.insert((attribute.clone(), *other));
                    }
                };
                add(text);
                if text.contains("arn:aws") {
                    // An invocation address has the function's own within.
                    if let Some((_, rest)) = text.split_once("/functions/") {
                        add(rest.split("/invocations").next().unwrap_or(rest));
                    }
                }
                if text.contains('.') && text.len() <= 65_536 {
                    for one in address::mentioned(text).into_iter().chain(address::of_url(text)) {
                        add(&one.host);
                        if let Some((host, _)) = one.host.split_once(".svc") {
                            add(host);
                        }
                    }
                }
            });
        }
        for (attribute, name) in &resource.names {
            let own = resource.address.rsplit_once('[').map(|(_, index)| index);
            let all = plains.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            // Of as many instances as there are of this one, the one of the same index is meant.
            let paired: Vec<usize> = all
                .iter()
                .copied()
                .filter(|other| {
                    own.is_some() && resources[*other].address.rsplit_once('[').map(|(_, index)| index) == own
                })
                .collect();
            let meant = if paired.is_empty() { all.to_vec() } else { paired };
            found.extend(meant.into_iter().filter(|other| *other != at).map(|other| (attribute.clone(), other)));
        }
        found.into_iter().collect()
    });
    each.collect()
}

/// The value at a path of names and places.
fn inside<'v>(values: &'v serde_json::Map<String, Value>, path: &str) -> Option<&'v Value> {
    let (first, rest) = path.strip_prefix('/')?.split_once('/')?;
    values.get(first)?.pointer(&format!("/{rest}"))
}

/// The host within a handle: before the port, or of a whole address. One with a path may be shared: queues have one.
fn host_of(text: &str) -> Option<&str> {
    let host = match text.split_once("://") {
        Some((_, rest)) => {
            let host = rest.trim_end_matches('/');
            if host.contains('/') {
                return None;
            }
            host
        }
        None => text,
    };
    host.split(':').next().filter(|host| host.contains('.'))
}

/// `worker.shop`, as others in the cluster call what a workload's service leads to.
fn kubernetes_host(resource: &Resource) -> Option<String> {
    if !resource.kind.starts_with("kubernetes_") {
        return None;
    }
    let name = inside(&resource.values, "/metadata/0/name")?.as_str()?;
    let namespace = inside(&resource.values, "/metadata/0/namespace").and_then(Value::as_str).unwrap_or("default");
    Some(format!("{name}.{namespace}"))
}

fn texts(value: &Value, budget: &mut usize, depth: usize, see: &mut impl FnMut(&str)) {
    if *budget == 0 || depth > 128 {
        return;
    }
    *budget -= 1;
    match value {
        Value::String(text) => see(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, budget, depth + 1, see)),
        Value::Object(entries) => entries.values().for_each(|item| texts(item, budget, depth + 1, see)),
        _ => {}
    }
}

/// Adds to the resources of a plan what its configuration says that they name.
pub(super) fn of_configuration(configuration: &Value, resources: &mut [Resource]) {
    let Some(root) = configuration.get("root_module") else { return };
    let mut named: HashMap<String, Vec<(String, String)>> = HashMap::new();
    walk(&Scope { module: root, path: String::new(), outer: None }, &mut named, 0);
    for resource in resources {
        if let Some(names) = named.get(&resource.plain) {
            resource.names.clone_from(names);
        }
    }
}

/// A module's configuration and where it is called from.
struct Scope<'v> {
    module: &'v Value,
    path: String,
    outer: Option<(&'v Scope<'v>, &'v Value)>,
}

fn walk(scope: &Scope<'_>, named: &mut HashMap<String, Vec<(String, String)>>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for resource in scope.module.get("resources").and_then(Value::as_array).into_iter().flatten() {
        let Some(address) = resource.get("address").and_then(Value::as_str) else { continue };
        let mut names = BTreeSet::new();
        for (attribute, expression) in resource.get("expressions").and_then(Value::as_object).into_iter().flatten() {
            for reference in mentioned(expression) {
                resolve(scope, reference, 0, &mut |found| {
                    names.insert((attribute.clone(), found));
                });
            }
        }
        named.insert(format!("{}{}", scope.path, plain(address)), names.into_iter().collect());
    }
    for (name, call) in scope.module.get("module_calls").and_then(Value::as_object).into_iter().flatten() {
        let Some(module) = call.get("module") else { continue };
        walk(
            &Scope { module, path: format!("{}module.{name}.", scope.path), outer: Some((scope, call)) },
            named,
            depth + 1,
        );
    }
}

fn mentioned(expression: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![expression];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(entries) => {
                if let Some(list) = entries.get("references").and_then(Value::as_array) {
                    found.extend(list.iter().filter_map(Value::as_str));
                } else {
                    open.extend(entries.values());
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
        if found.len() > 1000 {
            break;
        }
    }
    found
}

/// What a reference means: a resource, a variable given by the caller, an output of a module that is called.
fn resolve(scope: &Scope<'_>, reference: &str, depth: usize, see: &mut dyn FnMut(String)) {
    if depth > DEEPEST {
        return;
    }
    let reference = plain(reference);
    let parts: Vec<&str> = reference.split('.').collect();
    match parts[..] {
        ["var", name, ..] => {
            let Some((outer, call)) = scope.outer else { return };
            let Some(expression) = call.get("expressions").and_then(|all| all.get(name)) else { return };
            for inner in mentioned(expression) {
                resolve(outer, inner, depth + 1, see);
            }
        }
        ["module", module, output, ..] => {
            let Some(call) = scope.module.get("module_calls").and_then(|all| all.get(module)) else { return };
            let Some(inner) = call.get("module") else { return };
            let Some(expression) =
                inner.get("outputs").and_then(|all| all.get(output)).and_then(|one| one.get("expression"))
            else {
                return;
            };
            let below =
                Scope { module: inner, path: format!("{}module.{module}.", scope.path), outer: Some((scope, call)) };
            for name in mentioned(expression) {
                resolve(&below, name, depth + 1, see);
            }
        }
        ["data" | "local" | "each" | "count" | "path" | "terraform" | "self", ..] => {}
        [kind, name, ..] if kind.contains('_') => see(format!("{}{kind}.{name}", scope.path)),
        _ => {}
    }
}
