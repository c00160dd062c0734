//! How requests come in: ingresses, gateways and their routes.

use super::{Cluster, Object, place};
use crate::derive::draft::{At, Draft};
use crate::derive::tree::Node;
use crate::model::ElementKind;

/// Adds the box of an ingress or gateway and relates it to the services that it leads to.
pub(super) fn relate(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object) {
    match &*object.kind {
        "Ingress" => ingress(draft, cluster, object),
        "HTTPRoute" | "GRPCRoute" | "TCPRoute" | "TLSRoute" | "UDPRoute" => route(draft, cluster, object),
        "Gateway" if object.group.starts_with("gateway.networking") => {
            let class = object.node.text_at(&["spec", "gatewayClassName"]).unwrap_or_default();
            entrance(draft, cluster, object, &object.name, "Kubernetes Gateway", class);
        }
        "Route" if object.group == "route.openshift.io" => open_shift(draft, cluster, object),
        "HTTPProxy" | "VirtualServer" | "Mapping" => others(draft, cluster, object),
        "IngressRoute" | "IngressRouteTCP" => {
            let at = entrance(draft, cluster, object, &object.name, "Traefik IngressRoute", "");
            for one in object.node.items_at(&["spec", "routes"]) {
                for service in one.items_at(&["services"]) {
                    lead(
                        draft,
                        cluster,
                        object,
                        at,
                        service.text_at(&["name"]),
                        service,
                        "HTTP",
                        one.text_at(&["match"]),
                    );
                }
            }
        }
        "VirtualService" => {
            let at = entrance(draft, cluster, object, &object.name, "Istio VirtualService", "");
            for kind in ["http", "tcp", "tls"] {
                for one in object.node.items_at(&["spec", kind]).iter().flat_map(|one| one.items_at(&["route"])) {
                    let technology = if kind == "http" { "HTTP" } else { "TCP" };
                    lead(draft, cluster, object, at, one.text_at(&["destination", "host"]), one, technology, None);
                }
            }
        }
        _ => {}
    }
}

/// A route of OpenShift leads to one service, or to several by weight.
fn open_shift(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object) {
    let at = entrance(draft, cluster, object, &object.name, "OpenShift Route", "");
    let host = object.node.text_at(&["spec", "host"]);
    let technology = if object.node.at(&["spec", "tls"]).is_some() { "HTTPS" } else { "HTTP" };
    let one = object.node.at(&["spec", "to"]).into_iter();
    let more = object.node.items_at(&["spec", "alternateBackends"]).iter().map(|one| &**one);
    for to in one.chain(more) {
        lead(draft, cluster, object, at, to.text_at(&["name"]), to, technology, host);
    }
    draft.property(at, "kubernetes.hosts", host.unwrap_or_default());
}

/// Routes of Contour, of NGINX and of Emissary, each of which names its services in its own way.
fn others(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object) {
    let (label, services): (&str, Vec<(&str, &Node)>) = match &*object.kind {
        "HTTPProxy" => {
            let routes = object.node.items_at(&["spec", "routes"]).iter().flat_map(|one| one.items_at(&["services"]));
            ("Contour HTTPProxy", routes.filter_map(|one| Some((one.text_at(&["name"])?, &**one))).collect())
        }
        "VirtualServer" => {
            let all = object.node.items_at(&["spec", "upstreams"]).iter();
            ("NGINX VirtualServer", all.filter_map(|one| Some((one.text_at(&["service"])?, &**one))).collect())
        }
        _ => {
            // http://orders.shop:8080
            let service = object.node.text_at(&["spec", "service"]).unwrap_or_default();
            let host = service.rsplit("://").next().and_then(|rest| rest.split([':', '/']).next());
            (
                "Emissary Mapping",
                host.filter(|host| !host.is_empty()).map(|host| (host, &*object.node)).into_iter().collect(),
            )
        }
    };
    let at = entrance(draft, cluster, object, &object.name, label, "");
    for (name, node) in services {
        lead(draft, cluster, object, at, Some(name), node, "HTTP", None);
    }
}

fn entrance(
    draft: &mut Draft,
    cluster: &Cluster<'_>,
    object: &Object,
    name: &str,
    technology: &str,
    class: &str,
) -> At {
    // A service of the same name may be what it leads to.
    let taken = cluster.services.keys().any(|(_, service)| *service == name.to_lowercase());
    let kind = technology.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let name = if taken { format!("{name} {kind}") } else { name.to_owned() };
    let source = object.source();
    let at = draft.container(cluster.system, &name, &source);
    let shown = if class.is_empty() { technology.to_owned() } else { format!("{technology} ({class})") };
    draft.technology(at, &shown);
    draft.of(at).add_tags(["Ingress"]);
    let space = draft.add_in(ElementKind::DeploymentNode, None, &object.namespace, super::ENVIRONMENT, &source);
    draft.technology(space, "Kubernetes namespace");
    draft.instance(at, space, &source);
    at
}

fn ingress(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object) {
    let spec = &["spec"];
    let annotation =
        object.node.at(&["metadata", "annotations"]).and_then(|all| all.text_at(&["kubernetes.io/ingress.class"]));
    let class = object.node.text_at(&["spec", "ingressClassName"]).or(annotation).unwrap_or_default();
    let at = entrance(draft, cluster, object, &object.name, "Kubernetes Ingress", class);
    let Some(spec) = object.node.at(spec) else { return };
    let secure = spec.get("tls").is_some();
    let technology = if secure { "HTTPS" } else { "HTTP" };
    for backend in ["defaultBackend", "backend"].iter().filter_map(|name| spec.get(name)) {
        lead(draft, cluster, object, at, backend_name(backend), backend, technology, None);
    }
    let mut hosts = Vec::new();
    for rule in spec.items_at(&["rules"]) {
        let host = rule.text_at(&["host"]).unwrap_or("*");
        if !hosts.contains(&host) {
            hosts.push(host);
        }
        for path in rule.items_at(&["http", "paths"]) {
            let Some(backend) = path.get("backend") else { continue };
            let shown = format!("{host}{}", path.text_at(&["path"]).unwrap_or("/"));
            lead(draft, cluster, object, at, backend_name(backend), path, technology, Some(&shown));
        }
    }
    draft.property(at, "kubernetes.hosts", hosts.join(", "));
}

/// The service of a backend, of the present and of the first version.
fn backend_name(backend: &Node) -> Option<&str> {
    backend.text_at(&["service", "name"]).or_else(|| backend.text_at(&["serviceName"]))
}

fn route(draft: &mut Draft, cluster: &Cluster<'_>, object: &Object) {
    let parents: Vec<&Node> = object.node.items_at(&["spec", "parentRefs"]).iter().map(|one| &**one).collect();
    let technology = match &*object.kind {
        "GRPCRoute" => "gRPC",
        "TCPRoute" => "TCP",
        "TLSRoute" => "TLS",
        "UDPRoute" => "UDP",
        _ => "HTTP",
    };
    let mut names: Vec<&str> = parents.iter().filter_map(|one| one.text_at(&["name"])).collect();
    if names.is_empty() {
        names.push(&object.name);
    }
    for name in names {
        let at = entrance(draft, cluster, object, name, "Kubernetes Gateway", "");
        for rule in object.node.items_at(&["spec", "rules"]) {
            let path = rule.items_at(&["matches"]).first().and_then(|one| one.text_at(&["path", "value"]));
            for backend in rule.items_at(&["backendRefs"]) {
                lead(draft, cluster, object, at, backend.text_at(&["name"]), backend, technology, path);
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one route and whose it is")]
fn lead(
    draft: &mut Draft,
    cluster: &Cluster<'_>,
    object: &Object,
    from: At,
    name: Option<&str>,
    node: &Node,
    technology: &str,
    shown: Option<&str>,
) {
    let Some(name) = name else { return };
    let source = place(object, node);
    let host = name.to_lowercase();
    let found = match node.text_at(&["namespace"]) {
        Some(other) => cluster.find(&host, other),
        None => cluster.find(&host, &object.namespace),
    };
    let targets = match found {
        Some(found) => found.to_vec(),
        None => vec![draft.mention(cluster.system, name, &source)],
    };
    for to in targets {
        if let Some(line) = draft.relate(from, to, "route", technology, &source) {
            line.description = "Routes requests to".to_owned();
            if let Some(shown) = shown {
                let routes = line.properties.entry("kubernetes.routes".to_owned()).or_default();
                if !routes.split(", ").any(|known| known == shown) && routes.len() < 2000 {
                    let separator = if routes.is_empty() { "" } else { ", " };
                    routes.push_str(separator);
                    routes.push_str(shown);
                }
            }
        }
    }
}
