//! Views: their first line, what they show, their steps.

use super::content::{Content, Directive, ranks};
use super::names::Names;
use super::properties;
use super::text::Text;
use crate::model::{Direction, ElementId, ElementKind, FilterMode, Model, RelationshipView, View, ViewKind, Workspace};
use serde_json::Value;

/// Identifiers on one line.
const ON_A_LINE: usize = 8;

pub(super) fn write(text: &mut Text, workspace: &Workspace, names: &Names, contents: &[Content]) {
    // A filtered view comes after the one that it filters.
    let mut order: Vec<usize> = (0..workspace.views.len()).collect();
    order.sort_by_key(|at| {
        let base = &workspace.views[*at].base;
        let after = workspace.views.iter().position(|view| !base.is_empty() && view.key == *base);
        after.map_or((*at, 0), |base| (base.max(*at), 1))
    });
    let mut generated = std::collections::HashMap::new();
    for at in order {
        let view = &workspace.views[at];
        text.blank();
        // A key that is made up again in the same way need not be said.
        let made_up = view.generated_key && {
            let number: &mut usize = generated.entry(view.kind).or_default();
            *number += 1;
            view.key == format!("{}-{number:03}", view.kind.prefix())
        };
        let key = if made_up { "" } else { view.key.as_str() };
        let line = first_line(text, workspace, names, view, key);
        text.open(&line);
        body(text, workspace, names, view, &contents[at]);
        text.close();
    }
}

fn first_line(text: &mut Text, workspace: &Workspace, names: &Names, view: &View, key: &str) -> String {
    let scope = view.scope.map_or("*", |id| names.element(id));
    let (keyword, words): (String, Vec<&str>) = match view.kind {
        ViewKind::Custom => ("custom".to_owned(), vec![key, &view.title, &view.description]),
        ViewKind::SystemLandscape => ("systemLandscape".to_owned(), vec![key, &view.description]),
        ViewKind::SystemContext => (format!("systemContext {scope}"), vec![key, &view.description]),
        ViewKind::Container => (format!("container {scope}"), vec![key, &view.description]),
        ViewKind::Component => (format!("component {scope}"), vec![key, &view.description]),
        ViewKind::Dynamic => (format!("dynamic {scope}"), vec![key, &view.description]),
        ViewKind::Image => (format!("image {scope}"), vec![key]),
        ViewKind::Deployment => {
            let environment = match names.environment(&view.environment) {
                Some(name) => name.to_owned(),
                None => text.quote(&view.environment),
            };
            (format!("deployment {scope} {environment}"), vec![key, &view.description])
        }
        ViewKind::Filtered => {
            let mode = if view.mode == FilterMode::Include { "include" } else { "exclude" };
            let base = workspace.view(&view.base).map_or(view.base.as_str(), |base| base.key.as_str());
            let (base, tags) = (text.quote(base), text.quote(&view.tags.join(",")));
            (format!("filtered {base} {mode} {tags}"), vec![key, &view.description])
        }
    };
    text.words(&keyword, &words, 0)
}

fn body(text: &mut Text, workspace: &Workspace, names: &Names, view: &View, content: &Content) {
    let model = &workspace.model;
    match view.kind {
        ViewKind::Dynamic => steps(text, model, names, view),
        ViewKind::Image => image(text, view),
        _ => directives(text, names, content),
    }
    if (!view.title.is_empty() && view.kind != ViewKind::Custom)
        || (view.kind == ViewKind::Image && view.image.content.is_some())
    {
        text.call("title", &[&view.title], 1);
    }
    if view.kind == ViewKind::Image && !view.description.is_empty() {
        text.call("description", &[&view.description], 1);
    }
    animation(text, model, names, view);
    if let Some(auto) = &view.auto_layout {
        let direction = match auto.direction {
            Direction::TopBottom => "tb",
            Direction::BottomTop => "bt",
            Direction::LeftRight => "lr",
            Direction::RightLeft => "rl",
        };
        let pixels = |number: i64| number.clamp(0, i64::from(u32::MAX));
        let (rank, node) = (pixels(auto.rank_separation), pixels(auto.node_separation));
        let edge = auto.extra.get("edgeSeparation").and_then(Value::as_i64).map_or(0, pixels);
        let bends = auto.extra.get("vertices").and_then(Value::as_bool).unwrap_or_default();
        // Both are young: they are left out where they say nothing.
        text.line(&match (edge, bends) {
            (0, false) => format!("autoLayout {direction} {rank} {node}"),
            (edge, false) => format!("autoLayout {direction} {rank} {node} {edge}"),
            (edge, true) => format!("autoLayout {direction} {rank} {node} {edge} true"),
        });
    }
    properties(text, &view.properties);
    if workspace.configuration.default_view.as_deref() == Some(view.key.as_str()) {
        text.line("default");
    }
}

fn directives(text: &mut Text, names: &Names, content: &Content) {
    for directive in &content.directives {
        match directive {
            Directive::All(reluctant) => text.line(if *reluctant { "include *?" } else { "include *" }),
            Directive::Include(ids) | Directive::Exclude(ids) => {
                let keyword = if matches!(directive, Directive::Include(_)) { "include" } else { "exclude" };
                for some in ids.chunks(ON_A_LINE) {
                    let some: Vec<&str> = some.iter().map(|id| names.element(*id)).collect();
                    text.line(&format!("{keyword} {}", some.join(" ")));
                }
            }
            Directive::ExcludePair(source, destination) => {
                text.line(&format!("exclude \"{}->{}\"", names.element(*source), names.element(*destination)));
            }
            Directive::IncludePair(source, destination) => {
                text.line(&format!("include \"{}->{}\"", names.element(*source), names.element(*destination)));
            }
            Directive::ExcludeOne(id) => text.line(&format!("exclude {}", names.relationship(*id).unwrap_or_default())),
            Directive::IncludeOne(id) => text.line(&format!("include {}", names.relationship(*id).unwrap_or_default())),
        }
    }
}

fn steps(text: &mut Text, model: &Model, names: &Names, view: &View) {
    let counted = view.relationships.iter().enumerate().all(|(at, step)| step.order == (at + 1).to_string());
    for step in &view.relationships {
        let order = if counted || step.order.is_empty() { String::new() } else { format!("{}: ", step.order) };
        let line = format!("{order}{}", step_line(text, model, names, step));
        if step.url.is_empty() && step.properties.is_empty() {
            text.line(&line);
            continue;
        }
        text.open(&line);
        if !step.url.is_empty() {
            text.call("url", &[&step.url], 1);
        }
        properties(text, &step.properties);
        text.close();
    }
}

fn step_line(text: &mut Text, model: &Model, names: &Names, step: &RelationshipView) -> String {
    let one = model.relationship(step.relationship);
    let (from, to) = if step.response { (one.destination, one.source) } else { (one.source, one.destination) };
    // Between the same two, a step means the relationship that says the same, else the first.
    let between = model.between(one.source, one.destination);
    let same = between.iter().find(|id| model.relationship(**id).description == step.description);
    let meant = if step.response { between.first() } else { same.or(between.first()) };
    if meant != Some(&step.relationship) {
        if let Some(name) = names.relationship(step.relationship).filter(|_| !step.response) {
            return text.words(name, &[&step.description], 0);
        }
        let keyword = format!("{} -> {}", names.element(from), names.element(to));
        return text.words(&keyword, &[&step.description, &one.technology], 0);
    }
    text.words(&format!("{} -> {}", names.element(from), names.element(to)), &[&step.description], 0)
}

fn image(text: &mut Text, view: &View) {
    if let Some(picture) = &view.image.content {
        text.call("image", &[picture], 1);
    }
    for (field, scheme) in [("contentLight", "light"), ("contentDark", "dark")] {
        if let Some(picture) = view.extra.get(field).and_then(Value::as_str) {
            text.open(scheme);
            text.call("image", &[picture], 1);
            text.close();
        }
    }
}

fn animation(text: &mut Text, model: &Model, names: &Names, view: &View) {
    if view.animations.is_empty() || matches!(view.kind, ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image) {
        return;
    }
    let ranks = ranks(model);
    let may_appear = |kind: ElementKind| match view.kind {
        ViewKind::Deployment => kind.is_instance() || kind == ElementKind::InfrastructureNode,
        ViewKind::Custom => kind == ElementKind::CustomElement,
        _ => kind.is_static(),
    };
    let steps: Vec<Vec<&str>> = view
        .animations
        .iter()
        .map(|step| {
            let appears = |id: &&ElementId| may_appear(model.element(**id).kind) && view.elements.contains_key(id);
            let mut ids: Vec<ElementId> = step.elements.iter().filter(appears).copied().collect();
            ids.sort_by_key(|id| ranks[id.at()]);
            ids.into_iter().map(|id| names.element(id)).collect()
        })
        .filter(|step: &Vec<&str>| !step.is_empty())
        .collect();
    if steps.is_empty() {
        return;
    }
    text.open("animation");
    for step in steps {
        text.line(&step.join(" "));
    }
    text.close();
}
