//! Lines that begin with `!`: files, constants, and what would need the outside.

use super::context::Context;
use super::fail::{Fail, Step, Words, fail};
use super::files::{is_url, resolve};
use super::parser::Parser;
use crate::diagnostic::Level;
use crate::model::Implied;

/// What is said of a script.
pub(super) const NOT_RUN: &str = "a script is not run; what it would add is missing";

impl Parser<'_> {
    /// Answers whether the line was one of these.
    pub(super) fn bang(
        &mut self,
        first: &str,
        identifier: Option<&str>,
        words: &Words<'_>,
        opens: bool,
    ) -> Result<bool, Fail> {
        match first {
            "!include" => self.include(words)?,
            "!const" => self.define(words, true)?,
            "!var" => self.define(words, false)?,
            "!constant" => {
                self.outdated(
                    "!constant was previously deprecated, and has now been removed",
                    "use !const or !var instead",
                )?;
                self.define(words, true)?;
            }
            "!identifiers" => {
                let scope = Self::need(words, 1, "!identifiers <flat|hierarchical>")?;
                self.identifiers.hierarchical = match scope.to_ascii_lowercase().as_str() {
                    "hierarchical" => true,
                    "flat" => false,
                    _ => return Err(fail(format!("Unknown identifier scope {scope}"), "use flat or hierarchical")),
                };
            }
            "!impliedrelationships" => self.implied_line(words)?,
            "!plugin" => self.leave_out("a plugin is Java code and is not run; what it would add is missing", opens)?,
            "!components" => self.leave_out("components are not searched for in code; list them in the DSL", opens)?,
            "!script" => self.script(words, opens)?,
            "!docs" | "!adrs" | "!decisions" => self.documents(words, opens)?,
            "!element" | "!relationship" | "!ref" | "!extend" => self.find_one(first, identifier, words, opens)?,
            "!elements" => self.find_elements(words, opens)?,
            "!relationships" => self.find_relationships(words, opens)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Words that once had no `!`.
    pub(super) fn old_bang(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        if first == "impliedrelationships" {
            self.implied_line(words)?;
            return Ok(true);
        }
        Ok(false)
    }

    fn implied_line(&mut self, words: &Words<'_>) -> Step {
        let value = Self::need(words, 1, "!impliedRelationships <true|false>")?;
        self.implied = match value.to_ascii_lowercase().as_str() {
            "true" => Implied::UnlessAny,
            "false" => Implied::Off,
            class if class.ends_with("unlesssamerelationshipexistsstrategy") => Implied::UnlessSame,
            class if class.ends_with("unlessanyrelationshipexistsstrategy") => Implied::UnlessAny,
            class if class.ends_with("defaultimpliedrelationshipsstrategy") => Implied::Off,
            _ => {
                self.warn(format!("{value} is Java code and is not run; implied relationships are made as usual"));
                Implied::UnlessAny
            }
        };
        Ok(())
    }

    fn include(&mut self, words: &Words<'_>) -> Step {
        let grammar = "!include <file|directory>";
        Self::at_most(words, 2, grammar)?;
        let target = Self::need(words, 1, grammar)?;
        if is_url(target) {
            self.incomplete = true;
            self.warn(format!(
                "{target} is not fetched: what it defines is missing – save it beside this file and include that"
            ));
            return Ok(());
        }
        let Some(path) = resolve(&self.file, target) else {
            return Err(fail(
                format!("{target} is outside the opened folder"),
                "open the folder that holds both files",
            ));
        };
        let mut found = Vec::new();
        if !self.folder(&path, 0, &mut found) {
            found.push(path);
        }
        for path in found {
            self.parse_lines_of(&path)?;
        }
        Ok(())
    }

    /// The files of a folder, by name, folders within it too.
    fn folder(&self, path: &str, depth: usize, found: &mut Vec<String>) -> bool {
        let Some(mut names) = self.files.list(path).filter(|_| depth < 16) else { return false };
        names.sort();
        for name in names.iter().filter(|name| !name.starts_with('.')) {
            let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            match inner.strip_suffix('/') {
                Some(folder) => drop(self.folder(folder, depth + 1, found)),
                None => found.push(inner),
            }
        }
        true
    }

    fn leave_out(&mut self, message: &str, opens: bool) -> Step {
        self.incomplete = true;
        self.warn(message);
        if opens { self.open(Context::Skipped) } else { Ok(()) }
    }

    fn script(&mut self, words: &Words<'_>, opens: bool) -> Step {
        // A file with parameters has DSL in its braces; a language has code.
        if opens && Self::word(words, 1).is_some_and(|word| !word.contains('.')) {
            self.script.clear();
            return self.open(Context::Script(self.line));
        }
        self.leave_out(NOT_RUN, opens)
    }

    fn documents(&mut self, words: &Words<'_>, opens: bool) -> Step {
        // Braces alone say which documents are left out.
        if words.len() > 2 {
            self.warn(format!(
                "{} with its own importer is Java code and is not run; the documents are left out",
                words[0]
            ));
        } else {
            self.say(Level::Note, format!("{}: documents are not imported with the model", words[0]));
        }
        if opens { self.open(Context::Skipped) } else { Ok(()) }
    }
}
