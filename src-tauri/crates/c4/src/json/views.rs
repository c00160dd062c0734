//! JSON to workspace: views.

use super::reader::{Fields, refuse};
use crate::diagnostic::Refusal;
use crate::model::{
    Animation, AutoLayout, Direction, ElementKind, ElementView, FilterMode, Model, RelationshipView, View, ViewKind,
    Workspace,
};
use std::collections::HashSet;

pub(super) fn read(mut lists: Fields, workspace: &mut Workspace) -> Result<(), Refusal> {
    let mut views = Vec::new();
    for kind in ViewKind::ALL {
        let mut all = lists.objects(kind.list())?;
        if kind == ViewKind::SystemLandscape {
            // The name that the list had at first.
            all.extend(lists.objects("enterpriseContextViews")?);
        }
        for fields in all {
            views.push(view(kind, fields, &workspace.model)?);
        }
    }
    let mut keys = HashSet::new();
    for view in &views {
        if !keys.insert(view.key.as_str()) {
            return Err(refuse(
                format!("A view with the key {} already exists.", view.key),
                "give each view its own key",
            ));
        }
    }
    for view in views.iter().filter(|view| view.kind == ViewKind::Filtered) {
        if !keys.contains(view.base.as_str()) {
            let message = format!(
                "The filtered view with key \"{}\" is based upon a view (key={}), but that view does not exist in the workspace.",
                view.key, view.base
            );
            return Err(refuse(message, "add the view or remove the filtered one"));
        }
    }
    // Older files have no order: views without one stay as they come.
    views.sort_by_key(|view| view.order);
    workspace.views = views;
    Ok(())
}

fn view(kind: ViewKind, mut fields: Fields, model: &Model) -> Result<View, Refusal> {
    let mut view = View::new(kind, fields.text("key")?);
    if view.key.is_empty() {
        // The first versions had names for keys.
        view.key = fields.text("name")?;
    }
    fields.take("name");
    view.generated_key = fields.flag("generatedKey")?.unwrap_or(false);
    view.order = fields.number("order")?.unwrap_or(0).max(0) as u32;
    view.title = fields.text("title")?;
    view.description = fields.text("description")?;
    view.environment = fields.text("environment")?;
    if kind == ViewKind::Deployment && view.environment.is_empty() {
        view.environment = "Default".to_owned();
    }
    scope(&mut view, &mut fields, model)?;
    view.properties = fields.properties()?;
    contents(&mut view, &mut fields, model)?;
    layout(&mut view, &mut fields)?;
    match kind {
        ViewKind::Filtered => {
            view.base = fields.text("baseViewKey")?;
            let include = fields.text("mode")?.eq_ignore_ascii_case("include");
            view.mode = if include { FilterMode::Include } else { FilterMode::Exclude };
            view.tags = fields.texts("tags")?;
        }
        ViewKind::Image => {
            view.image.content = fields.some_text("content")?;
            view.image.content_type = fields.some_text("contentType")?;
        }
        _ => {}
    }
    view.extra = fields.rest();
    Ok(view)
}

fn scope(view: &mut View, fields: &mut Fields, model: &Model) -> Result<(), Refusal> {
    use ElementKind::{Container, SoftwareSystem};
    let (field, wanted, words): (_, Option<ElementKind>, _) = match view.kind {
        ViewKind::SystemContext => {
            ("softwareSystemId", Some(SoftwareSystem), ("The system context view", "a software system"))
        }
        ViewKind::Container => ("softwareSystemId", Some(SoftwareSystem), ("The container view", "a software system")),
        ViewKind::Component => ("containerId", Some(Container), ("The component view", "a container")),
        ViewKind::Deployment => {
            ("softwareSystemId", Some(SoftwareSystem), ("The deployment view", "a software system"))
        }
        ViewKind::Dynamic => ("elementId", None, ("The dynamic view", "an element")),
        ViewKind::Image => ("elementId", None, ("The image view", "an element")),
        _ => return Ok(()),
    };
    let id = fields.text(field)?;
    if view.kind == ViewKind::Component {
        // Follows from the container.
        fields.take("softwareSystemId");
    }
    let optional = matches!(view.kind, ViewKind::Deployment | ViewKind::Dynamic | ViewKind::Image);
    if id.is_empty() && optional {
        return Ok(());
    }
    view.scope = model.element_by_id(&id).filter(|found| wanted.is_none_or(|kind| model.element(*found).kind == kind));
    if view.scope.is_none() {
        let message = format!(
            "{} with key \"{}\" is associated with {} (id={id}), but that element does not exist in the model.",
            words.0, view.key, words.1
        );
        return Err(refuse(message, "add the element or remove the view"));
    }
    Ok(())
}

fn contents(view: &mut View, fields: &mut Fields, model: &Model) -> Result<(), Refusal> {
    let missing = |what: &str, id: &str| {
        let message = format!(
            "The view with key \"{}\" references {what} (id={id}), but that {} does not exist in the model.",
            view.key,
            what.trim_start_matches("an ").trim_start_matches("a ")
        );
        refuse(message, "remove it from the view")
    };
    for mut one in fields.objects("elements")? {
        let id = one.text("id")?;
        let Some(element) = model.element_by_id(&id) else { return Err(missing("an element", &id)) };
        let (x, y) = (one.number("x")?, one.number("y")?);
        view.elements.insert(element, ElementView { x, y, extra: one.rest() });
    }
    for mut one in fields.objects("relationships")? {
        let id = one.text("id")?;
        let Some(relationship) = model.relationship_by_id(&id) else { return Err(missing("a relationship", &id)) };
        let mut shown = RelationshipView::new(relationship);
        shown.description = one.text("description")?;
        shown.order = one.text("order")?;
        shown.response = one.flag("response")?.unwrap_or(false);
        shown.url = one.text("url")?;
        shown.properties = one.properties()?;
        for mut vertex in one.objects("vertices")? {
            let mut side = |name: &str| vertex.take(name).and_then(|value| value.as_f64()).unwrap_or(0.0);
            shown.vertices.push((side("x"), side("y")));
        }
        shown.extra = one.rest();
        view.relationships.push(shown);
    }
    for mut step in fields.objects("animations")? {
        let elements = step.texts("elements")?;
        let relationships = step.texts("relationships")?;
        view.animations.push(Animation {
            elements: elements.iter().filter_map(|id| model.element_by_id(id)).collect(),
            relationships: relationships.iter().filter_map(|id| model.relationship_by_id(id)).collect(),
        });
    }
    Ok(())
}

fn layout(view: &mut View, fields: &mut Fields) -> Result<(), Refusal> {
    view.paper_size = fields.some_text("paperSize")?;
    let mut dimensions = fields.object("dimensions")?;
    if let (Some(width), Some(height)) = (dimensions.number("width")?, dimensions.number("height")?) {
        view.dimensions = Some((width, height));
    }
    if let Some(value) = fields.take("automaticLayout") {
        let mut auto = Fields::of(value, format!("{}/automaticLayout", fields.place()))?;
        view.auto_layout = Some(AutoLayout {
            direction: match auto.text("rankDirection")?.as_str() {
                "BottomTop" => Direction::BottomTop,
                "LeftRight" => Direction::LeftRight,
                "RightLeft" => Direction::RightLeft,
                _ => Direction::TopBottom,
            },
            rank_separation: auto.number("rankSeparation")?.unwrap_or(300),
            node_separation: auto.number("nodeSeparation")?.unwrap_or(300),
            extra: auto.rest(),
        });
    }
    Ok(())
}
