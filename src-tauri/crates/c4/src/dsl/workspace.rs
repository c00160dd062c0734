//! `workspace`, with what it extends, and what stands in it.

use super::context::{Context, Holder};
use super::fail::{Fail, Step, Words, fail};
use super::files::{is_url, resolve};
use super::parser::{Parser, Seen};
use crate::json;

impl Parser<'_> {
    pub(super) fn begin_workspace(&mut self, words: &Words<'_>) -> Step {
        let extends = Self::word(words, 1).is_some_and(|word| word.eq_ignore_ascii_case("extends"));
        if extends {
            let grammar = "workspace extends <file>";
            Self::at_most(words, 3, grammar)?;
            self.extend(Self::need(words, 2, grammar)?)?;
        } else {
            Self::at_most(words, 3, "workspace [name] [description]")?;
            self.workspace.name = Self::word(words, 1).unwrap_or("Name").to_owned();
            self.workspace.description = Self::word(words, 2).unwrap_or("Description").to_owned();
        }
        self.seen = Seen { workspace: true, ..Seen::default() };
        self.extending = extends;
        self.open(Context::Workspace)
    }

    fn extend(&mut self, target: &str) -> Step {
        if is_url(target) {
            self.incomplete = true;
            self.warn(format!(
                "{target} is not fetched: what it defines is missing – save it beside this file and extend that"
            ));
            self.workspace.name = "Name".to_owned();
            return Ok(());
        }
        let Some(path) = resolve(&self.file, target) else {
            return Err(fail(
                format!("{target} is outside the opened folder"),
                "open the folder that holds both files",
            ));
        };
        if path.to_ascii_lowercase().ends_with(".json") {
            let Some(bytes) = self.files.read(&path) else {
                return Err(fail(format!("{path} could not be found"), "correct the path"));
            };
            let imported = json::import(&bytes);
            self.uses(&path);
            self.workspace =
                imported.map_err(|refusal| fail(format!("{path}: {}", refusal.message), &refusal.remedy))?;
            // The text that it was made from is no longer the whole text.
            self.workspace.properties.remove("structurizr.dsl");
            for (_, element) in self.workspace.model.elements() {
                if element.kind.is_deployment() {
                    self.environments.insert(element.environment.clone());
                }
            }
            self.view_keys = self.workspace.views.iter().map(|view| view.key.clone()).collect();
            self.register_from_properties();
            return Ok(());
        }
        let stack = std::mem::take(&mut self.stack);
        self.seen = Seen::default();
        self.parse_file(&path)?;
        self.stack = stack;
        if !self.seen.workspace {
            return Err(fail(format!("{path} holds no workspace"), "extend a file that does"));
        }
        Ok(())
    }

    pub(super) fn in_workspace(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        match first {
            "name" => self.workspace.name = Self::need(words, 1, "name <name>")?.to_owned(),
            "description" => self.workspace.description = Self::need(words, 1, "description <description>")?.to_owned(),
            "properties" => self.open(Context::Properties(Holder::Workspace))?,
            "model" => {
                if std::mem::replace(&mut self.seen.model, true) {
                    return Err(fail("Multiple models are not permitted in a DSL definition", "join them"));
                }
                self.open(Context::Model { group: None })?;
            }
            "views" => {
                if std::mem::replace(&mut self.seen.views, true) {
                    return Err(fail("Multiple view sets are not permitted in a DSL definition", "join them"));
                }
                self.open(Context::Views)?;
            }
            "configuration" => self.open(Context::Configuration)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
