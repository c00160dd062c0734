//! A workspace as JSON, walked: an element renamed, elements and relationships taken out with all that names them.

use serde_json::{Map, Value};

/// The lists in which elements stand within elements.
const LISTS: [&str; 9] = [
    "customElements",
    "people",
    "softwareSystems",
    "containers",
    "components",
    "deploymentNodes",
    "children",
    "infrastructureNodes",
    "softwareSystemInstances",
];
const INSTANCES: &str = "containerInstances";

fn lists(holder: &mut Map<String, Value>) -> impl Iterator<Item = &mut Vec<Value>> {
    let list = |(name, value): (&String, _)| (LISTS.contains(&name.as_str()) || name == INSTANCES).then_some(value);
    holder.iter_mut().filter_map(move |(name, value)| list((name, value))).filter_map(Value::as_array_mut)
}

fn is(value: &Value, ids: &[String]) -> bool {
    value.as_str().is_some_and(|id| ids.iter().any(|one| one == id))
}

/// Changes the fields of the element with this id.
pub(super) fn element(workspace: &mut Value, id: &str, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    fn walk(holder: &mut Map<String, Value>, id: &str, change: &mut dyn FnMut(&mut Map<String, Value>)) {
        for fields in lists(holder).flatten().filter_map(Value::as_object_mut) {
            if fields.get("id").and_then(Value::as_str) == Some(id) {
                change(fields);
                return;
            }
            walk(fields, id, change);
        }
    }
    if let Some(model) = workspace.get_mut("model").and_then(Value::as_object_mut) {
        walk(model, id, change);
    }
}

/// Takes elements out, with their relationships; on views as well, and views that are about them.
pub(super) fn remove_elements(workspace: &mut Value, ids: &[String]) {
    fn walk(holder: &mut Map<String, Value>, ids: &[String], gone: &mut Vec<String>) {
        for list in lists(holder) {
            list.retain(|element| {
                let stays = !is(&element["id"], ids);
                if !stays {
                    relations(element, gone);
                }
                stays
            });
            for fields in list.iter_mut().filter_map(Value::as_object_mut) {
                if let Some(own) = fields.get_mut("relationships").and_then(Value::as_array_mut) {
                    own.retain(|one| {
                        let stays = !is(&one["destinationId"], ids);
                        if !stays && let Some(id) = one["id"].as_str() {
                            gone.push(id.to_owned());
                        }
                        stays
                    });
                }
                walk(fields, ids, gone);
            }
        }
    }
    /// Ids of the relationships of an element and of all within it.
    fn relations(value: &Value, gone: &mut Vec<String>) {
        for one in value["relationships"].as_array().into_iter().flatten() {
            gone.extend(one["id"].as_str().map(str::to_owned));
        }
        for (name, list) in value.as_object().into_iter().flatten() {
            if LISTS.contains(&name.as_str()) || name == INSTANCES {
                list.as_array().into_iter().flatten().for_each(|child| relations(child, gone));
            }
        }
    }
    let mut gone = Vec::new();
    if let Some(model) = workspace.get_mut("model").and_then(Value::as_object_mut) {
        walk(model, ids, &mut gone);
    }
    for list in view_lists(workspace) {
        let scope =
            |view: &Value| ["softwareSystemId", "containerId", "elementId"].iter().any(|name| is(&view[*name], ids));
        list.retain(|view| !scope(view));
        for view in list.iter_mut() {
            if let Some(elements) = view.get_mut("elements").and_then(Value::as_array_mut) {
                elements.retain(|element| !is(&element["id"], ids));
            }
            for step in view.get_mut("animations").and_then(Value::as_array_mut).into_iter().flatten() {
                if let Some(elements) = step.get_mut("elements").and_then(Value::as_array_mut) {
                    elements.retain(|element| !is(element, ids));
                }
            }
        }
    }
    remove_relationships(workspace, &gone);
    // A filtered view whose base went goes as well.
    let keys: Vec<Value> = view_lists(workspace).flatten().map(|view| view["key"].clone()).collect();
    if let Some(filtered) = workspace.pointer_mut("/views/filteredViews").and_then(Value::as_array_mut) {
        filtered.retain(|view| keys.contains(&view["baseViewKey"]));
    }
}

/// Takes relationships out, also those that follow from them, and from the views.
pub(super) fn remove_relationships(workspace: &mut Value, ids: &[String]) {
    fn following(value: &Value, ids: &mut Vec<String>) {
        for one in value["relationships"].as_array().into_iter().flatten() {
            if is(&one["linkedRelationshipId"], ids) {
                ids.extend(one["id"].as_str().map(str::to_owned));
            }
        }
        for list in value.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array) {
            list.iter().filter(|child| child.is_object()).for_each(|child| following(child, ids));
        }
    }
    fn walk(holder: &mut Map<String, Value>, ids: &[String]) {
        for fields in lists(holder).flatten().filter_map(Value::as_object_mut) {
            if let Some(own) = fields.get_mut("relationships").and_then(Value::as_array_mut) {
                own.retain(|one| !is(&one["id"], ids));
            }
            walk(fields, ids);
        }
    }
    let mut ids = ids.to_vec();
    following(&workspace["model"], &mut ids);
    if let Some(model) = workspace.get_mut("model").and_then(Value::as_object_mut) {
        walk(model, &ids);
    }
    for view in view_lists(workspace).flatten() {
        if let Some(lines) = view.get_mut("relationships").and_then(Value::as_array_mut) {
            lines.retain(|line| !is(&line["id"], &ids));
        }
        for step in view.get_mut("animations").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(lines) = step.get_mut("relationships").and_then(Value::as_array_mut) {
                lines.retain(|line| !is(line, &ids));
            }
        }
    }
}

fn view_lists(workspace: &mut Value) -> impl Iterator<Item = &mut Vec<Value>> {
    let views = workspace.get_mut("views").and_then(Value::as_object_mut);
    views.into_iter().flatten().filter_map(|(_, list)| list.as_array_mut())
}
