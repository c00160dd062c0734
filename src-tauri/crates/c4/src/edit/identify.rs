//! Identifiers for elements that are known by their names alone.

use crate::model::{ElementId, IDENTIFIER, Model};

/// Gives an element that has none an identifier, so that its key does not change with its name.
pub(super) fn identify(model: &mut Model, id: ElementId) {
    if model.element(id).kind.is_instance() || model.element(id).properties.contains_key(IDENTIFIER) {
        return;
    }
    let parent = model.element(id).parent.and_then(|parent| model.element(parent).properties.get(IDENTIFIER)).cloned();
    let own = plain(&model.element(id).name);
    let full = |own: &str| parent.as_ref().map_or_else(|| own.to_owned(), |parent| format!("{parent}.{own}"));
    let taken =
        |name: &str| model.elements().any(|(_, one)| one.properties.get(IDENTIFIER).is_some_and(|known| known == name));
    let mut name = full(&own);
    let mut count = 1;
    while taken(&name) {
        count += 1;
        name = full(&format!("{own}{count}"));
    }
    model.element_mut(id).properties.insert(IDENTIFIER.to_owned(), name);
}

/// Letters and digits of a name, in lower case; what the DSL takes for an identifier.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match letters.chars().next() {
        None => "element".to_owned(),
        // A word of the language as an identifier would not be read back.
        Some(_) if RESERVED.contains(&letters.as_str()) => format!("{letters}1"),
        Some(first) if first.is_ascii_digit() => format!("e{letters}"),
        Some(_) => letters,
    }
}

const RESERVED: &[&str] = &[
    "this",
    "person",
    "element",
    "group",
    "container",
    "component",
    "model",
    "views",
    "workspace",
    "deploymentnode",
    "deploymentenvironment",
    "deploymentgroup",
    "infrastructurenode",
    "instanceof",
    "softwaresystem",
    "properties",
    "perspectives",
    "softwaresysteminstance",
    "containerinstance",
    "tags",
    "url",
    "name",
    "description",
    "technology",
    "configuration",
    "archetypes",
    "styles",
    "healthcheck",
    "instances",
    "documentation",
    "metadata",
];
