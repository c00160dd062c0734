//! What stands in a view: include, exclude, animation, layout.

use super::context::{Context, Holder};
use super::expressions::{Item, Kinds, is_expression};
use super::fail::{Fail, Step, Words, fail};
use super::parser::Parser;
use crate::content::Content;
use crate::model::{AutoLayout, Direction, ElementId, ElementKind, View, ViewKind};
use serde_json::Map;

/// Elements and relationships on all views together.
const MOST_SHOWN: usize = 5_000_000;

fn kinds_of(view: &View) -> Kinds {
    match view.kind {
        ViewKind::Custom => Kinds::Custom,
        ViewKind::Deployment => Kinds::Deployment,
        _ => Kinds::Static,
    }
}

impl Parser<'_> {
    /// Answers whether the line may stand in the view.
    pub(super) fn in_view(&mut self, first: &str, words: &Words<'_>, opens: bool, at: usize) -> Result<bool, Fail> {
        let kind = self.workspace.views[at].kind;
        let drawn = !matches!(kind, ViewKind::Dynamic | ViewKind::Filtered | ViewKind::Image);
        match first {
            "include" if drawn => self.include_in(words, at)?,
            "exclude" if drawn => self.exclude_from(words, at)?,
            "animation" if drawn => self.open(Context::Animation(at))?,
            "animationstep" if drawn => self.animate(&words[1..], at)?,
            "autolayout" if drawn || kind == ViewKind::Dynamic => self.auto_layout(words, at)?,
            "default" => {
                let key = self.workspace.views[at].key.clone();
                self.workspace.configuration.default_view = Some(key);
            }
            "title" => {
                Self::at_most(words, 2, "title <title>")?;
                let text = Self::need(words, 1, "title <title>")?;
                text.clone_into(&mut self.workspace.views[at].title);
            }
            "description" => {
                Self::at_most(words, 2, "description <description>")?;
                let text = Self::need(words, 1, "description <description>")?;
                text.clone_into(&mut self.workspace.views[at].description);
            }
            "properties" => self.open(Context::Properties(Holder::View(at)))?,
            _ if kind == ViewKind::Image => return self.in_image(first, words, opens, at, None),
            _ if kind == ViewKind::Dynamic => self.step_line(words, opens, at)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn include_in(&mut self, words: &Words<'_>, at: usize) -> Step {
        Self::need(words, 1, "include <*|*?|identifier|expression> [identifier|expression...]")?;
        let kinds = kinds_of(&self.workspace.views[at]);
        for word in &words[1..] {
            match word.as_ref() {
                "*" | "element==*" => self.content(at).add_defaults(false),
                "*?" => self.content(at).add_defaults(true),
                word if is_expression(word) => {
                    for item in self.evaluate(word, kinds)? {
                        self.show(item, at);
                    }
                }
                word => {
                    for item in self.identified(word, kinds)? {
                        let shown = item.element().is_none_or(|id| self.may_show(id, at));
                        if !shown {
                            let message = format!("The element \"{word}\" can not be added to this type of view");
                            return Err(fail(message, "leave it out, or show it on another view"));
                        }
                        self.show(item, at);
                    }
                }
            }
        }
        Ok(())
    }

    fn content(&mut self, at: usize) -> Content<'_> {
        Content::of(&self.workspace.model, &mut self.workspace.views[at])
    }

    /// Whether the kind of view can show the kind of element.
    fn may_show(&self, id: ElementId, at: usize) -> bool {
        use ElementKind::{Component, Container, CustomElement, Person, SoftwareSystem};
        let kind = self.workspace.model.element(id).kind;
        match self.workspace.views[at].kind {
            ViewKind::Custom => kind == CustomElement,
            ViewKind::SystemLandscape | ViewKind::SystemContext => {
                matches!(kind, CustomElement | Person | SoftwareSystem)
            }
            ViewKind::Container => matches!(kind, CustomElement | Person | SoftwareSystem | Container),
            ViewKind::Component => matches!(kind, CustomElement | Person | SoftwareSystem | Container | Component),
            ViewKind::Deployment => kind == CustomElement || kind.is_deployment(),
            _ => false,
        }
    }

    /// Puts a thing on a view if it may be there.
    fn show(&mut self, item: Item, at: usize) {
        let view = &self.workspace.views[at];
        let deployment = view.kind == ViewKind::Deployment;
        match item {
            Item::Element(id) if !deployment => {
                self.content(at).add(id);
            }
            Item::Element(id) => {
                let model = &self.workspace.model;
                match model.element(id).kind {
                    ElementKind::DeploymentNode => {
                        if model.element(id).environment == view.environment {
                            self.content(at).add_node(id);
                        }
                    }
                    ElementKind::SoftwareSystem | ElementKind::Container => {
                        for instance in model.instances_of(id).to_vec() {
                            self.content(at).add_on_node(instance);
                        }
                    }
                    _ => {
                        self.content(at).add_on_node(id);
                    }
                }
            }
            Item::Relationship(id) => {
                let model = &self.workspace.model;
                let one = model.relationship(id);
                let shown = view.elements.contains_key(&one.source) && view.elements.contains_key(&one.destination);
                if shown || !deployment {
                    self.content(at).add_relationship(id);
                    return;
                }
                // What runs may have a copy of it.
                let copies = model.relationships().filter(|(_, one)| one.linked == Some(id));
                for copy in copies.map(|(id, _)| id).collect::<Vec<_>>() {
                    self.content(at).add_relationship(copy);
                }
            }
        }
    }

    fn exclude_from(&mut self, words: &Words<'_>, at: usize) -> Step {
        Self::need(words, 1, "exclude <identifier|expression> [identifier|expression...]")?;
        let kinds = kinds_of(&self.workspace.views[at]);
        for word in &words[1..] {
            let found = match word.as_ref() {
                word if is_expression(word) => self.evaluate(word, kinds)?,
                word => self.identified(word, kinds)?,
            };
            for item in found {
                match item {
                    Item::Relationship(id) => self.content(at).remove_relationship(id),
                    Item::Element(id) => {
                        let model = &self.workspace.model;
                        let instances = match model.element(id).kind {
                            ElementKind::SoftwareSystem | ElementKind::Container if kinds == Kinds::Deployment => {
                                model.instances_of(id).to_vec()
                            }
                            _ => vec![id],
                        };
                        instances.into_iter().for_each(|id| self.content(at).remove(id));
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn animation_step(&mut self, words: &Words<'_>, at: usize) -> Step {
        self.animate(words, at)
    }

    fn animate(&mut self, words: &Words<'_>, at: usize) -> Step {
        Self::need(words, 0, "<identifier|element expression> [identifier|element expression...]")?;
        let kinds = kinds_of(&self.workspace.views[at]);
        let mut elements = Vec::new();
        for word in words {
            let found = if is_expression(word) { self.evaluate(word, kinds)? } else { self.identified(word, kinds)? };
            elements.extend(found.iter().filter_map(Item::element).filter(|id| {
                let kind = self.workspace.model.element(*id).kind;
                match kinds {
                    Kinds::Custom => kind == ElementKind::CustomElement,
                    Kinds::Deployment => kind.is_instance() || kind == ElementKind::InfrastructureNode,
                    _ => kind.is_static(),
                }
            }));
        }
        if elements.is_empty() {
            return Err(fail("No elements were found", "name elements that the view shows"));
        }
        if !self.content(at).animate(&elements) {
            return Err(fail("None of the specified elements exist in this view.", "include them above the animation"));
        }
        Ok(())
    }

    fn auto_layout(&mut self, words: &Words<'_>, at: usize) -> Step {
        let example = "autoLayout lr 300 300";
        let grammar = "autoLayout [rankDirection] [rankSeparation] [nodeSeparation] [edgeSeparation] [vertices]";
        Self::at_most(words, 6, grammar)?;
        let direction = match Self::word(words, 1) {
            Some("tb") => Direction::TopBottom,
            Some("bt") => Direction::BottomTop,
            None | Some("lr") => Direction::LeftRight,
            Some("rl") => Direction::RightLeft,
            Some(_) => return Err(fail("Valid rank directions are: tb|bt|lr|rl", example)),
        };
        let pixels = |at: usize, what: &str| match Self::word(words, at) {
            None => Ok(None),
            Some(word) => word
                .parse::<u32>()
                .map(|pixels| Some(i64::from(pixels)))
                .map_err(|_| fail(format!("{what} separation must be positive integer in pixels"), example)),
        };
        let (rank, node, edge) = (pixels(2, "Rank")?, pixels(3, "Node")?, pixels(4, "Edge")?);
        // Kept for the model's JSON: edges are laid out here without either.
        let mut extra = Map::new();
        if let Some(edge) = edge {
            extra.insert("edgeSeparation".to_owned(), edge.into());
        }
        match Self::word(words, 5).map(str::to_ascii_lowercase).as_deref() {
            None => {}
            Some(bends @ ("true" | "false")) => drop(extra.insert("vertices".to_owned(), (bends == "true").into())),
            Some(_) => return Err(fail("Vertices must be true or false", "autoLayout lr 300 300 10 false")),
        }
        self.workspace.views[at].auto_layout = Some(AutoLayout {
            direction,
            rank_separation: rank.unwrap_or(100),
            node_separation: node.unwrap_or(50),
            extra,
        });
        Ok(())
    }

    /// What there is to do when a view ends: steps are kept by their numbers.
    pub(super) fn close_view(&mut self, at: usize) -> Step {
        let view = &mut self.workspace.views[at];
        self.shown += view.elements.len() + view.relationships.len();
        if self.shown > MOST_SHOWN {
            return Err(fail("The views show too much", "leave some of them out"));
        }
        if view.kind != ViewKind::Dynamic {
            return Ok(());
        }
        let numbers: Option<Vec<f64>> = view.relationships.iter().map(|one| one.order.parse().ok()).collect();
        if numbers.is_some() {
            let number = |order: &str| order.parse::<f64>().unwrap_or(0.0);
            view.relationships.sort_by(|one, other| number(&one.order).total_cmp(&number(&other.order)));
        } else {
            view.relationships.sort_by(|one, other| one.order.cmp(&other.order));
        }
        Ok(())
    }
}
