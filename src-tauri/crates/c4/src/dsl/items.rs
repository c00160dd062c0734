//! Fields that elements and relationships share: tags, description, address, properties, perspectives.

use super::context::{Context, Holder};
use super::fail::{Fail, Step, Words, fail};
use super::parser::Parser;
use crate::model::{ElementId, ElementKind, HealthCheck, Model, Perspective, Properties, RelationshipId, tag_list};
use serde_json::Map;
use std::rc::Rc;

impl Parser<'_> {
    /// A field of one or more elements. Answers whether it was one.
    pub(super) fn element_field(&mut self, first: &str, words: &Words<'_>, ids: &[ElementId]) -> Result<bool, Fail> {
        match first {
            "tags" | "tag" => {
                Self::need(words, 1, "tags <tags> [tags]")?;
                for id in ids {
                    let element = self.workspace.model.element_mut(*id);
                    for word in &words[1..] {
                        element.add_tags(tag_list(word));
                    }
                }
            }
            "description" => {
                let text = Self::need(words, 1, "description <description>")?;
                for id in ids {
                    text.clone_into(&mut self.workspace.model.element_mut(*id).description);
                }
            }
            "technology" => {
                let text = Self::need(words, 1, "technology <technology>")?;
                for id in ids {
                    let element = self.workspace.model.element_mut(*id);
                    let has = matches!(
                        element.kind,
                        ElementKind::Container
                            | ElementKind::Component
                            | ElementKind::DeploymentNode
                            | ElementKind::InfrastructureNode
                    );
                    if has {
                        text.clone_into(&mut element.technology);
                    } else if ids.len() == 1 {
                        return Ok(false);
                    }
                }
            }
            "url" => {
                let text = self.url(words)?;
                for id in ids {
                    text.clone_into(&mut self.workspace.model.element_mut(*id).url);
                }
            }
            "properties" => self.open(Context::Properties(Holder::Elements(Rc::from(ids))))?,
            "perspectives" => self.open(Context::Perspectives(Holder::Elements(Rc::from(ids))))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn in_elements(&mut self, first: &str, words: &Words<'_>, ids: &Rc<[ElementId]>) -> Result<bool, Fail> {
        self.element_field(first, words, ids)
    }

    pub(super) fn in_relationships(
        &mut self,
        first: &str,
        words: &Words<'_>,
        ids: &Rc<[RelationshipId]>,
    ) -> Result<bool, Fail> {
        match first {
            "tags" | "tag" => {
                Self::need(words, 1, "tags <tags> [tags]")?;
                for id in ids.iter() {
                    let tags = &mut self.workspace.model.relationship_mut(*id).tags;
                    for tag in words[1..].iter().flat_map(|word| tag_list(word)) {
                        if !tags.iter().any(|known| known == tag) {
                            tags.push(tag.to_owned());
                        }
                    }
                }
            }
            "technology" => {
                let text = Self::need(words, 1, "technology <technology>")?;
                let model = &mut self.workspace.model;
                let runs = |model: &Model, id: RelationshipId| {
                    let one = model.relationship(id);
                    [one.source, one.destination].iter().all(|end| model.element(*end).kind.is_instance())
                };
                // Found with those of their instances, the relationships of the static model stay as they are.
                let some_run = ids.iter().any(|id| runs(model, *id));
                for id in ids.iter() {
                    if !some_run || runs(model, *id) {
                        text.clone_into(&mut model.relationship_mut(*id).technology);
                    }
                }
            }
            "url" => {
                let text = self.url(words)?;
                for id in ids.iter() {
                    text.clone_into(&mut self.workspace.model.relationship_mut(*id).url);
                }
            }
            "properties" => self.open(Context::Properties(Holder::Relationships(ids.clone())))?,
            "perspectives" => self.open(Context::Perspectives(Holder::Relationships(ids.clone())))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// An address: of the web, a document or a view of this workspace, or a path from the root.
    pub(super) fn url(&self, words: &Words<'_>) -> Result<String, Fail> {
        let grammar = "url <url>";
        Self::at_most(words, 2, grammar)?;
        Ok(Self::need(words, 1, grammar)?.to_owned())
    }

    pub(super) fn in_properties(&mut self, words: &Words<'_>, holder: &Holder) -> Result<bool, Fail> {
        let grammar = "<name> <value>";
        Self::at_most(words, 2, grammar)?;
        let (name, value) = (Self::need(words, 0, grammar)?, Self::need(words, 1, grammar)?);
        self.each_properties(holder, &mut |properties| {
            properties.insert(name.to_owned(), value.to_owned());
        });
        Ok(true)
    }

    fn each_properties(&mut self, holder: &Holder, change: &mut dyn FnMut(&mut Properties)) {
        let workspace = &mut self.workspace;
        match holder {
            Holder::Workspace => change(&mut workspace.properties),
            Holder::Model => change(&mut workspace.model.properties),
            Holder::Views => change(&mut workspace.configuration.properties),
            Holder::Elements(ids) => ids.iter().for_each(|id| change(&mut workspace.model.element_mut(*id).properties)),
            Holder::Relationships(ids) => {
                ids.iter().for_each(|id| change(&mut workspace.model.relationship_mut(*id).properties));
            }
            Holder::View(at) => change(&mut workspace.views[*at].properties),
            Holder::Step(at, step) => {
                if let Some(shown) = workspace.views[*at].relationships.get_mut(*step) {
                    change(&mut shown.properties);
                }
            }
            Holder::ElementStyle(at) => change(&mut workspace.configuration.styles.elements[*at].properties),
            Holder::RelationshipStyle(at) => change(&mut workspace.configuration.styles.relationships[*at].properties),
            Holder::Archetype(at) => change(&mut self.archetypes[*at].properties),
        }
    }

    pub(super) fn in_perspectives(
        &mut self,
        first: &str,
        words: &Words<'_>,
        opens: bool,
        holder: &Holder,
    ) -> Result<bool, Fail> {
        if opens && first == "perspective" {
            let name = Self::need(words, 1, "perspective <name> {")?.to_owned();
            self.perspective(holder, &name, |_| {});
            self.open(Context::Perspective { holder: holder.clone(), name })?;
            return Ok(true);
        }
        let grammar = "<name> <description> [value]";
        Self::at_most(words, 3, grammar)?;
        let (name, description) = (Self::need(words, 0, grammar)?, Self::need(words, 1, grammar)?);
        let value = Self::word(words, 2).unwrap_or_default();
        self.perspective(holder, name, |one| {
            description.clone_into(&mut one.description);
            value.clone_into(&mut one.value);
        });
        Ok(true)
    }

    pub(super) fn in_perspective(
        &mut self,
        first: &str,
        words: &Words<'_>,
        holder: &Holder,
        name: &str,
    ) -> Result<bool, Fail> {
        let text = Self::word(words, 1).unwrap_or_default();
        match first {
            "description" => self.perspective(holder, name, |one| text.clone_into(&mut one.description)),
            "value" => self.perspective(holder, name, |one| text.clone_into(&mut one.value)),
            "url" => self.perspective(holder, name, |one| text.clone_into(&mut one.url)),
            _ => return Err(fail("Unexpected tokens (expected: description, value, url)", "correct the line")),
        }
        Ok(true)
    }

    /// Changes the perspective of a name, made where it is not there yet.
    fn perspective(&mut self, holder: &Holder, name: &str, change: impl Fn(&mut Perspective)) {
        let model = &mut self.workspace.model;
        let on = |list: &mut Vec<Perspective>| {
            let at = list.iter().position(|one| one.name == name).unwrap_or_else(|| {
                list.push(Perspective { name: name.to_owned(), ..Perspective::default() });
                list.len() - 1
            });
            change(&mut list[at]);
        };
        match holder {
            Holder::Elements(ids) => ids.iter().for_each(|id| on(&mut model.element_mut(*id).perspectives)),
            Holder::Relationships(ids) => ids.iter().for_each(|id| on(&mut model.relationship_mut(*id).perspectives)),
            Holder::Archetype(at) => on(&mut self.archetypes[*at].perspectives),
            _ => {}
        }
    }

    pub(super) fn health_check(&mut self, words: &Words<'_>, id: ElementId) -> Step {
        let grammar = "healthCheck <name> <url> [interval] [timeout]";
        Self::at_most(words, 5, grammar)?;
        let number = |at: usize, usual: i64| match Self::word(words, at) {
            None => Ok(usual),
            Some(word) => word.parse::<i64>().map_err(|_| fail(format!("\"{word}\" is not a whole number"), grammar)),
        };
        let check = HealthCheck {
            name: Self::need(words, 1, grammar)?.to_owned(),
            url: Self::need(words, 2, grammar)?.to_owned(),
            interval: number(3, 60)?,
            timeout: number(4, 0)?,
            extra: Map::new(),
        };
        let checks = &mut self.workspace.model.element_mut(id).health_checks;
        if !checks.iter().any(|known| known.name == check.name && known.url == check.url) {
            checks.push(check);
        }
        Ok(())
    }
}
