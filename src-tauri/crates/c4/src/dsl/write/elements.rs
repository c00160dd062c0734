//! People, systems and what is in them, in their groups.

use super::names::Names;
use super::text::Text;
use super::{perspectives, properties};
use crate::model::{Element, ElementId, ElementKind, Model};

pub(super) fn write(text: &mut Text, model: &Model, names: &Names) {
    properties(text, &model.properties);
    let top: Vec<ElementId> = model
        .elements()
        .filter(|(_, element)| element.parent.is_none() && !element.kind.is_deployment())
        .map(|(id, _)| id)
        .collect();
    let mut nested = names.hierarchical_first();
    text.blank();
    grouped(text, model, &top, &mut |text, id| {
        if let Some(mode) = names.mode(id).filter(|mode| *mode != nested) {
            nested = mode;
            text.line(mode_line(mode));
        }
        element(text, model, names, id);
    });
    // Environments set their own where it differs from this.
    if nested != names.hierarchical_first() {
        text.line(mode_line(names.hierarchical_first()));
    }
}

pub(super) fn mode_line(nested: bool) -> &'static str {
    if nested { "!identifiers hierarchical" } else { "!identifiers flat" }
}

/// Writes elements one after the other, opening and closing groups as they change.
pub(super) fn grouped(text: &mut Text, model: &Model, ids: &[ElementId], each: &mut dyn FnMut(&mut Text, ElementId)) {
    let separator = model.properties.get("structurizr.groupSeparator").filter(|separator| !separator.is_empty());
    let mut open: Vec<&str> = Vec::new();
    for id in ids {
        let path: Vec<&str> = match (&model.element(*id).group, separator) {
            (None, _) => Vec::new(),
            (Some(group), Some(separator)) if group.split(separator.as_str()).all(|part| !part.is_empty()) => {
                group.split(separator.as_str()).collect()
            }
            (Some(group), _) => vec![group.as_str()],
        };
        let same = open.iter().zip(&path).take_while(|(one, other)| one == other).count();
        for _ in same..open.len() {
            text.close();
            open.pop();
        }
        for name in &path[same..] {
            let quoted = text.quote(name);
            text.open(&format!("group {quoted}"));
            open.push(name);
        }
        each(text, *id);
    }
    for _ in open {
        text.close();
    }
}

fn element(text: &mut Text, model: &Model, names: &Names, id: ElementId) {
    let one = model.element(id);
    let tags = own_tags(one);
    let name = name(one);
    let (keyword, words): (_, Vec<&str>) = match one.kind {
        ElementKind::CustomElement => ("element", vec![name, &one.technology, &one.description, &tags]),
        ElementKind::Person => ("person", vec![name, &one.description, &tags]),
        ElementKind::Container => ("container", vec![name, &one.description, &one.technology, &tags]),
        ElementKind::Component => ("component", vec![name, &one.description, &one.technology, &tags]),
        _ => ("softwareSystem", vec![name, &one.description, &tags]),
    };
    let line = text.words(&defined(names, id, keyword), &words, 1);
    let children = model.children(id);
    if children.is_empty() && !has_fields(one) {
        text.line(&line);
        return;
    }
    text.open(&line);
    fields(text, one);
    grouped(text, model, children, &mut |text, child| element(text, model, names, child));
    text.close();
}

/// `identifier = keyword`, or the keyword alone.
pub(super) fn defined(names: &Names, id: ElementId, keyword: &str) -> String {
    match names.short(id) {
        Some(name) => format!("{name} = {keyword}"),
        None => keyword.to_owned(),
    }
}

/// The name, or a word where it could not be read again.
pub(super) fn name(element: &Element) -> &str {
    if element.name.trim().is_empty() { "?" } else { &element.name }
}

/// The tags that are not its kind's.
pub(super) fn own_tags(element: &Element) -> String {
    let usual = element.kind.default_tags();
    let own: Vec<&str> = element.tags.iter().map(String::as_str).filter(|tag| !usual.contains(tag)).collect();
    own.join(",")
}

/// Whether it needs braces for what a line has no place for.
pub(super) fn has_fields(element: &Element) -> bool {
    let own = element.properties.keys().any(|name| name != crate::model::IDENTIFIER);
    own || !element.url.is_empty() || !element.perspectives.is_empty()
}

pub(super) fn fields(text: &mut Text, element: &Element) {
    if !element.url.is_empty() {
        text.call("url", &[&element.url], 1);
    }
    properties(text, &element.properties);
    perspectives(text, &element.perspectives);
}
