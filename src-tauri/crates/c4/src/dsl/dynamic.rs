//! The steps of a dynamic view.

use super::context::{Context, Holder};
use super::fail::{Fail, Step, Words, fail, missing};
use super::parser::Parser;
use crate::content::Content;
use crate::model::{ElementId, ElementKind, RelationshipId, RelationshipView};

const BY_ENDS: &str = "[order:] <identifier> -> <identifier> [description] [technology]";
const BY_NAME: &str = "[order:] <identifier> [description]";

impl Parser<'_> {
    /// `a -> b "…"`, `1: a -> b`, `relationship "…"`, or `{` for steps in parallel.
    pub(super) fn step_line(&mut self, words: &Words<'_>, opens: bool, at: usize) -> Step {
        if words[0] == "{" {
            self.sequences.entry(at).or_default().open();
            return self.open(Context::Parallel(at));
        }
        let (order, words) = match words[0].strip_suffix(':') {
            Some(order) => (Some(order).filter(|order| !order.is_empty()), &words[1..]),
            None => (None, words),
        };
        let (relationship, description, response) = if words.len() > 1 && words[1] == "->" {
            Self::at_most(words, 5, BY_ENDS)?;
            let source = self.step_end("source", Self::need(words, 0, BY_ENDS)?)?;
            let destination = self.step_end("destination", Self::need(words, 2, BY_ENDS)?)?;
            let description = Self::word(words, 3).unwrap_or_default();
            let technology = Self::word(words, 4).unwrap_or_default();
            let (found, response) = self.step_relationship(source, destination, description, technology)?;
            (found, description, response)
        } else {
            let name = Self::need(words, 0, BY_NAME)?;
            Self::at_most(words, 2, BY_NAME)?;
            let Some(found) = self.relationship_named(name) else {
                return Err(missing(
                    format!("The relationship \"{name}\" does not exist"),
                    "name a relationship of the model",
                ));
            };
            (found, Self::word(words, 1).unwrap_or_default(), false)
        };
        let mut step = RelationshipView::new(relationship);
        description.clone_into(&mut step.description);
        step.response = response;
        self.place_ends(relationship, at)?;
        let number = self.sequences.entry(at).or_default().next();
        step.order = order.map_or(number, str::to_owned);
        let steps = &mut self.workspace.views[at].relationships;
        steps.push(step);
        let last = steps.len() - 1;
        if opens { self.open(Context::Step(at, last)) } else { Ok(()) }
    }

    fn step_end(&self, which: &str, name: &str) -> Result<ElementId, Fail> {
        let Some(id) = self.element_named(name) else {
            return Err(missing(
                format!("The {which} element \"{name}\" does not exist"),
                "define it in the model, or correct the name",
            ));
        };
        let kind = self.workspace.model.element(id).kind;
        if kind.is_static() || kind == ElementKind::CustomElement {
            return Ok(id);
        }
        Err(fail(
            format!("The {which} element \"{name}\" should be a static structure or custom element"),
            "name a person, system, container or component",
        ))
    }

    /// The relationship that a step follows, and whether it goes against it: an answer.
    fn step_relationship(
        &self,
        source: ElementId,
        destination: ElementId,
        description: &str,
        technology: &str,
    ) -> Result<(RelationshipId, bool), Fail> {
        let model = &self.workspace.model;
        let pick = |from, to, description: Option<&str>| {
            let all = model.between(from, to);
            if technology.is_empty() {
                let same = all.iter().find(|id| Some(model.relationship(**id).description.as_str()) == description);
                same.or(all.first()).copied()
            } else {
                all.iter().rfind(|id| model.relationship(**id).technology == technology).copied()
            }
        };
        if let Some(found) = pick(source, destination, Some(description)) {
            return Ok((found, false));
        }
        if let Some(found) = pick(destination, source, None) {
            return Ok((found, true));
        }
        let by = if technology.is_empty() { String::new() } else { format!(" with technology {technology}") };
        let message = format!(
            "A relationship between {} and {}{by} does not exist in model.",
            model.name(source),
            model.name(destination)
        );
        Err(missing(message, "add it to the model"))
    }

    /// Puts the ends of a step on the view.
    fn place_ends(&mut self, relationship: RelationshipId, at: usize) -> Step {
        let one = self.workspace.model.relationship(relationship);
        let ends = [one.source, one.destination];
        let view = &mut self.workspace.views[at];
        for id in ends {
            if let Some(reason) = Content::of(&self.workspace.model, view).refuses_step(id) {
                return Err(fail(reason, "choose another scope, or another element"));
            }
            view.elements.entry(id).or_default();
        }
        Ok(())
    }

    /// What stands in the braces of a step.
    pub(super) fn in_step(&mut self, first: &str, words: &Words<'_>, view: usize, step: usize) -> Result<bool, Fail> {
        match first {
            "url" => {
                let url = self.url(words)?;
                if let Some(step) = self.workspace.views[view].relationships.get_mut(step) {
                    step.url = url;
                }
            }
            "properties" => self.open(Context::Properties(Holder::Step(view, step)))?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
