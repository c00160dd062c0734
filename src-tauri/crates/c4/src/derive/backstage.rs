//! Backstage's catalogue: systems, components, resources, the interfaces between them, and who owns them.

use super::draft::{At, Draft, Source};
use super::technology;
use super::tree::Node;
use crate::diagnostic::Level;
use crate::model::{ElementKind, Perspective};
use std::collections::HashMap;
use std::rc::Rc;

/// An entity of the catalogue.
pub(crate) struct Entity {
    kind: String,
    name: String,
    namespace: String,
    file: String,
    node: Rc<Node>,
}

impl Entity {
    /// The entity of a document; none where kind or name is missing.
    pub(crate) fn read(file: &str, node: &Rc<Node>) -> Option<Self> {
        Some(Self {
            kind: node.text_at(&["kind"])?.to_lowercase(),
            name: node.text_at(&["metadata", "name"])?.to_owned(),
            namespace: node.text_at(&["metadata", "namespace"]).unwrap_or("default").to_lowercase(),
            file: file.to_owned(),
            node: node.clone(),
        })
    }

    fn key(&self) -> Key {
        (self.kind.clone(), self.namespace.clone(), self.name.to_lowercase())
    }

    fn source(&self) -> Source {
        Source::new(&self.file, &self.node.place)
    }

    fn title(&self) -> &str {
        self.node.text_at(&["metadata", "title"]).unwrap_or(&self.name)
    }

    fn spec(&self, name: &str) -> &str {
        self.node.text_at(&["spec", name]).unwrap_or_default()
    }

    fn references(&self, name: &str, kind: &str) -> Vec<(Key, Source)> {
        let Some(list) = self.node.at(&["spec", name]) else { return Vec::new() };
        let source = Source::new(&self.file, &list.place);
        list.texts()
            .into_iter()
            .filter_map(|text| Some((reference(text, kind, &self.namespace)?, source.clone())))
            .collect()
    }
}

/// Kind, namespace, name, in small letters.
type Key = (String, String, String);

/// `kind:namespace/name`, of which kind and namespace may be left out.
fn reference(text: &str, kind: &str, namespace: &str) -> Option<Key> {
    let text = text.trim().to_lowercase();
    let (kind, rest) = text.split_once(':').unwrap_or((kind, &text));
    let (namespace, name) = rest.split_once('/').unwrap_or((namespace, rest));
    (!name.is_empty()).then(|| (kind.to_owned(), namespace.to_owned(), name.to_owned()))
}

/// Adds the entities.
pub(crate) fn add(draft: &mut Draft, entities: &[Entity]) {
    let mut known: HashMap<Key, &Entity> = HashMap::new();
    for entity in entities {
        known.entry(entity.key()).or_insert(entity);
    }
    let mut boxes: HashMap<Key, At> = HashMap::new();
    for entity in entities.iter().filter(|one| one.kind == "system") {
        let at = draft.add(ElementKind::SoftwareSystem, None, entity.title(), &entity.source());
        describe(draft, entity, at, &known);
        if let Some(domain) = reference(entity.spec("domain"), "domain", &entity.namespace) {
            let name = known.get(&domain).map_or(domain.2.as_str(), |one| one.title());
            draft.of(at).group = Some(name.to_owned());
        }
        boxes.insert(entity.key(), at);
    }
    // Parts of components and interfaces stand within what has them, so that comes first.
    let part_of = |one: &Entity| reference(one.spec("subcomponentOf"), "component", &one.namespace);
    for nested in [false, true] {
        let here = entities.iter().filter(|one| one.kind == "component" || one.kind == "resource");
        for entity in here.filter(|one| part_of(one).is_some() == nested) {
            let whole = part_of(entity).and_then(|key| boxes.get(&key)).copied();
            let at = match whole.filter(|at| draft.boxes[*at].element.kind == ElementKind::Container) {
                Some(whole) => draft.add(ElementKind::Component, Some(whole), entity.title(), &entity.source()),
                None => {
                    let system = system(draft, entity, &boxes);
                    draft.container(system, entity.title(), &entity.source())
                }
            };
            describe(draft, entity, at, &known);
            boxes.insert(entity.key(), at);
        }
    }
    interfaces(draft, entities, &known, &mut boxes);
    for entity in entities {
        relate(draft, entity, &boxes);
    }
    for entity in entities.iter().filter(|one| one.kind == "location") {
        let line = entity.node.place.line();
        draft.remark(
            Level::Note,
            &entity.file,
            line,
            format!("the files that location \"{}\" names are not looked for – give them as well", entity.name),
        );
    }
}

fn system(draft: &mut Draft, entity: &Entity, boxes: &HashMap<Key, At>) -> At {
    let Some(key) = reference(entity.spec("system"), "system", &entity.namespace) else { return draft.home() };
    match boxes.get(&key) {
        Some(at) => *at,
        None => {
            // As it is written: keys are in small letters.
            let name = entity.spec("system").rsplit(['/', ':']).next().unwrap_or(&key.2);
            draft.add(ElementKind::SoftwareSystem, None, name, &entity.source())
        }
    }
}

fn describe(draft: &mut Draft, entity: &Entity, at: At, known: &HashMap<Key, &Entity>) {
    let kind = entity.spec("type");
    draft.property(at, "backstage.ref", format!("{}:{}/{}", entity.kind, entity.namespace, entity.name));
    draft.property(at, "backstage.type", kind);
    draft.property(at, "backstage.lifecycle", entity.spec("lifecycle"));
    let tags: Vec<&str> = entity.node.items_at(&["metadata", "tags"]).iter().filter_map(|tag| tag.text()).collect();
    let technology = tags.iter().chain([&kind]).find_map(|tag| technology::product(tag));
    if let Some((label, role)) = technology {
        draft.technology(at, label);
        draft.of(at).add_tags(role.tag());
    } else if let Some(label) = tags.iter().find_map(|tag| language(tag)) {
        draft.technology(at, label);
    }
    let kind = kind.to_lowercase();
    for (word, tag) in [
        ("database", "Database"),
        ("queue", "Queue"),
        ("topic", "Queue"),
        ("bucket", "Storage"),
        ("library", "Library"),
        ("website", "Website"),
    ] {
        if kind.contains(word) {
            draft.of(at).add_tags([tag]);
        }
    }
    let owner = reference(entity.spec("owner"), "group", &entity.namespace);
    let element = draft.of(at);
    if element.description.is_empty() {
        element.description = entity.node.text_at(&["metadata", "description"]).unwrap_or_default().to_owned();
    }
    if let Some(owner) = owner {
        let name = known
            .get(&owner)
            .and_then(|one| one.node.text_at(&["spec", "profile", "displayName"]).or(Some(one.title())));
        let name = name.unwrap_or(&owner.2).to_owned();
        element.properties.insert("owner".to_owned(), name.clone());
        if !element.perspectives.iter().any(|one| one.name == "Ownership") {
            element.perspectives.push(Perspective {
                name: "Ownership".to_owned(),
                description: name,
                ..Perspective::default()
            });
        }
    }
    let links = entity.node.items_at(&["metadata", "links"]);
    if let Some(url) = links.iter().find_map(|link| link.text_at(&["url"])).filter(|url| !url.contains('@')) {
        element.url = url.to_owned();
    }
}

fn language(tag: &str) -> Option<&'static str> {
    Some(match tag.to_lowercase().as_str() {
        "java" => "Java",
        "kotlin" => "Kotlin",
        "go" | "golang" => "Go",
        "python" => "Python",
        "typescript" => "TypeScript",
        "javascript" => "JavaScript",
        "nodejs" | "node" => "Node.js",
        "dotnet" | "csharp" => ".NET",
        "rust" => "Rust",
        "ruby" | "rails" => "Ruby",
        "php" => "PHP",
        "react" => "React",
        "angular" => "Angular",
        "vue" => "Vue",
        _ => return None,
    })
}

/// An interface is a part of whoever provides it; of nobody known, it stands for itself.
fn interfaces(draft: &mut Draft, entities: &[Entity], known: &HashMap<Key, &Entity>, boxes: &mut HashMap<Key, At>) {
    let mut providers: HashMap<Key, At> = HashMap::new();
    for entity in entities {
        if let Some(at) = boxes.get(&entity.key()) {
            for (api, _) in entity.references("providesApis", "api") {
                providers.entry(api).or_insert(*at);
            }
        }
    }
    for entity in entities.iter().filter(|one| one.kind == "api") {
        let provider =
            providers.get(&entity.key()).copied().filter(|at| draft.boxes[*at].element.kind == ElementKind::Container);
        let at = match provider {
            Some(provider) => draft.add(ElementKind::Component, Some(provider), entity.title(), &entity.source()),
            None => {
                let system = system(draft, entity, boxes);
                draft.container(system, entity.title(), &entity.source())
            }
        };
        draft.technology(at, protocol(entity.spec("type")));
        describe(draft, entity, at, known);
        draft.of(at).add_tags(["API"]);
        boxes.insert(entity.key(), at);
    }
    // One that is used or provided but not described.
    for entity in entities {
        for (key, source) in entity.references("consumesApis", "api") {
            if !boxes.contains_key(&key) {
                let at = match providers.get(&key) {
                    Some(provider) => *provider,
                    None => {
                        let system = system(draft, entity, boxes);
                        draft.mention(system, &key.2, &source)
                    }
                };
                boxes.insert(key, at);
            }
        }
    }
}

fn protocol(kind: &str) -> &str {
    match kind {
        "openapi" => "HTTP (OpenAPI)",
        "asyncapi" => "Messages (AsyncAPI)",
        "grpc" => "gRPC",
        "graphql" => "GraphQL",
        "trpc" => "tRPC",
        other => other,
    }
}

fn relate(draft: &mut Draft, entity: &Entity, boxes: &HashMap<Key, At>) {
    let Some(at) = boxes.get(&entity.key()).copied() else { return };
    for (key, source) in entity.references("consumesApis", "api") {
        if let Some(to) = boxes.get(&key).copied() {
            let technology = draft.boxes[to].element.technology.clone();
            if let Some(line) = draft.relate(at, to, "consumesApis", &technology, &source) {
                line.description = "Uses".to_owned();
            }
        }
    }
    for (key, source) in entity.references("dependsOn", "component") {
        match boxes.get(&key) {
            Some(to) => {
                draft.relate(at, *to, "dependsOn", "", &source);
            }
            None => {
                let place = if key.1 == "default" { String::new() } else { format!("{}/", key.1) };
                let message = format!(
                    "\"{}\" depends on {}:{place}{}, which is not in the given files",
                    entity.name, key.0, key.2
                );
                draft.remark(Level::Warning, &entity.file, entity.node.place.line(), message);
            }
        }
    }
    for (key, source) in entity.references("dependencyOf", "component") {
        if let Some(from) = boxes.get(&key) {
            draft.relate(*from, at, "dependencyOf", "", &source);
        }
    }
}
