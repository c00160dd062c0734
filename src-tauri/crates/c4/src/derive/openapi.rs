//! Descriptions of HTTP interfaces, OpenAPI 3 and Swagger 2: one container, a component for each tag.

use super::address;
use super::draft::{At, Draft, Source};
use super::tree::Node;
use crate::diagnostic::Refusal;
use crate::model::ElementKind;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A description that was read.
pub(crate) struct File {
    path: String,
    tree: Rc<Node>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl File {
    /// Takes the first document.
    ///
    /// # Errors
    /// A description without `info` and without paths.
    pub(crate) fn read(path: &str, documents: &[Rc<Node>]) -> Result<Self, Refusal> {
        let refuse = |line, message: &str, remedy: &str| Refusal {
            file: path.to_owned(),
            line,
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        };
        let Some(tree) = documents.first() else {
            return Err(refuse(1, "an OpenAPI description without content", "export it again"));
        };
        let version = tree.text_at(&["openapi"]).or_else(|| tree.text_at(&["swagger"])).unwrap_or_default();
        if !version.starts_with("3.") && !version.starts_with('2') {
            return Err(refuse(
                tree.place.line().max(1),
                &format!("OpenAPI version \"{version}\" is not known"),
                "give a description of OpenAPI 3 or Swagger 2",
            ));
        }
        if tree.get("info").is_none() && tree.get("paths").is_none() && tree.get("webhooks").is_none() {
            return Err(refuse(
                tree.place.line().max(1),
                "an OpenAPI description with neither info nor paths",
                "give the whole description, not a part of it",
            ));
        }
        Ok(Self { path: path.to_owned(), tree: tree.clone() })
    }
}

/// Adds the interfaces.
pub(crate) fn add(draft: &mut Draft, files: &[File]) {
    for file in files {
        let title = file.tree.text_at(&["info", "title"]).unwrap_or("API").to_owned();
        draft.suggest(&title, 2);
        let system = draft.home();
        let at = draft.container(system, &title, &Source::new(&file.path, &file.tree.place));
        describe(draft, file, at);
        components(draft, file, at);
        security(draft, file, at);
    }
}

fn describe(draft: &mut Draft, file: &File, at: At) {
    let tree = &file.tree;
    draft.technology(at, "HTTP API");
    draft.of(at).add_tags(["API"]);
    let text =
        tree.text_at(&["info", "summary"]).or_else(|| tree.text_at(&["info", "description"])).unwrap_or_default();
    if draft.of(at).description.is_empty() {
        draft.of(at).description = first_sentence(text);
    }
    let version = tree.text_at(&["openapi"]).or_else(|| tree.text_at(&["swagger"])).unwrap_or_default();
    draft.property(at, "version", tree.text_at(&["info", "version"]).unwrap_or_default());
    draft.property(at, "openapi.version", version);
    let mut servers: Vec<String> = Vec::new();
    for url in tree.items_at(&["servers"]).iter().filter_map(|server| server.text_at(&["url"])) {
        // Users and passwords in an address stay out; a path alone has none.
        let shown = match address::of_url(url) {
            Some(found) => {
                let port = found.port.map_or(String::new(), |port| format!(":{port}"));
                format!("{}://{}{port}", found.scheme.as_deref().unwrap_or("http"), found.host)
            }
            None if url.starts_with('/') && !url.contains('@') => url.to_owned(),
            None => continue,
        };
        servers.push(shown);
    }
    if let Some(host) = tree.text_at(&["host"]).filter(|host| !host.contains('@')) {
        let schemes = tree.get("schemes").map_or_else(|| vec!["http"], Node::texts);
        servers.extend(
            schemes
                .iter()
                .map(|scheme| format!("{scheme}://{host}{}", tree.text_at(&["basePath"]).unwrap_or_default())),
        );
    }
    draft.property(at, "openapi.servers", servers.join(", "));
}

/// The operations of a component.
#[derive(Default)]
struct Part {
    place: String,
    operations: Vec<String>,
    deprecated: usize,
    count: usize,
}

fn components(draft: &mut Draft, file: &File, at: At) {
    let tree = &file.tree;
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let paths = tree.entries_at(&["paths"]).iter().chain(tree.entries_at(&["webhooks"]));
    for (path, item) in paths.filter(|(path, _)| !path.starts_with("x-")) {
        for (method, operation) in item.entries().iter().filter(|(method, _)| METHODS.contains(&&**method)) {
            let mut tags: Vec<&str> = operation.get("tags").map_or(Vec::new(), Node::texts);
            let untagged = segment(path);
            if tags.is_empty() {
                tags.push(&untagged);
            }
            let deprecated = operation.text_at(&["deprecated"]) == Some("true");
            for tag in tags {
                let part = parts.entry(tag.to_owned()).or_insert_with(|| {
                    order.push(tag.to_owned());
                    Part { place: operation.place.to_string(), ..Part::default() }
                });
                part.count += 1;
                part.deprecated += usize::from(deprecated);
                if part.operations.len() < 20 {
                    part.operations.push(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
    }
    let described: BTreeMap<&str, &Rc<Node>> =
        tree.items_at(&["tags"]).iter().filter_map(|tag| Some((tag.text_at(&["name"])?, tag))).collect();
    for name in order {
        let Some(part) = parts.get(&name) else { continue };
        let tag = described.get(name.as_str());
        let place = tag.map_or(part.place.clone(), |tag| tag.place.to_string());
        let component = draft.add(ElementKind::Component, Some(at), &name, &Source::new(&file.path, place));
        draft.technology(component, "HTTP");
        let text = tag.and_then(|tag| tag.text_at(&["description"])).unwrap_or_default();
        if draft.of(component).description.is_empty() {
            draft.of(component).description = first_sentence(text);
        }
        draft.property(component, "openapi.operations.count", part.count.to_string());
        draft.property(component, "openapi.operations", part.operations.join(", "));
        if part.deprecated > 0 {
            draft.property(component, "openapi.operations.deprecated", part.deprecated.to_string());
        }
    }
}

/// The part of a path that says what it is about: `/api/v1/orders/{id}` is about orders.
fn segment(path: &str) -> String {
    let version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    };
    let mut parts =
        path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{') && *part != "api" && !version(part));
    parts.next().unwrap_or("root").to_owned()
}

fn security(draft: &mut Draft, file: &File, at: At) {
    let tree = &file.tree;
    let schemes =
        tree.entries_at(&["components", "securitySchemes"]).iter().chain(tree.entries_at(&["securityDefinitions"]));
    let mut shown = Vec::new();
    for (name, scheme) in schemes {
        let kind = scheme.text_at(&["type"]).unwrap_or_default();
        let detail = match kind {
            "http" => scheme.text_at(&["scheme"]).unwrap_or_default().to_owned(),
            "apiKey" => format!("in {}", scheme.text_at(&["in"]).unwrap_or("header")),
            "oauth2" => match scheme.entries_at(&["flows"]) {
                [] => scheme.text_at(&["flow"]).unwrap_or_default().to_owned(),
                flows => flows.iter().map(|(flow, _)| flow.as_str()).collect::<Vec<_>>().join("/"),
            },
            _ => String::new(),
        };
        let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
        shown.push(format!("{name}: {kind}{detail}"));
        let flows = scheme.entries_at(&["flows"]).iter().map(|(_, flow)| &**flow).chain([&**scheme]);
        let urls =
            flows.flat_map(|flow| ["authorizationUrl", "tokenUrl", "openIdConnectUrl"].map(|key| flow.text_at(&[key])));
        for found in urls.flatten().filter_map(address::of_url) {
            // A host with a dot is somebody else's; the rest is a place holder.
            if found.host.contains('.') {
                let source = Source::new(&file.path, &scheme.place);
                let provider = draft.external(&found.host, &source);
                if let Some(line) = draft.relate(at, provider, "security scheme", "OAuth 2.0 / OpenID Connect", &source)
                {
                    line.description = "Authorises requests with".to_owned();
                }
            }
        }
    }
    let open = tree
        .entries_at(&["paths"])
        .iter()
        .flat_map(|(_, item)| item.entries())
        .filter(|(method, _)| METHODS.contains(&&**method));
    let own = tree.get("security").is_some_and(|all| !all.items().is_empty());
    let unprotected = open.filter(|(_, one)| match one.get("security") {
        Some(all) => all.items().is_empty(),
        None => !own,
    });
    draft.property(at, "openapi.operations.open", unprotected.count().to_string());
    draft.property(at, "openapi.security", if shown.is_empty() { "none".to_owned() } else { shown.join(", ") });
}

fn first_sentence(text: &str) -> String {
    let text = text.trim().lines().next().unwrap_or_default().trim();
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    let sentence: String = text[..end].chars().take(200).collect();
    sentence.trim_end_matches('.').to_owned()
}
