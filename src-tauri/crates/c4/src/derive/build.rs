//! From the draft to a workspace: model, views, and shapes by tag.

use super::draft::{Draft, FOUND_BY, SOURCE, SOURCE_PLACE, Source};
use crate::content::{Content, free_key};
use crate::model::{
    AutoLayout, ElementId, ElementKind, ElementStyle, Implied, Model, Properties, Relationship, View, ViewKind,
    Workspace,
};

/// Shapes by tag: tag, shape, background.
const STYLES: [(&str, &str, Option<&str>); 6] = [
    ("Database", "Cylinder", None),
    ("Queue", "Pipe", None),
    ("Storage", "Folder", None),
    ("External", "Box", Some("#999999")),
    ("Unresolved", "Box", Some("#b0a080")),
    ("Ingress", "Hexagon", None),
];

/// Makes the workspace.
pub(crate) fn build(draft: &mut Draft) -> Workspace {
    draft.name_home();
    let mut workspace = Workspace::default();
    let model = &mut workspace.model;
    let mut ids: Vec<Option<ElementId>> = Vec::with_capacity(draft.boxes.len());
    // Parents and originals stand before what refers to them; instances wait for the relationships to copy.
    let mut instances = Vec::new();
    for sketch in &draft.boxes {
        let mut element = sketch.element.clone();
        remember(&mut element.properties, &sketch.sources);
        if sketch.undefined {
            element.add_tags(["Unresolved"]);
            element.description = "Named by others; not defined in the given files".to_owned();
        }
        let known = |at: Option<usize>| at.map(|at| ids[at]);
        let (parent, of) = (known(sketch.parent), known(sketch.instance_of));
        if parent == Some(None) || of == Some(None) {
            ids.push(None);
            continue;
        }
        (element.parent, element.instance_of) = (parent.flatten(), of.flatten());
        let id = model.add(element).ok();
        if sketch.instance_of.is_some() {
            instances.extend(id);
        }
        ids.push(id);
    }
    for line in &draft.lines {
        let (Some(from), Some(to)) = (ids[line.from], ids[line.to]) else { continue };
        let mut relationship = Relationship::new(from, to, describe(&line.description, &line.found_by));
        relationship.technology = line.technology.clone();
        relationship.properties = line.properties.clone();
        relationship.properties.insert(FOUND_BY.to_owned(), line.found_by.join(", "));
        remember(&mut relationship.properties, &line.sources);
        // The draft joins the same two only once, and implied ones give way: nothing to refuse.
        let _ = model.relate(relationship, Implied::UnlessAny);
    }
    for instance in instances {
        run_beside(model, instance);
    }
    let system = model.of_kind(ElementKind::SoftwareSystem).find(|id| !model.element(*id).has_tag("External"));
    workspace.name = system.map_or_else(|| "Derived".to_owned(), |id| model.element(id).name.clone());
    add_styles(&mut workspace);
    let scopes = scopes(&workspace.model);
    add_views(&mut workspace, scopes);
    workspace
}

/// Copies, to an instance, the relationships of its element to the elements of which instances run in the same
/// environment. What [`Model::replicate`] does, without looking at every pair: a cluster has thousands of instances.
fn run_beside(model: &mut Model, instance: ElementId) {
    let Some(of) = model.element(instance).instance_of else { return };
    let environment = model.element(instance).environment.clone();
    for original in model.outgoing(of).to_vec() {
        let like = model.relationship(original).clone();
        for other in model.instances_of(like.destination).to_vec() {
            if other == instance || model.element(other).environment != environment {
                continue;
            }
            let mut copy = Relationship::new(instance, other, like.description.clone());
            copy.technology.clone_from(&like.technology);
            copy.tags.clear();
            copy.linked = Some(original);
            // One of the same description is there already: nothing to add.
            let _ = model.connect(copy);
        }
    }
}

/// Writes sources into properties: the first plainly, further ones with their number.
pub(crate) fn remember(properties: &mut Properties, sources: &[Source]) {
    for source in sources {
        let slot = (1..).map(slot).find(|(file, _)| properties.get(file).is_none_or(|known| *known == source.file));
        let Some((file, place)) = slot else { return };
        properties.insert(file, source.file.clone());
        properties.insert(place, source.place.clone());
    }
}

/// The names of the properties of the source with this number, from 1.
pub(crate) fn slot(number: usize) -> (String, String) {
    match number {
        1 => (SOURCE.to_owned(), SOURCE_PLACE.to_owned()),
        _ => (format!("{SOURCE}.{number}"), format!("{SOURCE}.{number}.place")),
    }
}

/// The sources that properties hold.
pub(crate) fn sources(properties: &Properties) -> Vec<Source> {
    let slots = (1..).map(slot).map_while(|(file, place)| Some((properties.get(&file)?, properties.get(&place))));
    slots.map(|(file, place)| Source::new(file, place.map_or("", String::as_str))).collect()
}

fn describe(own: &str, found_by: &[&str]) -> String {
    match own {
        "" if found_by.iter().all(|by| *by == "depends_on") => "Depends on".to_owned(),
        "" => "Uses".to_owned(),
        own => own.to_owned(),
    }
}

/// Gives the tags that occur their shapes, unless there is a style of the tag.
pub(crate) fn add_styles(workspace: &mut Workspace) {
    for (tag, shape, background) in STYLES {
        let used = workspace.model.elements().any(|(_, element)| element.has_tag(tag));
        let styles = &mut workspace.configuration.styles.elements;
        if used && !styles.iter().any(|style| style.tag == tag) {
            styles.push(ElementStyle {
                tag: tag.to_owned(),
                shape: Some(shape.to_owned()),
                background: background.map(str::to_owned),
                ..ElementStyle::default()
            });
        }
    }
}

/// What a view is of: its kind, the element that it is about, the environment.
pub(crate) type Scope = (ViewKind, Option<ElementId>, String);

/// Makes views of these scopes, with what belongs on each.
pub(crate) fn add_views(workspace: &mut Workspace, scopes: Vec<Scope>) {
    for (kind, scope, environment) in scopes {
        let mut view = View::new(kind, free_key(workspace, kind));
        view.generated_key = true;
        view.order = workspace.views.len() as u32 + 1;
        view.scope = scope;
        view.environment = environment;
        view.auto_layout = Some(AutoLayout::usual());
        Content::of(&workspace.model, &mut view).add_defaults(false);
        if !view.elements.is_empty() {
            workspace.views.push(view);
        }
    }
}

/// The views that a model calls for: a landscape where several systems meet, a container view of each system, a
/// component view of each container that has any, a deployment view of each environment.
pub(crate) fn scopes(model: &Model) -> Vec<Scope> {
    let systems: Vec<ElementId> = model.of_kind(ElementKind::SoftwareSystem).collect();
    let mut scopes = Vec::new();
    if systems.len() > 1 {
        scopes.push((ViewKind::SystemLandscape, None, String::new()));
    }
    for system in systems {
        if !model.children(system).is_empty() {
            scopes.push((ViewKind::Container, Some(system), String::new()));
        }
        for container in model.children(system) {
            if !model.children(*container).is_empty() {
                scopes.push((ViewKind::Component, Some(*container), String::new()));
            }
        }
    }
    let nodes = model.elements().filter(|(_, one)| one.parent.is_none() && one.kind.is_deployment());
    let mut environments: Vec<&str> = nodes.map(|(_, one)| one.environment.as_str()).collect();
    environments.sort_unstable();
    environments.dedup();
    scopes.extend(environments.into_iter().map(|one| (ViewKind::Deployment, None, one.to_owned())));
    scopes
}
