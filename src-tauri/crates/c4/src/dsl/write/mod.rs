//! A workspace as Structurizr DSL: one form of each thing, in the order of the model.
//!
//! Read again, the text gives the same workspace, less what the language has no words for: positions, bends, paper
//! sizes, documents, fields of the JSON that have no meaning here. [`crate::places`] carries positions over.

mod content;
mod deployment;
mod elements;
mod names;
mod relationships;
mod styles;
mod text;
mod views;

use crate::model::{Perspective, Properties, Workspace};
use names::Names;
use relationships::Plan;
use serde_json::Value;
use text::Text;

/// Writes a workspace as Structurizr DSL. Elements keep their own identifiers; those that have none and are referred
/// to get one made of their name.
pub fn write(workspace: &Workspace) -> String {
    let plan = Plan::of(&workspace.model);
    let contents = content::of(workspace);
    let names = Names::of(workspace, &plan, &contents);
    let mut text = Text::default();
    let words = ["workspace".to_owned(), text.quote(&workspace.name), text.quote(&workspace.description)];
    text.open(&words.join(" "));
    if names.hierarchical_first() {
        text.line("!identifiers hierarchical");
        text.blank();
    }
    if !workspace.properties.is_empty() {
        properties(&mut text, &workspace.properties);
        text.blank();
    }
    text.open("model");
    elements::write(&mut text, &workspace.model, &names);
    relationships::write(&mut text, &workspace.model, &names, &plan);
    deployment::write(&mut text, &workspace.model, &names, &plan);
    text.close();
    text.blank();
    text.open("views");
    views::write(&mut text, workspace, &names, &contents);
    styles::write(&mut text, &workspace.configuration);
    text.close();
    access(&mut text, workspace);
    text.close();
    text.finish()
}

/// Name/value pairs in braces, left out when there are none.
fn properties(text: &mut Text, properties: &Properties) {
    // The identifier is said by the name itself.
    let all: Vec<_> = properties.iter().filter(|(name, _)| *name != crate::model::IDENTIFIER).collect();
    if all.is_empty() {
        return;
    }
    text.open("properties");
    for (name, value) in all.into_iter().filter(|(name, _)| !name.starts_with('!')) {
        text.call("", &[name, value], 2);
    }
    text.close();
}

/// Perspectives in braces, left out when there are none.
fn perspectives(text: &mut Text, perspectives: &[Perspective]) {
    if perspectives.is_empty() {
        return;
    }
    text.open("perspectives");
    for one in perspectives {
        if one.url.is_empty() && !one.name.starts_with('!') {
            text.call("", &[&one.name, &one.description, &one.value], 2);
            continue;
        }
        let name = text.quote(&one.name);
        text.open(&format!("perspective {name}"));
        for (field, value) in [("description", &one.description), ("value", &one.value), ("url", &one.url)] {
            if !value.is_empty() {
                text.call(field, &[value], 1);
            }
        }
        text.close();
    }
    text.close();
}

/// Scope, visibility and users.
fn access(text: &mut Text, workspace: &Workspace) {
    let word = |name: &str| workspace.access.get(name).and_then(Value::as_str);
    let scope = match word("scope") {
        Some("Landscape") => Some("landscape"),
        Some("SoftwareSystem") => Some("softwaresystem"),
        _ => None,
    };
    let visibility = match word("visibility") {
        Some("Private") => Some("private"),
        Some("Public") => Some("public"),
        _ => None,
    };
    let users: Vec<(&str, &str)> =
        workspace.access.get("users").and_then(Value::as_array).map_or_else(Vec::new, |users| {
            let role = |user: &Value| if user["role"] == "ReadWrite" { "write" } else { "read" };
            users.iter().filter_map(|user| Some((user["username"].as_str()?, role(user)))).collect()
        });
    if scope.is_none() && visibility.is_none() && users.is_empty() {
        return;
    }
    text.blank();
    text.open("configuration");
    if let Some(scope) = scope {
        text.line(&format!("scope {scope}"));
    }
    if let Some(visibility) = visibility {
        text.line(&format!("visibility {visibility}"));
    }
    if !users.is_empty() {
        text.open("users");
        for (name, role) in users {
            text.call("", &[name, role], 2);
        }
        text.close();
    }
    text.close();
}
